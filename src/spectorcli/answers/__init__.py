"""Answers questions of a case: a module for each answer that is more than one statement.

An answer is a function of a case that returns a ``Result``. It knows no format and prints nothing.
"""
