"""How much of EDTF is read: all examples of https://www.loc.gov/standards/datetime/ (February 4, 2019), level by level.

What is left out stands in docs/case-folder.md. Of level 2 some forms come for free.
"""

import pytest

from spectorcli.values import date
from spectorcli.values.span import BadValue

READ = {
    0: """1985-04-12 1985-04 1985 1985-04-12T23:20:30 1985-04-12T23:20:30Z 1985-04-12T23:20:30-04
        1985-04-12T23:20:30+04:30 1964/2008 2004-06/2006-08 2004-02-01/2005-02-08 2004-02-01/2005-02 2004-02-01/2005
        2005/2006-02""",
    1: """2001-21 1984? 2004-06~ 2004-06-11% 201X 20XX 2004-XX 1985-04-XX 1985-XX-XX
        1985-04-12/.. 1985-04/.. 1985/.. ../1985-04-12 ../1985-04 ../1985 1985-04-12/ 1985-04/ 1985/
        /1985-04-12 /1985-04 /1985""",
    2: "2004-06-11% 156X-12-25 15XX-12-25 1XXX-XX 1XXX-12 2004-06-XX/2004-07-03",
}

LEFT_OUT = {
    1: "Y170000002 Y-170000002 -1985",
    2: """Y-17E7 1950S2 Y171010000S3 Y3388E2S3 2001-34 [1667,1668,1670..1672] [..1760-12-03] [1760-12..]
        [1760-01,1760-02,1760-12..] [1667,1760-12] [..1984] {1667,1668,1670..1672} {1960,1961-12} {..1984}
        2004-06~-11 2004?-06-11 ?2004-06-~11 2004-%06-11 XXXX-12-XX 1984-1X 2004-06-~01/2004-06-~20""",
}


def test_the_counts_are_those_of_the_documents() -> None:
    assert {level: len(text.split()) for level, text in READ.items()} == {0: 13, 1: 21, 2: 6}
    assert {level: len(text.split()) for level, text in LEFT_OUT.items()} == {1: 3, 2: 21}


@pytest.mark.parametrize("level", READ)
def test_what_is_read(level: int) -> None:
    for text in READ[level].split():
        span = date.read(text)
        assert span.low <= span.high, text


@pytest.mark.parametrize("level", LEFT_OUT)
def test_what_is_left_out_is_refused(level: int) -> None:
    for text in LEFT_OUT[level].split():
        with pytest.raises(BadValue):
            date.read(text)
