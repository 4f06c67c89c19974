"""Draws what is no plain table: one thing, its claims, disputes, headlines, hits and findings."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.cells import cell_len
from rich.text import Text

from spectorcli.pretty.canvas import ACCENT, ALARM, FAINT, GAP, WORDS, Canvas
from spectorcli.pretty.cells import Record, brief, support_of, value_of
from spectorcli.result import Note, Said, Severity, Shows
from spectorcli.values import date
from spectorcli.values.wording import count
from spectorcli.verdicts import Verdict


def draw_sheet(canvas: Canvas, rows: list[Record]) -> None:
    """Draw what is said about one thing, then what points to it."""
    own = [row for row in rows if not row["link"]]
    _draw_facts(canvas, own, [row.brief("property") for row in own])
    for link, group in groupby((row for row in rows if row["link"]), key=lambda row: row["link"]):
        canvas.print(Text(""))
        canvas.print(Text("says" if link == "says" else f"as {link} in", style="bold"))
        pointing = list(group)
        _draw_facts(canvas, pointing, [f"{row['id']} {row['property'] or ''}".strip() for row in pointing])


def _draw_facts(canvas: Canvas, rows: list[Record], labels: list[str]) -> None:
    """Draw a line for each row; values of a list that are equally sure share one, and its name stands once."""
    indent = min(max(map(cell_len, labels), default=0) + 2, max(canvas.width // 2, WORDS))
    before = ""
    lines = [
        (label, support_of(row, canvas.marks), None if _is_listed(row) else place)
        for place, (label, row) in enumerate(zip(labels, rows, strict=True))
    ]
    for (label, evidence, _), group in groupby(range(len(rows)), key=lines.__getitem__):
        members = [rows[place] for place in group]
        row = members[0]
        value = "; ".join(value_of(one) for one in members)
        line = Text.assemble(value, (f"  {evidence}" if evidence else "", FAINT))
        start = Text(("" if label == before else label).ljust(indent), style=FAINT)
        before = label
        if start.cell_len > indent:
            canvas.print(start, whole=True)
            start = Text(" " * indent)
        canvas.print_hanging(start, line, whole=True)
        if row.also:
            canvas.print_hanging(Text(" " * indent), _beside(canvas, row))


def _beside(canvas: Canvas, row: Record) -> Text:
    return Text.assemble((f"{row.beside(canvas.marks)} ", row.alarm), *row.others)


def _is_listed(row: Record) -> bool:
    """Whether a row may share a line with others: it is a name, of no time; what else is said stands in the first."""
    return row["type"] in ("ref", "term") and not row["when"]


def draw_claims(canvas: Canvas, rows: list[Record]) -> None:
    """Draw the claims about one property: grade, verdict, value, and who says so where."""
    verdicts = max(cell_len(str(row["verdict"])) for row in rows)
    values = min(max(cell_len(value_of(row)) for row in rows), 30)
    for row in rows:
        verdict = Verdict(str(row["verdict"]))
        style = f"bold {ACCENT}" if verdict is Verdict.BEST else "" if verdict.accepted else ALARM
        value = value_of(row)
        start = Text.assemble(
            f"{row['grade']}  ", (str(row["verdict"]).ljust(verdicts + GAP), style), value.ljust(values + GAP)
        )
        if cell_len(value) > values:
            canvas.print(start, whole=True)
            start = Text(" " * (verdicts + values + 2 * GAP + 4))
        told = [row["source"], row["origin"] and row["origin"] != row["source"] and f"from {row['origin']}"]
        told += [row.brief("published"), row["at"], row["rank"], row["note"]]
        said = f" {canvas.marks.dot} ".join(str(one) for one in told if one)
        canvas.print_hanging(start, Text(said, style=FAINT), whole=True)


def draw_conflicts(canvas: Canvas, rows: Iterable[Record]) -> None:
    """Draw each dispute with its values side by side, one after the other: there may be any number."""
    for place, (_, group) in enumerate(groupby(rows, key=lambda row: row["fact"])):
        values = list(group)
        first = values[0]
        if place:
            canvas.print(Text(""))
        heading = Text.assemble(
            (f"{canvas.marks.differs} {first['dispute'] or 'rounded'}  ", first.alarm),
            (f"{first.brief('label')}, {first['property']}  ", "bold"),
            (f"{first['id']} {first['property']}", FAINT),
        )
        canvas.print_hanging(Text(""), heading, whole=True)
        wide = max(cell_len(value_of(row)) for row in values)
        for row in values:
            start = Text(f"  {row['grade']}  {str(row['verdict']).ljust(8)} {value_of(row).rjust(wide)}  ")
            said = f"{count(row['sources'], 'sources')}: {str(row['said_by']).replace(',', ', ')}"
            canvas.print_hanging(start, Text(said, style=FAINT), whole=True)


def draw_headlines(canvas: Canvas, rows: list[Record]) -> None:
    """Draw the figures of a case, one a line, with what else is said under it."""
    values = [row.plain("value") if _is_plain(row) else row.brief("value") for row in rows]
    wide = max(map(cell_len, values))
    for row, value in zip(rows, values, strict=True):
        evidence = support_of(row, canvas.marks, row.brief("id"))
        start = Text.assemble((value.rjust(wide), f"bold {ACCENT}"), "  ")
        when = f" ({date.brief(str(row['when']))})" if row["when"] else ""
        what = Text.assemble(row.brief("what"), when, (f"  {evidence}", FAINT))
        canvas.print_hanging(start, what, whole=True)
        if row.also:
            canvas.print_hanging(Text(" " * (wide + 2)), _beside(canvas, row))


def _is_plain(row: Record) -> bool:
    """Whether a unit goes without saying: what is counted is called so, by its kind or by the property."""
    counted = row["property"] == "count" and row["unit"] == row["own_unit"]
    return counted or row["unit"] in (row["what"], row["property"])


def draw_hits(canvas: Canvas, rows: Iterable[Record], words: Sequence[str]) -> None:
    """Draw what was found, the words marked, with the command that shows more."""
    pattern = "|".join(rf"\b{re.escape(word)}\w*" for word in words)
    for row in rows:
        heading = Text.assemble((row.brief("label"), "bold"), f"  {row['property'] or ''}")
        text = Text(row.brief("text").replace("·", canvas.marks.dot))
        for part in (heading, text):
            if pattern:
                part.highlight_regex(f"(?i){pattern}", ACCENT)
        canvas.print_hanging(Text.assemble((f"{row['kind']}  ", FAINT)), heading)
        canvas.print_hanging(Text("  "), text)
        canvas.print_hanging(Text("  "), Text(str(row["command"]), style=FAINT), whole=True)


FREQUENT, FIRST_FEW = 10, 3
"""Of a finding that is there more often than this, so many are drawn."""


def draw_some_findings(canvas: Canvas, rows: list[Record]) -> None:
    """Draw what does not add up, of a finding that is frequent the first few."""
    draw_findings(canvas, rows, FREQUENT)


def draw_findings(canvas: Canvas, rows: list[Record], most: int | None = None) -> None:
    """Draw what does not add up, a sentence each, under what it is; of more than ``most`` the first few."""
    from spectorcli.words import say  # 9 ms that others here need not pay

    wide = max(cell_len(str(row["severity"])) for row in rows) + GAP
    styles = {Severity.ERROR: f"bold {ALARM}", Severity.WARNING: "bold"}
    for (severity, finding), group in groupby(rows, key=lambda row: (str(row["severity"]), str(row["finding"]))):
        found = list(group)
        start = Text(severity.ljust(wide), style=styles.get(Severity(severity), FAINT))
        about = say(Note(f"about {finding}", {}))
        many = f" ({len(found):,})" if most is not None else ""  # else they may be no more than the first thousand
        canvas.print_hanging(start, Text.assemble((f"{finding}  ", "bold"), about, (many, FAINT)))
        shown = found if most is None or len(found) <= most else found[:FIRST_FEW]
        for row in shown:
            of = " ".join(row.brief(name) for name in ("id", "property") if row[name])
            said = Text.assemble((f"{of}  ", ACCENT), row.brief("sentence"))
            canvas.print_hanging(Text(f"{canvas.marks.dot} ".rjust(wide), style=FAINT), said, whole=True)
        if left := len(found) - len(shown):
            cells = {"findings": Said(Shows.COUNT, left), "finding": Said(Shows.TERM, finding)}
            canvas.print_hanging(Text(" " * wide), Text(say(Note("more of a finding", cells)), style=FAINT))


def draw_gaps(canvas: Canvas, rows: list[Record]) -> None:
    """Draw what is not known, a sentence each, under the name of the gap; then what shows and what mends it."""
    wide = cell_len(str(rows[-1]["rank"])) + GAP
    for gap, group in groupby(rows, key=lambda row: row["gap"]):
        canvas.print(Text(str(gap), style="bold"))
        for row in group:
            about = " ".join(row.brief(name) for name in ("id", "property") if row[name])
            said = Text.assemble((f"{about}  " if about else "", ACCENT), row.brief("sentence"))
            canvas.print_hanging(Text(str(row["rank"]).ljust(wide), style=FAINT), said, whole=True)
            commands = f" {canvas.marks.dot} ".join(row.brief(name) for name in ("show", "mend"))
            canvas.print_hanging(Text(" " * wide), Text(commands, style=FAINT), whole=True)


def draw_draft(canvas: Canvas, rows: list[Record]) -> None:
    """Draw the figures of a draft, what matters first: of that also what the case says, the rest a line each."""
    verdicts = max(cell_len(str(row["verdict"])) for row in rows) + GAP
    lines = max(len(str(row["line"] or "")) for row in rows) + GAP
    matters = {"contradicted": f"bold {ACCENT}", "outdated": f"bold {ACCENT}", "disputed": ALARM}
    for row in rows:
        verdict = str(row["verdict"])
        style = matters.get(verdict, FAINT)
        start = Text.assemble((verdict.ljust(verdicts), style), (str(row["line"] or "").ljust(lines), FAINT))
        about = f"{row['subject']} {row['property']}" if row["subject"] else ""
        if verdict not in matters:
            canvas.print_hanging(start, Text.assemble(row.brief("stated"), (f"  {about}".rstrip(), FAINT)), whole=True)
            continue
        best = brief(Said(row.shows("best"), row["best"], str(row["best_unit"])))
        canvas.print_hanging(start, Text(row.brief("stated"), style="bold"), whole=True)
        told = f" {canvas.marks.dot} ".join(filter(None, (f"{best} {row['grade']}".strip(), about)))
        also = Text(f"; also {row['also']}" if row["also"] else "", style=ALARM if verdict == "disputed" else FAINT)
        canvas.print_hanging(
            Text(" " * (verdicts + lines)), Text.assemble(f"{canvas.marks.arrow} {told}", also), whole=True
        )


def draw_changes(canvas: Canvas, rows: list[Record]) -> None:
    """Draw what differs between two cases, a sentence each."""
    wide = max(cell_len(str(row["change"])) for row in rows)
    for row in rows:
        start = Text(str(row["change"]).ljust(wide + GAP), style="bold" if row["property"] is None else FAINT)
        canvas.print_hanging(start, Text(row.brief("sentence")), whole=True)


def draw_fields(canvas: Canvas, rows: list[Record]) -> None:
    """Draw the properties of each kind: name, type and meaning, then many, units, claims and words."""
    names = max(cell_len(str(row["property"])) for row in rows)
    types = max(cell_len(str(row["type"])) for row in rows)
    for kind, group in groupby(rows, key=lambda row: row["kind"]):
        canvas.print(Text(str(kind), style="bold"))
        for row in group:
            start = Text.assemble(
                f"  {row['property']}".ljust(names + 2 + GAP), (f"{row['type']}".ljust(types + GAP), FAINT)
            )
            more = [row["many"] and "many", row["unit"], row["claimed"] and "claimed", row["terms"]]
            said = "".join(f" {canvas.marks.dot} {one}" for one in more if one)
            canvas.print_hanging(start, Text.assemble(str(row["description"]), (said, FAINT)))
