"""Flags: yes or no."""

from spectorcli.values.span import BadValue
from spectorcli.values.term import base, brief, relation, say, write

__all__ = ["base", "brief", "read", "relation", "say", "write"]


_YES = "yes y true wahr ja vrai oui vero sì si sí verdadero verdadeiro sim waar tak prawda 1"
_NO = "no n false falsch nein faux non falso não nao onwaar nee nie fałsz 0"

WORDS = dict.fromkeys(_YES.split(), "yes") | dict.fromkeys(_NO.split(), "no")
"""What spreadsheets make of a flag, and people write, in lower case."""


def read(text: str, unit: str = "") -> str:
    """Return a flag as it is compared.

    Raises:
        BadValue: it is neither yes nor no.
    """
    if text not in {"yes", "no"}:
        raise BadValue(f"{text!r} is neither yes nor no")
    return text
