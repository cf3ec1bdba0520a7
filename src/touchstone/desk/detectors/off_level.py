"""Off the level: an end of the value, or an input, is far from the ledger's last quote or from the other inputs.

It does not say why. `wrong_unit` and `wrong_currency` do where they can; a figure that nothing explains is told too.
"""

from collections.abc import Iterator
from fractions import Fraction

from touchstone.desk.detectors.beside import Beside, beside, gap, inputs, together, values
from touchstone.desk.detectors.case import NO_VALUE, Case, result
from touchstone.desk.result import Result
from touchstone.desk.wording import ratio
from touchstone.facts.text import Text

TEST = "off_level"


def off_level(case: Case) -> Iterator[Result]:
    """One failure for the value and for each input that is far off, and what could not be compared with the ledger."""
    if case.value is None:
        yield result(TEST, "untested", NO_VALUE)
        return
    laid = [*(each for each in values(case) if each.level is case.quoted), *inputs(case)]
    most = 1 + Fraction(case.parameter(TEST, "percent"), 100)
    far = [each for each in laid if gap(each.figure, each.ends) > most]
    yield from together(TEST, [(each, _told(each, most)) for each in far])
    if laid and not far:
        yield result(TEST, "holds", _near(laid, most))
    if case.quoted is None or case.quoted.ends_in(case.method.unit) is None:
        yield result(TEST, "untested", _no_quote(case))


def _told(each: Beside, most: Fraction) -> Text:
    times = gap(each.figure, each.ends)
    level = each.level.text
    above = each.figure[0] > each.ends[1]
    return Text(
        f"{each.name.zh} {'高于' if above else '低于'}{each.level.name.zh} {level.zh}，相差 {ratio(times)} 倍 > {ratio(most)}",
        f"{each.name.en} is {'above' if above else 'below'} {each.level.name.en}, {level.en},"
        f" {ratio(times)} times > {ratio(most)}",
    )


def _near(laid: list[Beside], most: Fraction) -> Text:
    widest, levels = ratio(max(gap(each.figure, each.ends) for each in laid)), beside(laid)
    return Text(
        f"与{levels.zh}相差至多 {widest} 倍 ≤ {ratio(most)}",
        f"within {widest} times of {levels.en}: ≤ {ratio(most)}",
    )


def _no_quote(case: Case) -> Text:
    days, day = case.parameter(TEST, "days"), case.assessment.day
    if case.quoted:
        zh, en = case.quoted.text.zh, case.quoted.text.en
        return Text(
            f"账本最近报价为 {zh}，单位不可比", f"the ledger's last quote is {en}, in another kind of unit"
        )
    return Text(
        f"截至 {day} 的 {days} 天内，账本中没有 {case.assessment.quotation} 的报价可比",
        f"the ledger has no quote of {case.assessment.quotation} in the {days} days up to {day} to compare with",
    )
