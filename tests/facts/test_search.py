"""Search: every word in either language, in words of periods and units, and the very value first."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.facts.asked import split, wanted
from touchstone.facts.fact import Fact
from touchstone.flow import Workspace
from touchstone.publish.words import LANGUAGES, word


@pytest.fixture(scope="session")
def sampled(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = Workspace(tmp_path_factory.mktemp("searched") / "workspace")
    workspace.read(sample_folder)
    return workspace


def subjects(facts: list[Fact]) -> set[str]:
    return {fact.subject.partition(".")[0] for fact in facts}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_console_finds_what_its_own_placeholder_says(sampled: Workspace, lang: str) -> None:
    found = sampled.search(word("search.hint", lang))
    assert found and subjects(found) == {"in"}
    assert all(fact.measure.startswith("price") for fact in found)


@pytest.mark.parametrize(
    "words",
    ["锗 价格", "精炼铜 8月", "铜材 累计", "copper output Aug 2022", "copper 2022年8月", "锗 元/公斤"],
)
def test_words_of_subject_measure_period_and_unit_are_all_found(sampled: Workspace, words: str) -> None:
    assert sampled.search(words)


@pytest.mark.parametrize(
    ("zh", "en"), [("锗", "germanium"), ("鹿特丹", "Rotterdam"), ("铟 价格", "indium price")]
)
def test_one_language_finds_what_the_other_finds(sampled: Workspace, zh: str, en: str) -> None:
    found = {fact.id for fact in sampled.search(zh, 500)}
    assert found and {fact.id for fact in sampled.search(en, 500)} == found


@pytest.mark.parametrize("words", ["997.5", "锗 997.5元/公斤", "germanium 997.5"])
def test_the_very_value_comes_first(sampled: Workspace, words: str) -> None:
    assert str(sampled.search(words)[0].value) == "997.5"


def test_a_month_is_not_part_of_another_and_all_words_must_fit(sampled: Workspace) -> None:
    assert all("10" in (fact.period or "") or "10月" in fact.quote for fact in sampled.search("10月"))
    assert sampled.search("锗 铜材") == []
    assert sampled.search("0月") == []


def test_sentences_are_found_where_no_figure_goes_by_the_words(sampled: Workspace) -> None:
    assert sampled.search("铜材 铜箔") == []
    passages = sampled.passages("同比")
    assert passages and all("同比" in passage.text for passage in passages)


@given(st.text(max_size=30))
def test_any_words_make_patterns_that_can_be_sought(words: str) -> None:
    values = {
        name: ["2022-08", "in.ingot", "元/吨"] for name in ("subject", "measure", "place", "period", "unit")
    }
    assert len(wanted(words, values)) == len(split(words))
