"""What a report rests on: every answer of the case with a number, and behind it each claim with its source.

A figure anywhere on the page bears the number of its answer, on the screen as a link, on paper as it is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from spectorcli.case import Case
from spectorcli.escapes import web_address
from spectorcli.folder.signed import Signature, Signed, signatures
from spectorcli.result import Cell, Note, Result, Said, Shows
from spectorcli.values import also
from spectorcli.values.listing import split
from spectorcli.values.wording import count, joined
from spectorcli.verdicts import Dispute, Verdict
from spectorcli.vocabulary import OWN
from spectorcli.words import claimed, pieces

Record = Mapping[str, Cell]


class Piece(NamedTuple):
    """A piece of a sentence: words, or what a thing or a source is called, with its id."""

    text: str
    id: str = ""


@dataclass(frozen=True)
class Source:
    """A source; ``link`` is its address if that may be followed, and ``parents`` are what it derives from."""

    number: int
    cells: Record
    link: str
    parents: tuple[str, ...]


@dataclass(frozen=True)
class Claim:
    """One source saying one thing; ``origins`` are the ids at the root of that source, none if it is its own."""

    value: str
    verdict: Verdict
    grade: str
    source: Source
    origins: tuple[str, ...]
    cells: Record

    @property
    def checked(self) -> list[Signature]:
        """Who compared it with its source, if it is as it was then."""
        return (signatures(str(self.cells["checked"])) or []) if self.cells["signed"] == Signed.HOLDS else []


@dataclass
class Answer:
    """The best value of the property ``name`` of a thing, with its claims, best first.

    ``others`` is what else is said, each with whether it contradicts the best. ``number`` stands on the page. One
    without a grade holds only claims that the editor has set aside.
    """

    number: int
    subject: str
    name: str
    value: str
    cells: Record
    claims: list[Claim] = field(default_factory=list)
    others: Sequence[tuple[str, bool]] = ()

    @property
    def also(self) -> str:
        """What else is said."""
        return ", ".join(told for told, _ in self.others)

    @property
    def grade(self) -> str:
        """Letter and digit of the best claim."""
        return str(self.cells.get("grade") or "")

    @property
    def open(self) -> bool:
        """Whether equally reliable sources differ."""
        return self.cells.get("dispute") == Dispute.OPEN

    @property
    def disputed(self) -> bool:
        """Whether any source differs."""
        return self.cells.get("dispute", Dispute.NONE) != Dispute.NONE

    @property
    def support(self) -> str:
        """``16 sources, 4 origins``; and how many of its claims somebody compared with their sources, if any."""
        checked = sum(bool(claim.checked) for claim in self.claims)
        told = f"; {checked:,} of {count(len(self.claims), 'claims')} checked" if checked else ""
        return f"{count(self.cells['sources'], 'sources')}, {count(self.cells['origins'], 'origins')}{told}"


@dataclass
class Thing:
    """A thing of the case, and the answers about it."""

    number: int
    id: str
    kind: str
    label: str
    answers: list[Answer] = field(default_factory=list)


class Evidence:
    """The things, answers, claims and sources of a case, in the order of its files."""

    def __init__(self, case: Case, subject: str | None = None) -> None:
        """Read the whole case, or what is about one thing: a page for people holds it all in memory anyway."""
        self.subject = subject
        self.links = [*self._told(case, "links")]
        self.operation = case.operation
        self.own_kinds = {row["kind"] for row in case.read("vocabulary") if row["own"] and row["property"] == "name"}
        links = [link for link in self.links if link["object"] == subject]
        self._in_scope = {subject, *(link["subject"] for link in links if not link["claimed"])}
        self._pointing = {(link["subject"], link["property"]) for link in links}
        self.sources = {
            str(row["id"]): Source(number, row, web_address(str(row["url"] or "")), _parents(row))
            for number, row in enumerate(case.read("sources"), 1)
        }
        self.things = {
            str(row["id"]): Thing(number, str(row["id"]), str(row["kind"]), str(row["label"]))
            for number, row in enumerate(case.stream("answers/labels", {}), 1)
        }
        self._by_fact = self._answers(case)
        self._claims(case)
        if subject:
            self._only_cited()

    def concerns(self, id: Cell) -> bool:
        """Whether a thing is the subject, or points to it in its files; all do if there is none."""
        return self.subject is None or id in self._in_scope

    def concerning(self, rows: Iterable[Record]) -> list[Record]:
        """Return the rows that are about the subject and what points to it."""
        return [row for row in rows if self.concerns(row["id"])]

    def by_fact(self, id: Cell) -> Answer | None:
        """Return the answer that a fact is, None if it is not about the subject."""
        return self._by_fact.get(id)

    def all(self, subject: Cell, name: str) -> list[Answer]:
        """Return each answer about a property of a thing, in each unit and for each time: the headline first."""
        answers = self.things[str(subject)].answers if str(subject) in self.things else []
        found = [answer for answer in answers if answer.name == name and answer.grade]
        return sorted(found, key=lambda answer: not answer.cells["headline"])

    def headline(self, subject: Cell, name: str) -> Answer | None:
        """Return the answer about a property of a thing that stands for it in a table of its kind."""
        return next(iter(self.all(subject, name)), None)

    def found(self, id: Cell, name: Cell, sentence: Note) -> Answer | None:
        """Return the answer that a finding is about: at several times or in several units, that with the value told."""
        answers = self.all(id, str(name or ""))
        told = {column: str(said.cell) for column, said in sentence.cells.items() if said.cell is not None}
        whole = {"value": told["stated"]} if "stated" in told else {}  # which parts are compared with
        asked = whole | {column: told[column] for column in ("value", "unit", "source") if column in told}
        same = (one for one in answers if any(_has(claim.cells, asked) for claim in one.claims))
        return next(same, next(iter(answers), None))

    def label(self, id: Cell) -> str:
        """Return what a thing is called; its id if the case does not hold it."""
        return self.things[str(id)].label if str(id) in self.things else str(id or "")

    def sentence(self, note: Note) -> list[Piece]:
        """Return a sentence in pieces: things are called by their labels, sources by the ids that the page knows."""
        return [
            self._piece(text, said is not None and said.shows in (Shows.ID, Shows.REF)) for text, said in pieces(note)
        ]

    @property
    def answers(self) -> Iterator[Answer]:
        """Every answer, by number."""
        return (answer for thing in self.things.values() for answer in thing.answers)

    def _piece(self, text: str, is_id: bool) -> Piece:
        if not is_id:
            return Piece(text)
        is_source = text in self.things and self.things[text].kind == "sources"
        return Piece(text if is_source else self.label(text), text)

    def _told(self, case: Case, name: str) -> Iterator[Record]:
        """Read all links, facts or claims of a case, or those of the subject and of what points to it."""
        if self.subject is None:
            return case.read(name)
        return case.stream(f"answers/about_{name}", {"id": self.subject})

    def _concerning(self, case: Case, name: str) -> Iterator[Record]:
        """Yield what is said of the subject and of what its files point to it, and claims that point to it."""
        for row in self._told(case, name):
            if self.concerns(row["subject"]) or (row["subject"], row["property"]) in self._pointing:
                yield row

    def _only_cited(self) -> None:
        """Leave out the sources that say nothing here, and from which none that does derives."""
        cited = {str(claim.source.cells["id"]) for answer in self.answers for claim in answer.claims}
        while more := {parent for id in cited for parent in self.sources[id].parents} - cited:
            cited |= more
        self.sources = {id: source for id, source in self.sources.items() if id in cited}

    def _answers(self, case: Case) -> dict[Cell, Answer]:
        by_fact: dict[Cell, Answer] = {}
        for number, row in enumerate(self._concerning(case, "facts"), 1):
            subject, name = str(row["subject"]), str(row["property"])
            said, type, value, unit = (str(row[column]) for column in ("also", "type", "value", "unit"))
            others = [*also.said_against(said, type, value, unit, self.label)]
            answer = by_fact[row["id"]] = Answer(number, subject, name, claimed(row, self.label), row, others=others)
            self.things[subject].answers.append(answer)
        return by_fact

    def _claims(self, case: Case) -> None:
        aside: dict[tuple[str, str], Answer] = {}
        for row in self._concerning(case, "claims"):
            subject, name = str(row["subject"]), str(row["property"])
            answer = self._by_fact.get(row["fact"]) or aside.get((subject, name))
            if answer is None:
                number = len(self._by_fact) + len(aside) + 1
                answer = aside[subject, name] = Answer(number, subject, name, "set aside by the editor", {})
                self.things[subject].answers.append(answer)
            source = self.sources[str(row["source"])]
            origins = tuple(id for id in ids(row["origin"]) if id != row["source"])
            claim = Claim(
                claimed(row, self.label), Verdict(str(row["verdict"])), str(row["grade"]), source, origins, row
            )
            answer.claims.append(claim)
        for answer in self.answers:
            answer.claims.sort(key=lambda claim: (int(claim.cells["standing"] or 0), claim.grade))


def _has(record: Record, asked: Mapping[str, str]) -> bool:
    return all(str(record[column]) == cell for column, cell in asked.items())


def checked_share(claims: Sequence[Claim]) -> Note:
    """Return the sentence that says how many claims somebody compared with their sources, and who."""
    signers = sorted({one.initials for claim in claims for one in claim.checked})
    counts = {"claims": sum(bool(claim.checked) for claim in claims), "of": len(claims)}
    said = {name: Said(Shows.COUNT, number) for name, number in counts.items()}
    return Note("signed share", {**said, "who": Said(Shows.TEXT, joined(signers, "and") if signers else None)})


def records(result: Result) -> list[Record]:
    """Return the rows of an answer by column."""
    return list(result.records())


def _parents(row: Record) -> tuple[str, ...]:
    """Return the sources that a source names as those of its facts."""
    return tuple(id for id in ids(row["derived_from"]) if id != OWN)


def ids(cell: Cell) -> tuple[str, ...]:
    """Return the ids of a cell that may hold several."""
    return tuple(split(str(cell or "")))
