"""Reads datapackage.json: the title of a case and the operation that it is about."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from spectorcli.escapes import clean, unsafe
from spectorcli.folder.changes import Change, unfit
from spectorcli.folder.mistakes import Mistake
from spectorcli.values import date
from spectorcli.values.span import BadValue


def read_metadata(path: Path) -> tuple[dict[str, str], list[Mistake], list[Change]]:
    """Return ``title``, ``operation`` and the whole ``package`` as JSON; a folder may do without them.

    Of a case as of a day also ``as_of``, an ISO date; its title says so. What only describes the case, and is of a
    type that nothing here expects, is left out and told.
    """
    metadata = {"title": clean(path.resolve().name), "operation": "", "package": "{}"}
    file = path / "datapackage.json"
    if not file.is_file():
        return metadata, [], []
    try:
        package = json.loads(file.read_text(encoding="utf-8-sig"))
        package.pop("resources", None)  # they follow from the vocabulary
        json.dumps(package, allow_nan=False)
    except (ValueError, AttributeError, TypeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        return metadata, [Mistake(file.name, line, "is not a data package: it cannot be read as a JSON object")], []
    odd = _odd(package)
    package = {key: value for key, value in package.items() if key not in odd}
    wrong = [Mistake(file.name, line_of(file, problem.split()[0]), problem) for problem in _problems(package)]
    known = ("title", "operation", "as_of")
    stated = {key: package[key] for key in known if isinstance(package.get(key), str) and package[key]}
    metadata = {**metadata, **stated, "package": json.dumps(package, ensure_ascii=False)}
    if "as_of" in metadata and not wrong:
        metadata["title"] += f", as of {date.say(metadata['as_of'])}"
    return metadata, wrong, [unfit(key, why) for key, why in odd.items()]


def line_of(file: Path, key: str) -> int:
    """Return the line of a JSON file in which a key stands first; 1 if it is written in another way."""
    with file.open(encoding="utf-8-sig", errors="replace") as lines:
        start = json.dumps(key, ensure_ascii=False)
        return next((number for number, line in enumerate(lines, 1) if line.lstrip(" \t{").startswith(start)), 1)


LINES = ("title", "name", "operation")
"""What is shown in one line."""

_WHITE = str.maketrans("\n\r\t", "   ")


def _odd(package: Mapping[str, Any]) -> dict[str, str]:
    """Return what describes a case, whoever wrote it, and is of another type than exports expect; and why.

    Any of it may be missing or null; what nothing here uses has no type, and is handed on as it is.
    """
    texts = ("title", "name", "description")
    odd = {key: "is not a text" for key in texts if not isinstance(package.get(key), str | None)}
    if not _are_licenses(package.get("licenses")):
        odd["licenses"] = "is not a list of objects whose name, title and path are texts"
    return odd


def _problems(package: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with a data package: what answers depend on, and characters.

    A description may have several lines.
    """
    operation, as_of = package.get("operation"), package.get("as_of")
    problems = [] if isinstance(operation, str | None) else ["operation is not a text"]
    if as_of is not None and not _is_day(as_of):
        problems.append("as_of is not a day, such as 2023-05-02")
    for key, value in package.items():
        found = (unsafe(text if key in LINES else text.translate(_WHITE)) for text in _texts({key: value}))
        if bad := next(filter(None, found), None):
            problems.append(f"{clean(key)} holds the character {bad}; remove it")
    return problems


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and date.read(value).width == 0
    except BadValue:
        return False


def _are_licenses(value: object) -> bool:
    if not isinstance(value, list):
        return value is None
    objects = all(isinstance(one, dict) for one in value)
    return objects and all(isinstance(one.get(key), str | None) for one in value for key in ("name", "title", "path"))


def _texts(value: object) -> Iterator[str]:
    """Yield all texts of a JSON value, keys too, in no particular order."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            waiting += [*one, *one.values()]
        elif isinstance(one, list):
            waiting += one
