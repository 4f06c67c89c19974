"""The case as one page that can be mailed and printed: HTML without scripts and without anything from elsewhere.

Or as Markdown, for a notebook or a repository. The same case gives the same bytes. Text from a case is text:
it is escaped everywhere, and only addresses of the web become links.
"""

from pathlib import Path

from spectorcli import output
from spectorcli.case import Case
from spectorcli.errors import EnvironmentFailed, UsageError, no_such
from spectorcli.files import by_suffix

FORMATS = ("html", "md")
SUFFIXES = {".html": "html", ".htm": "html", ".md": "md", ".markdown": "md"}
"""What a page can be written in, by the suffixes of files."""


def write(case: Case, format: str | None, path: Path | None, subject: str | None, redact: str | None) -> None:
    """Write the page of a case, or of the thing that ``subject`` names, whole or not at all.

    To stdout where no file is named.

    Raises:
        NotFound: nothing, or more than one thing, is called like the subject.
        UsageError: neither the format nor the suffix says what to write, or there is nothing to redact by that name.
        EnvironmentFailed: Jinja2 is not installed.
    """
    chosen = _unnamed(path) if format is None else _named(format)
    if redact not in {None, "people"}:
        raise UsageError(f"--redact takes people, not {redact!r}")
    about = case.meant(subject)[0] if subject is not None else None
    try:
        from spectorcli.report import page
    except ImportError:
        raise EnvironmentFailed("a report needs more: pip install 'spector-cli[report]'") from None
    output.write(page.render(case, chosen, about, redact is not None), path)


def _named(format: str) -> str:
    if format.lower() not in FORMATS:
        raise UsageError(no_such("format", format, FORMATS, " of a report"))
    return format.lower()


def _unnamed(path: Path | None) -> str:
    if path is None:
        raise UsageError("a report needs a file or a format: -o case.html, -o case.md, or -f md to write to stdout")
    return by_suffix(path, SUFFIXES, ", or add --format")
