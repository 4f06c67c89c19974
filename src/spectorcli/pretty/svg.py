"""Makes a picture of what was drawn, for a slide or a page: SVG 1.1, each phrase of one colour a ``text``.

Rich's own export squeezes wide letters, crops at its width and asks a network for its font. This one asks nobody:
it names fonts that a reader may have, and stretches each phrase to the columns that it has on a terminal.
https://www.w3.org/TR/SVG11/
"""

import re
from collections.abc import Iterator
from html import escape
from io import StringIO
from typing import TextIO

from rich.ansi import AnsiDecoder
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import DEFAULT_TERMINAL_THEME as PAPER
from rich.text import Text

COLUMNS = 120
"""As wide as most tables; a picture may be wider, for nothing is cut."""

_WIDE, _HIGH, _BASE, _MARGIN = 9, 20, 15, 16
"""A column, a line, where letters stand in it, and the margin: all in pixels."""

_PHRASE = re.compile(r"\S+(?: \S+)*")
"""What is between two blanks or more, for those are one blank in SVG; not all readers heed ``xml:space``."""

_FONTS = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, 'Liberation Mono', monospace"


def write_svg(drawn: str, title: str, out: TextIO) -> None:
    """Write what a terminal would show, given with its colours, as a picture."""
    lines = list(AnsiDecoder().decode(drawn))
    width = max((line.cell_len for line in lines), default=0) * _WIDE + 2 * _MARGIN
    height = len(lines) * _HIGH + 2 * _MARGIN
    out.write(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        f' font-family="{_FONTS}" font-size="15">\n'
        f"<title>{escape(title, quote=False)}</title>\n"
        f'<rect width="100%" height="100%" rx="8" fill="{PAPER.background_color.hex}"/>\n'
    )
    console = Console(file=StringIO(), markup=False, emoji=False, highlight=False)
    for number, line in enumerate(lines):
        out.writelines(_phrases(console, line, _MARGIN + number * _HIGH + _BASE))
    out.write("</svg>\n")


def _phrases(console: Console, line: Text, y: int) -> Iterator[str]:
    """Yield what is written in a line, each phrase where it begins."""
    start = _MARGIN
    for text, style, _ in Segment.simplify(line.render(console)):
        for phrase in _PHRASE.finditer(text):
            x = start + cell_len(text[: phrase.start()]) * _WIDE
            width = cell_len(phrase.group()) * _WIDE
            yield (
                f'<text x="{x}" y="{y}" textLength="{width}" lengthAdjust="spacingAndGlyphs"{_look(style)}>'
                f"{escape(phrase.group(), quote=False)}</text>\n"
            )
        start += cell_len(text) * _WIDE


def _look(style: Style | None) -> str:
    """Return the attributes of a style; what is dim is half as strong."""
    colour = style.color if style else None
    fill = (colour.get_truecolor(PAPER) if colour else PAPER.foreground_color).hex
    bold = ' font-weight="bold"' if style and style.bold else ""
    dim = ' fill-opacity="0.6"' if style and style.dim else ""
    return f' fill="{fill}"{bold}{dim}'
