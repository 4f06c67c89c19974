"""The columns of claims.csv, and what may stand in that of the rank."""

CLAIM_COLUMNS = ("subject", "property", "value", "unit", "when", "source", "at", "stated", "rank", "note")

OPTIONAL_COLUMNS = frozenset(CLAIM_COLUMNS) - {"subject", "property", "value", "source"}
"""Those that a file may do without; their cells are then empty."""

RANKS = ("", "preferred", "deprecated")
