"""What may be shown. Text from a case is data: it never moves a cursor, hides a letter or leads where nobody looks.

The loader refuses what is listed here, naming file and line; ``clean`` shows what is left (a hostile
database, an argument, a file name) as visible escapes, so that nothing is deleted in silence.
"""

import re
from functools import cache

_UNSAFE = (
    r"\x00-\x1f\x7f-\x9f"  # C0, DEL and C1: escape sequences begin here, also the 8-bit ones
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # letters that are not seen
    r"\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    r"\ud800-\udfff\U000e0000-\U000e0fff"  # surrogates, tags
)
# U+200C and U+200D stay: Persian, Hindi and emoji sequences are spelled with them.


@cache
def _unsafe_character() -> re.Pattern[str]:
    """Compile the pattern when it is first needed: most text is plain ASCII and never asks for it."""
    return re.compile(f"[{_UNSAFE}]")


def _shown_as_it_is(text: str) -> bool:
    return text.isascii() and text.isprintable()


def _escape(match: re.Match[str]) -> str:
    point = ord(match.group())
    if point < 0x100:
        return f"\\x{point:02x}"
    return f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"


def clean(text: str) -> str:
    """Return ``text`` with each unsafe character as a visible escape, such as ``\\x1b``."""
    return text if _shown_as_it_is(text) else _unsafe_character().sub(_escape, text)


def unsafe(text: str) -> str | None:
    """Name the first character that is not allowed in a case, such as ``U+202E``; None if all are."""
    found = None if _shown_as_it_is(text) else _unsafe_character().search(text)
    return f"U+{ord(found.group()):04X}" if found else None


def escape_json(text: str) -> str:
    """Write unsafe characters of a JSON text as ``\\uXXXX``, which JSON reads back as they were."""
    return text if _shown_as_it_is(text) else _unsafe_character().sub(lambda match: _utf16_escapes(match.group()), text)


def escape_markdown(text: str) -> str:
    """Return text that Markdown, GitHub's with its tables too, shows as it is: https://github.github.com/gfm/."""
    for character in "\\`*_[]<>|":
        text = text.replace(character, f"\\{character}")
    return text


def web_address(text: str) -> str:
    """Return an address that a browser may follow, http or https with a host; else nothing: it stays text.

    ``javascript:`` would run in the page that shows it, and without a host an address leads into that page's own.
    """
    from urllib.parse import urlsplit  # 5 ms that few answers need pay

    try:
        parts = urlsplit(text)
        leads = parts.scheme in {"http", "https"} and parts.hostname
    except ValueError:  # of no host: https://[
        return ""
    return text if leads else ""


FORMULA = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""With which a formula begins, says https://owasp.org/www-community/attacks/CSV_Injection."""


def like_formula(text: str) -> bool:
    """Whether a spreadsheet may take a text for a formula, or would without the apostrophes before it."""
    return text.lstrip("'")[:1] in FORMULA and not _is_figure(text)


def _is_figure(text: str) -> bool:
    digits = text[1:].replace(".", "", 1)
    return digits.isdecimal() and digits.isascii() and text[0] in "+-"


def spreadsheet_safe(text: str) -> str:
    """Put an apostrophe before what looks like a formula. To take one off again gives back each text as it was."""
    return f"'{text}" if like_formula(text) else text


def _utf16_escapes(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))
