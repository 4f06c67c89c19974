"""Which part of a page is its text, and which stands around it: the part whose paragraphs a locator counts.

The text is in ``<main>``, or without one in the page: there, of what stands in ``<article>`` and ``articleBody``, the
smallest one that holds most. In a page that has none of these, it is the smallest element that holds most of the
paragraphs' text. Navigation, asides, banners and footers are never a part, wherever they are. A page without
paragraphs is measured by all its text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_AROUND = {"nav", "aside", "footer", "dialog", "menu"}
_ROLES_AROUND = {"navigation", "complementary", "contentinfo", "banner", "search", "dialog"}


@dataclass(slots=True)
class Element:
    """An element that may hold others, or the page itself, and what it says of what is in it.

    ``parent`` is its number in the order of the page. ``text`` counts the characters of what counts that is in it,
    but not in an element in it.
    """

    parent: int
    is_main: bool = False
    is_article: bool = False
    in_main: bool = False
    in_article: bool = False
    is_around: bool = False
    is_infobox: bool = False
    paragraphs: int = 0
    other: int = 0


def element(name: str, attributes: Mapping[str, str], number: int, parent: Element) -> Element:
    """Return an element that begins in a parent, which is the one of that number."""
    role = attributes.get("role", "")
    is_main = name == "main" or role == "main"
    is_article = name == "article" or role == "article" or "articleBody" in attributes.get("itemprop", "").split()
    banner = name == "header" and not (parent.in_main or parent.in_article)
    return Element(
        parent=number,
        is_main=is_main,
        is_article=is_article,
        in_main=parent.in_main or is_main,
        in_article=parent.in_article or is_article,
        is_around=parent.is_around or banner or name in _AROUND or role in _ROLES_AROUND,
        is_infobox=parent.is_infobox or (name == "table" and "infobox" in attributes.get("class", "")),
    )


def in_main_text(elements: Sequence[Element]) -> list[bool]:
    """Say of each element of a page, given in their order, whether what is in it belongs to the text."""
    own = _counted(elements)
    sizes = [*own]
    for number in range(len(elements) - 1, 0, -1):
        sizes[elements[number].parent] += sizes[number]
    mains = [number for number, one in enumerate(elements) if one.is_main and sizes[number]]
    scope = max(mains, key=sizes.__getitem__, default=0)
    within = _within(elements, scope)
    in_articles = sum(own[number] for number in within if elements[number].in_article)
    # of elements that hold most of the same text, each is in the one before: the last is the smallest
    articles = [number for number in within if elements[number].is_article and 2 * sizes[number] > in_articles]
    any_kind = [number for number in within if not mains and 2 * sizes[number] > sizes[scope]]
    found = _within(elements, (articles or any_kind or [scope])[-1])
    return [number in found and not one.is_around for number, one in enumerate(elements)]


def _counted(elements: Sequence[Element]) -> list[int]:
    """Return how much text is in each element itself: of paragraphs, if the page has any."""
    by_paragraphs = any(one.paragraphs for one in elements if not one.is_around)
    return [0 if one.is_around else one.paragraphs if by_paragraphs else one.other for one in elements]


def _within(elements: Sequence[Element], scope: int) -> dict[int, None]:
    """Return the numbers of an element and of all that are in it, in order; a parent comes before what is in it."""
    found = {scope: None}
    for number in range(scope + 1, len(elements)):
        if elements[number].parent in found:
            found[number] = None
    return found
