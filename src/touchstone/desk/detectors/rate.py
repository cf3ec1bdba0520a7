"""The exchange rate and the tax of a day, as the tests of an assessment use them.

The rate that the ledger states for the day and the tax in force on it; the bands declared for the audit
(data/rules/parity.toml) only where nobody states one, and then the words say so.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from touchstone.audit.declared import declared
from touchstone.audit.parity import dated_rate, dated_tax, rate_band, tax_band
from touchstone.desk.detectors.case import Case, Price
from touchstone.desk.wording import plain
from touchstone.facts.text import Text

CURRENCIES = ("CNY", "USD")


@dataclass(frozen=True, slots=True)
class Factor:
    """What a price is multiplied by, from the smallest to the largest, and what that is in words."""

    low: Fraction
    high: Fraction
    words: Text

    @property
    def inverse(self) -> "Factor":
        """The same the other way round."""
        return Factor(1 / self.high, 1 / self.low, self.words)

    @property
    def number(self) -> str:
        """7.1775, or [6, 8.5]."""
        return plain(self.low) if self.low == self.high else f"[{plain(self.low)}, {plain(self.high)}]"


def swap(case: Case, base: str, home: str) -> Factor | None:
    """How much of `home` one `base` costs on the day of the assessment; None where nothing says it."""
    day = case.assessment.day
    if found := dated_rate(case.rates, day, base, home):
        dollar = found.value if found.value >= 1 else 1 / found.value
        note = found.note or Text("", "")
        words = Text(
            f"{found.period} 汇率 {plain(dollar)}{note.zh}",
            f"the rate of {found.period}, {plain(dollar)} {note.en}".strip(),
        )
        return Factor(found.value, found.value, words)
    row = declared("parity")["exchange"][0]
    if {base, home} != {row["from"], row["to"]} or not row["since"] <= day.year <= row["until"]:
        return None
    band = rate_band(base, home)
    span = f"[{row['low']:g}, {row['high']:g}]"
    words = Text(
        f"{day} 没有汇率，取所声明的区间 {span}", f"no rate is stated for {day}: the declared band {span}"
    )
    return Factor(Fraction(band.low), Fraction(band.high), words)


def tax_in(price: Price, at_home: bool) -> Factor:
    """How many times a price is what it would be without value-added tax, by the tax of its own day.

    There is none in a price abroad, nor in one that states so; a price at home that states nothing may hold it or not.
    """
    if price.tax == "excluded" or not at_home:
        return Factor(Fraction(1), Fraction(1), Text("", ""))
    rate = _tax_of(price.day)
    if price.tax == "included":
        return rate
    words = Text(f"{rate.words.zh}，含或不含", f"{rate.words.en}, in it or not")
    return Factor(Fraction(1), rate.high, words)


def _tax_of(day: date) -> Factor:
    """The tax of a day, in words with its day; the declared band where no rate is stated."""
    if rate := dated_tax(day):
        words = Text(f"{day} 增值税 {rate.percent}%", f"VAT of {day}, {rate.percent} %")
        return Factor(rate.factor, rate.factor, words)
    band = tax_band()
    words = Text(
        f"{day} 没有增值税率，取所声明的区间 {band.low}-{band.high}",
        f"no VAT is stated for {day}: the declared band {band.low}-{band.high}",
    )
    return Factor(Fraction(band.low), Fraction(band.high), words)
