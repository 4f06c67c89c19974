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


EXPORTS = {
    one.name: one
    for one in (
        Export("folder", "the case folder itself, a Frictionless data package", _folder, folder=True),
        Export("xlsx", "a workbook for Excel or LibreOffice: a sheet for each kind, and the claims", _xlsx),
        Export("graphml", "things and relations for Gephi, Cytoscape or yEd", _graphml),
        Export("gexf", "things and relations for Gephi", _gexf),
        Export("dot", "things and relations for Graphviz", _dot),
        Export("mermaid", "things and relations as a Mermaid flowchart", _mermaid),
        Export("graph", "one of these four, by the suffix of the file", _graphml),
    )
}

GRAPHS = {"": "graphml", ".graphml": "graphml", ".gexf": "gexf", ".dot": "dot", ".gv": "dot", ".mmd": "mermaid"}
"""What ``export graph`` writes, by the suffix of its file; GraphML is what most tools read."""
