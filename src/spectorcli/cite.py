"""Writes references to sources: a line of text, BibTeX, or CSL-JSON for a reference manager.

A source is a row of the case: ``id, kind, publisher, title`` and, where the case has them, ``author, published,
url, retrieved, archived, note``. Nothing is filled in: an undated source stays undated, and ``2021-12~`` stays about
a month.

CSL types are chosen by the CSL specification 1.0.2, appendix III (https://docs.citationstyles.org); the
fields of BibTeX are those of biblatex, whose ``date`` is EDTF as ours is
(https://ctan.org/pkg/biblatex, "Date and Time Specifications"). Files are UTF-8.
"""

import re
from collections.abc import Callable, Iterable, Mapping

from spectorcli.errors import UsageError, no_such
from spectorcli.escapes import clean, escape_json
from spectorcli.values import date as dates
from spectorcli.values.listing import split

Source = Mapping[str, object]

_TYPES = {
    "official": "webpage",  # not a "report": styles print of it the year alone, and two releases of a year look alike
    "court": "legal_case",
    "press": "article-newspaper",
    "blog": "post-weblog",
    "encyclopedia": "entry-encyclopedia",
}
"""CSL types by kind of source; any other kind is a ``document``, the catch-all of the specification."""

_PUBLISHER = {"official": "publisher", "court": "authority"}
"""The CSL variable for who published it. Of an official text it is the author instead, for an authority speaks
for itself; what else is published stands in a container: a newspaper, a blog, an encyclopedia."""


def references(sources: Iterable[Source], style: str = "plain") -> str:
    """Return the references to sources in a style, each source once, in the order given.

    Raises:
        UsageError: there is no such style.
    """
    if style not in STYLES:
        raise UsageError(no_such("style", style, STYLES))
    return STYLES[style](list({_cell(source, "id"): source for source in sources}.values()))


def _as_text(sources: list[Source]) -> str:
    return "".join(f"{_line(source)}\n" for source in sources)


def _line(source: Source) -> str:
    """Write ``Jane Roe, The Paper: A title. 2023-05-02. https://…, retrieved 2023-06-01. (paper-2023-05-02)``."""
    by = ", ".join([*_authors(source), *filter(None, [_cell(source, "publisher")])])
    title = ": ".join(filter(None, (by, _cell(source, "title"))))
    stop = "" if title.endswith((".", "?", "!", "…")) else "."
    date = say_date(_cell(source, "published")) or "n.d."
    stated = f"{title}{stop} {date}{'' if date.endswith('.') else '.'}"
    retrieved = say_date(_retrieved(source))
    where = ", ".join(filter(None, (_cell(source, "url"), retrieved and f"retrieved {retrieved}")))
    archived = _cell(source, "archived") and f"Archived: {_cell(source, 'archived')}"
    return clean(" ".join(filter(None, (stated, where, archived, f"({_cell(source, 'id')})"))))


def _authors(source: Source) -> list[str]:
    return split(_cell(source, "author"))


def _retrieved(source: Source) -> str:
    return _cell(source, "retrieved") or _cell(source, "accessed")


def say_date(text: str) -> str:
    """Write an EDTF date for people, no more precise than it is: ``c. 2021-12``, ``2019 to 2021-03``."""
    start, slash, end = text.partition("/")
    if not slash:
        return _say_day(text)
    if start in {"", ".."}:
        return f"until {_say_day(end)}"
    return f"from {_say_day(start)}" if end in {"", ".."} else f"{_say_day(start)} to {_say_day(end)}"


def _say_day(text: str) -> str:
    point = dates.ends(text)[0]
    if not point:
        return text
    day = dates.brief(text.removesuffix(point.mark))
    if point.season:
        day = f"{dates.SEASONS[point.season].name} {point.year}"
    return f"{'c. ' if point.mark in {'~', '%'} else ''}{day}{'?' if point.mark in {'?', '%'} else ''}"


def _csl(sources: list[Source]) -> str:
    import json

    lines = json.dumps([_item(source) for source in sources], ensure_ascii=False, indent=2).split("\n")
    return "".join(f"{escape_json(line)}\n" for line in lines)


def _item(source: Source) -> dict[str, object]:
    """Return a source as an item of CSL-JSON; what the case does not say is not there."""
    kind, publisher = _cell(source, "kind"), _cell(source, "publisher")
    own = kind == "official" and not _authors(source)
    item: dict[str, object] = {
        "id": _cell(source, "id"),
        "type": _TYPES.get(kind, "document"),
        "title": _cell(source, "title"),
        "author": [{"literal": one} for one in ([publisher] if own else _authors(source)) if one],
        _PUBLISHER.get(kind, "container-title"): "" if own else publisher,
        "issued": csl_date(_cell(source, "published")),
        "accessed": csl_date(_retrieved(source)),
        "archive_location": _cell(source, "archived"),
        "URL": _cell(source, "url"),
        "note": _cell(source, "note"),
    }
    return {name: value for name, value in item.items() if value}


def csl_date(text: str) -> dict[str, object] | None:
    """Return an EDTF date as a CSL date variable; None if there is none.

    A day, month or year and an interval of two become ``date-parts`` of the same precision; ``~``, ``?``
    and ``%`` become ``circa``, CSL's one word for all three; a season is 1 to 4. What these cannot say (an
    open interval, a season in an interval, ``201X``) is a ``literal``, in words.
    """
    if not text:
        return None
    points = dates.ends(text)
    season = points[0].season if len(points) == 1 and points[0] else None
    known = [dates.parts(end) for end in ([points[0].year] if points[0] and season else text.split("/"))]
    if len(known) > 2 or not all(known) or any(part[1:2] > (12,) for part in known):
        return {"literal": say_date(text)}
    date: dict[str, object] = {"date-parts": [[*part] for part in known]}
    if season:
        date["season"] = season - 20  # EDTF counts them from 21
    return date | {"circa": True} if dates.is_approximate(text) else date


def _bibtex(sources: list[Source]) -> str:
    escape = _latex()
    return "\n".join(_entry(source, escape) for source in sources)


def _entry(source: Source, escape: Callable[[str], str]) -> str:
    """Write one entry: ``@online`` if the source has an address, else ``@misc``.

    Title and corporate author stand in a second pair of braces, so that no style changes the case of
    "SpecTor" or takes the "Department of Justice" for a person. ``year`` repeats a plain ``date`` for
    styles older than biblatex.
    """
    published = _cell(source, "published")
    publisher, archived = escape(_cell(source, "publisher")), _cell(source, "archived")
    own = _cell(source, "kind") == "official" and not _authors(source)
    authors = [f"{{{escape(one)}}}" for one in _authors(source)] or ([f"{{{publisher}}}"] if own and publisher else [])
    fields = {
        "author": " and ".join(authors),
        "title": f"{{{escape(_cell(source, 'title'))}}}",
        "organization": "" if own else publisher,
        "date": _date(published),
        "year": _plain_year(published),
        "url": _verbatim(_cell(source, "url")),
        "urldate": _date(_retrieved(source)),
        "note": f"Archived at \\url{{{_verbatim(archived)}}}" if archived else "",
        "annotation": escape(_cell(source, "note")),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    key = re.sub(r"[^0-9A-Za-z.:_-]", "-", _cell(source, "id"))
    return f"@{'online' if fields['url'] else 'misc'}{{{key},\n{''.join(lines)}}}\n"


def _plain_year(text: str) -> str:
    """Return the year of a date that is one and certain; empty for any other."""
    point, *others = dates.ends(text)
    return point.year if point and point.year.isdigit() and not point.mark and not others else ""


def _date(text: str) -> str:
    """Return a date as biblatex reads it, which is as EDTF writes it; anything else is none."""
    return text if re.fullmatch(r"[0-9X~?%./-]+", text, re.ASCII) else ""


def _verbatim(url: str) -> str:
    """Write an address for a field that LaTeX reads verbatim: only what would end the field is encoded."""
    return re.sub(r'[\x00-\x20{}\\"<>^`|\x7f]', lambda found: f"%{ord(found.group()):02X}", url)


_OPENING = re.compile(r"""(?<![^\s(\[{<«'‘“–—/-])"(?=\S)""")
"""A straight quotation mark that opens: at the beginning of a word."""


def _latex() -> Callable[[str], str]:
    """Return what escapes text for LaTeX: ASCII by the rules of pylatexenc, the rest stays as it is in UTF-8.

    BibTeX counts braces even after a backslash, so a brace is written by its name.
    """
    from pylatexenc import latexencode  # type: ignore[import-untyped]

    braces = {ord("{"): r"\textbraceleft", ord("}"): r"\textbraceright"}
    rules = [latexencode.UnicodeToLatexConversionRule(latexencode.RULE_DICT, braces), "defaults"]
    encoder = latexencode.UnicodeToLatexEncoder(conversion_rules=rules, unknown_char_policy="keep")

    def escape(text: str) -> str:
        quoted = _OPENING.sub("“", clean(text)).replace('"', "”")  # LaTeX knows no straight ones
        return re.sub(r"[ -~]+", lambda found: str(encoder.unicode_to_latex(found.group())), quoted)

    return escape


def _cell(source: Source, name: str) -> str:
    return str(source.get(name) or "")


SUFFIXES = {".bib": "bibtex", ".json": "csl"}

STYLES: dict[str, Callable[[list[Source]], str]] = {"plain": _as_text, "bibtex": _bibtex, "csl": _csl}
"""The styles by the name that ``--style`` takes."""
