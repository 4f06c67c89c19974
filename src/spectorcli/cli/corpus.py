"""Many cases: a lake is built of them, and asked what they say together."""

from __future__ import annotations  # evaluated for the command that is asked for, and for no other

import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from spectorcli.cli.options import argument, option, path
from spectorcli.cli.question import Ask, MakesLake, OfLake, Shared, as_command
from spectorcli.errors import UsageError, no_such
from spectorcli.result import Result

commands = typer.Typer()
corpus = typer.Typer(epilog="Example: spector corpus build mycase -o lake")
commands.add_typer(corpus, name="corpus", help="Many cases: build a lake of them, and ask what they say together.")


class Together(OfLake):
    """A question about who was with whom, which is also written as a network, where the suffix of the file says so."""

    def put(self, answer: Result, shared: Shared) -> None:
        """Write a network, or show the answer as any other."""
        from spectorcli.corpus import network

        if shared.format is None and shared.output and shared.output.suffix.lower() in network.WRITERS:
            network.write(answer, shared.output)
        else:
            super().put(answer, shared)


class Offers(OfLake):
    """A question whose answer an editor writes in: what was written is not replaced by another answer."""

    def put(self, answer: Result, shared: Shared) -> None:
        """Show the answer, or write it to a file in which nobody wrote."""
        from spectorcli.corpus.same import written_in

        if shared.output and shared.output.is_file() and (rows := written_in(shared.output)):
            where = f"{rows:,} row{'s' if rows > 1 else ''} of {shared.output}"
            raise UsageError(f"an editor wrote in {where}; write to another file, and build --same takes both")
        super().put(answer, shared)


Lake = Annotated[Path, argument("LAKE", "The folder of a lake.", parser=path)]


def _question(shown: str, kind: type[OfLake] = OfLake) -> Callable[[Ask], Ask]:
    return as_command(corpus, f"Example: {shown}", kind)


@_question("spector corpus build mycase -o lake", MakesLake)
def build(
    folders: Annotated[list[Path], argument("DIR...", "Case folders, or files that load takes.", parser=path)],
    lake: Annotated[Path, option("--output", "-o", help="The folder of the lake.", metavar="LAKE", parser=path)],
    same: Annotated[
        list[Path] | None,
        option(help="What is the same in several cases: rows as corpus same writes them.", metavar="FILE", parser=path),
    ] = None,
    jobs: Annotated[int | None, option(help="How many processes; if none, one a core.", metavar="N", min=1)] = None,
    engine: Annotated[
        str | None,
        option(help="Apache Spark instead: spark://HOST:PORT, or local[N] here.", metavar="ADDRESS"),
    ] = None,
) -> Result:
    """Build a lake of the cases in some folders; what has not changed since the last time is kept.

    The lake then has these cases and no others.
    """
    from spectorcli.corpus.build import build

    if engine is not None and jobs is not None:
        raise UsageError("--jobs is how many processes of ours, and --engine has others do it; name one of them")
    return build(folders, lake, jobs or os.cpu_count() or 1, same or (), engine)


@_question("spector corpus list lake")
def list_(lake: Lake) -> Result:
    """The cases of a lake."""
    from spectorcli.corpus import compare
    from spectorcli.corpus.lake import read_lake

    return compare.cases(read_lake(lake))


@_question("spector corpus totals arrests lake --by country")
def totals(
    what: Annotated[str, argument("WHAT", "arrests or seizures.")],
    lake: Lake,
    by: Annotated[str, option(help="country, operation or year; if none, year.", metavar="WHAT")] = "year",
) -> Result:
    """Add up arrests or seizures; an operation that several cases have counts once."""
    from spectorcli.corpus import compare
    from spectorcli.corpus.lake import read_lake

    _known("total", what, compare.COUNTED)
    _known("--by", by, compare.BY)
    return compare.totals(read_lake(lake), what, by)


@_question("spector corpus pairs countries lake -o pairs.gexf", Together)
def pairs(what: Annotated[str, argument("WHAT", "countries or agencies.")], lake: Lake) -> Result:
    """Which two took part in one operation: how often, since when, in which.

    With -o FILE.gexf, .graphml or .dot a network for Gephi, yEd or Graphviz.
    """
    from spectorcli.corpus import compare
    from spectorcli.corpus.lake import read_lake

    _known("kind of pairs", what, compare.PARTNERS)
    return compare.pairs(read_lake(lake), what)


@_question("spector corpus same lake -o same.csv", Offers)
def same(lake: Lake) -> Result:
    """What is called alike in several cases: people, agencies, markets, operations, addresses of sources.

    Nothing is merged. As CSV these are rows to be decided, yes or no in the
    column same; build --same FILE then counts what is one as one.
    """
    from spectorcli.corpus import compare
    from spectorcli.corpus.lake import read_lake

    return compare.same(read_lake(lake))


@_question("spector corpus sources lake")
def sources(lake: Lake) -> Result:
    """The sources on which several cases rest: of one address, or decided to be one."""
    from spectorcli.corpus import compare
    from spectorcli.corpus.lake import read_lake

    return compare.sources(read_lake(lake))


@_question("spector corpus check lake")
def check(lake: Lake) -> Result:
    """What several cases answer differently of things of one id, or decided to be one."""
    from spectorcli.corpus import compare
    from spectorcli.corpus.lake import read_lake

    return compare.differing(read_lake(lake))


def _known(what: str, text: str, known: tuple[str, ...]) -> None:
    if text not in known:
        raise UsageError(no_such(what, text, known))
