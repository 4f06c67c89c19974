"""Says why the best claim won, from the rows that ``why`` shows.

It judges nothing itself: which step of the rule decided is what ``weigh`` has stored.
"""

from collections.abc import Sequence

from spectorcli.case import Record
from spectorcli.result import Note, Said, Shows
from spectorcli.verdicts import Dispute, Verdict


def explain(fact: Record, claims: Sequence[Record], siblings: Record | None) -> list[Note]:
    """Return sentences for one group of claims that were weighed together.

    ``fact`` is a row of facts; ``claims`` are rows of ``why``, best first; ``siblings`` has whole, total, parts and
    own if the thing is a part of something.
    """
    verdicts = [(claim, Verdict(str(claim["verdict"]))) for claim in claims]
    bests = [claim for claim, verdict in verdicts if verdict is Verdict.BEST]
    rivals = [claim for claim, verdict in verdicts if not verdict.accepted]
    notes = [_best(fact, bests[0]) if len(bests) == 1 else _list(fact, bests)]
    for said in dict.fromkeys(map(_value, rivals)):
        notes.append(_rival([rival for rival in rivals if _value(rival) == said], siblings))
    beyond = [claim for claim, verdict in verdicts if verdict.accepted and not verdict.follows]
    for said in dict.fromkeys(map(_value, beyond)):
        sources = "; ".join(dict.fromkeys(str(claim["source"]) for claim in beyond if _value(claim) == said))
        notes.append(Note("allowed", {"value": said, "sources": Said(Shows.REF, sources)}))
    if rivals:
        notes.append(_decided(fact, bests[0], rivals))
    return notes


def _best(fact: Record, best: Record) -> Note:
    support = "only" if fact["sources"] == 1 else "retold" if fact["origins"] == 1 else "confirmed"
    cells = {
        "value": _value(best if str(best["value"]).startswith("only ") else fact),
        "when": Said(Shows.DATE, fact["when"]),
        "source": Said(Shows.REF, best["source"]),
        "kind": Said(Shows.TERM, best["kind"]),
        "letter": _letter(best),
        "sources": Said(Shows.COUNT, fact["sources"]),
        "origins": Said(Shows.COUNT, fact["origins"]),
    }
    return Note(f"best {support}", cells)


def _list(fact: Record, bests: Sequence[Record]) -> Note:
    each = [
        Note(
            "accepted",
            {
                "value": _value(best),
                "source": Said(Shows.REF, best["source"]),
                "grade": Said(Shows.GRADE, best["grade"]),
            },
        )
        for best in bests
    ]
    return Note("best list", {"each": Said(Shows.SENTENCE, each), "grade": Said(Shows.GRADE, fact["grade"])})


def _rival(claims: list[Record], siblings: Record | None) -> Note:
    """Say who differs, of those who say the same."""
    sources = list(dict.fromkeys(str(claim["source"]) for claim in claims))
    origins = {claim["origin"] for claim in claims}
    retold = len(sources) > 1 and len(origins) == 1 and ";" not in str(claims[0]["origin"])
    by = "" if len(sources) == 1 else f" {_all(sources)} retold" if retold else " several"
    cells = {
        "value": _value(claims[0]),
        "sources": Said(Shows.REF, "; ".join(sources)),
        "letter": _letter(claims[0]),
        "whole": Said(Shows.REF, None),
        "parts": Said(Shows.NUMBER, None),
        "total": Said(Shows.NUMBER, None),
        "note": Said(Shows.TEXT, claims[0]["note"] if len(claims) == 1 else None),  # else it stands beside its claim
    }
    if siblings and siblings["parts"] == siblings["total"] and str(claims[0]["value"]).isdigit():
        others = float(siblings["parts"] or 0) - float(siblings["own"] or 0)
        cells["whole"] = Said(Shows.REF, siblings["whole"])
        cells["parts"] = Said(Shows.NUMBER, f"{others + float(claims[0]['value'] or 0):.0f}")
        cells["total"] = Said(Shows.NUMBER, f"{siblings['total']:.10g}")
    return Note(f"rival{by}", cells)


def _decided(fact: Record, best: Record, rivals: list[Record]) -> Note:
    """Name the step of the rule that told the best from its strongest rival, and what it leaves open."""
    rival = next((claim for claim in rivals if claim["rank"] != "deprecated"), rivals[0])
    if best["rank"] == "preferred":
        return Note("preferred", {"value": _value(best), "note": Said(Shows.TEXT, best["note"])})
    if rival["rank"] == "deprecated":
        return Note("deprecated", {"note": Said(Shows.TEXT, rival["note"])})
    reason = Note(f"by {fact['decided_by']}", {"best": _letter(best), "rival": _letter(rival)})
    cells = {"reason": Said(Shows.SENTENCE, [reason]), "value": _value(best), "letter": _letter(best)}
    if fact["dispute"] != Dispute.OPEN:
        return Note("settled", cells)
    equals = [claim for claim in rivals if claim["rank"] != "deprecated" and _is_equal(claim, best)]
    parties = list(dict.fromkeys(str(claim["source"]) for claim in [best, *equals]))
    cells["sources"] = Said(Shows.REF, "; ".join(parties))
    return Note("open itself" if len(parties) == 1 else f"open {_all(parties)}", cells)


def _is_equal(claim: Record, best: Record) -> bool:
    """Whether the source of a claim is as reliable as that of the best."""
    return str(claim["grade"])[:1] <= str(best["grade"])[:1]


def _all(sources: Sequence[str]) -> str:
    return "both" if len(sources) == 2 else "all"


def _value(claim: Record) -> Said:
    return Said(Shows(str(claim["type"])), claim["value"], str(claim["unit"]))


def _letter(claim: Record) -> Said:
    return Said(Shows.TERM, str(claim["grade"])[:1])
