"""Several figures with their units in one cell of an answer: ``53400000 USD; >50800000 EUR``."""

from spectorcli.values import number
from spectorcli.values.listing import split


def brief(text: str) -> str:
    """Return amounts as they stand in a table: ``53,400,000 USD; >50,800,000 EUR``."""
    return "; ".join(number.brief(*_parted(one)) for one in split(text))


def say(text: str) -> str:
    """Return amounts in words: ``53,400,000 USD, more than 50,800,000 EUR``."""
    return ", ".join(number.say(*_parted(one)) for one in split(text))


def _parted(amount: str) -> tuple[str, str]:
    value, _, unit = amount.partition(" ")
    return value, unit
