"""What is weighed: who says so, who disagrees, and what does not add up."""

from __future__ import annotations  # evaluated for the command that is asked for, and for no other

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from spectorcli.cli.offers import ids_of, properties, words
from spectorcli.cli.opening import open_asked
from spectorcli.cli.options import AsOf, Db, Output, Reload, What, argument, option, path
from spectorcli.cli.question import Asked, Command, question, refuse_what_is_read, stop_when_unread
from spectorcli.errors import UsageError, no_such
from spectorcli.output import write
from spectorcli.result import Result, Severity
from spectorcli.statements import findings, gaps_known

commands = typer.Typer()

PropertyName = Annotated[str | None, argument("[PROPERTY]", "What is said of it.", offer=properties)]


@question(commands, "spector why US count", bundled=True)
def why(asked: Asked, what: What, name: PropertyName = None) -> Result:
    """Each claim, its source, origin and grade, and why the best one won."""
    if asked.all_cases and name:
        from spectorcli.corpus import across

        return across.why(asked.all_cases, what, name)
    from spectorcli.answers.why import why

    return why(asked.case, what, name)


@question(commands, "spector history US count", bundled=True)
def history(asked: Asked, what: What, name: PropertyName = None) -> Result:
    """How a figure stood in print over time, who corrected it, and who still says the old one.

    A line a step: a claim on the day on which it was published (best, agrees,
    coarser, allows, differs, or disputed while a dispute was open); again on the
    day on which its own publisher said otherwise (corrected), or another that had
    said the same (still-said). by: who says otherwise.
    """
    from spectorcli.answers.history import history

    return history(asked.case, what, name)


@question(commands, "spector conflicts")
def conflicts(
    asked: Asked,
    what: Annotated[
        str | None, argument("[WHAT]", "Only about this and what belongs to it.", offer=ids_of(None))
    ] = None,
) -> Result:
    """Where sources disagree, open disputes first; with --all also figures that are only coarser."""
    if asked.all_cases:
        from spectorcli.corpus import across

        return across.conflicts(asked.all_cases, what)
    from spectorcli.answers.conflicts import conflicts

    return conflicts(asked.case, what, asked.shared.everything)


@question(commands, "spector check --severity note")
def check(
    asked: Asked,
    kind: Annotated[
        str | None, option("--kind", "-k", help="Only this finding.", metavar="FINDING", offer=words(findings()))
    ] = None,
    severity: Annotated[
        str | None,
        option(
            help="Lowest severity to show: error, warning or note. If none is named: warning, with --kind note.",
            metavar="SEVERITY",
            offer=words(Severity),
        ),
    ] = None,
    strict: Annotated[bool, option("--strict", help="Exit with 1 if there are errors.")] = False,
) -> Result:
    """What does not add up: parts, counts, lists, dates, rates, stated words.

    Of a finding that is frequent the first few; see the rest with --kind or --all.
    """
    if severity is not None and severity not in list(Severity):
        raise UsageError(no_such("severity", severity, list(Severity)))
    from spectorcli.answers.check import check

    return check(asked.case, kind, Severity(severity) if severity else None, strict, asked.shared.everything)


@question(commands, "spector gaps -f md")
def gaps(
    asked: Asked,
    kind: Annotated[
        str | None, option("--kind", "-k", help="Only this gap.", metavar="GAP", offer=words(gaps_known()))
    ] = None,
    copies: Annotated[
        Path | None,
        option(help="A folder of copies: which no claim was read from, or not all.", metavar="DIR", parser=path),
    ] = None,
) -> Result:
    """What is not known, worst first: outcomes overdue, figures of one origin, parts without a figure.

    Each comes with what shows and what mends it; as Markdown they are a list
    of what is to be done. A gap that is to stay is accepted in exceptions.csv,
    as a finding of check is.
    """
    from spectorcli.answers.gaps import gaps

    if copies is None or not copies.is_dir():
        return gaps(asked.case, kind, copies)
    from spectorcli.reading import coverage

    return gaps(asked.case, kind, copies, coverage(asked.case, [copies]).records())


@question(commands, "spector verify --copies copies")
def verify(
    asked: Asked,
    copies: Annotated[
        Path, option(help="A folder of copies, each named by its source id.", metavar="DIR", parser=path)
    ],
    folder: Annotated[
        Path | None, option("--case", help="The case folder, which keeps the record.", metavar="DIR", parser=path)
    ] = None,
    record: Annotated[
        bool,
        option("--record", help="Keep there, in copies.jsonl, what is in each copy; later runs tell what changed."),
    ] = False,
    sign: Annotated[
        str | None, option("--sign", help="Your initials: sign there, in checked, what is found.", metavar="INITIALS")
    ] = None,
) -> Result:
    """Is what each claim states really in your copy of its source, and does its value follow from it? Exit 1 if not.

    Copies are text, HTML, Markdown, PDF, MHTML, WARC or WACZ, named by source id.
    What counts as a match: equal after Unicode NFKC, whatever the case,
    white space, thousands separators, kinds of hyphens and of quotes;
    number words up to twenty count as numbers, reference marks such as [12]
    are dropped, and 53 is not found inside 153, 53.4 or 53rd.
    Verdicts: found; elsewhere (not at the place named; the remark says where);
    anywhere (the copy has no such place); bare (a number or weekday alone);
    figure (the value, in other words); misread (the words, but the value does
    not follow from them); not-found; unreadable; no-copy (listed with --all).
    --sign puts your initials, the day and a digest of the row behind what is
    found or anywhere; check tells when such a row is changed later.
    """
    from spectorcli.answers.verify import verify

    if folder is None and (record or sign is not None):
        raise UsageError(f"{'--record' if record else '--sign'} needs the case folder; name it with --case DIR")
    found = verify(asked.case, copies, folder, record=record, everything=asked.shared.everything)
    if folder is None or sign is None:
        return found
    from spectorcli.signing import signed

    return signed(asked.case, found, folder, sign)


@question(commands, "spector factcheck story.md")
def factcheck(
    asked: Asked,
    story: Annotated[Path, argument("STORY", "Text, Markdown, HTML or docx; - is text from stdin.", parser=path)],
    cite: Annotated[
        bool, option("--cite", help="Write the footnotes: which sources carry each supported figure.")
    ] = False,
) -> Result | str:
    """Each figure and date of a draft against the case; exit 1 if one is contradicted or outdated.

    contradicted: the best value differs, and what the figure is of is sure;
    also names who says it all the same. outdated: its publisher said
    otherwise later, or the status moved on. disputed: as reliable sources
    disagree. supported. coarser: true if the record is, and says less. finer:
    says more than the record. not-in-case: nothing in the case is surely of it.
    """
    from spectorcli.factcheck import factcheck, footnotes

    return footnotes(asked.case, story) if cite else factcheck(asked.case, story)


@commands.command(
    "cite", cls=Command, epilog="Example, in the bundled case: spector cite europol-2023-05-02 --style bibtex"
)
def cite(
    what: Annotated[
        list[str] | None,
        argument("[WHAT]...", "Sources, or things: then the sources of their best values.", offer=ids_of("sources")),
    ] = None,
    style: Annotated[
        str | None,
        option(
            help="plain, bibtex (as biblatex reads it) or csl (CSL-JSON); if none, as the suffix .bib or .json says.",
            metavar="STYLE",
            offer=words(("plain", "bibtex", "csl")),
        ),
    ] = None,
    everything: Annotated[bool, option("--all", help="All sources.")] = False,
    db: Db = None,
    reload: Reload = False,
    as_of: AsOf = None,
    output: Output = None,
) -> None:
    """A reference to a source, or to the sources of a figure."""
    from spectorcli.answers.cite import cited
    from spectorcli.cite import SUFFIXES, references

    refuse_what_is_read(output, [db])
    if style is None:
        style = SUFFIXES.get(output.suffix.lower(), "plain") if output else "plain"
    if bool(what) == everything:
        raise UsageError("name what to cite, or give --all")
    with closing(open_asked(db, reload, as_of)) as case:
        text = references(cited(case, what or []), style)
    stop_when_unread()
    write(text, output)
