"""The sentences of the review: numbers, verbs and comparisons come from how the quotes moved."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from touchstone.facts.document import Document
from touchstone.publish.bulletin.commentary import FILE, review
from touchstone.publish.bulletin.issue import Issue, issue_of
from touchstone.publish.bulletin.layout import Metal
from touchstone.publish.bulletin.template import NoTemplate, Template, fitting, templates
from touchstone.publish.bulletin.week import Week
from touchstone.publish.report.report import Sentence
from touchstone.read.read import read_bytes

from .conftest import BEFORE, FRIDAY, known_of

Gather = Callable[..., Week]


def bismuth(week: Week) -> Sentence:
    """The one sentence about bismuth."""
    paragraph = review(Metal("bi", ("bi.ingot@market.domestic",)), week)
    assert paragraph
    [sentence] = paragraph.sentences
    return sentence


def quoted(before: str, now: str) -> dict[str, str]:
    return {BEFORE.isoformat(): f"国内铋锭报{before}元/吨。", FRIDAY.isoformat(): f"国内铋锭报{now}元/吨。"}


def numbers(sentence: Sentence, week: Week) -> list[tuple[str, str]]:
    """What a sentence claims, in order: measure and value."""
    return [(week.facts[id].measure, f"{week.facts[id].value:f}") for id in sentence.facts]


def test_both_ends_moving_alike_are_told_by_the_mean_and_in_percent(gather: Gather) -> None:
    week = gather(quoted("41000-42000", "41500-42500"))
    said = bismuth(week)
    assert said.text.zh == "10月16日国内市场铋锭报41500—42500元/吨，均价较上周五上涨500元/吨（涨幅1.20%）。"
    assert said.text.en == (
        "In the domestic market bismuth ingot was quoted at 41,500\N{EN DASH}42,500 yuan/t on 16 October, "
        "the mean up 500 yuan/t from last Friday (up 1.20%)."
    )
    assert numbers(said, week) == [
        ("price.low", "41500"), ("price.high", "42500"), ("price.change", "500"), ("price.change", "1.20"),
    ]  # fmt: skip


def test_ends_that_part_ways_are_told_one_by_one(gather: Gather) -> None:
    week = gather(quoted("41000-43000", "40500-43000"))
    assert bismuth(week).text.zh == (
        "10月16日国内市场铋锭报40500—43000元/吨，最低价较上周五下跌500元/吨，最高价较上周五持平，"
        "均价较上周五下跌250元/吨（跌幅0.60%）。"
    )
    assert numbers(bismuth(week), week)[2:] == [
        ("price.low.change", "-500"), ("price.high.change", "0"), ("price.change", "-250"), ("price.change", "-0.60"),
    ]  # fmt: skip


def test_ends_that_move_against_each_other_leave_the_mean_where_it_was(gather: Gather) -> None:
    assert "均价较上周五持平" in bismuth(gather(quoted("41000-42000", "40500-42500"))).text.zh


def test_a_quote_that_did_not_move_is_unchanged_against_a_friday_that_was_quoted(gather: Gather) -> None:
    said = bismuth(gather(quoted("41500-42500", "41500-42500")))
    assert said.text.zh.endswith("均价较上周五持平。")
    assert said.text.en.endswith("unchanged from last Friday.")


def test_single_prices_are_told_as_prices(gather: Gather) -> None:
    said = bismuth(gather(quoted("41000", "41500")))
    assert said.text.zh == "10月16日国内市场铋锭报41500元/吨，价格较上周五上涨500元/吨（涨幅1.22%）。"


def test_after_a_holiday_the_day_compared_with_is_shown_once_in_full(gather: Gather) -> None:
    text = "国内铋锭9月30日报41000-42000元/吨，10月9日报41500-42500元/吨。国内氧化铋9月30日报45000-46000元/吨，10月9日报45000-46000元/吨。"
    week = gather({"2020-10-09": text}, date(2020, 10, 9))
    paragraph = review(Metal("bi", ("bi.ingot@market.domestic", "bi.oxide@market.domestic")), week)
    assert paragraph
    first, second = paragraph.sentences
    assert first.text.zh.endswith("（上周五10月2日休市，与9月30日比较）。")
    assert first.text.en.endswith("(2 October was a holiday; compared with 30 September).")
    assert second.text.zh.endswith("（与9月30日比较）。")


def test_a_friday_that_was_open_and_not_quoted_is_said_to_be_so(gather: Gather) -> None:
    texts = quoted("41000-42000", "41500-42500")
    texts["2020-10-08"] = texts.pop("2020-10-09")
    assert "（上周五10月9日无报价，与10月8日比较）" in bismuth(gather(texts)).text.zh


def test_the_change_a_document_states_is_told_where_the_ledger_has_nothing_to_compare_with(
    gather: Gather,
) -> None:
    week = gather({FRIDAY.isoformat(): "国内铋锭报41500-42500元/吨，均价较上周五下跌100元/吨。"})
    said = bismuth(week)
    assert said.text.zh == "10月16日国内市场铋锭报41500—42500元/吨，均价较上周五下跌100元/吨（原文所载）。"
    assert said.text.en.endswith("the mean down 100 yuan/t from last Friday, as stated by the source.")
    assert week.facts[said.facts[-1]].status == "reported"


def test_each_end_that_a_document_states_is_told(gather: Gather) -> None:
    text = "国内铋锭报41500-42500元/吨，最低价较上周五下跌100元/吨，最高价较上周五保持不变。"
    week = gather({FRIDAY.isoformat(): text})
    assert "最低价较上周五下跌100元/吨，最高价较上周五持平（原文所载）" in bismuth(week).text.zh


def test_what_the_ledger_can_work_out_goes_before_what_a_document_states(gather: Gather) -> None:
    texts = quoted("41000-42000", "41500-42500元/吨，均价较上周五上涨900")
    assert "上涨500元/吨（涨幅1.20%）" in bismuth(gather(texts)).text.zh


def test_a_change_stated_the_week_before_is_not_told_again(gather: Gather) -> None:
    texts = {
        "2020-10-09": "国内氧化铋报45000元/吨。国内铋锭均价较上周五下跌100元/吨。",
        "2020-10-16": "国内铋锭报41500-42500元/吨。",
    }
    assert "此前没有可比的报价" in bismuth(gather(texts)).text.zh


def test_two_changes_stated_for_one_price_are_no_change(gather: Gather) -> None:
    text = "国内铋锭报41500-42500元/吨，均价较上周五下跌100元/吨。国内铋锭均价较上周五下跌200元/吨。"
    assert "此前没有可比的报价" in bismuth(gather({FRIDAY.isoformat(): text})).text.zh


def test_a_first_quote_is_compared_with_nothing(gather: Gather) -> None:
    week = gather({FRIDAY.isoformat(): "国内铋锭报41500-42500元/吨。"})
    said = bismuth(week)
    assert said.text.zh == "10月16日国内市场铋锭报41500—42500元/吨，此前没有可比的报价。"
    assert week.told["bi.ingot@market.domestic"].move.standing == "first"


def test_a_quote_of_last_friday_itself_in_a_long_week_is_compared_with_nothing(gather: Gather) -> None:
    week = gather({"2020-10-09": "国内铋锭9月30日报41500-42500元/吨。"}, date(2020, 10, 9))
    assert bismuth(week).text.zh == "9月30日国内市场铋锭报41500—42500元/吨，截至本期没有更新的报价。"
    assert week.told["bi.ingot@market.domestic"].direction is None


def test_prices_in_another_unit_than_before_are_not_compared(gather: Gather) -> None:
    texts = {"2020-10-09": "国内铋锭报41000元/吨。", "2020-10-16": "国内铋锭报2.8美元/磅。"}
    assert "报价单位有变，不与此前比较" in bismuth(gather(texts)).text.zh


def test_prices_in_another_size_of_the_unit_are_compared_exactly(gather: Gather) -> None:
    texts = {"2020-10-09": "国内铋锭报4.1-4.2万元/吨。", "2020-10-16": "国内铋锭报41500-42500元/吨。"}
    assert "报41500—42500元/吨，均价较上周五上涨500元/吨（涨幅1.20%）" in bismuth(gather(texts)).text.zh


def test_a_quote_from_before_the_calendar_is_left_out_of_the_comparison_and_said_so(gather: Gather) -> None:
    texts = {"2009-03-06": "国内铋锭报41000-42000元/吨。", "2020-10-16": "国内铋锭报41500-42500元/吨。"}
    said = bismuth(gather(texts)).text
    assert said.zh == "10月16日国内市场铋锭报41500—42500元/吨，此前的报价早于交易日历所及，不作比较。"


def test_where_the_ends_part_ways_it_is_the_mean_that_is_unchanged(gather: Gather) -> None:
    said = bismuth(gather(quoted("41000-42000", "40500-42500"))).text.en
    assert said.endswith("the mean unchanged from last Friday.")


def test_every_sentence_is_computed_names_its_templates_and_stands_on_facts(
    make: Callable[..., Issue],
) -> None:
    issue = make(quoted("41000-42000", "41500-42500"))
    said = next(issue.report.sentences())
    assert (said.kind, said.rule) == ("computed", "bulletin+quoted+moved.range.rate")
    assert set(said.facts) <= set(issue.week.facts)


@pytest.mark.parametrize(
    "template", [t for kind in ("opening", "clause", "basis", "remark", "heading") for t in templates(FILE, kind)],
    ids=lambda template: template.id,
)  # fmt: skip
def test_a_template_says_its_figures_in_the_same_order_in_both_languages(template: Template) -> None:
    for text in (template.text.zh, template.text.en):
        figures = [name for name in template.says if f"{{{name}}}" in text]
        places = [text.index(f"{{{name}}}") for name in figures]
        assert places == sorted(places)


def test_where_no_template_fits_nothing_is_guessed() -> None:
    with pytest.raises(NoTemplate):
        fitting(FILE, "clause", {"sideways"})
    with pytest.raises(NoTemplate):
        templates(FILE, "opening")[0].filled({})


DAILY = (
    "<p>2024年2月9日</p><h2>国内小金属价格日报</h2><table><tr><th>品种</th><th>单位</th>{head}<th>涨跌</th></tr>"
    "<tr><td>铋锭</td><td>元/吨</td>{prices}<td>{change}</td></tr></table>"
)


def daily(change: str, *days: tuple[str, str]) -> Document:
    """A list of prices of some days with a column of changes that does not say against which day."""
    head = "".join(f"<th>{day}</th>" for day, _ in days)
    prices = "".join(f"<td>{price}</td>" for _, price in days)
    return read_bytes(DAILY.format(head=head, prices=prices, change=change).encode(), "daily-2024-02-09.html")


BEFORE_THAT, THAT_DAY = ("2月8日", "54500-55500"), ("2月9日", "54800-55800")


@pytest.mark.parametrize(
    ("document", "zh", "en"),
    [
        (daily("+300", BEFORE_THAT, THAT_DAY), "，较2月8日上涨300元/吨（原文所载）。", ", up 300 yuan/t from 8 February as stated by the source."),
        (daily("+500", BEFORE_THAT, THAT_DAY), "，上周五及以前没有报价，不作比较。", ", with no quote on or before last Friday to compare with."),
        (daily("+300", THAT_DAY), "，上涨300元/吨（原文所载，未注明与哪一天比较）。", ", up 300 yuan/t as stated by the source, which does not say against which day."),
    ],
)  # fmt: skip
def test_a_change_stated_without_a_day_is_told_as_far_as_the_quotes_bear_it_out(
    document: Document, zh: str, en: str, tmp_path: Path
) -> None:
    issue = issue_of(date(2024, 2, 9), known_of([document], tmp_path), ("zh", "en"))
    said = bismuth(issue.week)
    assert said.text.zh == f"2月9日国内市场铋锭报54800—55800元/吨{zh}"
    assert said.text.en.endswith(en)


def test_the_reason_of_a_comparison_is_given_again_where_it_is_another_one(gather: Gather) -> None:
    text = "鹿特丹锗锭9月28日报1450-1550美元/公斤，10月13日报1450-1550美元/公斤。国内锗锭9月28日报9350-9550元/公斤，10月13日报9300-9500元/公斤。"
    week = gather({"2023-10-13": text}, date(2023, 10, 13))
    paragraph = review(Metal("ge", ("ge.ingot@market.rotterdam", "ge.ingot@market.domestic")), week)
    assert paragraph
    first, second = paragraph.sentences
    assert first.text.zh.endswith("（上周五10月6日无报价，与9月28日比较）。")
    assert second.text.zh.endswith("（上周五10月6日休市，与9月28日比较）。")
