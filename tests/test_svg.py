"""A picture shows what a terminal shows, the same wherever it is made, and asks no network for anything."""

from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from terminal import QUESTIONS, Done, ask, draw, words

from spectorcli.pretty.svg import COLUMNS

SVG = "{http://www.w3.org/2000/svg}"
ASKED = [*map(words, QUESTIONS), ("timeline", "--chart"), ("timeline", "--country", "AQ")]


@cache
def picture(case: str, *asked: str) -> Done:
    return ask(*asked, "-f", "svg", SPECTOR_DB=case)


def read(svg: str) -> list[str]:
    """Return the lines of a picture, without blanks."""
    lines: dict[int, str] = {}
    for text in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        lines[int(text.attrib["y"])] = lines.get(int(text.attrib["y"]), "") + str(text.text)
    return ["".join(line.split()) for line in lines.values()]


@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_it_shows_what_a_terminal_does(case: str, asked: tuple[str, ...]) -> None:
    shown = draw(*asked, columns=COLUMNS, SPECTOR_DB=case, NO_COLOR="1").text
    done = picture(case, *asked)
    assert (done.code, done.told) == (0, "")
    assert read(done.text) == ["".join(line.split()) for line in shown.splitlines() if line.strip()]


def test_what_was_asked_for_is_no_markup_in_its_title(case: str) -> None:
    drawn = ElementTree.fromstring(ask("search", "<b>tea</b> & <i/>", "-f", "svg", SPECTOR_DB=case).text)
    assert "<b>tea</b> & <i/>" in str(drawn.findtext(f"{SVG}title"))


@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_it_is_made_of_text_alone(case: str, asked: tuple[str, ...]) -> None:
    drawn = ElementTree.fromstring(picture(case, *asked).text)
    assert {element.tag for element in drawn.iter()} == {f"{SVG}{tag}" for tag in ("svg", "title", "rect", "text")}
    told = {name: value for element in drawn.iter() for name, value in element.attrib.items()}
    assert told.keys() - {"font-weight", "fill-opacity"} == set(
        "width height viewBox font-family font-size rx fill x y textLength lengthAdjust".split()
    )
    assert not [value for value in told.values() if "http" in value or "url" in value]


def test_it_is_as_wide_as_what_it_shows(case: str) -> None:
    drawn = ElementTree.fromstring(picture(case, "timeline").text)
    ends = [int(text.attrib["x"]) + int(text.attrib["textLength"]) for text in drawn.iter(f"{SVG}text")]
    assert max(ends) + 16 == int(drawn.attrib["width"])


@pytest.mark.parametrize("env", ["NO_COLOR=1", "TERM=dumb", "COLUMNS=40", "PYTHONIOENCODING=ascii", "FORCE_COLOR=1"])
@pytest.mark.parametrize("asked", [("arrests",), ("timeline", "--chart")], ids=" ".join)
def test_it_is_the_same_everywhere(case: str, tmp_path: Path, asked: tuple[str, ...], env: str) -> None:
    name, _, value = env.partition("=")
    file = tmp_path / "answer.svg"
    assert draw(*asked, "-o", file, columns=60, cwd=None, SPECTOR_DB=case, **{name: value}).code == 0
    assert file.read_bytes() == picture(case, *asked).out
