"""Checks a case against copies of its sources that somebody keeps in a folder, offline.

For each claim: is what it states in the copy, at its place? ``match`` says what counts as being there,
``locator`` which place is meant, ``folder`` what is a copy. Verdicts, worst first:

- ``not-found``: it does not stand in the copy.
- ``misread``: it stands there, but the value of the claim does not follow from it; ``remark`` says what it says.
- ``unreadable``: the copy could not be read; ``remark`` says why.
- ``figure``: the value stands there, in other words: a translation, or another wording.
- ``bare``: it stands there, but is a number or a weekday alone, which proves no amount, age or date.
- ``elsewhere``: the copy has the place that the claim names, but it stands in another, which ``remark`` names.
- ``anywhere``: it stands in the copy; the copy has no such place, or the claim names none.
- ``found``: it stands at the place that the claim names.
- ``no-copy``: the folder has no copy of the source.

A claim that states nothing is not checked, only counted. Of several copies of a source the one that says most counts.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from spectorcli.compared import COMPARED, digest
from spectorcli.copies.folder import Copies, Copy, read_copies
from spectorcli.copies.match import Readings
from spectorcli.copies.record import Entry, add_to_record, changed, read_record
from spectorcli.copies.verdict import BORNE_OUT, VERDICTS, WRONG, judge
from spectorcli.result import Cell, Note, Result, Said, Shows, columns
from spectorcli.values import date

VERIFY_COLUMNS = columns(
    "verdict term, subject ref, property term, stated text, source ref, at text, copy term, line count, remark text"
)

RECORD = "copies.jsonl"
"""The name of the record in a case folder."""


def verify(
    claims: Iterable[Mapping[str, object]],
    copies: Path,
    case: Path | None = None,
    *,
    record: bool = False,
    everything: bool = False,
) -> Result:
    """Say of each claim whether its copy bears it out, worst first.

    A claim has ``subject, property, type, value, unit, when, stated, source, at, line``, ``url``, the address of the
    source, and ``seen``, what its words say if the value does not follow from them. ``case`` is the case folder, which
    keeps the record of the copies: with ``record`` it is added to, otherwise only compared. Claims without a copy are
    counted, and listed with ``everything``. The exit code is 1 if something is not found or misread.

    Raises:
        NotFound: there is no such folder of copies.
        Refused: the record cannot be read.
        OSError: the record cannot be written.
    """
    stating, addresses, listed = [], dict[str, str](), 0
    for claim in claims:  # those that state nothing are not kept
        cells = {name: _cell(claim, name) for name in claim}
        addresses[cells["source"]] = cells.get("url", "")
        listed += 1
        if cells["stated"]:
            stating.append(cells)
    found = read_copies(copies, set(addresses))
    read_well = [copy for same in found.copies.values() for copy in same]
    recorded = read_record(case / RECORD).last if case else {}
    rows = [_row(claim, found, recorded) for claim in stating]
    added = 0
    if case and record:
        _take_addresses(found, addresses)
        added = add_to_record(case / RECORD, read_well, _borne_out(stating, rows))
    rows.sort(key=lambda row: VERDICTS.index(str(row[0])))
    notes = [*_counts(rows, listed), *_copy_notes(found, recorded, record, case, added)]
    hints = _hints(rows, everything, [] if record else _unrecorded(read_well, recorded), case)
    shown = [row for row in rows if everything or row[0] != "no-copy"]
    failed = any(row[0] in WRONG for row in rows)
    return Result(f"Verified against {copies}", VERIFY_COLUMNS, shown, notes, hints, exit_code=int(failed))


def _cell(claim: Mapping[str, object], name: str) -> str:
    value = claim[name]
    return "" if value is None else str(value).strip()


def _row(claim: Mapping[str, str], found: Copies, recorded: Mapping[str, Entry]) -> list[Cell]:
    verdict, copy, remark = _verdict(claim, found)
    if verdict in WRONG and copy in recorded and _digest(claim) in recorded[copy].stood:
        told = f"it stood there on {date.say(recorded[copy].time[:10])}, when the copy was recorded"
        remark = "; ".join(filter(None, (told, remark)))
    line = claim.get("line", "")
    return [
        verdict,
        *(claim[name] for name in ("subject", "property", "stated", "source", "at")),
        copy,
        int(line) if line.isdecimal() else None,
        remark,
    ]


def _digest(claim: Mapping[str, str]) -> str:
    return digest(claim.get(name, "") for name in COMPARED)


def _borne_out(claims: Sequence[Mapping[str, str]], rows: Sequence[Sequence[Cell]]) -> dict[str, list[str]]:
    """Return the digests of the claims that each copy bears out, by its name."""
    found: dict[str, list[str]] = {}
    for claim, row in zip(claims, rows, strict=True):
        if row[0] in BORNE_OUT:
            found.setdefault(str(row[6]), []).append(_digest(claim))
    return found


def _take_addresses(found: Copies, addresses: Mapping[str, str]) -> None:
    """Give each copy of which no archive says where it was the address of its source."""
    for source, same in found.copies.items():
        for copy in same:
            copy.address = copy.address or addresses.get(source, "")


def _verdict(claim: Mapping[str, str], found: Copies) -> tuple[str, str, str]:
    """Return the verdict, the copy that it rests on, and a remark on that."""
    source, stated = claim["source"], Readings(claim["stated"])
    judged = [(judge(claim, stated, copy), copy) for copy in found.copies.get(source, ())]
    if judged:
        (verdict, remark), copy = max(judged, key=lambda one: VERDICTS.index(one[0].verdict))
        return verdict, copy.name, "; ".join(filter(None, (remark, copy.remark)))
    for name, why in found.unreadable.get(source, ()):
        return "unreadable", name, why
    return "no-copy", "", ""


def _counts(rows: Sequence[Sequence[Cell]], claims: int) -> list[Note]:
    """Say how many claims have which verdict, and how many could not be checked."""
    counts = Counter(str(row[0]) for row in rows)
    checked = [
        _note("verdict", verdict=verdict, claims=counts[verdict]) for verdict in VERDICTS[:-1] if counts[verdict]
    ]
    cells = {"checked": Said(Shows.SENTENCE, checked), "claims": Said(Shows.COUNT, claims - len(rows))}
    notes = [Note("verified" if checked else "nothing checked", cells)]
    if counts["no-copy"]:
        sources = len({row[4] for row in rows if row[0] == "no-copy"})
        notes.append(_note("no copy", sources=sources, claims=counts["no-copy"]))
    return notes


def _copy_notes(
    found: Copies, recorded: Mapping[str, Entry], record: bool, case: Path | None, added: int
) -> list[Note]:
    """Say what is odd about the copies, and what of the record."""
    copies = [copy for same in found.copies.values() for copy in same]
    unreadable = [one for same in found.unreadable.values() for one in same]
    remarks = [(copy.name, copy.remark) for copy in copies]
    remarks += [(copy.name, changed(copy, recorded[copy.name])) for copy in copies if copy.name in recorded]
    notes = [_note("copy remark", copy=name, remark=remark) for name, remark in remarks if remark]
    notes += [_note("copy unreadable", copy=name, why=why) for name, why in unreadable]
    if found.strays:
        some = f"{', '.join(found.strays[:3])}{', …' if len(found.strays) > 3 else ''}"
        notes.append(_note("strays", files=len(found.strays), some=some))
    missing = sorted(recorded.keys() - {copy.name for copy in copies} - {name for name, _ in unreadable})
    notes += [_note("copy missing", copy=name) for name in missing]
    if case and record:
        notes.append(_note("recorded", copies=added, record=str(case / RECORD), same=len(copies) - added or None))
    return notes


def _unrecorded(copies: Sequence[Copy], recorded: Mapping[str, Entry]) -> list[Copy]:
    return [copy for copy in copies if copy.name not in recorded]


def _hints(rows: Sequence[Sequence[Cell]], everything: bool, new: Sequence[Copy], case: Path | None) -> list[Note]:
    """Say how to see what was left out, and how to record the copies."""
    listable = not everything and any(row[0] == "no-copy" for row in rows)
    hints = [_note("list them")] if listable else []
    return [*hints, *([_note("record them", copies=len(new), record=str(case / RECORD))] if case and new else [])]


def _note(sentence: str, **cells: str | int | None) -> Note:
    return Note(sentence, {name: _said(cell) for name, cell in cells.items()})


def _said(cell: str | int | None) -> Said:
    return Said(Shows.COUNT if isinstance(cell, int) else Shows.TEXT, cell)
