"""Bands of a published index. Figures are those printed in the releases of the copper index; the sentences are our own."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

import touchstone
from touchstone.audit.finding import Finding

Told = Callable[..., list[Finding]]

# month, value, band named, limits printed, change in points
PRINTED = (
    ("2019-04", "89", "偏冷", "95.7", "-29"), ("2019-05", "96.2", "正常", "95.7-104.2", "7.2"),
    ("2019-06", "105.2", "偏热", "104.2", "9"), ("2019-08", "86.2", "偏冷", "95.7", "-4.6"),
    ("2019-09", "100.4", "正常", "95.7-104.2", "14.2"), ("2019-10", "99.9", "正常", "95.7~104.2", "-0.5"),
    ("2019-12", "100.6", "正常", "95.7-104.2", "3.3"), ("2020-05", "106.9", "偏热", "104.2", "-15"),
    ("2020-11", "101.8", "正常", "95.7-104.2", "0.6"), ("2021-01", "105.6", "偏热", "95.7-104.2", "-2.3"),
    ("2021-02", "96.3", "正常", "95.7-104.2", "-9.3"), ("2021-03", "105.2", "偏热", "104.2", "8.9"),
    ("2021-08", "95.0", "偏冷", "95.7", "4.2"), ("2021-10", "107.5", "偏热", "104.2", "17.9"),
    ("2021-11", "111.3", "偏热", "104.2", "3.8"), ("2022-01", "117.9", "偏热", "104.2", "18.4"),
    ("2022-02", "106.4", "偏热", "104.2", "-11.5"), ("2022-06", "110.4", "偏热", "104.2", "5.9"),
    ("2022-07", "102.2", "正常", "95.7-104.2", "-8.2"), ("2022-08", "104.4", "偏热", "104.2", "2.2"),
    ("2023-11", "96.9", "正常", "95.7-104.2", "-6.6"), ("2023-12", "91.9", "偏冷", "95.7", "-5.0"),
    ("2024-01", "108.6", "偏热", "95.7", "16.7"), ("2024-02", "95.2", "偏冷", "95.7", "-13.4"),
    ("2024-03", "87.6", "偏冷", "95.7", "-7.6"),
)  # fmt: skip
MISQUOTED = {"2021-01", "2024-01"}
AGREE = ("2019-06", "2019-09", "2019-10", "2021-02", "2021-03", "2021-11", "2022-02", "2022-07", "2022-08", "2023-12", "2024-01",
         "2024-02", "2024-03", "2019-05")  # fmt: skip
"""Months whose month before was printed too."""


def _sentence(
    month: str, value: str, band: str, limits: str, change: str, name: str = "中国铜需求量景气指数"
) -> str:
    year, number = month.split("-")
    way = "回落" if change.startswith("-") else "回升"
    side = (
        {"偏冷": "以下", "偏热": "以上"}.get(band, "之内")
        if "-" not in limits and "~" not in limits
        else "之内"
    )
    return (
        f"{year}年{int(number)}月，{name}为{value}，位于“{band}”界限（{limits}）{side}，"
        f"比上月{way}{change.removeprefix('-')}个点。"
    )


@pytest.mark.parametrize("row", PRINTED, ids=lambda row: row[0])
def test_every_published_value_lies_in_the_band_its_release_names(told: Told, row: tuple[str, ...]) -> None:
    found = told("index_band", _sentence(*row))
    assert [f.verdict for f in found if "属" in f.title.zh] == ["holds"]


@pytest.mark.parametrize("row", PRINTED, ids=lambda row: row[0])
def test_printed_limits_are_the_declared_ones_but_in_the_two_releases_that_misquote(
    told: Told, row: tuple[str, ...]
) -> None:
    [limits] = [f for f in told("index_band", _sentence(*row)) if "的界限：" in f.title.zh]
    assert limits.verdict == ("fails" if row[0] in MISQUOTED else "holds")
    if limits.verdict == "fails":
        assert limits.note and "104.2以上" in limits.note.zh and "above 104.2" in limits.note.en


def test_the_changes_in_points_agree_with_the_month_before_wherever_it_was_printed(told: Told) -> None:
    found = told("change", *(_sentence(*row) for row in PRINTED))
    assert len(found) == len(AGREE) and {f.verdict for f in found} == {"holds"}


def test_a_wrong_change_fails_or_is_a_revision(told: Told) -> None:
    one, other = _sentence(*PRINTED[20]), _sentence("2023-12", "91.9", "偏冷", "95.7", "-6.0")
    assert [f.verdict for f in told("change", one, other)] == ["revised"]
    assert [f.verdict for f in told("change", one + other)] == ["fails"]


def test_a_value_outside_the_band_it_is_given_fails(told: Told) -> None:
    found = told("index_band", "2022年7月，中国铜需求量景气指数为102.2，处在“偏热”区间。")
    assert [f.verdict for f in found] == ["fails"]
    found = told("index_band", "2022年7月，中国铜需求量景气指数为105.3，处在“正常”区间（95.7-104.2）。")
    assert sorted(f.verdict for f in found) == ["fails", "holds"]


def test_a_value_at_the_limit_is_not_told_apart_by_rounding(told: Told) -> None:
    for band in ("偏热", "正常"):
        [found] = told("index_band", f"2022年7月，中国铜需求量景气指数为104.2，处在“{band}”区间。")
        assert found.verdict in ("holds", "edge")


def test_the_band_a_value_left_is_not_the_band_it_is_in(told: Told) -> None:
    found = told(
        "index_band", "2022年7月，中国铜需求量景气指数为102.2，由“偏热”区间降至“正常”区间（95.7-104.2）。"
    )
    assert [f.verdict for f in found] == ["holds", "holds"]


def test_english_releases_are_read_too(told: Told) -> None:
    text = "In {}, the China copper demand index was {}, {} the {} limit ({})."
    assert [
        f.verdict for f in told("index_band", text.format("June 2019", "105.2", "above", "hot", "104.2"))
    ] == ["holds"] * 2
    wrong = told("index_band", text.format("January 2024", "108.6", "above", "hot", "95.7"))
    assert sorted(f.verdict for f in wrong) == ["fails", "holds"]


TRUE = (
    "2023年12月，中国铜需求量景气指数为91.9，尚未回到“正常”区间（95.7-104.2）。",
    "2022年7月，中国铜需求量景气指数为102.2，脱离“偏热”区间（104.2）。",
    "2022年7月，中国铜需求量景气指数为102.2，退出偏热区间，回到正常区间。",
    "2022年6月，中国铜需求量景气指数为110.4，高于正常区间（95.7-104.2）上限。",
    "2022年6月，中国铜需求量景气指数为110.4，超出“正常”区间上限104.2。",
    "2023年12月，中国铜需求量景气指数为91.9，低于正常区间下限95.7，属偏冷。",
    "2022年8月，中国铜需求量景气指数为104.4，连续第三个月位于“正常”界限（95.7-104.2）之上。",
    "2024年1月，中国铜需求量景气指数为108.6，位于“偏热”界限（104.2以上）。",
    "2022年7月，中国铜需求量景气指数为102.2，比上月下降8.2个点，低于偏热界限104.2，预计下月回到偏热区间。",
    "In December 2023, the China copper demand index was 91.9, not yet back in the normal band (95.7-104.2).",
    "In June 2022, the China copper demand index was 110.4, above the normal band (95.7–104.2).",
)
FALSE = (
    ("2023年12月，中国铜需求量景气指数为96.9，尚未回到“正常”区间（95.7-104.2）。", "96.9 ≠ 95.7"),
    ("2022年6月，中国铜需求量景气指数为103.4，高于正常区间（95.7-104.2）上限。", "103.4 ≠ 104.2"),
    ("2023年12月，中国铜需求量景气指数为96.9，低于正常区间下限95.7。", "96.9 ≠ 95.7"),
    ("2023年12月，中国铜需求量景气指数为91.9，低于正常区间下限104.2。", "104.2 ≠ 95.7"),
    ("2024年1月，中国铜需求量景气指数为108.6，位于“偏热”界限（95.7以上）。", "95.7以上 ≠ 104.2"),
    ("2024年1月，中国铜需求量景气指数为108.6，位于“偏热”区间（＞95.7）。", "95.7以上 ≠ 104.2"),
    ("2024年1月，中国铜需求量景气指数为108.6，高于偏热界限95.7。", "95.7 ≠ 104.2"),
    ("2024年1月，中国铜需求量景气指数为108.6，位于“偏热”界限（104.2以下）。", "104.2以下 ≠ 104.2以上"),
)


@pytest.mark.parametrize("text", TRUE)
def test_ordinary_true_prose_about_bands_raises_no_alarm(told: Told, text: str) -> None:
    found = told("index_band", text)
    assert found and {f.verdict for f in found} == {"holds"}


@pytest.mark.parametrize(("text", "shown"), FALSE)
def test_a_false_place_or_limit_fails_however_it_is_worded(told: Told, text: str, shown: str) -> None:
    failed = [f.arithmetic.zh for f in told("index_band", text) if f.verdict == "fails"]
    assert len(failed) == 1 and failed[0].startswith(shown)


def test_the_band_of_another_value_is_not_that_of_the_index(told: Told) -> None:
    text = "2022年7月，中国铜需求量景气指数为102.2，而上月为110.4，处于偏热区间。"
    assert not told("index_band", text)


def test_other_indices_and_sentences_without_a_band_say_nothing(told: Told) -> None:
    assert not told("index_band", "2022年7月，制造业采购经理指数为49.0，处在偏冷区间（95.7）。")
    assert not told("index_band", "2022年7月，中国铜需求量景气指数为102.2，较上月下降8.2个点。")
    assert not told("index_band", "受中国铜需求量景气指数回落影响，PMI为49.0，处在偏冷区间（95.7）。")


def test_documents_that_name_the_index_in_different_words_are_held_against_each_other(told: Told) -> None:
    one = _sentence(*PRINTED[18], name="铜景气指数")
    assert "holds" in [
        f.verdict for f in told("index_band", one, _sentence(*PRINTED[19])) if len(f.facts) == 3
    ]
    other = _sentence("2022-08", "104.4", "偏热", "104.2", "4.4")
    assert "revised" in [f.verdict for f in told("index_band", one, other) if len(f.facts) == 3]


def test_the_bands_of_the_rule_are_those_of_the_recipe() -> None:
    data = Path(touchstone.__file__).parent / "data"
    recipe = tomllib.loads((data / "index" / "copper-demand.toml").read_text("utf-8"))
    [rule] = tomllib.loads((data / "rules" / "index_bands.toml").read_text("utf-8"))["index"]
    assert recipe["subject"] == rule["subject"]
    assert [band["key"] for band in recipe["bands"]["band"]] == [band["key"] for band in rule["band"]]
    printed = [float(band["high"]) for band in rule["band"] if "high" in band]
    assert (
        printed == recipe["bands"]["limits"] == [float(band["low"]) for band in rule["band"] if "low" in band]
    )
