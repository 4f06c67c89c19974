"""Holds a draft against a case before it is printed: each figure and date, by what the claims say.

``record`` is what the case says. Of a figure, ``scene`` is what stands around it, ``topics`` say of whom it speaks,
``fits`` of which facts it may be, ``standing`` how it stands to these, and ``judge`` decides.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from spectorcli.case import Case
from spectorcli.cues import read_cues
from spectorcli.escapes import clean
from spectorcli.factcheck.draft import STDIN, Draft, line_at, read_draft
from spectorcli.factcheck.found import Found, Verdict
from spectorcli.factcheck.judge import held, judge
from spectorcli.factcheck.passages import Passage, passages
from spectorcli.factcheck.record import OPERATIONS, Names, Told, read_record, sources_that_say
from spectorcli.factcheck.scene import Scene, scenes
from spectorcli.factcheck.statuses import behind
from spectorcli.factcheck.topics import Topics
from spectorcli.reading.guesses import likeliest
from spectorcli.result import Look, Note, Result, Row, Said, Shows, columns
from spectorcli.values.figures import Amount, FigureKind, Language, Moment, figures, guess

COLUMNS = columns(
    "line count, verdict term, stated text, value any type, unit unit value, subject ref, property term,"
    " best any type, best_unit hidden, grade grade, also text, type hidden"
)

FAILS = (Verdict.CONTRADICTED, Verdict.OUTDATED)

CARRIED = (Verdict.SUPPORTED, Verdict.COARSER, Verdict.DISPUTED)
"""What a footnote can be given for."""


def factcheck(case: Case, story: Path) -> Result:
    """Return each figure and date of a draft with its verdict, what matters first.

    The exit code is 1 if one is contradicted or outdated.

    Raises:
        NotFound: there is no such draft.
        UsageError: it cannot be read.
    """
    name = "stdin" if str(story) == STDIN else story.name
    draft = read_draft(story)
    rows = sorted(_rows(_held(case, draft)), key=lambda row: (list(Verdict).index(Verdict(str(row[1]))), row[0] or 0))
    counts = Counter(str(row[1]) for row in rows)
    said = [_note("verdict", verdict=one, claims=counts[one]) for one in Verdict if counts[one]]
    notes = [Note("draft checked", {"each": Said(Shows.SENTENCE, said)})] if said else [_note("no figures")]
    if not draft.has_lines and rows:
        notes.append(_note("draft without lines", copy=name))
    if draft.remark:
        notes.append(_note("copy remark", copy=name, remark=draft.remark))
    failed = any(counts[one] for one in FAILS)
    return Result(f"{name} against the case", COLUMNS, rows, notes, look=Look.DRAFT, exit_code=int(failed))


def footnotes(case: Case, story: Path) -> str:
    """Return for each figure of a draft that a source carries which ones do, and then the references to them.

    Raises:
        NotFound: there is no such draft.
        UsageError: it cannot be read.
    """
    from spectorcli.cite import references

    carried = [
        one for one in _judged(_held(case, read_draft(story))) if one.found.fact and one.found.verdict in CARRIED
    ]
    lines, used = list[str](), dict[str, None]()
    for number, one in enumerate(carried, 1):
        assert one.found.fact is not None
        by = sources_that_say(one.found.fact)
        used.update(dict.fromkeys(by))
        where = f"line {one.line}, " if one.line else ""
        lines.append(clean(f"[{number}] {where}{_stated(one.scene)}: {'; '.join(by)}") + "\n")
    sources = references(row for row in case.read("sources") if row["id"] in used)
    return "".join(lines) + ("\n" + sources if sources else "")


class _Judged(NamedTuple):
    line: int | None
    scene: Scene
    found: Found


class _Held(NamedTuple):
    """A draft that is held against a case, and the language that it is read in."""

    case: Case
    passages: Sequence[Passage]
    language: Language
    names: Names
    record: Told


def _held(case: Case, draft: Draft) -> _Held:
    language = guess("\n".join(block.text for block in draft.blocks))
    cues = read_cues(language.code)
    names = Names(case, cues)
    return _Held(case, [*passages(draft, names, language)], language, names, read_record(case, names, cues))


def _judged(one: _Held) -> list[_Judged]:
    record, own = one.record, _own(one.case, one.record.kinds)
    topics = Topics(one.names, record, own, one.passages, one.language.code)
    judged: list[_Judged] = []
    for passage in one.passages:
        for scene in scenes(topics, passage, figures(passage.text, one.language), one.language):
            figure = scene.figure
            is_told = figure.kind not in (FigureKind.VAGUE, FigureKind.ORDINAL) and bool(figure.readings)
            if is_told and passage.has(figure.start):
                judged.append(_Judged(line_at(passage.lines, figure.start), scene, judge(scene, record)))
    timed = {each.scene.sentence: each.found for each in judged if each.found.fact and each.found.fact.when}
    return [_at_its_time(each, timed.get(each.scene.sentence)) for each in judged]


def _own(case: Case, kinds: Mapping[str, str]) -> str:
    """Return the operation that a draft is about until it names one: the case's own, or its only one."""
    all_ = [id for id, kind in kinds.items() if kind == OPERATIONS]
    return case.operation or (all_[0] if len(all_) == 1 else "")


def _at_its_time(one: _Judged, other: Found | None) -> _Judged:
    """Return a date of which nothing is found with what else its sentence says, if that held then."""
    is_open = one.scene.figure.kind == FigureKind.DATE and one.found.verdict is Verdict.NOT_IN_CASE
    found = held(one.scene, other) if is_open and other else None
    return one._replace(found=found) if found else one


def _rows(one: _Held) -> list[Row]:
    return [*(_row(each) for each in _judged(one)), *_statuses(one)]


def _statuses(held: _Held) -> Iterator[Row]:
    for one in behind(held.case, held.passages, held.names, held.record.kinds, held.language):
        latest = one.latest
        yield [
            line_at(held.passages[one.mention.passage].lines, one.mention.start),
            (Verdict.CONTRADICTED if one.contradicted else Verdict.OUTDATED).value,
            *(one.mention.words, one.mention.term, "", latest.subject, "status", latest.term, "", latest.grade),
            *(f"since {latest.when}" if latest.when else "", "term"),
        ]


def _stated(scene: Scene) -> str:
    noun = f" {' '.join(scene.noun)}" if scene.noun else ""
    return f"{scene.figure.words}{noun}"


def _row(one: _Judged) -> Row:
    line, scene, found = one
    figure, fact, target = scene.figure, found.fact, found.target
    reading = likeliest(figure)
    unit = reading.unit if isinstance(reading, Amount) else ""
    type = "date" if isinstance(reading, Moment) else "number"
    best_unit = fact.unit if fact else ""
    best = fact.value if fact else ""
    if fact and unit not in ("", best_unit):  # the column of units is that of the draft
        best, best_unit = f"{best} {best_unit}", ""
    return [
        *(line, found.verdict.value, _stated(scene), reading.text, unit or (fact.unit if fact else "")),
        *((target.subject, target.property) if target else ("", "")),
        *(best, best_unit, fact.grade if fact else ""),
        *(found.also, type),
    ]


def _note(sentence: str, **cells: str | int) -> Note:
    said = {name: Said(Shows.COUNT if isinstance(cell, int) else Shows.TEXT, cell) for name, cell in cells.items()}
    return Note(sentence, said)
