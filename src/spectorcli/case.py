"""Opens a case for reading and answers questions: ``Case.ask("arrests", country="DE")``.

A question is a statement in ``sql/``; its filters are the named parameters. What a user calls a thing
(id, name, alias, part of a name, in any case) is found here, once, for all of them.
"""

import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from spectorcli.database import check_whole
from spectorcli.errors import NotFound, UsageError, did_you_mean
from spectorcli.explain import explain
from spectorcli.plain import count
from spectorcli.result import Cell, Result, Row
from spectorcli.statements import statement

if TYPE_CHECKING:
    from spectorcli.vocabulary import Kind

THINGS = {
    "agency": "agencies",
    "country": "countries",
    "market": "markets",
    "operation": "operations",
    "person": "people",
}
"""Filters that name a thing, and its kind."""

SEVERITIES = ("error", "warning", "note")
"""Of findings, worst first."""

DEPTHS = 9
"""How many steps a neighbourhood may go; the bundled case has nothing further apart."""

MOST_WORDS = 50
"""Words to search for: SQLite takes the time of their square."""

LONGEST_QUERY = 1000
"""Characters of a query that is given to SQLite as it was typed."""

Meant = TypeVar("Meant", bound=tuple[str, ...])

SINGULAR = {kind: name for name, kind in THINGS.items()} | {"sources": "source", "events": "event"}


class Case:
    """A case that can be asked."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take over a connection that can only read."""
        self._connection = connection
        self.about: dict[str, str] = dict(connection.execute("select key, value from about"))

    @property
    def path(self) -> Path:
        """The file that is open."""
        file = "select cast(file as blob) from pragma_database_list where name = 'main'"  # it need not be UTF-8
        return Path(os.fsdecode(self._connection.execute(file).fetchone()[0]))

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def ask(self, question: str, **filters: str | None) -> Result:
        """Answer a question.

        ``operation`` defaults to the case's own; ``all`` means every one. Other filters that are None
        do not restrict.

        Raises:
            NotFound: a filter names a thing that is not in the case, or more than one.
        """
        titles = [question.capitalize()]
        parameters: dict[str, str | None] = {"question": question}
        for name, text in filters.items():
            if name == "operation":
                text = self.about.get("operation") or None if text is None else text
                text = None if text == "all" else text
            elif name == "kind" and text is not None:
                text = self._word(question, text)
            if name in THINGS and text is not None:
                text, _, label = self.thing(text, THINGS[name])
                titles.append(f"{label} ({text})")
            parameters[name] = text
        narrowed = any(parameters.get(name) for name in ("country", "kind"))
        notes: list[str] = [] if narrowed or "operation" not in parameters else self._sums(parameters)
        look = question if question in ("fields", "timeline") else "table"
        return self._result(", ".join(titles), question, parameters, notes, look)

    def show(self, what: str) -> Result:
        """Return everything said about one thing, or the things that may be meant, or all of a kind.

        Raises:
            NotFound: nothing in the case is called like this.
        """
        found = self.find(what)
        if not found and f"rows of {what}" in self.about:
            return self._result(what.capitalize(), "of_kind", {"kind": what}, [], "table")
        if len(found) > 1:
            note = "several things match; show one by its id"
            return Result(f"{what!r} may mean", ("id", "kind", "label"), found, [note])
        if not found:
            raise NotFound(f"nothing in this case is called {what!r}{self._suggest(what, None)}")
        id, kind, label = found[0]
        title = f"{label}, {SINGULAR.get(kind, kind)} ({id})"
        return self._result(title, "show", {"id": id}, [], "sheet")

    def why(self, what: str, name: str | None) -> Result:
        """Return each claim about one property of a thing and why the best one won.

        Without a property: a row for each property of the thing. A thing may be named by what it
        belongs to, where only one can be meant: ``US count``.

        Raises:
            NotFound: no such thing or property, or several may be meant.
        """
        if name is None:
            id, _, label = self._one(what, self.find(what))
            result = self._result(f"{label} ({id})", "properties", {"id": id}, [], "table")
            rows = list(result.rows)
            one = f"; one of these: spector why {id} PROPERTY" if rows else f"; of that: spector why {id} PROPERTY"
            return result._replace(rows=rows, notes=[f"what belongs to it: spector show {id}{one}"])
        found = self.find(what)
        candidates = self._candidates(found, name)
        first = [] if candidates else self._records("headline", {"kind": name})
        if first:  # "why UK arrests" means their count
            candidates = self._candidates(found, str(first[0]["property"]))
        if not candidates:
            id = self._one(what, self.find(what))[0]
            known = [row[0] for row in self._rows("claimed", {"id": id})]
            there = f"there is: {', '.join(known)}" if known else f"see what belongs to it with: spector show {id}"
            raise NotFound(f"nothing is claimed of {name!r} of {id}; {there}")
        id, _, label, name = self._one(f"{what} {name}", list(candidates.values()))
        parameters: dict[str, str | None] = {"id": id, "property": name}
        result = self._result(f"{label}, {name} ({id})", "why", parameters, [], "claims")
        rows = list(result.rows)
        return result._replace(
            rows=rows,
            notes=self._explain(parameters, [dict(zip(result.columns, row, strict=True)) for row in rows]),
        )

    def _candidates(self, found: Sequence[tuple[str, str, str]], name: str) -> dict[str, tuple[str, str, str, str]]:
        """Return id, kind, label and property of what may be meant by a property of things, by id."""
        operation = self.about.get("operation") or None
        asked = ({"id": id, "property": name, "operation": operation} for id, _, _ in found)
        return {row[0]: row for parameters in asked for row in self._rows("candidates", parameters)}

    def _explain(self, parameters: Mapping[str, str | None], claims: list[dict[str, Cell]]) -> list[str]:
        siblings = self._records("siblings", parameters)
        if self._records("wording", parameters):
            sources = len({claim["source"] for claim in claims})
            return [f"wording is kept and not weighed: {count(len(claims), 'claim')} by {count(sources, 'source')}"]
        facts = self._records("weighed", parameters)
        by_id = {fact["id"]: fact for fact in facts}
        notes: list[str] = []
        for id in dict.fromkeys(claim["fact"] for claim in claims if claim["fact"]):  # in the order of the claims
            group = [claim for claim in claims if claim["fact"] == id]
            notes += explain(by_id[id], group, siblings[0] if siblings else None)
        if not facts:
            notes.append(f"no value is accepted: the editor has deprecated every claim; {claims[0]['note']}")
        return notes

    def _rows(self, name: str, parameters: Mapping[str, str | None]) -> list[tuple[Any, ...]]:
        return self._connection.execute(statement(name), parameters).fetchall()

    def _records(self, name: str, parameters: Mapping[str, str | None]) -> list[dict[str, Cell]]:
        return list(self._stream(name, parameters))

    def _stream(self, name: str, parameters: Mapping[str, str | None]) -> Iterator[dict[str, Cell]]:
        cursor = self._connection.execute(statement(name), parameters)
        columns = [column[0] for column in cursor.description]
        return (dict(zip(columns, row, strict=True)) for row in cursor)

    def read(self, name: str) -> Iterator[dict[str, Cell]]:
        """Yield the rows of a statement in ``sql/export``, one by one: a case may be larger than memory."""
        return self._stream(f"export/{name}", {})

    def kinds(self) -> "dict[str, Kind]":
        """Return the kinds of this case by name: the bundled vocabulary's and its own."""
        from spectorcli.vocabulary import declare

        return declare(({key: str(cell) for key, cell in row.items()} for row in self.read("vocabulary")), {})

    def overview(self) -> Result:
        """Return the headline figures of the case's own operation, and where to go from there."""
        parameters: dict[str, str | None] = {"operation": self.about.get("operation") or None}
        newest = self._records("newest", {})[0]["newest"]
        opened = self._records("open", {})
        notes = [
            f"{count(self._count('claims'), 'claim')} from {count(int(self.about['speaking sources']), 'source')} "
            f"about {count(int(self.about['subjects']), 'thing')}; "
            f"newest source {newest or 'undated'}",
            *(f"open dispute: spector why {row['subject']} {row['property']}" for row in opened),
            "next: spector timeline, spector arrests, spector conflicts",
        ]
        return self._result(self.about["title"], "overview", parameters, notes, "headlines")

    def _count(self, kind: str) -> int:
        return int(self.about.get(f"rows of {kind}", 0))

    def check(self, finding: str | None, severity: str | None, strict: bool) -> Result:
        """Return what does not add up, worst first; one statement in ``sql/checks`` for each finding.

        ``severity`` is the mildest to return: warning if none is named, but all of a finding that is.

        Raises:
            NotFound: there is no such finding.
            Damaged: the file is not as it was built.
        """
        from spectorcli.vocabulary import findings

        check_whole(self.path)
        names = findings()
        if finding is not None and finding not in names:
            raise NotFound(f"no finding {finding!r}; there are: {', '.join(names)}")
        severity = severity or ("note" if finding else "warning")
        rows = [
            (str(row["severity"]), name, row["id"], row["property"], str(row["sentence"]))
            for name in names
            if finding in (None, name)
            for row in self._records(f"checks/{name}", {})
        ]
        rows.sort(key=lambda row: (SEVERITIES.index(row[0]), row[1], *map(str, row[2:])))
        exceptions = self._rows("exceptions", {})
        accepted = {key[1:] for key in exceptions}
        kept = [row for row in rows if accepted.isdisjoint({(row[1], row[2]), (row[1], None)})]
        asked = [row for row in kept if SEVERITIES.index(row[0]) <= SEVERITIES.index(severity)]
        counts = [f"{one}: {sum(row[0] == one for row in kept):,}" for one in SEVERITIES]
        notes = [f"{', '.join(counts)}, accepted in exceptions.csv: {len(rows) - len(kept):,}"]
        hidden = [one for one in SEVERITIES[1:] if one in {row[0] for row in kept} - {row[0] for row in asked}]
        if hidden:
            notes.append(f"see the {hidden[-1]}s with --severity {hidden[-1]}")
        needed = {(row[1], id) for row in rows for id in (row[2], None)}
        notes += [
            f"{id} in exceptions.csv accepts nothing any more"
            for id, name, subject in exceptions
            if finding in (None, name) and (name, subject) not in needed
        ]
        columns = ("severity", "finding", "id", "property", "sentence")
        failed = strict and any(row[0] == "error" for row in kept)
        return Result("What does not add up", columns, asked, notes, "findings", exit_code=int(failed))

    def cited(self, what: Sequence[str]) -> list[dict[str, Cell]]:
        """Return the rows of sources, or of the sources of a thing's best values; of all if none is named.

        Raises:
            NotFound: nothing is called like this, or no source says anything of it.
        """
        if not what:
            return list(self.read("sources"))
        found: dict[Cell, dict[str, Cell]] = {}
        for text in what:
            id = self._one(text, self.find(text))[0]
            rows = self._records("cited", {"id": id})
            if not rows:
                raise NotFound(f"no source says anything of {id}")
            found.update({row["id"]: row for row in rows})
        return list(found.values())

    def stated(self) -> list[dict[str, Cell]]:
        """Return subject, property, stated, source, at and line of every claim."""
        return self._records("stated", {})

    def conflicts(self, what: str | None, coarse: bool) -> Result:
        """Return where sources disagree, open disputes first: a row for each value that is said."""
        id = None if what is None else self._one(what, self.find(what))[0]
        parameters = {"id": id, "all": "yes" if coarse else None}
        title = f"Conflicts of {id}" if id else "Conflicts"
        result = self._result(title, "conflicts", parameters, [], "conflicts")
        return result._replace(rows=sorted(result.rows, key=lambda row: not row[0])) if coarse else result

    def graph(self, what: str | None, depth: int) -> Result:
        """Return what a thing is linked to as a tree, up to ``depth`` steps away; without one the case's own operation.

        Rows come as the tree is read. A thing is opened where it first comes up and no step later than it
        need be; elsewhere it is there ``again``.

        Raises:
            NotFound: nothing is called like this, or the case has no operation of its own.
        """
        if what is None:
            what = self.about.get("operation")
            if not what:
                raise NotFound("this case has no operation of its own; name a thing")
        id, kind, label = self._one(what, self.find(what))
        steps = self._records("graph", {"id": id, "depth": str(depth)})
        notes = _how_far(id, len({step["id"] for step in steps} - {id}), depth)
        columns = (*("depth", "parent", "relation", "direction", "id", "kind", "label", "again"), "grade", "sources")
        rows = ([step.get(column) for column in columns] for step in _tree(steps, id))
        return Result(f"{label}, {SINGULAR.get(kind, kind)} ({id})", columns, rows, notes, "tree")

    def search(self, text: str) -> Result:
        """Return where words stand in things and claims, best match first.

        ``text`` is a query of FTS5 (words, "phrases", prefix*); what is none is searched literally.
        """
        asked = list(dict.fromkeys(re.findall(r"\w+", re.sub(r"(?<=\d),(?=\d{3})", "", text))))
        if not asked:
            raise UsageError("give a word to search for")
        if len(asked) > MOST_WORDS:
            raise UsageError(f"{len(asked):,} words are too many to search for; give {MOST_WORDS} at most")
        words: dict[str, str | None] = {"words": text if len(text) < LONGEST_QUERY else " ".join(asked)}
        title = f"Search for {text}"
        try:
            result = self._result(title, "search", words, [], "hits")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                raise
            words = {"words": " ".join(f'"{word}"' for word in dict.fromkeys(text.replace('"', " ").split()))}
            result = self._result(title, "search", words, [], "hits")
        rows = list(result.rows)
        if rows:
            return result._replace(rows=rows, words=tuple(re.findall(r"\w+", text)))
        near = {word: self._near(word) for word in asked}
        groups = [" OR ".join(f'"{one}"' for one in words) for words in near.values() if words]
        for operator in (" AND ", " OR "):
            if groups and not rows:
                words = {"words": operator.join(f"({group})" for group in groups)}
                rows = list(self._rows("search", words))
        changed = [f"{one!r}" for word, words in near.items() for one in words if one not in text.casefold().split()]
        instead = f"this is what holds {' or '.join(dict.fromkeys(changed))}" if changed else "this holds some of it"
        found = tuple(one for words in near.values() for one in words)
        return result._replace(rows=rows, notes=[f"nothing holds {text}{f'; {instead}' if rows else ''}"], words=found)

    def _near(self, word: str) -> list[str]:
        """Return the words of the index that begin like a word, or else those that are spelled nearly like it."""
        from difflib import get_close_matches

        word = word.casefold()
        likely = self._records("words", {"word": word})
        beginning = [str(row["term"]) for row in likely if str(row["term"]).startswith(word)]
        return beginning[:5] or get_close_matches(word, [str(row["term"]) for row in likely], n=3, cutoff=0.75)

    def _one(self, text: str, found: Sequence[Meant]) -> Meant:
        """Return the one thing that is meant, or refuse."""
        if len(found) == 1:
            return found[0]
        if found:
            ids = [one[0] for one in found[:5]]
            more = f" or one of {len(found) - len(ids):,} more" if len(found) > len(ids) else ""
            raise NotFound(f"{text!r} may mean {' or '.join(ids)}{more}; name one of them")
        raise NotFound(f"nothing in this case is called {text!r}{self._suggest(text, None)}")

    def find(self, text: str, kind: str | None = None) -> list[tuple[str, str, str]]:
        """Return id, kind and label of the things that may be meant by a text.

        Only the best kind of match counts: id, whole name, part of a name, part of an id or title.
        """
        if not text.strip():
            return []
        parameters = {"text": text, "key": text.casefold(), "kind": kind}
        return self._rows("find", parameters)

    def meant(self, text: str) -> tuple[str, str, str]:
        """Return id, kind and label of the one thing that a text means.

        Raises:
            NotFound: it means none, or several.
        """
        return self._one(text, self.find(text))

    def thing(self, text: str, kind: str) -> tuple[str, str, str]:
        """Return the one thing of a kind that is meant.

        Raises:
            NotFound: none is, or several may be.
        """
        found = self.find(text, kind)
        if not found:
            raise NotFound(f"no {SINGULAR.get(kind, kind)} {text!r} in this case{self._suggest(text, kind)}")
        return self._one(text, found)

    def names(self, kind: str | None, start: str) -> Iterator[tuple[str, str]]:
        """Yield ids (of a kind) that begin as typed, each with its label, for completion in a shell."""
        for id, label in self._rows("ids", {"kind": kind}):
            if id.casefold().startswith(start.casefold()):
                yield id, label

    def _result(
        self, title: str, name: str, parameters: Mapping[str, str | None], notes: list[str], look: str
    ) -> Result:
        cursor = self._connection.execute(statement(name), parameters)
        rows: Iterator[Row] = cursor
        return Result(title, tuple(column[0] for column in cursor.description), rows, notes, look)

    def _word(self, question: str, text: str) -> str:
        """Return the word for ``--kind`` that is meant, in any case; refuse one that nothing has."""
        words = [str(row["kind"]) for row in self._records("kinds", {"question": question})]
        for word in words:
            if word.casefold() == text.casefold():
                return word
        raise NotFound(f"no kind {text!r} in {question}{did_you_mean(text, words)}; there are: {', '.join(words)}")

    def _suggest(self, text: str, kind: str | None) -> str:
        from difflib import get_close_matches

        parameters = {"key": text.casefold(), "kind": kind}
        known = dict(self._rows("like", parameters))
        close = list(dict.fromkeys(known[key] for key in get_close_matches(text.casefold(), known, n=3)))
        return f"; did you mean {' or '.join(map(repr, close))}?" if close else ""

    def _sums(self, parameters: dict[str, str | None]) -> list[str]:
        """Say for each whole that has parts whether they add up to it."""
        return [_sum_sentence(row) for row in self._records("sums", parameters)]


def _how_far(id: str, things: int, depth: int) -> list[str]:
    """Say how many things a neighbourhood has, and how to see more of it."""
    if not things:
        return []
    found = count(things, "thing")
    note = found if depth == 1 else f"{found} in {depth} steps"
    return [note, f"one step further: spector graph {id} --depth {depth + 1}"][: 1 + (depth < DEPTHS)]


def _tree(steps: Iterable[dict[str, Cell]], root: str) -> Iterator[dict[str, Cell]]:
    """Yield steps, which come parent by parent, in the order in which their tree is read."""
    branches = {parent: list(group) for parent, group in groupby(steps, key=lambda step: step["parent"])}
    opened: set[Cell] = {root}

    def walk(id: Cell) -> Iterator[dict[str, Cell]]:
        for step in branches.get(id, ()):
            again = step["id"] in opened or step["nearest"] != step["depth"]
            yield step | {"again": "yes" if again else None}
            if not again:
                opened.add(step["id"])
                yield from walk(step["id"])

    return walk(root)


def _sum_sentence(row: dict[str, Cell]) -> str:
    """Write ``the 4 parts of … add up to 354 of 850 kg; 496 kg are not itemised``."""
    parts, total = float(row["parts"] or 0), float(row["total"] or 0)
    unit = "kg" if row["unit"] in {"g", "t", "lb", "oz"} else str(row["unit"])
    about = "about " if row["rough"] or isinstance(row["stated"], str) else ""
    if row["how_many"] == 1:
        start = f"the one part of {row['whole']} is {about}{_figure(parts)}"
    else:
        start = f"the {row['how_many']} parts of {row['whole']} add up to {about}{_figure(parts)}"
    rest = round(total - parts, 9)
    if not rest:
        return f"{start} {unit}, which is the stated total"
    if rest > 0:
        return f"{start} of {_figure(total)} {unit}; {about}{_figure(rest)} {unit} are not itemised"
    return f"{start} {unit}, {_figure(-rest)} more than the stated {_figure(total)}"


def _figure(number: float) -> str:
    return f"{number:,.3f}".rstrip("0").rstrip(".")
