"""Takes a case to other tools: a module for each foreign format, a line for each in ``EXPORTS``.

A writer is given the case and the path of a new file or folder, which appears whole or not at all. It
returns sentences about what the format could not hold. The same case gives the same bytes: no times of
the run, no random ids.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from spectorcli.case import Case
from spectorcli.errors import Refused, UsageError, no_such
from spectorcli.files import by_suffix, whole_file, whole_folder

Writer = Callable[[Case, Path], Sequence[str]]


class Export(NamedTuple):
    """A format of ``spector export``: what it is, and which function of which module here writes it.

    ``folder`` if it is more than one file.
    """

    name: str
    what: str
    module: str
    function: str = "write"
    folder: bool = False

    @property
    def writer(self) -> Writer:
        """What writes it; its module is imported when it is asked for, as no question needs one."""
        from importlib import import_module  # 1 ms that a question need not pay

        found: Writer = getattr(import_module(f"{__name__}.{self.module}"), self.function)
        return found


def export(case: Case, name: str, output: Path, redact: str | None = None) -> Sequence[str]:
    """Write a case in a format, and return what the format could not hold, or what was redacted.

    Raises:
        UsageError: there is no such format, or it is none that can be redacted.
        NameLeft: a name could not be taken out.
    """
    if name not in EXPORTS:
        raise UsageError(no_such("export", name, EXPORTS))
    if str(output) == "-":
        raise UsageError("an export goes to a file; name it with --output PATH")
    chosen = EXPORTS[by_suffix(output, GRAPHS) if name == "graph" else name]
    if redact is not None:
        chosen = _redacted(chosen, redact)
    with (whole_folder if chosen.folder else whole_file)(output) as temporary:
        return chosen.writer(case, temporary)


def _redacted(chosen: Export, what: str) -> Export:
    """Return what writes a format without names: only a folder is, from which all others can be made."""
    if what != "people":
        raise UsageError(f"--redact takes people, not {what!r}")
    if chosen.name != "folder":
        made = f"then spector load DIR --db FILE, and export {chosen.name} from that"
        raise UsageError(f"names are taken out of a folder only: spector export folder --redact people -o DIR, {made}")
    return chosen._replace(module="redacted")


def _untold(sentence: str) -> None:
    """Tell nobody."""


@contextmanager
def as_case_folder(path: Path, tell: Callable[[str], None] = _untold) -> Iterator[Path]:
    """Give ``path`` if it is no file, or a temporary case folder that holds what the file says, if it is one.

    ``tell`` is told what could not be read as what it is there.

    Raises:
        Refused: the file is none that is read, or has mistakes, each told with its line in that file.
    """
    if not path.is_file():
        yield path
        return
    from tempfile import TemporaryDirectory  # 2 ms that a question need not pay

    from spectorcli.exchange import workbook
    from spectorcli.exchange.ftm import read

    with TemporaryDirectory(prefix="spector-") as temporary:
        is_workbook = path.suffix.lower() == workbook.SUFFIX
        if is_workbook:
            workbook.to_folder(path, Path(temporary))
        else:
            read.to_folder(path, Path(temporary), tell)
        try:
            yield Path(temporary)
        except Refused as refused:  # of a folder that no user knows
            told = refused.mistakes
            raise Refused(str(path), [*workbook.by_row(told, Path(temporary))] if is_workbook else told) from None


EXPORTS = {
    one.name: one
    for one in (
        Export("folder", "the case folder itself, a Frictionless data package", "folder", folder=True),
        Export("xlsx", "a workbook for Excel or LibreOffice: a sheet for each kind, and the claims", "xlsx"),
        Export("graphml", "things and relations for Gephi, Cytoscape or yEd", "graph", "write_graphml"),
        Export("gexf", "things and relations for Gephi", "graph", "write_gexf"),
        Export("dot", "things and relations for Graphviz", "diagram", "write_dot"),
        Export("mermaid", "things and relations as a Mermaid flowchart", "diagram", "write_mermaid"),
        Export(
            "graph",
            "one of these four, by the suffix of the file: .graphml .gexf .dot .gv .mmd",
            "graph",
            "write_graphml",
        ),
        Export("stix", "a STIX 2.1 bundle for threat-intelligence platforms", "stix"),
        Export("timelinejs", "the events for a TimelineJS time line in a web page", "timelinejs"),
        Export("ics", "the events whose days are known, for a calendar", "ics"),
        Export("geojson", "the arrests of each operation by country, for a map", "geojson"),
        Export("ftm", "FollowTheMoney entities with the best values, JSON lines", "ftm.write"),
        Export("ftm-statements", "FollowTheMoney statements, who said what, CSV", "ftm.write", "write_statements"),
        Export("datasette", "metadata for datasette serve case.db --metadata FILE", "datasette"),
    )
}

GRAPHS = {"": "graphml", ".graphml": "graphml", ".gexf": "gexf", ".dot": "dot", ".gv": "dot", ".mmd": "mermaid"}
"""What ``export graph`` writes, by the suffix of its file; GraphML is what most tools read."""
