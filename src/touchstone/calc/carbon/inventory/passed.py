"""Emissions passed on: what own power, heat and anodes cost goes to the product of the unit that uses them, by declared transfers.

A maker's emissions of a month, with what was passed to it, are split by what it made: power and heat by their energy content, one
kind of goods by its amount. What nobody inside takes stays with the maker. Totals do not change: nothing is counted twice.

Source: own inference; the guidelines count emissions where they arise and prescribe no such split.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.performance import SOLD, amounts
from touchstone.calc.carbon.organisation_checks import active
from touchstone.errors import UnitMismatch, UnknownUnit
from touchstone.facts.period import span
from touchstone.facts.unit import convert

At = tuple[str, str]
"""Unit and month."""
_OUTPUT = {"electricity.own": "power"}
"""What a maker states as its output of an item that users take under another name."""


def passed(account: Account) -> dict[At, Fraction]:
    """What was passed to each unit in a month, in t of CO2 equivalent, as it counts; only where something was.

    Heat that an account of one unit counts as bought is taken off, as it comes with its maker's emissions here.
    """
    if not account.organisation.transfers:
        return {}
    whole = replace(account, node="", asked_set=account.set)
    every = _Chain(whole, emitted(whole))
    asked = {(unit, f"{account.year}-{month:02}") for unit in account.units for month in range(1, 13)}
    own = emitted(account)
    found = {at: every.brought(*at) + every.emitted[at] - own[at] for at in sorted(asked)}
    return {at: size for at, size in found.items() if size}


def emitted(account: Account) -> Mapping[At, Fraction]:
    """What units emitted, as it counts, by month; 0 where nothing."""
    found: dict[At, Fraction] = defaultdict(Fraction)
    for line in account.lines:
        found[line.unit, line.month] += account.weighed(line)
    return found


@dataclass
class _Chain:
    account: Account
    emitted: Mapping[At, Fraction]
    made: dict[At, dict[str, Fraction]] = field(default_factory=dict)
    known: dict[At, Fraction] = field(default_factory=dict)

    def __post_init__(self) -> None:
        entries = defaultdict(list)
        for entry in self.account.entries:
            entries[entry.unit, entry.month].append(entry)
        self.made = {at: amounts(own) for at, own in entries.items()}

    def brought(self, unit: str, month: str, way: tuple[str, ...] = ()) -> Fraction:
        """What the makers of a unit pass to it; a maker that the way comes through already (a circle) passes nothing back."""
        if not way and (unit, month) in self.known:
            return self.known[unit, month]
        total = Fraction(0)
        for maker in {maker for _, maker, user in self._transfers(month) if user == unit} - {*way, unit}:
            part = self._part(maker, unit, month)
            if part:
                total += part * (self.emitted[maker, month] + self.brought(maker, month, (*way, unit)))
        if not way:
            self.known[unit, month] = total
        return total

    def _part(self, maker: str, unit: str, month: str) -> Fraction:
        """Which part of what a maker made in a month a unit took; 0 where it cannot be said."""
        takes: dict[str, dict[str, Fraction]] = defaultdict(dict)
        for item, of, user in self._transfers(month):
            if of == maker:
                takes[item][user] = self._taken(item, maker, user, month)
        goods = [item for item in takes if _energy(item) is None]
        if goods and len(takes) > 1:
            return Fraction(0)
        own = self.made.get((maker, month), {})
        whole, part = Fraction(0), Fraction(0)
        for item, users in takes.items():
            each = _energy(item) or Fraction(1)
            used = sum(users.values(), Fraction(0)) + sum(
                (own.get(sold, Fraction(0)) for sold in SOLD if _kind(sold) == _kind(item)), Fraction(0)
            )
            whole += each * max(own.get(_OUTPUT.get(item, item), Fraction(0)), used)
            part += each * users.get(unit, Fraction(0))
        if not goods and "electricity.own" not in takes:
            whole += (_energy("power") or Fraction(0)) * own.get("power", Fraction(0))
        return part / whole if whole else Fraction(0)

    def _taken(self, item: str, maker: str, user: str, month: str) -> Fraction:
        """What a user took of a maker; of several makers, by what each states to have made."""
        size = self.made.get((user, month), {}).get(item, Fraction(0))
        makers = [of for each, of, by in self._transfers(month) if (each, by) == (item, user)]
        if len(makers) == 1:
            return size
        output = {
            of: self.made.get((of, month), {}).get(_OUTPUT.get(item, item), Fraction(0)) for of in makers
        }
        whole = sum(output.values(), Fraction(0))
        return size * output[maker] / whole if whole else Fraction(0)

    def _transfers(self, month: str) -> list[tuple[str, str, str]]:
        last = span(month)[1]
        return [
            (each.item, each.maker, each.user)
            for each in self.account.organisation.transfers
            if active(each, last)
        ]


def _kind(item: str) -> str:
    return items()[item].kind


def _energy(item: str) -> Fraction | None:
    """GJ in a unit of an item that is energy by itself; None for goods."""
    try:
        return convert(1, items()[item].unit, "GJ")
    except (UnitMismatch, UnknownUnit):
        return None
