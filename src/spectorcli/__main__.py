"""Where ``spector`` and ``python -m spectorcli`` begin and end, doing nothing that only a longer life needs."""

import _signal  # type: ignore[import-not-found]  # signal imports for milliseconds in which Ctrl-C is a traceback
import gc
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

GARBAGE = 20_000
"""New objects between two searches for what only circles keep alive: Python's own 700 come 40 times in a timeline."""


def run() -> None:
    """Import the command line, and run it.

    Ctrl-C before ``main`` is there to take it ends us as it ends any program, not with a traceback of an import.
    """
    gc.disable()  # an import leaves no garbage, but is searched for it a dozen times: 8 ms
    if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
        _signal.signal(_signal.SIGINT, _signal.SIG_DFL)
    if sys.warnoptions and not os.environ.get("SPECTOR_DEBUG"):
        import warnings

        warnings.simplefilter("ignore")  # of a library, to its users: as an error it would end an answer
    from spectorcli.cli.main import main

    gc.freeze()
    gc.set_threshold(GARBAGE)
    gc.enable()
    try:
        main()
    except SystemExit as end:
        _leave(end)


def _leave(end: SystemExit) -> "NoReturn":
    """End at once: to take apart every module that was imported takes a tenth of a question.

    Raises:
        SystemExit: Python's own end is needed, because something watches or cannot be written.
    """
    if not isinstance(end.code, int) or _watched():
        raise end
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):
        raise end from None
    os._exit(end.code)


def _watched() -> bool:
    """Tell whether coverage, a profiler or a debugger is there, which has something to do at the end."""
    if sys.version_info >= (3, 12) and any(map(sys.monitoring.get_tool, range(6))):
        return True
    return bool(sys.gettrace() or sys.getprofile())


if __name__ == "__main__":
    run()
