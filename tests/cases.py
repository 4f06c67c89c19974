"""Writes small case folders: a test says only what matters, the rest is the same everywhere."""

import csv
from collections.abc import Iterable
from pathlib import Path

from spectorcli.folder.columns import BASIC_COLUMNS, CLAIM_COLUMNS, OPTIONAL_OF_SOURCES
from spectorcli.vocabulary import read_vocabulary

COLUMNS = {kind.name: ["id", *(column.name for column in kind.columns)] for kind in read_vocabulary().values()}

ROWS = {
    "operations": "teapot,Operation Teapot,Tea Pot",
    "agencies": "fbi,Federal Bureau of Investigation,FBI,US\nbka,Bundeskriminalamt,BKA,DE\nlab,BKA laboratory,,DE,bka",
    "countries": "US,United States,USA\nDE,Germany,Deutschland; Allemagne\nAT,Austria",
    "people": "ana,Ana Müller",
    "markets": "bazaar,Bazaar,Bazar",
    "arrests": "arrests-teapot,teapot\narrests-teapot-us,teapot,US,arrests-teapot\n"
    "arrests-teapot-de,teapot,DE,arrests-teapot",
    "seizures": "drugs,teapot,,,drugs\ntea,teapot,,,drugs,tea,drugs\nmoney,teapot,bazaar,,money",
    "events": "launch,launch,Bazaar opens,teapot,bazaar",
    "proceedings": "proceedings-ana,Case against Ana Müller,ana,teapot",
    "statements": "statement-ana,ana,,teapot",
    "sources": "alpha,official,A,2021-05-02,Alpha,First release\nbeta,press,B,2021-05-03,Beta,Own report,,own\n"
    "copy,press,C,2021-05-04,Copy,Retold,,alpha\ndelta,blog,D,2021-06,Delta,Blog",
}
"""The rows of each file but its header; cells that are left out at the end are empty."""


def write_case(folder: Path, claims: str = "arrests-teapot,count,288,,,alpha", **files: str) -> Path:
    """Write a case with these claims, its other files as they stand in ``ROWS`` or as given here."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind, rows in (ROWS | files).items():
        columns = [name for name in COLUMNS[kind] if kind != "sources" or name not in OPTIONAL_OF_SOURCES]
        _write(folder / f"{kind}.csv", columns, rows)
    widest = max(map(len, csv.reader(claims.splitlines())), default=0)
    _write(folder / "claims.csv", CLAIM_COLUMNS if widest > len(BASIC_COLUMNS) else BASIC_COLUMNS, claims)
    return folder


def _write(file: Path, columns: Iterable[str], rows: str) -> None:
    header = list(columns)
    lines = [cells + [""] * (len(header) - len(cells)) for cells in csv.reader(rows.splitlines())]
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([header, *lines])
