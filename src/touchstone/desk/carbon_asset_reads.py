"""What is known of carbon assets: the book as it stood, positions, what is due, what a rule of allocation gives."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from touchstone.calc.carbon.assets.allocation import Allowance, Rule, allowance, rules
from touchstone.calc.carbon.assets.compliance import Calendar, Due, Duty, calendar, due
from touchstone.calc.carbon.assets.position import Emissions, Position, position
from touchstone.desk.carbon_asset_book import ABOUT, ACTS, Book, Holding, told
from touchstone.desk.carbon_asset_rules import known_enterprise, out_of_sector, wrong
from touchstone.desk.refusal import NotAllowed, refusal
from touchstone.desk.trail import Trail
from touchstone.facts.ledger import Ledger
from touchstone.facts.text import Text

Moment = date | datetime


class AssetReads:
    """What can be asked of the carbon assets of the workspace that holds `ledger`; it changes nothing.

    Args:
        allocation: the rules of allocation by key; compliance: the calendar. None takes those of Touchstone.
        sectors: what an enterprise and its units produce (keys of data/carbon/sectors.toml), where that is known.
    """

    def __init__(
        self, ledger: Ledger, allocation: Mapping[str, Rule] | None = None, compliance: Calendar | None = None,
        sectors: Mapping[str, frozenset[str]] | None = None,
    ) -> None:  # fmt: skip
        self.trail = Trail(ledger.folder)
        self.rules = rules() if allocation is None else allocation
        self.calendar = calendar() if compliance is None else compliance
        self._sectors = sectors or {}

    def book(self, as_of: Moment | None = None) -> Book:
        """Accounts, bookings, verified emissions and duties done, as they stood. Raises DamagedTrail."""
        return told(self.trail.entries(ABOUT, as_of=as_of, what=ACTS))

    def positions(
        self,
        year: int,
        emissions: Emissions | None = None,
        on: date | None = None,
        as_of: Moment | None = None,
        book: Book | None = None,
    ) -> tuple[Position, ...]:
        """The position of every enterprise for a year.

        Args:
            emissions: a callable or mapping; None takes the verified emissions that were stated here.
            book: where it was read already; `as_of` then says nothing.
            on: the day up to which bookings count; None, all.
        """
        known = book or self.book(as_of)
        source = emissions if emissions is not None else {key: each.emitted for key, each in known.verified.items()}  # fmt: skip
        held = known.holdings(on)
        return tuple(
            position(key, year, self._counting(held, key, year), known.surrendered(key, year, on), source)
            for key in known.accounts
        )

    def due(
        self, enterprise: str, on: date, emissions: Emissions | None = None, as_of: Moment | None = None,
        book: Book | None = None,
    ) -> tuple[Due, ...]:  # fmt: skip
        """What is due of an enterprise on a day: done, late or open. `book` where it was read already.

        A surrender is done on the day that surrenders reach the emissions; while those are not known it is not done, and
        where they are zero there is nothing to surrender.
        """
        known = book or self.book(as_of)
        known_enterprise(known, enterprise)
        duties = self.duties_of(enterprise, on)
        done = {duty: each.day for (who, duty), each in known.fulfilled.items() if who == enterprise}
        source = emissions if emissions is not None else {key: each.emitted for key, each in known.verified.items()}  # fmt: skip
        nothing = set[str]()
        for each in (each for each in duties if each.act == "surrender"):
            emitted = position(enterprise, each.year, Decimal(0), Decimal(0), source).emitted
            if emitted is not None and not emitted.tonnes:
                nothing.add(each.key)
            elif emitted and (day := _covered(known, enterprise, each.year, emitted.tonnes)):
                done[each.key] = day
        return due(duties, on, done, nothing)

    def duties_of(self, enterprise: str, on: date) -> tuple[Duty, ...]:
        """The duties that there are for an enterprise by a day; one whose sector is not known has those of every sector."""
        sectors = self._sectors.get(enterprise)
        return tuple(
            each for each in self.calendar.duties(on) if each.who == "enterprise" and each.concerns(sectors)
        )

    def allowance(
        self, enterprise: str, rule: str, given: Mapping[str, Decimal], as_of: Moment | None = None
    ) -> Allowance:
        """What a rule gives an enterprise, verified emissions looked up; nothing is booked. Raises NotAllowed: ASSET-010, ASSET-020."""
        return self._allowance(self.book(as_of), enterprise, rule, given)

    def _allowance(self, book: Book, enterprise: str, rule: str, given: Mapping[str, Decimal]) -> Allowance:
        if rule not in self.rules:
            raise refusal(NotAllowed, "ASSET-010", rule or "rule", choices=", ".join(self.rules))
        known_enterprise(book, enterprise)
        known = self.rules[rule]
        produced = self._sectors.get(enterprise)
        if produced is not None and known.sector not in produced:
            raise out_of_sector(rule, known.sector, produced)
        names = tuple(each.key for each in known.parameters if each.verified is None)
        if strange := [name for name in given if name not in names]:
            raise wrong(rule, Text("参数", "parameter"), strange[0], ", ".join(names) or "—")
        stated = {
            each.key: book.verified[enterprise, known.year + each.verified].emitted.tonnes
            for each in known.parameters
            if each.verified is not None and (enterprise, known.year + each.verified) in book.verified
        }
        return allowance(known, {**stated, **given})

    def due_now(self, enterprise: str, year: int, book: Book) -> tuple[str, Decimal, Decimal] | None:
        """A final allocation that its rule no longer gives, since the verified emissions were corrected; None where there is none.

        Returns:
            The rule, what was allocated for the year, and what the rule gives now. A rule with open parameters says nothing.
        """
        stated = {key: each.emitted.tonnes for key, each in book.verified.items()}
        for each in book.standing():
            if (each.what, each.stage, each.year, each.enterprises) != (
                "asset.allocate",
                "final",
                year,
                (enterprise,),
            ):
                continue
            rule = self.rules.get(each.rule)
            if rule is None:
                continue
            values = {
                p.key: stated[enterprise, year + p.verified]
                for p in rule.parameters
                if p.verified is not None and (enterprise, year + p.verified) in stated
            }
            now = allowance(rule, values).amount
            there = book.allocated(enterprise, rule.asset, year)
            booked = sum(
                (p.amount for one in there for p in one.postings if p.account == enterprise), Decimal(0)
            )
            if now is not None and now != booked:
                return rule.key, booked, now
        return None

    def _counting(self, held: Mapping[Holding, Decimal], enterprise: str, year: int) -> Decimal:
        """What of the holdings counts for a year: what its duty names, or allowances of the year where there is none."""
        duty = self.calendar.surrender(year)
        assets, vintages = (duty.assets, duty.vintages) if duty else (("cea",), (year,))
        counts = (amount for (who, a, v), amount in held.items() if who == enterprise and a in assets and v in vintages)  # fmt: skip
        return sum(counts, Decimal(0))


def _covered(book: Book, enterprise: str, year: int, tonnes: Decimal) -> date | None:
    """The day on which the surrenders of a year reached its emissions; None while they have not."""
    days = sorted({each.day for each in book.standing() if each.what == "asset.surrender" and each.year == year})  # fmt: skip
    return next((day for day in days if book.surrendered(enterprise, year, day) >= tonnes), None)
