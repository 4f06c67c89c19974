"""How a figure of a draft stands to the case; false alarms are worse than what is not found.

A figure is of a fact for sure if its unit, the words for the matter and all by which the thing is told from others
stand around it. ``contradicted`` needs that, and that it differs from every fact of which it may be for sure; what a
source says all the same is told in ``also``. To be ``supported`` it is enough that nothing around it speaks against
the fact with which it agrees.
"""

from spectorcli.factcheck.fits import fit, fits
from spectorcli.factcheck.found import NOTHING, Found, Verdict
from spectorcli.factcheck.record import Told, read_span
from spectorcli.factcheck.scene import Scene
from spectorcli.factcheck.standing import against, compared, said_by_best, said_by_others
from spectorcli.values.figures import Amount, FigureKind, Moment
from spectorcli.values.span import Relation
from spectorcli.values.units import Measure

_ORDER = (Verdict.SUPPORTED, Verdict.DISPUTED, Verdict.COARSER, Verdict.FINER)
"""Of the facts with which a figure agrees the one that it says most exactly comes first."""

_NO_VALUES = (FigureKind.VAGUE, FigureKind.AGE)


def judge(scene: Scene, record: Told) -> Found:
    """Return how a figure stands to what the case says."""
    if scene.figure.kind in _NO_VALUES or not scene.figure.readings or not scene.topics:
        return NOTHING
    if said := _by_own_list(scene):
        return said
    found = fits(scene, record)
    agreeing = [(one, said) for one in found if (said := said_by_best(scene, one))]
    agreeing = [(one, said) for one, said in agreeing if one.sure or said.verdict is not Verdict.FINER]
    if agreeing:
        return min(agreeing, key=lambda each: (-each[0].sure, _ORDER.index(each[1].verdict), -each[0].rank))[1]
    if said := next(filter(None, (said_by_others(scene, one) for one in found)), None):
        return said
    sure = [one for one in found if one.sure]
    contradicted = [said for one in sure if (said := against(scene, one.target))]
    if contradicted and len(contradicted) == len(sure):
        return contradicted[0]
    return NOTHING if sure else _in_another_currency(scene, record)


def _by_own_list(scene: Scene) -> Found | None:
    """Return the verdict if a draft counts otherwise than it lists."""
    reading = scene.figure.readings[0]
    if not scene.listed or not isinstance(reading, Amount) or reading.qualifier or reading.high is not None:
        return None
    if reading.value == len(scene.listed):
        return None
    names = ", ".join(one.words for one in scene.listed)
    return Found(Verdict.CONTRADICTED, also=f"listed here: {names}", best=str(len(scene.listed)))


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
        found = fit(other, target, record)
        if found and found.sure:
            for fact in target.facts:
                if compared(other, target, fact) is Verdict.SUPPORTED:
                    return Found(Verdict.CONTRADICTED, target, fact, fact.also)
    return NOTHING
