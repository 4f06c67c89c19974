"""spector: a case file that answers with its sources."""

__version__ = "0.1.0"
