"""Folding characters: one to one, once and for all, and never a change to simplified text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.facts.characters import fold, simplify


@given(st.text())
def test_folding_keeps_the_length_and_is_done_once(text: str) -> None:
    for change in (simplify, fold):
        assert len(change(text)) == len(text)
        assert change(change(text)) == change(text)


@given(st.text(alphabet="产量同比增长铜铝铅锌镍钴锂硒碲铋锑铟锗镓镉万亿吨元每占累计环下降分别其中约逾近"))
def test_simplified_text_stays_as_it_is(text: str) -> None:
    assert simplify(text) == text


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("同比增長１２．５％", "同比增长12.5%"),
        ("較上週五下跌", "较上周五下跌"),
        ("萬噸／年", "万吨/年"),
        ("廣東韶關鉛鋅礦", "广东韶关铅锌矿"),
        ("環比減少個百分點", "环比减少个百分点"),
        ("臺灣進出口貿易總額", "台湾进出口贸易总额"),
        ("氧化鐠釹、鈷酸鋰與鎢鐵", "氧化镨钕、钴酸锂与钨铁"),
    ],
)
def test_what_is_printed_in_traditional_characters_is_read(printed: str, read: str) -> None:
    assert simplify(printed) == read
