"""Wrong day: a day that has not come, on which the market is closed, or whose inputs are another day's."""

from collections import Counter
from collections.abc import Iterator

from touchstone.desk.detectors.case import Case, Price, result
from touchstone.desk.result import Result
from touchstone.facts.calendar import NoCalendar, calendar
from touchstone.facts.text import Text

TEST = "wrong_day"


def wrong_day(case: Case) -> Iterator[Result]:
    """Fails for each thing that says it is another day; holds where there is none."""
    day, (known, why) = case.assessment.day, _closed(case)
    failures = [*_on_the_calendar(case, why), *_by_its_inputs(case)]
    yield from failures
    if not failures:
        count = sum(given.day == day for given in case.used)
        words = Text(
            f"{day} {'是交易日' if known else '没有交易日历可查'}；所用输入 {len(case.used)} 条，当日 {count} 条",
            f"{day} {'is a trading day' if known else 'cannot be looked up: no trading calendar'};"
            f" {len(case.used)} inputs used, {count} of that day",
        )
        yield result(TEST, "holds" if known else "untested", words)


def _closed(case: Case) -> tuple[bool, Text | None]:
    """Whether the calendar of the method knows the day, and why the market is closed on it, if it is."""
    try:
        return True, calendar(case.method.calendar).why_closed(case.assessment.day)
    except NoCalendar:
        return False, None


def _on_the_calendar(case: Case, why: Text | None) -> Iterator[Result]:
    day = case.assessment.day
    if day > case.today:
        words = Text(f"{day} 晚于今天 {case.today}", f"{day} is later than today, {case.today}")
        yield result(TEST, "fails", words)
    if why:
        yield result(TEST, "fails", Text(f"{day} 休市：{why.zh}", f"the market is closed on {day}: {why.en}"))


def _by_its_inputs(case: Case) -> Iterator[Result]:
    """A window of one day takes its inputs from that day; and another day's inputs may have been copied."""
    days = sorted({given.day for given in case.used})
    if case.method.window.days == 1 and days and case.assessment.day not in days:
        spoken = ", ".join(map(str, days))
        words = Text(
            f"评估日 {case.assessment.day}，所用输入却都是 {spoken} 的",
            f"assessed for {case.assessment.day}, but all inputs used are of {spoken}",
        )
        yield result(TEST, "fails", words, case.used)
    for past in case.history:
        if _is_copy(case, past):
            words = Text(
                f"所用 {len(case.used)} 条输入与 {past.day} 评估所用的逐条相同，只有日期不同",
                f"the {len(case.used)} inputs used say the same as those of {past.day}, but for the day",
            )
            yield result(TEST, "fails", words, case.used)


def _is_copy(case: Case, past: Price) -> bool:
    """Whether the inputs are those of an earlier day in all but the day; a single one may well be repeated."""
    if len(case.used) < case.parameter(TEST, "inputs"):
        return False
    if {given.id for given in case.used} & {given.id for given in past.inputs}:
        return False
    return Counter(given.substance for given in case.used) == Counter(
        given.substance for given in past.inputs
    )
