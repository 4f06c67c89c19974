"""Puts what an editor decided into a lake: what is wrong in it is told, and what follows from it stands beside it."""

import csv
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from spectorcli.corpus.lake import DECIDED, FORMAT, Lake, engine, fetch, views
from spectorcli.corpus.same import Decision, Known, counted_as, mistakes, read_decisions
from spectorcli.corpus.text import read_text
from spectorcli.errors import Refused
from spectorcli.files import whole_folder
from spectorcli.folder.mistakes import Mistake


def settled(lake: Lake, files: Sequence[Path]) -> tuple[Lake, int]:
    """Return a lake with what files say is the same, and how many rows are about cases that it does not have.

    Raises:
        Refused: a row is wrong.
    """
    rows = [row for file in files for row in read_decisions(file)]
    wrong = [row for row in rows if isinstance(row, Mistake)]
    decisions = [row for row in rows if isinstance(row, Decision) and {row.one[0], row.other[0]} <= lake.cases.keys()]
    reader = views(lake, "things")
    reader.execute('create table sought ("case" varchar, id varchar)')
    if named := sorted({named for row in decisions for named in (row.one, row.other)}):
        reader.executemany("insert into sought values (?, ?)", named)
    known = {
        (row["case"], row["id"]): Known(row["kind"], row["label"], row["key"])
        for row in (fetch(reader, "concerned", {}) if named else ())
    }
    wrong += mistakes(decisions, known, lambda case: [row["id"] for row in fetch(reader, "ids", {"id": case})])
    counted = counted_as(decisions, known) if not wrong else []
    if isinstance(counted, list):
        raise Refused(
            ", ".join(map(str, files)),
            [f"{one.file}:{one.line}: {one.sentence}" for one in wrong or counted],
            what="a valid list of what is the same",
        )
    tables: dict[str, list[tuple[str, ...]]] = {
        "decided": [(*row.one, *row.other, "yes" if row.same else "no") for row in decisions],
        "same": [(*named, *counts_as) for named, counts_as in counted.items()],
    }
    elsewhere = sum(isinstance(row, Decision) for row in rows) - len(decisions)
    return (lake._replace(same=_write_same(lake.path / "shards", tables)) if decisions else lake), elsewhere


def _write_same(shards: Path, tables: Mapping[str, list[tuple[str, ...]]]) -> str:
    """Write the tables of what is the same, all or none, and return the name of their folder."""
    name = f"same-{hashlib.sha256(json.dumps([FORMAT, tables]).encode()).hexdigest()[:16]}"
    if not (shards / name).is_dir():
        with whole_folder(shards / name) as place, TemporaryDirectory(prefix="spector-") as scratch, engine() as writer:
            for table, rows in tables.items():
                text = Path(scratch, table)
                with text.open("w", encoding="utf-8", newline="") as out:
                    csv.writer(out, lineterminator="\n").writerows([DECIDED[table], *rows])
                read = read_text(writer, text, dict.fromkeys(DECIDED[table], "varchar"))
                read.write_parquet(str(place / f"{table}.parquet"), compression="zstd")
    return name
