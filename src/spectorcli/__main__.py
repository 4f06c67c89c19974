"""Lets ``python -m spectorcli`` do what ``spector`` does."""

from spectorcli.cli import main

if __name__ == "__main__":
    main()
