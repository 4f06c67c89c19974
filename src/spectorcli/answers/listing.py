"""Answers what is known of all things of one kind, ours or the case's own: a row for each, with its best values."""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby

from spectorcli.case import Case, Record
from spectorcli.errors import NotFound, no_such
from spectorcli.result import Cell, Column, Result, Row, Shows, columns
from spectorcli.vocabulary import Kind, Property

TAIL = columns("dispute dispute grade, grade grade, sources count, origins count, also also")
"""How sure a thing is: as its least supported value; ``also`` is what else is said of any of them."""


def listing(case: Case, kind: str) -> Result:
    """Return the things of a kind in the order of its file.

    Raises:
        NotFound: the case has no such kind.
    """
    kinds = case.kinds()
    if kind not in kinds:
        raise NotFound(no_such("kind", kind, kinds))
    timed = {str(name) for (name,) in case.rows("answers/timed", {"kind": kind})}
    shown = _columns(kinds[kind], timed)
    rows = groupby(case.stream("questions/list", {"kind": kind}), key=lambda row: row["id"])
    return Result(kind.capitalize(), shown, _rows(rows, [column.name for column in shown]))


def _columns(kind: Kind, timed: set[str]) -> Sequence[Column]:
    found = [Column("id", Shows.ID), *(_column(one, one.name) for one in kind.columns)]
    for one in kind.claimed:
        name = _name(one.name)
        found.append(_column(one, name))
        if one.units and not one.single_unit:
            found.append(Column(f"{name}_unit", Shows.UNIT, name))
        if one.name in timed:
            found.append(Column(f"{name}_when", Shows.DATE))
    return (*found, *TAIL)


def _column(declared: Property, name: str) -> Column:
    of = "part_of" if declared.name == "part_of" else declared.units[0] if declared.single_unit else ""
    return Column(name, Shows(declared.type), of)


def _name(property: str) -> str:
    """Return what a column is called: not like one that every list has."""
    return f"{property}_" if property in {column.name for column in TAIL} else property


def _rows(things: Iterator[tuple[Cell, Iterator[Record]]], names: Sequence[str]) -> Iterator[Row]:
    for id, rows in things:
        facts = list(rows)
        cells: dict[str, Cell] = {"id": id, **json.loads(str(facts[0]["cells"]))}
        told = [fact for fact in facts if fact["property"]]
        for fact in reversed(told):  # so that the headline, which comes first, stays
            name = _name(str(fact["property"]))
            cells |= {name: fact["value"], f"{name}_unit": fact["unit"], f"{name}_when": fact["when"]}
        if weighed := [fact for fact in told if fact["type"] != "text"] or told:  # wording is kept and not weighed
            weakest = max(weighed, key=lambda fact: str(fact["grade"]))
            cells |= {name: weakest[name] for name in ("grade", "sources", "origins")}
            cells["dispute"] = min((str(fact["dispute"]) for fact in weighed if fact["dispute"]), default="")
            cells["also"] = "; ".join(dict.fromkeys(_also(weighed)))
        yield [cells.get(name) for name in names]


def _also(facts: Sequence[Record]) -> Iterator[str]:
    """Yield what else is said of each value, and further values of the same property: of other units and times."""
    for fact in facts:
        own = f"{fact['value']} {fact['unit']}".strip() + (f" ({fact['when']})" if fact["when"] else "")
        parts = [*([] if fact["first"] else [own]), *([str(fact["also"])] if fact["also"] else [])]
        if parts:
            yield f"{fact['property']}: {', '.join(parts)}"
