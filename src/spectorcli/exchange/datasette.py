"""Writes the metadata with which Datasette shows a case: titles, meanings, labels, facets, search, and our questions.

One JSON file for ``datasette serve case.db --metadata FILE`` (https://docs.datasette.io/en/stable/metadata.html). Its
``units`` are not used: they are multiplied with each cell, and a cell may be ``~300``. Units stand with the meanings.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from spectorcli.case import Case
from spectorcli.escapes import web_address
from spectorcli.exchange.folder import CLAIM_DESCRIPTIONS
from spectorcli.statements import heading, questions, sql_of
from spectorcli.vocabulary import Kind, Property

WEIGHED = {
    "grade": "Reliability of the source, A to F, and credibility of the value, 1 to 6",
    "unit": "Its unit",
    "low": "From where the value reaches, in the base unit",
    "high": "To where it reaches",
    "base": "The figure in the base unit, without its qualifier; of a date its first day",
    "base_unit": "The unit in which it is compared: kg for a mass",
    "earliest": "The first day on which it may have been",
    "latest": "The last day",
}

MEANINGS: dict[str, dict[str, str]] = {
    "claims": CLAIM_DESCRIPTIONS
    | WEIGHED
    | {
        "id": "Its line in claims.csv, counted on over further files",
        "origin": "The sources to which it goes back",
        "quoting": "The sources from which it has its value, where not from those of its source",
        "checked": "Who compared it with the source, and when",
        "verdict": "Against the best: best, agrees, coarser, allows, differs",
        "fact": "With which claims it was weighed",
    },
    "facts": WEIGHED
    | {
        "value": "The best value",
        "number": "The figure of a plain number",
        "sources": "How many agree with it",
        "origins": "How many known origins they have it from",
        "also": "What else is said",
        "dispute": "Whether what else is said is settled or open",
        "decided_by": "The step of the rule that put the best before what differs",
        "headline": "1: the one in the table of its kind",
    },
}
"""What the columns of the widest tables mean, folded away: as ``columns`` they fill the screen before a row."""


def _folded(table: str, description: str) -> str:
    """Return a description of ours with what the columns mean behind it, shown when that is clicked."""
    meanings = "".join(f"<dt>{column}</dt><dd>{text}</dd>" for column, text in MEANINGS[table].items())
    return f"<p>{description}</p><details><summary>What the columns mean</summary><dl>{meanings}</dl></details>"


TABLES: dict[str, dict[str, Any]] = {
    "entities": {
        "title": "All things",
        "description": "Every thing of every kind. What is searched for here is found in names and columns.",
        "columns": {"kind": "The table that the thing is in", "label": "What people call it"},
        "label_column": "label",
        "facets": ["kind"],
        "fts_table": "search",  # its first rows are those of this table, in the same order
    },
    "claims": {
        "title": "Claims",
        "description_html": _folded("claims", "One source saying one thing, and how that was weighed."),
        "facets": ["verdict", "property", "source"],
    },
    "facts": {
        "title": "Answers",
        "description_html": _folded(
            "facts", "For each property that has claims the best value, its support, and what else is said."
        ),
        "label_column": "value",
        "facets": ["dispute", "property"],
    },
    "links": {
        "title": "Links",
        "description": "Which thing points to which, by its own columns or by claims.",
        "facets": ["property", "claimed"],
    },
    "vocabulary": {
        "title": "Vocabulary",
        "description": "The kinds of things and their properties.",
        "facets": ["kind", "type"],
    },
    "about": {"title": "About this case file"},
    "names": {"hidden": True},
    "cells": {"hidden": True},
}
"""The tables that every case has, besides those of its kinds."""


def write(case: Case, path: Path) -> Sequence[str]:
    """Write the metadata; the database goes by the name that Datasette gives it, the file's own without suffix."""
    package = json.loads(case.metadata["package"])
    licence: dict[str, str] = next(iter(package.get("licenses") or []), {})
    address = licence.get("path") or ""
    described = {
        "title": case.metadata["title"],
        "description": package.get("description"),
        "license": licence.get("title") or licence.get("name"),
        "license_url": web_address(address),
    }
    tables = {kind.name: _table(kind) for kind in case.kinds().values()}
    database = {"title": case.metadata["title"], "tables": {**tables, **TABLES}, "queries": dict(_queries())}
    metadata = {key: text for key, text in described.items() if text} | {"databases": {case.path.stem: database}}
    path.write_text(json.dumps(metadata, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return [f"the address of the licence left out: {address} is not on the web"] * (address != web_address(address))


def _table(kind: Kind) -> dict[str, Any]:
    """Return what Datasette is told about the table of a kind."""
    label = next((name for name in ("name", "title") if name in kind.properties), None)
    refs = [p.name for p in kind.columns if p.type == "ref" and not p.many and p.name != "part_of"]
    terms = [p.name for p in kind.columns if p.type == "term" and not p.many]
    table = {
        "description": kind.description,
        "columns": dict(_columns(kind)),
        "label_column": label,
        "facets": [*terms, *refs],
        "sort": "date" if "date" in kind.properties else None,
    }
    return {key: meaning for key, meaning in table.items() if meaning}


def _columns(kind: Kind) -> Iterator[tuple[str, str]]:
    """Yield each column of a kind's table with its meaning, unit and whether it may have several values."""
    for declared in kind.properties.values():
        yield declared.name, _meaning(declared)
        if declared.units and not declared.single_unit:
            yield f"{declared.name}_unit", f"The unit of {declared.name}: {', '.join(declared.units)}"


def _meaning(declared: Property) -> str:
    unit = f" Unit: {declared.units[0]}." if declared.single_unit else ""
    many = " Several are separated by semicolons." if declared.many else ""
    best = " The best of what is claimed." if declared.claimed else ""
    return f"{declared.description}.{unit}{many}{best}"


def _queries() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each question with its SQL: Datasette gives an empty text for a field that is left empty."""
    for name in questions():
        sql = sql_of(name)
        title, mark, rest = heading(f"questions/{name}").partition("?")
        yield (
            f"spector-{name}",
            {  # without a prefix it would hide the table of the same name
                "title": title + mark,
                "description": rest.strip(),
                "sql": sql,
                "hide_sql": True,
            },
        )
