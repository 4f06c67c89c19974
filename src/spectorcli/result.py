"""The answer to a question: the only shape that passes between floors.

A question fills it, a format writes it, and neither knows the other.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

Cell = str | int | float | None
Row = Sequence[Cell]


class Result(NamedTuple):
    """Rows under named columns; a named tuple, for importing dataclasses costs each question 2 ms.

    ``columns`` are the keys in every format, in snake_case. ``rows`` may be read once only: machine
    formats stream them. ``notes`` are sentences for a person: a picture of the answer shows them
    under it, a machine format leaves them out. ``look`` is how it is best drawn, ``words`` are those
    to be marked in it. ``exit_code`` is 1 where the answer is no.
    """

    title: str
    columns: Sequence[str]
    rows: Iterable[Row]
    notes: Sequence[str] = ()
    look: str = "table"
    words: Sequence[str] = ()
    exit_code: int = 0
