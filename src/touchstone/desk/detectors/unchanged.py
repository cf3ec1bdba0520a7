"""Unchanged by default: the figure of last time, although the inputs moved, or although nobody said why."""

from collections.abc import Iterator

from touchstone.desk.detectors.case import NO_PAST, NO_VALUE, Case, result
from touchstone.desk.result import Result
from touchstone.facts.text import Text

TEST = "unchanged"


def unchanged(case: Case) -> Iterator[Result]:
    """Fails where the value is that of last time and nothing carries it."""
    value, before = case.value, case.before
    if value is None or before is None:
        yield result(TEST, "untested", NO_VALUE if value is None else NO_PAST)
        return
    if before.ends_in(case.method.unit) != (value.low, value.high):
        words = Text(
            f"上期 {before.day} 为 {before.text.zh}，本期为 {value.text.zh}",
            f"{before.text.en} on {before.day}, {value.text.en} now",
        )
        yield result(TEST, "holds", words)
    else:
        yield _carried(case)


def _carried(case: Case) -> Result:
    value, before, proposed = case.value, case.before, case.proposed
    assert value and before and case.assessment.judged
    same = Text(f"与 {before.day} 相同：{value.text.zh}", f"the same as on {before.day}: {value.text.en}")
    if proposed and (proposed.low, proposed.high) != (value.low, value.high):
        words = Text(
            f"{same.zh}；但输入已变动，按方法应为 {proposed.text.zh}",
            f"{same.en}; but the inputs have moved, and the method gives {proposed.text.en}",
        )
        return result(TEST, "fails", words, case.used)
    if not case.used and not case.assessment.judged.words:
        words = Text(
            f"{same.zh}；没有输入，也没有说明理由", f"{same.en}; without an input, and without a word why"
        )
        return result(TEST, "fails", words)
    by = (
        Text("由输入得出", "the inputs give it")
        if case.used
        else Text("没有输入，已说明理由", "no input, with a reason")
    )
    return result(TEST, "holds", Text(f"{same.zh}；{by.zh}", f"{same.en}; {by.en}"), case.used)
