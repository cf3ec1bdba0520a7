"""Chinese numerals: what is written out is read back, and what is no numeral stays none."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.read.numeral import CHARACTERS, numeral

DIGITS = "零一二三四五六七八九"


def written(number: int) -> str:
    """A whole number below 10**16 in Chinese numerals, as it is said."""
    for size, name in ((10**8, "亿"), (10**4, "万")):
        if number >= size:
            above, below = divmod(number, size)
            return written(above) + name + _rest(below, size)
    for size, name in ((1000, "千"), (100, "百"), (10, "十")):
        if number >= size:
            above, below = divmod(number, size)
            lead = "" if number < 20 else DIGITS[above]
            return lead + name + _rest(below, size)
    return DIGITS[number]


def _rest(below: int, size: int) -> str:
    """What follows a multiplier: 零 where a place is empty, 一十 inside a number."""
    if not below:
        return ""
    words = ("一" if 10 <= below < 20 else "") + written(below)
    return words if below * 10 >= size else "零" + words


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_a_number_written_in_numerals_is_read_back(number: int) -> None:
    assert numeral(written(number)) == number


@given(st.integers(min_value=1, max_value=9999), st.sampled_from("万亿"))
def test_a_multiplier_behind_a_numeral_multiplies_it(number: int, name: str) -> None:
    assert numeral(written(number) + name) == number * {"万": 10**4, "亿": 10**8}[name]


@given(st.integers(min_value=1900, max_value=2099))
def test_a_row_of_digits_is_read_in_places(year: int) -> None:
    assert numeral("".join(DIGITS[int(c)] for c in str(year))) == year


@given(st.text(alphabet=CHARACTERS + "几", max_size=12))
def test_any_row_of_numeral_characters_is_a_number_or_none(text: str) -> None:
    value = numeral(text)
    assert value is None or value >= 0


@given(st.text(alphabet=st.characters(exclude_characters=CHARACTERS + "几"), min_size=1, max_size=6))
def test_other_characters_are_no_numeral(text: str) -> None:
    assert numeral(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10), ("十二", 12), ("二十", 20), ("两百三十", 230), ("三千零五", 3005), ("一万二千", 12000),
        ("一百二十万", 1200000), ("三亿零五百万", 305000000), ("二十三万四千五百六十七", 234567), ("两千", 2000),
        ("兩萬", 20000), ("五億", 500000000), ("十几", 10), ("几十", 10), ("十几万", 100000), ("二〇二二", 2022),
        ("零", 0), ("拾伍", None), ("五六", None), ("", None), ("几", None),
    ],
)  # fmt: skip
def test_numerals_as_they_stand_in_documents(text: str, value: int | None) -> None:
    assert numeral(text) == (None if value is None else Decimal(value))


def test_a_ten_after_a_zero_or_a_hundred_is_a_ten() -> None:
    assert numeral("一千一百三十九亿零十万") == 113_900_100_000
    assert numeral("一百十五") == 115
