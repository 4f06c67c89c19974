"""Sentences are templates over typed cells: what a cell is decides how it is put into words, and nothing else does."""

import pytest

from spectorcli import words
from spectorcli.result import Note, Said, Shows
from spectorcli.words import computed, pieces, say


@pytest.fixture(autouse=True)
def templates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        words,
        "SENTENCES",
        {
            "said": "{who} says {value}[ ({when})]",
            "parts": "{n?its one part is|its # parts add up to} {sum}[, of {whole}]",
            "all": "accepted: {each}",
            "by": "said by {sources}",
        },
    )


def test_a_cell_is_put_into_words_by_its_type() -> None:
    cells = {
        "who": Said(Shows.ID, "20240307"),
        "value": Said(Shows.NUMBER, ">5500000", "USD"),
        "when": Said(Shows.DATE, "2021-12~"),
    }
    assert say(Note("said", cells)) == "20240307 says more than 5,500,000 USD (about December 2021)"
    assert say(Note("said", cells | {"when": Said(Shows.DATE, "")})) == "20240307 says more than 5,500,000 USD"
    assert say(Note("said", cells | {"value": Said(Shows.TERM, "356938035643809")})).startswith(
        "20240307 says 356938035643809 ("
    )


def test_a_count_chooses_its_wording() -> None:
    cells = {"n": Said(Shows.COUNT, 1), "sum": computed(0.5, "kg", rough=True), "whole": Said(Shows.NUMBER, "2", "kg")}
    assert say(Note("parts", cells)) == "its one part is about 0.5 kg, of 2 kg"
    cells["n"] = Said(Shows.COUNT, 1200)
    cells["whole"] = Said(Shows.NUMBER, None)
    assert say(Note("parts", cells)) == "its 1,200 parts add up to about 0.5 kg"


def test_lists_and_sentences_in_a_sentence() -> None:
    one, other = (
        Note("said", {"who": Said(Shows.ID, who), "value": Said(Shows.TERM, "BTC"), "when": Said(Shows.DATE, None)})
        for who in ("alpha", "beta")
    )
    assert say(Note("all", {"each": Said(Shows.SENTENCE, [one, other])})) == "accepted: alpha says BTC; beta says BTC"
    assert say(Note("by", {"sources": Said(Shows.REF, "alpha; beta; 2")})) == "said by alpha, beta and 2"


def test_pieces_keep_the_cells_apart_from_our_words() -> None:
    who, value = Said(Shows.ID, "2"), Said(Shows.NUMBER, "2", "countries")
    found = list(pieces(Note("said", {"who": who, "value": value, "when": Said(Shows.DATE, "")})))
    assert found == [("2", who), (" says ", None), ("2 countries", value)]


def test_brackets_in_a_cell_are_text() -> None:
    cells = {
        "who": Said(Shows.TEXT, "[sic] {when}"),
        "value": Said(Shows.TEXT, "{n?a|b}"),
        "when": Said(Shows.DATE, ""),
    }
    assert say(Note("said", cells)) == "[sic] {when} says {n?a|b}"
