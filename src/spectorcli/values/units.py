"""Units: what they measure, which convert into each other, and how they are put into words.

A new unit is a line here. Money never converts; what has no line here is a countable thing, such as
``tablets``, or a currency by its code.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from spectorcli.values.wording import singular

if TYPE_CHECKING:
    from decimal import Decimal


class Measure(StrEnum):
    """What a unit measures."""

    MASS = "mass"
    """Weighed, and so rounded. Converts; the base is the kilogram."""
    VOLUME = "volume"
    """Rounded as well. Converts; the base is the litre."""
    TIME = "time"
    """A duration, which is set and not measured: 14 years are exactly that."""
    SHARE = "share"
    """Per cent: rounded, and compared with nothing else."""
    MONEY = "money"
    """An amount in a currency of ISO 4217, rounded. Rates are facts of their own, so nothing converts."""
    CRYPTO = "crypto"
    """The same in a cryptocurrency, whose rates differ from day to day."""
    COUNT = "count"
    """Things that are counted: whole, and exact where they are few."""
    NONE = "none"
    """A bare number, such as a place in a series."""


class Unit(NamedTuple):
    """A unit that converts: ``factor`` of the base unit, in digits, which are exact."""

    measure: Measure
    base: str
    factor: str


UNITS = {
    "µg": Unit(Measure.MASS, "kg", "1e-9"),
    "mg": Unit(Measure.MASS, "kg", "1e-6"),
    "g": Unit(Measure.MASS, "kg", "0.001"),
    "kg": Unit(Measure.MASS, "kg", "1"),
    "t": Unit(Measure.MASS, "kg", "1000"),
    "lb": Unit(Measure.MASS, "kg", "0.45359237"),
    "oz": Unit(Measure.MASS, "kg", "0.028349523125"),
    "ml": Unit(Measure.VOLUME, "l", "0.001"),
    "l": Unit(Measure.VOLUME, "l", "1"),
    "months": Unit(Measure.TIME, "months", "1"),
    "years": Unit(Measure.TIME, "months", "12"),
    "days": Unit(Measure.TIME, "days", "1"),
    "percent": Unit(Measure.SHARE, "percent", "1"),
}
"""Those whose factors are exact by definition (https://www.bipm.org/en/publications/si-brochure; pound and
ounce: the international avoirdupois pound of 1959). How many days a month has is not known, so days stay apart."""

GROUPS: Mapping[str, tuple[str, ...]] = {
    group: tuple(name for name, unit in UNITS.items() if unit.measure == group)
    for group in (Measure.MASS, Measure.VOLUME)
}
"""Units that a property may have all at once, by the word for them in the vocabulary."""

GROUPS_AND_MONEY = frozenset({*GROUPS, "money"})
"""Words of the vocabulary that stand for more than one unit."""

CRYPTOCURRENCIES = frozenset({"BTC", "XMR", "ETH", "LTC", "BCH", "ZEC", "DOGE", "USDT", "USDC"})
"""Not in ISO 4217, but sources state amounts in them."""

FORMER_CURRENCIES = """
    ADP AFA ALK ANG AOK AON AOR ARA ARP ARY ATS AYM AZM BAD BEC BEF BEL BGJ BGK BGL BGN BOP BRB BRC BRE BRN
    BRR BUK BYB BYR CHC CSD CSJ CSK CUC CYP DDM DEM ECS ECV EEK ESA ESB ESP FIM FRF GEK GHC GHP GNE GNS GQE
    GRD GWE GWP HRD HRK IEP ILP ILR ISJ ITL LAJ LSM LTL LTT LUC LUF LUL LVL LVR MGF MLF MRO MTL MTP MVQ MXP
    MZE MZM NIC NLG PEH PEI PES PLZ PTE RHD ROK ROL RUR SDD SDP SIT SKK SLL SRG STD SUR TJR TMM TPE TRL UAK
    UGS UGW USS UYN UYP VEB VEF VNC XEU XFO XFU XRE YDD YUD YUM YUN ZAL ZMK ZRN ZRZ ZWC ZWD ZWL ZWN ZWR
"""
"""Codes that ISO 4217 has withdrawn and not given again, its list three of January 2026 without the codes of list one
(https://github.com/datasets/currency-codes has both as a table): sources state amounts of their time in them."""

SYNONYMS: Mapping[str, str] = {
    "µg": "ug, mcg, microgram, micrograms",
    "mg": "mgs, milligram, milligrams, milligramme, milligrammes",
    "g": "gs, gm, gms, gram, grams, gramme, grammes, gramm, gramos, grammi",
    "kg": "kgs, kilo, kilos, kilogram, kilograms, kilogramme, kilogrammes, kilogramm, kilogramos",
    "t": "tonne, tonnes, tonnen, metric ton, metric tons, metric tonnes, toneladas, tonnellate",
    "lb": "lbs",
    "oz": "ozs, ounce, ounces, unzen",
    "ml": "mls, millilitre, millilitres, milliliter, milliliters",
    "l": "ls, ltr, ltrs, litre, litres, liter, liters, litri, litros",
    "days": "day",
    "months": "month, mo",
    "years": "year, yr, yrs",
    "percent": "per cent, pct, prozent",
    "EUR": "eur, euro, euros",
    "USD": "usd, us dollar, us dollars",
    "GBP": "gbp, pound sterling, pounds sterling",
    "CHF": "chf",
    "BTC": "btc, bitcoin, bitcoins",
    "XMR": "xmr, monero",
    "ETH": "eth, ether, ethereum",
    "USDT": "usdt, tether",
    "persons": "person, people",
    "tablets": "tablet",
    "plants": "plant",
    "doses": "dose",
    "firearms": "firearm",
    "accounts": "account",
    "items": "item",
}
"""What people write for a unit, of which only one can be meant."""

DOUBTFUL: Mapping[str, str] = {
    **dict.fromkeys(("pound", "pounds"), "lb is the weight, GBP the currency"),
    **dict.fromkeys(("ton", "tons"), "t is 1,000 kg; a short ton is 2,000 lb, a long one 2,240 lb"),
    **dict.fromkeys(("dollar", "dollars", "$"), "name the currency, such as USD, CAD or AUD"),
}
"""What may be more than one, and what to write for each."""

SYMBOLS: Mapping[str, tuple[str, ...]] = {
    "€": ("EUR",),
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"),
    "US$": ("USD",),
    "C$": ("CAD",),
    "CA$": ("CAD",),
    "A$": ("AUD",),
    "AU$": ("AUD",),
    "NZ$": ("NZD",),
    "HK$": ("HKD",),
    "S$": ("SGD",),
    "R$": ("BRL",),
    "£": ("GBP",),
    "¥": ("JPY", "CNY"),
    "₽": ("RUB",),
    "₴": ("UAH",),
    "₹": ("INR",),
    "₩": ("KRW",),
    "₿": ("BTC",),
    "%": ("percent",),
}
"""What texts write for a unit, and which it may be: the likeliest first."""

MEASURED = frozenset({Measure.MASS, Measure.VOLUME, Measure.SHARE, Measure.MONEY, Measure.CRYPTO, Measure.NONE})
"""What is rounded however small it is, and may be less than nothing."""


def measure(unit: str) -> Measure:
    """Return what a unit measures: a code in capitals is money, any other word a countable thing."""
    known = UNITS.get(unit)
    if known:
        return known.measure
    if unit in CRYPTOCURRENCIES:
        return Measure.CRYPTO
    if unit.isupper():
        return Measure.MONEY
    return Measure.COUNT if unit else Measure.NONE


_EXAMPLES = {"money": ("USD", "EUR", "BTC"), "mass": ("kg", "g", "lb"), "volume": ("l", "ml")}


def described(names: Sequence[str]) -> str:
    """Return what a property needs, of words of the vocabulary: ``a currency, such as USD, EUR, BTC``."""
    some = [_EXAMPLES.get(name, (name,)) for name in names]
    if len(names) == 1 and names[0] in _EXAMPLES:
        what = "a currency" if names[0] == "money" else f"a unit of {names[0]}"
        return f"{what}, such as {', '.join(some[0])}"
    if set(names).isdisjoint(_EXAMPLES):
        return f"a unit: {', '.join(names)}"
    return f"a unit, such as {', '.join(one[0] for one in some)}"


def base(unit: str) -> str:
    """Return the unit in which amounts are compared: ``kg`` for ``lb``, the unit itself where nothing converts."""
    known = UNITS.get(unit)
    return known.base if known else unit


@lru_cache
def factor(unit: str) -> "Decimal":
    """Return how many of the base unit one of a unit is."""
    from decimal import Decimal  # 1 ms that a question need not pay, which says figures and reckons with none

    known = UNITS.get(unit)
    return Decimal(known.factor if known else 1)


@lru_cache
def allowed(declared: tuple[str, ...]) -> tuple[str, ...]:
    """Return the units that a declaration names, each of a group; the codes of ``money`` are too many to name."""
    return tuple(unit for name in declared for unit in GROUPS.get(name, (name,)))


@lru_cache
def is_currency(code: str) -> bool:
    """Whether amounts may be in it: ISO 4217 by pycountry, former codes, and the cryptocurrencies above."""
    import pycountry

    if code in CRYPTOCURRENCIES or code in FORMER_CURRENCIES.split():
        return True
    return code.isupper() and pycountry.currencies.get(alpha_3=code) is not None


def meant(word: str) -> str:
    """Return the unit that a word stands for, whatever its case: ``kg`` for ``Kilos``; the word itself if none is sure.

    A letter alone is no word: ``G`` may be many things, while ``L`` is what the litre is written with, too.
    """
    if word in UNITS:
        return word
    key = word.casefold().replace("\u03bc", "\u00b5").rstrip(".")
    if key in UNITS and (len(key) > 1 or key == "l"):
        return key
    symbols = SYMBOLS.get(word, ())
    return _synonyms().get(key) or (symbols[0] if len(symbols) == 1 else word)


@cache
def _synonyms() -> Mapping[str, str]:
    return {word: unit for unit, words in SYNONYMS.items() for word in words.split(", ")}


def say(unit: str, value: object) -> str:
    """Return a unit as it stands after a value: ``1 person``, ``1 country``, ``2 persons``."""
    return (
        singular(unit) if str(value).lstrip("~<>=") == "1" and measure(unit) in (Measure.COUNT, Measure.TIME) else unit
    )
