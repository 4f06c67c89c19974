"""What the case says that a draft may speak of: each figure and date, with what tells it from others."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from spectorcli.case import Case, Record
from spectorcli.cues import Cues, stem, words_of
from spectorcli.reading.named import Named
from spectorcli.values import date, number, units
from spectorcli.values.names import fold
from spectorcli.values.span import BadValue, Span
from spectorcli.values.units import Measure
from spectorcli.values.wording import singular

PEOPLE, MARKETS, OPERATIONS, COUNTRIES = "people", "markets", "operations", "countries"

DECISIVE = (PEOPLE, MARKETS, OPERATIONS)
"""Kinds of what a thing is told by; the first that it has decides, for a person's trial is of no other operation."""

NAMES_OF_CASE = (*DECISIVE, COUNTRIES)

SHORTEST_SURNAME = 4
"""Letters of a last name that is known alone: shorter ones are words, too."""


class Said(NamedTuple):
    """A claim, as far as a draft is compared with it."""

    value: str
    unit: str
    span: Span
    source: str
    publisher: str
    published: str
    says_best: bool
    differs: bool
    is_best: bool
    grade: str


class Fact(NamedTuple):
    """The answer to what is asked of a thing at a time, in one dimension, and the claims of that."""

    id: int
    value: str
    unit: str
    span: Span
    when: str
    grade: str
    also: str
    dispute: str
    claims: tuple[Said, ...]


class Target(NamedTuple):
    """A property of a thing in one dimension.

    ``marks`` are the things that it is told by, by kind; ``terms`` the words of its columns, ``cues`` beginnings of
    words that tell of the property, ``nouns`` stems of the words for what is counted, ``title`` those of its title.
    ``decisive`` is the kind of what it is told by before all else: what its title names, else the first that it has.
    ``loose`` if its id has a word for which the case has no column, so that it is narrower than anybody can tell.
    """

    subject: str
    property: str
    kind: str
    type: str
    dimension: str
    measure: Measure
    marks: Mapping[str, frozenset[str]]
    terms: frozenset[str]
    cues: tuple[str, ...]
    nouns: frozenset[str]
    title: frozenset[str]
    loose: bool
    decisive: str
    facts: tuple[Fact, ...]


class Names(Named):
    """The names of a case, and what a draft calls people, operations and countries besides."""

    def __init__(self, case: Case, cues: Cues) -> None:
        super().__init__(case)
        known = dict(self._ids)
        surnames: dict[str, set[str]] = defaultdict(set)
        for row in case.read("things"):
            words = fold(str(row["label"])).split()
            if row["kind"] == PEOPLE and len(words) > 1 and len(words[-1]) >= SHORTEST_SURNAME:
                surnames[words[-1]].add(str(row["id"]))
            elif row["kind"] == OPERATIONS and len(words) > 1 and words[0] == "operation":
                surnames[" ".join(words[1:])].add(str(row["id"]))
            elif row["kind"] == COUNTRIES:
                self._ids[fold(str(row["id"]))].add(str(row["id"]))
        for key, ids in surnames.items():
            if key not in known and len(ids) == 1:
                self._ids[key] |= ids
        for word, code in cues.demonyms.items():
            self._ids[word].add(code)
        self._found: dict[str, list[tuple[frozenset[str], int]]] = {}

    def places(self, sentence: str) -> list[tuple[frozenset[str], int]]:
        """Return what ``Named`` does, and keep it: a draft is gone through three times."""
        if sentence not in self._found:
            self._found[sentence] = super().places(sentence)
        return self._found[sentence]


class Told(NamedTuple):
    """What a draft is held against."""

    targets: list[Target]
    kinds: Mapping[str, str]
    years: Mapping[str, frozenset[str]]
    terms: frozenset[str]
    members: Mapping[str, frozenset[str]]


def read_record(case: Case, names: Names, cues: Cues) -> Told:
    """Return what a case says that may be compared.

    ``years`` are those in which each operation was announced, ``terms`` what was seized, ``members`` the countries of
    each operation whose count they add up to.
    """
    things = {str(row["id"]): row for row in case.read("things")}
    kinds = {id: str(row["kind"]) for id, row in things.items()}
    links: dict[str, set[str]] = defaultdict(set)
    participants: dict[str, set[str]] = defaultdict(set)
    for row in case.read("links"):
        if not row["claimed"]:
            links[str(row["subject"])].add(str(row["object"]))
        if row["property"] == "participants" and not row["denied"]:
            participants[str(row["subject"])].add(str(row["object"]))
    facts = _facts(case)
    targets = [
        _target(names, cues, things[subject], things, kinds, links[subject], property, type, term, same)
        for (subject, property, type, term), same in facts.items()
        if subject in things
    ]
    years: dict[str, set[str]] = defaultdict(set)
    for one in targets:
        if one.type == "date" and one.decisive == OPERATIONS:
            for operation in one.marks[OPERATIONS]:
                years[operation] |= {date.year(fact.value) for fact in one.facts}
    terms = frozenset(term for one in targets if one.kind == "seizures" for term in one.terms)
    years_of = {id: frozenset(some) for id, some in years.items()}
    counts = {one.subject: one.facts[-1].value for one in targets if one.property == "countries"}
    members = {id: frozenset(some) for id, some in participants.items() if counts.get(id) == str(len(some))}
    return Told(targets, kinds, years_of, terms, members)


Place = tuple[str, str, str, str]


def _facts(case: Case) -> dict[Place, list[Fact]]:
    sources = {str(row["id"]): row for row in case.read("sources")}
    claims: dict[int, list[Said]] = defaultdict(list)
    for row in case.read("claims"):
        type = str(row["type"])
        if type in ("number", "date") and row["fact"] is not None:
            span = read_span(type, str(row["value"]), str(row["unit"]))
            source = sources[str(row["source"])]
            publisher = fold(str(source.get("publisher") or ""))
            says = row["verdict"] in ("best", "agrees")
            if span:
                claims[int(str(row["fact"]))].append(
                    Said(
                        str(row["value"]),
                        str(row["unit"]),
                        span,
                        str(row["source"]),
                        publisher,
                        str(source["published"] or ""),
                        says,
                        row["verdict"] == "differs",
                        row["verdict"] == "best",
                        str(row["grade"]),
                    )
                )
    found: dict[Place, list[Fact]] = defaultdict(list)
    for row in case.read("facts"):
        if row["type"] == "term" and row["property"] == "status" and row["when"]:
            when = str(row["when"])
            span = read_span("date", when, "")
            if span:
                dated = Fact(int(str(row["id"])), when, "", span, "", str(row["grade"]), "", "", ())
                found[str(row["subject"]), "status", "date", str(row["value"])].append(dated)
            continue
        type, unit = str(row["type"]), str(row["unit"])
        span = read_span(type, str(row["value"]), unit) if type in ("number", "date") else None
        if span is None:
            continue
        id = int(str(row["id"]))
        fact = Fact(
            id,
            str(row["value"]),
            unit,
            span,
            str(row["when"]),
            str(row["grade"]),
            str(row["also"]),
            str(row["dispute"]),
            tuple(claims[id]),
        )
        found[str(row["subject"]), str(row["property"]), type, units.base(unit)].append(fact)
    return found


def read_span(type: str, value: str, unit: str) -> Span | None:
    """Return what a value covers; None if it is none of the type."""
    try:
        return date.read(value) if type == "date" else number.read(value, unit)
    except BadValue:
        return None


def _target(
    names: Names,
    cues: Cues,
    thing: Record,
    things: Mapping[str, Record],
    kinds: Mapping[str, str],
    linked: Iterable[str],
    property: str,
    type: str,
    term: str,
    facts: list[Fact],
) -> Target:
    id, kind = str(thing["id"]), str(thing["kind"])
    cells: dict[str, str] = json.loads(str(thing["cells"] or "{}"))
    marks: dict[str, set[str]] = defaultdict(set)
    for one in (id, *linked):
        if kinds.get(one) in NAMES_OF_CASE:
            marks[kinds[one]].add(one)
    terms = {cells[name] for name in ("kind", "substance") if cells.get(name)}
    marks[PEOPLE] |= set(_people_of(id, kinds)) if kind != PEOPLE else set()
    unit = facts[0].unit
    return Target(
        id,
        property,
        kind,
        type,
        units.base(unit),
        units.measure(unit),
        {name: frozenset(ids) for name, ids in marks.items() if ids},
        frozenset(terms),
        cues.statuses.get(term, ()) if property == "status" else cues_of(kind, property, cells, cues),
        frozenset(stem(word) for text in (unit, property) for word in words_of(text.replace("_", " "))),
        frozenset(stem(word) for word in words_of(cells.get("title", "")) if len(word) > 3),
        _is_loose(id, marks, terms, kind, things),
        _decisive(marks, names.things(cells.get("title", ""))),
        tuple(facts),
    )


def _decisive(marks: Mapping[str, Iterable[str]], titled: set[str]) -> str:
    kinds = [kind for kind in DECISIVE if marks.get(kind)]
    return next((kind for kind in kinds if titled & {*marks[kind]}), kinds[0] if kinds else "")


def _people_of(id: str, kinds: Mapping[str, str]) -> Iterator[str]:
    """Yield the people whose last name is a word of an id: seizures-hampton-drugs."""
    words = set(id.split("-"))
    for one, kind in kinds.items():
        if kind == PEOPLE and one != id and "-" in one and one.rsplit("-", 1)[1] in words:
            yield one


def _is_loose(
    id: str, marks: Mapping[str, Iterable[str]], terms: Iterable[str], kind: str, things: Mapping[str, Record]
) -> bool:
    """Whether an id has a word that neither its kind, nor a column of its own, nor what it belongs to has."""
    if kind not in ("arrests", "seizures", "proceedings"):
        return False
    known = {kind, kind.removesuffix("s"), *(word for one in terms for word in one.split("-"))}
    known |= {word for ids in marks.values() for one in ids for word in one.casefold().split("-")}
    return any(word not in known for word in id.split("-"))


def cues_of(kind: str, property: str, cells: Mapping[str, str], cues: Cues) -> tuple[str, ...]:
    """Return by which words a property is told: its own, else its name, of an event its kind; ``begins`` reads them."""
    own = cells.get("kind", "") if kind == "events" else ""
    told = cues.properties.get(f"{kind}.{property}") or cues.events.get(own)
    if told or property not in ("date", "count", "amount"):
        named = [word for word in property.split("_") if len(word) > 3]
        return told or tuple(f"{form}$" for word in named for form in (word, singular(word)))  # offices, no officers
    words = own.split("-")
    return tuple(word[: max(5, len(word) - 2)] for word in words if len(word) > 3)


def sources_that_say(fact: Fact) -> list[str]:
    """Return the sources that say what the best one says, the best first."""
    saying = sorted((one for one in fact.claims if one.says_best), key=lambda one: (not one.is_best, one.grade))
    return list(dict.fromkeys(one.source for one in saying))
