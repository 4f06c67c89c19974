"""A file that is cut into pieces reads row for row as it does whole, wherever it is cut."""

import random
from pathlib import Path

import pytest

from spectorcli.folder import table
from spectorcli.folder.claims import ClaimFiles
from spectorcli.folder.pieces import pieces

HEADER = "subject,property,value,unit,when,source,at,stated,rank,note"

CELLS = ('"two\nlines"', '"a ""quoted"" word"', '5" wide', 'said "so', '"\n\n"', "é", "x", "", '"a,b"', '"\r\n,\r"')
"""Cells in which what looks like the end of a row, or a quote, may be none."""


def row(chance: random.Random, id: int, end: str = "\n") -> str:
    cells = [f"thing-{id}", "count", str(id), "", "", "alpha", *chance.choices(CELLS, k=4)]
    return ",".join(cells) + end


def file_of(path: Path, end: str, head: str = HEADER, rows: int = 60) -> Path:
    chance = random.Random(rows)
    file = path / "claims.csv"
    text = head + end + "".join(row(chance, id, chance.choice((end, end, f"{end}{end}"))) for id in range(rows))
    file.write_bytes(text.encode())
    return file


def cut(file: Path, size: int) -> int:
    """Read a file in pieces, compare, and return how many there were."""
    found = list(pieces(file, size))
    files = ClaimFiles([file])
    assert [one for piece in found for one in files.rows(piece)] == list(files.rows())
    assert [piece.end for piece in found[:-1]] == [piece.start for piece in found[1:]]
    return len(found)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "head", [HEADER, f"\ufeff{HEADER}", f"\n,,\n{HEADER}", f"{HEADER},mine", HEADER.replace(",", '","').join('""')]
)
def test_a_file_in_pieces_reads_as_it_does_whole(tmp_path: Path, end: str, head: str) -> None:
    file = file_of(tmp_path, end, head)
    assert cut(file, 1) >= 60
    for size in (50, 333, 1 << 20):
        cut(file, size)


@pytest.mark.parametrize("torn", ['"never closed', 'x,"a"b,y', "\0", "\udcff"])
def test_what_cannot_be_read_is_told_as_ever(tmp_path: Path, torn: str) -> None:
    """From there on it is one piece."""
    file = file_of(tmp_path, "\n")
    before, after = file.read_bytes(), row(random.Random(0), 61).encode()
    file.write_bytes(before + torn.encode(errors="surrogateescape") + b"\n" + after * 5)
    assert cut(file, 1) >= 61


def test_from_a_line_on_that_is_too_long_nothing_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "LONGEST_LINE", 300)
    file = file_of(tmp_path, "\n")
    with file.open("a") as out:
        out.write('thing,count,1,,,alpha,"' + "x\n" * 200 + '",,,' + "y" * 500 + "\n" + row(random.Random(0), 62) * 3)
    assert cut(file, 1) > 60


@pytest.mark.parametrize("text", ["", "\n", HEADER, f"{HEADER}\n", "PK\x03\x04", "one,two\n1,2\n3,4\n"])
def test_a_file_of_nothing_or_of_something_else(tmp_path: Path, text: str) -> None:
    file = tmp_path / "claims.csv"
    file.write_text(text)
    assert cut(file, 1) <= 2
