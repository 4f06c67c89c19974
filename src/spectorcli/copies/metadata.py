"""What a page says of itself: title, publisher, author, day, language and address, for a row of sources.csv.

Read are ``<title>``, ``<html lang>``, ``<link rel=canonical>``, ``<meta>`` as Open Graph (https://ogp.me), Dublin Core
and press houses write them, and JSON-LD (https://schema.org/Article). Nothing of it is believed: a person confirms it.
"""

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from itertools import islice
from typing import Any

from spectorcli.copies.markup import Tag, tokens

_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("og:title", "twitter:title", "dc.title", "dcterms.title"),
    "publisher": ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher"),
    "author": ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author"),
    "published": ("article:published_time", "date", "dc.date", "dcterms.created", "pubdate", "parsely-pub-date"),
    "language": ("og:locale", "dc.language", "content-language"),
    "url": ("og:url",),
}
"""By which names of ``<meta>`` each is told, the surest first."""

_SCRIPT = re.compile(r"<script[^>]{0,300}application/ld\+json[^>]{0,300}>", re.IGNORECASE)
_SCRIPTS = 20
"""Scripts that are looked at."""
_DAY = re.compile(r"(?:19|20)\d\d-\d\d(?:-\d\d)?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?![A-Za-z])")
_LONGEST = 300
"""Characters of a cell; what is longer is no title and no name."""


def metadata(text: str) -> dict[str, str]:
    """Return the cells of a source that a page tells: title, publisher, author, published, language and url."""
    told = {**_by_json(text), **_by_tags(text)}
    for name, pattern in (("published", _DAY), ("language", _LANGUAGE)):
        found = pattern.match(told.get(name, ""))
        told[name] = found[0].lower() if found else ""
    if not told.get("url", "").startswith(("https://", "http://")):
        told["url"] = ""
    if told.get("author", "").startswith("http"):
        told["author"] = ""
    return {name: " ".join(cell.split()) for name, cell in told.items() if cell and len(cell) <= _LONGEST}


def _by_tags(text: str) -> dict[str, str]:
    """Return what tags say; of an element that stands twice, the first."""
    metas: dict[str, str] = {}
    found: dict[str, str] = {}
    title: list[str] | None = None
    for token in tokens(text):
        if isinstance(token, str):
            if title is not None:
                title.append(token)
            continue
        if title is not None and token.name == "title":
            found.setdefault("title", "".join(title))
            title = None
        elif token.name == "title" and "title" not in found:
            title = []
        _take(token, found, metas)
    for name, names in _NAMES.items():
        said = next((metas[one] for one in names if metas.get(one)), "")
        if said and not (name == "url" and found.get("url")):
            found[name] = said
    return found


def _take(tag: Tag, found: dict[str, str], metas: dict[str, str]) -> None:
    attributes = tag.attributes
    if tag.name == "meta":
        metas.setdefault(
            (attributes.get("property") or attributes.get("name") or "").lower(), attributes.get("content") or ""
        )
    elif tag.name == "html" and attributes.get("lang"):
        found.setdefault("language", attributes["lang"])
    elif tag.name == "link" and "canonical" in (attributes.get("rel") or "").lower().split():
        found.setdefault("url", attributes.get("href") or "")


def _by_json(text: str) -> dict[str, str]:
    """Return what JSON-LD says of the first article in it."""
    for begin in islice(_SCRIPT.finditer(text), _SCRIPTS):
        try:
            data = json.loads(text[begin.end() : text.find("</script", begin.end())])
        except (ValueError, RecursionError):
            continue
        for one in _objects(data):
            if "headline" in one or "datePublished" in one:
                names = {
                    "title": "headline",
                    "publisher": "publisher",
                    "author": "author",
                    "published": "datePublished",
                }
                return {
                    name: unescape(_text(one.get(key))) for name, key in (names | {"language": "inLanguage"}).items()
                }
    return {}


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects of JSON-LD: one, a list of them, or a graph."""
    for one in data if isinstance(data, list) else [data]:
        if isinstance(one, dict):
            yield one
            graph = one.get("@graph")
            yield from (each for each in graph if isinstance(each, dict)) if isinstance(graph, list) else ()


def _text(value: Any) -> str:
    """Return a value in words: names of persons with ``;`` between."""
    if isinstance(value, list):
        return "; ".join(filter(None, map(_text, value[:5])))
    if isinstance(value, dict):
        return _text(value.get("name"))
    return value if isinstance(value, str) else ""
