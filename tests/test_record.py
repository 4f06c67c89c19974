"""What the notes on the public record say, asked of the bundled case claim by claim.

``record.csv`` was made from the notes (their claims of the case and of its series that are figures, dates, names or
words of a list), not from ``seed/``: S to P are those of the founding texts and the press, R those of the official
texts of November 2026. Wordings, opinions and what seed/README.md leaves out are not in it. Words and places are
given where the notes have them.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from spectorcli.answers.why import why
from spectorcli.case import Case
from spectorcli.database import open_database

Said = dict[str, str]

COLUMNS = ("value", "unit", "when", "source", "at", "stated")


def read_record() -> dict[tuple[str, str], list[Said]]:
    asked = defaultdict(list)
    with Path(__file__).with_name("record.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            asked[row["subject"], row["property"]].append(row)
    return asked


@pytest.fixture(scope="module")
def opened(bundled: str) -> Iterator[Case]:
    with closing(open_database(Path(bundled))) as connection:
        yield Case(connection)


def test_every_claim_of_the_record_is_answered(opened: Case) -> None:
    record = read_record()
    assert sum(map(len, record.values())) > 950
    missing = [
        claim for (subject, name), claims in record.items() for claim in unanswered(opened, subject, name, claims)
    ]
    assert not missing


def unanswered(case: Case, subject: str, name: str, claims: list[Said]) -> Iterator[str]:
    """Yield the claims of the record that ``why`` does not show for one property, with all that the record says; a unit
    that the property implies is not in it."""
    shown = [{column: str(row[column] or "") for column in COLUMNS} for row in why(case, subject, name).records()]
    for claim in claims:
        told = {column: claim[column] for column in COLUMNS if claim[column] or column == "when"}
        if not any(told.items() <= row.items() for row in shown):
            yield f"{claim['record']}: {subject} {name} {told}"
