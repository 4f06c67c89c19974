"""Asks on a terminal for the cells of a row, offers what may stand there, and takes no answer that is a mistake."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, redirect_stdout
from functools import partial
from itertools import count
from pathlib import Path

import typer

from spectorcli.add import adds
from spectorcli.claiming import Offer, offers
from spectorcli.cli.stderr import tell
from spectorcli.folder.claims import wrong_cell
from spectorcli.folder.columns import RANKS
from spectorcli.folder.mistakes import mistake
from spectorcli.folder.read import Folder, read_folder
from spectorcli.folder.register import Thing
from spectorcli.folder.table import illegible
from spectorcli.folder.things import check_thing, wrong_id
from spectorcli.values import units
from spectorcli.vocabulary import Property, read_vocabulary

Cells = dict[str, str]
Given = Mapping[str, str | None]

CLAIM = ("source", "subject", "property", "stated", "unit", "value", "when", "at", "rank", "note")
"""The cells of a claim in the order in which they are asked for: the value may follow from what is stated."""

NEEDED = frozenset({"source", "subject", "property", "unit", "value"})


def claims(folder: Path, given: Given, descriptions: Mapping[str, str]) -> Iterator[Cells]:
    """Ask for a claim, and for further ones of its source until no subject is named; what was given is not asked for.

    The folder is read again for each claim.
    """
    source = given["source"]
    for number in count():
        case = read_folder(folder, read_vocabulary())
        known = {**given, "source": source}
        cells = {name: text or "" for name, text in known.items()}
        for name in CLAIM:
            if name == "unit" and cells["stated"] and not cells["value"]:
                take_value(folder, cells)
            if known[name] is not None or cells[name] or (name == "unit" and not _has_units(case, cells)):
                continue
            description, needed = descriptions[name], name in NEEDED
            if name == "subject" and number:
                description, needed = f"of the next claim of {source}; Enter to end", False
            elif not needed:
                description += "; Enter to skip"
            wrong = partial(_wrong, name, cells, case)
            cells[name] = _answer(f"{name} ({description})", needed, _offered(name, cells, case), wrong)
            if name == "subject" and not cells[name]:
                return
        yield cells
        source = cells["source"]
        if given["subject"] is not None:
            return


def take_value(folder: Path, cells: Cells) -> list[Offer]:
    """Take the value of a claim from its stated words, if they have only one; return what they have."""
    found = offers(folder, cells)
    if len(found) == 1:
        cells |= {"value": found[0].value, "unit": cells["unit"] or found[0].unit}
        tell(f"{' '.join(found[0]).rstrip()}, as stated")
    return found


def source(folder: Path, given: Given, descriptions: Mapping[str, str], needed: Sequence[str]) -> Cells:
    """Ask for the cells of a source, those first that are needed."""
    case = read_folder(folder, read_vocabulary())
    kind = case.known.kinds["sources"]
    nothing = {column.name: "" for column in kind.columns}

    def wrong(name: str, answer: str) -> str:
        if name == "id" and (there := case.known.kind_of(answer)):
            return f"{answer!r} is one of the {there} already"
        if name == "id" and (problem := wrong_id(answer)):
            return problem
        id = answer if name == "id" else cells["id"]
        seen = {**nothing, "title": id, "reliability": "F", name: answer}
        found = check_thing(Thing(id, kind.name, seen, 0), kind, case.known)
        return next(map(case.mistakes.sentence, found), "")

    cells = {name: text or "" for name, text in given.items()}
    for name in dict.fromkeys([*needed, *descriptions]):
        if given[name] is None:
            skip = "" if name in needed else "; Enter to skip"
            terms = [term.word for term in kind.properties[name].terms] if name in kind.properties else []
            offered = sorted(case.things.ids("sources")) if name == "derived_from" else terms
            cells[name] = _answer(f"{name} ({descriptions[name]}{skip})", name in needed, offered, partial(wrong, name))
    return cells


def _answer(question: str, needed: bool, offered: Sequence[str], wrong: Callable[[str], str]) -> str:
    """Ask until the answer is right; what is wrong is told."""
    with ExitStack() as stack:
        if not sys.stdout.isatty():
            stack.enter_context(redirect_stdout(sys.stderr))  # where what is asked belongs
        stack.enter_context(_completed(offered))
        while True:
            answer = str(typer.prompt(question, None if needed else "", show_default=False)).strip()
            if not answer or not (problem := illegible([answer]) or wrong(answer)):
                return answer
            tell(problem)


@contextmanager
def _completed(offered: Sequence[str]) -> Iterator[None]:
    """Have Tab complete what is typed to one of these, where the terminal can."""
    try:
        import readline
    except ImportError:  # on Windows
        yield
        return
    readline.set_completer_delims("")
    readline.parse_and_bind("bind ^I rl_complete" if "libedit" in (readline.__doc__ or "") else "tab: complete")
    readline.set_completer(lambda typed, place: [*(one for one in offered if one.startswith(typed)), None][place])
    try:
        yield
    finally:
        readline.set_completer(None)


def _wrong(name: str, cells: Cells, case: Folder, answer: str) -> str:
    """Return what is wrong with an answer, and how a thing that is not there is added."""
    problem = wrong_cell(name, {**cells, name: answer}, case.known)
    if not problem:
        return ""
    said = case.mistakes.sentence(mistake("claims.csv", 0, problem))
    guessed = name != "subject" or said.endswith("?")
    return said if guessed else f"{said}; it would be added with: {adds(case, answer)}"


def _declared(case: Folder, cells: Cells) -> Property | None:
    kind = case.known.kind_of(cells["subject"])
    return case.known.kinds[kind].properties.get(cells["property"]) if kind else None


def _has_units(case: Folder, cells: Cells) -> bool:
    """Whether a claim has to say its unit."""
    declared = _declared(case, cells)
    return declared is not None and bool(declared.units) and not declared.single_unit


def _offered(name: str, cells: Cells, case: Folder) -> Sequence[str]:
    """Return what a cell of a claim may be."""
    if name == "source":
        return sorted(case.things.ids("sources"))
    if name == "subject":
        return sorted(
            thing.id for kind in case.known.kinds.values() for thing in case.things.of_kind(kind.name) if kind.claimed
        )
    if name == "property":
        kind = case.known.kind_of(cells["subject"])
        return [one.name for one in case.known.kinds[kind].claimed] if kind else []
    if name == "rank":
        return RANKS[1:]
    declared = _declared(case, cells) if name in ("unit", "value") else None
    if declared is None:
        return []
    if name == "unit":
        return units.allowed(declared.units)
    if declared.type == "ref":
        return sorted(case.things.ids(declared.target))
    return [term.word for term in declared.terms]
