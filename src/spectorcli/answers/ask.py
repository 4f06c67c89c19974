"""Answers a question that is one statement: ``ask(case, "arrests", country="DE")``.

The statement is named like the question, and its filters are the named parameters.
"""

from itertools import chain

from spectorcli.case import THINGS, Case, Parameters, Record
from spectorcli.errors import NotFound, no_such
from spectorcli.result import Look, Result


def ask(case: Case, question: str, **filters: str | None) -> Result:
    """Answer a question.

    ``operation`` defaults to the case's own; ``all`` means every one. ``kind`` is a word in the column of
    that name, in any case. Other filters that are None do not restrict.

    Raises:
        NotFound: a filter names a thing that is not in the case, or more than one, or a word that nothing has.
    """
    titles = [question.capitalize()]
    parameters: dict[str, str | None] = {"question": question}
    for name, text in filters.items():
        if name == "operation":
            text = case.operation if text is None else text
            text = None if text == "all" else text
        if name in THINGS and text is not None:
            text, _, label = case.thing(text, THINGS[name])
            titles.append(f"{label} ({text})")
        parameters[name] = text
    narrowed = any(parameters.get(name) for name in ("country", "kind"))
    notes: list[str] = [] if narrowed or "operation" not in parameters else _sums(case, parameters)
    return _answer(case, ", ".join(titles), question, parameters)._replace(notes=notes)


def _answer(case: Case, title: str, question: str, parameters: Parameters) -> Result:
    """Run the statement; where nothing is of the kind that is asked for, look which word is meant."""
    look = Look(question) if question in (Look.FIELDS, Look.TIMELINE) else Look.TABLE
    result = case.result(title, f"questions/{question}", parameters, look)
    kind = parameters.get("kind")
    if kind is None:
        return result
    rows = iter(result.rows)
    if kind and (first := next(rows, None)):  # an empty one restricts nothing, and nobody means that
        return result._replace(rows=chain([first], rows))
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


def _sums(case: Case, parameters: dict[str, str | None]) -> list[str]:
    """Say for each whole that has parts whether they add up to it."""
    return [_sum_sentence(row) for row in case.records("answers/sums", parameters)]


def _sum_sentence(row: Record) -> str:
    """Write ``the 4 parts of … add up to 354 of 850 kg; 496 kg are not itemised``."""
    parts, total = float(row["parts"] or 0), float(row["total"] or 0)
    unit = "kg" if row["unit"] in {"g", "t", "lb", "oz"} else str(row["unit"])
    about = "about " if row["rough"] or isinstance(row["stated"], str) else ""
    if row["how_many"] == 1:
        start = f"the one part of {row['whole']} is {about}{_figure(parts)}"
    else:
        start = f"the {row['how_many']} parts of {row['whole']} add up to {about}{_figure(parts)}"
    rest = round(total - parts, 9)
    if not rest:
        return f"{start} {unit}, which is the stated total"
    if rest > 0:
        return f"{start} of {_figure(total)} {unit}; {about}{_figure(rest)} {unit} are not itemised"
    return f"{start} {unit}, {_figure(-rest)} more than the stated {_figure(total)}"


def _figure(number: float) -> str:
    return f"{number:,.3f}".rstrip("0").rstrip(".")
