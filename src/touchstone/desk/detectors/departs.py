"""Departs: the value is not what the method gives, and stands on what the method leaves out, or on no word.

A judgement may depart from the method in words. It may not take as an end an input that does not meet the method or that
was excluded: that is the same as using it.
"""

from collections.abc import Iterator
from decimal import Decimal

from touchstone.desk.declared import kinds
from touchstone.desk.detectors.case import NO_VALUE, Case, result
from touchstone.desk.input import Input
from touchstone.desk.proposal import rounded
from touchstone.desk.result import Result
from touchstone.desk.wording import span_text
from touchstone.facts.text import Text

TEST = "departs"


def departs(case: Case) -> Iterator[Result]:
    """One failure for each input that was left out and makes an end; one result where there is none."""
    value, proposed, judged = case.value, case.proposed, case.assessment.judged
    if value is None:
        yield result(TEST, "untested", NO_VALUE)
        return
    given = proposed.text if proposed else Text("不成价", "no price")
    said = Text(
        f"按方法为 {given.zh}，评估值 {value.text.zh}",
        f"the method gives {given.en}, the value is {value.text.en}",
    )
    if proposed and (proposed.low, proposed.high) == (value.low, value.high):
        yield result(TEST, "holds", said)
        return
    ends = {value.low, value.high} - ({proposed.low, proposed.high} if proposed else set())
    left_out = [(each, why) for each, why in _left_out(case) if _made(case, each) & ends]
    for each, why in left_out:
        kind, price = kinds()[each.kind], span_text(each.low, each.high, each.unit)
        words = Text(
            f"{said.zh}；{kind.zh} {price.zh} 未被采用：{why.zh}",
            f"{said.en}; the {kind.en} at {price.en} is left out: {why.en}",
        )
        yield result(TEST, "fails", words, [each])
    if not left_out and judged and judged.words:
        yield result(TEST, "holds", Text(f"{said.zh}；已说明理由", f"{said.en}; in words"))
    elif not left_out:
        yield result(
            TEST, "fails", Text(f"{said.zh}；没有说明理由", f"{said.en}; without a word why"), case.used
        )


def _left_out(case: Case) -> Iterator[tuple[Input, Text]]:
    """Inputs that the proposal does not stand on, and why: they do not meet the method, or a person excluded them."""
    for aside in case.proposal.aside:
        if aside.input in case.inputs:
            yield case.inputs[aside.input], aside.why
    for each in case.assessment.exclusions.values():
        if each.input in case.inputs:
            yield (
                case.inputs[each.input],
                Text(*(f"{word}{each.act.words}" for word in ("剔除：", "excluded: "))),
            )


def _made(case: Case, given: Input) -> set[Decimal]:
    """The ends that an input would make, rounded as the range is; none where it is in another kind of unit."""
    return {rounded(case.method, end) for end in given.ends_in(case.method.unit) or ()}
