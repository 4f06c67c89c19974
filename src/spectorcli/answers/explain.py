"""Says in plain sentences why the best claim won, from the rows that ``why`` shows.

It judges nothing itself: which step of the rule decided is what ``weigh`` has stored.
"""

from collections.abc import Sequence

from spectorcli.case import Record
from spectorcli.escapes import group_digits


def explain(fact: Record, claims: Sequence[Record], siblings: Record | None) -> list[str]:
    """Return sentences for one group of claims that were weighed together.

    ``fact`` has value, unit, dispute, sources and origins; ``claims`` are rows of ``why``, best first;
    ``siblings`` has whole, total, parts and own if the thing is a part of something.
    """
    bests = [claim for claim in claims if claim["verdict"] == "best"]
    rivals = [claim for claim in claims if claim["verdict"] == "differs"]
    sentences = [_best(fact, bests[0]) if len(bests) == 1 else _list(fact, bests)]
    for said in dict.fromkeys(_said(rival) for rival in rivals):
        sentences.append(_rival([rival for rival in rivals if _said(rival) == said], siblings))
    if rivals:
        sentences.append(_decided(fact, bests[0], rivals))
    return sentences


def _said(claim: Record) -> str:
    return group_digits(f"{claim['value']} {claim['unit']}".strip(), 5)


def _best(fact: Record, best: Record) -> str:
    when = f" ({fact['when']})" if fact["when"] else ""
    value = _said(best if str(best["value"]).startswith("only ") else fact)
    start = f"{value}{when} is best supported: {best['source']}, {best['kind']}, reliability {_letter(best)}"
    if fact["origins"] == 1:
        others = f"; {fact['sources']} sources agree, of one independent origin" if fact["sources"] != 1 else ""
        return f"{start}{others or ', the only one that says so'}"
    return f"{start}; {fact['sources']} sources of {fact['origins']} independent origins agree"


def _list(fact: Record, bests: Sequence[Record]) -> str:
    parts = "; ".join(f"{_said(best)} by {best['source']} ({best['grade']})" for best in bests)
    return f"accepted: {parts}; a list is as sure as its least supported value, here {fact['grade']}"


def _rival(claims: list[Record], siblings: Record | None) -> str:
    sources = list(dict.fromkeys(str(claim["source"]) for claim in claims))
    origins = {claim["origin"] for claim in claims}
    if len(sources) == 1:
        by = f"{sources[0]}, reliability {_letter(claims[0])}"
    else:
        single = len(origins) == 1 and ";" not in str(claims[0]["origin"])
        shared = f", which {'both' if len(sources) == 2 else 'all'} go back to one origin" if single else ""
        by = f"{_and(sources)}{shared}"
    sentence = f"{_said(claims[0])} is said by {by}"
    if siblings and siblings["parts"] == siblings["total"] and str(claims[0]["value"]).isdigit():
        parts = float(siblings["parts"] or 0) - float(siblings["own"] or 0) + float(claims[0]["value"] or 0)
        sentence += f"; it would make the parts of {siblings['whole']} {parts:,.0f}, not {siblings['total']:,.10g}"
    note = claims[0]["note"] if len(claims) == 1 else ""  # else it stands beside the claim whose it is
    return f"{sentence} ({note})" if note else sentence


def _decided(fact: Record, best: Record, rivals: list[Record]) -> str:
    """Name the step of the rule that told the best from its strongest rival, and what it leaves open."""
    rival = next((claim for claim in rivals if claim["rank"] != "deprecated"), rivals[0])
    if best["rank"] == "preferred":
        return f"the editor prefers {_said(best)}: {best['note']}"
    if rival["rank"] == "deprecated":
        return f"the editor has deprecated what differs: {rival['note']}"
    reason = _REASONS[str(fact["decided"])].format(best=_letter(best), rival=_letter(rival))
    if fact["dispute"] != "open":
        return f"settled by {reason}"
    equals = [claim for claim in rivals if claim["rank"] != "deprecated" and _letter(claim) <= _letter(best)]
    parties = list(dict.fromkeys(str(claim["source"]) for claim in [best, *equals]))
    if len(parties) == 1:
        return f"{parties[0]} contradicts itself, so this is open; {_said(best)} only comes first by {reason}"
    return (
        f"this is open between {_and(parties)}, {'both' if len(parties) == 2 else 'all'} of reliability "
        f"{_letter(best)}; {_said(best)} only comes first by {reason}"
    )


def _and(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


_REASONS = {
    "rank": "the editor's rank",
    "reliability": "reliability: {best} against {rival}",
    "origins": "the number of independent origins",
    "precision": "precision",
    "publication": "the date of publication",
    "id": "the id of the source, for nothing else tells them apart",
}


def _letter(claim: Record) -> str:
    return str(claim["grade"])[:1]
