"""Missed deal: a deal that meets the method was neither used nor left out with a reason.

It came in after the draft was submitted, or the judged range does not reach it.
"""

from collections.abc import Iterator

from touchstone.desk.detectors.case import Case, result
from touchstone.desk.input import Input
from touchstone.desk.method import End
from touchstone.desk.proposal import rounded, why_not
from touchstone.desk.result import Result
from touchstone.desk.wording import span_text
from touchstone.facts.text import Text

TEST = "missed_deal"


def missed_deal(case: Case) -> Iterator[Result]:
    """One failure for each deal missed."""
    deals = [given for given in case.inputs.values() if given.kind == "deal" and _counts(case, given)]
    late = [given for given in deals if given.id not in {*case.proposal.used, *case.proposal.unneeded}]
    outside = [given for given in deals if given not in late and _is_outside(case, given)]
    for given in late:
        price = span_text(given.low, given.high, given.unit)
        words = Text(
            f"成交 {price.zh}（{given.day}）符合方法，提交时没有采用，也没有剔除",
            f"the deal at {price.en} of {given.day} meets the method, and was neither used nor excluded",
        )
        yield result(TEST, "fails", words, [given])
    for given in outside:
        assert case.value
        price = span_text(given.low, given.high, given.unit)
        words = Text(
            f"成交 {price.zh} 不在 {case.value.text.zh} 之内，也没有剔除",
            f"the deal at {price.en} is not within {case.value.text.en}, and was not excluded",
        )
        yield result(TEST, "fails", words, [given])
    if not late and not outside:
        words = Text(
            f"符合方法的成交 {len(deals)} 笔，均已采用", f"{len(deals)} deals meet the method, all are used"
        )
        yield result(TEST, "holds", words, deals)


def _counts(case: Case, given: Input) -> bool:
    gone = given.id in case.assessment.exclusions or given.id in case.replaced
    return not gone and why_not(case.method, case.assessment.day, given) is None


def _is_outside(case: Case, given: Input) -> bool:
    """Whether the judged range does not reach a deal that the method uses, once rounded as the range is.

    An end that is made of deals but is not their lowest or highest (a mean) has deals beyond it, and need not reach.
    """
    ends = given.ends_in(case.method.unit)
    if case.value is None or ends is None or given.id not in case.proposal.used:
        return False
    low, high = (rounded(case.method, end) for end in ends)
    below = low < case.value.low and _reaches(case.method.low, "lowest")
    return below or (high > case.value.high and _reaches(case.method.high, "highest"))


def _reaches(end: End, take: str) -> bool:
    return "deal" not in end.of or end.take == take
