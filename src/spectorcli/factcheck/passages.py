"""The passages of a draft: its blocks as sentences that can be read, with the places that are the draft's own words.

An item of a list is read behind the sentence above it that ends in a colon, or the heading above it. A cell of a table
is read with the headings of its row and its column: ``United States: 153 Arrests``.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spectorcli.copies.block import Block
from spectorcli.cues import told_by
from spectorcli.factcheck.draft import Draft
from spectorcli.reading.lines import Placed
from spectorcli.reading.named import Named, sentence_around
from spectorcli.values.figures import Amount, FigureKind, Language, figures

LONGEST_HEADING = 120
"""Characters of a heading of a row or a column: what is longer is text."""

LONGEST_MONTH = 20
"""Characters of a month and a year."""

_ITEM = re.compile(r"^[ \t]*(?:[-*•–‣▪]|\d{1,2}[.)])[ \t]+(?=\S)", re.MULTILINE)
"""What begins an item in plain text."""

_ENDS = re.compile(r"[.!?…:][)\"'”’]*\s*$")

_IN_BRACKETS = re.compile(r"(.+?)\s*[(\[](.+)[)\]]")
"""A heading with the unit of its column: Drugs (kg)."""


class Passage(NamedTuple):
    """A text to be read, of which ``own`` is in the draft; the rest stands elsewhere there, and tells what it is of.

    ``lines`` has the line on which each word stands, by its place in the text.
    """

    kind: str
    text: str
    lines: Sequence[Placed]
    own: tuple[int, int]

    def has(self, place: int) -> bool:
        """Whether a place of the text is one of the draft's own there."""
        return self.own[0] <= place < self.own[1]


def passages(draft: Draft, names: Named, language: Language) -> Iterator[Passage]:
    """Yield the passages of the main text of a draft in a language; headings before all text are its title."""
    lead, in_table, begun = "", False, False
    heads: tuple[str, ...] = ()
    for block, lines in zip(draft.blocks, draft.lines, strict=True):
        if not block.main:
            continue
        if len(block.cells) > 1:
            if not in_table or block.heads:
                heads = block.cells if block.heads or not re.search(r"\d", block.text) else ()
            yield from _row(block, heads, lines, names, language)
            in_table = True
            continue
        in_table = False
        if block.kind == "item":
            start = next((end for first, end in _marks(block.text, language) if not first), 0)
            yield _behind(lead, block.text[start:], lines, start)
            lead = "" if _opens(block.text) else lead  # what is below it, and what beside, nobody can tell apart
            continue
        text, items = _parted(block, language)
        begun = begun or (block.kind not in ("title", "heading") and _ENDS.search(text) is not None)
        kind = block.kind if begun else "title"
        if text:
            yield Passage(kind, text, lines, (0, len(text)))
            lead = _lead(kind, text)
        for place, item in items:
            yield _behind(lead, item, lines, place)


def _opens(text: str) -> bool:
    return text.rstrip().endswith(":")


def _lead(kind: str, text: str) -> str:
    """Return the sentence behind which items are read; empty if none leads to them."""
    if _opens(text):
        return sentence_around(text.rstrip(), len(text.rstrip()) - 1)[1]
    return f"{text}:" if kind in ("heading", "title") and len(text) <= LONGEST_HEADING else ""


def _behind(lead: str, text: str, lines: Sequence[Placed], place: int) -> Passage:
    """Return an item, which begins at a place of its block, behind what leads to it."""
    start = len(lead) + 1 if lead else 0
    whole = f"{lead} {text}" if lead else text
    moved = [(at - place + start, line) for at, line in lines if place <= at]
    return Passage("item", whole, moved, (start, len(whole)))


def _marks(text: str, language: Language) -> list[tuple[int, int]]:
    """Return where the marks of items begin and end; a day is none: 2. Mai."""
    marks = [mark.span() for mark in _ITEM.finditer(text)]
    return [(start, end) for start, end in marks if not _is_day(text[start : end + LONGEST_MONTH].lstrip(), language)]


def _is_day(text: str, language: Language) -> bool:
    return text[:1].isdigit() and any(one.kind == FigureKind.DATE and not one.start for one in figures(text, language))


def _parted(block: Block, language: Language) -> tuple[str, list[tuple[int, str]]]:
    """Return what stands before the items in a paragraph of plain text, and these, each with its place."""
    marks = _marks(block.text, language) if block.kind == "paragraph" else []
    edges = [*(start for start, _ in marks), len(block.text)]
    items = [(end, block.text[end:last]) for (_, end), last in zip(marks, edges[1:], strict=True)]
    return block.text[: edges[0]], [(at, text.rstrip()) for at, text in items]


def _row(
    block: Block, heads: Sequence[str], lines: Sequence[Placed], names: Named, language: Language
) -> Iterator[Passage]:
    """Yield the cells of a row of a table, each with what it is of."""
    row = block.cells[0]
    at = 0
    for place, cell in enumerate(block.cells):
        at = max(block.text.find(cell, at), 0)
        line = [(0, line) for start, line in lines if start <= at][-1:] or [(0, line) for _, line in lines][:1]
        column = heads[place] if place < len(heads) else ""
        if place and cell and len(row) <= LONGEST_HEADING and len(column) <= LONGEST_HEADING:
            unit, row_of, column_of = _without_unit(row, column, language)
            of, noun = _headed(heads[0] if heads else "", row_of, column_of, names, language.code)
            is_bare = _is_bare(cell, language)
            before, behind = ("", f"{unit} {_of(cell + unit, noun, language)}") if is_bare else (f", {noun}", "")
            start = len(of) + len(before) + 2
            yield Passage("cell", f"{of}{before}: {cell}{behind}", line, (start, start + len(cell)))
        elif cell:
            yield Passage("cell", cell, line, (0, len(cell)))
        at += len(cell)


def _of(figure: str, noun: str, language: Language) -> str:
    """Return what stands behind a figure, in a language that says ``of`` behind a weight: 850 kg of drugs."""
    is_weight = any(one.kind in (FigureKind.MASS, FigureKind.VOLUME) for one in figures(figure, language))
    is_matter = any(one.startswith("terms.") for one in told_by(noun, language.code))
    return f"{max(language.of, key=len)} {noun}" if is_weight and is_matter and language.of else noun


def _is_bare(cell: str, language: Language) -> bool:
    """Whether a cell is a figure and nothing else, so that its column says what is counted."""
    found = figures(cell, language)
    return len(found) == 1 and not re.search(r"\w", cell[: found[0].start] + cell[found[0].end :])


def _without_unit(row: str, column: str, language: Language) -> tuple[str, str, str]:
    """Return the unit that stands in brackets in one of two headings, and both without it."""
    for heading in (column, row):
        found = _IN_BRACKETS.fullmatch(heading)
        for unit in (found[2], " ".join(reversed(found[2].split()))) if found else ():
            read = figures(f"1 {unit}", language)
            is_unit = bool(read) and read[0].end == len(unit) + 2 and isinstance(read[0].readings[0], Amount)
            if found and is_unit:
                return f" {unit}", found[1] if heading == row else row, found[1] if heading == column else column
    return "", row, column


def _headed(first: str, row: str, column: str, names: Named, code: str) -> tuple[str, str]:
    """Return which heading of a cell says of what it is, and which what is counted.

    The former names a thing; where neither does, the latter is what tells of something that is counted. The heading of
    the ``first`` column says what its rows are: Operation, Total.
    """
    tells, of_row, in_column = told_by(column, code), names.things(row), names.things(column)
    if of_row and in_column:  # Arrests in Germany, of Operation SpecTor
        of_column = bool(told_by(row, code))
    else:
        of_column = not of_row and (bool(in_column) or not (tells or told_by(first, code)))
    return (column, row) if of_column else (f"{first} {row}".strip(), column)
