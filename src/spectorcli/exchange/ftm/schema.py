"""Which schema and property of FollowTheMoney take what of a case, and which values they can hold.

The schemata are listed at https://followthemoney.tech/explorer/. Only what means the same is mapped; the
rest is said in words in ``notes``. ``topics`` is never used: it would say of someone who is charged that
they are guilty.
"""

import re
import unicodedata
from urllib.parse import urlparse

from spectorcli.vocabulary import Kind, Property

OTHERWISE = "Note"
"""The schema of a kind for which the vocabulary has none: it says no more than that there is something."""

_OF_ANY_KIND = {"name": "name", "title": "name", "aliases": "alias", "description": "description", "country": "country"}

_OF_A_KIND = {
    ("operations", "participants"): "country",
    ("operations", "aim"): "goal",
    ("agencies", "created"): "incorporationDate",
    ("people", "role"): "position",
    ("people", "citizenship"): "citizenship",
    ("markets", "status"): "status",
    ("seizures", "kind"): "keywords",
    ("seizures", "substance"): "keywords",
    ("events", "kind"): "keywords",
    ("events", "date"): "date",
    ("events", "person"): "involved",
    ("events", "market"): "involved",
    ("events", "by"): "organizer",
    ("events", "place"): "location",
    ("proceedings", "court"): "court",
    ("proceedings", "status"): "status",
    ("statements", "gist"): "description",
    ("statements", "operation"): "entity",
    ("statements", "market"): "entity",
    ("sources", "title"): "title",
    ("sources", "kind"): "keywords",
    ("sources", "publisher"): "publisher",
    ("sources", "published"): "publishedAt",
    ("sources", "url"): "sourceUrl",
}

LINKS = {
    ("operations", "coordinated_by"): ("ProjectParticipant", "project", "participant"),
    ("operations", "led_by"): ("ProjectParticipant", "project", "participant"),
    ("operations", "agencies"): ("ProjectParticipant", "project", "participant"),
    ("agencies", "member"): ("Membership", "organization", "member"),
    ("proceedings", "person"): ("CourtCaseParty", "case", "party"),
}
"""What ties a thing to what a property refers to: the schema, and its properties for the one and the other."""

GENERIC_LINK = ("UnknownLink", "subject", "object")
"""For all other ties, with the property as their role."""

TYPES = {
    **dict.fromkeys(("name", "alias"), "name"),
    **dict.fromkeys(("country", "citizenship"), "country"),
    **dict.fromkeys(("date", "startDate", "endDate", "incorporationDate", "publishedAt"), "date"),
    **dict.fromkeys(("description", "notes", "summary"), "text"),
    **dict.fromkeys(("goal", "position", "status", "keywords", "court", "title", "publisher", "role"), "string"),
    **dict.fromkeys(("project", "participant", "organization", "member", "case", "party", "subject"), "entity"),
    **dict.fromkeys(("object", "involved", "organizer", "entity", "proof"), "entity"),
    "location": "address",
    "sourceUrl": "url",
}
"""The type of each property that is used."""

LENGTHS = {"name": 384, "string": 1024, "address": 250, "url": 4096}
"""How many characters a value may have."""

JOINERS = frozenset("\u200c\u200d")
"""They spell Persian and Hindi, and FollowTheMoney takes them out, by its library normality."""

_SPACES = re.compile(r"[\u2000-\u200a\u1680\u202f\u205f\u3000\u0a00]")

_NOT_IN_ADDRESSES = re.compile(r";|<BR/?>|ESQ[.,]|,\s?[,.]")
"""What FollowTheMoney rewrites in an address."""

_WEB = re.compile(r"https?://(?:[a-z0-9-]+\.)+[a-z]{2,63}(?::\d+)?(?:/\S*)?", re.ASCII)


def property_for(declared: Property) -> str | None:
    """Return the property of FollowTheMoney that means the same and takes the same type, if there is one."""
    prop = _OF_A_KIND.get((declared.kind, declared.name)) or _OF_ANY_KIND.get(declared.name)
    if prop is None:
        return None
    if declared.type == "ref":
        needed = "country" if declared.target == "countries" else "entity"
    else:
        needed = "date" if declared.type == "date" else ""
    special = TYPES[prop] if TYPES[prop] in {"country", "entity", "date"} else ""
    return prop if needed == special else None


def sources_of(kind: Kind, prop: str) -> list[Property]:
    """Return what of a kind becomes a property of FollowTheMoney."""
    return [declared for declared in kind.properties.values() if property_for(declared) == prop]


def comes_back(kind: Kind, declared: Property) -> bool:
    """Whether a value in its place in FollowTheMoney tells from which property of the kind it is."""
    prop = property_for(declared)
    return prop is not None and [one.name for one in sources_of(kind, prop) if one.target == declared.target] == [
        declared.name
    ]


def clean(type: str, text: str) -> str:
    """Return a text as FollowTheMoney keeps it: NFC, plain spaces, no zero-width joiners."""
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", text)).translate(dict.fromkeys(map(ord, JOINERS))).strip()
    if type in {"name", "address"}:
        return " ".join(text.split())
    return f"{text}/" if type == "url" and not urlparse(text).path else text


def fits(type: str, text: str) -> bool:
    """Whether a property of a type holds a text whole, so that it need not be said in ``notes``."""
    if not clean(type, text) or len(text) > LENGTHS.get(type, len(text)):
        return False
    match type:
        case "name":
            return not re.fullmatch(r"[\"'].*[\"']", text.strip())
        case "address":
            return not _NOT_IN_ADDRESSES.search(text)
        case "url":
            return bool(_WEB.fullmatch(text)) and urlparse(text).geturl() == text
    return True
