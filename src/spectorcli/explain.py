"""Says in plain sentences why the best claim won, from the rows that ``why`` shows.

It judges nothing itself: which step of the rule decided is what ``weigh`` has stored.
"""

from collections.abc import Sequence

from spectorcli.result import Cell

Record = dict[str, Cell]


def explain(fact: Record, claims: Sequence[Record], siblings: Record | None) -> list[str]:
    """Return sentences for one group of claims that were weighed together.

    ``fact`` has value, unit, dispute, sources and origins; ``claims`` are rows of ``why``, best first;
    ``siblings`` has whole, total, parts and own if the thing is a part of something.
    """
    best = next(claim for claim in claims if claim["verdict"] == "best")
    rivals = [claim for claim in claims if claim["verdict"] == "differs"]
    sentences = [_best(fact, best)]
    for said in dict.fromkeys(_said(rival) for rival in rivals):
        sentences.append(_rival([rival for rival in rivals if _said(rival) == said], siblings))
    if rivals:
        sentences.append(_decided(fact, best, rivals))
    return sentences


def _said(claim: Record) -> str:
    return f"{claim['value']} {claim['unit']}".strip()


def _best(fact: Record, best: Record) -> str:
    value = f"{fact['value']} {fact['unit']}".strip()
    start = f"{value} is best supported: {best['source']}, {best['kind']}, reliability {_letter(best)}"
    if fact["origins"] == 1:
        others = f"; {fact['sources']} sources agree, but all go back to one origin" if fact["sources"] != 1 else ""
        return f"{start}{others or ', the only source'}"
    return f"{start}; {fact['sources']} sources of {fact['origins']} independent origins agree"


def _rival(claims: list[Record], siblings: Record | None) -> str:
    sources = list(dict.fromkeys(str(claim["source"]) for claim in claims))
    origins = {claim["origin"] for claim in claims}
    if len(sources) == 1:
        by = f"{sources[0]}, reliability {_letter(claims[0])}"
    else:
        shared = ", which all go back to one origin" if len(origins) == 1 else ""
        by = f"{', '.join(sources[:-1])} and {sources[-1]}{shared}"
    sentence = f"{_said(claims[0])} is said by {by}"
    low, high = claims[0]["low"], claims[0]["high"]
    if siblings and isinstance(low, float) and isinstance(high, float):
        parts = float(siblings["parts"] or 0) - float(siblings["own"] or 0) + (low + high) / 2
        if siblings["parts"] == siblings["total"]:
            sentence += f"; it would make the parts of {siblings['whole']} {parts:,.10g}, not {siblings['total']:,.10g}"
    note = next((claim["note"] for claim in claims if claim["note"]), None)
    return f"{sentence} ({note})" if note else sentence


def _decided(fact: Record, best: Record, rivals: list[Record]) -> str:
    """Name the step of the rule that told the best from its strongest rival, and what it leaves open."""
    rival = next((claim for claim in rivals if claim["rank"] != "deprecated"), rivals[0])
    if best["rank"] == "preferred":
        return f"the editor prefers {_said(best)}: {best['note']}"
    if rival["rank"] == "deprecated":
        return f"the editor has deprecated what differs: {rival['note']}"
    reason = _REASONS[str(fact["decided"])].format(best=_letter(best), rival=_letter(rival))
    if fact["dispute"] == "open":
        return f"this is open between {best['source']} and {rival['source']}, both of reliability {_letter(best)}; " + (
            f"{_said(best)} only comes first by {reason}"
        )
    return f"settled by {reason}"


_REASONS = {
    "rank": "the editor's rank",
    "reliability": "reliability: {best} against {rival}",
    "origins": "the number of independent origins",
    "precision": "precision",
    "publication": "the newer publication",
    "id": "the id of the source, for nothing else tells them apart",
}


def _letter(claim: Record) -> str:
    return str(claim["grade"])[:1]
