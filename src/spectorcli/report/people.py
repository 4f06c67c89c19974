"""People, and how a case against them stands: by their status, or else by what happened to them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from spectorcli.answers.ask import ask
from spectorcli.case import Case
from spectorcli.report.evidence import Answer, Evidence, Record, ids, records
from spectorcli.report.figures import TIMELINE
from spectorcli.values import date


@dataclass(frozen=True)
class Step:
    """A step of a case against someone, such as an arrest; ``answer`` is its date, if that is known."""

    kind: str
    answer: Answer | None


@dataclass(frozen=True)
class Person:
    """A person; without a ``status`` there may be ``steps``. ``overdue`` is when an outcome was due that is not told.

    Of whom no step of a case is told nothing is said, for nobody need have a case.
    """

    name: str
    role: Answer | None
    status: Answer | None
    steps: Sequence[Step]
    overdue: str


def people(case: Case, evidence: Evidence) -> list[Person]:
    """Return what ``spector people`` tells, and of whom that has no status what the events do."""
    steps = _steps(case, evidence)
    return [
        Person(
            str(row["name"]),
            evidence.headline(row["id"], "role"),
            evidence.headline(row["id"], "status"),
            steps[str(row["id"])],
            date.say(str(row["overdue"])) if row["overdue"] else "",
        )
        for row in evidence.concerning(records(ask(case, "people")))
    ]


def _steps(case: Case, evidence: Evidence) -> dict[str, list[Step]]:
    """Return by person what the vocabulary calls a step of a case against somebody."""
    terms = case.kinds()["events"].properties["kind"].terms
    accusing = {word for word, follows in terms if "accused" in follows}
    found: dict[str, list[Step]] = defaultdict(list)
    for event in records(ask(case, "timeline", operation="all", **dict.fromkeys(TIMELINE))):
        if event["kind"] in accusing:
            for id in ids(event["person"]):
                found[id].append(_step(event, evidence))
    return found


def _step(event: Record, evidence: Evidence) -> Step:
    return Step(str(event["kind"]), evidence.headline(event["id"], "date"))
