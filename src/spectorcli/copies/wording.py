"""Which copies share wording: what repeats another text, word for word, has its facts from there, or both from a third.

What is compared are runs of words, as shingling does (Broder, On the resemblance and containment of documents, 1997).
"""

import re

from spectorcli.copies.folder import Copy

RUN = 8
"""Words in a row that two texts seldom have by chance; of five, "more than 800 people were" would do."""

LEAST_SHARE, LEAST_RUNS = 0.03, 8
"""From which share of its runs, and how many of them, a text is said to repeat another.

Of 19 articles about one operation two share 29 runs, 12 % of each, and no other pair shares any.
"""

LONGEST = 2_000_000
"""Characters of a copy that are looked at: a page has a hundredth of it."""


def runs(copy: Copy) -> frozenset[tuple[str, ...]]:
    """Return each run of words in the main text of a copy."""
    words = re.findall(r"\w+", " ".join(block.text for block in copy.blocks if block.main)[:LONGEST].casefold())
    return frozenset(tuple(words[place : place + RUN]) for place in range(len(words) - RUN + 1))


def share(of: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    """Return the share of the runs of a text that stand in another, from 0 to 1; 0 if it is too little to say so."""
    common = len(of & other)
    return common / len(of) if common >= LEAST_RUNS and common >= LEAST_SHARE * len(of) else 0.0
