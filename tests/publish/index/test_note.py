"""The monthly note: re-checked, in both languages, and marked where it stands on made-up figures."""

import re
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

import touchstone
from touchstone.calc.index.kept import KeptIndex
from touchstone.facts.text import Text
from touchstone.flow import Workspace
from touchstone.publish.draw import svg
from touchstone.publish.index.files import write_note
from touchstone.publish.index.note import ahead_said, index_note
from touchstone.publish.index.pictures import breadth_chart, gauge_of, levels_chart, waterfall_of
from touchstone.publish.index.recheck import UnsoundNote, check_sentences
from touchstone.publish.index.sources import Sources, behind
from touchstone.publish.report.page import page
from touchstone.publish.report.report import Table


@pytest.fixture(scope="module")
def kept(indexed: Workspace) -> KeptIndex:
    return indexed.kept_index("small")


def _saying(kept: KeptIndex, about: str, old: str, new: str) -> KeptIndex:
    """The index with other words in a sentence."""
    told = tuple(
        replace(each, text=Text(each.text.zh.replace(old, new), each.text.en.replace(old, new)))
        if each.about == about
        else each
        for each in kept.sentences
    )
    assert told != kept.sentences
    return replace(kept, sentences=told)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_sentences_of_an_index_pass_their_own_check(kept: KeptIndex, lang: str) -> None:
    check_sentences(kept, lang)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_number_that_is_not_the_attributions_is_refused_and_no_file_written(
    kept: KeptIndex, lang: str, tmp_path: Path
) -> None:
    wrong = _saying(kept, "level", str(kept.attribution.level), "123.4")
    with pytest.raises(UnsoundNote, match=r"123\.4") as refused:
        check_sentences(wrong, lang)
    assert refused.value.code == "INDEX-012"
    with pytest.raises(UnsoundNote):
        write_note(wrong, tmp_path / "out")
    assert not (tmp_path / "out").exists()


TAMPERED = (
    ("up", "环比上升", "环比下降"), ("up", "拉高指数", "拉低指数"), ("down", "影响−", "影响+"), ("level", "上升", "下降"),
    ("level", "下降", "上升"), ("level", "低于上年", "高于上年"), ("level", "高于上年", "低于上年"), ("groups", "外部因素", "内部因素"),
    ("breadth", "上升", "向好"), ("sectors", "全社会", "产品"), ("up", "（按界限计入）", ""), ("down", "；", "，"),
)  # fmt: skip


@pytest.mark.parametrize(("about", "old", "new"), TAMPERED)
def test_a_sign_a_direction_or_a_side_that_is_not_its_own_is_refused(
    kept: KeptIndex, about: str, old: str, new: str
) -> None:
    said = next(each.text.zh for each in kept.sentences if each.about == about)
    if old not in said:
        pytest.skip(f"this index does not say {old}")
    with pytest.raises(UnsoundNote):
        check_sentences(_saying(kept, about, old, new), "zh")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_points_of_two_drivers_that_are_swapped_are_refused(kept: KeptIndex, lang: str) -> None:
    up = next(each.text for each in kept.sentences if each.about == "up")
    one, other, *_ = re.findall(r"\+\d\.\d", up.zh)
    assert one != other
    swapped = _saying(_saying(_saying(kept, "up", one, "@"), "up", other, one), "up", "@", other)
    with pytest.raises(UnsoundNote, match=re.escape(f"{other} ≠ {one.strip('+')}")):
        check_sentences(swapped, lang)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_period_that_is_kept_passes_its_own_check(kept: KeptIndex, lang: str) -> None:
    assert len(kept.past) == 35 and kept.past[0].attribution.period == "2024-11"
    for told in kept.past:
        check_sentences(kept.at(told.attribution.period), lang)


def test_a_sound_index_without_decimals_passes(indexed: Workspace, tmp_path: Path) -> None:
    shutil.copytree(indexed.folder, tmp_path / "w")
    recipe = tmp_path / "w" / "index" / "small.toml"
    recipe.write_text("decimals = 0\n" + recipe.read_text(encoding="utf-8"), encoding="utf-8")
    whole = touchstone.open(tmp_path / "w").index("small")
    assert whole.attribution.level == whole.attribution.level.to_integral_value()
    for lang in ("zh", "en"):
        check_sentences(whole, lang)


def test_indicators_that_count_against_the_index_move_favourably_and_do_not_rise(
    indexed: Workspace, tmp_path: Path
) -> None:
    shutil.copytree(indexed.folder, tmp_path / "w")
    recipe = tmp_path / "w" / "index" / "small.toml"
    text = recipe.read_text(encoding="utf-8")
    recipe.write_text(text.replace('key = "phones"', 'key = "phones"\nsign = -1'), encoding="utf-8")
    for path in (tmp_path / "w" / "index").glob("small.*calibration*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    mixed = touchstone.open(tmp_path / "w").index("small")
    said = next(each.text for each in mixed.sentences if each.about == "breadth")
    assert "的指标环比向好" in said.zh and "of the indicators moved favourably" in said.en
    for lang in ("zh", "en"):
        check_sentences(mixed, lang)


def test_a_level_put_into_another_band_fails_the_audit(kept: KeptIndex) -> None:
    other = next(band for band in kept.bands if band.key != kept.attribution.band.key)
    own = kept.attribution.band.name
    told = kept.sentences[0].text
    wrong = replace(kept.sentences[0], text=Text(told.zh.replace(own.zh, other.name.zh), told.en))
    with pytest.raises(UnsoundNote):
        check_sentences(replace(kept, sentences=(wrong, *kept.sentences[1:])), "zh")


def test_a_note_on_synthetic_figures_says_so_first(kept: KeptIndex) -> None:
    report = index_note(kept)
    assert "（合成数据）" in report.title.zh and "(synthetic data)" in report.title.en
    assert next(report.sentences()).text.zh.startswith("合成数据：")
    real = index_note(replace(kept, synthetic=False))
    assert "合成" not in real.title.zh


def test_drawings_show_what_was_computed(kept: KeptIndex) -> None:
    level = kept.attribution.level
    assert gauge_of(kept, "zh").value == level == waterfall_of(kept, "en").end[1]
    chart = levels_chart(kept, "en")
    assert chart.x[-1] == kept.last and chart.series[0].values[-1] == level
    assert [trace.values[0] for trace in chart.series[1:3]] == [Decimal("95.7"), Decimal("104.2")]


def test_limits_are_no_data_and_shares_run_to_a_hundred(kept: KeptIndex) -> None:
    assert [trace.name for trace in levels_chart(kept, "en").limits()] == ["limit 95.7", "limit 104.2"]
    drawn = svg(breadth_chart(kept, "zh"), "zh")
    assert (
        ">100</text>" in drawn and ">0</text>" in drawn and "150" not in re.findall(r">(-?\d+)</text>", drawn)
    )


def test_every_figure_of_a_note_is_listed_with_its_file_and_place(
    kept: KeptIndex, indexed: Workspace
) -> None:
    facts = {fact.id: fact for fact in indexed.facts(ids=behind(kept))}
    assert set(facts) == set(behind(kept))
    report = index_note(kept, Sources(facts, {each.hash: each.name for each in indexed.documents()}))
    listed = [block for block in report.blocks if isinstance(block, Table)][-1]
    assert len(listed.body) == len(facts)
    row = next(row for row in listed.body if row[3].facts == kept.indicator("vehicles").facts[-1][:1])
    assert "copper-demand-sample.csv, row " in row[4].text.en and row[5].text.en == row[3].facts[0]
    assert all(sentence.refs for sentence in report.sentences() if sentence.facts)
    html = page(report, "en")
    wanted = set(re.findall(r'href="#(source-\d+)"', html))
    assert wanted and wanted <= set(re.findall(r'id="(source-\d+)"', html))
    assert f"/figure/{row[3].facts[0]}" in page(report, "en", "http://127.0.0.1:8000")


def test_the_table_of_a_note_has_every_indicator(kept: KeptIndex) -> None:
    table = next(block for block in index_note(kept).blocks if isinstance(block, Table))
    assert {row[0].text.en for row in table.body} == {each.name.en for each in kept.indicators}


def test_a_forecast_in_another_band_than_the_likeliest_says_why(kept: KeptIndex) -> None:
    assert kept.ahead
    odd = replace(kept, ahead=replace(kept.ahead, level=102.4, band="normal", chances=(0.21, 0.33, 0.46)))
    said = " ".join(each.en for each in ahead_said(odd))
    assert "(a level in the “normal” band)" in said and "The likeliest band is “hot”" in said
    same = replace(kept, ahead=replace(kept.ahead, level=102.4, band="normal", chances=(0.2, 0.5, 0.3)))
    assert "likeliest" not in " ".join(each.en for each in ahead_said(same))


def test_the_note_is_written_in_both_languages_and_three_formats(kept: KeptIndex, tmp_path: Path) -> None:
    written = write_note(kept, tmp_path)
    assert {path.name.split(".", 1)[1] for path in written} == {
        f"{lang}.{form}" for lang in ("zh", "en") for form in ("docx", "pdf", "html")
    }
    assert all("synthetic" in path.name for path in written)
    html = next(path for path in written if path.name.endswith("zh.html")).read_text(encoding="utf-8")
    assert "小指数月报（合成数据）" in html and "没有人公布的指标" in html
