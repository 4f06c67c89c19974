"""What is drawn on: a console that knows its width, its colours and which marks it can show."""

import os
import sys
from collections.abc import Iterable, Iterator
from functools import cached_property
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple, TextIO, TypeVar

from rich.cells import cell_len
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

ACCENT = "cyan"
FAINT = "dim"
ALARM = "red"
"""Only for disputes."""

UNBOUNDED = 100_000
"""The width of a pipe or a file: no line is wrapped there."""

GAP = 2
"""Blanks between columns."""

WORDS = 16
"""Columns of words may be wrapped down to this width, others not at all."""

Item = TypeVar("Item")


class Marks(NamedTuple):
    """What is drawn besides letters."""

    day: str = "●"
    span: str = "○"
    line: str = "│"
    fork: str = "├─ "
    corner: str = "└─ "
    differs: str = "≠"
    dot: str = "·"
    arrow: str = "→"
    blocks: str = " ▏▎▍▌▋▊▉█"
    rest: str = "░"
    time: str = "━"
    since: str = "▶"
    until: str = "◀"
    tick: str = "┊"

    def bar(self, share: float, rest: float, longest: int) -> str:
        """Draw a share of 1 as a bar, as finely as the blocks allow, and behind it a rest as a shade."""
        steps = len(self.blocks) - 1
        filled = round(share * longest * steps)
        drawn = self.blocks[-1] * (filled // steps) + self.blocks[filled % steps].strip()
        return drawn + self.rest * (round((share + rest) * longest) - len(drawn))


ASCII = Marks(
    day="*",
    span="o",
    line="|",
    fork="|- ",
    corner="`- ",
    differs="!=",
    dot="-",
    arrow="->",
    blocks=" #",
    rest=".",
    time="=",
    since=">",
    until="<",
    tick=":",
)


class Canvas:
    """A console that knows its width, its colours and which marks it can show."""

    def __init__(self, out: TextIO, picture: int | None = None) -> None:
        """Ask the stream and the environment (https://no-color.org, and ``FORCE_COLOR``), but for a picture of a width.

        A picture in a file is the same wherever it is made.
        """
        terminal = out.isatty()
        plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
        coloured = not plain and (terminal or bool(os.environ.get("FORCE_COLOR")))
        self.coloured = coloured or picture is not None
        self.out, self._picture = out, picture
        self.width = picture or (self.console.width if terminal else UNBOUNDED)
        self.is_plain = self.width == UNBOUNDED and not self.coloured
        try:
            "".join(Marks()).encode(getattr(out, "encoding", None) or "utf-8")
            self.marks = Marks()
        except UnicodeEncodeError:
            self.marks = ASCII

    @property
    def page(self) -> int:
        """The width that a chart fills: where there is no terminal, ``COLUMNS``, or else 100."""
        return self.width if self.width < UNBOUNDED else int(os.environ.get("COLUMNS", 100))

    @cached_property
    def console(self) -> "Console":
        """What wraps and colours: imported only where that is needed, for it takes as long as the rest of Rich."""
        from rich.console import Console

        return Console(
            file=self.out,
            width=self._picture or (None if self.out.isatty() else UNBOUNDED),
            height=25 if self._picture else None,  # with both Rich asks no terminal for its size, not even a dumb one
            force_terminal=self.coloured,
            color_system="standard" if self._picture else "auto" if self.coloured else None,
            no_color=not self.coloured,
            markup=False,
            emoji=False,
            highlight=False,
        )

    def print(self, thing: "Text | Table", *, whole: bool = False) -> None:
        """Print without the blanks that pad the ends of lines; ``whole`` never breaks a line."""
        if isinstance(thing, Text) and self._write_plain(thing):
            return
        with self.console.capture() as captured:
            self.console.print(thing, crop=False, no_wrap=whole, overflow="ignore" if whole else "fold")
        for line in captured.get().split("\n")[:-1]:
            self.out.write(line.rstrip() + "\n")

    def _write_plain(self, *parts: Text) -> bool:
        """Write one line that needs neither colour nor wrapping, as Rich would do, but 5 times as fast."""
        if self.coloured or sum(part.cell_len for part in parts) > self.width:
            return False
        self.out.write("".join(part.plain for part in parts).rstrip() + "\n")
        return True

    def print_hanging(self, start: Text, rest: Text, indent: Text | None = None, *, whole: bool = False) -> None:
        """Print ``start`` and then ``rest``, whose further lines begin under its first.

        ``whole`` keeps words longer than a line in one piece: ids and addresses are there to be copied.
        """
        if "\n" not in rest.plain and self._write_plain(start, rest):
            return
        indent = indent or Text(" " * start.cell_len)
        room = max(self.width - start.cell_len, WORDS, *map(cell_len, rest.plain.split() if whole else ()))
        for number, line in enumerate([rest] if rest.cell_len <= room else rest.wrap(self.console, room)):
            line.rstrip()
            self.print(Text.assemble(indent if number else start, line), whole=True)


def track(step: str, rows: Iterable[Item], total: int) -> Iterator[Item]:
    """Pass rows through, with a progress bar on stderr once it takes longer than a second."""
    from rich.console import Console
    from rich.progress import Progress

    start = monotonic()
    passing = iter(rows)
    done = 0
    for row in passing:
        yield row
        done += 1
        if done % 1000 == 0 and monotonic() - start > 1:
            break
    else:
        return
    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(step, total=total, completed=done)
        for row in passing:
            yield row
            bar.advance(task)
