"""The case as one page that can be mailed and printed: HTML without scripts and without anything from elsewhere.

Or as Markdown, for a notebook or a repository. The same case gives the same bytes. Text from a case is text:
it is escaped everywhere, and only addresses of the web become links.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

from spectorcli import output
from spectorcli.case import Case
from spectorcli.errors import EnvironmentFailed, UsageError, no_such
from spectorcli.files import by_suffix

FORMATS = ("html", "md")
SUFFIXES = {".html": "html", ".htm": "html", ".md": "md", ".markdown": "md"}
"""What a page can be written in, by the suffixes of files."""


def write(
    case: Case,
    format: str | None,
    path: Path | None,
    subject: str | None,
    redacted: int | None,
    refuse: Callable[[Iterable[str], frozenset[str]], None],
    since: Path | None = None,
) -> None:
    """Write the page of a case, or of the thing with the id ``subject``, whole or not at all; to stdout without a file.

    ``redacted`` is how many people bear pseudonyms in this case; ``refuse`` is given the texts of the page, and
    the words that stand in any. ``since`` is a case, as a folder or a file: what changed from it has a section.

    Raises:
        UsageError: neither the format nor the suffix says what to write.
        EnvironmentFailed: Jinja2 is not installed.
        NotFound: there is no case at ``since``.
        Refused: the folder ``since`` has mistakes.
    """
    chosen = _unnamed(path) if format is None else _named(format)
    try:
        from spectorcli.report import page, texts
    except ImportError:
        raise EnvironmentFailed("a report needs more: pip install 'spector-cli[report]'") from None
    text = page.render(case, chosen, subject, redacted, since)
    if redacted is not None:
        refuse(texts.of_page(text, chosen), texts.ours())
    output.write(text, path)


def _named(format: str) -> str:
    if format.lower() not in FORMATS:
        raise UsageError(no_such("format", format, FORMATS, " of a report"))
    return format.lower()


def _unnamed(path: Path | None) -> str:
    if path is None:
        raise UsageError("a report needs a file or a format: -o case.html, -o case.md, or -f md to write to stdout")
    return by_suffix(path, SUFFIXES, ", or add --format")
