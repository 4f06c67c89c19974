"""Who compared a row with its copy: signed by verify, told when it was changed since, and never weighed."""

import csv
import io
from pathlib import Path

import pytest
from cases import write_case
from hypothesis import given
from hypothesis import strategies as st
from terminal import ask

from spectorcli.compared import COMPARED
from spectorcli.folder.columns import CLAIM_COLUMNS
from spectorcli.folder.signed import Signature, Signed, digest_of, sign, signatures, signed
from spectorcli.folder.table import decoded, read_header, with_cells

ROW = "tea,amount,64,kg,,alpha,para 1,64 kg,,,,"
OF_TEA = digest_of(ROW.split(","))
CHECKED = CLAIM_COLUMNS.index("checked")


def row(checked: str = "", **cells: str) -> list[str]:
    written = {**dict(zip(CLAIM_COLUMNS, ROW.split(","), strict=True)), "checked": checked, **cells}
    return [written[column] for column in CLAIM_COLUMNS]


@pytest.mark.parametrize("column", CLAIM_COLUMNS)
def test_a_signature_holds_until_what_was_compared_is_changed(column: str) -> None:
    stands = signed(row(f"rk 2026-11-27 {OF_TEA}", **{column: "other"} if column != "checked" else {}))
    assert stands == (Signed.CHANGED if column in COMPARED else Signed.HOLDS)


@pytest.mark.parametrize(
    ("checked", "stands"),
    [
        ("", Signed.NOBODY),
        ("rk 2026-11-27", Signed.HOLDS),
        (f"rk 2026-11-27 000000; ab 2026-11-28 {OF_TEA}", Signed.HOLDS),
        ("rk 2026-11-27 000000; ab 2026-11-28 000000", Signed.CHANGED),
        ("yes", Signed.UNREAD),
        ("rk yesterday", Signed.UNREAD),
        (f"rk 2026-11-27 {OF_TEA}; yes", Signed.UNREAD),
        (f"rk  2026-11-27 {OF_TEA}", Signed.UNREAD),
    ],
)
def test_how_signatures_stand(checked: str, stands: Signed) -> None:
    assert signed(row(checked)) == stands


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "ab 2026-11-28 NOW"),
        ("ab 2026-11-27 NOW", "ab 2026-11-27 NOW"),  # not twice
        ("rk 2026-11-27 NOW", "rk 2026-11-27 NOW; ab 2026-11-28 NOW"),
        ("rk 2026-11-27", "rk 2026-11-27; ab 2026-11-28 NOW"),
        ("rk 2026-11-27 000000", "ab 2026-11-28 NOW"),  # what does not hold any more
        ("ab 2026-11-27 000000", "ab 2026-11-28 NOW"),
        ("by telephone", "by telephone; ab 2026-11-28 NOW"),  # nothing is lost
    ],
)
def test_what_stands_in_checked_after_signing(before: str, after: str) -> None:
    new = sign(row(before.replace("NOW", OF_TEA)), "ab", "2026-11-28")
    assert new == after.replace("NOW", OF_TEA)
    assert before == "by telephone" or signed(row(new)) == Signed.HOLDS


def test_a_signature_is_read_as_it_is_written() -> None:
    both = [Signature("rk", "2026-11-27", "3f9a1c"), Signature("ab", "2026-11-28", "")]
    assert signatures("; ".join(map(str, both))) == both


# In the file


@given(
    st.sampled_from(["", "\ufeff"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(",;\t"),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.data(),
)
def test_cells_are_written_where_they_belong(
    mark: str, end: str, delimiter: str, quoting: int, data: st.DataObject
) -> None:
    cell = st.text("ab \"'\n,;\té", max_size=5)
    rows = data.draw(st.lists(st.lists(cell, min_size=3, max_size=3), min_size=1, max_size=4))
    out = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if end == "\r" else quoting  # csv sees no line break but its own
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]
    writer.writerow(["one", "checked", "three"])
    begins = []
    for cells in rows:
        begins.append(_line(out.getvalue()))
        writer.writerow(cells)
    text = mark + out.getvalue()
    content = (text.removesuffix(end) if data.draw(st.booleans()) else text).encode()
    header = read_header(decoded(content), "claims.csv")
    chosen = data.draw(st.sets(st.sampled_from(range(len(rows)))))
    new = with_cells(content, header, "checked", {begins[place]: "rk; ß" for place in chosen})  # type: ignore[arg-type]
    back = [*csv.reader(io.StringIO(new.decode("utf-8-sig"), newline=""), delimiter=delimiter)][1:]
    assert back == [
        [one, "rk; ß", two] if place in chosen else [one, old, two] for place, (one, old, two) in enumerate(rows)
    ]
    assert chosen or new == content


def _line(before: str) -> int:
    """Return the line at which comes what is written next."""
    return len(io.StringIO(before + "x", newline="").readlines())


COPY = "In all 64 kg of tea were seized.\n\nMore than 12 kg of it was green.\n"
CLAIMS = """tea,amount,64,kg,,alpha,para 1,64 kg
tea,amount,65,kg,,beta,para 1,65 kg
drugs,amount,>12,kg,,alpha,para 2,More than 12 kg
money,amount,5,EUR,,alpha,para 9,five euros
arrests-teapot,count,288,,,alpha"""


def begun(folder: Path, claims: str = CLAIMS) -> tuple[Path, Path]:
    """Return a case file and the folder of which it is, with a copy of alpha beside it."""
    write_case(folder / "case", claims)
    (folder / "copies").mkdir()
    (folder / "copies" / "alpha.txt").write_text(COPY)
    db = folder / "case.db"
    assert ask("load", folder / "case", "--db", db).code == 0
    return db, folder / "case"


def again(db: Path) -> None:
    """Build the case file again."""
    assert ask("load", "case", "--db", db, cwd=db.parent).code == 0


def verify(db: Path, *words: str) -> str:
    """Return what is said of signing."""
    done = ask("verify", "--copies", "copies", "--case", "case", *words, SPECTOR_DB=str(db), cwd=db.parent)
    return next((line for line in done.text.splitlines() if "signed" in line), done.err)


def test_what_is_found_is_signed_and_what_is_changed_later_is_told(tmp_path: Path) -> None:
    db, case = begun(tmp_path)
    before = (case / "claims.csv").read_text().splitlines()
    assert verify(db, "--sign", "rk") == "signed 2 rows of case/claims.csv as rk"
    after = (case / "claims.csv").read_text().splitlines()
    assert after[0] == f"{before[0]},checked"
    assert [line.rpartition(",")[2][:3] for line in after[1:]] == ["rk ", "", "rk ", "", ""]
    assert [line.rpartition(",")[0] for line in after] == before
    again(db)
    assert verify(db, "--sign", "rk") == "signed 0 rows of case/claims.csv as rk; 2 are signed by rk already"
    assert verify(db, "--sign", "ab") == "signed 2 rows of case/claims.csv as ab"

    again(db)
    assert ask("check", "-k", "checked", SPECTOR_DB=str(db)).text.endswith(
        "error: 0, warning: 0, note: 0, accepted in exceptions.csv: 0\n"
    )
    (case / "claims.csv").write_text("\n".join(after).replace("amount,64", "amount,46") + "\n")
    again(db)
    told = ask("check", "-k", "checked", "-f", "csv", SPECTOR_DB=str(db)).text.splitlines()[1:]
    sentence = (
        f"46 kg by alpha was changed after it was signed as compared with a copy, by {after[1].rpartition(',')[2]}"
    )
    assert told == [f'warning,checked,tea,amount,"{sentence}"']
    gap = ask("gaps", "-k", "unchecked", "-f", "csv", SPECTOR_DB=str(db)).text
    assert "4 of 5 claims are not signed as compared with a copy of the source" in gap


def test_a_row_that_was_changed_since_it_was_loaded_is_not_signed(tmp_path: Path) -> None:
    db, case = begun(tmp_path)
    changed = (case / "claims.csv").read_text().replace("amount,64", "amount,46")
    (case / "claims.csv").write_text(changed)
    assert verify(db, "--sign", "rk") == "signed 1 row of case/claims.csv as rk; 1 found is not in it"
    assert "amount,46,kg,,alpha,para 1,64 kg,,,\n" in (case / "claims.csv").read_text()


@pytest.mark.parametrize("initials", ["", "r k", "rk;ab", "9", "=rk", "x" * 21, "rk\n"])
def test_what_is_no_initials_is_refused(tmp_path: Path, initials: str) -> None:
    db, case = begun(tmp_path)
    before = (case / "claims.csv").read_bytes()
    assert verify(db, "--sign", initials).startswith("spector: --sign takes initials, such as rk, not ")
    assert (case / "claims.csv").read_bytes() == before
    bare = ask("verify", "--copies", tmp_path, "--sign", "rk", SPECTOR_DB=str(db))
    assert (bare.code, bare.err) == (2, "spector: --sign needs the case folder; name it with --case DIR\n")


def test_a_report_says_how_much_was_checked_and_by_whom(tmp_path: Path) -> None:
    db, _ = begun(tmp_path)
    page = tmp_path / "page.md"
    assert ask("report", "-o", page, SPECTOR_DB=str(db)).code == 0
    assert "0 of 5 claims are signed as compared with a copy of the source." in page.read_text()
    verify(db, "--sign", "rk")
    again(db)
    assert ask("report", "-o", page, SPECTOR_DB=str(db)).code == 0
    assert "2 of 5 claims are signed as compared with a copy of the source, by rk." in page.read_text()
    assert "1 source, 1 origin; 1 of 2 claims checked" in page.read_text()
    assert "(checked by rk on 2" in page.read_text()


def test_a_row_from_which_a_name_was_taken_keeps_who_checked_it_and_is_not_called_changed(tmp_path: Path) -> None:
    named = "statement-ana,gist,Ana Müller says so,,,alpha,,so\ntea,amount,64,kg,,alpha,para 1,64 kg"
    write_case(tmp_path / "case", named)
    rows = (tmp_path / "case" / "claims.csv").read_text().splitlines()
    cells = [[*row.split(","), ""] for row in rows[1:]]
    padded = [one[:-1] + [""] * (len(CLAIM_COLUMNS) - len(one)) + [""] for one in cells]
    signed_rows = [",".join([*one[:CHECKED], f"rk 2026-11-27 {digest_of(one)}"]) for one in padded]
    (tmp_path / "case" / "claims.csv").write_text("\n".join([",".join(CLAIM_COLUMNS), *signed_rows]) + "\n")
    db, out = tmp_path / "case.db", tmp_path / "out"
    assert ask("load", tmp_path / "case", "--db", db).code == 0
    assert ask("check", "-k", "checked", SPECTOR_DB=str(db)).text.endswith(
        "error: 0, warning: 0, note: 0, accepted in exceptions.csv: 0\n"
    )
    assert ask("export", "folder", "--redact", "people", "-o", out, SPECTOR_DB=str(db)).code == 0
    written = [row["checked"] for row in csv.DictReader((out / "claims.csv").read_text().splitlines())]
    assert written == ["rk 2026-11-27", signed_rows[1].rpartition(",")[2]]
