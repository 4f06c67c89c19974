"""What the rows of a case may refer to, for looking up only."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from spectorcli.vocabulary import Kind


@dataclass(frozen=True)
class Known:
    """The kinds of a case, and of which kind an id is; ``incomplete`` if a row of things could not be read.

    Who names what may stand in such a row is not to blame.
    """

    kinds: Mapping[str, Kind]
    kind_of: Callable[[str], str | None]
    incomplete: bool = False
