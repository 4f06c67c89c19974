"""Reads a case folder: ``read`` the things, then the rows of ``claims``.

Nothing here writes, and a mistake is a value: readers yield rows or mistakes, and what checks a row is a function of
the row and of what is known (``Known``). Only the collector (``Mistakes``) counts, guesses and stops.
"""
