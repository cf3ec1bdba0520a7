"""Codes in a sentence, put into words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.publish.sentence import in_words


def test_periods_and_markets_become_words() -> None:
    assert in_words("2022-01/2022-06 + 2022-07", "zh") == "2022年1—6月 + 2022年7月"
    assert in_words("997.5 (market.rotterdam)", "zh") == "997.5 (鹿特丹)"
    assert in_words("997.5 (market.rotterdam)", "en") == "997.5 (Rotterdam)"


@pytest.mark.parametrize(
    "left_alone",
    [
        "“见 2022-07 的报告”",
        "《简报-2022-07》",
        '"2022-07"',
        "10200-10400元/吨",
        "GB25466-2010",
        "2022-99",
        "4150-4200",
        "2022",
    ],
)
def test_quotations_and_numbers_are_left_alone(left_alone: str) -> None:
    assert in_words(left_alone, "zh") == left_alone


@given(st.text(max_size=80))
def test_any_sentence_can_be_put_into_words_and_doing_it_twice_changes_nothing(sentence: str) -> None:
    for lang in ("zh", "en"):
        once = in_words(sentence, lang)
        assert in_words(once, lang) == once


@pytest.mark.parametrize(
    ("printed", "english"),
    [
        ("锗 6900-7300元/公斤", "锗 6900-7300 yuan/kg"),
        ("1.66亿元 / 21.96亿元 = 7.56%", "1.66×100 million yuan / 21.96×100 million yuan = 7.56%"),
        ("2019年营业收入 (3家企业)", "2019年营业收入 (3家企业)"),
    ],
)
def test_units_behind_numbers_are_english_in_english(printed: str, english: str) -> None:
    assert in_words(printed, "en") == english
    assert in_words(printed, "zh") == printed


def test_signs_of_sets_become_words() -> None:
    assert in_words("2.41 ∈ [1.57, 3.24]", "zh") == "2.41，在1.57至3.24之间"
    assert in_words("0.14–0.16 ∉ [0.35, 2.8] (with VAT)", "en") == "0.14–0.16, outside 0.35 to 2.8 (with VAT)"
