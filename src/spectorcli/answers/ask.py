"""Answers a question that is one statement: ``ask(case, "arrests", country="DE")``.

The statement is named like the question, and its filters are the named parameters.
"""

from itertools import chain

from spectorcli.case import THINGS, Case, Parameters
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
    result = _answer(case, ", ".join(titles), question, parameters)
    if narrowed or "operation" not in parameters:
        return result
    wholes = list(case.records("answers/sums", parameters))
    if not wholes:
        return result
    from spectorcli.answers.sums import add_up  # with words and values: 9 ms, which a timeline need not pay

    return result._replace(notes=[add_up(whole) for whole in wholes])


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
