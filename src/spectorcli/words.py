"""Every sentence that an answer makes: a template here, and typed cells that are put into words at the edge.

An answer names a sentence and fills in cells; what shows it calls ``say``, or ``pieces`` where a cell is to be
a link or to be redacted. No sentence is edited after it was put into words. A second language would be a second
table of templates.

In a template ``{cell}`` is the cell in words, by what it shows, and ``{cell?one|many}`` one of two wordings by the
count that it holds, in which ``#`` is that count. What stands in ``[…]`` is left out if a cell in it is empty.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from spectorcli.result import Cell, Note, Said, Shows
from spectorcli.values import TYPES, also, amounts, date, number, say_value
from spectorcli.values.listing import ONLY, members
from spectorcli.values.wording import grouped

_WOULD = "[; it would make the parts of {whole} {parts}, not {total}][ ({note})]"

SENTENCES: dict[str, str] = {
    # why: what is best, what else is said, and what decided
    "best only": "{value}[ ({when})] is best supported: {source}, {kind}, reliability {letter}, "
    "the only one that says so",
    "best retold": "{value}[ ({when})] is best supported: {source}, {kind}, reliability {letter}; "
    "{sources} sources agree, of one known origin at most",
    "best confirmed": "{value}[ ({when})] is best supported: {source}, {kind}, reliability {letter}; "
    "{sources} sources of {origins} known origins agree",
    "best list": "accepted: {each}; a list is as sure as its least supported value, here {grade}",
    "accepted": "{value} by {source} ({grade})",
    "rival": f"{{value}} is said by {{sources}}, reliability {{letter}}{_WOULD}",
    "rival several": f"{{value}} is said by {{sources}}{_WOULD}",
    "rival both retold": f"{{value}} is said by {{sources}}, which both go back to one origin{_WOULD}",
    "rival all retold": f"{{value}} is said by {{sources}}, which all go back to one origin{_WOULD}",
    "allowed": "{value}, by {sources}, says more and contradicts nothing",
    "preferred": "the editor prefers {value}: {note}",
    "deprecated": "the editor has deprecated what differs: {note}",
    "settled": "settled by {reason}",
    "open itself": "{sources} contradicts itself, so this is open; {value} only comes first by {reason}",
    "open both": "this is open between {sources}, both of reliability {letter}; {value} only comes first by {reason}",
    "open all": "this is open between {sources}, all of reliability {letter}; {value} only comes first by {reason}",
    "by rank": "the editor's rank",
    "by reliability": "reliability: {best} against {rival}",
    "by straddling": "fit: the other agrees with claims that differ from each other",
    "by origins": "the number of known origins",
    "by precision": "precision",
    "by publication": "its newer publication",
    "by beyond": "going beyond what the other states as a bound",
    "by id": "the id of the source, for nothing else tells them apart",
    "wording": "wording is kept and not weighed: {claims} {claims?claim|claims} by {sources} {sources?source|sources}",
    "none accepted": "no value is accepted: the editor has deprecated every claim; {note}",
    "what else": "what belongs to it: spector show {id}; of that: spector why {id} PROPERTY",
    "what else of it": "what belongs to it: spector show {id}; one of these: spector why {id} PROPERTY",
    # as of a day
    "as of": "as of {day}: {claims?1 claim is|# claims are} left out, of {later} {later?source|sources} that "
    "{later?is|are} or may be later and of {undated} without a date",
    # history: how it stood in print
    "undated last": "{sources} {sources?source has|sources have} no date and {sources?comes|come} last",
    # the other answers, and what to ask next
    "case": "{claims} {claims?claim|claims} from {sources} {sources?source|sources} "
    "about {things} {things?thing|things}; newest source {newest}",
    "more figures": "there are more figures: spector list {kind}",
    "open dispute": "open dispute: spector why {id} {property}",
    "begin with": "next: spector timeline, spector arrests, spector conflicts",
    "undated": "{things?1 status has|# statuses have} no date, such as that of {first}",
    "several match": "several things match; show one by its id",
    "things": "{things} {things?thing|things}",
    "things within": "{things} {things?thing|things} in {depth} steps",
    "one step further": "one step further: spector graph {id} --depth {depth}",
    "nothing holds": "nothing holds {text}",
    "nothing holds but": "nothing holds {text}; this is what holds {words}",
    "nothing holds all": "nothing holds {text}; this holds some of it",
    "rows left": "{rows} more {rows?row is|rows are} not shown; see {rows?it|them} with --all, "
    "or write {rows?it|them} with --output FILE.csv",
    "findings": "error: {error}, warning: {warning}, note: {note}, accepted in exceptions.csv: {accepted}",
    "milder findings": "see the {severity}s with --severity {severity}",
    "idle exception": "{id} in exceptions.csv accepts nothing any more",
    # gaps: what is not known, what mends it, and what shows it
    "gaps": "{each}[; accepted in exceptions.csv: {accepted}]",
    "outcome-overdue": "[{step}[ {when}]; ]an outcome was due {due}, and none is told",
    "outcome-overdue uncharged": "{step}[ {when}], more than a year ago, and no charge is told",
    "no-outcome": "{step}[ {when}]; no outcome[ as of {newest}]",
    "no-status": "{names} is accused, and no status is told",
    "single-origin": "{value}; its only origin is {origin}",
    "single-origin mixed": "{value}; its only source mixes {origin}",
    "single-origin unknown": "{value}; nobody knows whose figure it is, for {origin} does not say",
    "not-itemised": "its {how_many?one part|# parts}[ by {by}] {how_many?is|add up to} {parts} of {stated}"
    "[; {rest} {rest?is|are} not itemised][; no {property} is told of {untold}]",
    "untold-arrests": "no arrest figure is told of {countries}[, and the others leave {rest} in all]",
    "untold-arrests full": "no arrest figure is told of {countries}; those of the others add up to the total",
    "open-dispute": "{source} says {value}, and {other} {otherwise}; a text of {publisher} or {other_publisher} that "
    "says which is right would settle it",
    "open-dispute itself": "{source} says {value}, and {other} {otherwise}, both of {publisher}; an editor settles it",
    "unread-copy": "no claim was read from {copy}",
    "unread-copy figures": "{missing} of the {figures} figures in {copy} {missing?is|are} in no claim",
    "unread-copy stray": "{copy} is called like no source of this case",
    "source-date": "it has no date, so that its {claims?claim is|# claims are} in no case as of a day",
    "source-origin": "nobody knows whose facts its {claims?claim has|# claims have}, so that {claims?it confirms|they "
    "confirm} nothing[; {share} of its wording stands in {alike}]",
    "no-stated": "{claims} of its {of} {of?claim|claims} {claims?has|have} no stated words to be looked up",
    "unchecked": "{claims} of {of} {of?claim|claims} {claims?is|are} not signed as compared with a copy of the source",
    "mend outcome-overdue": "spector add claim {id} status OUTCOME --when DATE --source SOURCE",
    "mend outcome-overdue uncharged": "spector add claim {id} status STATUS --when DATE --source SOURCE",
    "mend no-outcome": "spector add claim {id} status OUTCOME --when DATE --source SOURCE",
    "mend no-status": "spector add claim {id} status STATUS --when DATE --source SOURCE",
    "mend single-origin": "spector add claim {id} {property} VALUE --source SOURCE",
    "mend single-origin mixed": "spector add claim {id} {property} VALUE --source SOURCE",
    "mend single-origin unknown": "sources.csv: derived_from of {origin}, own or ids",
    "mend not-itemised": "spector add claim PART {property} VALUE --source SOURCE",
    "mend untold-arrests full": "arrests.csv: a row for each; spector add claim ARRESTS count VALUE --source SOURCE",
    "mend untold-arrests": "arrests.csv: a row for each; spector add claim ARRESTS count VALUE --source SOURCE",
    "mend open-dispute": "spector add claim {id} {property} VALUE --source SOURCE",
    "mend open-dispute itself": "claims.csv: rank deprecated for the one that is wrong, with the reason in note",
    "mend unread-copy": "spector add claim SUBJECT PROPERTY VALUE --source {id}",
    "mend unread-copy figures": "spector read {copy}",
    "mend unread-copy stray": "spector add source ID --title TITLE --kind KIND --reliability LETTER",
    "mend source-date": "sources.csv: published of {id}",
    "mend source-origin": "sources.csv: derived_from of {id}, own or ids",
    "mend no-stated": "claims.csv: stated, where the source is {id}",
    "mend unchecked": "spector verify --copies DIR --case DIR --sign INITIALS",
    "show thing": "spector show {id}",
    "show stray": "spector sources",
    "show unchecked": "spector verify --copies DIR",
    "show open-dispute": "spector why {id} {property}",
    "show single-origin": "spector why {id} {property}",
    "show untold-arrests": "spector arrests --operation {id}",
    # diff: a change, and what it consists of
    "changes": "{added} added, {removed} removed, {changed} changed",
    "no changes": "no differences",
    "added": "{id}: added {after}",
    "removed": "{id}: removed {before}",
    "changed": "{id} {property}: {what}",
    "moved": "from {before} to {after}",
    "moved best": "best value from {before} to {after}",
    "graded": "grade from {before} to {after}",
    "claims added": "{claims} {claims?claim|claims} added",
    "claims removed": "{claims} {claims?claim|claims} removed",
    "claims corrected": "{claims} {claims?claim|claims} changed",
    # verify: what was checked, and what of the copies
    "verdict": "{verdict}: {claims}",
    "verified": "{checked}; {claims} {claims?claim has|claims have} no stated text and {claims?was|were} not checked",
    "nothing checked": "nothing was checked; {claims} {claims?claim has|claims have} no stated text",
    "no copy": "no copy of {sources} {sources?source|sources}, on which {claims} {claims?claim rests|claims rest}",
    "list them": "list the claims without a copy with --all",
    "copy remark": "{copy}: {remark}",
    "copy of none": "{copy} is named by no source of this case, so that nothing in it is known",
    "rejected": "{suggestions} {suggestions?suggestion|suggestions} rejected before {suggestions?is|are} left out; "
    "--all shows {suggestions?it|them}, and without its row in rejected.csv one is asked about again",
    "nothing for them": "{figures} {figures?figure or date|figures and dates} for which the case has nothing "
    "{figures?is|are} left out; --all shows {figures?it|them}",
    "copy undated": "{copy}: {dates} {dates?date|dates} without a year {dates?is|are} left out; "
    "of which day is the text?",
    "copy unreadable": "{copy} {why}",
    "signed share": "{claims} of {of} {of?claim|claims} {claims?is|are} signed as compared with a copy of the source"
    "[, by {who}]",
    "signed": "signed {claims} {claims?row|rows} of {file} as {initials}"
    "[; {already} {already?is|are} signed by {initials} already][; {elsewhere} found {elsewhere?is|are} not in it]",
    "copy missing": "{copy} is on record but missing",
    # factcheck: what was found in a draft
    "draft checked": "{each}",
    "no figures": "no figures and no dates",
    "draft read": "{figures} {figures?figure, date or status|figures, dates and statuses} compared[; not compared, as "
    "no figure or without a value: {which}[, {more} more]]",
    "draft without lines": "{copy} has no lines: a line is a paragraph of it, counted with headings, items and rows",
    # load
    "more slips": "{slips} more {slips?value does|values do} not follow from the stated words; "
    "list them all with: spector check --kind stated",
    "more terms": "{terms} more {terms?word is|words are} not in the vocabulary; "
    "list them all with: spector check --kind term",
    "lake without": "not in the lake any more: {cases}",
    "lake undecided": "not in the lake any more: what was decided to be the same; name it with --same",
    "lake elsewhere": "{decisions} {decisions?row|rows} of {files} {decisions?is|are} about cases that are not here",
    "lake sources": "{claims} {claims?claim|claims} of {sources} {sources?source|sources}; "
    "what counts as one in several cases: spector corpus sources",
    "lake hedged": "hedged: how many figures have a qualifier, such as 'more than'; they count as their figure",
    "not read": "not read: {files}; a case is read from .csv files",
    "strays": "{files} {files?file matches|files match} no cited source: {some}",
    "recorded": "recorded {copies} {copies?copy|copies} in {record}"
    "[; {same} {same?is|are} on record as {same?it is|they are}]",
    "record them": "{copies} {copies?copy is|copies are} not on record; --record keeps what is in them in {record}",
    # sums: the parts of a whole
    "sum": "the {how_many?one part|# parts} of {whole}[ by {by}] {how_many?is|add up to} {parts}, which is the "
    "stated total{times?|; these are figures of different times}",
    "sum less": "the {how_many?one part|# parts} of {whole}[ by {by}] {how_many?is|add up to} {parts} of {stated}; "
    "{rest} {rest?is|are} not itemised{times?|; these are figures of different times}",
    "sum more": "the {how_many?one part|# parts} of {whole}[ by {by}] {how_many?is|add up to} {parts}, "
    "{rest} more than the stated {stated}{times?|; these are figures of different times}",
    # check: what each finding is, over those of a kind
    "about a-against-a": "sources of reliability A contradict each other",
    "about checked": "a row was changed since it was signed as compared with a copy, or the signature is none",
    "about count-list": "what is counted and what is listed are not as many",
    "about currency-rate": "an amount in two currencies makes a rate that the best values exclude",
    "about date-order": "what comes later has the earlier date",
    "about like-publishers": "two publishers may be one authority",
    "about likely-retelling": "a source of unknown origin has figures that another published before",
    "about lost-qualifier": "a figure has no qualifier, and the text from which it is taken has one",
    "about no-claims": "nothing is claimed of a thing, and no claim names it",
    "about parts-source": "a source's own parts do not add up to its own total",
    "about parts-total": "parts do not add up to their total",
    "about same-name": "two things of a kind have a name in common",
    "about stated": "a value does not follow from the stated words",
    "about term": "a word is none of those in the vocabulary",
    "about unit-alone": "a claim is the only one in its unit, and was weighed against nothing",
    "about unused-source": "no claim and no other source uses a source",
    "more of a finding": "{findings} more: spector check --kind {finding}",
    # check: a finding, and how it is worded in its form
    "a-against-a": "{source} says {value}, and {others} {how_many?says|say} {otherwise}",
    "a-against-a itself": "{source} says {value}, and also {otherwise}",
    "checked": "{value} by {source} was changed after it was signed as compared with a copy, by {by}",
    "checked unread": '{value} by {source} is signed "{by}", which is not initials and a day, such as rk 2026-11-27',
    "count-list": "{sources} {how_many?states|state} {value}, and {listed?1 is|# are} listed",
    "count-list itself": "{sources} {how_many?states|state} {value}, and {how_many?lists|list} {listed?1|#}",
    "currency-rate": "{value} by {sources}, against {against}[ by {against_source}], makes {low} to {high} {unit} "
    "for 1 {other_unit}; the best values make {best_low} to {best_high}",
    "date-order": "{step} {date} comes before the {how_many?|first }{earlier} {earlier_date} ({earlier_id})",
    "date-order status": "{step} {date} comes before {earlier} {earlier_date}",
    "like-publishers": "{publisher} may be {other_publisher}, which published {other}; texts of one publisher do not "
    "confirm each other",
    "likely-retelling": "its {figures} figures are those of {other}, which came before; derived_from says whose they "
    "are, or own",
    "lost-qualifier": "{source} says {value}, and {other}, whose figure it is, {otherwise}; was a word lost on its "
    "way?",
    "no-claims": "nothing is claimed of it",
    "parts-source": "{source} states {stated}, and its {how_many?one part|# parts}[ by {by}] {how_many?is|add up to} "
    "{parts}",
    "parts-total": "its {how_many?one part|# parts}[ by {by}] {how_many?is|add up to} {parts} of the stated {stated}"
    "{times?|; these are figures of different times}",
    "parts-total more": "its {how_many?one part|# parts}[ by {by}] {how_many?is|add up to} {parts}, more than the "
    "stated {stated}{times?|; these are figures of different times}",
    "same-name": "{name} is also what {other} is called; one of them twice, or two of one name",
    "stated": '"{stated}" by {source} does not say {value}[, but {seen}]',
    "stated itself": "{source} says {value} and {otherwise}, both at {at}",
    "term": "{value} is none of: {known}{how_many?|; # things have it}",
    "unit-alone": "{value} by {source} is the only claim in {unit} and was weighed against nothing; "
    "in other units: {others}",
    "unused-source": "no claim and no other source uses it",
}
"""The templates, by the name of their sentence."""


def computed(figure: float, unit: str, rough: bool = False) -> Said:
    """Return a figure of ours, such as a sum; ``rough`` if a figure in it is stated with a qualifier."""
    return Said(Shows.NUMBER, number.computed(figure, rough), unit)


def say(note: Note) -> str:
    """Return a sentence in words, of one line."""
    return "".join(text for text, _ in pieces(note))


def claimed(row: Mapping[str, Cell], name: Callable[[str], str] = str) -> str:
    """Return what a claim or a fact says, with unit and time: ``more than 258 kg (May 2023)``.

    ``name`` tells what a thing is called.
    """
    when = str(row["when"])
    words = say_value(str(row["type"]), str(row["value"]), str(row["unit"]), name)
    return f"{words} ({date.say(when)})" if when else words


def put(said: Said) -> str:
    """Return one cell in words."""
    return "".join(text for text, _ in _put(said))


def pieces(note: Note) -> Iterator[tuple[str, Said | None]]:
    """Yield a sentence in pieces: words of ours, with None, and each cell in words with the cell itself."""
    return _filled(_parsed(SENTENCES[note.sentence]), note.cells)


class _Field(NamedTuple):
    name: str
    one: str | None
    many: str | None


_Part: TypeAlias = "str | _Field | list[_Part]"

_TOKEN = re.compile(r"(\{\w+(?:\?[^|{}]*\|[^{}]*)?\}|\[|\])")
_FIELD = re.compile(r"\{(\w+)(?:\?([^|{}]*)\|([^{}]*))?\}")


@lru_cache
def _parsed(template: str) -> list[_Part]:
    levels: list[list[_Part]] = [[]]
    for token in filter(None, _TOKEN.split(template)):
        field = _FIELD.fullmatch(token)
        if token == "[":
            levels.append([])
        elif token == "]":
            group = levels.pop()
            levels[-1].append(group)
        else:
            levels[-1].append(_Field(field[1], field[2], field[3]) if field else token)
    return levels[0]


def _filled(parts: Sequence[_Part], cells: Mapping[str, Said]) -> Iterator[tuple[str, Said | None]]:
    for part in parts:
        if isinstance(part, str):
            yield part, None
        elif isinstance(part, list):
            if all(_is_filled(cells[field.name]) for field in part if isinstance(field, _Field)):
                yield from _filled(part, cells)
        elif part.one is not None and part.many is not None:
            count = str(cells[part.name].cell)
            chosen = part.one if count == "1" else part.many
            yield chosen.replace("#", grouped(count)) if "#" in chosen else chosen, None
        else:
            yield from _put(cells[part.name])


def _is_filled(said: Said) -> bool:
    return said.cell not in (None, "", ())


def _put(said: Said) -> Iterator[tuple[str, Said | None]]:
    """Yield a cell in words; of several sentences the pieces of each, of several references each."""
    if not isinstance(said.cell, str | int | float | None):
        for place, note in enumerate(said.cell):
            yield from [("; ", None)] if place else []
            yield from pieces(note)
    elif said.shows == Shows.REF:
        yield from _refs(str(said.cell or ""))
    else:
        yield _word(said.shows, "" if said.cell is None else str(said.cell), said.of), said


def _refs(text: str) -> Iterator[tuple[str, Said | None]]:
    """Yield each of several ids, with words between them."""
    ids = members(text)
    if text.startswith(ONLY):
        yield ONLY, None
    for place, id in enumerate(ids):
        if place:
            yield (", " if place < len(ids) - 1 else " and "), None
        yield id, Said(Shows.REF, id)


def _word(shows: Shows, text: str, of: str) -> str:
    match shows:
        case Shows.NUMBER | Shows.DATE:
            return TYPES[shows].say(text, of)
        case Shows.COUNT:
            return grouped(text)
        case Shows.SHARE:
            return f"{float(text):.0%}"
        case Shows.AMOUNTS:
            return amounts.say(text)
        case Shows.ALSO:
            return also.say(text, of)
    return text
