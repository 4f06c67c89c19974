"""Of which facts a figure may be: by its unit, the words for the matter, and the things that are named around it.

It is of one for sure only if all by which the thing is told from others is named.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from spectorcli.cues import Cues, begins, stem, words_of
from spectorcli.factcheck.record import COUNTRIES, MARKETS, OPERATIONS, PEOPLE, Target, Told
from spectorcli.factcheck.scene import Scene
from spectorcli.values import units
from spectorcli.values.figures import FigureKind, Moment, Reading
from spectorcli.values.names import fold
from spectorcli.values.span import RECENT
from spectorcli.values.units import Measure

WIDE = frozenset({"drugs", "firearms", "money"})
"""What a thing may be that others are parts of: a figure of one of these is none of the whole."""


SEQUENCE = "sequence"
"""The property that is a place in a series."""

GOODS = frozenset({"cash", "crypto", "cryptocurrency", "accounts", "vehicles"})
"""Terms of what is no substance."""


class Fit(NamedTuple):
    """A target of which a figure may be: how much speaks for it, and whether it is so for sure."""

    target: Target
    rank: int
    sure: bool


def fits(scene: Scene, record: Told) -> list[Fit]:
    """Return the targets of which a figure may be, those that it is of for sure first."""
    found = (fit(scene, target, record) for target in record.targets if _is_of_some(scene, target))
    return sorted(filter(None, found), key=lambda one: (-one.sure, -one.rank))


def fit(scene: Scene, target: Target, record: Told) -> Fit | None:
    """Return how a figure fits a target of its dimension; None if something speaks against it."""
    if scene.figure.kind == FigureKind.ORDINAL:
        return _fit_ordinal(scene, target)
    return _fit_date(scene, target) if target.type == "date" else _fit_amount(scene, target, record)


def is_of(target: Target, reading: Reading) -> bool:
    """Whether a reading is of the dimension of a target."""
    if isinstance(reading, Moment):
        return target.type == "date"
    if reading.unit:
        return units.base(reading.unit) == target.dimension
    return target.measure in (Measure.COUNT, Measure.NONE)


def _is_of_some(scene: Scene, target: Target) -> bool:
    if (target.property == SEQUENCE) != (scene.figure.kind == FigureKind.ORDINAL):
        return False
    may_be_year = not scene.counted and any(isinstance(one, Moment) for one in scene.figure.readings)
    is_date = scene.figure.kind == FigureKind.DATE or may_be_year
    return is_date == (target.type == "date") and any(is_of(target, one) for one in scene.figure.readings)


def _marked(scene: Scene, target: Target) -> tuple[int, bool, bool]:
    """Return how much of what tells a thing is named, whether all is, and whether something speaks against it."""
    kind = target.decisive
    if not kind:
        return 0, False, False
    wanted, said = target.marks[kind], scene.topics[kind]
    against = bool(said.ids) and not wanted & said.ids
    sure = bool(wanted & said.ids) and (said.close or (said.near and target.kind == MARKETS and kind == MARKETS))
    rank = 2 * bool(wanted & said.ids)
    if kind == OPERATIONS and scene.earlier:
        against, sure = False, False
    return rank, sure, against


def _countries(scene: Scene, target: Target) -> tuple[int, bool, bool]:
    if target.kind not in ("arrests", "seizures"):
        return 0, True, False
    wanted, said = target.marks.get(COUNTRIES, frozenset()), scene.topics[COUNTRIES]
    if not wanted:
        return 0, not (said.ids or said.near), said.close and bool(said.ids)
    if wanted & said.ids:
        return 2, said.close or len(said.ids) == 1, False
    return 0, False, bool(said.ids)


def _fit_amount(scene: Scene, target: Target, record: Told) -> Fit | None:
    rank, sure, against = _marked(scene, target)
    more, sure_of_place, wrong_place = _countries(scene, target)
    if against or wrong_place:
        return None
    matter = _matter(scene, target, record)
    if matter is None:
        return None
    if not scene.topics[MARKETS].close and target.kind == MARKETS and matter < 3:
        sure = False
    rank += more + matter
    is_apart = scene.apart or target.loose or (scene.elsewhere and target.kind in ("arrests", "seizures"))
    if target.property == "sentence" and scene.cues.said["limit"].search(scene.clause):
        return None
    if target.kind in ("arrests", "seizures") and scene.topics[MARKETS].here and target.decisive == OPERATIONS:
        is_apart = True
    if target.kind in ("arrests", "seizures") and target.decisive == OPERATIONS and not scene.tells:
        is_apart = is_apart or scene.topics[PEOPLE].near or scene.topics[PEOPLE].close
    return Fit(target, rank, sure and sure_of_place and matter > 1 and not is_apart)


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
        if scene.counted and not own_noun and not _has_term(scene.cues, scene.counted, target.terms):
            return None
    terms = _terms(scene, target, record)
    if terms is None:
        return None
    if target.measure == Measure.TIME and not _is_lasting(scene, target):
        return None
    cue = 3 * begins(scene.around, target.cues) or 2 * begins(scene.words, target.cues) or _goes_on(scene, target)
    if target.kind == "markets" and counted and own_noun and begins(scene.counted, target.cues):
        cue = max(cue, 2)
    if not cue and target.kind == "seizures" and not scene.cues.said["trade"].search(scene.sentence):
        is_named = own_noun or _has_term(scene.cues, scene.made_of, target.terms)
        is_list = begins(scene.words, scene.cues.properties["arrests.count"]) and target.measure == Measure.MONEY
        cue = 2 if is_named or is_list else 0
    if counted and not scene.counted and not cue:
        return None
    if not cue and not own_noun:
        return None
    is_named = own_noun or _has_term(scene.cues, scene.counted, target.terms)
    if counted and target.measure == Measure.COUNT and target.kind != "arrests" and not is_named:
        return None  # a bare number is no number of continents because the sentence has the word
    return (cue or 1) + terms


def _is_lasting(scene: Scene, target: Target) -> bool:
    """Whether a time is how long something lasts, and no distance between two days; of an operation also what lasts."""
    if scene.cues.said["distance"].match(scene.behind.lstrip()):
        return False
    if target.property != "duration":
        return True
    return begins(words_of(scene.behind)[:2], target.cues) or scene.cues.said["lasting"].search(scene.last) is not None


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
    substances = {*scene.cues.terms, *record.terms} - GOODS - WIDE
    is_told = any(_has_term(scene.cues, scene.around, frozenset({one})) for one in substances)
    around = scene.around if is_told else (*scene.around, *scene.beside)
    if narrow:
        if _has_term(scene.cues, around, narrow):
            return 2
        return -3 if target.decisive == PEOPLE and target.measure == Measure.COUNT else None
    if any(_has_term(scene.cues, around, frozenset({one})) for one in substances):
        return None
    return None if scene.made_of and not _has_term(scene.cues, scene.made_of, target.terms) else 1


def _has_term(cues: Cues, words: Sequence[str], terms: frozenset[str]) -> bool:
    """Whether words tell of a term, or of a part of one; what has no cues is known by other forms of its own word.

    Suspected narcotics are not told of by drugs of any kind.
    """
    if not terms & WIDE:
        words = [word for word in words if not _is_drugs(word, cues.terms["drugs"])]
    stems = {*map(stem, words)}
    each = {part for one in terms for part in (one, *words_of(one))}
    return any(begins(words, cues.terms[one]) if one in cues.terms else stem(one) in stems for one in each)


@lru_cache(RECENT)
def _is_drugs(word: str, drugs: tuple[str, ...]) -> bool:
    return begins([word], drugs)


def _fit_ordinal(scene: Scene, target: Target) -> Fit | None:
    """Return whether a place in a series is that of an operation; it is for sure only if the series is named."""
    rank, sure, against = _marked(scene, target)
    series = scene.cues.said["series"]
    operations = [fold(word) for word in scene.cues.phrases["operation"]]
    if against or not rank or not (begins(scene.noun, operations) or series.match(scene.behind.lstrip())):
        return None
    return Fit(target, rank, sure and series.search(scene.sentence) is not None and not scene.apart)


def _fit_date(scene: Scene, target: Target) -> Fit | None:
    rank, sure, against = _marked(scene, target)
    if against:
        return None
    is_announced = "announcement" in target.terms and target.decisive == OPERATIONS
    if scene.titled and is_announced and not any(one.day for one in scene.figure.readings if isinstance(one, Moment)):
        return Fit(target, rank, sure and not scene.apart)
    cue = begins(scene.around, target.cues)
    beside = not cue and begins(scene.beside, target.cues)
    title = len(set(map(stem, (*scene.around, *scene.beside))) & target.title)
    if not (cue or beside or title > 1) or not rank:
        return None
    scheduled = "sched" in target.title or "expec" in target.title
    if scheduled and not scene.cues.said["expected"].search(scene.sentence):
        return None
    is_whole = target.decisive != OPERATIONS or target.kind != "events" or "announcement" in target.terms
    tells = scene.tells or scene.topics[OPERATIONS].near
    if is_announced and not tells and not begins(scene.words, scene.cues.events["operation"]):
        is_whole = False
    is_told = (cue or beside) and is_whole and not (scene.apart or target.loose)
    return Fit(target, rank + 2 * cue + title, sure and is_told)
