"""Number words that make one number: what each adds or multiplies, also inside one word."""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from spectorcli.values.figures.language import Part, read_language


@lru_cache(4096)
def inside(word: str, code: str) -> tuple[Part | None, ...]:
    """Return the parts of one word that is a number, None for what joins them; nothing if it is none."""
    known = read_language(code)
    ends: dict[int, tuple[Part | None, ...]] = {0: ()}
    if len(word) > 80:
        return ()
    for start in range(len(word)):
        if start in ends:
            for end in range(start + 1, len(word) + 1):
                piece = word[start:end]
                if piece in known.glue and start:
                    ends.setdefault(end, (*ends[start], None))
                elif piece in known.inside:
                    longer = (*ends[start], known.inside[piece])
                    if end not in ends or compose(ends[end]) is None:
                        ends[end] = longer
    parts = ends.get(len(word), ())
    return parts if parts and compose(parts) is not None else ()


def compose(parts: Sequence[Part | None]) -> Decimal | None:
    """Return the number that parts make in their order, where ``None`` is a word that joins; None if they make none."""
    total = current = Decimal(0)
    room, biggest, joined = Decimal("inf"), Decimal("inf"), False
    for part in parts:
        if part is None:
            joined = True
            continue
        value = part.value
        if not part.multiplies:
            tens = joined and room == 1 and current % 100 < 10 and 20 <= value < 100
            if not (value < room or tens):
                return None
            current, room = current + value, _room(value)
        elif value < 1000:
            if current >= 100 or (room == 0):
                return None
            current, room = (current or 1) * value, Decimal(100 if value == 100 else 0)
        elif total and value < biggest:
            if not current:
                return None
            total, current, room, biggest = total + current * value, Decimal(0), Decimal(1000), value
        elif total and value == biggest:
            return None
        else:
            total, current = (total + current or 1) * value, Decimal(0)
            room, biggest = Decimal(1000), value
        joined = False
    return total + current if parts and parts[-1] is not None else None


def _room(value: Decimal) -> Decimal:
    """Return what may still be added to a part: less than ten to twenty, in French up to nineteen to sixty."""
    if value >= 100:
        return Decimal(100)
    return Decimal(20 if value in (60, 80) else 10 if value >= 20 else 1 if value % 1 == 0 else 0)
