"""Writes a STIX 2.1 bundle: things, who says what of them, how far to believe it, and who disagrees.

https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html Agencies and people are identities, never threat
actors: who is charged is presumed innocent. What else a thing is, the vocabulary says of its kind; where it says
nothing, it is a grouping of what it has to do with. A claim is a note, a source is a report on what it speaks of,
and a claim that differs is an opinion on the note of the best one. Dates that are not a full day, quantities and
grades are kept in a property extension. No marking is set: whom a bundle may be shared with is for its sender to
say.
"""

import json
import sys
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

from spectorcli.case import Case, Record
from spectorcli.escapes import web_address
from spectorcli.exchange.events import publications
from spectorcli.extras import extra
from spectorcli.result import Cell
from spectorcli.values import also
from spectorcli.values.date import day, first_day
from spectorcli.values.wording import count
from spectorcli.verdicts import Dispute
from spectorcli.words import claimed

Object = dict[str, Any]
NAMESPACE = uuid.UUID("7d0d4a2e-9c0b-4b52-8c55-0d6a3f5f1b0e")
"""Of our UUIDv5s: the standard keeps its own for observables (section 2.9)."""

CLASSES = {"agencies": "organization", "people": "individual"}
"""What an identity is."""

_REQUIRED: Mapping[str, Object] = {"grouping": {"context": "unspecified"}, "malware": {"is_family": True}}
"""What the standard wants to be said of a type; what bears the name of a malware is its family."""

RELATIONSHIPS = {
    ("agencies", "country"): "located-at",
    ("markets", "servers"): "located-at",
    ("sources", "derived_from"): "derived-from",
}
"""Kind and property whose meaning the standard has a word for; any other is related-to, which all tools accept."""

CONFIDENCE = {"1": 90, "2": 70, "3": 50, "4": 30, "5": 10}
"""Admiralty credibility as confidence (appendix A of the standard); 6, which cannot be judged, has none."""

MIDNIGHT = "T00:00:00.000Z"

_OURSELVES = f"identity--{uuid.uuid5(NAMESPACE, 'spector')}"
_EXTENSION = f"extension-definition--{uuid.uuid5(NAMESPACE, 'extension')}"
_SAME_EVERYWHERE = {"spec_version": "2.1", "created": f"2026-11-23{MIDNIGHT}", "modified": f"2026-11-23{MIDNIGHT}"}
"""When the extension was laid down: the same object in the bundle of every case."""

_EXPLAINED = (
    "Of a thing: id and kind in the case, row (what its file says of it) and facts, the best-supported value of each "
    "property with unit, the time (when) at which it held, grade (Admiralty letter and digit), dispute and what else "
    "is said (also). Of a note: the claim, with source and origin as ids of the case, locator as the place in the "
    "source and stated as its wording of the value. Dates are EDTF text, numbers may bear ~, > or <. Absent: empty."
)

PREAMBLE: Sequence[Object] = (
    {**_SAME_EVERYWHERE, "type": "identity", "id": _OURSELVES, "name": "spector", "identity_class": "system"},
    {
        **_SAME_EVERYWHERE,
        "type": "extension-definition",
        "id": _EXTENSION,
        "created_by_ref": _OURSELVES,
        "name": "spector claims",
        "description": "Claims about a law-enforcement case as their sources put them, and how they were weighed.",
        "schema": _EXPLAINED,
        "version": "1.0.0",
        "extension_types": ["property-extension"],
    },
)


def write(case: Case, path: Path) -> Sequence[str]:
    """Write a case as one bundle, each object checked by the standard's own library.

    ``created`` is the oldest and ``modified`` the newest publication in the case.
    """
    with extra("stix"):
        import stix2
    bundle = _Bundle(case)
    with path.open("w", encoding="utf-8") as out:
        out.write(f'{{\n "type": "bundle",\n "id": "{bundle.id("bundle")}",\n "objects": [')
        for place, one in enumerate(chain(PREAMBLE, bundle.objects())):
            checked = stix2.parse(one, version="2.1").serialize(indent=1, ensure_ascii=False)
            out.write((",\n  " if place else "\n  ") + checked.replace("\n", "\n  "))
        out.write("\n ]\n}\n")
    return list(bundle.left_out())


class _Thing:
    """Kind and label of a thing, and a name that also tells arrests from the operation after which they are called."""

    __slots__ = ("kind", "label", "name")

    def __init__(self, row: Record) -> None:
        self.kind, self.label = sys.intern(str(row["kind"])), str(row["label"])
        told = self.label in _cells(row).values() or self.label.endswith(f", {self.kind}")
        self.name = self.label if told else f"{self.label}, {self.kind}"


_NO_MORE: tuple[Cell, Iterable[Record]] = (None, ())


def _cells(thing: Record) -> dict[str, str]:
    """Return what the file of a thing says of it."""
    cells: dict[str, str] = json.loads(str(thing["cells"]))
    return cells


def _told(fact: Record) -> Record:
    """Return what an opinion tells of an answer."""
    return {name: fact[name] for name in ("claim", "type", "value", "unit", "when", "grade", "dispute")}


class _Bundle:
    """The objects of a case as STIX's JSON, before the library checks them.

    Of things it keeps kind and label, of claims the ids of their notes, and who refers to whom; the rest is read as
    often as it is written, for an object of the library takes twenty times what it is made of.
    """

    def __init__(self, case: Case) -> None:
        self._name = str(json.loads(case.metadata["package"]).get("name") or case.metadata["title"])
        self._kinds = case.kinds()
        self._case = case
        self._things = {row["id"]: _Thing(row) for row in case.read("things")}
        self._sources = {row["id"]: _cells(row) for row in case.read("things") if row["kind"] == "sources"}
        self._disputed = {fact["id"]: _told(fact) for fact in case.read("facts") if fact["dispute"]}
        self._notes = {claim["id"]: self.id("note", *map(claim.get, _CLAIM)) for claim in case.read("claims")}
        self._refs = self._referred()
        stamps = zip(("created", "modified"), publications(case), strict=True)
        self._base = {
            "spec_version": "2.1",
            "created_by_ref": _OURSELVES,
            **{name: f"{day}{MIDNIGHT}" for name, day in stamps},
        }

    def id(self, type: str, *names: Cell) -> str:
        """Return the id that an object has in every bundle of this case."""
        return f"{type}--{uuid.uuid5(NAMESPACE, json.dumps([self._name, type, *names], ensure_ascii=False))}"

    def objects(self) -> Iterator[Object]:
        """Yield each thing, relation, claim and disagreement."""
        answers = groupby(self._case.read("facts"), key=lambda fact: fact["subject"])
        subject, facts = next(answers, _NO_MORE)
        for row in self._case.read("things"):
            known: list[Record] = []
            if subject == row["id"]:
                known = list(facts)
                subject, facts = next(answers, _NO_MORE)
            if not self._is_empty(row["id"]):
                yield self._thing(row["id"], _cells(row), known)
        yield from map(self._relationship, self._links())
        yield from map(self._note, self._case.read("claims"))
        claims = (claim for claim in self._case.read("claims") if not claim["accepted"] and claim["fact"])
        yield from map(self._opinion, claims)

    def left_out(self) -> Iterator[str]:
        """Yield sentences about what STIX cannot hold."""
        empty = Counter(thing.kind for id, thing in self._things.items() if self._is_empty(id))
        for kind, number in empty.items():
            yield f"{number} of {kind} left out: nothing is linked to it, and STIX takes none that refers to nothing"
        texts = [row.get("published") for id, row in self._sources.items() if not self._is_empty(id)]
        undated = sum(not first_day(text) for text in texts)
        rough = sum(not day(text or "") for text in texts) - undated
        if rough:
            yield f"{count(rough, 'sources')} with the first possible day as published; the date is in the extension"
        urls = (_cells(row).get("url") for row in self._case.read("things"))
        unlinked = sum(bool(url) and not web_address(str(url)) for url in urls)
        if unlinked:
            yield f"{count(unlinked, 'addresses')} in the extension only: not on the web"
        if undated:
            yield f"{count(undated, 'undated sources')} with the newest date of the case as published: STIX needs one"

    def _links(self) -> Iterator[Record]:
        """Yield what becomes a relationship: of a denial only its notes are written, and nothing is part of itself."""
        return (row for row in self._case.read("links") if not row["denied"] and row["subject"] != row["object"])

    def _referred(self) -> dict[Cell, list[str]]:
        """Return what each report and each grouping refers to.

        A report refers to what its source speaks of. That of a source through which nothing was read, and a
        grouping, refer to what they have to do with; a grouping also to the reports that speak of it.
        """
        spoken: dict[Cell, dict[str, None]] = defaultdict(dict)
        linked: dict[Cell, dict[str, None]] = defaultdict(dict)
        for claim in self._case.read("claims"):
            source, subject = claim["source"], claim["subject"]
            if source != subject:
                spoken[source][self._ref(subject)] = None
            spoken[source][self._notes[claim["id"]]] = None
            if not self._is_source(subject):
                linked[subject][self._ref(source)] = None
        for link in self._links():
            linked[link["subject"]][self._ref(link["object"])] = None
            linked[link["object"]][self._ref(link["subject"])] = None
        return {id: list(spoken[id] or linked[id]) for id in self._things}

    def _is_source(self, id: Cell) -> bool:
        return self._things[id].kind == "sources"

    def _is_empty(self, id: Cell) -> bool:
        """Whether the standard would refuse a thing: a report or a grouping must refer to something."""
        return self._object(id)["type"] in {"report", "grouping"} and not self._refs[id]

    def _object(self, id: Cell) -> Object:
        kind = self._things[id].kind
        type = self._kinds[kind].stix or "grouping"
        identity = {"identity_class": CLASSES[kind]} if kind in CLASSES else {}
        return {"type": type, **_REQUIRED.get(type, {}), **identity}

    def _ref(self, id: Cell) -> str:
        return self.id(self._object(id)["type"], self._things[id].kind, id)

    def _thing(self, id: Cell, cells: dict[str, str], facts: Sequence[Record]) -> Object:
        thing = self._things[id]
        made = {
            **self._base,
            **self._object(id),
            "id": self._ref(id),
            "name": thing.name,
            "labels": [thing.kind],
            "extensions": _extended(id=id, kind=thing.kind, row=cells, facts=[_fact(fact) for fact in facts]),
        }
        if facts:
            made["description"] = "\n".join(map(self._sentence, facts))
        if made["type"] in {"report", "grouping"}:
            made["object_refs"] = self._refs[id]
        if made["type"] == "location":
            made["country"] = id
        if made["type"] == "report":
            day = first_day(cells.get("published"))
            made |= {"published": f"{day}{MIDNIGHT}" if day else self._base["modified"], **self._reference(id)}
        return made

    def _called(self, id: str) -> str:
        return self._things[id].label if id in self._things else id

    def _sentence(self, fact: Record) -> str:
        others = also.say(str(fact["also"]), str(fact["type"]), self._called)
        return (
            f"{fact['property']}: {claimed(fact, self._called)} ({fact['grade']}{others and f'; also said: {others}'})"
        )

    def _reference(self, source: Cell, at: Cell = "") -> Object:
        """Return where a text can be read, as the one external reference of an object."""
        row = self._sources[source]
        reference = {"source_name": row.get("publisher") or source, "description": at, "url": _address(row.get("url"))}
        reference["external_id"] = source
        return {"external_references": [_filled(reference)]}

    def _relationship(self, link: Record) -> Object:
        kind = self._things[link["subject"]].kind
        name = str(link["property"])
        return _filled(
            {
                **self._base,
                "type": "relationship",
                "id": self.id("relationship", link["subject"], name, link["object"], link["claimed"]),
                "relationship_type": RELATIONSHIPS.get((kind, name), "related-to"),
                "description": name,
                "source_ref": self._ref(link["subject"]),
                "target_ref": self._ref(link["object"]),
                "confidence": _confidence(link["grade"]),
            }
        )

    def _note(self, claim: Record) -> Object:
        publisher = self._sources[claim["source"]].get("publisher")
        return _filled(
            {
                **self._base,
                "type": "note",
                "id": self._notes[claim["id"]],
                "abstract": f"{self._things[claim['subject']].name}: {claim['property']}",
                "content": claimed(claim, self._called),
                "authors": [publisher] if publisher else [],
                "object_refs": [self._ref(claim["subject"])],
                "confidence": _confidence(claim["grade"]),
                **self._reference(claim["source"], claim["at"]),
                "extensions": _extended(**_claimed(claim)),
            }
        )

    def _opinion(self, claim: Record) -> Object:
        """Return that a claim speaks against the best one: the rule's finding, not the words of the source."""
        best = self._disputed[claim["fact"]]
        how = Dispute.SETTLED if best["dispute"] == Dispute.SETTLED else Dispute.OPEN
        return {
            **self._base,
            "type": "opinion",
            "id": self.id("opinion", self._notes[claim["id"]], self._notes[best["claim"]]),
            "opinion": "disagree",
            "explanation": f"{claim['source']} ({claim['grade']}) says {claimed(claim, self._called)}; "
            f"best supported is {claimed(best, self._called)} ({best['grade']}); {how}",
            "object_refs": [self._notes[best["claim"]]],
            **self._reference(claim["source"], claim["at"]),
        }


_CLAIM = ("subject", "property", "value", "unit", "when", "source", "at")
"""The columns that tell a claim from any other."""

_WEIGHED = ("origin", "quoting", "stated", "rank", "note", "checked", "grade", "verdict")
_FACT = ("property", "value", "unit", "when", "grade", "sources", "origins", "dispute", "also")


def _claimed(claim: Record) -> Object:
    """Return a claim for the extension, whose names have three letters at least."""
    return {"locator" if name == "at" else name: claim[name] for name in (*_CLAIM, *_WEIGHED)}


def _fact(fact: Record) -> Object:
    """Return an answer for the extension: a plain figure as a number."""
    number = fact["number"]
    return _filled({name: fact[name] for name in _FACT} | ({} if number is None else {"value": number}))


def _extended(**properties: Any) -> Object:
    return {_EXTENSION: {"extension_type": "property-extension", **_filled(properties)}}


def _filled(properties: Object) -> Object:
    """Leave out what is empty, which the standard forbids."""
    return {name: value for name, value in properties.items() if value not in ("", None, [], {})}


def _confidence(grade: Cell) -> int | None:
    return CONFIDENCE.get(str(grade)[-1])


def _address(url: str | None) -> str | None:
    """Return a URL as RFC 3986 wants it, percent signs for what may not be in one; None if it leads to no web page.

    A platform makes a link of it. Any other address is still in the extension, as text.
    """
    return quote(web_address(url or ""), safe=":/?#@!$&'()*+,;=%~") or None
