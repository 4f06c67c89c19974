"""Holds a draft against a case before it is printed: each figure and date, by what the claims say.

``record`` is what the case says. Of a figure, ``scene`` is what stands around it, ``topics`` say of whom it speaks,
``fits`` of which facts it may be, ``standing`` how it stands to these, and ``judge`` decides.
"""

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from spectorcli.case import Case
from spectorcli.cues import read_cues
from spectorcli.escapes import clean
from spectorcli.factcheck.draft import STDIN, Draft, line_at, read_draft
from spectorcli.factcheck.found import NOTHING, Found, Verdict
from spectorcli.factcheck.judge import held, judge
from spectorcli.factcheck.passages import Passage, passages
from spectorcli.factcheck.record import OPERATIONS, Names, Told, read_record, sources_that_say
from spectorcli.factcheck.scene import Scene, scenes
from spectorcli.factcheck.statuses import behind
from spectorcli.factcheck.topics import Topics
from spectorcli.factcheck.unread import NAMED, unread
from spectorcli.reading.guesses import likeliest
from spectorcli.result import Look, Note, Result, Row, Said, Shows, columns
from spectorcli.values.figures import Amount, Figure, FigureKind, Language, Moment, figures, guess

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
    one = held_against(case, draft)
    rows = sorted(_rows(one), key=lambda row: (list(Verdict).index(Verdict(str(row[1]))), row[0] or 0))
    counts = Counter(str(row[1]) for row in rows)
    said = [_note("verdict", verdict=one, claims=counts[one]) for one in Verdict if counts[one]]
    notes = [Note("draft checked", {"each": Said(Shows.SENTENCE, said)})] if said else [_note("no figures")]
    left = [*unread(zip(one.passages, one.found, strict=True))]
    if left or said:
        more = len(left) - NAMED if len(left) > NAMED else ""
        notes.append(_note("draft read", figures=len(rows), which=", ".join(left[:NAMED]), more=more))
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

    draft = read_draft(story)
    judged = _judged(held_against(case, draft))
    carried = [one for one in judged if one.found.fact and one.found.verdict in CARRIED]
    place = "line" if draft.has_lines else "paragraph"
    lines, used = list[str](), dict[str, None]()
    for number, one in enumerate(carried, 1):
        assert one.found.fact is not None
        by = sources_that_say(one.found.fact)
        used.update(dict.fromkeys(by))
        where = f"{place} {one.line}, " if one.line else ""
        lines.append(clean(f"[{number}] {where}{_stated(one.scene)}: {'; '.join(by)}") + "\n")
    sources = references(row for row in case.read("sources") if row["id"] in used)
    return "".join(lines) + ("\n" + sources if sources else "")


class _Judged(NamedTuple):
    line: int | None
    scene: Scene
    found: Found


class Held(NamedTuple):
    """A draft that is held against a case, and the language that it is read in."""

    case: Case
    passages: Sequence[Passage]
    found: Sequence[Sequence[Figure]]
    language: Language
    names: Names
    record: Told


def held_against(case: Case, draft: Draft) -> Held:
    """Return a draft with what it is held against, in the language that it seems to be in."""
    language = guess("\n".join(block.text for block in draft.blocks))
    cues = read_cues(language.code)
    names = Names(case, cues)
    each = [*passages(draft, names, language)]
    found = [figures(one.text, language) for one in each]
    return Held(case, each, found, language, names, read_record(case, names, cues))


def _judged(one: Held) -> list[_Judged]:
    record, own = one.record, _own(one.case, one.record.kinds)
    topics = Topics(one.names, record, own, one.passages, one.language.code)
    judged: list[_Judged] = []
    for passage, found in zip(one.passages, one.found, strict=True):
        for scene in scenes(topics, passage, found, one.language):
            figure = scene.figure
            if not (figure.readings and passage.has(figure.start)):
                continue
            said = judge(scene, record)
            if said.target or figure.kind != FigureKind.ORDINAL:  # the second of nobody knows what is no figure
                judged.append(_Judged(line_at(passage.lines, figure.start), scene, said))
    timed = {each.scene.sentence: each.found for each in judged if each.found.fact and each.found.fact.when}
    carried = {_of(each) for each in judged if each.found.verdict in CARRIED}
    judged = [each._replace(found=NOTHING) if _is_of_some(each, carried) else each for each in judged]
    return [_at_its_time(each, timed.get(each.scene.sentence)) for each in judged]


def _of(one: _Judged) -> tuple[str, str]:
    target = one.found.target
    return (target.subject, target.property) if target else ("", "")


def _is_of_some(one: _Judged, carried: Container[tuple[str, str]]) -> bool:
    """Whether a count of countries may be of some of those that a draft counts elsewhere: three of the nine."""
    target = one.found.target
    is_area = target is not None and target.dimension in ("countries", "continents")
    return is_area and one.found.verdict in FAILS and _of(one) in carried and not one.scene.tells


def _own(case: Case, kinds: Mapping[str, str]) -> str:
    """Return the operation that a draft is about until it names one: the case's own, or its only one."""
    all_ = [id for id, kind in kinds.items() if kind == OPERATIONS]
    return case.operation or (all_[0] if len(all_) == 1 else "")


def _at_its_time(one: _Judged, other: Found | None) -> _Judged:
    """Return a date of which nothing is found with what else its sentence says, if that held then."""
    is_open = one.scene.figure.kind == FigureKind.DATE and one.found.verdict is Verdict.NOT_IN_CASE
    found = held(one.scene, other) if is_open and other else None
    return one._replace(found=found) if found else one


def _rows(one: Held) -> list[Row]:
    judged = _judged(one)
    listed = (row for each in judged for row in _strangers(each, one.record))
    return [*map(_row, judged), *listed, *_statuses(one)]


def _strangers(one: _Judged, record: Told) -> Iterator[Row]:
    """Yield what is listed and has no part in the operation, if all that have are known and one is meant for sure."""
    topic = one.scene.topics.get(OPERATIONS)
    members = record.members.get(next(iter(topic.ids))) if topic and topic.close and len(topic.ids) == 1 else None
    for name in one.scene.listed if members and topic else ():
        if members and topic and name.country not in members:
            yield [
                *(one.line, Verdict.CONTRADICTED.value, name.words, name.country, "", *topic.ids, "participants"),
                *("; ".join(sorted(members)), "", "", "", "text"),
            ]


def _statuses(held: Held) -> Iterator[Row]:
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
    best = fact.value if fact else found.best
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
