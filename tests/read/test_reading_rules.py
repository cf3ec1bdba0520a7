"""Each rule of data/rules/reading.toml reads the figure of its own example."""

import re
from decimal import Decimal

import pytest

from touchstone.read.declared import declared
from touchstone.read.measure import Rule, rules
from touchstone.read.normal import normal

from .conftest import phrases, read_words, said


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_each_rule_reads_its_own_example(rule: Rule) -> None:
    text, value = rule.example
    found = [
        fact
        for fact in read_words(text)
        if rule.id in fact.rule.split("+") and Decimal(value) in (fact.value, fact.value_high)
    ]
    assert found, [(said(fact), fact.rule) for fact in read_words(text)]


def test_the_names_of_rules_are_unique_and_say_what_they_are_about() -> None:
    names = [rule.id for rule in rules()]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"M(\.[a-z]+)+", name) for name in names)


def test_every_rule_has_an_example_of_its_own() -> None:
    examples = [rule.example[0] for rule in rules()]
    assert len(examples) == len(set(examples))


def test_every_kind_of_unit_ends_in_a_rule_without_conditions() -> None:
    kinds = {kind for rule in rules() for kind in rule.kinds}
    assert kinds == {kind for rule in rules() if not rule.words.pattern for kind in rule.kinds}


@pytest.mark.parametrize(
    ("rule", "text", "phrase"),
    [
        ("Q.digit", "精炼铜产量93.2万吨", "93.2 万吨"),
        ("Q.range", "预计总出货在5GW-5.3GW之间", "5~5.3 GW"),
        ("Q.compound", "特许经营期限29年零10个月", "29.833333 年"),
        ("Q.fraction", "约三分之二的企业减产", "0.666667"),
        ("Q.index", "景气指数为102.2", "102.2"),
        ("Q.numeral", "十三家企业通过验收", "13 家"),
        ("Q.rank", "采购额排在第二", "2"),
        ("Q.threshold", "采购规模破亿省份", "1 亿"),
        ("Q.counted", "268 listed enterprises reported", "268 enterprises"),
    ],
)
def test_each_way_of_writing_a_quantity_has_a_rule(rule: str, text: str, phrase: str) -> None:
    [fact] = [fact for fact in read_words(text) if said(fact) == phrase]
    assert fact.rule.split("+")[0] == rule


def test_a_figure_says_which_rules_read_it() -> None:
    [fact] = read_words("8月铅产量同比增长3.9%")
    assert fact.rule == "Q.digit+M.yoy"
    assert phrases("8月铅产量同比增长3.9%") == ["3.9 %"]


KINDS = [(kind["name"], kind) for table in ("kind", "closed") for kind in declared("not_figures")[table]]


@pytest.mark.parametrize(("name", "kind"), KINDS, ids=[name for name, _ in KINDS])
def test_each_kind_of_what_is_no_figure_covers_its_own_examples(name: str, kind: dict) -> None:
    for example in kind["examples"]:
        assert any(re.search(words, normal(example)) for words in kind["words"]), example
        assert phrases(example) == []
