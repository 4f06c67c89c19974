"""The columns of claims.csv, which may be left out, and what may stand in that of the rank."""

BASIC_COLUMNS = ("subject", "property", "value", "unit", "when", "source", "at", "stated", "rank", "note")
"""Those of a new case."""

CONFLICT = "conflict"
"""The column in which a merge says whose a row is that two hands changed."""

OPTIONAL_COLUMNS = ("quoting", "checked")
"""Those that are put behind the others when something is to stand in them."""

OPTIONAL_OF_SOURCES = ("author", "language", "retrieved", "archived")
"""The same of sources.csv."""

CLAIM_COLUMNS = (*BASIC_COLUMNS, *OPTIONAL_COLUMNS)

NEEDED_COLUMNS = ("subject", "property", "value", "source")
"""Those that no file of claims does without: some of their cells have something in them."""

RANKS = ("", "preferred", "inferred", "deprecated")
