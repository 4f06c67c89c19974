"""How a figure stands to the facts of which it may be: what the best value says, and what others say."""

from collections.abc import Iterator

from spectorcli.factcheck.fits import Fit, is_of
from spectorcli.factcheck.found import Found, Verdict
from spectorcli.factcheck.record import Fact, Said, Target, read_span
from spectorcli.factcheck.scene import Scene
from spectorcli.values import date, number
from spectorcli.values.figures import Amount, FigureKind, Moment
from spectorcli.values.span import Relation, Span


def said_by_best(scene: Scene, one: Fit) -> Found | None:
    """Return the verdict if the best value of one of the facts agrees."""
    for fact in one.target.facts:
        verdict = compared(scene, one.target, fact)
        if verdict:
            open_ = fact.dispute == "open" and verdict is Verdict.SUPPORTED
            return Found(Verdict.DISPUTED if open_ else verdict, one.target, fact, fact.also)
    return None


def said_by_others(scene: Scene, one: Fit) -> Found | None:
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


def compared(scene: Scene, target: Target, fact: Fact) -> Verdict | None:
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
        elif not is_of(target, reading):
            continue
        else:
            span = read_span("number", reading.text, reading.unit or unit)
        if span:
            yield span


def _is_wider(span: Span, other: Span) -> bool:
    return span.width > other.width and span.figure != other.figure


def against(scene: Scene, target: Target) -> Found | None:
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
    if any(compared(scene, target, fact) for fact in target.facts):
        return None
    fact = target.facts[-1]
    return Found(Verdict.CONTRADICTED, target, fact, fact.also)


def _by(claim: Said, fact: Fact) -> str:
    same = dict.fromkeys(one.source for one in fact.claims if one.value == claim.value and one.unit == claim.unit)
    return f"{' '.join(filter(None, (claim.value, claim.unit)))} by {', '.join(same)}"
