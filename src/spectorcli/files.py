"""A file appears whole or not at all, only where the user named it, and its suffix tells what is in it."""

import errno
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from spectorcli.errors import Busy, UsageError

Format = TypeVar("Format")


def by_suffix(path: Path, formats: Mapping[str, Format], otherwise: str = "") -> Format:
    """Return the format that the suffix of a file asks for, in either case.

    Raises:
        UsageError: it is the suffix of none of them; the sentence ends with ``otherwise``.
    """
    suffix = path.suffix.lower()
    if suffix not in formats:
        known = ", ".join(filter(None, formats))
        raise UsageError(f"cannot tell the format from the suffix of {path.name}; use one of {known}{otherwise}")
    return formats[suffix]


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a temporary file beside ``path``; it replaces ``path`` when the block ends well.

    A symbolic link is followed, the permissions of an old file are kept, and the bytes are on the disk
    before the name points to them. If anything goes wrong, an old file stays as it was.

    Raises:
        OSError: the folder is missing or cannot be written, or the disk is full.
    """
    target = _resolve(path)
    if path.exists() and not path.is_file():  # what is behind /dev/stdout has no path of its own, if it is a pipe
        raise FileExistsError(errno.EEXIST, "is not a regular file; name another", str(path))
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
    temporary = target.with_name(f".{target.name}.{os.urandom(6).hex()}.tmp")
    try:  # the name is known before the file is there: a signal at any moment finds it to remove
        with _named(path):
            os.close(os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        yield temporary
        temporary.chmod(mode)
        _sync(temporary, path)
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):  # a medium that is read-only has none
            temporary.unlink()
        raise
    if os.name == "posix":
        _sync(target.parent)


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """Give a temporary folder beside ``path``; it becomes ``path`` when the block ends well.

    Raises:
        FileExistsError: there is a file, or a folder that is not empty: nothing of it is replaced.
        OSError: the folder above is missing or cannot be written, or the disk is full.
    """
    target = _resolve(path)
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise FileExistsError(errno.EEXIST, "already exists and is not an empty folder; name a new one", str(path))
    temporary = target.with_name(f".{target.name}.{os.urandom(6).hex()}.tmp")
    try:
        with _named(path):
            temporary.mkdir()
        yield temporary
        for file in temporary.rglob("*"):
            _sync(file, path)
        temporary.replace(target)
    except BaseException:
        import shutil  # 2 ms that a question need not pay

        shutil.rmtree(temporary, ignore_errors=True)
        raise
    if os.name == "posix":
        _sync(target.parent)


@contextmanager
def made_folder(folder: Path) -> Iterator[None]:
    """Make a folder, and those above it, for what is written in it; what was made goes again if that fails."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        for one in missing:
            with suppress(OSError):  # another program may use it by now
                one.rmdir()
        raise


def _resolve(path: Path) -> Path:
    """Follow links to where something is to be written, in a folder that is there."""
    target = path.resolve()
    if not target.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "there is no such folder", str(path.parent))
    return target


def leftovers(path: Path) -> list[Path]:
    """Return the temporary files of writers of ``path`` that were killed."""
    start = f".{path.name}."
    return [one for one in path.parent.iterdir() if one.name.startswith(start) and one.suffix == ".tmp"]


def _umask() -> int:
    current = os.umask(0o022)
    os.umask(current)
    return current


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Have an error name what the user named, not what is made beside it."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None


def _sync(path: Path, name: Path | None = None) -> None:
    """Put on the disk what was written."""
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        with _named(name or path):
            os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def lock(target: Path) -> Iterator[None]:
    """Hold ``.NAME.lock`` beside the target; the file is gone again afterwards.

    Raises:
        Busy: another program holds it.
    """
    path = target.with_name(f".{target.name}.lock")
    handle = _take(path)
    while not _is(handle, path):  # the holder before us removed the file after we had opened it
        os.close(handle)
        handle = _take(path)
    try:
        yield
    finally:
        if sys.platform != "win32":
            path.unlink(missing_ok=True)
        os.close(handle)


def _is(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _take(path: Path) -> int:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise Busy(f"another spector process is writing {path.name[1:-5]}; try again when it has finished") from None
    return handle
