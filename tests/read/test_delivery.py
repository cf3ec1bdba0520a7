"""Terms of delivery say where a price holds; what is priced is the product named before."""

import pytest

from touchstone.facts.specification import specification

from .conftest import read_words, said


def told(text: str) -> list[str]:
    """Each figure as `subject market value`."""
    return [
        f"{f.subject} {(f.place or 'no market').removeprefix('market.')} {said(f)}" for f in read_words(text)
    ]


def test_fob_is_no_subject_and_its_market_ends_with_the_sentence() -> None:
    text = (
        "府谷镁锭报15700元/吨，天津港FOB报2230美元/吨。电解钴报158000元/吨。"
        "电池级碳酸锂报77000元/吨；CIF中日韩报9.6美元/公斤。"
    )
    assert told(text) == [
        "mg.ingot domestic 15700 元/吨", "mg.ingot export 2230 美元/吨", "co.electrolytic domestic 158000 元/吨",
        "li.carbonate domestic 77000 元/吨", "li.carbonate no market 9.6 美元/公斤",
    ]  # fmt: skip


@pytest.mark.parametrize("words", ["镁锭FOB天津港报", "FOB天津港镁锭报", "镁锭天津港FOB报", "镁锭出口FOB报"])
def test_the_product_beside_fob_is_the_subject(words: str) -> None:
    assert told(f"{words}2100美元/吨。") == ["mg.ingot export 2100 美元/吨"]


def test_a_change_in_the_sentence_keeps_the_market_of_exports() -> None:
    assert told("镁锭出口FOB报2100美元/吨，较上周上涨20美元/吨。")[1] == "mg.ingot export 20 美元/吨"


def test_a_domestic_market_said_before_does_not_reach_a_price_cif() -> None:
    text = "国内碳酸锂报77000元/吨；CIF中日韩报9.6美元/公斤。国内电解钴报158000元/吨。"
    assert [line.split()[1] for line in told(text)] == ["domestic", "no", "domestic"]


def test_cif_with_a_market_is_of_that_market() -> None:
    assert told("钴CIF鹿特丹报10美元/磅。") == ["co rotterdam 10 美元/磅"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Gallium, in-warehouse Rotterdam, was assessed at $600 per kg.", "ga rotterdam 600 $/kg"),
        ("Lithium carbonate CIF China, Japan and Korea was at $9.40 per kg.", "li.carbonate no market 9.40 $/kg"),
        ("Magnesium ingot FOB Tianjin was quoted at $2,230 per tonne.", "mg.ingot export 2230 $/tonne"),
    ],
)  # fmt: skip
def test_an_aside_of_delivery_stands_between_the_product_and_its_price(text: str, line: str) -> None:
    assert told(text) == [line]


def test_a_warehouse_is_not_that_of_the_next_sentence() -> None:
    text = "Gallium, in-warehouse Rotterdam, was at $600 per kg. Spodumene was at $900 per tonne."
    assert told(text)[1] == "li.spodumene no market 900 $/tonne"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("镁锭（FOB天津港）报2230美元/吨。", "mg.ingot export 2230 美元/吨", "镁锭 · FOB天津港"),
        ("镁锭（天津港FOB）报2230美元/吨。", "mg.ingot export 2230 美元/吨", "镁锭 · 天津港FOB"),
        ("硒粉（CIF鹿特丹）6.5美元/磅。", "se.powder rotterdam 6.5 美元/磅", "硒粉 · CIF鹿特丹"),
        ("硒粉CIF（鹿特丹）6.5美元/磅。", "se.powder rotterdam 6.5 美元/磅", "硒粉 · CIF 鹿特丹"),
        ("硒粉CIF 鹿特丹 6.5美元/磅。", "se.powder rotterdam 6.5 美元/磅", "硒粉 · CIF 鹿特丹"),
        ("电解钴到岸新加坡报12美元/磅。", "co.electrolytic SG 12 美元/磅", "电解钴 · 到岸新加坡"),
        ("Magnesium ingot (FOB Tianjin) was at $2,230 per tonne.", "mg.ingot export 2230 $/tonne",
         "Magnesium ingot · FOB Tianjin"),
    ],
)  # fmt: skip
def test_the_market_in_a_bracket_with_its_term_is_read_and_kept_as_imports_keep_it(
    text: str, line: str, words: str
) -> None:
    [fact] = read_words(text)
    assert (told(text), fact.subject_words) == ([line], words)
    assert specification(fact.subject_words).delivery == words.partition(" · ")[2]


def test_a_place_nobody_knows_is_no_market() -> None:
    [fact] = read_words("铋（CIF某港）报3美元/磅。")
    assert (fact.place, fact.subject_words) == (None, "铋")


def test_at_the_works_is_a_term_and_neither_a_product_nor_another_market() -> None:
    text = "府谷镁锭出厂价15700元/吨，较上周上涨100元/吨。国内电解钴出厂含税报158000元/吨。铋锭报42000元/吨。"
    assert told(text)[::2] == ["mg.ingot domestic 15700 元/吨", "co.electrolytic domestic 158000 元/吨"]
    magnesium, change, cobalt, bismuth = read_words(text)
    assert specification(magnesium.subject_words).delivery == "出厂价"
    assert specification(change.subject_words).delivery == "出厂价"
    stated = specification(cobalt.subject_words)
    assert (stated.delivery, stated.tax) == ("出厂", "included")
    assert bismuth.subject_words == "铋锭"
    [english] = read_words("Bismuth ex-works China was at 41,500 yuan per tonne.")
    assert (english.place, english.subject_words) == ("market.domestic", "Bismuth · ex-works China")


def test_a_term_is_not_that_of_the_next_product_of_the_sentence() -> None:
    _, bismuth = read_words("硒粉CIF鹿特丹6.5美元/磅，铋锭3美元/磅。")
    assert bismuth.subject_words == "铋锭"


def test_the_price_index_of_producers_is_no_price_at_the_works() -> None:
    [rate] = read_words("工业生产者出厂价格同比上涨5%。")
    assert rate.subject_words == "工业生产者出厂价格"
