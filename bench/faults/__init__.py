"""Breaks what spector stands on, as a machine or a user would, and counts how often its promises held."""
