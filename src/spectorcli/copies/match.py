"""What counts as a match between a figure, name or date as stated and the text of a copy.

Both are brought into one form first, and then looked for as they stand:

- Unicode NFKC, without letter case, soft hyphens and zero-width spaces; digits of any script are 0 to 9.
- White space is one space, also a line's end. None is needed between a figure and what it counts:
  ``850kg`` is ``850 kg``, ``€ 53`` is ``€53`` and ``5 %`` is ``5%``.
- Thousands separators between groups of three digits are dropped: comma, apostrophe, no-break and thin
  space. A plain space or a point may also be one, and a comma a decimal point: then the copy is read each way.
- Every hyphen and dash is ``-``; every single or double quotation mark is ``'`` or ``"``.
- English number words from zero to twenty are figures: ``nine countries`` is ``9 countries``.
- A capital or a figure right after a small letter may begin a word, for text copied out of a table runs together:
  ``Available inEnglish``, ``Launched2019``.
- Reference marks such as ``[12]`` or ``[citation needed]`` are dropped, so that 12 is not found in them.

A match never begins or ends inside a number or a word: 53 is not in 153, in 53.4 or in 53rd. If what is stated has
parts with ``;`` between them, each has to be there.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import islice

_NUMBERS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u034f\u200b\u200e\u200f\u2060\ufeff"))
_MARKS = str.maketrans(
    dict.fromkeys("‐‑‒–—―−﹘﹣", "-") | dict.fromkeys("‘’‚‛′´`ʼ", "'") | dict.fromkeys("“”„‟″«»‹›", '"')
)
_DIGIT = re.compile(r"[^\D0-9]")
_REFERENCE_MARK = re.compile(r"\[(?:\d{1,3}|[a-z]|citation needed|edit)\]", re.IGNORECASE)
_GROUPS = re.compile(r"(?<![\d.,])(\d{1,3})((?:[,'’\u00a0\u2009\u202f]\d{3})+)(?!\d)")
_SPACED_GROUPS = re.compile(r"(?<![\d.,])(?<!\d )(\d{1,3})((?: \d{3})+)(?![\d])(?! \d)")
_POINTED_GROUPS = re.compile(r"(?<![\d.,])(\d{1,3})((?:\.\d{3})+)(?!\d)")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d{1,2}(?!\d))")
_WORD = re.compile(rf"(?<![\w-])(?:{'|'.join(_NUMBERS)})(?![\w-])")
_RUN_TOGETHER = re.compile(r"(?<=[a-zß-öø-ÿ])(?=[A-Z0-9])")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")


class Readings:
    """A text in the one form, as it may be read: as in English, with spaces in numbers, as in German, cells apart.

    Each reading is made when it is first needed: most of what is stated is found in the first, and four of a copy
    of 4 MB take 7 s.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _form(self) -> str:
        return _one_form(self._text)

    @cached_property
    def english(self) -> str:
        """With a comma between thousands, and a decimal point."""
        return _spaced_out(self._form)

    @cached_property
    def spaced(self) -> str:
        """With a plain space between thousands."""
        return _spaced_out(_join(_SPACED_GROUPS, self._form))

    @cached_property
    def german(self) -> str:
        """With a point between thousands, and a decimal comma."""
        return _spaced_out(_DECIMAL_COMMA.sub(".", _join(_POINTED_GROUPS, self._form)))

    @cached_property
    def apart(self) -> str:
        """As in English, with a space where words run together."""
        return _spaced_out(_one_form(_RUN_TOGETHER.sub(" ", self._text)))

    def hold(self, stated: "Readings") -> bool:
        """Whether all parts of what is stated stand here, in one and the same reading."""
        return any(
            _parts(one) and all(_stands(part, text) for part in _parts(one)) for text, one in self._pairs(stated)
        )

    def _pairs(self, stated: "Readings") -> Iterator[tuple[str, str]]:
        yield self.english, stated.english
        yield self.spaced, stated.spaced
        yield self.german, stated.german
        yield self.apart, stated.english

    def hold_figures(self, stated: "Readings") -> bool:
        """Whether at least the figures of what is stated stand here, if it has any."""
        figures = _FIGURE.findall(stated.english)
        readings = (text for text, _ in islice(self._pairs(stated), 3))
        return bool(figures) and any(all(_stands(figure, text) for figure in figures) for text in readings)


def _one_form(text: str) -> str:
    text = _join(_GROUPS, _REFERENCE_MARK.sub("", text.translate(_INVISIBLE)))
    text = _DIGIT.sub(lambda found: str(unicodedata.digit(found.group(), 0)), unicodedata.normalize("NFKC", text))
    text = " ".join(text.translate(_MARKS).casefold().split())
    return _WORD.sub(lambda found: str(_NUMBERS.index(found.group())), text)


def _join(groups: re.Pattern[str], text: str) -> str:
    return groups.sub(lambda found: found[1] + re.sub(r"\D", "", found[2]), text)


def _spaced_out(form: str) -> str:
    """Set a space between a figure and its unit, none between it and a currency or per cent sign.

    So too between a letter that is not Latin and a figure: such scripts may set no space there.
    """
    form = re.sub(r"(?<=[^\W\d_a-zß-öø-ÿ])(?=\d)", " ", form)
    form = re.sub(r"(?<=\d)(?!(?:st|nd|rd|th)\b)(?=[^\W\d_])", " ", form)
    return re.sub(r"(?<=[€$£¥]) (?=\d)|(?<=\d) (?=[%‰€])", "", form)


def _parts(stated: str) -> list[str]:
    return [part.strip() for part in stated.split(";") if part.strip()]


def _stands(stated: str, text: str) -> bool:
    return stated in text and _pattern(stated).search(text) is not None  # alone, it takes 100 times as long


@lru_cache(maxsize=4096)
def _pattern(stated: str) -> re.Pattern[str]:
    """Compile what finds a text whole: not inside a number, such as 53.4, nor inside a word."""
    before = r"(?<!\w)(?<!\d[.,])" if stated[0].isdigit() else r"(?<![^\W\d_])" if stated[0].isalpha() else ""
    after = r"(?!\w)(?![.,]\d)" if stated[-1].isdigit() else r"(?![^\W\d_])" if stated[-1].isalpha() else ""
    return re.compile(before + re.escape(stated) + after)
