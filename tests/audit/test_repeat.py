"""One figure printed twice: in a text, in two documents, in two languages."""

from collections.abc import Callable
from datetime import date

from touchstone.audit.audit import audit
from touchstone.audit.finding import Finding

from .conftest import written

Found = Callable[..., list[Finding]]


MAY, JUNE = "铜材[196.5万吨|cu.products output 2022-08]。", "铜材[{}万吨|cu.products output 2022-08]。"


def test_two_documents_that_differ_fail(found: Found) -> None:
    [twin] = found("across_documents", MAY, "Copper semis [1.995 million tonnes|cu.products output 2022-08].")
    assert twin.verdict == "fails" and len(twin.sources) == 2


def test_a_later_document_revises_an_earlier_one() -> None:
    first = written(MAY, "a.txt", published=date(2022, 9, 15))
    later = written(JUNE.format("198.0"), "b.txt", published=date(2022, 10, 15))
    [twin] = [f for f in audit([later, first]) if f.rule == "across_documents"]
    assert twin.verdict == "revised" and twin.note and "b.txt" in twin.note.en
    assert twin.quotes == ("196.5万吨", "198.0万吨")


def test_a_figure_rounded_to_fewer_places_agrees(found: Found) -> None:
    assert [f.verdict for f in found("across_documents", MAY, JUNE.format("195"))] == ["fails"]
    assert [f.verdict for f in found("across_documents", MAY, JUNE.format("197"))] == ["holds"]


def test_the_english_part_of_a_document_says_what_the_chinese_part_says(found: Found) -> None:
    marked = MAY + "\nCopper semis came to [{} million tonnes|cu.products output 2022-08]."
    assert [f.verdict for f in found("twin_languages", marked.format("1.965"))] == ["holds"]
    assert [f.verdict for f in found("twin_languages", marked.format("1.995"))] == ["fails"]


def test_a_repeat_in_the_text_is_linked(found: Found) -> None:
    assert [f.verdict for f in found("repeat", MAY + "\n# 铜材[196.5万吨|cu.products output 2022-08]")] == [
        "holds"
    ]


def test_two_companies_that_make_one_product_are_not_compared(found: Found) -> None:
    report = "甲铜集团年报。甲铜集团生产阴极铜[{}万吨|cu.cathode output 2022]。甲铜集团盈利，甲铜集团稳健。"
    other = report.replace("甲铜", "乙铜")
    assert found("across_documents", report.format("108.2"), other.format("110.0")) == []
    assert len(found("across_documents", report.format("108.2"), report.format("110.0"))) == 1


def test_the_title_says_what_was_measured(found: Found) -> None:
    growth = "精炼铅产量同比[增长3.0%|pb.refined output.yoy 2024-04]。"
    [agreed] = found("across_documents", growth, growth)
    assert agreed.title.zh.startswith("精炼铅产量同比（2024-04）")
    assert agreed.title.en.startswith("refined lead, output, year on year (2024-04)")


def test_prices_of_two_sources_may_differ() -> None:
    close = written("铜价[9407.5美元/吨|cu price 2022-09-07]。", "a.txt", published=date(2022, 9, 8))
    evening = written("铜价[9440美元/吨|cu price 2022-09-07]。", "b.txt", published=date(2022, 9, 10))
    [twin] = [f for f in audit([close, evening]) if f.rule == "across_documents"]
    assert twin.verdict == "warning" and twin.note and "agencies" in twin.note.en
