"""The figures of a report and their bars: the same rows that ``spector`` answers with, each with its answer."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from spectorcli.answers.ask import ask
from spectorcli.answers.overview import overview
from spectorcli.answers.sums import add_up
from spectorcli.case import Case
from spectorcli.report.evidence import Answer, Claim, Evidence, Piece, Record, records
from spectorcli.report.tiles import Map, tile_map
from spectorcli.result import Cell
from spectorcli.values import number
from spectorcli.verdicts import Verdict
from spectorcli.words import computed, put

CARDS = 60
"""Figures at the head of the page; annex C has all of them."""

Sums = Mapping[Cell, Sequence[Record]]
"""For each answer that has parts what these add up to, for each breakdown."""

TIMELINE = ("kind", "country", "person", "market", "from", "to")
"""The filters of the timeline, none of which a report sets."""


@dataclass(frozen=True)
class Tick:
    """A value that is said, as a place between the lowest and the highest, in percent."""

    x: float
    verdict: Verdict


@dataclass(frozen=True)
class Headline:
    """A figure of the head of the page; ``spread`` places each claimed value, if they differ."""

    what: str
    answer: Answer
    spread: Sequence[Tick]
    span: str


@dataclass(frozen=True)
class Bar:
    """A row with a bar; ``width`` in percent of the longest, 0 without a figure."""

    label: str
    total: bool
    width: float
    share: str
    answer: Answer | None


@dataclass(frozen=True)
class Arrests:
    """The arrests of one operation: by country, then the total, and whether the parts add up.

    ``operation`` is what it is called where the page has several.
    """

    operation: str
    bars: Sequence[Bar]
    sums: Sequence[Sequence[Piece]]


@dataclass(frozen=True)
class Part:
    """A piece of a stacked bar from ``x``, in percent; without ``width`` it is no part of the sum."""

    label: str
    value: str
    x: float
    width: float
    answer: Answer | None


@dataclass(frozen=True)
class Haul:
    """Things taken and counted together, in each unit that does not convert, and the parts of the first."""

    label: str
    answers: Sequence[Answer]
    parts: Sequence[Part]
    sentence: Sequence[Piece]


@dataclass(frozen=True)
class Seizures:
    """What was taken in one operation, kind by kind; ``operation`` is what it is called where the page has several."""

    operation: str
    kinds: Sequence[tuple[str, Sequence[Haul]]]


@dataclass(frozen=True)
class Operation:
    """One operation of the series: its name, and the answers in each column; ``width`` is of its bar of arrests."""

    label: str
    own: bool
    announced: Answer | None
    arrests: Answer | None
    width: float
    others: Sequence[Sequence[Answer]]


def headlines(case: Case, evidence: Evidence) -> list[Headline]:
    """Return what ``spector`` alone shows, or what is said of the subject but for its texts."""
    if evidence.subject:
        thing = evidence.things[evidence.subject]
        told = [answer for answer in thing.answers if answer.grade and answer.cells["type"] != "text"]
        return [Headline(answer.name.replace("_", " "), answer, *_spread(answer)) for answer in told]
    found = [(str(row["what"]), evidence.by_fact(row["fact"])) for row in records(overview(case, CARDS))]
    return [Headline(what, answer, *_spread(answer)) for what, answer in found if answer]


def _spread(answer: Answer) -> tuple[list[Tick], str]:
    """Return where the claimed values of a disputed answer lie, and the two that lie furthest apart."""
    weighed = [
        claim
        for claim in answer.claims
        if claim.cells["type"] == "number" and (claim.verdict.says or not claim.verdict.follows)
    ]
    middles = sorted((float(claim.cells["base"] or 0), claim.verdict, _short(claim, answer)) for claim in weighed)
    if not answer.disputed or not middles or middles[0][0] == middles[-1][0]:
        return [], ""
    least, most = middles[0], middles[-1]
    places = {(round(100 * (at - least[0]) / (most[0] - least[0]), 2), verdict) for at, verdict, _ in middles}
    ordered = sorted(places, key=lambda place: (place[1] == Verdict.BEST, place))  # the best is drawn last, on top
    return [Tick(*place) for place in ordered], f"{least[2]} to {most[2]}"


def _short(claim: Claim, answer: Answer) -> str:
    """Return a claimed figure, with its unit only where the best has another one."""
    unit = str(claim.cells["unit"])
    return number.say(str(claim.cells["value"]), "" if unit == answer.cells["unit"] else unit)


def arrests(case: Case, evidence: Evidence) -> tuple[list[Arrests], Map]:
    """Return the arrests of each operation, and a map of those of the case's own, or of the only one."""
    result = ask(case, "arrests", operation="all", country=None)
    rows = evidence.concerning(records(result))
    notes: dict[object, list[list[Piece]]] = defaultdict(list)
    for note in result.notes if not evidence.subject else ():
        notes[note.cells["whole"].cell].append(evidence.sentence(note))
    groups = _by_operation(rows, evidence)
    told = [
        Arrests(name, _bars(group, evidence), [note for row in group for note in notes[row["id"]]])
        for name, group in groups
    ]
    ids = {row["id"] for row in rows if row["operation"] == case.operation}
    own = [row for row in rows if row["id"] in ids or row["part_of"] in ids]
    mapped = own if own and not evidence.subject else rows if len(groups) == 1 else []
    within = _within(mapped)
    told_once = (row for row in mapped if row["id"] not in within)
    found = [(row["country"], str(row["country_name"]), evidence.headline(row["id"], "count")) for row in told_once]
    counted = [(code, name, answer) for code, name, answer in found if code and answer]
    return told, tile_map(counted, comparable=_comparable(mapped))


def _bars(rows: Sequence[Record], evidence: Evidence) -> list[Bar]:
    found = [(row, evidence.headline(row["id"], "count")) for row in rows]
    longest = max((_number(answer) for row, answer in found if row["country"]), default=0.0)
    comparable, within = _comparable(rows), _within(rows)
    return [
        Bar(
            evidence.label(row["id"])
            if evidence.subject
            else str(row["country_name"] or row["country"] or "Total") + ", a part" * (row["id"] in within),
            not row["country"],
            _percent(_number(answer), longest) if row["country"] and comparable else 0,
            f"{row['share']:.1%}" if row["share"] is not None else "",
            answer,
        )
        for row, answer in found
    ]


def _within(rows: Sequence[Record]) -> set[Cell]:
    """Return the arrests that are a part of others in the same country, which the map and a sum would count twice."""
    countries = {row["id"]: row["country"] for row in rows}
    return {row["id"] for row in rows if row["country"] and row["country"] == countries.get(row["part_of"])}


def _comparable(rows: Sequence[Record]) -> bool:
    """Whether arrests may be drawn: not where the parts exceed the total, for one of these figures is wrong."""
    return all(row["share"] is not None for row in rows if not row["country"] and row["count"] is not None)


def _by_operation(rows: Sequence[Record], evidence: Evidence) -> list[tuple[str, list[Record]]]:
    """Return rows by operation, the case's own first; a page about one thing names the operation in each row."""
    groups: dict[Cell, list[Record]] = defaultdict(list)
    for row in rows:
        groups[None if evidence.subject else row["operation"]].append(row)
    if len(groups) < 2:
        return [("", group) for group in groups.values()]
    own_first = sorted(groups, key=lambda id: (id != evidence.operation, id is None))
    return [(evidence.label(id) or "Of no operation", groups[id]) for id in own_first]


def seizures(case: Case, evidence: Evidence) -> list[Seizures]:
    """Return what was taken in each operation, kind by kind."""
    rows = evidence.concerning(records(ask(case, "seizures", operation="all", country=None, kind=None)))
    sums: dict[Cell, list[Record]] = defaultdict(list)
    for row in case.read("parts"):
        sums[row["fact"]].append(row)
    by = {(row["part"], row["whole"]): row["by"] for row in case.read("breakdowns")}
    unique = list({row["id"]: {**row, "by": by.get((row["id"], row["part_of"]), "")} for row in rows}.values())
    return [Seizures(name, _kinds(group, sums, evidence)) for name, group in _by_operation(unique, evidence)]


def _kinds(rows: Sequence[Record], sums: Sums, evidence: Evidence) -> list[tuple[str, list[Haul]]]:
    ids = {row["id"] for row in rows}
    wholes = [row for row in rows if row["part_of"] not in ids]
    return [
        (str(kind or "other"), [_haul(row, rows, sums, evidence) for row in group])
        for kind, group in groupby(sorted(wholes, key=lambda row: str(row["kind"] or "")), key=lambda row: row["kind"])
    ]


def _haul(row: Record, rows: Sequence[Record], sums: Sums, evidence: Evidence) -> Haul:
    label = evidence.label(row["id"]) if evidence.subject else _seized(row)
    answers = evidence.all(row["id"], "amount")
    parts = [one for one in rows if one["part_of"] == row["id"]]
    for answer in answers:
        found = sorted(sums.get(answer.cells["id"], ()), key=lambda one: float(str(one["parts"])), reverse=True)
        if found:  # of several breakdowns, the one that tells most of it is drawn
            itemised = _itemised([one for one in parts if one["by"] == found[0]["by"]], found[0], evidence)
            summed = {part.answer.number for part in itemised if part.answer}
            sentences = [evidence.sentence(add_up(one)) for one in found]
            told = [piece for sentence in sentences for piece in (*sentence, Piece("; "))][:-1]
            return Haul(label, answers, [*itemised, *_others(parts, summed, evidence)], told)
    return Haul(label, answers, _others(parts, set(), evidence), ())


def _others(parts: Sequence[Record], summed: Collection[int], evidence: Evidence) -> list[Part]:
    """Return what is said of parts in a unit or for a time that is no part of the sum, without a piece of the bar."""
    told = [(row, answer) for row in parts for answer in evidence.all(row["id"], "amount")]
    return [Part(_seized(row), answer.value, 0, 0, answer) for row, answer in told if answer.number not in summed]


def _itemised(parts: Sequence[Record], sums: Record, evidence: Evidence) -> list[Part]:
    """Return the pieces of a bar; what is missing of the whole is a piece of its own."""
    total, itemised = float(str(sums["total"])), float(str(sums["parts"]))
    length = max(total, itemised)
    pieces: list[Part] = []
    at = 0.0
    for row in parts:
        for answer in _latest(evidence.all(row["id"], "amount"), sums["base_unit"]):
            width = _percent(_number(answer), length)
            pieces.append(Part(_seized(row), answer.value, round(at, 3), width, answer))
            at += width
    rest = total - itemised
    if round(rest, 9) > 0:
        missing = put(computed(rest, str(sums["base_unit"]), bool(sums["rough"] or sums["hedged"])))
        pieces.append(Part("not itemised", missing, round(at, 3), round(100 - at, 3), None))
    return pieces


def _latest(answers: Sequence[Answer], base_unit: Cell) -> list[Answer]:
    """Return the answers that count in a sum, as they do in the table ``parts``: the latest in the unit of the sum."""
    found = [answer for answer in answers if answer.cells["base_unit"] == base_unit]
    latest = max((str(answer.cells["held_to"] or "") for answer in found), default="")
    return [answer for answer in found if str(answer.cells["held_to"] or "") == latest]


def series(case: Case, evidence: Evidence) -> tuple[list[str], list[Operation]]:
    """Return the names of the further columns, and the operations by the day of their announcement."""
    columns = ("money", "drugs", "firearms")
    seized = records(ask(case, "seizures", operation="all", country=None, kind=None))
    hauls = _totals(seized, "operation", "kind")
    arrested = _totals(records(ask(case, "arrests", operation="all", country=None)), "operation")
    totals = {key[0]: evidence.headline(told[0], "count") for key, told in arrested.items() if told}
    longest = max((_number(answer) for answer in totals.values()), default=0.0)
    announced = _announced(case, evidence)
    rows = evidence.concerning(records(ask(case, "operations")))
    others = {
        name: [
            [answer for id in hauls.get((row["id"], name), ()) for answer in evidence.all(id, "amount")] for row in rows
        ]
        for name in columns
    } | {"countries": [[one for one in [evidence.headline(row["id"], "countries")] if one] for row in rows]}
    told = [name for name, cells in others.items() if any(cells)]
    return told, [
        Operation(
            str(row["name"]),
            row["id"] == case.metadata.get("operation"),
            announced.get((row["id"], row["announced"])),
            totals.get(row["id"]),
            _percent(_number(totals.get(row["id"])), longest),
            [others[name][place] for name in told],
        )
        for place, row in enumerate(rows)
    ]


def _totals(rows: Sequence[Record], *by: str) -> dict[tuple[Cell, ...], list[Cell]]:
    """Return the ids of what is a total, by operation and kind; none where there are only figures of several parts.

    A figure of one country or substance stands for its operation if that has no other of its own.
    """
    groups: dict[tuple[Cell, ...], dict[Cell, Record]] = defaultdict(dict)
    for row in rows:
        groups[tuple(row[name] for name in by)][row["id"]] = row
    found: dict[tuple[Cell, ...], list[Cell]] = {}
    for key, group in groups.items():
        wholes = [row for row in group.values() if row["part_of"] not in group]
        totals = [row["id"] for row in wholes if not (row["part_of"] or row["country"] or row.get("substance"))]
        found[key] = totals or ([wholes[0]["id"]] if len(wholes) == 1 else [])
    return found


def _announced(case: Case, evidence: Evidence) -> dict[tuple[Cell, Cell], Answer]:
    events = records(ask(case, "timeline", operation="all", **dict.fromkeys(TIMELINE)))
    told = [event for event in events if event["kind"] == "announcement" and not event["person"]]
    found = [(event, evidence.headline(event["id"], "date")) for event in told]
    return {(event["operation"], event["date"]): answer for event, answer in found if answer}


def _seized(row: Record) -> str:
    """Return what was taken: ``cocaine``, ``pills, United States``, or its kind."""
    what = str(row["substance"] or row["kind"] or row["id"])
    return f"{what}, {row['country_name'] or row['country']}" if row["country"] else what


def _number(answer: Answer | None) -> float:
    return float(answer.cells["base"] or 0) if answer else 0.0


def _percent(number: float, of: float) -> float:
    return round(100 * number / of, 3) if of > 0 else 0.0
