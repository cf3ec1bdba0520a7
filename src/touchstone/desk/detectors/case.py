"""What a test looks at: the draft, its inputs, what was published before, other markets, the calendar."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from touchstone.desk.assessment import Assessment
from touchstone.desk.input import Input
from touchstone.desk.method import Method
from touchstone.desk.parameters import parameter
from touchstone.desk.proposal import Proposal
from touchstone.desk.ranged import Ranged
from touchstone.desk.result import Result
from touchstone.desk.wording import plain, span_text
from touchstone.facts.exchange import ExchangeRates
from touchstone.facts.text import Text


@dataclass(frozen=True, slots=True)
class Price(Ranged):
    """A price range with its unit, and what it is in words: the previous assessment, another market.

    Attributes:
        day: the day it was for.
        inputs: what it stood on, where that is known.
        market, tax: where it is a price, and whether value-added tax is in it: included, excluded, or "" not known.
    """

    name: Text
    day: date
    low: Decimal
    high: Decimal
    unit: str
    inputs: tuple[Input, ...] = ()
    market: str = ""
    tax: str = ""

    @property
    def middle(self) -> Fraction:
        """The middle of the range, in its own unit."""
        return (Fraction(self.low) + Fraction(self.high)) / 2

    @property
    def text(self) -> Text:
        """The range with its unit: 985-990 美元/公斤."""
        return span_text(self.low, self.high, self.unit)


@dataclass(frozen=True, slots=True)
class Case:
    """An assessment about to be published, with all that speaks for or against it.

    Attributes:
        assessment: with the value judged.
        proposal: what the method makes, or when it was submitted made, of the inputs.
        inputs: the inputs of the quotation known now, by id, of its window and of those before it.
        history: earlier published assessments as they stand, latest day first.
        elsewhere: last prices of the same commodity in other markets.
        today: the day on which it is asked.
        second: the person who would answer for it beside the assessor, "" where nobody is named yet.
        replaced: ids of inputs that a newer file took the place of; they stand for nothing that is not used yet.
        quoted: the ledger's latest quote of the same quotation, by anybody, up to the day; None where none is recent.
        rates: the exchange rates of the ledger.
    """

    assessment: Assessment
    proposal: Proposal
    inputs: Mapping[str, Input]
    history: tuple[Price, ...]
    elsewhere: tuple[Price, ...]
    today: date
    second: str
    replaced: frozenset[str] = frozenset()
    quoted: Price | None = None
    rates: ExchangeRates = field(default_factory=lambda: ExchangeRates(()))

    @property
    def method(self) -> Method:
        """The method of the assessment."""
        return self.assessment.method

    @property
    def value(self) -> Price | None:
        """The value judged; None before."""
        judged = self.assessment.value
        name = Text("评估值", "the value")
        own = self.method
        return judged and Price(name, self.assessment.day, *judged, own.unit, (), own.market, own.tax)

    @property
    def proposed(self) -> Price | None:
        """What the method gives; None where an end is missing."""
        ends = self.proposal.value
        name = Text("按方法计算", "the method gives")
        return ends and Price(name, self.assessment.day, *ends, self.method.unit)

    @property
    def before(self) -> Price | None:
        """The last published assessment before this day, in the same kind of unit."""
        return next((past for past in self.history if past.ends_in(self.method.unit)), None)

    @property
    def used(self) -> tuple[Input, ...]:
        """The inputs that the proposal stands on."""
        return tuple(self.inputs[id] for id in self.proposal.used if id in self.inputs)

    def parameter(self, test: str, name: str) -> Any:
        """A parameter of a test: the method's own, else the declared one."""
        return parameter(self.method.parameters, test, name)

    def middle_of(self, price: Price) -> Fraction | None:
        """The middle of a range in the unit of the method; None where it cannot be brought to it."""
        ends = price.ends_in(self.method.unit)
        return None if ends is None else (ends[0] + ends[1]) / 2

    def reported(self) -> Price | None:
        """The range that the inputs used span, in the unit of the method; None where there are none."""
        return self.spanned(self.used, Text("所用输入", "the inputs used"))

    def spanned(self, inputs: Iterable[Input], name: Text) -> Price | None:
        """The range that some inputs span, in the unit of the method; None where there are none."""
        ends = [end for given in inputs for end in given.ends_in(self.method.unit) or ()]
        if not ends:
            return None
        low, high = (Decimal(plain(end)) for end in (min(ends), max(ends)))
        return Price(name, self.assessment.day, low, high, self.method.unit)


def result(test: str, verdict: str, text: Text, inputs: Iterable[Input] = ()) -> Result:
    """What a test says, with the words of the inputs it rests on."""
    given = list(inputs)
    return Result(test, verdict, text, tuple(each.id for each in given), tuple(quote(each) for each in given))


def quote(given: Input) -> str:
    """An input in the words it was reported in, else by its price."""
    return given.origin.quote or f"{given.printed} {given.unit} {given.day}"


NO_VALUE = Text("尚未给出评估值", "no value was judged yet")
NO_PAST = Text("此前没有已发布的评估", "nothing was published before")
