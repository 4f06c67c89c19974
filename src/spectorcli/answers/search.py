"""Answers where words appear in a case, or else words that are spelled like them."""

import re
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Sequence

from spectorcli.answers.ask import begun
from spectorcli.case import Case
from spectorcli.errors import UsageError
from spectorcli.result import Look, Note, Result, Row, Said, Shows
from spectorcli.values.names import apart, fold, is_written_without_spaces, sound

MOST_WORDS = 50
"""Words to search for: SQLite takes the time of their square."""

LONGEST_QUERY = 1000
"""Characters of a query that is given to SQLite as it was typed."""

LONGEST_EXCERPT = 16
"""Words of a text that are shown."""

TEXT = 4
"""The place of the text in a row."""


def search(case: Case, text: str) -> Result:
    """Return where words appear in things and claims, best match first.

    ``text`` is a query of FTS5 (words, "phrases", prefix*); anything else is searched literally.
    """
    asked = list(dict.fromkeys(re.findall(r"\w+", re.sub(r"(?<=\d),(?=\d{3})", "", text))))
    if not asked:
        raise UsageError("give a word to search for")
    if len(asked) > MOST_WORDS:
        raise UsageError(f"{len(asked):,} words are too many to search for; give {MOST_WORDS} at most")
    words = _query(text) if len(text) < LONGEST_QUERY else " ".join(asked)
    title = f"Search for {text}"
    try:
        result = _found(case, words, title)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            raise
        literal = dict.fromkeys(text.replace('"', " ").split())
        result = _found(case, " ".join(f'"{apart(word)}"' for word in literal), title)
    given = re.findall(r"\w+", text)
    rows = begun(result) or begun(_found(case, _spelled(text)))
    if rows:
        return result._replace(rows=_excerpts(rows, given), highlights=given)
    near = {word: _near(case, word) for word in asked}
    groups = [" OR ".join(f'"{one}"' for one in words) for words in near.values() if words]
    for operator in (" AND ", " OR "):
        if groups and not rows:
            rows = begun(_found(case, operator.join(f"({group})" for group in groups)))
    if not rows:
        rows = begun(_found(case, " OR ".join(_labels(case, text))))
        if rows:
            return result._replace(rows=_excerpts(rows, given))
    changed = [f"{one!r}" for word, words in near.items() for one in words if one not in text.casefold().split()]
    instead = "" if not rows else " but" if changed else " all"
    cells = {"text": Said(Shows.TEXT, text), "words": Said(Shows.TEXT, " or ".join(dict.fromkeys(changed)))}
    found = tuple(one for words in near.values() for one in words)
    notes = [Note(f"nothing holds{instead}", cells)]
    return result._replace(rows=_excerpts(rows or (), found), notes=notes, highlights=found)


def _found(case: Case, words: str, title: str = "") -> Result:
    return case.result(title, "questions/search", {"words": words}, Look.HITS)


def _excerpts(rows: Iterable[Row], words: Sequence[str]) -> Iterator[Row]:
    """Yield rows with what stands around the first of some words in place of the whole text."""
    keys = tuple(map(fold, words))
    return ((*row[:TEXT], _excerpt(str(row[TEXT]), keys), *row[TEXT + 1 :]) for row in rows)


def _excerpt(text: str, keys: tuple[str, ...]) -> str:
    """Return ``LONGEST_EXCERPT`` words of a text, with the first that begins with a key in their middle."""
    words = list(re.finditer(r"\w+", text))
    if len(words) <= LONGEST_EXCERPT:
        return text
    hit = next((place for place, word in enumerate(words) if fold(word[0]).startswith(keys)), 0)
    start = min(max(hit - LONGEST_EXCERPT // 2, 0), len(words) - LONGEST_EXCERPT)
    end = start + LONGEST_EXCERPT
    before = f"… {text[words[start].start() :]}" if start else text
    behind = text[words[end - 1].end() :] if end < len(words) else ""
    return f"{before.removesuffix(behind)} …" if behind else before


def _query(text: str) -> str:
    """Return a query in which what has no spaces between its words is looked for as a part of what is there."""
    if not is_written_without_spaces(text):
        return text
    return apart(text) if '"' in text else re.sub(r"[^\s\"*()]+", lambda word: _phrase(word[0]), text)


def _phrase(word: str) -> str:
    return f'"{apart(word)}"' if is_written_without_spaces(word) else word


def _spelled(text: str) -> str:
    """Return a query for other spellings of the words of a text."""
    keys = map(fold, text.replace('"', " ").split())
    return " AND ".join(f'("{apart(key)}" OR "{apart(sound(key))}")' for key in keys if key)


def _labels(case: Case, text: str) -> list[str]:
    """Return, for a query, what the things are called that a text may mean, perhaps in other letters."""
    labels = (label.replace('"', " ") for _, _, label in case.find(text)[:MOST_WORDS])
    return [f'"{label}"' for label in labels]


def _near(case: Case, word: str) -> list[str]:
    """Return the words of the index that begin like a word, or else those that are spelled nearly like it.

    They are looked for among those with its first letter, and else among all, which are many in a large case.
    """
    from difflib import get_close_matches

    word = word.casefold()
    for first, last in ((word[0], chr(ord(word[0]) + 1)), ("", chr(sys.maxunicode))):
        rows = case.records("answers/words", {"word": word, "first": first, "last": last})
        likely = [str(row["term"]) for row in rows]
        beginning = [term for term in likely if term.startswith(word)]
        if near := beginning[:5] or get_close_matches(word, likely, n=3, cutoff=0.75):
            return near
    return []
