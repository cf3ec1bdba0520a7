"""The register: assessments and inputs as the trail tells them, on any day, and what the tests say of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from touchstone.desk.assessment import Assessment, assessment_id
from touchstone.desk.detectors.case import Case, Price
from touchstone.desk.detectors.detectors import results
from touchstone.desk.input import Input
from touchstone.desk.methods import Methods, methods
from touchstone.desk.parameters import parameter
from touchstone.desk.posting import damage
from touchstone.desk.proposal import Proposal, propose
from touchstone.desk.refusal import DamagedTrail, UnknownAssessment, refusal
from touchstone.desk.replay import OF_INPUTS, Reported, assessed, reported
from touchstone.desk.result import Result
from touchstone.desk.trail import Entry, Trail
from touchstone.facts.exchange import ExchangeRates
from touchstone.facts.ledger import Ledger
from touchstone.facts.quotation import quotations
from touchstone.facts.quote import Quote
from touchstone.facts.quoted import PRICES, quotes_of
from touchstone.facts.text import Text
from touchstone.facts.unit import format_unit
from touchstone.facts.vocabulary import vocabulary

Moment = date | datetime
_HISTORY = 24
"""Earlier assessments that a test may look back on."""
_STATE_AFTER = {
    "open": "draft", "exclude": "draft", "readmit": "draft", "judge": "draft", "send_back": "draft",
    "submit": "submitted", "approve": "approved", "publish": "published", "correct": "published",
    "drop": "published", "issue": "published", "withdraw": "withdrawn", "discard": "discarded", "reopen": "draft",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listed:
    """An assessment in a list: what it is of, its day and its state."""

    quotation: str
    day: date
    state: str

    @property
    def id(self) -> str:
        """Its id."""
        return assessment_id(self.quotation, self.day)


class Register:
    """Reads of the desk of the workspace that holds `ledger`."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.trail = Trail(ledger.folder)

    def methods(self) -> Methods:
        """The methods of the workspace, read anew."""
        return methods(self.ledger.folder / "methods")

    def listed(self, day: date | None = None, state: str = "") -> list[Listed]:
        """The assessments there are, latest day first; those of one day or in one state.

        Raises:
            DamagedTrail: DESK-038, an entry was changed so that it names no day.

        One whose last act is none has the state "damaged"; `assessment` says why.
        """
        every = [_listed(*last) for last in self.trail.last()]
        return [each for each in every if day in (None, each.day) and state in ("", each.state)]

    def assessment(self, id: str, as_of: Moment | None = None) -> Assessment:
        """An assessment as it stood.

        Raises:
            UnknownAssessment: DESK-005, there is none of this id, or was none by then.
        """
        return self.known(id, self.entries(id, as_of))

    def entries(self, id: str, as_of: Moment | None = None) -> tuple[Entry, ...]:
        """The entries of the trail about an assessment, in order; those about inputs of its day are not among them."""
        quotation, day = parted(id)
        found = self.trail.entries(quotation, day.isoformat(), as_of)
        return tuple(entry for entry in found if entry.what not in ("input", "replace"))

    def known(self, id: str, entries: tuple[Entry, ...]) -> Assessment:
        """The assessment that entries tell of. Raises UnknownAssessment."""
        found = assessed(entries).get(id)
        if found is None:
            raise refusal(UnknownAssessment, "DESK-005", id)
        return found

    def inputs(self, quotation: str, as_of: Moment | None = None) -> dict[str, Input]:
        """All inputs of a quotation that count, by id, in the order they came in."""
        return reported(self.trail.entries(quotation, as_of=as_of, what=OF_INPUTS)).standing

    def reported(self, given: Assessment, as_of: Moment | None = None, since: date | None = None) -> Reported:
        """The inputs of the window and of the day of an assessment, back to `since` where that is earlier."""
        first = given.day - timedelta(days=given.method.window.days)
        days = (min(first, since or first), given.day)
        return reported(self.trail.entries(given.quotation, as_of=as_of, what=OF_INPUTS, days=days))

    def proposal(self, given: Assessment, known: Reported) -> Proposal:
        """What the method made of the inputs when it was submitted, or makes of them now in a draft."""
        return given.proposal or propose(given.method, given.day, known.standing.values(), given.exclusions)

    def known_quotations(self) -> tuple[str, ...]:
        """The quotations that inputs may be about: those with a method, and those that are declared."""
        declared = quotations(self.ledger.folder / "quotations.toml")
        return tuple(dict.fromkeys([*self.methods().quotations, *(row.code for row in declared)]))

    def results(
        self, given: Assessment, today: date, second: str = "", as_of: Moment | None = None
    ) -> tuple[Result, ...]:
        """What every test says of an assessment, were `second` its second person."""
        return results(self.case(given, today, second, as_of))

    def case(self, given: Assessment, today: date, second: str = "", as_of: Moment | None = None) -> Case:
        """All that the tests look at."""
        past = self._past(given, as_of)
        reach = (each.day - timedelta(days=each.method.window.days) for each in past)
        known = self.reported(given, as_of, min(reach, default=None))
        quotes = self._quotes(given, as_of)
        return Case(
            given, self.proposal(given, known), known.inputs, tuple(_priced(each, known.inputs) for each in past),
            _elsewhere(given, quotes), today, second, frozenset(known.replaced), _quoted(given, quotes),
            ExchangeRates(self.ledger.facts(as_of=as_of, measure="exchange_rate")),
        )  # fmt: skip

    def damage(self) -> list[DamagedTrail]:
        """What shows that the trail was tampered with: by its own chain, and against the records in the ledger."""
        return damage(self.trail, self.ledger)

    def broken(self) -> DamagedTrail | None:
        """What the chain alone says of the trail: DESK-035 where an entry was changed, else None."""
        first = self.trail.broken()
        return (
            None if first is None else refusal(DamagedTrail, "DESK-035", str(self.trail.path), number=first)
        )

    def _past(self, given: Assessment, as_of: Moment | None) -> list[Assessment]:
        """Earlier published assessments of the quotation as they stand, latest first; withdrawn ones are not."""
        days = [day for _, day in self.trail.days("publish", given.quotation) if day < given.day.isoformat()]
        past = []
        for day in days[:_HISTORY]:
            told = assessed(self.trail.entries(given.quotation, day, as_of))
            past += [each for each in told.values() if each.state == "published" and each.value]
        return past

    def _quotes(self, given: Assessment, as_of: Moment | None) -> list[Quote]:
        """The ledger's quotes of the commodity up to the day, in order of day; not what this assessment said itself."""
        known, method = quotations(self.ledger.folder / "quotations.toml"), given.method
        rows = [row for row in known if row.commodity == method.commodity]
        subjects = {method.commodity, *(name for row in rows for name in row.subjects)}
        facts = self.ledger.facts(as_of=as_of, subject=sorted(subjects), measure=list(PRICES))
        others = (fact for fact in facts if fact.source not in given.records)
        quotes = [quote for quote in quotes_of(others, known).quotes if quote.day <= given.day]
        return sorted(quotes, key=lambda quote: quote.day)


def _listed(about: str, on: str, what: str, number: int) -> Listed:
    try:
        return Listed(about, date.fromisoformat(on), _STATE_AFTER.get(what, "damaged"))
    except ValueError as error:
        raise refusal(DamagedTrail, "DESK-038", about, number=number) from error


def parted(id: str) -> tuple[str, date]:
    """Quotation and day of an id. Raises UnknownAssessment: it is no id."""
    quotation, _, day = id.rpartition("/")
    try:
        return quotation, date.fromisoformat(day)
    except ValueError as error:
        raise refusal(UnknownAssessment, "DESK-005", id) from error


def _priced(each: Assessment, inputs: Mapping[str, Input]) -> Price:
    assert each.value
    used = each.proposal.used if each.proposal else ()
    return Price(
        Text(f"上期 {each.day}", f"the value of {each.day}"), each.day, *each.value, each.method.unit,
        tuple(inputs[id] for id in used if id in inputs),
    )  # fmt: skip


def _elsewhere(given: Assessment, quotes: list[Quote]) -> tuple[Price, ...]:
    """The last quote of the commodity in each other market, while it is recent."""
    words, method, last = vocabulary(), given.method, dict[str, Quote]()
    for quote in _lately(given, "wrong_currency", quotes):
        its = quote.quotation
        if its.commodity == method.commodity and its.market != method.market:
            last[its.code] = quote
    return tuple(
        _as_price(
            each, Text(*(f"{words.name(each.quotation.market, lang)} {each.day}" for lang in ("zh", "en")))
        )
        for each in last.values()
    )


def _quoted(given: Assessment, quotes: list[Quote]) -> Price | None:
    """The latest quote of the very quotation, while it is recent."""
    own = [each for each in _lately(given, "off_level", quotes) if each.quotation.code == given.quotation]
    if not own:
        return None
    name = Text(f"账本最近报价 {own[-1].day}", f"the ledger's last quote of {own[-1].day}")
    return _as_price(own[-1], name)


def _lately(given: Assessment, test: str, quotes: list[Quote]) -> list[Quote]:
    """The quotes of the days that a test looks back on."""
    first = given.day - timedelta(days=parameter(given.method.parameters, test, "days"))
    return [quote for quote in quotes if first <= quote.day]


def _as_price(quote: Quote, name: Text) -> Price:
    its = quote.quotation
    tax = its.tax if its.tax_basis == "stated" else ""
    return Price(name, quote.day, quote.low, quote.high, format_unit(quote.unit, "zh"), (), its.market, tax)
