"""What writes a file, and what is left of it where it cannot: nothing half, and the old as it was."""

from collections.abc import Callable, Iterable
from pathlib import Path

from bench.faults.lab import Done, Lab, one_line
from spectorcli.exchange import EXPORTS


def outputs(lab: Lab) -> dict[str, tuple[str, ...]]:
    """Return the commands that write a file, by its suffix."""
    every: dict[str, tuple[str, ...]] = {name: ("export", name) for name in EXPORTS if name != "graph"}
    every |= {"html": ("report",), "csv": ("arrests",)}
    return {name: every[name] for name in ("folder", "csv")} if lab.quick else every


def without_room(lab: Lab, name: str, before: Callable[[Path], Iterable[str]]) -> str:
    """Write what cannot be written, and return what is wrong with how that ended; temporary files count too.

    ``name`` is load or a suffix of ``outputs``; ``before`` returns the words that see to it for a room.
    """
    done, kept, left = written_out(lab, name, before)
    if done.code == 0 and name != "load":  # what is short enough fits in
        return "" if left == written_out(lab, name)[2] else f"{name}: exit 0, and not whole"
    if done.code != 6 or done.out or not one_line(done.err):
        return f"{name}: exit {done.code}: {done.err}"
    return "" if left == kept else f"{name}: changed {sorted(left)}"


def written_out(
    lab: Lab, name: str, before: Callable[[Path], Iterable[str]] = lambda _: ()
) -> tuple[Done, dict[str, bytes], dict[str, bytes]]:
    """Run load or another of ``outputs`` in a room, and return what the room held before and after."""
    room = lab.room()
    db, out = room / "case.db", room / f"out.{name}"
    if name != "load" and not (name in EXPORTS and EXPORTS[name].folder):
        out.write_text("as it was")
    kept = snapshot(room)
    words: tuple[str | Path, ...] = ("load", lab.cases["new"]) if name == "load" else (*outputs(lab)[name], "-o", out)
    done = lab.spector(*words, "--db", db, before=before(room), env={"TMPDIR": str(room)})
    return done, kept, snapshot(room)


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return the bytes of all files in a folder by name."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
