"""Imports what a format needs beyond spector's own dependencies, or says which extra brings it."""

from collections.abc import Iterator
from contextlib import contextmanager

from spectorcli.errors import EnvironmentFailed


@contextmanager
def extra(name: str) -> Iterator[None]:
    """Import, in the block, what the extra ``name`` brings.

    Raises:
        EnvironmentFailed: it is not installed.
    """
    try:
        yield
    except ImportError:
        raise EnvironmentFailed(f"this needs more: pip install 'spector-cli[{name}]'") from None
