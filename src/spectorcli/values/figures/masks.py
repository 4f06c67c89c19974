"""What looks like a figure and is none: links, references, phone numbers, times of day, calibres.

Their tokens are taken before anything is read.
"""

import re

from spectorcli.values.figures.language import Language
from spectorcli.values.figures.tokens import Kind, Token, before, take

_WHOLE = re.compile(
    r"https?://\S+|www\.\S+|(?<!\S)[^\s@]{1,100}@\S+"  # links and addresses
    r"|(?<=\s)\d{1,2}\)(?=\s)"  # 2) as the number of an item
    r"|\[[^\[\]\n]{0,3}\d{1,3}\]|\(\d{1,2}\)"  # [12], (3)
    r"|(?<!\w)\d{1,2}(?::\d\d)?-[a-z]{2}-\d+(?:-\w+)*"  # 1:22-cr-00123
    r"|(?<![\w+])\+\d[\d ()/.-]{6,18}\d"  # +44 20 7946 0000
    r"|(?<![\w.,-])\(?\d{3}\)?[ .-]\d{3}[.-]\d{4}(?![\w-])"  # 202-555-0100
    r"|(?<![\w.,/:-])(?!0[1-9]/(?:19|20)\d\d(?![\w/-]))\(?0\d{1,5}\)?"  # no 05/2023, but
    r"(?:(?:[ ./-]\d{2}){3,}|(?:[ /-]\d{3,7})+)(?![\w-])"  # 0341 555-4410, 01 99 00 12 34
    r"|(?<![\w:])\d{1,2}:\d\d(?::\d\d)?(?![\w:])|(?<!\w)\d{1,2} ?h ?\d\d(?!\w)"  # 12:30, 12h30, 12 h 30
    r"|(?<![\w.,])[0-2]?\d[.:][0-5]\d(?= ?(?:uur|Uhr)\b)"  # 05.45 uur
    r"|(?<![\w/])(?!(?:1/2|[13]/4)(?!\d))\d{1,2}/\d{1,2}(?![\w/])"  # 24/7, and not 1/2
    r"|(?m:^[ \t]*\d{1,2}[.)](?=[ \t]))"  # 3. as the number of a line
    r"|\b\d{1,2} U\.?S\.?C\.?(?!\w)[ §]*\d*(?:\([a-z0-9]\))*"  # 21 U.S.C. 841
    r"|§+ ?\d+[a-z]?(?:\([a-z0-9]\))*(?:, ?\d{3,}[a-z]?(?:\([a-z0-9]\))*)*"  # § 841(a)(1)
    r"|(?<![\w/])(?!(?:19|20)\d\d/)\d{3,5}/\d{2,4}(?![\w/])",  # 123/21
    re.IGNORECASE,
)


def mask(text: str, found: list[Token], language: Language) -> None:
    """Take the tokens that are no figures."""
    spans = [match.span() for match in _WHOLE.finditer(text)] if any(map(str.isdigit, text)) else []
    spans.reverse()
    for place, token in enumerate(found):
        digits = token.kind == Kind.DIGITS
        while spans and spans[-1][1] <= token.start:
            spans.pop()
        masked = bool(spans) and spans[-1][0] <= token.start and not _is_day(found, place, language)
        masked = masked and not (digits and _is_listed(text, token))
        if masked or (digits and _is_part_of_a_name(found, place)):
            take(found, place, place + 1)
        elif digits and _is_label(found, place, language):
            take(found, place, _end_of_label(found, place))


_PAIR = r"[A-ZÀ-Þ][^\W\d_]+ \(\d{1,3}\)"
_BETWEEN = r"(?:,| \w{1,3})(?: \w{1,4}){0,2}(?: [A-ZÀ-Þ][^\W\d_]+)* "
_BEHIND, _BEFORE = re.compile(rf"\){_BETWEEN}{_PAIR}"), re.compile(rf"{_PAIR}{_BETWEEN}(?:[A-ZÀ-Þ][^\W\d_]+) \($")
"""What is beside a pair of a list: Germany (52), the Netherlands (10) and Austria (9)."""


def _is_listed(text: str, token: Token) -> bool:
    """Whether a number in brackets is that of a name in a list of such, and no reference."""
    before, behind = text[max(0, token.start - 60) : token.start], text[token.end : token.end + 60]
    if not re.search(r"[A-ZÀ-Þ][^\W\d_]+ \($", before) or not behind.startswith(")"):
        return False
    return _BEHIND.match(behind) is not None or _BEFORE.search(before) is not None


def _is_day(found: list[Token], place: int, language: Language) -> bool:
    """Whether what looks like the number of a line is that of a day: ``2. Mai``."""
    month = found[place + 2] if place + 2 < len(found) and found[place + 1].text == "." else None
    return month is not None and month.folded in language.months


def _is_part_of_a_name(found: list[Token], place: int) -> bool:
    """Whether digits are joined to letters that are no unit: ``AK-47``, ``2C-B``, ``9mm``, ``COVID-19``, ``24-135``."""
    token, last = found[place], found[place - 1] if place else None
    if last and token.close and last.kind == Kind.WORD and not (last.text.isupper() and len(last.text) == 3):
        return True
    if last and token.close and last.text in "-‑" and last.close and place > 1:
        name = found[place - 2]
        if name.kind == Kind.WORD:
            return name.text.isupper() or len(name.text) == 1
        return name.kind == Kind.TAKEN and name.text[0].isdigit()
    behind = found[place + 1] if place + 1 < len(found) else None
    dashed = found[place + 2] if place + 2 < len(found) else None
    return bool(
        behind
        and behind.close
        and behind.kind == Kind.WORD
        and behind.text.isupper()
        and len(behind.text) == 1
        and dashed
        and dashed.close
        and dashed.text == "-"
    )


def _end_of_label(found: list[Token], place: int) -> int:
    """Return where a label ends that has groups of digits: ``900 555 123``, ``222-37``."""
    while place + 1 < len(found) and found[place + 1].start <= found[place].end + 1:
        behind = found[place + 2] if found[place + 1].text in "-‑/" and place + 2 < len(found) else None
        if behind and behind.close and behind.kind == Kind.DIGITS:
            place += 2
        elif found[place + 1].kind == Kind.DIGITS:
            place += 1
        else:
            break
    return place + 1


def _is_label(found: list[Token], place: int, language: Language) -> bool:
    """Whether the word before says that a number is the name of something: ``page 12``, ``No. 5``, ``Local 3``."""
    last = found[place - 1] if place else None
    if last and last.text in "#§":
        return True
    return any(language.has("not_counts.before", words) for words, _ in before(found, place, 2))
