"""Says whether the parts of a whole add up to it."""

from collections.abc import Mapping

from spectorcli.result import Cell, Note, Said, Shows
from spectorcli.words import computed


def add_up(row: Mapping[str, Cell]) -> Note:
    """Return the sentence for a row of the table ``parts``: how much its parts are, and how much they leave."""
    unit, parts, total = str(row["base_unit"]), float(row["parts"] or 0), float(row["total"] or 0)
    rest, rough = round(total - parts, 9), bool(row["rough"])
    compared = rest > 0 and row["unit"] == unit  # "5 of 17 persons"
    cells = {
        "how_many": Said(Shows.COUNT, row["how_many"]),
        "times": Said(Shows.COUNT, row["times"]),
        "by": Said(Shows.TERM, row["by"] or None),
        "whole": Said(Shows.REF, row["whole"]),
        "parts": computed(parts, "" if compared else unit, rough),
        "rest": computed(abs(rest), unit, rough or bool(row["hedged"])),
        "stated": Said(Shows.NUMBER, row["stated"], str(row["unit"])),
    }
    return Note("sum less" if rest > 0 else "sum more" if rest else "sum", cells)
