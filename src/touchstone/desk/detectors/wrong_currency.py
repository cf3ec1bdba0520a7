"""Wrong currency: a figure agrees with the inputs, the last quote or other markets only after the exchange rate.

The rate and the tax are those of the day (`desk/detectors/rate.py`). How far markets may lie apart is the window of
the audit (data/rules/parity.toml): wide, so that only a wrong currency fails, never a price that is merely unusual.
A price whose currency has no rate, stated or declared, is untested.
"""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from touchstone.audit.parity import home_market, window
from touchstone.desk.detectors.beside import CURRENCY as TEST
from touchstone.desk.detectors.beside import explained, factors
from touchstone.desk.detectors.case import NO_VALUE, Case, Price, result
from touchstone.desk.detectors.rate import CURRENCIES, Factor, swap, tax_in
from touchstone.desk.result import Result
from touchstone.desk.wording import plain, ratio
from touchstone.errors import UnitMismatch
from touchstone.facts.quotation import currency
from touchstone.facts.text import Text
from touchstone.facts.unit import convert, unit

_HOME = "CNY"
"""The currency of the home market, whose prices may contain value-added tax."""


def wrong_currency(case: Case) -> Iterator[Result]:
    """One result for each price that the value can be laid beside."""
    value = case.value
    if value is None:
        yield result(TEST, "untested", NO_VALUE)
        return
    if not factors(case, TEST):
        yield result(TEST, "untested", _no_rate(case, value))
        return
    found = list(explained(case, TEST))
    found += [tested for price in case.elsewhere if (tested := _other_market(case, value, price))]
    yield from found
    if not found:
        words = Text(
            "没有输入、上期或其他市场的价格可比", "no input, earlier value or other market to compare with"
        )
        yield result(TEST, "untested", words)


def _no_rate(case: Case, price: Price) -> Text:
    code, day = currency(unit(price.unit)), case.assessment.day
    return Text(
        f"{price.name.zh} {price.text.zh}：{day} 没有 {code} 的汇率，也没有声明其区间，无从检验",
        f"{price.name.en} {price.text.en}: no exchange rate of {code} is stated for {day}, and no band is declared",
    )


def _other_market(case: Case, value: Price, beside: Price) -> Result | None:
    """Read as it is, the value must be within the spread of markets, where read in the other currency it is."""
    own, base = (currency(unit(price.unit)) for price in (value, beside))
    if base not in CURRENCIES:
        return result(TEST, "untested", _no_rate(case, beside))
    other = next(each for each in CURRENCIES if each != own)
    rate = swap(case, other, own)
    per_value, per_base = _per_mass(value), _per_mass(beside)
    if rate is None or per_value is None or per_base is None:
        return None
    taxes = [_tax(value, own), _tax(beside, base)]
    foreign = replace(value, tax="" if other == _HOME else "excluded")
    as_it_is = _apart(per_value, per_base, rate if own != base else None, own, taxes)
    as_other = _apart(
        per_value, per_base, rate if other != base else None, other, [_tax(foreign, other), taxes[1]]
    )
    allowed = Fraction(window().low), Fraction(window().high)
    fits, other_fits = (each[0] <= allowed[1] and allowed[0] <= each[1] for each in (as_it_is, as_other))
    if not fits and not other_fits:
        return None
    span = f"[{plain(allowed[0])}, {plain(allowed[1])}]"
    times, instead = ("-".join(dict.fromkeys(map(ratio, each))) for each in (as_it_is, as_other))
    said = [rate.words, *(tax.words for tax in taxes if tax.words.zh)]
    by = Text("；".join(each.zh for each in said), "; ".join(each.en for each in said))
    more = (
        Text("", "") if fits else Text(f"；按 {other} 计则为 {instead}", f"; read in {other} it is {instead}")
    )
    sign = "∈" if fits else "∉"
    return result(
        TEST,
        "holds" if fits else "fails",
        Text(
            f"{value.text.zh} / {beside.name.zh} {beside.text.zh} = {times} {sign} {span}（{by.zh}）{more.zh}",
            f"{value.text.en} / {beside.name.en} {beside.text.en} = {times} {sign} {span} ({by.en}){more.en}",
        ),
    )


def _tax(price: Price, read_in: str) -> Factor:
    """The tax in a price: only one of the home market, or one that is read as if it were, may contain it."""
    return tax_in(price, price.market == home_market() or read_in == _HOME)


def _apart(
    value: tuple[Fraction, Fraction], beside: tuple[Fraction, Fraction], rate: Factor | None, read_in: str,
    taxes: list[Factor],
) -> tuple[Fraction, Fraction]:  # fmt: skip
    """Lowest and highest ratio of a value to a price elsewhere, both without tax and in one currency.

    Args:
        rate: between the two currencies, either way round; None where both are in one.
        read_in: the currency the value is read in.
    """
    low = value[0] / taxes[0].high / (beside[1] / taxes[1].low)
    high = value[1] / taxes[0].low / (beside[0] / taxes[1].high)
    if rate is None:
        return low, high
    in_home = rate if rate.low >= 1 else rate.inverse
    times = in_home if read_in != _HOME else in_home.inverse
    return low * times.low, high * times.high


def _per_mass(price: Price) -> tuple[Fraction, Fraction] | None:
    """Low and high per kilogram in its own currency; None where it is not a price per mass."""
    target = f"{currency(unit(price.unit))}/kg"
    try:
        return convert(price.low, price.unit, target), convert(price.high, price.unit, target)
    except UnitMismatch:
        return None
