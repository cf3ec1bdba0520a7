"""Notes at the end of a bulletin: what has no quote this week, and how its figures were made."""

from collections.abc import Iterator

from touchstone.facts.text import Text
from touchstone.publish.bulletin.week import Absent, Week
from touchstone.publish.bulletin.written import capital, day, listed
from touchstone.publish.report.report import Sentence

RULE = "bulletin.notes"


def remarks(week: Week) -> Iterator[Sentence]:
    """What has no quote this week; what the comparisons mean."""
    refused = [each for each in week.absent if week.is_refused(each.quotation)]
    absent = [each for each in week.absent if each not in refused]
    unquoted = [each.quotation for each in absent if each.last is None]
    never = [week.layout.named(each) for each in unquoted if not week.was_refused(each)]
    earlier = [week.layout.named(each) for each in unquoted if week.was_refused(each)]
    before = [_with_last(each, week) for each in absent if each.last is not None]
    if refused:
        said = listed([week.layout.named(each.quotation) for each in refused])
        yield _note(
            f"本周报价有误、未予刊出：{said.zh}。",
            f"Quoted this week in a way that cannot be used: {said.en}.",
        )
    if earlier:
        said = listed(earlier)
        yield _note(
            f"以往报价无法采用，本周没有报价：{said.zh}。",
            f"No quote this week, and none before that could be used: {said.en}.",
        )
    if before:
        said = listed(before)
        yield _note(f"本周没有报价：{said.zh}。", f"No quote this week: {said.en}.")
    if never:
        said = listed(never)
        yield _note(f"迄今没有报价：{said.zh}。", f"Never quoted so far: {said.en}.")
    yield _note(
        "“较上周五”指与上周五当日或之前最后一个有报价的日子比较；均价为高低价的中间值，或按报价规格取其一端。",
        "Changes are against the last quoted day on or before last Friday; the mean is the middle of low and high, "
        "or the end that the quotation names.",
    )


def _note(zh: str, en: str) -> Sentence:
    return Sentence(capital(Text(zh, en)), "computed", rule=RULE)


def _with_last(absent: Absent, week: Week) -> Text:
    assert absent.last
    named, last = week.layout.named(absent.quotation), day(absent.last, absent.last.year != week.day.year)
    stale = Text("，已陈旧", ", stale") if absent.is_stale else Text("", "")
    return Text(
        f"{named.zh}（最近报价：{last.zh}{stale.zh}）", f"{named.en} (last quoted on {last.en}{stale.en})"
    )
