"""One case by several hands: some read pieces of its claims, some weigh what is claimed of a part of its things.

What is claimed of one thing is weighed together, so claims are dealt out by their subject. A part is a database like
that of a case, with its own things alone. Each hand knows all things and sources, as they lie in the folder.
"""

import json
import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from functools import lru_cache
from heapq import merge
from itertools import repeat
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from spectorcli.folder.changes import Change
from spectorcli.folder.claims import CheckedClaim, check_claims
from spectorcli.folder.mistakes import Mistake, Unknown
from spectorcli.folder.read import Folder, read_folder
from spectorcli.folder.table import Piece
from spectorcli.load.build import Build, batches, without_cyclic_gc
from spectorcli.load.claims import ClaimRows
from spectorcli.load.clock import Clock, untracked
from spectorcli.load.tables import create_tables, write_vocabulary
from spectorcli.load.things import write_things
from spectorcli.load.weighing import answer_uncontested, index_claims, index_facts, weigh_contested
from spectorcli.load.witnesses import Witnesses, witnesses_of
from spectorcli.statements import statement
from spectorcli.vocabulary import read_vocabulary

WITHOUT = frozenset({"names", "search"})
"""Tables that a case is put together without."""

LEVEL = 1
"""Of compression: rows become a fifth, and a higher one takes longer than it saves."""


class Opened(NamedTuple):
    """A case as each hand knows it: its things, its sources, and what makes rows of its claims."""

    case: Folder
    witnesses: Witnesses
    rows_of: ClaimRows


@lru_cache(1)
def opened(folder: Path, stamp: str) -> Opened:
    """Read what all claims of a case refer to, once in a process; ``stamp`` tells a folder from what it was before.

    Raises:
        NotFound, Refused: as ``read_folder`` does.
    """
    case = read_folder(folder, read_vocabulary())
    witnesses = witnesses_of(case)
    return Opened(case, witnesses, ClaimRows(case, witnesses))


def part_of(subject: str, parts: int) -> int:
    """Return the part of a thing."""
    return zlib.crc32(subject.encode()) % parts


@without_cyclic_gc()
def read_piece(known: Opened, piece: Piece, parts: int) -> dict[int, bytes]:
    """Check the claims of a piece, and return their rows for each part; the first also gets what there is to tell."""
    case, _, rows_of = known
    mistakes: list[Mistake] = []
    changes: Counter[tuple[str, Change]] = Counter()
    lines: dict[int, list[str]] = {}

    def right() -> Iterator[CheckedClaim]:
        for one in check_claims(case.claims.rows(piece), case.known):
            if isinstance(one, Mistake):
                mistakes.append(one)
            else:
                changes.update((one.file, change) for change in one.changes)
                yield one

    for batch in batches(right()):
        dealt: dict[int, list[CheckedClaim]] = {}
        for claim in batch:
            dealt.setdefault(part_of(claim.cells[0], parts), []).append(claim)
        for part, claims in dealt.items():
            lines.setdefault(part, []).append(json.dumps(rows_of(claims)))
    changed = [(file, *change, times) for (file, change), times in changes.items()]
    lines.setdefault(0, []).append(json.dumps({"mistakes": mistakes, "changed": changed}))
    return {part: zlib.compress("\n".join(some).encode(), LEVEL) for part, some in lines.items()}


@without_cyclic_gc()
def write_part(
    known: Opened, part: int, parts: int, dealt: Iterable[bytes], db: Path
) -> tuple[list[Mistake], list[Mistake]]:
    """Weigh what was dealt out to a part, in any order, and write its database, with the things that are its own.

    Return what is wrong in claims as they are read, and the claims that stand twice: with any, or with mistakes in what
    is known, the database is not finished.
    """
    with closing(sqlite3.connect(db, isolation_level=None)) as connection:
        connection.executescript("pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -65536")
        without = {"search", *known.case.known.kinds}
        build = Build(known.case, connection, untracked, Clock(), known.witnesses, without=without)
        build.mine = lambda id: part_of(id, parts) == part
        create_tables(build)
        connection.execute("begin")
        write_vocabulary(build)
        connection.execute("create table changed (file text, what text, how text, times integer)")
        mistakes: list[Mistake] = []
        for packed in dealt:
            for line in zlib.decompress(packed).decode().split("\n"):
                tables = json.loads(line)
                mistakes += map(_mistake, tables.pop("mistakes", ()))
                for table, rows in tables.items():
                    build.insert(table, rows)
        mistakes.sort(key=lambda mistake: mistake.line)  # as they stand in the file
        repeated = list(weigh_contested(build))
        if not (mistakes or repeated or known.case.mistakes):
            answer_uncontested(build)
            write_things(build)
            build.run("links")
            connection.execute("create index cells_entity on cells (entity)")
            connection.execute("commit")
    return mistakes, repeated


def _mistake(told: Sequence[object]) -> Mistake:
    file, line, sentence, unknown, lost = told
    return Mistake(file, line, sentence, Unknown(*unknown) if unknown else None, lost)  # type: ignore[arg-type, misc]


def take_claims(build: Build, parts: Sequence[Path]) -> None:
    """Write the facts of parts with the claims that are needed, and count what had to be changed to read them."""
    with ExitStack() as stack:
        from_parts = [stack.enter_context(closing(sqlite3.connect(part))) for part in parts]
        for table in ("claims", "facts", "claim_slips"):
            text = statement(f"build/part-{table.replace('_', '-')}")
            build.insert(table, merge(*(one.execute(text) for one in from_parts), key=itemgetter(0)))
        for one in from_parts:
            for file, what, how, times in one.execute("select file, what, how, times from changed"):
                build.case.changes.add(file, repeat(Change(what, how), times))
    build.clock.lap("write")
    index_claims(build)
    index_facts(build)
    build.clock.lap("index")


def take_links(build: Build, parts: Sequence[Path]) -> None:
    """Write what claims of parts link, in the order in which one load does."""
    with ExitStack() as stack:
        from_parts = [stack.enter_context(closing(sqlite3.connect(part))) for part in parts]
        text = statement("build/part-links")
        build.insert("links", merge(*(one.execute(text) for one in from_parts), key=itemgetter(0, 1, 2)))


def speaking(parts: Sequence[Path]) -> Counter[str]:
    """Return how many claims of parts are by each source."""
    found: Counter[str] = Counter()
    for part in parts:
        with closing(sqlite3.connect(part)) as connection:
            found.update(dict(connection.execute(statement("build/part-sources"))))
    return found
