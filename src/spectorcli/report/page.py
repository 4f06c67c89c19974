"""Fills the template: the sections of the page in their order, and nothing that the template could not know."""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
from markupsafe import Markup

from spectorcli import __version__
from spectorcli.answers.check import examine
from spectorcli.answers.diff import diff
from spectorcli.answers.overview import overview
from spectorcli.case import Case
from spectorcli.escapes import clean, escape_markdown
from spectorcli.report import figures
from spectorcli.report.evidence import Answer, Claim, Evidence, Piece, checked_share
from spectorcli.report.network import network
from spectorcli.report.people import people
from spectorcli.report.timeline import timeline
from spectorcli.values import date
from spectorcli.values.wording import count
from spectorcli.vocabulary import REJECTED


def render(case: Case, format: str, subject: str | None, redacted: int | None, since: Path | None = None) -> str:
    """Return the page of a case or of one thing in it, in a format of ``FORMATS``.

    ``redacted`` is how many people bear pseudonyms in this case; what changed from the case at ``since`` is a section.
    """
    evidence = Evidence(case, subject)
    style = (_HERE / "page.css").read_text(encoding="utf-8")
    contents = _contents(case, evidence) | {
        "redacted": redacted,
        "style": style,
        "since": since and since.resolve().name,
    }
    if since:
        contents["changes"] = [
            str(row["sentence"]) for row in diff(since, case.path).records() if row["kind"] != REJECTED
        ]
    else:
        contents["sections"].pop("changes", None)
    return _template(format).render(contents)


_HERE = Path(__file__).parent


@cache
def _template(format: str) -> jinja2.Template:
    """Return the template of a format, which to compile takes a third of the time of a page."""
    show = _SHOWN[format]
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE, encoding="utf-8"),
        autoescape=True,  # of HTML, in all that finalize does not call markup
        finalize=lambda cell: show(clean(cell)) if type(cell) is str else cell,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"address": _address, "date": date.brief}
    return environment.get_template(f"page.{format}")


_SHOWN: Mapping[str, Callable[[str], str]] = {"html": str, "md": lambda text: Markup(escape_markdown(text))}
"""How a text of the case is shown as it is; HTML is left to Jinja2."""


def _address(link: str) -> Markup:
    """Return an address of the web as Markdown's ``<…>``, in which nothing can end it early."""
    safe = re.sub(r"[^!-~]|[<>|`\\]", lambda found: quote(found.group()), link)
    return Markup(f"<{safe}>")


SECTIONS = {
    "figures": "In figures",
    "changes": "Changes",
    "timeline": "Timeline",
    "arrests": "Arrests",
    "seizures": "Seizures",
    "series": "The series",
    "people": "People",
    "network": "Network",
    "disagreements": "A Disagreements",
    "findings": "B Findings",
    "claims": "C Claims",
    "sources": "D Sources",
    "method": "E Method",
}
"""The sections in their order, as they are called where there is little room."""


def _contents(case: Case, evidence: Evidence) -> dict[str, Any]:
    """Return what the template shows, by the name of its section; a page about one thing has no empty sections."""
    arrests, tiles = figures.arrests(case, evidence)
    columns, operations = figures.series(case, evidence)
    findings = examine(case, None, None, evidence.concerns)
    contents = {
        "figures": figures.headlines(case, evidence),
        "changes": None,
        "timeline": timeline(case, evidence),
        "arrests": arrests,
        "seizures": figures.seizures(case, evidence),
        "series": operations,
        "people": people(case, evidence),
        "network": network(case, evidence),
        "disagreements": _disputes(evidence),
        "findings": findings.shown,
        "claims": [thing for thing in evidence.things.values() if thing.answers],
        "sources": evidence.sources,
        "method": (_HERE / "method.txt").read_text(encoding="utf-8").splitlines(),
    }
    filled = {name for name, held in contents.items() if held}
    claims = [claim for answer in evidence.answers for claim in answer.claims]
    about = evidence.things[evidence.subject] if evidence.subject else None
    return contents | {
        "sections": {name: title for name, title in SECTIONS.items() if name in filled or not about},
        "subject": about,
        "title": case.metadata["title"],
        "description": json.loads(case.metadata.get("package") or "{}").get("description", ""),
        "fingerprint": case.metadata["fingerprint"],
        "version": __version__,
        "counts": [_counted(claims)] if about else evidence.sentence(overview(case).notes[0]),
        "evidence": evidence,
        "checked": evidence.sentence(checked_share(claims)),
        "tiles": tiles,
        "columns": columns,
        "finding_notes": [] if about else [evidence.sentence(note) for note in findings.notes],
        "claims_of": Counter(str(claim.source.cells["id"]) for claim in claims),
    }


def _counted(claims: Sequence[Claim]) -> Piece:
    sources = {claim.source.number for claim in claims}
    return Piece(f"{count(len(claims), 'claims')} from {count(len(sources), 'sources')}")


def _disputes(evidence: Evidence) -> list[Answer]:
    """Return the answers that sources dispute, open ones first."""
    return sorted((one for one in evidence.answers if one.disputed), key=lambda one: (not one.open, one.number))
