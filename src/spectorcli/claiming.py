"""What the words of a new claim say: the value that they have, and whether the value that it has follows from them."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from spectorcli.folder.claims import CheckedClaim, check_claim
from spectorcli.folder.columns import CLAIM_COLUMNS
from spectorcli.folder.known import Known
from spectorcli.folder.mistakes import Mistake
from spectorcli.folder.read import Folder, read_folder
from spectorcli.folder.signed import sign
from spectorcli.folder.stated import slip
from spectorcli.folder.table import Raw
from spectorcli.folder.values import misread, read_unit
from spectorcli.load.slips import mistake
from spectorcli.values.figures import Amount, Figure, figures, guess
from spectorcli.vocabulary import Property, read_vocabulary


class Offer(NamedTuple):
    """A value that words may have, with its unit if that is not the only one of its property."""

    value: str
    unit: str


def doubt(folder: Path, cells: Mapping[str, str]) -> str:
    """Return the sentence that is to be said of a new claim whose value does not follow from its words; mostly none.

    A claim that cannot be added anyway is in no doubt.
    """
    if not cells.get("stated") or not (folder / "claims.csv").is_file():
        return ""
    return next((sentence for _, sentence in doubts(read_folder(folder, read_vocabulary()), [cells], {}, {})), "")


def doubts(
    case: Folder, claims: Sequence[Mapping[str, str]], languages: Mapping[str, str], new: Mapping[str, str]
) -> Iterator[tuple[int, str]]:
    """Yield the number of each new claim whose value does not follow from its words, with the sentence to be said.

    ``languages`` are those of sources that are not in the case yet, ``new`` the kinds of all that is not.
    """
    there = case.known.kind_of
    known = _with(case, new)
    for number, cells in enumerate(claims):
        checked = _checked(cells, known)
        if isinstance(checked, CheckedClaim):
            source = cells["source"]
            language = languages[source] if there(source) is None else case.things[source].cells["language"]
            if seen := slip(checked, language):
                yield number, mistake(checked, seen, case.claims).sentence


def _with(case: Folder, new: Mapping[str, str]) -> Known:
    """Return what a case knows, with things that are not in it yet."""
    there = case.known.kind_of
    return replace(case.known, kind_of=lambda id: there(id) or new.get(id))


def _checked(cells: Mapping[str, str], known: Known) -> CheckedClaim | list[Mistake]:
    return check_claim(Raw("claims.csv", 1, 1, [cells.get(name, "") for name in CLAIM_COLUMNS]), known)


def signature(case: Folder, cells: Mapping[str, str], new: Mapping[str, str], initials: str) -> str:
    """Return what signs a new claim today, as it will be read; empty if it cannot be.

    ``new`` are the kinds of the things that come into the case with it.
    """
    checked = _checked(cells, _with(case, new))
    return sign(checked.cells, initials, str(datetime.date.today())) if isinstance(checked, CheckedClaim) else ""


def offers(folder: Path, cells: Mapping[str, str]) -> list[Offer]:
    """Return the values that a new claim may have by its words, each as its property takes it, the likeliest first."""
    if not (folder / "claims.csv").is_file():
        return []
    case = read_folder(folder, read_vocabulary())
    kind = case.known.kind_of(cells.get("subject", ""))
    declared = case.known.kinds[kind].properties.get(cells.get("property", "")) if kind else None
    stated = cells.get("stated", "")
    if declared is None:
        return []
    found = (one for figure in figures(stated, guess(stated)) for one in _offers(figure, declared))
    fitting = (one for one in found if cells.get("unit", one.unit) in ("", one.unit))
    return list(dict.fromkeys(one for one in fitting if _is_value(declared, one, case)))


def _offers(figure: Figure, declared: Property) -> Iterator[Offer]:
    for reading in figure.readings:
        if isinstance(reading, Amount) != (declared.type == "number"):
            continue
        unit = reading.unit if isinstance(reading, Amount) else ""
        if not unit and not declared.single_unit and figure.noun.lower() in declared.units:
            unit = figure.noun.lower()
        yield Offer(reading.text, "" if declared.single_unit and unit in ("", *declared.units) else unit)


def _is_value(declared: Property, offer: Offer, case: Folder) -> bool:
    unit, problem = read_unit(declared, offer.unit)
    return not (problem or misread(declared, offer.value, unit, case.known)[1])
