"""Writes the folder of a case as its sources stood on a day.

What a source says is dated by the source; what the editor wrote (ranks, notes, the titles of things) is not, and stays.
But what a publisher corrected is deprecated from that day on only.
"""

import json
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

from spectorcli.answers.history import days_of, published_claims
from spectorcli.case import Case, Record
from spectorcli.exchange.folder import (
    claim_rows,
    kind_columns,
    optional_columns,
    thing_row,
    unread_columns,
    with_unread,
    write_rest,
    write_table,
)
from spectorcli.values import date, listing
from spectorcli.vocabulary import REJECTED, Kind
from spectorcli.weigh.steps import corrections


def write(case: Case, path: Path, day: str) -> None:
    """Write the folder of a case as it stood at the end of a day, and in its data package what is left out."""
    kinds, optional, then = case.kinds(), optional_columns(case), _Then(case, day)
    unread = unread_columns(case)
    for kind, things in groupby(case.read("things"), key=lambda thing: str(thing["kind"])):
        rows = (thing_row(thing) for thing in things if thing["id"] in then)
        write_table(path / f"{kind}.csv", [*kind_columns(kinds[kind], optional), *unread.get(kind, ())], rows)
    package = json.loads(case.metadata["package"])
    package |= {"title": package.get("title") or case.metadata["title"], "as_of": day, "left_out": then.left_out}
    standing = _not_yet_corrected(case, kinds, day)
    claims = (
        {**claim, "rank": ""} if claim["id"] in standing else claim
        for claim in claim_rows(case)
        if claim["source"] in then.published
    )
    write_rest(path, kinds, package, case.read("own_vocabulary"), map(with_unread, claims), optional, unread)


def _not_yet_corrected(case: Case, kinds: Mapping[str, Kind], day: str) -> set[int]:
    """Return the deprecated claims whose publisher said otherwise after that day only."""
    found, end = set[int](), date.read(day).high
    for row in case.records("answers/deprecated", {}):
        declared = kinds[str(row["kind"])].properties[str(row["property"])]
        claims, published = published_claims(case, str(row["id"]), declared, kinds["sources"])
        corrected = corrections(claims, days_of(published))
        found |= {
            one.id for one in claims if one.id in corrected and corrected[one.id].day > end and one.rank == "deprecated"
        }
    return found


class _Then:
    """What of a case was there on a day.

    A source was, if the last day that its date may mean had come. A thing was, if such a source speaks of it, or if
    what was there names it: a source that was retold by then, too. So was a thing of which nothing ever speaks, and
    that nothing ever names, for nobody knows since when.
    """

    def __init__(self, case: Case, day: str) -> None:
        end = date.read(day).high
        dates = {str(source["id"]): str(source["published"] or "") for source in case.read("sources")}
        self.published = {id for id, published in dates.items() if published and date.read(published).high <= end}
        named, spoken_of, later, claims = {*self.published}, set[str](), set[str](), 0
        for claim in case.read("claims"):
            source, targets = str(claim["source"]), [str(claim["subject"]), *listing.split(str(claim["quoting"]))]
            if claim["type"] == "ref":
                targets += listing.members(str(claim["value"]))
            spoken_of.update(targets)
            if source in self.published:
                named.update(targets)
            else:
                later.add(source)
                claims += 1
        undated = sum(not dates[id] for id in later)
        self.left_out = {"claims": claims, "later": len(later) - undated, "undated": undated}
        self._there = self._close(case, named, spoken_of | dates.keys())

    def __contains__(self, id: object) -> bool:
        """Whether a thing was there."""
        return id in self._there

    def _close(self, case: Case, named: set[str], spoken_of: set[str]) -> set[str]:
        """Return what was there: what was named, what that names at any distance, and what nothing tells of."""
        names: dict[str, list[str]] = {}
        for link in case.read("links"):
            if not link["claimed"]:
                names.setdefault(str(link["subject"]), []).append(str(link["object"]))
        told = spoken_of.union(*names.values())
        waiting = [*named, *filter(None, [case.operation])]
        waiting += [str(thing["id"]) for thing in case.read("things") if thing["id"] not in told]
        there: set[str] = set()
        while waiting:
            if (one := waiting.pop()) not in there:
                there.add(one)
                waiting += names.get(one, ())
        decided = (row for row in case.read("things") if row["kind"] in ("exceptions", REJECTED))
        return there - {str(row["id"]) for row in decided if _subject(row) not in there | {""}}


def _subject(decision: Record) -> str:
    """Return the thing of which a finding is accepted, empty for all, or the source in which something is rejected."""
    cells = json.loads(str(decision["cells"]))
    return str(cells.get("subject") or cells.get("source") or "")
