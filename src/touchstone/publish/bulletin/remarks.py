"""Notes at the end of a bulletin: what has no quote this week, and how its figures were made."""

from collections.abc import Iterator

from touchstone.facts.text import Text
from touchstone.publish.bulletin.week import Absent, Week
from touchstone.publish.bulletin.written import capital, day, listed
from touchstone.publish.report.report import Sentence

RULE = "bulletin.notes"


def remarks(week: Week) -> Iterator[Sentence]:
    """What has no quote this week; what the comparisons mean."""
    never = [_named(each, week) for each in week.absent if each.last is None]
    before = [_with_last(each, week) for each in week.absent if each.last is not None]
    if before:
        said = listed(before)
        yield _note(f"本周没有报价：{said.zh}。", f"No quote this week: {said.en}.")
    if never:
        said = listed(never)
        yield _note(f"账本中尚无报价：{said.zh}。", f"Never quoted in this ledger: {said.en}.")
    yield _note(
        "“较上周五”指与上周五当日或之前最后一个有报价的日子比较；均价为高低价的中间值，或按报价规格取其一端。",
        "Changes are against the last quoted day on or before last Friday; the mean is the middle of low and high, "
        "or the end that the quotation names.",
    )


def _note(zh: str, en: str) -> Sentence:
    return Sentence(capital(Text(zh, en)), "computed", rule=RULE)


def _named(absent: Absent, week: Week) -> Text:
    market = week.layout.market(absent.quotation.market)
    product = week.layout.product(absent.quotation)
    return Text(f"{market.zh}{product.zh}", f"{market.en} {product.en}")


def _with_last(absent: Absent, week: Week) -> Text:
    assert absent.last
    named, last = _named(absent, week), day(absent.last, absent.last.year != week.day.year)
    stale = Text("，已陈旧", ", stale") if absent.is_stale else Text("", "")
    return Text(
        f"{named.zh}（最近报价：{last.zh}{stale.zh}）", f"{named.en} (last quoted on {last.en}{stale.en})"
    )
