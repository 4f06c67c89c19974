"""What a refusal says of a word that is not known."""

import pytest

from spectorcli.errors import did_you_mean, no_such

KNOWN = ["arrests", "markets", "parts", "people"]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("arests", "; did you mean 'arrests'?"),  # markets is like it too, but less
        ("ARRESTS", "; did you mean 'arrests'?"),
        ("mark", "; did you mean 'markets'?"),
        ("xyz", ""),
        ("", ""),
    ],
)
def test_only_what_is_close_is_suggested(text: str, end: str) -> None:
    assert did_you_mean(text, KNOWN) == end


def test_up_to_three_are_suggested() -> None:
    assert did_you_mean("bazaar-4", [f"bazaar-{number}" for number in range(4)]).count("'") == 6


def test_what_two_names_mean_is_suggested_once() -> None:
    names = {"Teapot": "tea", "Ana Kettle": "ana-kettle", "Ana Kettel": "ana-kettle", "Anna Ketle": "anna-ketle"}
    assert did_you_mean("ana ketle", names, names) == "; did you mean anna-ketle or ana-kettle?"


def test_a_refusal_says_what_there_is() -> None:
    assert no_such("format", "xml", ["csv", "tsv"]) == "no format 'xml'; there are: csv, tsv"
    assert no_such("kind", "Csv", ["csv"], " of it") == "no kind 'Csv' of it; did you mean 'csv'?; there are: csv"
    assert no_such("parameter", "a", []) == "no parameter 'a'; there are none"
