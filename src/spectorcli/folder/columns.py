"""The columns of claims.csv, and what may stand in that of the rank."""

CLAIM_COLUMNS = ("subject", "property", "value", "unit", "when", "source", "at", "stated", "rank", "note")

RANKS = ("", "preferred", "deprecated")
