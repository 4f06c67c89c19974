"""What a draft says of how a person's case stands, and whether that is how it stands.

Only what is surely behind the record is told: a phrase of the present for an earlier step, or a step in the past that
is the last that the draft tells of a case that has its outcome.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from spectorcli.case import Case
from spectorcli.cues import read_cues
from spectorcli.factcheck.passages import Passage
from spectorcli.factcheck.record import PEOPLE, Names
from spectorcli.reading.named import sentence_around
from spectorcli.values.figures import FigureKind, Language, figures


class Status(NamedTuple):
    """A status of a person in the record, with the step of a case that it is: 2 has an outcome, 1 a conviction."""

    subject: str
    term: str
    when: str
    grade: str
    step: int


class Mention(NamedTuple):
    """A status of a person in a draft: where it stands, in which words, and whether it tells how things are now."""

    passage: int
    start: int
    words: str
    person: str
    term: str
    now: bool
    dated: bool


class Behind(NamedTuple):
    """A mention that is behind the record, or against it."""

    mention: Mention
    latest: Status
    contradicted: bool


def behind(
    case: Case, passages: Sequence[Passage], names: Names, kinds: Mapping[str, str], language: Language
) -> list[Behind]:
    """Return what a draft says of people's cases that is not how they stand."""
    steps = {str(row["term"]): int(str(row["step"])) for row in case.records("answers/steps", {})}
    record = _record(case, kinds, steps)
    mentions = [
        one
        for number, passage in enumerate(passages)
        for one in _mentions(number, passage.text, names, kinds, language)
        if one.person in record and passage.has(one.start)
    ]
    furthest: dict[str, int] = defaultdict(int)
    for one in mentions:
        furthest[one.person] = max(furthest[one.person], _place(one.term, record[one.person], steps))
    found = []
    for one in mentions:
        latest = record[one.person][-1]
        step = steps.get(one.term, 0)
        if step == 2 and latest.step == 2 and one.term != latest.term and one.term == "acquitted":
            found.append(Behind(one, latest, True))
            continue
        place = _place(one.term, record[one.person], steps)
        is_earlier = place < _place(latest.term, record[one.person], steps)
        last_told = latest.step == 2 and one.term == "charged" and furthest[one.person] <= place and not one.dated
        if is_earlier and (one.now or last_told):
            found.append(Behind(one, latest, False))
    return found


def _place(term: str, record: Sequence[Status], steps: Mapping[str, int]) -> int:
    """Return how far a case has come with a status: by what follows from it, then by its place in the record."""
    known = [place for place, one in enumerate(record) if one.term == term]
    return 100 * steps.get(term, 0) + (known[-1] if known else -1)


def _record(case: Case, kinds: Mapping[str, str], steps: Mapping[str, int]) -> dict[str, list[Status]]:
    whose = {
        str(row["subject"]): str(row["object"])
        for row in case.read("links")
        if row["property"] == "person" and not row["claimed"] and kinds.get(str(row["subject"])) == "proceedings"
    }
    found: dict[str, list[Status]] = defaultdict(list)
    for row in case.read("facts"):
        subject, person = str(row["subject"]), whose.get(str(row["subject"]), str(row["subject"]))
        if row["property"] == "status" and row["type"] == "term" and kinds.get(person) == PEOPLE:
            term = str(row["value"])
            found[person].append(Status(subject, term, str(row["when"]), str(row["grade"]), steps.get(term, 0)))
    return {person: sorted(some, key=lambda one: (one.step, one.when)) for person, some in found.items()}


def _mentions(number: int, text: str, names: Names, kinds: Mapping[str, str], language: Language) -> Iterator[Mention]:
    cues = read_cues(language.code)
    places = [(id, at) for ids, at in names.places(text) if len(ids) == 1 for id in ids if kinds.get(id) == PEOPLE]
    for term, pattern in cues.cases.items():
        for phrase in pattern.finditer(text):
            sentence = sentence_around(text, phrase.start())[1]
            start = max(text.rfind(sentence, 0, phrase.start() + len(sentence)), 0)
            before = [id for id, at in places if start <= at < phrase.start()]
            if not before and cues.said[PEOPLE].search(text[start : phrase.start()]):
                before = [id for id, at in places if at < start]
            if before:
                rest = text[phrase.end() : start + len(sentence)]
                dated = any(one.kind == FigureKind.DATE for one in figures(rest, language))
                now = cues.said["present"].search(phrase[0]) is not None
                yield Mention(number, phrase.start(), phrase[0], before[-1], term, now, dated)
