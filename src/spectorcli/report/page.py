"""Fills the template: the sections of the page in their order, and nothing that the template could not know."""

import json
from pathlib import Path
from typing import Any

import jinja2

from spectorcli import __version__
from spectorcli.casefile import Case
from spectorcli.plain import clean
from spectorcli.report import figures
from spectorcli.report.evidence import Answer, Evidence, records
from spectorcli.report.network import network
from spectorcli.report.timeline import timeline


def render(case: Case) -> str:
    """Return the page of a case."""
    here = Path(__file__).parent
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(here, encoding="utf-8"),
        autoescape=True,
        finalize=lambda cell: clean(cell) if type(cell) is str else cell,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = (here / "page.css").read_text(encoding="utf-8")
    return environment.get_template("page.html").render(_contents(case), style=style)


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
    }


def _claims_of_sources(case: Case) -> list[dict[str, Any]]:
    return [
        {"source": row["id"], "claims": row["claims"]}
        for row in records(case.ask("sources", kind=None, reliability=None))
    ]


def _disputes(evidence: Evidence) -> list[Answer]:
    """Return the answers that sources dispute, open ones first."""
    return sorted((one for one in evidence.answers if one.disputed), key=lambda one: (not one.open, one.number))
