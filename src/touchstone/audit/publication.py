"""Period and publication: results cannot be reported before their period has ended."""

import re
from collections.abc import Iterator
from datetime import date

from touchstone.audit.case import Case
from touchstone.audit.figure import Figure
from touchstone.audit.finding import Finding
from touchstone.audit.page import Page
from touchstone.audit.report import named, report
from touchstone.audit.rule import rule
from touchstone.facts.period import frequency
from touchstone.facts.text import Text

_REPORT_DATE = re.compile(
    r"(?:^|[。\n])\s*(?:(\d{4})\s*年\s*)?(\d{1,2})\s*月\s*(\d{1,2})\s*日[^。\n]{0,30}?"
    r"(召开|发布|公布|举行|通报|消息|获悉|公告|披露|released|reported)"
)
_PARTS = {3: "一季度", 6: "二季度|上半年", 9: "三季度", 12: "四季度|下半年"}
"""The parts of a year that end with a month."""
_AGREED = ("price", "index")
"""What may be known before its period has ended: the price of a month is agreed at its beginning."""
_AS_OF = re.compile(r"截[至止](?:到|至)?\s*(?:\d{4}\s*年\s*)?")
"""截至9月 is up to now, not up to the end of September."""
_AHEAD = re.compile(
    r"预计|预期|有望|计划|目标|力争|将|安排|下阶段|拟|争取|预估|预测|估计|初步|排产|测算|影响|[上中下]旬|estimate|preliminary|projected|forecast|expected|will|target"
)


@rule(
    "period_publication",
    zh="时期早于发布",
    en="period ended before publication",
    zh_meaning="统计时期应在报告日之前结束；否则只能是预计数。",
    en_meaning="A period reported on must have ended by the day of the report; otherwise it is an estimate.",
)
def period_publication(case: Case) -> Iterator[Finding]:
    """One finding for each figure with a period in months below a dated report."""
    for page in case.pages:
        for day, figures in _reports(page):
            yield from (_finding(case, f, day) for f in figures if _is_result(case, page, f, day))
        if published := page.document.source.published:
            # a document about the past is no test; only a period still running is worth a finding
            running = [f for f in page.figures if (case.last_day(f) or published) > published]
            yield from (_finding(case, f, published) for f in running if _is_result(case, page, f, published))


def _reports(page: Page) -> Iterator[tuple[date, list[Figure]]]:
    """Each dated report with the figures below it, up to the next heading or the next date."""
    dates = [(m.start(1) if m[1] else m.start(2), m) for m in _REPORT_DATE.finditer(page.text)]
    starts = [*(at for at, _ in dates), len(page.text)][1:]
    for (at, found), next_date in zip(dates, starts, strict=True):
        figures = page.inside(at, min(next_date, page.heading_after(at)))
        if day := _day(page, found, figures):
            yield day, figures


def _day(page: Page, found: re.Match[str], figures: list[Figure]) -> date | None:
    """The day of a report; where its year is not printed, the year of the figures below it."""
    years = [int(f.fact.period[:4]) for f in figures if f.fact.period and f.fact.period[:4].isdigit()]
    published = page.document.source.published
    year = int(found[1]) if found[1] else max(years, default=published.year if published else 0)
    try:
        return date(year, int(found[2]), int(found[3]))
    except ValueError:
        return None


def _is_result(case: Case, page: Page, figure: Figure, day: date) -> bool:
    period = figure.fact.period
    if (
        period is None
        or period not in case.spans
        or figure.kind in ("target", "count")
        or figure.fact.measure.startswith(_AGREED)
        or figure.fact.form == "date"
    ):
        return False
    first, last = case.spans[period]
    if frequency(period) in ("A", "D", "W") or first > day or (last - first).days > 300:
        return False
    start, end = page.sentence(figure)
    sentence = page.text[start:end]
    month = rf"(?<!\d)(?<!截至)(?<!截止)0?{last.month}\s*月份?(?!\s*\d)"
    parts = _PARTS.get(last.month)
    named = (parts and re.search(parts, sentence)) or re.search(month, _AS_OF.sub("截至", sentence))
    return bool(named) and not _AHEAD.search(sentence)


def _finding(case: Case, figure: Figure, day: date) -> Finding:
    last = case.last_day(figure)
    assert last is not None
    early = (last - day).days
    name = named(figure)
    return report(
        "period_publication",
        [figure],
        Text(
            f"{name.zh}：{figure.fact.period} 的结果在 {day} 报告",
            f"{name.en}: {figure.fact.period} reported on {day}",
        ),
        Text(
            f"{figure.printed}：时期止于 {last} {'>' if early > 0 else '≤'} 报告日 {day}",
            f"{figure.printed}: period ends {last} {'>' if early > 0 else '≤'} day of report {day}",
        ),
        "fails" if early > 0 else "holds",
        note=_note(early) if early > 0 else None,
        variant=day.isoformat(),
    )


def _note(early: int) -> Text:
    return Text(
        f"报告日比时期结束早 {early} 天，此数只能是预计数。",
        f"The report is {early} days before the period ended: the figure must be an estimate.",
    )
