"""Builds the database from a case folder: read, check, weigh, write, replace.

All in one transaction in a temporary file, so that a reader sees the old case or the new one, and a
folder with mistakes changes nothing. Rows pass through in batches and groups: memory does not grow with
the case. A claim that no other opposes is graded as it is read; only where several meet are they weighed.
"""

import hashlib
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from spectorcli import __version__
from spectorcli.database import let_signals_in, replaced_database
from spectorcli.errors import EnvironmentFailed
from spectorcli.files import made_folder
from spectorcli.folder.contents import case_files
from spectorcli.folder.read import Folder, read_folder
from spectorcli.load import terms
from spectorcli.load.build import Build, without_cyclic_gc
from spectorcli.load.claims import read_claims
from spectorcli.load.clock import Clock, Track, untracked
from spectorcli.load.parts import WITHOUT, take_claims, take_links
from spectorcli.load.slips import told
from spectorcli.load.tables import create_tables, write_vocabulary
from spectorcli.load.things import write_things
from spectorcli.load.weighing import weigh_claims
from spectorcli.load.witnesses import witnesses_of
from spectorcli.result import Note, Result, Row, Said, Shows, columns
from spectorcli.values.names import spellings
from spectorcli.vocabulary import read_vocabulary

COUNTS = """
select kind, count(*) from entities group by kind
union all
select 'claims', count(*) from claims
"""


@without_cyclic_gc()
def load(
    folder: Path,
    db: Path,
    more: Sequence[Path] = (),
    *,
    strict: bool = False,
    stamp: str = "",
    parts: Sequence[Path] = (),
    track: Track = untracked,
    clock: Clock | None = None,
) -> Result:
    """Build the database of a case, and return how many rows of each kind it has.

    ``more`` are files like claims.csv, read after the folder's own. Values that do not follow from the words of their
    claims are told, and if ``strict`` they are mistakes. Of ``parts`` that ``load.parts`` made, the claims are taken
    from there as far as the questions across cases need them: there are no others, no names, and nothing to search.

    Raises:
        Refused: the folder has mistakes; an existing database is untouched.
        NotFound: there is no such folder.
        Busy: another load of the same database runs.
        EnvironmentFailed: it cannot be written.
    """
    clock = clock or Clock()
    case = read_folder(folder, read_vocabulary(), more)
    clock.lap("parse")
    with _written(db) as connection:
        without = WITHOUT if parts else frozenset[str]()
        build = Build(case, connection, track, clock, witnesses_of(case), strict, without)
        _write_database(build, stamp, parts)
        rows = connection.execute(COUNTS).fetchall()
        asides = _asides(build)
    clock.lap("keep")
    return _counts(f"{case.metadata['title']}: built {db}", rows, case, asides)


@contextmanager
def _written(db: Path) -> Iterator[sqlite3.Connection]:
    """Give an empty database that becomes the case file; where that cannot be written, say how to have it elsewhere."""
    cure = "build it elsewhere with: spector load --db FILE, and ask it with --db FILE"
    with ExitStack() as stack:
        try:
            stack.enter_context(made_folder(db.parent))
            connection = stack.enter_context(replaced_database(db))
        except OSError as error:
            raise EnvironmentFailed(f"{db} cannot be written: {error.strerror}; {cure}") from None
        try:
            yield connection
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_FULL:
                raise
            raise EnvironmentFailed(f"{db} cannot be written: the disk is full; {cure}") from None


@without_cyclic_gc()
def check(
    folder: Path,
    more: Sequence[Path] = (),
    *,
    named: Path | None = None,
    strict: bool = False,
    track: Track = untracked,
    clock: Clock | None = None,
) -> Result:
    """Do all that a load does, but keep nothing. Raises what ``load`` raises.

    ``named`` is what a user calls the folder, if that is another path.
    """
    clock = clock or Clock()
    case = read_folder(folder, read_vocabulary(), more)
    clock.lap("parse")
    with closing(sqlite3.connect("", isolation_level=None)) as connection:
        let_signals_in(connection)
        build = Build(case, connection, track, clock, witnesses_of(case), strict)
        _write_database(build, "")
        rows = connection.execute(COUNTS).fetchall()
        asides = _asides(build)
    return _counts(f"{case.metadata['title']}: no mistakes in {named or folder}", rows, case, asides)


def _asides(build: Build) -> list[str]:
    """Return lines on what may be a slip: values that do not follow from stated words, words that are not known.

    Raises:
        Refused: there is such a word, and the load is strict.
    """
    words = list(terms.unknown(build.connection, build.case))
    if build.strict:
        build.case.mistakes.gather(words)
        build.case.mistakes.refuse()
    return [*told(build.connection, build.case.claims), *terms.told(words)]


def _counts(title: str, rows: list[Row], case: Folder, asides: list[str]) -> Result:
    """Return how many rows there are of what, which files were not among what was read, and lines on slips."""
    notes = [Note("not read", {"files": Said(Shows.TEXT, ", ".join(case.passed_over))})] if case.passed_over else []
    return Result(title, columns("kind term, rows count"), rows, notes, left_out=[*case.changes.told(), *asides])


def fingerprint(folder: Path, more: Sequence[Path] = ()) -> str:
    """Return the SHA-256 over names and bytes of all files that make up a case."""
    digest = hashlib.sha256()
    for file in [*case_files(folder), *more]:
        digest.update(b"%b\0%d\0" % (os.fsencode(file.name), file.stat().st_size))
        with file.open("rb") as opened:
            while chunk := opened.read(1 << 20):
                digest.update(chunk)
    return digest.hexdigest()


def _write_database(build: Build, stamp: str, parts: Sequence[Path] = ()) -> None:
    """Write a checked case into an empty database, step by step."""
    build.connection.create_function("spellings", 1, spellings, deterministic=True)
    create_tables(build)
    build.connection.execute("begin")
    write_vocabulary(build)
    if parts:
        take_claims(build, parts)
        write_things(build)
        take_links(build, parts)
        _write_rest(build)
    else:
        read_claims(build)
        weigh_claims(build)
        write_things(build)
        build.run("links")
        _write_rest(build)
        build.run("search")
    build.clock.lap("index")
    _write_metadata(build, stamp)
    build.connection.execute("commit")
    build.connection.executescript("pragma analysis_limit = 1000; analyze")
    build.clock.lap("index")


def _write_rest(build: Build) -> None:
    """Write what is found by way of something else: what links lead to, sums of parts."""
    connection = build.connection
    connection.execute("create index names_key on names (key)")
    connection.execute("create index cells_entity on cells (entity)")
    connection.execute("create index links_subject on links (subject, property)")
    connection.execute("create index links_object on links (object, property)")
    build.run("breakdowns")
    build.run("parts")
    connection.execute("create index parts_whole on parts (whole)")


def _write_metadata(build: Build, stamp: str) -> None:
    case, connection = build.case, build.connection
    metadata = {
        **case.metadata,
        "fingerprint": fingerprint(case.path, case.claims.paths[1:]),
        "version": __version__,
        "stamp": stamp,
    }
    for name, column in (("speaking sources", "source"), ("subjects", "subject")):
        distinct = f"select count(*) from (select 1 from claims group by {column})"  # noqa: S608  read off an index
        metadata[name] = str(connection.execute(distinct).fetchone()[0])
    metadata.update({f"rows of {kind}": str(count) for kind, count in connection.execute(COUNTS)})
    build.insert("about", metadata.items())
