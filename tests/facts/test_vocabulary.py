"""The vocabulary: every row is complete, every word leads to one code, the longest word wins."""

from collections import Counter, defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.facts.characters import simplify
from touchstone.facts.term import KINDS, blockers, terms
from touchstone.facts.unit_table import table
from touchstone.facts.vocabulary import vocabulary

WORDS = vocabulary()
AMBIGUOUS = {("place", "吉林"), ("place", "海南")}
"""Words that name two places; the province is meant where nothing else is said."""


def found(text: str, *kinds: str) -> list[tuple[str, str]]:
    """The words and codes found in a text."""
    return [(text[each.start : each.end], each.code) for each in WORDS.find(text, kinds or None)]


def test_every_row_has_both_names_and_a_source() -> None:
    for term in terms():
        assert term.zh and term.en and term.source and term.kind in KINDS, term


def test_every_code_is_given_once() -> None:
    assert [code for code, times in Counter(term.code for term in terms()).items() if times > 1] == []


def test_every_word_names_one_term_of_its_kind_unless_declared() -> None:
    named = defaultdict(set)
    for term in terms():
        for word in (*term.words, *term.quiet):
            named[term.kind, word].add(term.code)
    assert {key for key, codes in named.items() if len(codes) > 1} == AMBIGUOUS


def test_every_parent_is_a_term() -> None:
    for term in terms():
        assert not term.parent or WORDS.term(term.parent), term.code


def test_every_product_leads_to_a_material() -> None:
    for term in WORDS.terms("product"):
        assert WORDS.term(WORDS.element(term.code) or "").kind == "material", term.code


def test_all_provinces_and_nearly_all_prefectures_are_there() -> None:
    provinces = [term for term in WORDS.terms("place") if term.symbol.startswith("CN-")]
    prefectures = [
        term for term in WORDS.terms("place") if len(term.code) == 7 and term.code.startswith("CN-")
    ]
    assert len(provinces) == 34
    assert len(prefectures) == 333
    assert {term.parent for term in prefectures} <= {term.code for term in provinces}


def test_a_prefecture_knows_its_six_digit_code() -> None:
    assert WORDS.resolve("360700") == WORDS.resolve("赣州") == WORDS.resolve("Ganzhou") == "CN-3607"
    assert WORDS.parent("CN-3607") == "CN-36"
    assert WORDS.term("CN-36").symbol == "CN-JX"


@pytest.mark.parametrize(
    "symbol", ["Cu", "Al", "In", "Ge", "Ga", "Se", "Te", "Bi", "Cd", "Sb", "W", "Li", "Nd", "Dy"]
)
def test_a_chemical_symbol_is_understood_alone_but_not_looked_for(symbol: str) -> None:
    assert WORDS.resolve(symbol, "material") == symbol.lower()
    assert found(f"{symbol} 12") == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("阴极铜", "cu.cathode"),
        ("电解铜", "cu.cathode"),
        ("Copper Cathode", "cu.cathode"),
        ("精铟", "in.refined"),
        ("粗铟", "in.crude"),
        ("硒粉99.9%", "se.powder"),
        ("硒粉９９．９％", "se.powder"),
        ("精煉銅", "cu.refined"),
        ("鹿特丹", "market.rotterdam"),
        ("國家統計局", "agency.nbs"),
        ("十种有色金属", "metal.nonferrous.ten"),
        ("氧化镨钕", "ree.oxide.prnd"),
        ("仲钨酸铵", "w.apt"),
        ("多晶硅", "si.poly"),
        ("赣", "CN-36"),
        ("新疆", "CN-65"),
        ("刚果（金）", "CD"),
        ("同比", "yoy"),
        ("in.ingot", "in.ingot"),
    ],
)
def test_words_resolve_to_their_code(words: str, code: str) -> None:
    assert WORDS.resolve(words) == code


def test_words_nobody_holds_resolve_to_nothing() -> None:
    assert WORDS.resolve("某某某") is None
    assert WORDS.resolve("阴极铜", "place") is None


def test_one_word_of_two_kinds_follows_the_kind_asked_for() -> None:
    assert WORDS.resolve("SMM", "agency") == "agency.smm"
    assert found("产量", "measure") == [("产量", "output")]
    assert found("产量", "indicator") == [("产量", "indicator.output")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("二氧化硒59-62元", [("二氧化硒", "se.dioxide")]),
        ("精铟和粗铟", [("精铟", "in.refined"), ("粗铟", "in.crude")]),
        ("欧洲鹿特丹市场硒粉", [("欧洲鹿特丹市场", "market.rotterdam"), ("硒粉", "se.powder")]),
        ("无锡的锡锭", [("无锡", "CN-3202"), ("锡锭", "sn.ingot")]),
        ("江西铜业", []),
        ("铁路", []),
        ("資金", []),
        ("銅陵電解銅", [("銅陵", "CN-3407"), ("電解銅", "cu.cathode")]),
        ("the MAP price", [("MAP", "fertiliser.phosphate"), ("price", "price")]),
        ("a map", []),
        ("Refined Copper output", [("Refined Copper", "cu.refined"), ("output", "indicator.output")]),
        ("outputs coppery", []),
        ("产硒", [("硒", "se")]),
        ("", []),
    ],
)
def test_the_longest_word_is_found_at_its_place(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_a_longer_word_of_another_kind_still_hides_what_is_inside() -> None:
    assert found("二氧化硒和硒", "material") == [("硒", "se")]


@given(st.sampled_from([word for term in WORDS.terms() for word in term.words]))
def test_every_word_is_found_whole_where_it_stands_alone(word: str) -> None:
    assert [text for text, _ in found(f"，{word}，")] == [word]


@given(st.lists(st.one_of(st.text(max_size=4), st.sampled_from([w for t in WORDS.terms() for w in t.words]))))
def test_mentions_are_in_order_apart_and_hold_their_words(pieces: list[str]) -> None:
    text, reached = "".join(pieces), 0
    for each in WORDS.find(text):
        assert reached <= each.start < each.end <= len(text)
        assert each.code in {term.code for term in WORDS.terms(each.kind)}
        reached = each.end


def test_no_blocker_is_itself_a_word_of_a_term() -> None:
    plain = {word for term in WORDS.terms() for word in term.words}
    assert not plain.intersection(blockers())


def test_a_name_falls_back_to_the_words_given() -> None:
    assert WORDS.name("in.ingot", "zh") == "铟锭"
    assert WORDS.name("in.ingot", "en") == "indium ingot"
    assert WORDS.name("朱若林 出生年份", "en") == "朱若林 出生年份"


def test_measures_say_whether_a_decrease_is_negative() -> None:
    assert WORDS.term("output.yoy").change and WORDS.term("price.change").change
    assert not (WORDS.term("output").change or WORDS.term("share").change)


def test_measures_allow_only_dimensions_that_units_have() -> None:
    known = {english for _, english in table().dimensions.values()}
    for term in WORDS.terms("measure"):
        assert set(term.dimensions) <= known | {"any", "money", "money/any", "a bare number"}, term.code


@given(st.sampled_from([simplify(word) for term in WORDS.terms() for word in (term.zh, term.en)]))
def test_every_name_resolves_to_a_term_that_bears_it(name: str) -> None:
    code = WORDS.resolve(name)
    assert code is not None
    term = WORDS.term(code)
    assert name in {simplify(word) for word in (*term.words, *term.quiet)}
