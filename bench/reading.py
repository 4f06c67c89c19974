"""Measures how much of what texts say is read, and how much of what is read they say.

``python -m bench.reading [COPY...]`` reads the texts of ``bench/gold``: ``own.jsonl`` by those who wrote the code,
``blind.jsonl`` by somebody who had seen neither code nor words, ``new.jsonl`` for a case that knows the name of its
operation and nothing else. A line is a text with its quantities in order,
``stated``, ``value`` and ``unit`` as a claim has them (``date`` for a date), and ``of``, what it is said of in the
small case beside them. A copy that is named by a source of the bundled case is measured by its claims with figures,
which the case does not have meanwhile. ``--write`` puts the table into bench/README.md, ``-v`` tells each miss.

Right is a suggestion with the words, the value, the unit and the qualifier; what is counted is a matter of subject
and property. A date is also right as an end of the time that the words span.
"""

import argparse
import csv
import json
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from spectorcli.answers.diff import as_database
from spectorcli.case import Case
from spectorcli.database import open_database
from spectorcli.reading import read
from spectorcli.result import Cell
from spectorcli.starter import init
from spectorcli.values.units import Measure, base, factor, meant, measure

ROOT = Path(__file__).parents[1]
GOLD = Path(__file__).with_name("gold")
RECALL, SURE, GUESSED = 0.95, 0.70, 0.80
"""Targets; besides, no value that is sure may be wrong."""

BEGUN = "new"
"""The texts that are read into a case that has just begun."""

FIRST = 3
"""Guesses that are looked at."""

Say = Callable[[str], None]


class Score(NamedTuple):
    """What was counted: ``offered`` suggestions, ``good`` or, sure and wrong, ``off``, and the quantities.

    Those that are ``placed`` have what they are said of.
    """

    quantities: int = 0
    offered: int = 0
    good: int = 0
    off: int = 0
    right: int = 0
    sure: int = 0
    placed: int = 0
    guessed: int = 0

    def plus(self, *more: int) -> "Score":
        """Return the sum."""
        return Score(*(one + other for one, other in zip(self, more, strict=True)))


def main() -> int:
    """Measure both halves and the copies that are named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("copies", nargs="*", type=Path, metavar="COPY")
    parser.add_argument("--write", action="store_true", help="put what was measured into bench/README.md")
    parser.add_argument("-v", action="store_true", help="tell each miss")
    options = parser.parse_args()
    say: Say = print if options.v else lambda line: None
    table = [row("texts", "quantities", "precision", "recall", "sure", "wrong if sure", f"of what, in {FIRST}")]
    missed = False
    with TemporaryDirectory(prefix="spector-bench-") as temporary:
        for half in sorted(GOLD.glob("*.jsonl")):
            scores = measured(half, Path(temporary), say)
            table += [shown(f"{half.stem}, {language}", score) for language, score in sorted(scores.items())]
            whole = Score().plus(*map(sum, zip(*scores.values(), strict=True)))
            table.append(shown(f"{half.stem}, all", whole))
            missed |= not reached(whole)
        for copy in options.copies:
            score = by_claims(copy, Path(temporary), say)
            table.append(shown(copy.stem, score))
            missed |= score.guessed < GUESSED * score.placed
    print("\n".join(table))
    if options.write:
        write_down("\n".join(table))
    return int(missed)


def measured(half: Path, room: Path, say: Say) -> dict[str, Score]:
    """Return the score of each language of some texts."""
    scores: dict[str, Score] = {}
    case_of = room / half.stem if half.stem == BEGUN else GOLD / "case"
    if half.stem == BEGUN:
        init(case_of, bundled=False, operation="Operation Lantern")
    with as_database(case_of) as file, closing(Case(open_database(file))) as case:
        for line in half.read_text(encoding="utf-8").splitlines():
            text = json.loads(line)
            copy = room / "text.txt"
            copy.write_text(text["text"], encoding="utf-8")
            got = list(read(case, [copy]).records())
            language = text["lang"]
            scores[language] = scores.get(language, Score()).plus(*score_of(text, got, say))
    return scores


def score_of(text: Mapping[str, Any], got: Sequence[Mapping[str, Cell]], say: Say) -> Score:
    """Compare what is read in a text with the quantities that it has."""
    spans = list(placed(text["text"], [str(one["stated"]) for one in got]))
    score = Score()
    right = set()
    starts = placed(text["text"], [one["stated"] for one in text["quantities"]])
    for wanted, (start, end) in zip(text["quantities"], starts, strict=True):
        near = [place for place, (first, last) in enumerate(spans) if first < end and start < last]
        fits = [place for place in near if same(wanted["value"], wanted["unit"], got[place])]
        right.update(fits[:1])
        told = str(got[fits[0]]["guesses"]).split("; ")[:FIRST] if fits else []
        guesses = [one.partition(" (new ")[0] for one in told]
        is_sure = bool(fits) and got[fits[0]]["sure"] == "yes"
        is_guessed = wanted.get("of") in guesses
        score = score.plus(1, 0, 0, 0, bool(fits), is_sure, "of" in wanted, is_guessed)
        if not fits:
            read_as = ", ".join(f"{got[place]['value']} {got[place]['unit']}" for place in near) or "nothing"
            say(f"{text['lang']}: {wanted['stated']!r} is {wanted['value']} {wanted['unit']}, read as {read_as}")
        elif "of" in wanted and got[fits[0]]["subject"] not in ("", wanted["of"].split()[0]):
            say(f"{text['lang']}: {wanted['stated']!r} is of {wanted['of']}, put down as {got[fits[0]]['subject']}")
        elif "of" in wanted and not is_guessed:
            say(f"{text['lang']}: {wanted['stated']!r} is of {wanted['of']}, guessed {guesses}")
    for place, one in enumerate(got):
        if place not in right:
            say(f"{text['lang']}: {one['stated']!r} read as {one['value']} {one['unit']}, sure {one['sure']}")
    off = sum(one["sure"] == "yes" for place, one in enumerate(got) if place not in right)
    return score._replace(offered=len(got), good=len(right), off=off)


def placed(text: str, stated: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where words of a text stand that come in its order."""
    begin = 0
    for words in stated:
        found = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)").search(text, begin)
        start = found.start() if found else text.index(words)
        yield start, start + len(words)
        begin = start + 1


def same(value: str, unit: str, one: Mapping[str, Cell]) -> bool:
    """Whether a suggestion has a value with its qualifier in its unit, or one that converts into that."""
    if (unit == "date") != (one["type"] == "date"):
        return False
    if unit == "date":
        return value in (str(one["value"]), *str(one["value"]).split("/"))
    counted = (Measure.COUNT, Measure.NONE)
    mine, theirs = meant(unit), str(one["unit"])
    if measure(mine) in counted and measure(theirs) in counted:
        mine = theirs = ""
    return base(mine) == base(theirs) and parts(value, mine) == parts(str(one["value"]), theirs)


def parts(value: str, unit: str) -> tuple[str, list[Decimal]]:
    """Return the qualifier of a value, and its figure, or the two of a range, in the base unit."""
    bare = value.lstrip("~<>=")
    return value[: len(value) - len(bare)], [Decimal(one) * factor(unit) for one in bare.split("..")]


def by_claims(copy: Path, room: Path, say: Say) -> Score:
    """Measure a copy by the claims of its source, each value once, without which the case is then."""
    folder, source = room / copy.stem, copy.stem
    shutil.copytree(ROOT / "seed", folder)
    with (folder / "claims.csv").open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines)
    place = header.index("source")
    with (folder / "claims.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([header, *(row for row in rows if row[place] != source)])
    with as_database(ROOT / "seed") as file, closing(Case(open_database(file))) as case:
        claims = [
            (f"{one['subject']} {one['property']}", str(one["value"]), str(one["unit"] or ""), str(one["type"]))
            for one in case.read("claims")
            if one["source"] == source and one["type"] in ("number", "date") and one["rank"] != "inferred"
        ]
    with as_database(folder) as file, closing(Case(open_database(file))) as case:
        got = list(read(case, [copy]).records())
    score = Score()
    for of, value, unit, type in dict.fromkeys(claims):
        fits = [one for one in got if same(value, "date" if type == "date" else unit, one)]
        guessed = any(of in str(one["guesses"]).split("; ")[:FIRST] for one in fits)
        sure = any(one["sure"] == "yes" for one in fits)
        score = score.plus(1, 0, 0, 0, bool(fits), sure, 1, guessed)
        if not guessed:
            say(f"{source}: {of} {value} {unit}: {[one['guesses'] for one in fits] or 'not read'}")
    return score


def reached(score: Score) -> bool:
    """Whether a half meets the targets."""
    return (
        score.right >= RECALL * score.quantities
        and score.sure >= SURE * score.quantities
        and not score.off
        and score.guessed >= GUESSED * score.placed
    )


def shown(name: str, score: Score) -> str:
    """Return the line of a score."""
    return row(
        name,
        str(score.quantities),
        share(score.good, score.offered),
        share(score.right, score.quantities),
        share(score.sure, score.quantities),
        str(score.off) if score.offered else "",
        share(score.guessed, score.placed),
    )


def share(some: int, of: int) -> str:
    """Return a share in per cent, with what it is of."""
    return f"{100 * some / of:.0f} % ({some}/{of})" if of else ""


def row(name: str, *cells: str) -> str:
    """Return a line of the table."""
    return " ".join([f"{name:16}", *(f"{cell:>15}" for cell in cells)]).rstrip()


def write_down(text: str) -> None:
    """Put the table into bench/README.md."""
    readme = Path(__file__).with_name("README.md")
    before, _, rest = readme.read_text(encoding="utf-8").partition("<!-- reading -->\n")
    _, mark, after = rest.partition("<!-- end of reading -->")
    readme.write_text(f"{before}<!-- reading -->\n```\n{text}\n```\n{mark}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
