"""Where ``spector`` and ``python -m spectorcli`` begin."""

import signal


def run() -> None:
    """Import the command line, and run it.

    Ctrl-C before ``main`` is there to take it ends us as it ends any program, not with a traceback of an import.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from spectorcli.cli.main import main

    main()


if __name__ == "__main__":
    run()
