"""Reads saved copies for what a claim could say: their figures and dates, each with its words and its place.

``named`` says of which things a sentence speaks, ``guesses`` of what a figure may be the value, by what the case claims
already. A suggestion is ``sure`` only if its value, unit and qualifier have one reading; what it is the value of is
always a guess. How it stands to the case:

- ``known``: a claim of this source has the value, in the same unit and with the same qualifier; its words stand
  there, or what it is about.
- ``retold``: a source that is not known to be younger states the same figure with the same words.
- ``differs``: the case says something else of what is guessed; ``also`` tells what, and who says it.
- ``new``: none of these.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from spectorcli.case import Case
from spectorcli.compared import COMPARED
from spectorcli.copies.folder import Copy, named_copies, read_copy, source_of
from spectorcli.copies.locator import locator
from spectorcli.copies.unreadable import Unreadable
from spectorcli.cues import is_apart
from spectorcli.errors import NotFound
from spectorcli.escapes import clean
from spectorcli.reading.clauses import clause_at, clauses
from spectorcli.reading.extractor import CELLS as extractor_cells
from spectorcli.reading.extractor import extracted
from spectorcli.reading.guesses import Claims, Spoken, likeliest
from spectorcli.reading.lines import lines_of
from spectorcli.reading.named import Named, listed, sentence_around
from spectorcli.reading.proposals import Proposals
from spectorcli.reading.rejected import rejection
from spectorcli.reading.sources import SOURCE_COLUMNS, id_of, source_row
from spectorcli.reading.strangers import places as strangers
from spectorcli.result import Cell, Note, Result, Row, Said, Shows, columns
from spectorcli.values import date
from spectorcli.values.figures import (
    CODES,
    Amount,
    Figure,
    FigureKind,
    Language,
    Moment,
    Verdict,
    figures,
    follows,
    guess,
    read_language,
)
from spectorcli.values.figures.language import phrase
from spectorcli.vocabulary import REJECTED

READ_COLUMNS = columns(
    "copy term, at text, line count, state term, sure flag, subject term, property term, guesses text, value any type,"
    " type hidden, unit unit value, when date, stated text, also text, units hidden, likely hidden,"
    " source hidden,"
    " sentence hidden"
)

_NAMES = [column.name for column in READ_COLUMNS]

COVERAGE_COLUMNS = columns(
    "copy term, source id, figures count, claimed count, retold count, missing count, which text"
)

_NO_VALUES = (FigureKind.VAGUE, FigureKind.ORDINAL, FigureKind.AGE)
"""Kinds of figures that no property takes: dozens, the fifth, a man of 33."""

_CLAUSE = re.compile(r"[.,;:()\d]")
_BEHIND = 80

GUESSES = 5
"""How many guesses are told: a reader looks at no more."""


class _Copy(NamedTuple):
    """A copy that is read, with the source that it is of, if any."""

    copy: Copy
    path: Path
    source: str
    published: str
    language: str

    @property
    def speaks(self) -> Language:
        """The language in which it is read: that of its source, else the one that it seems to be in."""
        said = self.language.partition("-")[0].lower()
        return read_language(said) if said in CODES else guess(self.copy.text)


def read(case: Case, paths: Sequence[Path], command: str = "", *, everything: bool = False) -> Result:
    """Return what the claims of a case could say by copies; a folder is read as ``verify`` reads one.

    A copy is of the source that its name names, and of none otherwise. The text of a page is read, not what stands
    around it. ``line`` is that of a file of text or Markdown; other copies have none. A subject is put first only if
    the sentence names it and what is counted, or the latter where the case has the same value.
    With a ``command`` the suggestions are its own, as far as they are borne out. What an editor has rejected is left
    out, if not ``everything`` is wanted.

    Raises:
        NotFound: there is no such copy, or no such command.
        UsageError: the command cannot be read.
    """
    found, notes, left_out = _read(case, paths, command, everything=everything)
    rows = [row for _, rows in found for row in rows]
    return Result("What copies say", READ_COLUMNS, rows, notes, left_out=left_out)


def _read(
    case: Case, paths: Sequence[Path], command: str = "", *, everything: bool = False
) -> tuple[list[tuple[_Copy, list[Row]]], list[Note], list[str]]:
    """Return the copies that could be read, each with what it suggests, and what is to be told of them and others."""
    told = {str(row["id"]): row for row in case.read("sources")}
    published = {id: str(row["published"] or "") for id, row in told.items()}
    claims, named = Claims(case, published), Named(case)
    proposals = Proposals(case, claims.places)
    found: list[tuple[_Copy, list[Row]]] = []
    notes: list[Note] = []
    left_out: list[str] = []
    for path in _each(paths):
        try:
            copy = read_copy(path)
        except Unreadable as error:
            left_out.append(f"{clean(path.name)} was not read: it {error}")
            continue
        source = source_of(path.name, published) or ""
        if copy.remark:
            notes.append(_note("copy remark", copy=copy.name, remark=copy.remark))
        if not source:
            notes.append(_note("copy of none", copy=copy.name))
        language = str(told[source]["language"] or "") if source else ""
        one, undated = _Copy(copy, path, source, published.get(source, ""), language), list[str]()
        if command:
            rows, why = _by_command(command, one, claims)
            found.append((one, rows))
            left_out += [f"{clean(copy.name)}: {clean(line)}" for line in why]
            continue
        found.append((one, list(_suggestions(one, claims, named, proposals, undated))))
        if undated:
            cells = {"copy": Said(Shows.TEXT, copy.name), "dates": Said(Shows.COUNT, len(undated))}
            notes.append(Note("copy undated", cells))
    rejected = set() if everything else {row["id"] for row in case.read("things") if row["kind"] == REJECTED}
    if rejected:
        wanted = [(one, [row for row in rows if not _is_rejected(row, rejected)]) for one, rows in found]
        found, whole = wanted, sum(len(rows) for _, rows in found)
        if count := whole - sum(len(rows) for _, rows in found):
            notes.append(Note("rejected", {"suggestions": Said(Shows.COUNT, count)}))
    return found, notes, left_out


def _is_rejected(row: Row, rejected: Collection[Cell]) -> bool:
    return rejection(dict(zip(_NAMES, row, strict=True)))["id"] in rejected


def as_claims(result: Result) -> Result:
    """Return what is not known yet as rows of claims.csv; a subject that cannot be guessed is left to the reader.

    The source of a copy of none has the name of the copy as its id, as in ``source_rows``.
    """
    rows = [
        [record[name] or (id_of(Path(str(record["copy"]))) if name == "source" else "") for name in COMPARED]
        for record in result.records()
        if record["state"] != "known"
    ]
    return result._replace(columns=columns(", ".join(f"{name} unknown" for name in COMPARED)), rows=rows)


def source_rows(case: Case, paths: Sequence[Path]) -> Result:
    """Return a row of sources.csv for each copy of a source that the case does not have.

    Raises:
        NotFound: there is no such copy.
    """
    found, notes, left_out = _read(case, paths)
    rows = [source_row(one.path, one.copy) for one, _ in found if not one.source]
    shown = columns(", ".join(f"{name} unknown" for name in SOURCE_COLUMNS))
    notes = [note for note in notes if note.sentence == "copy remark"]
    return Result("Sources of copies", shown, rows, notes, left_out=left_out)


def coverage(case: Case, paths: Sequence[Path]) -> Result:
    """Return how many of the figures of each copy the case claims, and the words of those that it does not.

    ``claimed`` are known; ``retold`` have another source's words, which the case has; ``missing`` are the others, and
    ``which`` has their words, each with its place.

    Raises:
        NotFound: there is no such copy.
    """
    found, notes, left_out = _read(case, paths)
    rows: list[Row] = []
    for one, suggested in found:
        each = [dict(zip(_NAMES, row, strict=True)) for row in suggested]
        states = Counter(str(record["state"]) for record in each)
        missing = [record for record in each if record["state"] in ("new", "differs")]
        which = "; ".join(" ".join(filter(None, [str(record["stated"]), _at(record["at"])])) for record in missing)
        rows.append((one.copy.name, one.source, len(each), states["known"], states["retold"], len(missing), which))
    return Result("How much of the copies the case has", COVERAGE_COLUMNS, rows, notes, left_out=left_out)


def _at(place: Cell) -> str:
    return f"({place})" if place else ""


def _each(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from (path / name for name, _ in named_copies(path, ()))
        elif path.exists() or path.is_symlink():
            yield path
        else:
            raise NotFound(f"no copy at {path}")


def _suggestions(one: _Copy, claims: Claims, named: Named, proposals: Proposals, undated: list[str]) -> Iterator[Row]:
    """Yield what a copy suggests; a date whose year nobody knows is left out, and goes into ``undated``."""
    blocks, lines = one.copy.blocks, lines_of(one.path)
    language = one.speaks
    near = date.day(one.published) if one.published else None
    title: frozenset[str] = frozenset()
    around, latest, apart = title, title, False
    for number, block in enumerate(blocks):
        words = lines.of(block.text)
        apart = is_apart(block.kind, block.text, apart)
        if block.kind in ("title", "heading"):
            around = title | named.things(block.text)
            title = title or around
            latest = around & claims.operations or latest
        if apart or not (block.main or block.kind == "infobox"):
            continue
        at = locator(blocks, number)
        told = [(ids & claims.operations, start) for ids, start in named.places(block.text)]
        found = figures(block.text, language, near)
        inside = {place for figure in found for place in range(figure.start, figure.end)}
        for figure in found:
            if not figure.readings or figure.kind in _NO_VALUES:
                continue
            if not likeliest(figure).text:
                undated.append(figure.words)
                continue
            line = next((line for start, line in reversed(words) if start <= figure.start), None)
            before, sentence = sentence_around(block.text, figure.start, inside)
            counted = _counted(block.text[figure.end :], language)
            names = [*named.places(sentence), *strangers(sentence, language.code, claims.countries)]
            here = frozenset(id for ids, _ in names for id in ids)
            named_before = [ids for ids, _ in strangers(before, language.code, claims.countries)]
            earlier = frozenset(named.things(before)).union(*named_before)
            clause, nearest = _clause(block.text, sentence, figure, found, names, language)
            latest = next((ids for ids, start in reversed(told) if ids and start < figure.start), latest)
            above = (around - claims.operations) | latest
            together = listed(sentence, names, nearest, language.code)
            spoken = Spoken(
                sentence, here, earlier, one.source, counted, language.code, nearest, above, clause, together
            )
            yield [
                one.copy.name,
                at,
                line,
                *_suggestion(figure, block.text, spoken, claims, proposals, found),
                one.source,
                sentence,
            ]
        latest = next((ids for ids, _ in reversed(told) if ids), latest)


def _clause(
    text: str,
    sentence: str,
    figure: Figure,
    found: Sequence[Figure],
    names: Sequence[tuple[frozenset[str], int]],
    language: Language,
) -> tuple[str, frozenset[str]]:
    """Return the clause of a figure, and what is named in it, else in the one before it."""
    start = max(text.rfind(sentence, 0, figure.start + len(sentence)), 0)
    end = start + len(sentence)
    spans = clauses(text, start, end, [one for one in found if start <= one.start < end], language.code)
    own = clause_at(spans, figure.start)
    for first, last in reversed(spans[max(0, own - 1) : own + 1]):
        named = [ids for ids, at in names if first <= start + at < last]
        if named:
            break
    return text[slice(*spans[own])], frozenset().union(*named)


def _by_command(command: str, one: _Copy, claims: Claims) -> tuple[list[Row], list[str]]:
    """Return what a command suggests of a copy, and why some of it is not taken."""
    blocks, apart, readable = one.copy.blocks, False, []
    for number, block in enumerate(blocks):
        apart = is_apart(block.kind, block.text, apart)
        if not apart and (block.main or block.kind == "infobox"):
            readable.append(number)
    taken, why = extracted(command, blocks, readable, claims.types, one.speaks.code)
    rows: list[Row] = []
    for cells, type, place in taken:
        subject, property, value, unit, when, stated = (cells[name] for name in extractor_cells)
        state = "known" if claims.has(subject, property, one.source, value, unit) else "new"
        text = blocks[place].text
        _, sentence = sentence_around(text, max(0, text.find(stated)))
        known = [subject, property, f"{subject} {property}".strip(), value, type, unit, when, stated, "", unit, "yes"]
        rows.append([one.copy.name, locator(blocks, place), None, state, "yes", *known, one.source, sentence])
    return rows, why


def _suggestion(
    figure: Figure, text: str, spoken: Spoken, claims: Claims, proposals: Proposals, found: Sequence[Figure]
) -> list[Cell]:
    """Return what is said of a figure: the cells of its row from state to also."""
    guesses = claims.guesses(figure, spoken)
    state, rests_on = claims.standing(figure, guesses, spoken)
    if state == "differs" and figure.kind == FigureKind.DATE and _dates(spoken, found) > 1:
        state, rests_on = "new", ""  # which of them is meant is open
    if state == "new":
        proposed = proposals.guesses(figure, spoken, claims.operations_meant(spoken))
        guesses = sorted([*guesses, *proposed], key=lambda one: -one.rank)
    reading = likeliest(figure)
    value, unit = reading.text, reading.unit if isinstance(reading, Amount) else ""
    type = "date" if isinstance(reading, Moment) else "number"
    stated = _stated(figure, text) if figure.kind == FigureKind.COUNT and type == "number" else figure.words
    sure = figure.sure and bool(value) and follows(value, unit, type, stated).verdict != Verdict.NO
    first = next((one for one in guesses[:1] if one.stands or state == "known"), None)
    others = [f"{other.text} {getattr(other, 'unit', '')}".strip() for other in figure.readings if other != reading]
    return [
        *(state, "yes" if sure else "no"),
        *((first.subject, first.property) if first else ("", "")),
        "; ".join(map(str, guesses[:GUESSES])),
        *(value, type, unit or (first.unit if first else "")),
        _when(spoken, found) if first and first.timed and type == "number" else "",
        stated,
        "; ".join(filter(None, [rests_on, figure.why, *others[:GUESSES]])),
        "; ".join(unit or one.unit for one in guesses[:GUESSES]),
        "yes" if any(one.likely for one in guesses[:1]) else "no",
    ]


def _counted(behind: str, language: Language) -> Collection[str]:
    """Return the units of what is counted: by the first words behind a figure, for adjectives may come first."""
    words = _CLAUSE.split(behind[:_BEHIND], maxsplit=1)[0].split()[:4]
    words = list(takewhile(lambda word: phrase(word) not in language.common, words))  # 153 in the United States
    return next((language.counted[key] for word in words if (key := phrase(word)) in language.counted), ())


def _dates(spoken: Spoken, found: Sequence[Figure]) -> int:
    """Return how many dates the sentence of a figure names."""
    return len({one.words for one in found if one.kind == FigureKind.DATE and one.words in spoken.sentence})


def _when(spoken: Spoken, found: Sequence[Figure]) -> str:
    """Return the date that the sentence of a figure names, if it names one."""
    days = {one.readings[0].text for one in found if one.kind == FigureKind.DATE and one.words in spoken.sentence}
    return days.pop() if len(days) == 1 else ""


def _stated(figure: Figure, text: str) -> str:
    """Return the words of a figure, with the noun behind it."""
    rest = text[figure.end :]
    space = len(rest) - len(rest.lstrip(" "))
    end = space + len(figure.noun) if figure.noun and rest[space:].startswith(figure.noun) else 0
    return text[figure.start : figure.end + end]


def _note(sentence: str, **cells: str) -> Note:
    return Note(sentence, {name: Said(Shows.TEXT, cell) for name, cell in cells.items()})
