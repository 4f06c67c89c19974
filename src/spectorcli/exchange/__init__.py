"""Takes a case to other tools: a module for each foreign format, a line for each in ``EXPORTS``.

A writer is given the case and the path of a new file or folder, which appears whole or not at all. It
returns sentences about what the format could not hold. The same case gives the same bytes: no times of
the run, no random ids.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from spectorcli.casefile import Case
from spectorcli.errors import EnvironmentFailed, UsageError
from spectorcli.files import whole_file, whole_folder

Writer = Callable[[Case, Path], Sequence[str]]


class Export(NamedTuple):
    """A format of ``spector export``: what it is, and what writes it; ``folder`` if it is more than one file."""

    name: str
    what: str
    write: Writer
    folder: bool = False


def export(case: Case, name: str, output: Path) -> Sequence[str]:
    """Write a case in a format, and return what the format could not hold.

    Raises:
        UsageError: there is no such format.
    """
    if name not in EXPORTS:
        raise UsageError(f"no export {name!r}; there are: {', '.join(EXPORTS)}")
    if str(output) == "-":
        raise UsageError("an export goes to a file; name it with --output PATH")
    chosen = EXPORTS[_graph_format(output) if name == "graph" else name]
    with (whole_folder if chosen.folder else whole_file)(output) as temporary:
        return chosen.write(case, temporary)


def _graph_format(output: Path) -> str:
    """Return the export that the suffix of a file asks for."""
    suffix = output.suffix.lower()
    if suffix not in GRAPHS:
        raise UsageError(f"the suffix of {output.name} tells no graph; use one of {', '.join(filter(None, GRAPHS))}")
    return GRAPHS[suffix]


@contextmanager
def extra(name: str) -> Iterator[None]:
    """Import what a format needs beyond spector's own dependencies.

    Raises:
        EnvironmentFailed: it is not installed; ``name`` is the extra that brings it.
    """
    try:
        yield
    except ImportError:
        raise EnvironmentFailed(f"this export needs more: pip install 'spector-cli[{name}]'") from None


@contextmanager
def incoming(path: Path) -> Iterator[Path]:
    """Give the case folder that ``path`` is, or a temporary one that holds what a foreign file says.

    Raises:
        Refused: the file has mistakes, each told with its line in that file.
    """
    if path.suffix.lower() not in {".csv", ".json", ".jsonl"} or not path.is_file():
        yield path
        return
    from tempfile import TemporaryDirectory  # 2 ms that a question need not pay

    from spectorcli.exchange import ftm_reader

    with TemporaryDirectory(prefix="spector-") as temporary:
        ftm_reader.to_folder(path, Path(temporary))
        yield Path(temporary)


def _folder(case: Case, path: Path) -> Sequence[str]:
    from spectorcli.exchange import folder

    return folder.write(case, path)


def _xlsx(case: Case, path: Path) -> Sequence[str]:
    from spectorcli.exchange import xlsx

    return xlsx.write(case, path)


def _graphml(case: Case, path: Path) -> Sequence[str]:
    from spectorcli.exchange import graph

    return graph.write_graphml(case, path)


def _gexf(case: Case, path: Path) -> Sequence[str]:
    from spectorcli.exchange import graph

    return graph.write_gexf(case, path)


def _dot(case: Case, path: Path) -> Sequence[str]:
    from spectorcli.exchange import diagram

    return diagram.write_dot(case, path)


def _mermaid(case: Case, path: Path) -> Sequence[str]:
    from spectorcli.exchange import diagram

    return diagram.write_mermaid(case, path)


def _stix(case: Case, path: Path) -> Sequence[str]:
    from spectorcli.exchange import stix

    return stix.write(case, path)


def _timelinejs(case: Case, path: Path) -> Sequence[str]:
    from spectorcli.exchange import timelinejs

    return timelinejs.write(case, path)


def _ics(case: Case, path: Path) -> Sequence[str]:
    from spectorcli.exchange import ics

    return ics.write(case, path)


def _geojson(case: Case, path: Path) -> Sequence[str]:
    from spectorcli.exchange import geojson

    return geojson.write(case, path)


def _ftm(case: Case, path: Path) -> Sequence[str]:
    from spectorcli.exchange import ftm

    return ftm.write(case, path)


def _ftm_statements(case: Case, path: Path) -> Sequence[str]:
    from spectorcli.exchange import ftm

    return ftm.write_statements(case, path)


def _datasette(case: Case, path: Path) -> Sequence[str]:
    from spectorcli.exchange import datasette

    return datasette.write(case, path)


EXPORTS = {
    one.name: one
    for one in (
        Export("folder", "the case folder itself, a Frictionless data package", _folder, folder=True),
        Export("xlsx", "a workbook for Excel or LibreOffice: a sheet for each kind, and the claims", _xlsx),
        Export("graphml", "things and relations for Gephi, Cytoscape or yEd", _graphml),
        Export("gexf", "things and relations for Gephi", _gexf),
        Export("dot", "things and relations for Graphviz", _dot),
        Export("mermaid", "things and relations as a Mermaid flowchart", _mermaid),
        Export("graph", "one of these four, by the suffix of the file: .graphml .gexf .dot .gv .mmd", _graphml),
        Export("stix", "a STIX 2.1 bundle for threat-intelligence platforms", _stix),
        Export("timelinejs", "the events for a TimelineJS time line in a web page", _timelinejs),
        Export("ics", "the events whose days are known, for a calendar", _ics),
        Export("geojson", "the arrests of each operation by country, for a map", _geojson),
        Export("ftm", "FollowTheMoney entities with the best values, JSON lines", _ftm),
        Export("ftm-statements", "FollowTheMoney statements, who said what, CSV", _ftm_statements),
        Export("datasette", "metadata for datasette serve case.db --metadata FILE", _datasette),
    )
}

GRAPHS = {"": "graphml", ".graphml": "graphml", ".gexf": "gexf", ".dot": "dot", ".gv": "dot", ".mmd": "mermaid"}
"""What ``export graph`` writes, by the suffix of its file; GraphML is what most tools read."""
