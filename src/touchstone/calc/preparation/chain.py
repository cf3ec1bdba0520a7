"""Levels out of comparable growth: where rates are published on comparable samples and levels are not.

Source: "preparation.chain" in data/methods/seasonal.toml. A level and a growth of one month often do not agree, because the
sample of enterprises is renewed every year; the chained level follows the growth, and says where a published level differs.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal, localcontext

from touchstone.calc.preparation.counted import counting, vintages
from touchstone.calc.preparation.prepared import Flag, Prepared, derived, what
from touchstone.calc.preparation.refused import impossible_growth, no_base, not_a_rate
from touchstone.errors import Refusal
from touchstone.facts.fact import Fact
from touchstone.facts.period import year_before
from touchstone.facts.text import Text

RULE = "preparation.chain"
_DIGITS = 400
"""Of the products: chaining is exact, each year adds the digits of a rate."""


def chained(levels: Iterable[Fact], growth: Iterable[Fact]) -> Prepared:
    """Levels by growth on comparable samples: y[t] = y[t - 1 year] (1 + g[t] / 100).

    Args:
        levels: published levels of one series, in one unit; those of the first year are the base. A level of a period that
            has a growth and a base is not used, only compared.
        growth: year-on-year rates of the same series, in percent.

    Returns:
        One fact a growth rate; its parents are the rate and the level a year before, published or chained. Its half-width
        is the farthest that rounding of the two can reach. A period without a base is left out
        (PREP-006 to PREP-008), and so is one that a publication gives twice (SERIES-001).
    """
    facts: list[Fact] = []
    flags: list[Flag] = []
    told = {period: counting(each) for period, each in vintages(levels).items()}
    left_out = [each for each in told.values() if isinstance(each, Refusal)]
    published = {period: each for period, each in told.items() if isinstance(each, Fact)}
    known = dict(published)
    for each in vintages(growth).values():
        rate = counting(each)
        made = rate if isinstance(rate, Refusal) else _grown(rate, known)
        if isinstance(made, Refusal):
            left_out.append(made)
            continue
        assert made.period
        known[made.period] = made
        facts.append(made)
        if (level := published.get(made.period)) and not (level.low <= made.high and made.low <= level.high):
            flags.append(_differs(made, level))
    return Prepared(RULE, tuple(facts), tuple(flags), tuple(left_out))


def _grown(rate: Fact, known: Mapping[str, Fact]) -> Fact | Refusal:
    assert rate.period
    if rate.unit != "%":
        return not_a_rate(what(rate), rate.period, rate.unit)
    if rate.value <= -100:
        return impossible_growth(what(rate), rate.period, rate.value)
    base = known.get(year_before(rate.period))
    if base is None:
        return no_base(what(rate), rate.period, year_before(rate.period))
    with localcontext() as exact:
        exact.prec = _DIGITS
        value = base.value * (100 + rate.value) / 100
        ends = [
            (base.value + b * base.half_width) * (100 + rate.value + r * rate.half_width) / 100
            for b in (-1, 1)
            for r in (-1, 1)
        ]
        half = max(abs(end - value) for end in ends)
    return derived(RULE, base, base.measure, rate.period, value, half, [base, rate])


def _differs(made: Fact, told: Fact) -> Flag:
    by = (made.value / told.value - 1) * 100 if told.value else Decimal("NaN")
    return Flag(
        made.period or "", "differs",
        Text(f"公布的水平值为{told.value}，按可比增速链接的为{made.value:.6g}（相差{by:+.2f}%）：两者样本不同",
             f"the published level is {told.value}, that chained by comparable growth {made.value:.6g} ({by:+.2f} %): their samples differ"),
        (told.id, made.id),
    )  # fmt: skip
