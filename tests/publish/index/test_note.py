"""The monthly note: re-checked, in both languages, and marked where it stands on made-up figures."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from touchstone.calc.index.kept import KeptIndex
from touchstone.facts.text import Text
from touchstone.flow import Workspace
from touchstone.publish.index.files import write_note
from touchstone.publish.index.note import index_note
from touchstone.publish.index.pictures import gauge_of, levels_chart, waterfall_of
from touchstone.publish.index.recheck import UnsoundNote, check_sentences


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


def test_the_note_is_written_in_both_languages_and_three_formats(kept: KeptIndex, tmp_path: Path) -> None:
    written = write_note(kept, tmp_path)
    assert {path.name.split(".", 1)[1] for path in written} == {
        f"{lang}.{form}" for lang in ("zh", "en") for form in ("docx", "pdf", "html")
    }
    assert all("synthetic" in path.name for path in written)
    html = next(path for path in written if path.name.endswith("zh.html")).read_text(encoding="utf-8")
    assert "小指数月报（合成数据）" in html and "没有人公布的指标" in html
