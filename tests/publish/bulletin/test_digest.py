"""The digest: other figures of the week's documents, with the printed sentence and the document."""

from collections.abc import Callable

from touchstone.publish.bulletin.digest import RULE, digest_rule
from touchstone.publish.bulletin.issue import Issue
from touchstone.publish.report.report import Sentence

from .conftest import FRIDAY

QUOTE = "国内铋锭报41500-42500元/吨。"


def quoted(make: Callable[..., Issue], text: str, day: str = FRIDAY.isoformat()) -> list[Sentence]:
    texts = {"2020-10-15": QUOTE, day: text}
    return [sentence for sentence in make(texts).report.sentences() if sentence.rule == RULE]


def test_a_figure_of_another_document_of_the_week_is_repeated_with_its_sentence_and_source(
    make: Callable[..., Issue],
) -> None:
    [said] = quoted(make, "据统计，9月精炼铅产量62.4万吨，同比增长3.0%。其他品种变化不大。")
    assert said.text.zh == "精炼铅产量，62.4万吨，2020年9月：“据统计，9月精炼铅产量62.4万吨，同比增长3.0%。”"
    assert said.text.en.startswith("Refined lead, output, 62.4×10,000 t, Sep 2020: “")
    assert said.by == "2"
    assert len(said.facts) == 1


def test_a_subject_without_a_name_in_the_vocabulary_is_left_to_the_printed_sentence(
    make: Callable[..., Issue],
) -> None:
    [said] = quoted(make, "8月空调电器采购额约21.96亿元。")
    assert said.text.zh == "“8月空调电器采购额约21.96亿元。”"
    assert said.text.en.startswith("About 21.96×100 million yuan, Aug 2020: “")


def test_one_printed_sentence_is_repeated_once(make: Callable[..., Issue]) -> None:
    text = "9月精炼铅产量62.4万吨，精炼锌产量58.1万吨，精炼铜产量91.7万吨。"
    assert len(quoted(make, text)) == 1


def test_what_says_not_of_what_it_is_a_figure_is_passed_over(make: Callable[..., Issue]) -> None:
    assert quoted(make, "2020年三季度净利润3.18亿元。9月用时100天。") == []


def test_plans_old_figures_and_documents_of_other_weeks_are_passed_over(make: Callable[..., Issue]) -> None:
    assert quoted(make, "预计2020年10月精炼铅产量将达到62.4万吨。") == []
    assert quoted(make, "2019年8月精炼铅产量62.4万吨。") == []
    assert quoted(make, "2020年8月精炼铅产量62.4万吨。", "2020-09-25") == []


def test_a_quote_of_the_week_is_no_other_figure(make: Callable[..., Issue]) -> None:
    assert quoted(make, "国内铋锭价格为41500元/吨。") == []


def test_a_long_week_is_cut_to_the_declared_number(make: Callable[..., Issue]) -> None:
    months = (
        f"2020年{month}月精炼铅产量6{month}.4万吨。2020年{month}月精炼锌产量5{month}.1万吨。"
        for month in (6, 7, 8, 9)
    )
    copper = (f"2020年{month}月精炼铜产量9{month}.7万吨。" for month in (7, 8, 9))
    assert len(quoted(make, "".join((*months, *copper)))) == digest_rule().count
