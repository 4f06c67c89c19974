"""Opens the case that is asked, and says if it is older than the folder from which it was built."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from spectorcli.bundled import default_path, open_case
from spectorcli.case import Case
from spectorcli.cli.options import day
from spectorcli.cli.stderr import tell
from spectorcli.errors import NotFound
from spectorcli.result import Result


def open_asked(db: Path | None, reload: bool, as_of: str | None = None) -> Case:
    """Open a case, or what it was at the end of a day; with ``reload`` it is built first if its folder has changed.

    Raises:
        NotFound: there is none, or it is not known what it is to be built from.
        UsageError: ``as_of`` is no date.
        Refused: its folder has mistakes.
    """
    asked = day(as_of, "--as-of") if as_of is not None else None
    case = _open(db, reload)
    if asked:
        with closing(case):
            case = open_day(case, asked)
    case.tell = tell
    return case


def open_day(case: Case, day: str) -> Case:
    """Open what a case was at the end of a day, month or year, and say how much that leaves out."""
    from spectorcli.exchange.as_of import as_of, left_out
    from spectorcli.values import date

    then = as_of(case, str(date.iso(date.read(day).high)))
    tell(left_out(then))
    return then


def compare_days(case: Case, since: str, until: str | None) -> Result:
    """Return what changed in a case from the end of a day to that of another, or to all that is in it.

    Raises:
        UsageError: a date is none.
    """
    from spectorcli.answers.diff import diff

    with closing(open_day(case, day(since, "--from"))) as before:
        if until is None:
            return diff(before.path, case.path, (since, "now"))
        with closing(open_day(case, day(until, "--to"))) as after:
            return diff(before.path, after.path, (since, until))


def _open(db: Path | None, reload: bool) -> Case:
    case = open_case(db, tell)
    if case.metadata.get("stamp"):  # the bundled case, which an upgrade builds again
        return case
    from spectorcli import built

    path = db or default_path()
    known = built.recall(path, case.metadata["fingerprint"])
    changed = known.changed() if known else []
    if known and changed:
        more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
        what = f"{changed[0]}{more} in {known.folder} changed after {path} was built"
        if not reload:
            tell(f"{what}; --reload builds it again first")
            return case
        tell(f"{what}; building it again")
        case.close()
        build(known.folder, path, known.more)
        return open_case(db, tell)
    if reload and not known:
        case.close()
        raise NotFound(
            f"it is not known from which folder {path} was built; load it with: spector load DIR --db {path}"
        )
    return case


def build(folder: Path, db: Path, more: Sequence[Path], **how: Any) -> Result:
    """Build a case file, and keep what it was built from. Raises what a load raises."""
    from spectorcli import built
    from spectorcli.exchange import as_case_folder
    from spectorcli.load.load import load

    seen = built.look(db, folder, more)
    with as_case_folder(folder, tell) as place:
        result = load(place, db, more, **how)
    with closing(open_case(db, tell)) as case:
        built.keep(seen._replace(fingerprint=case.metadata["fingerprint"]))
    return result
