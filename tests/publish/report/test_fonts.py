"""The fonts of printed reports."""

import string
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from touchstone.publish.report.fonts import FAMILY, drawn, folder

FONTS = sorted(folder().glob("*.otf"))


@pytest.mark.parametrize("path", FONTS, ids=lambda path: path.stem)
def test_both_weights_draw_the_characters_we_say(path: Path) -> None:
    font = TTFont(path)
    assert set(font.getBestCmap()) == drawn()
    assert font["name"].getDebugName(1) == FAMILY
    assert "SIL Open Font License" in font["name"].getDebugName(13)


def test_there_are_two_weights_and_their_licence() -> None:
    assert [path.stem for path in FONTS] == ["TouchstoneSansSC-Bold", "TouchstoneSansSC-Regular"]
    assert "Adobe" in (folder() / "OFL.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "characters",
    [
        string.printable[:95],
        "₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹⁻±×÷−–—…→↑↓▲▼△▽‰℃·“”‘’、。〔〕【】《》≤≥≈≠①②③㎡€£¥￥†‡§•µμΔ",
        "硒铋镉铟碲锗镓铼铪钽铌钪铱锇钌铑镥铥钬铽镝",
        "ÀÉîöüßÅπσЖя",
        "啰堃喆昇玥",
    ],
)
def test_what_the_trade_prints_can_be_drawn(characters: str) -> None:
    assert [c for c in characters if ord(c) not in drawn()] == []
