"""Names as they are looked up: two spellings of one name have one key, however they were typed or saved.

A key is never shown. ``fold`` forgets only what a keyboard, a file system or a spreadsheet changes; ``sound``
forgets more, also the script, and is asked where nothing has the folded name.
"""

import re
from functools import cache, lru_cache

from spectorcli.values.span import RECENT

_LETTERS = str.maketrans(
    {
        **{"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "ĸ": "k", "ŋ": "n", "ə": "a"},
        **{"æ": "ae", "œ": "oe", "ß": "ss", "þ": "th"},
        **{"ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه"},  # one letter to Arabic, Persian and Urdu keyboards
    }
)
"""Letters that Unicode does not take apart, in lower case."""

_MARKS = r"\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff"
"""Accents of Latin, Greek and Cyrillic, points of Hebrew and Arabic. In other scripts a mark is a letter's half."""

_APOSTROPHES = r"'`\u00b4\u02b9-\u02bd\u02c8\u2018-\u201b\u2032\u2035\uff07"

_FILLERS = "\u0640\u115f\u1160\u3164\uffa0"
"""Letters, says Unicode, that show nothing, or only lengthen the one before."""

_PLAIN = (("-", " "), ("_", " "), ("'", ""), ("`", ""))

_UNSEEN = r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"

UNSPACED = (
    r"\u0e01-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf"
    r"\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
"""Letters of scripts in which words are not told apart, as they stand in a class of a pattern."""


def fold(name: str) -> str:
    """Return the key of a name: ``jean luc muller`` for ``Jean-Luc Müller``, ``obrien`` for ``O’Brien``.

    In lower case, without accents, apostrophes, full stops and what is not seen, with one space for hyphens,
    dots in the middle and any white space. Chinese stays Chinese and a Thai vowel stays where it is.
    """
    if not name.isascii():
        from unicodedata import normalize

        letters = normalize("NFKD", _apostrophes().sub("", name)).casefold().translate(_LETTERS)
        name = normalize("NFC", _marks().sub("", letters))
        name = _pauses().sub(" ", name)
    name = name.casefold()
    for letter, plain in _PLAIN:  # a table of str.translate takes five times as long
        name = name.replace(letter, plain)
    return " ".join((_stops().sub("", name) if "." in name else name).split())


@cache
def fold_letter(letter: str) -> str:
    """Return what one character becomes, nothing or several letters, for who keeps the places of letters in a text.

    All marks go, those of every script, and what is not seen; a Hangul syllable falls into its letters, so that a
    composed and a decomposed one are alike. What stands between words stays.
    """
    from unicodedata import category, normalize

    apart = normalize("NFKD", normalize("NFKD", letter).casefold()).translate(_LETTERS)
    return "".join(one for one in apart if category(one) not in {"Mn", "Mc", "Me", "Cf"} and one not in _FILLERS)


def sound(key: str) -> str:
    """Return the weaker key of a folded name, the same for each way in which one is written in Latin letters.

    Cyrillic and Greek are put into Latin letters, ``ae oe ue aa`` become one letter as ``fold`` makes of ``ä ö ü å``,
    and where romanisations differ most is one spelling (``Yuriy Iurii Juri``). The Arabic article goes too.
    """
    if not key.isascii():
        key = _article().sub("", key.replace("ου", "ou").translate(_latin()))
    key = _sounds().sub(lambda found: _SOUNDS[found[0]], key)
    while "ii" in key:
        key = key.replace("ii", "i")
    return f" {key}".replace(" ie", " e")[1:]


def spellings(text: str) -> str:
    """Return the words by which a text is also found: as ``fold`` and ``sound`` write them, Chinese letter by letter.

    A text of ASCII without apostrophes has no others, nor have the dots between the parts of a text.
    """
    if text.replace(" · ", "").isascii() and "'" not in text:
        return ""
    return " ".join(_spelled(word) for word in text.split() if not word.isascii() or "'" in word)


@lru_cache(RECENT)
def _spelled(word: str) -> str:
    key = fold(word)
    return " ".join(apart(one) for one in dict.fromkeys((key, sound(key))))


def apart(text: str) -> str:
    """Return a text with a space around each letter of a script in which words are not told apart."""
    return text if text.isascii() else _unspaced().sub(r" \g<0> ", text)


def is_written_without_spaces(text: str) -> bool:
    """Whether a text has letters of Chinese, Japanese, Korean, Thai, Lao, Khmer or Burmese: a word is not told apart.

    Korean has spaces, but puts its endings to the word.
    """
    return not text.isascii() and bool(_unspaced().search(text))


@cache
def _apostrophes() -> re.Pattern[str]:
    return re.compile(f"[{_APOSTROPHES}{_UNSEEN}]")


@cache
def _marks() -> re.Pattern[str]:
    return re.compile(f"[{_MARKS}]")


@cache
def _stops() -> re.Pattern[str]:
    return re.compile(r"(?<!\d)\.|\.(?!\d)")


@cache
def _pauses() -> re.Pattern[str]:
    return re.compile(r"[-\u2010-\u2015\u2212\u00b7\u2022\u2027\u30fb\ufe58\ufe63\uff0d_]")


@cache
def _article() -> re.Pattern[str]:
    return re.compile(r"(?<!\w)ال(?=\w\w\w)")


@cache
def _unspaced() -> re.Pattern[str]:
    return re.compile(f"[{UNSPACED}]")


@cache
def _latin() -> dict[int, str]:
    """Return what each Cyrillic and Greek letter is in Latin ones, by BGN/PCGN and ELOT 743, without their marks."""
    cyrillic = (
        "а a б b в v г g ґ g д d ђ d е e є ie ж zh з z и i і i ј j к k л l љ lj м m н n њ nj о o п p р r с s т t ћ c "
        "у u ф f х kh ц ts ч ch џ dz ш sh щ shch ъ - ы y ь - э e ю yu я ya ѕ dz ә a ғ g қ k ң n ө o ұ u ү u һ h"
    )
    greek = "α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o"
    letters = f"{cyrillic} {greek}".split()
    return {ord(one): latin.strip("-") for one, latin in zip(letters[::2], letters[1::2], strict=True)}


@cache
def _sounds() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))


_SOUNDS = {
    **{"shtsch": "sh", "shch": "sh", "tsch": "ch", "tch": "ch", "sch": "sh", "ph": "f", "x": "ks", "dj": "d"},
    **{"y": "i", "j": "i", "aa": "a", "ae": "a", "oe": "o", "ue": "u"},
}
