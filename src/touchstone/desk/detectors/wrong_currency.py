"""Wrong currency: the value agrees with the inputs or with other markets only after the exchange rate.

The windows of rate, tax and market spread are those of the audit (data/rules/parity.toml): wide, so that only
a wrong currency fails, never a price that is merely unusual. They are declared for yuan and dollar alone; a price
in another currency, or of a year they do not reach, is untested.
"""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from touchstone.audit.declared import declared
from touchstone.audit.parity import window
from touchstone.desk.detectors.case import NO_VALUE, Case, Price, result
from touchstone.desk.result import Result
from touchstone.desk.wording import plain, ratio
from touchstone.errors import UnitMismatch
from touchstone.facts.quotation import currency
from touchstone.facts.text import Text
from touchstone.facts.unit import convert, unit

TEST = "wrong_currency"
_CURRENCIES = ("CNY", "USD")


def wrong_currency(case: Case) -> Iterator[Result]:
    """One result for each price that the value can be laid beside."""
    value = case.value
    if value is None:
        yield result(TEST, "untested", NO_VALUE)
        return
    if why := _no_window(value, case.assessment.day):
        yield result(TEST, "untested", why)
        return
    beside = [price for price in (case.reported(), case.before) if price]
    found = [tested for price in beside if (tested := _same_currency(case, value, price))]
    found += [tested for price in case.elsewhere if (tested := _other_market(case, value, price))]
    yield from found
    if not found:
        words = Text(
            "没有输入、上期或其他市场的价格可比", "no input, earlier value or other market to compare with"
        )
        yield result(TEST, "untested", words)


def _no_window(price: Price, day: date) -> Text | None:
    """Why there is no window of the exchange rate for a price; None where there is one."""
    code = currency(unit(price.unit))
    if code in _CURRENCIES and _rate(day):
        return None
    return Text(
        f"{price.name.zh} {price.text.zh}：没有声明 {code} 在 {day.year} 年的汇率区间，无从检验",
        f"{price.name.en} {price.text.en}: no window of the exchange rate is declared for {code} in {day.year}",
    )


def _same_currency(case: Case, value: Price, beside: Price) -> Result | None:
    """Two prices in one currency must not be an exchange rate apart."""
    middle, rate = case.middle_of(beside), _rate(case.assessment.day)
    if not middle or not rate:
        return None
    times = value.middle / middle
    apart = rate[0] <= times <= rate[1] or rate[0] <= 1 / times <= rate[1]
    span = f"[{plain(rate[0])}, {plain(rate[1])}]"
    zh, en = (
        f"{getattr(value.name, lang)} {getattr(value.text, lang)} / {getattr(beside.name, lang)}"
        f" {getattr(beside.text, lang)} = {ratio(times)}"
        for lang in ("zh", "en")
    )
    words = Text(
        f"{zh}，{'正在' if apart else '不在'}汇率区间 {span} 之内",
        f"{en}, {'just' if apart else 'not'} an exchange rate of {span}",
    )
    return result(TEST, "fails" if apart else "holds", words, case.used if apart else ())


def _other_market(case: Case, value: Price, beside: Price) -> Result | None:
    """Read as it is, the value must be within the spread of markets, where read in the other currency it is."""
    if why := _no_window(beside, case.assessment.day):
        return result(TEST, "untested", why)
    own = currency(unit(value.unit))
    other = next(each for each in _CURRENCIES if each != own)
    as_it_is, as_other = (_spread(case, value, read, beside) for read in (own, other))
    if as_it_is is None or as_other is None:
        return None
    allowed = Fraction(window().low), Fraction(window().high)
    fits, other_fits = (each[0] <= allowed[1] and allowed[0] <= each[1] for each in (as_it_is, as_other))
    if not fits and not other_fits:
        return None
    span = f"[{plain(allowed[0])}, {plain(allowed[1])}]"
    times, instead = (f"{ratio(low)}-{ratio(high)}" for low, high in (as_it_is, as_other))
    more = (
        Text("", "") if fits else Text(f"；按 {other} 计则为 {instead}", f"; read in {other} it is {instead}")
    )
    sign = "∈" if fits else "∉"
    return result(
        TEST,
        "holds" if fits else "fails",
        Text(
            f"{value.text.zh} / {beside.name.zh} {beside.text.zh} = {times} {sign} {span}（含汇率与增值税）{more.zh}",
            f"{value.text.en} / {beside.name.en} {beside.text.en} = {times} {sign} {span} (rate and VAT in){more.en}",
        ),
    )


def _spread(case: Case, value: Price, read_in: str, beside: Price) -> tuple[Fraction, Fraction] | None:
    """Lowest and highest ratio of the value, read in `read_in`, to a price elsewhere, for all rates and taxes."""
    base, rate = currency(unit(beside.unit)), _rate(case.assessment.day)
    per_base, per_value = _per_mass(beside), _per_mass(value)
    if not rate or not per_base or not per_value:
        return None
    low, high = per_value[0] / per_base[1], per_value[1] / per_base[0]
    if read_in != base:
        swap = rate if read_in == "USD" else (1 / rate[1], 1 / rate[0])
        low, high = low * swap[0], high * swap[1]
    tax = [Fraction(str(declared("parity")["tax"][end])) for end in ("low", "high")]
    return low * min(tax[0], 1 / tax[1]), high * max(tax[1], 1 / tax[0])


def _per_mass(price: Price) -> tuple[Fraction, Fraction] | None:
    """Low and high per kilogram in its own currency; None where it is not a price per mass."""
    target = f"{currency(unit(price.unit))}/kg"
    try:
        return convert(price.low, price.unit, target), convert(price.high, price.unit, target)
    except UnitMismatch:
        return None


def _rate(day: date) -> tuple[Fraction, Fraction] | None:
    """The window of the exchange rate in a year; None where the declaration does not reach."""
    row = declared("parity")["exchange"][0]
    if not row["since"] <= day.year <= row["until"]:
        return None
    return Fraction(str(row["low"])), Fraction(str(row["high"]))
