"""Who agrees with whom, counted in sweeps over sorted spans: n log n in the claims of one figure.

Points (a figure, "about", a range, a date) agree where what they cover overlaps; a bound agrees with points in the
same way, and with bounds of the same figure.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from spectorcli.values.span import End, Relation, Span


class Mark(NamedTuple):
    """A span that is claimed, and by whom as far as counting goes: an origin or a publisher."""

    span: Span
    by: str


class Overlaps:
    """Claims, asked by whom something is said that agrees with a span."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        ordered = sorted(set(marks), key=lambda mark: mark.span.start)
        self._bounds: dict[float | None, list[Mark]] = {}
        for mark in ordered:
            if mark.span.bound:
                self._bounds.setdefault(mark.span.figure, []).append(mark)
        self._two: dict[Span, set[str]] = {}
        self._all = _Reach(ordered)
        self._points = _Reach([mark for mark in ordered if not mark.span.bound]) if self._bounds else self._all

    def two(self, span: Span) -> set[str]:
        """Return by whom it is said, or two of them: enough to tell none, one and several apart."""
        if span not in self._two:
            self._two[span] = self.alike(span) | self._points.two(span) if span.bound else self._all.two(span)
        return self._two[span]

    def alike(self, bound: Span) -> set[str]:
        """Return by whom a bound of the same figure is stated that agrees with a bound."""
        alike = self._bounds.get(bound.figure, ())
        return {mark.by for mark in alike if mark.span.relation(bound) == Relation.AGREES}


class _Reach:
    """Spans by where they start, with the one that reaches furthest of all up to there, and the furthest by another."""

    def __init__(self, ordered: Sequence[Mark]) -> None:
        self._starts = [mark.span.start for mark in ordered]
        self._furthest = list(accumulate(((mark,) for mark in ordered), _furthest))

    def two(self, span: Span) -> set[str]:
        place = bisect_right(self._starts, span.stop)
        furthest = self._furthest[place - 1] if place else ()
        return {mark.by for mark in furthest if mark.span.stop >= span.start}


def _furthest(known: tuple[Mark, ...], further: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """Return the mark that reaches furthest, and of those by another the furthest."""
    first, *second = known
    (mark,) = further
    if mark.by == first.by:
        return max(first, mark, key=_stop), *second
    return (mark, first) if _stop(mark) > _stop(first) else (first, max(mark, *second, key=_stop) if second else mark)


def _stop(mark: Mark) -> End:
    return mark.span.stop


class Straddling:
    """Claims, asked whether a span agrees with two of them that differ."""

    def __init__(self, spans: Iterable[Span]) -> None:
        known = list(spans)
        points = [span for span in known if not span.bound]
        self._all = _Ends(known)
        self._points = _Ends(points) if len(points) < len(known) else self._all

    def __contains__(self, span: Span) -> bool:
        """Whether one that ends first lies wholly before one that starts last, of those that the span overlaps."""
        ends = self._points if span.bound else self._all
        return ends.first_stop(span) < ends.last_start(span)


class _Ends:
    """Where spans end and start: the places between which those that a further span overlaps can differ.

    Who says "more than" differs from nobody beyond it, so its stop is no end, and no start is that of "fewer than".
    """

    def __init__(self, spans: Sequence[Span]) -> None:
        self._stops = sorted(span.stop for span in spans if span.bound <= 0)
        self._starts = sorted(span.start for span in spans if span.bound >= 0)

    def first_stop(self, span: Span) -> End:
        place = bisect_left(self._stops, span.start)
        return self._stops[place] if place < len(self._stops) else (float("inf"), 1)

    def last_start(self, span: Span) -> End:
        place = bisect_right(self._starts, span.stop)
        return self._starts[place - 1] if place else (float("-inf"), -1)


def count_support(spans: Iterable[Span], marks: Iterable[Mark]) -> dict[Span, int]:
    """Return by how many each span is supported: who agrees with it and is no more precise."""
    asked, waiting = sorted(set(spans), key=_width), sorted(set(marks), key=lambda mark: mark.span.width)
    bits: dict[str, int] = {}
    placed = [(mark.span, bits.setdefault(mark.by, 1 << len(bits))) for mark in waiting]
    agreeing, counts = _Agreeing([*asked, *(mark.span for mark in waiting)]), {}
    while asked:
        span = asked.pop()
        while placed and placed[-1][0].width >= span.width:
            agreeing.add(*placed.pop())
        counts[span] = agreeing.ask(span).bit_count()
    return counts


def gather(placed: Sequence[tuple[Span, int]], asked: Iterable[Span]) -> dict[Span, int]:
    """Return for each span the union of the bits that come with the spans with which it agrees."""
    spans = set(asked)
    agreeing = _Agreeing([*spans, *(span for span, _ in placed)])
    for span, bits in placed:
        agreeing.add(span, bits)
    return {span: agreeing.ask(span) for span in spans}


def _width(span: Span) -> float:
    return span.width


class _Agreeing:
    """Sets of bits that come with spans, and their union over all that agree with a span."""

    def __init__(self, spans: Sequence[Span]) -> None:
        """Take all spans that will be added or asked for."""
        places = sorted({end for span in spans for end in (span.start, span.stop)})
        self._places = {end: place for place, end in enumerate(places)}
        self._points = _Union(len(places))
        self._bounds = _Union(len(places) if any(span.bound for span in spans) else 0)
        self._alike: dict[float | None, list[tuple[Span, int]]] = {}

    def add(self, span: Span, bits: int) -> None:
        place = self._places[span.start], self._places[span.stop]
        if span.bound:
            self._bounds.add(*place, bits)
            self._alike.setdefault(span.figure, []).append((span, bits))
        else:
            self._points.add(*place, bits)

    def ask(self, span: Span) -> int:
        place = self._places[span.start], self._places[span.stop]
        if not span.bound:
            return self._points.ask(*place) | self._bounds.ask(*place)
        union = self._points.ask(*place)
        for bound, bits in self._alike.get(span.figure, ()):
            union |= bits if bound.relation(span) == Relation.AGREES else 0
        return union


class _Union:
    """Sets of bits that come with ranges of places, and their union over all that overlap a range.

    Two segment trees: one has each range where it starts, the other over all of its places. What overlaps starts
    within, or covers the first place.
    """

    def __init__(self, places: int) -> None:
        self._size = places
        self._starting = [0] * (2 * places)
        self._covering = [0] * (2 * places)

    def add(self, first: int, last: int, bits: int) -> None:
        node = first + self._size
        while node:
            self._starting[node] |= bits
            node >>= 1
        first, last = first + self._size, last + self._size + 1
        while first < last:  # the fewest nodes under which are all places from the first to the last
            if first & 1:
                self._covering[first] |= bits
                first += 1
            if last & 1:
                last -= 1
                self._covering[last] |= bits
            first, last = first >> 1, last >> 1

    def ask(self, first: int, last: int) -> int:
        if not self._size:
            return 0
        union, node = 0, first + self._size
        while node:
            union |= self._covering[node]
            node >>= 1
        first, last = first + self._size, last + self._size + 1
        while first < last:
            if first & 1:
                union |= self._starting[first]
                first += 1
            if last & 1:
                last -= 1
                union |= self._starting[last]
            first, last = first >> 1, last >> 1
        return union
