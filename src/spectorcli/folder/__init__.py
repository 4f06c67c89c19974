"""Reads a case folder: ``read`` first, then the rows of ``claims``.

Nothing here writes: what comes out is checked things and checked claims, in the order of the files.
"""
