"""Wrong unit: per tonne against per kilogram, pound against kilogram, cents against dollars.

The value is laid beside the inputs and the previous assessment. A ratio nearer to such a factor than to 1 fails:
the tolerance is the square root of the smallest factor, beyond which the two could not be told apart.
"""

from collections.abc import Iterator
from fractions import Fraction

from touchstone.desk.detectors.case import NO_PAST, NO_VALUE, Case, Price, result
from touchstone.desk.result import Result
from touchstone.desk.wording import plain, ratio
from touchstone.facts.text import Text
from touchstone.facts.unit import convert, format_unit

TEST = "wrong_unit"


def wrong_unit(case: Case) -> Iterator[Result]:
    """One result for the inputs, and one for the previous assessment."""
    if case.value is None:
        yield result(TEST, "untested", NO_VALUE)
        return
    beside = [price for price in (case.reported(), case.before) if price]
    yield from (_against(case, case.value, price) for price in beside)
    if not beside:
        yield result(TEST, "untested", NO_PAST)


def _against(case: Case, value: Price, beside: Price) -> Result:
    middle = case.middle_of(beside)
    assert middle
    times = value.middle / middle
    pairs = [(one, other) for one, other in case.parameter(TEST, "pairs")]
    factors = {(one, other): convert(1, one, other) for one, other in pairs}
    pair = next(
        (pair for pair, factor in factors.items() if _fits(times, factor, min(factors.values()))), None
    )
    zh, en = (
        f"{getattr(value.text, lang)} / {getattr(beside.name, lang)} {getattr(beside.text, lang)} = {ratio(times)}"
        for lang in ("zh", "en")
    )
    if pair is None:
        return result(
            TEST, "holds", Text(zh, en), case.used if beside.name.en.startswith("the inputs") else ()
        )
    names = [[format_unit(each, lang) for each in pair] for lang in ("zh", "en")]
    factor = plain(factors[pair])
    words = Text(
        f"{zh}，接近{names[0][0]}与{names[0][1]}之比 {factor}",
        f"{en}, near the {factor} between {names[1][0]} and {names[1][1]}",
    )
    return result(TEST, "fails", words, case.used)


def _fits(times: Fraction, factor: Fraction, smallest: Fraction) -> bool:
    """Whether a ratio is the factor or its inverse, within the square root of the smallest factor."""
    return any(1 / smallest < (times / each) ** 2 < smallest for each in (factor, 1 / factor))
