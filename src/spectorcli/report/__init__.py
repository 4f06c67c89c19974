"""The case as one page that can be mailed and printed: HTML without scripts and without anything from elsewhere.

The same case gives the same bytes. Text from a case is text: Jinja2 escapes it, and only addresses of the
web become links.
"""

from pathlib import Path

from spectorcli.casefile import Case
from spectorcli.errors import EnvironmentFailed
from spectorcli.files import whole_file


def write(case: Case, path: Path) -> None:
    """Write the page of a case whole, or not at all.

    Raises:
        EnvironmentFailed: Jinja2 is not installed.
    """
    try:
        from spectorcli.report import page
    except ImportError:
        raise EnvironmentFailed("a report needs more: pip install 'spector-cli[report]'") from None
    with whole_file(path) as temporary:
        temporary.write_text(page.render(case), encoding="utf-8", newline="\n")
