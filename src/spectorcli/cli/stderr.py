"""What is said on stderr: a line at a time, which needs no stderr that takes it."""

import os
import sys

from spectorcli.escapes import clean


def tell(line: str) -> None:
    """Write a line that says who says it."""
    say(f"spector: {line}")


def say(line: str) -> None:
    """Write a line to stderr; where that takes nothing, the exit code still tells."""
    try:
        sys.stderr.write(clean(line) + "\n")
        sys.stderr.flush()
    except (OSError, AttributeError):  # full, or closed before we began
        forget(2)


def forget(stream: int) -> None:
    """Keep Python from trying again, at its end, to write what could not be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
