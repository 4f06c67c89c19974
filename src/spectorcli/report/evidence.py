"""What a report rests on: every answer of the case with a number, and behind it each claim with its source.

A figure anywhere on the page bears the number of its answer, on the screen as a link, on paper as it is.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from spectorcli.answers.conflicts import conflicts
from spectorcli.case import Case
from spectorcli.escapes import count, web_address
from spectorcli.result import Cell, Note, Result, Shows
from spectorcli.values import date as dates
from spectorcli.vocabulary import Kind
from spectorcli.words import pieces

Record = Mapping[str, Cell]

QUALIFIERS = {"~": "about ", ">": "more than ", "<": "nearly "}


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
    verdict: str
    grade: str
    source: Source
    origins: tuple[str, ...]
    cells: Record


@dataclass
class Answer:
    """The best value of the property ``name`` of a thing, with its claims, best first; ``also`` is what else is said.

    ``number`` stands on the page. One without a grade holds only claims that the editor has set aside.
    """

    number: int
    subject: str
    name: str
    value: str
    cells: Record
    claims: list[Claim] = field(default_factory=list)
    also: str = ""

    @property
    def grade(self) -> str:
        """Letter and digit of the best claim."""
        return str(self.cells.get("grade") or "")

    @property
    def open(self) -> bool:
        """Whether equally reliable sources differ."""
        return self.cells.get("dispute") == "open"

    @property
    def disputed(self) -> bool:
        """Whether any source differs."""
        return bool(self.cells.get("dispute"))

    @property
    def support(self) -> str:
        """``16 sources, 4 origins``."""
        return f"{count(self.cells['sources'], 'source')}, {count(self.cells['origins'], 'origin')}"


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
        links = [link for link in case.read("links") if link["object"] == subject]
        self._kept = {subject, *(link["subject"] for link in links if not link["claimed"])}
        self._pointing = {(link["subject"], link["property"]) for link in links}
        self._kinds: Mapping[str, Kind] = case.kinds()
        self.sources = {
            str(row["id"]): Source(number, row, web_address(str(row["url"] or "")), ids(row["derived_from"]))
            for number, row in enumerate(case.read("sources"), 1)
        }
        self.things = {
            str(row["id"]): Thing(number, str(row["id"]), str(row["kind"]), str(row["label"]))
            for number, row in enumerate(case.read("things"), 1)
        }
        self._found: dict[tuple[str, str, str], Answer] = {}
        by_fact = self._answers(case)
        self._claims(case, by_fact)
        for id, said in _differing(records(conflicts(case, None, False))).items():
            answer = by_fact.get(id)
            if answer is None:
                continue
            mixed = any(row["unit"] != answer.cells["unit"] for row in said)
            answer.also = ", ".join(self._said(answer, row, mixed) for row in said)
        if subject:
            self._only_cited()

    def about(self, rows: Iterable[Record]) -> list[Record]:
        """Return the rows that are about the subject: it, and what its files point to it; all if there is none."""
        return [row for row in rows if self.subject is None or row["id"] in self._kept]

    def find(self, subject: Cell, name: str, unit: Cell = None) -> Answer | None:
        """Return the answer about a property of a thing: the main one, or the one in a unit."""
        return self._found.get((str(subject), name, str(unit or "")))

    def label(self, id: Cell) -> str:
        """Return what a thing is called; its id if the case does not hold it."""
        return self.things[str(id)].label if str(id) in self.things else str(id or "")

    def sentence(self, note: Note) -> str:
        """Return a sentence with what things are called in the place of their ids."""
        named = (Shows.ID, Shows.REF)
        return "".join(self.label(text) if said and said.shows in named else text for text, said in pieces(note))

    def unlink(self, redact: Callable[[str], str]) -> None:
        """Let no address be followed that names someone: as it is shown, it leads nowhere."""
        for id, one in self.sources.items():
            if redact(one.link) != one.link:
                self.sources[id] = replace(one, link="")

    def type(self, answer: Answer) -> str:
        """Return the type of an answer's property, as the vocabulary declares it."""
        declared = self._kinds[self.things[answer.subject].kind].properties.get(answer.name)
        return declared.type if declared else "text"

    @property
    def operations(self) -> str | None:
        """The filter of questions: the case's own operation, unless the page is about one thing."""
        return "all" if self.subject else None

    @property
    def answers(self) -> Iterator[Answer]:
        """Every answer, by number."""
        return (answer for thing in self.things.values() for answer in thing.answers)

    def worded(self, kind: str, name: str, value: Cell, unit: Cell = "", when: Cell = "") -> str:
        """Return a value as people read it: ``more than 258 kg``, ``about June 2019``, names for ids."""
        declared = self._kinds[kind].properties.get(name)
        type = declared.type if declared else "text"
        text = str(value)
        if type == "number":
            text = figure(value)
        elif type == "date":
            text = dates.say(text)
        elif type == "ref":
            text = re.sub(r"[^; ]+", lambda found: self.label(found.group()), text)
        return " ".join(
            filter(None, (text, _unit(value, str(unit or "")), f"({dates.say(str(when))})" if when else ""))
        )

    def _told(self, case: Case, statement: str) -> Iterator[Record]:
        """Yield what is said of the subject and of what its files point to it, and claims that point to it."""
        for row in case.read(statement):
            told = row["subject"] in self._kept or (row["subject"], row["property"]) in self._pointing
            if told or self.subject is None:
                yield row

    def _only_cited(self) -> None:
        """Leave out the sources that say nothing here, and from which none that does derives."""
        cited = {str(claim.source.cells["id"]) for answer in self.answers for claim in answer.claims}
        while more := {parent for id in cited for parent in self.sources[id].parents} - cited:
            cited |= more
        self.sources = {id: source for id, source in self.sources.items() if id in cited}

    def _answers(self, case: Case) -> dict[Cell, Answer]:
        by_fact: dict[Cell, Answer] = {}
        for number, row in enumerate(self._told(case, "facts"), 1):
            subject, name = str(row["subject"]), str(row["property"])
            shown = self.worded(str(row["kind"]), name, row["value"], row["unit"], row["when"])
            answer = by_fact[row["id"]] = Answer(number, subject, name, shown, row)
            self.things[subject].answers.append(answer)
            self._found.setdefault((subject, name, str(row["unit"])), answer)
            if row["headline"]:
                self._found[subject, name, ""] = answer
        return by_fact

    def _claims(self, case: Case, by_fact: dict[Cell, Answer]) -> None:
        aside: dict[tuple[str, str], Answer] = {}
        order = ("best", "agrees", "coarser")
        for row in self._told(case, "claims"):
            subject, name = str(row["subject"]), str(row["property"])
            answer = by_fact.get(row["fact"]) or aside.get((subject, name))
            if answer is None:
                number = len(by_fact) + len(aside) + 1
                answer = aside[subject, name] = Answer(number, subject, name, "set aside by the editor", {})
                self.things[subject].answers.append(answer)
            shown = self.worded(str(row["kind"]), name, row["value"], row["unit"], row["when"])
            source = self.sources[str(row["source"])]
            origins = tuple(id for id in ids(row["origin"]) if id != row["source"])
            answer.claims.append(Claim(shown, str(row["verdict"]), str(row["grade"]), source, origins, row))
        for answer in self.answers:
            answer.claims.sort(
                key=lambda claim: (order.index(claim.verdict) if claim.verdict in order else 3, claim.grade)
            )

    def _said(self, answer: Answer, row: Record, mixed: bool) -> str:
        """Return ``281`` or ``228 (2 sources)``; with its unit where there is more than one."""
        kind = self.things[answer.subject].kind
        text = self.worded(kind, answer.name, row["value"], row["unit"] if mixed else "")
        return text if row["sources"] == 1 else f"{text} ({row['sources']} sources)"


def records(result: Result) -> list[Record]:
    """Return the rows of an answer by column."""
    return list(result.records())


def figure(value: Cell) -> str:
    """Return a number, or one with its qualifier, as people read it: ``more than 5,500,000``."""
    text = str(value)
    text = QUALIFIERS[text[0]] + text[1:] if text[:1] in QUALIFIERS else text
    grouped = re.sub(r"(?<![\d.])\d{4,}", lambda found: f"{int(found.group()):,}", text.replace("..", " to "))
    return grouped.removesuffix(".0")


def ids(cell: Cell) -> tuple[str, ...]:
    """Return the ids of a cell that may hold several."""
    return tuple(id.strip() for id in str(cell or "").split(";") if id.strip())


def _unit(value: Cell, unit: str) -> str:
    """Return a unit as it stands after a number: ``1 person``, ``1 country``."""
    if str(value) != "1" or not unit.endswith("s"):
        return unit
    return f"{unit[:-3]}y" if unit.endswith("ies") else unit[:-1]


def _differing(rows: Iterable[Record]) -> dict[Cell, list[Record]]:
    found: dict[Cell, list[Record]] = defaultdict(list)
    for row in rows:
        if row["verdict"] == "differs":
            found[row["fact"]].append(row)
    return found
