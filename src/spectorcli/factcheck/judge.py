"""How a figure of a draft stands to the case; false alarms are worse than what is not found.

A figure is of a fact for sure if its unit, the words for the matter and all by which the thing is told from others
stand around it. ``contradicted`` needs that, and that it differs from every fact of which it may be for sure; what a
source says all the same is told in ``also``. To be ``supported`` it is enough that nothing around it speaks against
the fact with which it agrees.
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from spectorcli.factcheck.cues import begins, read_cues, stem, words_of
from spectorcli.factcheck.record import COUNTRIES, MARKETS, OPERATIONS, PEOPLE, Fact, Said, Target, Told, read_span
from spectorcli.factcheck.scene import Scene
from spectorcli.values import date, number, units
from spectorcli.values.figures import Amount, FigureKind, Moment, Reading
from spectorcli.values.span import Relation, Span
from spectorcli.values.units import Measure


class Verdict(StrEnum):
    """How a figure of a draft stands to the case, what matters first."""

    CONTRADICTED = "contradicted"
    """The case says otherwise."""
    OUTDATED = "outdated"
    """It was said, and its publisher said otherwise later; or things moved on."""
    DISPUTED = "disputed"
    """A source says so, and another that is as reliable says otherwise."""
    SUPPORTED = "supported"
    """The best value says so."""
    COARSER = "coarser"
    """It is true if the best value is, and says less."""
    FINER = "finer"
    """It says more than the record, and contradicts nothing."""
    NOT_IN_CASE = "not-in-case"
    """The case says nothing of it, or nobody can be sure what it is of."""


class Found(NamedTuple):
    """A verdict, and on what it rests."""

    verdict: Verdict
    target: Target | None = None
    fact: Fact | None = None
    also: str = ""


class _Fit(NamedTuple):
    """A target of which a figure may be: how much speaks for it, and whether it is so for sure."""

    target: Target
    rank: int
    sure: bool


_ORDER = (Verdict.SUPPORTED, Verdict.DISPUTED, Verdict.COARSER, Verdict.FINER)
"""Of the facts with which a figure agrees the one that it says most exactly comes first."""

NOTHING = Found(Verdict.NOT_IN_CASE)

WIDE = frozenset({"drugs", "firearms", "money"})
"""What a thing may be that others are parts of: a figure of one of these is none of the whole."""

_YEAR = re.compile(r"(?:19|20)\d\d")
"""A count that is a year, likely."""

_NO_VALUES = (FigureKind.VAGUE, FigureKind.ORDINAL, FigureKind.AGE)


def judge(scene: Scene, record: Told) -> Found:
    """Return how a figure stands to what the case says."""
    if scene.figure.kind in _NO_VALUES or not scene.figure.readings or not scene.named:
        return NOTHING
    fits = sorted(_fits(scene, record), key=lambda one: (-one.sure, -one.rank))
    agreeing = [(one, found) for one in fits if (found := _said_by_best(scene, one))]
    agreeing = [(one, found) for one, found in agreeing if one.sure or found.verdict is not Verdict.FINER]
    if agreeing:
        return min(agreeing, key=lambda each: (-each[0].sure, _ORDER.index(each[1].verdict), -each[0].rank))[1]
    if found := next(filter(None, (_said_by_others(scene, one) for one in fits)), None):
        return found
    sure = [one for one in fits if one.sure]
    against = [found for one in sure if (found := _against(scene, one.target))]
    if against and len(against) == len(sure):
        return against[0]
    return NOTHING if sure else _in_another_currency(scene, record)


def held(scene: Scene, found: Found) -> Found | None:
    """Return what was found, of a date at which it held; None if it did not then."""
    assert found.fact is not None
    span = read_span("date", found.fact.when, "")
    for reading in scene.figure.readings:
        then = read_span("date", reading.text, "") if isinstance(reading, Moment) and reading.text else None
        if span and then and span.relation(then) == Relation.AGREES:
            return found._replace(verdict=Verdict.SUPPORTED)
    return None


def _in_another_currency(scene: Scene, record: Told) -> Found:
    """Return the verdict if a figure is surely that of a fact, but for its currency."""
    if scene.figure.kind != FigureKind.MONEY:
        return NOTHING
    for target in record.targets:
        if target.measure not in (Measure.MONEY, Measure.CRYPTO):
            continue
        bare = [one._replace(unit=target.dimension) for one in scene.figure.readings if isinstance(one, Amount)][:1]
        other = scene._replace(figure=scene.figure._replace(readings=bare))
        found = _fit_amount(other, target, record)
        if found and found.sure:
            for fact in target.facts:
                if _compared(other, target, fact) is Verdict.SUPPORTED:
                    return Found(Verdict.CONTRADICTED, target, fact, _others(fact))
    return NOTHING


def _fits(scene: Scene, record: Told) -> Iterator[_Fit]:
    is_date = scene.figure.kind == FigureKind.DATE
    for target in record.targets:
        if is_date != (target.type == "date") or not any(_is_of(target, one) for one in scene.figure.readings):
            continue
        found = _fit_date(scene, target) if is_date else _fit_amount(scene, target, record)
        if found:
            yield found


def _is_of(target: Target, reading: Reading) -> bool:
    """Whether a reading is of the dimension of a target."""
    if isinstance(reading, Moment):
        return target.type == "date"
    if reading.unit:
        return units.base(reading.unit) == target.dimension
    return target.measure in (Measure.COUNT, Measure.NONE)


def _marked(scene: Scene, target: Target) -> tuple[int, bool, bool]:
    """Return how much of what tells a thing is named, whether all is, and whether something speaks against it."""
    kind = target.decisive
    if not kind:
        return 0, False, False
    wanted, said = target.marks[kind], scene.named[kind]
    against = bool(said.ids) and not wanted & said.ids
    sure = bool(wanted & said.ids) and (said.close or (said.near and target.kind == MARKETS and kind == MARKETS))
    rank = 2 * bool(wanted & said.ids)
    if kind == OPERATIONS and scene.earlier:
        against, sure = False, False
    return rank, sure, against


def _countries(scene: Scene, target: Target) -> tuple[int, bool, bool]:
    if target.kind not in ("arrests", "seizures"):
        return 0, True, False
    wanted, said = target.marks.get(COUNTRIES, frozenset()), scene.named[COUNTRIES]
    if not wanted:
        return 0, not said.close, said.close and bool(said.ids)
    if wanted & said.ids:
        return 2, said.close or len(said.ids) == 1, False
    return 0, False, bool(said.ids)


def _fit_amount(scene: Scene, target: Target, record: Told) -> _Fit | None:
    rank, sure, against = _marked(scene, target)
    more, sure_of_place, wrong_place = _countries(scene, target)
    if against or wrong_place:
        return None
    matter = _matter(scene, target, record)
    if matter is None:
        return None
    if not scene.named[MARKETS].close and target.kind == MARKETS and matter < 3:
        sure = False
    rank += more + matter
    is_apart = scene.apart or target.loose or (scene.elsewhere and target.kind in ("arrests", "seizures"))
    if target.property == "sentence" and read_cues().apart["sentence"].search(scene.clause):
        return None
    if target.kind in ("arrests", "seizures") and scene.named[MARKETS].here and target.decisive == OPERATIONS:
        is_apart = True
    if target.kind in ("arrests", "seizures") and target.decisive == OPERATIONS and not scene.tells:
        is_apart = is_apart or scene.named[PEOPLE].near or scene.named[PEOPLE].close
    return _Fit(target, rank, sure and sure_of_place and matter > 1 and not is_apart)


def _matter(scene: Scene, target: Target, record: Told) -> int | None:
    """Return how clearly the words around a figure tell of what a target is; None if they tell of something else."""
    counted = scene.figure.kind == FigureKind.COUNT
    own_noun = False
    if counted and target.measure != Measure.NONE:
        stems = set(map(stem, scene.counted))
        own_noun = (
            bool(stems & target.nouns)
            or target.dimension in scene.units
            or (target.kind != "seizures" and begins(scene.counted, target.cues))
        )
        if scene.counted and not own_noun and not _has_term(scene.counted, target.terms):
            return None
    terms = _terms(scene, target, record)
    if terms is None:
        return None
    if target.measure == Measure.TIME and not _is_lasting(scene, target):
        return None
    cue = 3 * begins(scene.around, target.cues) or 2 * begins(scene.words, target.cues) or _goes_on(scene, target)
    if target.kind == "markets" and counted and own_noun and begins(scene.counted, target.cues):
        cue = max(cue, 2)
    if not cue and target.kind == "seizures" and not read_cues().apart["trade"].search(scene.sentence):
        is_named = own_noun or _has_term(scene.made_of, target.terms)
        is_list = begins(scene.words, read_cues().begin["arrests.count"]) and target.measure == Measure.MONEY
        cue = 2 if is_named or is_list else 0
    if counted and not scene.counted and not cue:
        return None
    if not cue and not own_noun:
        return None
    is_named = own_noun or _has_term(scene.counted, target.terms)
    if counted and target.measure == Measure.COUNT and target.kind != "arrests" and not is_named:
        return None  # a bare number is no number of continents because the sentence has the word
    return (cue or 1) + terms


def _is_lasting(scene: Scene, target: Target) -> bool:
    """Whether a time is how long something lasts, and no distance between two days; of an operation also what lasts."""
    cues = read_cues()
    if cues.apart["distance"].match(scene.behind.lstrip()):
        return False
    if target.property != "duration":
        return True
    return begins(words_of(scene.behind)[:2], target.cues) or cues.apart["lasting"].search(scene.last) is not None


def _goes_on(scene: Scene, target: Target) -> int:
    """Return how clearly a sentence goes on with what the one before it tells: "Germany followed with 52"."""
    if not begins(scene.before, target.cues):
        return 0
    is_told = target.measure == Measure.MASS if target.kind == "seizures" else not scene.counted
    is_told = is_told and (target.kind == "seizures" or bool(target.marks.get(COUNTRIES)))
    return 2 if is_told and target.kind in ("arrests", "seizures") else 1


def _terms(scene: Scene, target: Target, record: Told) -> int | None:
    """Return whether the matter of a target is named behind a figure; None if another one is."""
    if not target.terms or target.kind != "seizures":
        return 0
    if target.measure in (Measure.MONEY, Measure.CRYPTO):
        return 0
    narrow = target.terms - WIDE
    substances = {*read_cues().terms, *record.terms} - WIDE
    is_told = any(_has_term(scene.around, frozenset({one})) for one in substances)
    around = scene.around if is_told else (*scene.around, *scene.beside)
    if narrow:
        if _has_term(around, narrow):
            return 2
        return -3 if target.decisive == PEOPLE and target.measure == Measure.COUNT else None
    if any(_has_term(around, frozenset({one})) for one in substances):
        return None
    return None if scene.made_of and not _has_term(scene.made_of, target.terms) else 1


def _has_term(words: Sequence[str], terms: frozenset[str]) -> bool:
    known = read_cues().terms
    each = {part for one in terms for part in (one, *words_of(one))}
    return any(begins(words, known.get(one, (stem(one),))) for one in each)


def _fit_date(scene: Scene, target: Target) -> _Fit | None:
    rank, sure, against = _marked(scene, target)
    if against:
        return None
    is_announced = "announcement" in target.terms and target.decisive == OPERATIONS
    if scene.titled and is_announced and not any(one.day for one in scene.figure.readings if isinstance(one, Moment)):
        return _Fit(target, rank, sure and not scene.apart)
    cue = begins(scene.around, target.cues)
    beside = not cue and begins(scene.beside, target.cues)
    title = len(set(map(stem, (*scene.around, *scene.beside))) & target.title)
    if not (cue or beside or title > 1) or not rank:
        return None
    scheduled = "sched" in target.title or "expec" in target.title
    if scheduled and not begins(scene.words, ("schedul", "due$", "expect", "set$")):
        return None
    is_whole = target.decisive != OPERATIONS or target.kind != "events" or "announcement" in target.terms
    if is_announced and not scene.tells and not begins(scene.words, read_cues().begin["operation"]):
        is_whole = False
    return _Fit(target, rank + 2 * cue + title, sure and (cue or beside) and is_whole and not scene.apart)


def _said_by_best(scene: Scene, one: _Fit) -> Found | None:
    """Return the verdict if the best value of one of the facts agrees."""
    for fact in one.target.facts:
        verdict = _compared(scene, one.target, fact)
        if verdict:
            open_ = fact.dispute == "open" and verdict is Verdict.SUPPORTED
            return Found(Verdict.DISPUTED if open_ else verdict, one.target, fact, _others(fact))
    return None


def _said_by_others(scene: Scene, one: _Fit) -> Found | None:
    """Return the verdict if only what is not best agrees: disputed, outdated, or contradicted by the best."""
    for fact in one.target.facts:
        for claim in fact.claims:
            if not claim.differs or not any(
                span.relation(claim.span) == Relation.AGREES and not _is_wider(span, claim.span)
                for span in _spans(scene, one.target, claim.unit)
            ):
                continue
            later = _corrected(claim, fact)
            verdict = Verdict.DISPUTED if fact.dispute == "open" else Verdict.CONTRADICTED
            verdict = Verdict.OUTDATED if later else verdict
            if verdict is Verdict.DISPUTED or one.sure:
                return Found(verdict, one.target, fact, _by(claim, fact))
    return None


def _corrected(claim: Said, fact: Fact) -> bool:
    """Whether the publisher of a claim said later what the best one says."""
    return any(
        other.says_best and other.publisher == claim.publisher and other.published > claim.published
        for other in fact.claims
        if claim.publisher and claim.published
    )


def _compared(scene: Scene, target: Target, fact: Fact) -> Verdict | None:
    """Return how a figure stands to a fact that it does not contradict; None if it does, or if nobody says so."""
    if target.type == "date":
        return _compared_date(scene, fact)
    for span in _spans(scene, target, fact.unit):
        relation, best = span.relation(fact.span), fact.span
        if relation == Relation.DIFFERS:
            continue
        if relation == Relation.ALLOWS:
            if not (best.bound and span.lies_beyond(best)):
                if best.bound and span.bound == best.bound and _is_another_size(span, best):
                    continue
                return Verdict.COARSER
            if not _is_within_step(span, fact):
                continue
            return Verdict.FINER
        if span.figure == best.figure and best.bound and not span.bound:
            return Verdict.FINER
        if span == best or (span.figure == best.figure and not span.bound and not best.bound):
            return Verdict.SUPPORTED
        return Verdict.COARSER if span.width > best.width else Verdict.FINER
    return None


def _is_another_size(span: Span, best: Span) -> bool:
    """Whether a bound is ten times away from that of the record: true, but a million said of a billion."""
    sizes = sorted((span.figure or 0, best.figure or 0))
    return sizes[0] * 10 <= sizes[1]


def _is_within_step(span: Span, fact: Fact) -> bool:
    """Whether a figure beyond a bound is nearer to it than its own last digit reaches: 37 is, for more than 30.

    Who says "more than 50.8 million" means no 58 million, though that would be more.
    """
    parts = number.parts(fact.value)
    if parts is None or span.figure is None or fact.span.figure is None:
        return False
    step = 2 * fact.span.width
    return abs(span.figure - fact.span.figure) < step


def _compared_date(scene: Scene, fact: Fact) -> Verdict | None:
    for reading in scene.figure.readings:
        if not isinstance(reading, Moment):
            continue
        if not reading.text:
            known = date.parts(fact.value)
            if reading.month and known[1:2] == (reading.month,) and reading.day in (0, *known[2:]):
                return Verdict.COARSER
            continue
        span = read_span("date", reading.text, "")
        if span and span.relation(fact.span) == Relation.AGREES:
            if span.low == fact.span.low and span.high == fact.span.high:
                return Verdict.SUPPORTED
            return Verdict.COARSER if span.width > fact.span.width else Verdict.FINER
    return None


def _spans(scene: Scene, target: Target, unit: str) -> Iterator[Span]:
    for reading in scene.figure.readings:
        if isinstance(reading, Moment):
            span = read_span("date", reading.text, "") if reading.text else None
        elif not _is_of(target, reading):
            continue
        else:
            span = read_span("number", reading.text, reading.unit or unit)
        if span:
            yield span


def _is_wider(span: Span, other: Span) -> bool:
    return span.width > other.width and span.figure != other.figure


def _against(scene: Scene, target: Target) -> Found | None:
    """Return the verdict if a figure differs from every fact of what it is of."""
    readings = scene.figure.readings
    if any(isinstance(one, Amount) and one.text in ("1", "0") for one in readings) and not scene.figure.words.isdigit():
        return None
    if (
        scene.figure.kind == FigureKind.COUNT
        and scene.figure.words.isdigit()
        and 1900 <= int(scene.figure.words) < 2100
    ):
        return None  # a year, likely
    if isinstance(readings[0], Moment) and not readings[0].text and not readings[0].month:
        return None
    if any(_compared(scene, target, fact) for fact in target.facts):
        return None
    fact = target.facts[-1]
    return Found(Verdict.CONTRADICTED, target, fact, _others(fact))


def _others(fact: Fact) -> str:
    return fact.also


def _by(claim: Said, fact: Fact) -> str:
    same = dict.fromkeys(one.source for one in fact.claims if one.value == claim.value and one.unit == claim.unit)
    return f"{' '.join(filter(None, (claim.value, claim.unit)))} by {', '.join(same)}"
