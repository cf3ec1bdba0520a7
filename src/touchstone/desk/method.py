"""A method: how the price of one quotation is assessed, as data that was declared, dated and announced.

A method says which inputs count, in which order, how many are needed, what leaves one out, how the range is
formed and rounded, and from when to when this edition is valid. It is TOML; data/assessment/methods has one to copy.
The order of inputs (deals, then bids and offers, then indications, then judgement) and the minimum of data are
what the IOSCO principles (FR06/12, October 2012) and Annex II of Regulation (EU) 2016/1011, 1(a)-(e), ask for.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Any

from touchstone.desk.parameters import wrong_parameters
from touchstone.errors import UnknownUnit
from touchstone.facts.calendar_table import codes
from touchstone.facts.quotation import TAXES, is_price_unit
from touchstone.facts.text import Text
from touchstone.facts.unit import unit
from touchstone.facts.vocabulary import vocabulary

KINDS = ("deal", "bid", "offer", "indication")
"""What an input is: a concluded transaction, a firm bid, a firm offer, what somebody takes the price to be."""
TAKES = ("lowest", "highest", "mean")
ROUNDINGS = ("half-up", "half-even")


@dataclass(frozen=True, slots=True)
class End:
    """How one end of the range is formed: of inputs of these kinds, the lowest, highest or mean."""

    of: tuple[str, ...]
    take: str


@dataclass(frozen=True, slots=True)
class Minimum:
    """The least data a proposal may stand on: so many inputs, from so many different parties."""

    inputs: int
    parties: int


@dataclass(frozen=True, slots=True)
class Window:
    """Which inputs are in time: those after the close `days` calendar days ago, up to the close of the day.

    `closes` is the local time in `zone`; None is the end of the day.
    """

    days: int
    closes: time | None = None
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """A reason for which a person may leave an input out, in both languages."""

    id: str
    name: Text


@dataclass(frozen=True, slots=True)
class Method:
    """One edition of the method of one quotation.

    Attributes:
        quotation: code of the series, `ge.ingot@market.rotterdam`.
        edition: its name; an edition that was used is never changed, a change is a new one.
        commodity, market: vocabulary codes.
        name: what is assessed, in words.
        unit: of the assessed price; inputs in a unit of the same kind are converted exactly.
        order: ranks of kinds; a lower rank counts only while the ranks before it do not reach `minimum`.
        low, high: how each end is formed.
        step, rounding: the price is rounded to a multiple of `step`.
        least: smallest quantity of an input, with its unit; None for any.
        tax, delivery: basis the price is on; an input that states another one does not count.
        calendar: code of the trading calendar, "" where none is named.
        criteria: reasons for which a person may leave an input out.
        valid_from, valid_to: first and last day; None for an open end.
        announced: the day this edition was announced.
        document: where the method is published in words; source: who declared it.
        example: it shows how to declare a method and is nobody's own.
        parameters: of tests, by id, where this method sets its own.
        declared: the declaration as canonical JSON.
    """

    quotation: str
    edition: str
    commodity: str
    market: str
    name: Text
    unit: str
    order: tuple[tuple[str, ...], ...]
    low: End
    high: End
    step: Decimal
    rounding: str
    minimum: Minimum
    window: Window
    valid_from: date
    announced: date
    document: str
    source: str
    declared: str
    valid_to: date | None = None
    least: tuple[Decimal, str] | None = None
    tax: str = ""
    delivery: str = ""
    calendar: str = ""
    criteria: tuple[Criterion, ...] = ()
    example: bool = False
    parameters: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def hash(self) -> str:
        """SHA-256 of the declaration: an edition is the same only while this is."""
        return sha256(self.declared.encode()).hexdigest()

    def holds_on(self, day: date) -> bool:
        """Whether this edition is valid on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def method(declared: Mapping[str, Any]) -> Method:
    """Build a method from its declaration, as TOML or the trail give it.

    Raises:
        ValueError: the declaration contradicts itself or lacks something; the message says what.
    """
    text = json.dumps(declared, sort_keys=True, default=str, separators=(",", ":"))
    try:
        built = method_as_kept(text)
        wrongs = list(_wrongs(built))
    except KeyError as error:
        raise ValueError(f"{error.args[0]} is missing") from error
    except (TypeError, AttributeError, InvalidOperation) as error:
        raise ValueError(f"a field has another shape than in the example ({error})") from error
    for wrong in wrongs:
        raise ValueError(wrong)
    return built


def method_as_kept(text: str) -> Method:
    """A method from its canonical JSON, as the trail keeps it: it was tested when it was declared."""
    return _built(json.loads(text), text)


def _built(given: Mapping[str, Any], text: str) -> Method:
    window, rounding, least = given["window"], given["rounding"], given.get("quantity")
    return Method(
        quotation=given["quotation"], edition=given["edition"], commodity=given["commodity"],
        market=given["market"], name=Text(given["name"]["zh"], given["name"]["en"]), unit=given["unit"],
        order=tuple(tuple(rank) for rank in given["order"]),
        low=End(tuple(given["low"]["of"]), given["low"]["take"]),
        high=End(tuple(given["high"]["of"]), given["high"]["take"]),
        step=Decimal(str(rounding["step"])), rounding=rounding["rule"],
        minimum=Minimum(int(given["minimum"]["inputs"]), int(given["minimum"]["parties"])),
        window=Window(int(window["days"]), _time(window.get("closes")), window.get("zone", "")),
        valid_from=date.fromisoformat(given["valid_from"]), valid_to=_day(given.get("valid_to")),
        announced=date.fromisoformat(given["announced"]), document=given["document"], source=given["source"],
        least=None if least is None else (Decimal(str(least["least"])), least["unit"]),
        tax=given.get("tax", ""), delivery=given.get("delivery", ""), calendar=given.get("calendar", ""),
        criteria=tuple(Criterion(c["id"], Text(c["zh"], c["en"])) for c in given.get("criterion", ())),
        example=bool(given.get("example", False)), parameters=given.get("test", {}), declared=text,
    )  # fmt: skip


def _wrongs(built: Method) -> Iterable[str]:
    """What is wrong with a method whose fields are all there."""
    ranked = [kind for rank in built.order for kind in rank]
    if not ranked or set(ranked) - set(KINDS) or len(ranked) != len(set(ranked)):
        yield f"order must name each of {', '.join(KINDS)} at most once"
    for name, end in (("low", built.low), ("high", built.high)):
        if end.take not in TAKES or not end.of or set(end.of) - set(ranked):
            yield f"{name} must take {', '.join(TAKES)} of kinds that order names"
    if not built.step.is_finite() or built.step <= 0 or built.rounding not in ROUNDINGS:
        yield f"rounding needs a step above 0 and a rule: {', '.join(ROUNDINGS)}"
    if built.minimum.inputs < 1 or built.minimum.parties < 0 or built.window.days < 1:
        yield "minimum.inputs and window.days must be at least 1"
    if built.tax not in TAXES:
        yield "tax must be included, excluded or empty"
    if built.calendar and built.calendar not in codes():
        yield f"calendar must be one of {', '.join(codes())}, or empty"
    if "/" in built.quotation or "@" not in built.quotation or not built.quotation.isascii():
        yield "quotation must be commodity@market in plain letters, without a slash"
    yield from _word_wrongs(built)
    if built.valid_to and built.valid_to < built.valid_from:
        yield "valid_to is before valid_from"
    if built.announced > built.valid_from:
        yield "an edition is announced before it becomes valid"
    yield from _unit_wrongs(built)
    yield from wrong_parameters(built.parameters)


def _word_wrongs(built: Method) -> Iterable[str]:
    """Codes that the vocabulary does not have, or that are not those of the quotation."""
    for name, code, kinds in (
        ("commodity", built.commodity, ("product", "material")), ("market", built.market, ("market", "place"))
    ):  # fmt: skip
        if code not in {vocabulary().resolve(code, kind) for kind in kinds}:
            yield f"{name} {code} is not in the vocabulary"
    of, _, at = built.quotation.partition("@")
    if at != built.market or not f"{of}.".startswith(f"{built.commodity}."):
        yield f"quotation {built.quotation} must be {built.commodity}@{built.market}, or a grade of it"


def _unit_wrongs(built: Method) -> Iterable[str]:
    try:
        if not is_price_unit(unit(built.unit)):
            yield f"{built.unit} is not money per quantity"
        if built.least and dict(unit(built.least[1]).dimension) != {"mass": 1}:
            yield f"{built.least[1]} is not a mass"
    except UnknownUnit as error:
        yield str(error).partition("\n")[0]


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _time(text: str | None) -> time | None:
    return None if text is None else time.fromisoformat(text)
