"""Answers a question that is one statement: ``ask(case, "arrests", country="DE")``.

The statement is named like the question, and its filters are the named parameters.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain

from spectorcli.case import THINGS, Case, Parameters
from spectorcli.errors import NotFound, no_such
from spectorcli.result import Look, Note, Result, Row, Said, Shows


def ask(case: Case, question: str, **filters: str | None) -> Result:
    """Answer a question.

    ``operation`` defaults to the case's own; ``all`` means every one. Where the default leaves rows out, or nothing,
    the answer says so. ``kind`` is a word in the column of that name, in any case. Other filters that are None do not
    restrict.

    Raises:
        NotFound: a filter names a thing that is not in the case, or more than one, or a word that nothing has.
    """
    if case.operation is None or filters.get("operation", "all") is not None:
        return _ask(case, question, filters)
    own = _ask(case, question, filters | {"operation": case.operation})

    def ask_all() -> Result:
        return _ask(case, question, filters | {"operation": "all"})

    if rows := begun(own):
        counted = _Counted(rows)
        return own._replace(rows=counted, left_out=_elsewhere(counted, ask_all))
    everything = ask_all()
    if rows := begun(everything):
        name = case.thing(case.operation, "operations")[2]
        return everything._replace(rows=rows, left_out=[f"nothing of this in {name}; the answer is of all operations"])
    return everything


def begun(result: Result) -> Iterator[Row] | None:
    """Return the rows of an answer, None if there is none."""
    rows = iter(result.rows)
    first = next(rows, None)
    return None if first is None else chain([first], rows)


class _Counted(Iterator[Row]):
    """Rows as they come, and how many came."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self.count = 0

    def __next__(self) -> Row:
        row = next(self._rows)
        self.count += 1
        return row


def _elsewhere(own: _Counted, ask_all: Callable[[], Result]) -> Iterator[str]:
    """Say how many rows the case's own operation leaves out, once its own have been read."""
    left = sum(1 for _ in ask_all().rows) - own.count
    if left > 0:
        yield f"{left:,} more in other operations; see {'it' if left == 1 else 'them'} with --operation all"


def _ask(case: Case, question: str, filters: Mapping[str, str | None]) -> Result:
    """Answer a question of one operation, or of all."""
    titles = [question.capitalize()]
    parameters: dict[str, str | None] = {"question": question, "today": case.metadata.get("as_of")}
    for name, text in filters.items():
        if name == "operation" and text == "all":
            text = None
        if name in THINGS and text is not None:
            text, _, label = case.thing(text, THINGS[name])
            titles.append(f"{label} ({text})")
        parameters[name] = text
    narrowed = any(parameters.get(name) for name in ("country", "kind"))
    result = _answer(case, ", ".join(titles), question, parameters)
    if question in ("people", "proceedings"):
        return result._replace(notes=_undated(case, parameters))
    if narrowed or "operation" not in parameters:
        return result
    wholes = list(case.records("answers/sums", parameters))
    if not wholes:
        return result
    from spectorcli.answers.sums import add_up  # with words and values: 9 ms, which a timeline need not pay

    return result._replace(notes=[add_up(whole) for whole in wholes])


def _undated(case: Case, parameters: Parameters) -> list[Note]:
    """Say which statuses have no date, so that nobody knows whether they are old."""
    told = [row["id"] for row in case.records("answers/undated", {"person": None, "operation": None, **parameters})]
    return [Note("undated", {"first": Said(Shows.ID, told[0]), "things": Said(Shows.COUNT, len(told))})] if told else []


def _answer(case: Case, title: str, question: str, parameters: Parameters) -> Result:
    """Run the statement; where nothing is of the kind that is asked for, look which word is meant."""
    look = Look(question) if question in (Look.FIELDS, Look.TIMELINE) else Look.TABLE
    result = case.result(title, f"questions/{question}", parameters, look)
    kind = parameters.get("kind")
    if kind is None:
        return result
    if kind and (rows := begun(result)):  # an empty one restricts nothing, and nobody means that
        return result._replace(rows=rows)
    word = _word(case, question, parameters, kind)
    return result if word == kind else _answer(case, title, question, {**parameters, "kind": word})


def _word(case: Case, question: str, parameters: Parameters, text: str) -> str:
    """Return the word for ``--kind`` that is meant, in any case; refuse one that nothing has."""
    everything = case.stream(f"questions/{question}", dict.fromkeys(parameters))
    words = sorted({str(row["kind"]) for row in everything})
    for word in words:
        if word.casefold() == text.casefold():
            return word
    raise NotFound(no_such("kind", text, words, f" in {question}"))
