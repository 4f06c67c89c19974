"""The rows: each a promise, and a generator of trials that yields nothing where it held, else what went wrong."""

from typing import NamedTuple

from bench.faults.crowd import first, races, readers
from bench.faults.damage import altered, damage, hostile
from bench.faults.full import device, errors, limit, tmpfs
from bench.faults.gone import heads, signals
from bench.faults.killed import journal, kill, steps
from bench.faults.lab import Lab, Skipped
from bench.faults.places import others, paths, places
from bench.faults.power import power

ROWS = {
    row.__name__: row
    for row in (
        *(kill, steps, power, journal),
        *(limit, tmpfs, errors, device),
        *(races, readers, first),
        *(places, others, paths),
        *(damage, altered, hostile),
        *(signals, heads),
    )
}


class Outcome(NamedTuple):
    """How a row went: how many trials it had, what went wrong in them, or why it was not tried."""

    trials: int
    wrong: list[str]
    skipped: str = ""


def tried(name: str, lab: Lab) -> Outcome:
    """Try a row."""
    lab.begin(name)
    trials: list[str] = []
    try:
        trials += ROWS[name](lab)
    except Skipped as skipped:
        return Outcome(0, [], str(skipped))
    except Exception as error:  # a row that cannot go on has failed, the others go on
        trials.append(repr(error))
    finally:
        lab.end()
    return Outcome(len(trials), [problem.strip() for problem in trials if problem])
