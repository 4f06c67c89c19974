"""Builds the database of a case from its folder: ``load`` is the way in, and its steps have a module each."""
