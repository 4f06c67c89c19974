"""Countries: which codes there are, and what people call them.

Codes are those of ISO 3166-1 alpha-2, of ISO 3166-3 for countries that are no more, and two that are in use
without being in either. Names in about 160 languages come with pycountry.
"""

import struct
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from spectorcli.values.names import fold

OTHERS = {"XK": "Kosovo", "EU": "European Union"}
"""Not in ISO 3166-1, of which the one is for users to assign and the other reserved; sources need them."""

EVERYDAY = {
    "AE": "UAE, the UAE, Emirates",
    "BA": "Bosnia",
    "BN": "Brunei",
    "BS": "The Bahamas",
    "CD": "DR Congo, DRC, Congo-Kinshasa, Democratic Republic of Congo",
    "CG": "Congo-Brazzaville, Republic of Congo",
    "CI": "Ivory Coast",
    "CS": "Czechoslovakia",
    "CV": "Cape Verde",
    "CZ": "Czech Republic, the Czech Republic",
    "DD": "East Germany, GDR",
    "EU": "European Union",
    "FK": "Falkland Islands, Falklands",
    "FM": "Micronesia",
    "GB": "UK, the UK, the United Kingdom, Britain, Great Britain, "
    "Großbritannien, Grande-Bretagne, Gran Bretaña, Gran Bretagna, Groot-Brittannië",
    "GM": "The Gambia",
    "GR": "EL",
    "IE": "Republic of Ireland, Eire",
    "KP": "North Korea, DPRK",
    "KR": "South Korea, 한국",
    "LA": "Laos",
    "MK": "Macedonia",
    "MM": "Burma",
    "MO": "Macau",
    "NL": "Holland, The Netherlands",
    "PH": "the Philippines",
    "PS": "Palestine",
    "RU": "Russia, Россия, Russland, Russie, Rusia, Rússia, Rusland, Rosja, Rusko, Ryssland",
    "SA": "KSA",
    "ST": "Sao Tome",
    "SU": "Soviet Union, USSR, UdSSR, СССР",
    "SZ": "Swaziland",
    "TH": "ประเทศไทย",
    "TL": "East Timor",
    "TR": "Turkey",
    "US": "USA, the USA, the US, the United States, United States of America, America, U.S.",
    "VA": "Vatican, Vatican City, Holy See",
    "XK": "Kosovo",
    "YU": "Yugoslavia",
    "ZR": "Zaire",
}
"""What ISO does not call them, or only at length. ``EL`` and ``UK`` are the European Union's for GR and GB."""

PARTS = {"england": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB"}
"""Names of a part: a good guess, but no name of the whole."""

_CATALOGUE = "LC_MESSAGES/iso3166-1.mo"


@cache
def codes() -> Mapping[str, str]:
    """Return the English name of each country by its code."""
    import pycountry

    former = {country.alpha_2: country.name for country in pycountry.historic_countries}
    return former | OTHERS | {country.alpha_2: country.name for country in pycountry.countries}


def is_country(code: str) -> bool:
    """Whether it is the code of a country, in upper case."""
    return code in codes()


def meant(text: str) -> str | None:
    """Return the code of the country that an everyday name or code means, in any language; None if it is none."""
    key = fold(text)
    if text.upper() in codes():
        return text.upper()
    return _by_key().get(key) or PARTS.get(key)


@cache
def _by_key() -> Mapping[str, str]:
    """Return the code of each country by its folded names, those in English before any other: 0.2 s, once."""
    found: dict[str, str] = {}
    for code, key in keys(codes()):
        found.setdefault(key, code)
    return found


def keys(wanted: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield code and folded name of countries: what they are called in English first, then in every other language.

    A translation that two countries have in common, which mostly is a slip, is nobody's.
    """
    yield from ((code, key) for key, code in _in_english_keys() if code in wanted)
    for code in sorted(wanted):
        yield from ((code, key) for key in _keys_elsewhere(code))


def names(language: str) -> Iterator[tuple[str, str]]:
    """Yield folded name and code of countries: what they are called in a language, and then in English, with parts."""
    import pycountry

    file = Path(pycountry.LOCALES_DIR, language, _CATALOGUE)
    codes_of = _texts()
    for text, translated in _messages(file) if file.is_file() else ():
        if code := codes_of.get(text):
            yield fold(translated.decode()), code
    yield from PARTS.items()
    yield from _in_english_keys()


@cache
def _in_english() -> Mapping[str, str]:
    """Return the codes of countries by their English names."""
    import pycountry

    english: dict[str, str] = {}
    now = {country.alpha_2 for country in pycountry.countries}
    former = (country for country in pycountry.historic_countries if country.alpha_2 not in now)  # SK was Sikkim
    for country in chain(pycountry.countries, former):
        texts = (getattr(country, field, None) for field in ("alpha_3", "name", "common_name", "official_name"))
        for text in filter(None, texts):
            english.setdefault(text, country.alpha_2)
    for code, text in EVERYDAY.items():
        english |= dict.fromkeys(text.split(", "), code)
    return english


@cache
def _in_english_keys() -> Sequence[tuple[str, str]]:
    return list(dict.fromkeys((fold(name), code) for name, code in _in_english().items()))


@cache
def _english_keys() -> frozenset[str]:
    return frozenset(key for key, _ in _in_english_keys())


@cache
def _keys_elsewhere(code: str) -> Sequence[str]:
    """Return what a country is called in other languages, folded: 5 ms for some fifty, in a process that loads many."""
    found = dict.fromkeys(map(fold, _translations().get(code, ())))
    return [key for key in found if key not in _english_keys()]


@cache
def _translations() -> Mapping[str, Sequence[str]]:
    """Return what each country alone is called in some language, by its code: 0.1 s, once."""
    import pycountry

    texts = _texts()
    owners: dict[bytes, set[str]] = {}
    for file in sorted(Path(pycountry.LOCALES_DIR).glob(f"*/{_CATALOGUE}")):
        for text, translated in _messages(file):
            if code := texts.get(text):
                owners.setdefault(translated, set()).add(code)
    names: dict[str, list[str]] = {}
    for translated, found in owners.items():
        if len(found) == 1:
            names.setdefault(found.pop(), []).append(translated.decode())
    return names


def _texts() -> Mapping[bytes, str]:
    """Return the codes of countries by what is translated of them."""
    import pycountry

    fields = ("name", "common_name")
    each = ((getattr(one, field, one.name), one.alpha_2) for one in pycountry.countries for field in fields)
    return {text.encode(): code for text, code in each}


def _messages(file: Path) -> Iterator[tuple[bytes, bytes]]:
    """Yield each text of a catalogue of GNU gettext with its translation.

    https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html The library's own reader takes
    four times as long, for it makes a catalogue that can be asked.
    """
    data = file.read_bytes()
    order = "<" if data[:4] == b"\xde\x12\x04\x95" else ">"
    count, texts, translations = struct.unpack_from(f"{order}3I", data, 8)
    ends: Any = (struct.unpack_from(f"{order}{2 * count}I", data, start) for start in (texts, translations))
    for length, start, other_length, other in zip(*(each[half::2] for each in ends for half in (0, 1)), strict=True):
        yield data[start : start + length], data[other : other + other_length]
