"""Checks each claim, and writes it as if no other spoke of the same."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from spectorcli.folder.claims import CheckedClaim, check_claims
from spectorcli.folder.columns import CLAIM_COLUMNS, RANKS
from spectorcli.folder.read import Folder
from spectorcli.folder.signed import signed
from spectorcli.folder.stated import slip
from spectorcli.load import slips
from spectorcli.load.bounds import bounds, held, plain
from spectorcli.load.build import Build, batches
from spectorcli.load.witnesses import Witnesses
from spectorcli.values import listing, units
from spectorcli.values.listing import Listing
from spectorcli.weigh import unopposed


class Alone(NamedTuple):
    """How a claim stands that no other speaks against, as text: sqlite3 takes three times as long for an enum."""

    verdict: str
    accepted: bool
    grade: str
    origin: str
    """The sources to which it goes back if it quotes no other."""


SOURCE, VALUE, UNIT = map(CLAIM_COLUMNS.index, ("source", "value", "unit"))

Rows = dict[str, list[tuple[object, ...]]]
"""Rows by the table that they go to."""


def read_claims(build: Build) -> None:
    """Check each claim and write it as if no other spoke of the same."""
    case, clock = build.case, build.clock
    rows_of = ClaimRows(case, build.witnesses)
    used: set[str] = set()
    clock.lap("parse")
    for batch in batches(build.track("reading", case.claims.rows(), sum(case.claims.lines))):
        clock.lap("read")
        claims = list(case.mistakes.sift(check_claims(batch, case.known)))
        for claim in claims:
            if claim.changes:
                case.changes.add(claim.file, claim.changes)
            used.add(claim.cells[UNIT])
        tables = rows_of(claims)
        if build.strict:
            seen = {id: str(said) for id, said in tables["claim_slips"]}
            slipped = (slips.mistake(claim, seen[claim.id], case.claims) for claim in claims if claim.id in seen)
            case.mistakes.gather(slipped)
        clock.lap("parse")
        for table, rows in tables.items():
            build.insert(table, rows)
        clock.lap("write")
    build.insert("units", [(unit, units.measure(unit), units.base(unit)) for unit in sorted(used)])


class ClaimRows:
    """Makes rows of checked claims, each as if no other spoke of the same."""

    def __init__(self, case: Folder, witnesses: Witnesses) -> None:
        """Take what is known of the sources."""
        self._witnesses = witnesses
        letters = {id: one.reliability for id, one in witnesses.items()}
        self._alone = {
            (id, rank): _alone(id, letter, rank, witnesses) for id, letter in letters.items() for rank in RANKS
        }
        sources = case.things.of_kind("sources")
        self._languages = {one.id: said for one in sources if (said := one.cells["language"])}

    def __call__(self, claims: Iterable[CheckedClaim]) -> Rows:
        """Return their rows by table."""
        rows: list[tuple[object, ...]] = []
        mentions: list[tuple[object, ...]] = []
        listed: list[tuple[object, ...]] = []
        seen: list[tuple[object, ...]] = []
        unread: list[tuple[object, ...]] = []
        for claim in claims:
            rows.append(_claim_row(claim, self._witnesses, self._alone))
            if said := slip(claim, self._languages.get(claim.cells[SOURCE], "")):
                seen.append((claim.id, said))
            if claim.unread:
                unread += [("claims", claim.id, *one) for one in claim.unread]
            if claim.declared.type == "ref":
                denied = int(bool(claim.declared.denies))
                mentions += [(claim.id, target, denied) for target in listing.members(claim.cells[VALUE])]
            if isinstance(claim.reading, Listing):
                complete = int(claim.reading.complete)
                listed += [(claim.id, one, complete) for one in listing.members(claim.cells[VALUE])]
        return {"claims": rows, "mentions": mentions, "claim_members": listed, "claim_slips": seen, "unread": unread}


def _alone(id: str, letter: str, rank: str, witnesses: Witnesses) -> Alone:
    verdict, grade = unopposed(letter, rank)
    return Alone(str(verdict), verdict.accepted, grade, _origin(witnesses, id, ""))


def _origin(witnesses: Witnesses, source: str, quoting: str) -> str:
    return "; ".join(witnesses.roots(source, quoting))


def _claim_row(claim: CheckedClaim, witnesses: Witnesses, alone: Mapping[tuple[str, str], Alone]) -> tuple[object, ...]:
    id, cells, declared, reading, *_ = claim
    subject, property, value, unit, when, source, at, stated, rank, note, quoting, checked = cells
    verdict, accepted, grade, origin = alone[source, rank]
    single = not isinstance(reading, Listing) or reading.values == {value}  # several are weighed like many claims
    return (
        id,
        subject,
        property,
        declared.type,
        value,
        plain(value, declared.type),
        unit,
        *bounds(reading, declared.type, unit),
        when,
        *held(when),
        source,
        _origin(witnesses, source, quoting) if quoting else origin,
        at,
        stated,
        rank,
        note,
        quoting,
        checked,
        str(signed(cells)) if checked else "",
        grade,
        verdict if single else "",
        id if accepted else None,
    )
