"""Fills the template: the sections of the page in their order, and nothing that the template could not know."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
from markupsafe import Markup

from spectorcli import __version__
from spectorcli.casefile import Case
from spectorcli.plain import clean, escape_markdown
from spectorcli.report import figures
from spectorcli.report.evidence import Answer, Evidence, records
from spectorcli.report.network import network
from spectorcli.report.timeline import timeline


def render(case: Case, format: str) -> str:
    """Return the page of a case, in a format of ``FORMATS``."""
    here = Path(__file__).parent
    show = _SHOWN[format]
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(here, encoding="utf-8"),
        autoescape=True,  # of HTML, in all that finalize does not call markup
        finalize=lambda cell: show(clean(cell)) if type(cell) is str else cell,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["address"] = _address
    style = (here / "page.css").read_text(encoding="utf-8")
    return environment.get_template(f"page.{format}").render(_contents(case), style=style)


_SHOWN: Mapping[str, Callable[[str], str]] = {"html": str, "md": lambda text: Markup(escape_markdown(text))}
"""How a text of the case is shown as it is; HTML is left to Jinja2."""


def _address(link: str) -> Markup:
    """Return an address of the web as Markdown's ``<…>``, in which nothing can end it early."""
    safe = re.sub(r"[^!-~]|[<>|`\\]", lambda found: quote(found.group()), link)
    return Markup(f"<{safe}>")


def _contents(case: Case) -> dict[str, Any]:
    """Return what the template shows, by the name of its section."""
    evidence = Evidence(case)
    bars, sums = figures.arrests(case, evidence)
    columns, operations = figures.series(case, evidence)
    findings = case.check(None, None, False)
    claims = {row["source"]: row["claims"] for row in _claims_of_sources(case)}
    return {
        "title": case.about["title"],
        "description": json.loads(case.about.get("package") or "{}").get("description", ""),
        "fingerprint": case.about["fingerprint"],
        "version": __version__,
        "counts": case.overview().notes[0],
        "evidence": evidence,
        "headlines": figures.headlines(case, evidence),
        "timeline": timeline(case, evidence),
        "arrests": bars,
        "sums": sums,
        "seizures": figures.seizures(case, evidence),
        "columns": columns,
        "operations": operations,
        "people": [(row, evidence.find(row["id"], "status")) for row in records(case.ask("people"))],
        "network": network(case, evidence),
        "disputes": _disputes(evidence),
        "findings": records(findings),
        "finding_notes": findings.notes,
        "claims_of": claims,
        "method": Path(__file__).with_name("method.txt").read_text(encoding="utf-8").splitlines(),
    }


def _claims_of_sources(case: Case) -> list[dict[str, Any]]:
    return [
        {"source": row["id"], "claims": row["claims"]}
        for row in records(case.ask("sources", kind=None, reliability=None))
    ]


def _disputes(evidence: Evidence) -> list[Answer]:
    """Return the answers that sources dispute, open ones first."""
    return sorted((one for one in evidence.answers if one.disputed), key=lambda one: (not one.open, one.number))
