"""What a figure may be said of that the case does not have: arrests and seizures in a country, a market by its name.

A proposal has the id that the thing would have, by the way in which the case calls its things. People are never
proposed: whom a text names is no reason to enter them.
"""

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from spectorcli.case import Case
from spectorcli.cues import read_cues, told_by
from spectorcli.folder.naming import Naming, slug
from spectorcli.reading.guesses import (
    BESIDE,
    KIND,
    NAMED_HERE,
    OWN,
    PROPERTY,
    TERM,
    UNIT,
    Guess,
    Spoken,
    counts,
    likeliest,
)
from spectorcli.values import countries, units
from spectorcli.values.figures import Amount, Figure
from spectorcli.values.names import fold
from spectorcli.values.units import Measure
from spectorcli.vocabulary import Kind

_DRUGS = "cocaine cannabis heroin methamphetamine amphetamines mdma ecstasy fentanyl opioids ketamine lsd pills".split()
_MATTERS: Mapping[str, tuple[str, str]] = {
    **{one: ("drugs", one) for one in _DRUGS},
    **{one: ("goods", one) for one in ("tobacco", "vehicles", "accounts")},
    **{"firearms": ("firearms", ""), "cash": ("cash", ""), "crypto": ("crypto", ""), "drugs": ("drugs", "")},
}
"""Kind and substance of what is seized, by the terms of the cues of a language, the narrower first."""

_OF_A_MEASURE = {
    Measure.MASS: ("drugs", "goods"),
    Measure.VOLUME: ("drugs", "goods"),
    Measure.MONEY: ("cash", "crypto"),
    Measure.CRYPTO: ("crypto",),
    Measure.COUNT: ("drugs", "firearms", "goods"),
    Measure.NONE: ("drugs", "firearms", "goods"),
}
"""What may be measured so, the likeliest last where nothing is said of it."""

_FORM = "pills"
"""A term that says how something looks, and not what it is."""

_BEHIND = 6
"""Words behind a figure in which it is looked for what it is of: 40 kilograms of pure cocaine."""

_MARKET = re.compile(r"\b((?:[A-Z][\w’'-]* ){1,3})([Mm]arket(?:place)?)\b")
_ARTICLES = ("The ", "Darknet ", "Dark ", "Web ", "Online ", "Black ", "Illegal ")


_ARRESTED = frozenset({"kinds.arrests", "properties.arrests.count"})
_SEIZED = frozenset({"kinds.seizures", "properties.seizures.amount"})
"""What words tell that speak of arrests and of seizures."""

_OTHER_KINDS = frozenset({"kinds.arrests", "kinds.proceedings", "kinds.markets"})


class _Seized(NamedTuple):
    """What was seized: ``named`` by a word for that, which is ``near`` if it stands behind the figure."""

    kind: str
    substance: str
    near: bool
    named: bool = False


class Proposals:
    """What a case may be given, by what it has and how it calls that."""

    def __init__(self, case: Case, targets: Collection[tuple[str, str]]) -> None:
        """Read what is there; of ``targets``, by subject and property, it is guessed already."""
        things: dict[str, list[tuple[str, Mapping[str, str]]]] = defaultdict(list)
        for row in case.read("things"):
            cells = json.loads(str(row["cells"] or "{}"))
            things[str(row["kind"])].append((str(row["id"]), cells))
        self._targets = targets
        self._naming = Naming(lambda kind: things.get(kind, ()))
        self._country_of = {id: str(cells.get("country") or "") for id, cells in things["agencies"]}
        self._named = {fold(str(cells.get("name") or "")) for id, cells in things["markets"]}
        self._kinds = case.kinds()

    def guesses(self, figure: Figure, spoken: Spoken, operations: Collection[str]) -> list[Guess]:
        """Return what a figure may be said of that is not there yet, the likeliest first."""
        reading = likeliest(figure)
        if not isinstance(reading, Amount):
            return []
        found = [*self._of_markets(reading, figure, spoken)]
        if len(operations) == 1:
            (operation,) = operations
            told, near = (told_by(words, spoken.language) for words in (spoken.sentence, spoken.clause))
            where, near_by = self._where(spoken)
            if told & _ARRESTED:
                found += self._of_arrests(reading, figure, spoken, bool(near & _ARRESTED), operation, where, near_by)
            if told & _SEIZED:
                found += self._of_seizures(reading, figure, spoken, near, operation, where, near_by)
        return sorted(found, key=lambda guess: -guess.rank)

    def _where(self, spoken: Spoken) -> tuple[list[str], int]:
        """Return the countries that are named nearest, or whose agencies are, and what that adds to a rank.

        Who is named elsewhere in a sentence may only have led: 119 arrests in a sweep led by Dutch police.
        """
        nearest = (spoken.beside | spoken.listed, spoken.here, spoken.before)
        for names, rank in zip(nearest, (BESIDE + NAMED_HERE, 0, 0), strict=True):
            found = {self._country_of.get(one, one) for one in names}
            if codes := sorted(one for one in found if one and countries.is_country(one)):
                return codes, rank
        return [], 0

    def _of_arrests(
        self,
        reading: Amount,
        figure: Figure,
        spoken: Spoken,
        near: bool,
        operation: str,
        where: Sequence[str],
        near_by: int,
    ) -> Iterator[Guess]:
        is_noun = bool(figure.noun) and bool(_ARRESTED & told_by(figure.noun, spoken.language))
        persons = "persons" in spoken.counted or is_noun
        if reading.unit not in ("", "persons") or (spoken.counted and not persons):
            return
        if figure.noun and not persons and _is_within(figure, spoken):
            return
        is_meant = not where or (len(where) == 1 and bool(near_by))
        stands = is_meant and ((near and persons) or not figure.noun)
        likely = persons or not figure.noun
        for country in where or [""]:
            cells = {"operation": operation, "country": country}
            yield from self._guess(
                "arrests", cells, "count", "persons", near_by + KIND + PROPERTY + UNIT * persons, stands, likely
            )

    def _of_seizures(
        self,
        reading: Amount,
        figure: Figure,
        spoken: Spoken,
        near: frozenset[str],
        operation: str,
        where: Sequence[str],
        near_by: int,
    ) -> Iterator[Guess]:
        seized = _seized(reading, figure, spoken)
        if not seized:
            return
        is_worth = units.measure(reading.unit) == Measure.MONEY and seized.kind in ("drugs", "goods", "firearms")
        property, unit = "value" if is_worth else "amount", reading.unit or self._unit(figure, seized)
        is_said = bool(near & _SEIZED) or (seized.named and not near & _OTHER_KINDS)
        is_meant = not where or (len(where) == 1 and bool(near_by))
        stands = is_meant and is_said and (seized.near or is_worth)
        rank = (
            KIND + TERM * seized.named + UNIT * bool(reading.unit) + PROPERTY * ("properties.seizures.amount" in near)
        )
        for country in where or [""]:
            cells = {"operation": operation, "kind": seized.kind, "substance": seized.substance, "country": country}
            yield from self._guess("seizures", cells, property, unit, rank, stands, seized.near)

    def _unit(self, figure: Figure, seized: _Seized) -> str:
        """Return in which unit things are counted: in that of the vocabulary that is their noun, else as items."""
        declared = self._kinds["seizures"].properties["amount"].units
        named = next((unit for unit in declared if counts(figure.noun, unit)), "")
        return named or {"firearms": "firearms", "drugs": "tablets"}.get(seized.kind, "items")

    def _guess(
        self, kind: str, cells: Mapping[str, str], property: str, unit: str, rank: int, stands: bool, likely: bool
    ) -> Iterator[Guess]:
        there = self._naming.same(kind, cells)
        if there and (there, property) in self._targets:
            return
        id = there or self._naming.id_of(kind, cells)
        new = "" if there else kind
        yield Guess(id, property, unit, rank + OWN, stands, stands, timed=False, likely=likely or stands, new=new)

    def _of_markets(self, reading: Amount, figure: Figure, spoken: Spoken) -> Iterator[Guess]:
        """Yield what a market is said to have that is named nearest and not known."""
        names = [name for name in market_names(spoken.sentence) if fold(name) not in self._named]
        kind: Kind = self._kinds["markets"]
        near = told_by(spoken.clause, spoken.language)
        of_noun = told_by(figure.noun, spoken.language)
        for declared in kind.claimed if len(names) == 1 else ():
            group = declared.units[0] if declared.units else ""
            is_money = group == "money" and units.measure(reading.unit) == Measure.MONEY
            is_count = not reading.unit and group not in ("", "money") and units.measure(group) == Measure.COUNT
            told = near if reading.unit else of_noun
            fits = is_money or is_count or (bool(reading.unit) and reading.unit == group)
            if declared.type == "number" and fits and f"properties.markets.{declared.name}" in told:
                stands, unit = names[0] in spoken.clause, reading.unit or group
                rank = BESIDE * stands + NAMED_HERE + PROPERTY
                new = Guess(slug(names[0]), declared.name, unit, rank, stands, stands, timed=False, likely=True)
                yield new._replace(new="markets")


def market_names(sentence: str) -> list[str]:
    """Return the names of markets in a sentence: Hydra Market, or Hydra where it says the Hydra marketplace."""
    found: dict[str, None] = {}
    for one in _MARKET.finditer(sentence):
        name, word = one[1], one[2]
        while name.startswith(_ARTICLES):
            name = name.partition(" ")[2]
        if name:
            found[f"{name}{word}" if word == "Market" else name.strip()] = None
    return [*found]


def _seized(reading: Amount, figure: Figure, spoken: Spoken) -> _Seized | None:
    """Return what a figure is of, by the words nearest behind it, then before it, then of its sentence."""
    measure = units.measure(reading.unit)
    if measure == Measure.COUNT and reading.unit not in ("", "tablets", "plants", "doses", "firearms", "items"):
        return None
    fitting = _OF_A_MEASURE.get(measure, ())
    before, _, behind = spoken.clause.partition(figure.words)
    words = [*behind.split()[:_BEHIND], *reversed(before.split())]
    worth = measure == Measure.MONEY and "properties.seizures.value" in told_by(spoken.clause, spoken.language)
    found: list[_Seized] = []
    for place, word in enumerate(words):
        told = told_by(word, spoken.language)
        for term, (kind, substance) in _MATTERS.items():
            if f"terms.{term}" in told and (kind in fitting or worth):
                found.append(_Seized(kind, substance, near=place < min(_BEHIND, len(behind.split())), named=True))
                break
    if found:  # of what pills are is said beside that they are some
        return next((one for one in found if one.substance != _FORM and one.near == found[0].near), found[0])
    if measure == Measure.MONEY:
        return _Seized("money", "", near=True)
    if measure in (Measure.MASS, Measure.VOLUME):
        return _Seized("drugs", "", near=False) if "terms.drugs" in told_by(spoken.sentence, spoken.language) else None
    if measure == Measure.CRYPTO:
        return _Seized("crypto", "", near=True, named=True)
    is_noun = re.fullmatch(r"[\w-]+", figure.noun) and not (reading.unit or spoken.counted)
    return _Seized("goods", slug(figure.noun), near=True) if is_noun and not _is_within(figure, spoken) else None


def _is_within(figure: Figure, spoken: Spoken) -> bool:
    """Whether the word before a figure says that something was done there or then."""
    words = spoken.clause.partition(figure.words)[0].split()
    is_of_it = "kinds.seizures" in told_by(" ".join(words[-2:-1]), spoken.language)  # the seizure of 11 servers
    return bool(words) and not is_of_it and fold(words[-1]) in read_cues(spoken.language).phrases["within"]
