"""Emissions passed on: what own power, heat and anodes cost goes to the product of the unit that uses them, by declared transfers.

A maker's emissions of a month, with what was passed to it, are split by what it made: power and heat by their energy content, one
kind of goods by its amount. What nobody inside takes stays with the maker. Totals do not change, and what units emit with what was passed
to them, each less what it passes on, adds up to the total, circles included. The figure of a product that others go on to use is of all
of it that was made (what a MWh of own power, a tonne of anodes emits): it is in the figures of their products too, and not added to them.

What a maker made must be stated (power supplied, heat supplied, its goods): what users took says nothing of the rest. Where it is not, or where a
maker gives goods and energy, nothing is passed to that product, and `Passed.unknown` says why.

Source: own inference; the guidelines count emissions where they arise and prescribe no such split.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.balanced import balanced
from touchstone.calc.carbon.inventory.performance import SOLD, amounts
from touchstone.calc.carbon.organisation import Transfer
from touchstone.calc.carbon.organisation_checks import active, ancestors
from touchstone.facts.period import span
from touchstone.facts.text import Text
from touchstone.facts.unit import convert

At = tuple[str, str]
"""Unit and month."""
OUTPUT = {"electricity": "power", "heat": "heat.supplied"}
"""By kind of energy, the item by which a maker states how much of it was supplied."""


@dataclass(frozen=True, slots=True)
class Passed:
    """What transfers brought in an account.

    Attributes:
        sizes: what was passed to each unit in a month, in t of CO2 equivalent, as it counts; only where something was.
        unknown: the products of which it is not known what was passed to their makers, with why, each reason once.
    """

    sizes: Mapping[At, Fraction]
    unknown: Mapping[str, tuple[Text, ...]]


def passed(account: Account) -> Passed:
    """What was passed to each unit in a month.

    Heat that an account of one unit counts as bought is taken off, as it comes with its maker's emissions here. Nothing is given of a product
    where something that was passed to one of its makers is not known.
    """
    if not account.organisation.transfers:
        return Passed({}, {})
    every, own = _Chain(replace(account, node="", asked_set=account.set)), emitted(account)
    nodes = account.organisation.nodes
    asked = sorted((unit, f"{account.year}-{month:02}") for unit in account.units for month in range(1, 13))
    why: dict[str, dict[Text, None]] = defaultdict(dict)
    for at in asked:
        if nodes[at[0]].product and every.brought(*at) is None:
            why[nodes[at[0]].product][every.why[at]] = None
    found = {
        at: (every.brought(*at) or Fraction(0)) + every.emitted[at] - own[at]
        for at in asked
        if nodes[at[0]].product not in why
    }
    return Passed(
        {at: size for at, size in found.items() if size},
        {product: tuple(reasons) for product, reasons in why.items()},
    )


def emitted(account: Account) -> Mapping[At, Fraction]:
    """What units emitted, as it counts, by month; 0 where nothing."""
    found: dict[At, Fraction] = defaultdict(Fraction)
    for line in account.lines:
        found[line.unit, line.month] += account.weighed(line)
    return found


class _Chain:
    """What units take of each other in an account of everything.

    Attributes:
        why: of a unit and month, why what was passed to it is not known, once it was asked for.
    """

    def __init__(self, account: Account) -> None:
        self.account, self.emitted = account, emitted(account)
        self.why: dict[At, Text] = {}
        self._known: dict[str, dict[str, Fraction]] = {}
        entries = defaultdict(list)
        for entry in account.entries:
            entries[entry.unit, entry.month].append(entry)
        self._made = {at: amounts(own) for at, own in entries.items()}
        self._takes: dict[At, dict[tuple[str, str], Fraction]] = defaultdict(dict)
        self._makers: dict[At, dict[str, None]] = defaultdict(dict)
        for (unit, item, month), size in account.supply.used.items():
            for maker, part in account.supply.of(unit, item, month).items():
                self._took(unit, maker, item, month, size * part)
        for month in sorted({month for _, month in self._made}):
            for each in account.organisation.transfers:
                if items()[each.item].kind not in OUTPUT and active(each, span(month)[1]):
                    self._goods(each, month)

    def _took(self, unit: str, maker: str, item: str, month: str, size: Fraction) -> None:
        if size and unit != maker:
            self._takes[maker, month][unit, item] = size
            self._makers[unit, month][maker] = None

    def _goods(self, transfer: Transfer, month: str) -> None:
        """Of several makers of one user, by what each states to have made."""
        item, nodes = transfer.item, self.account.organisation.nodes
        links = [
            x
            for x in self.account.organisation.transfers
            if (x.item, x.user) == (item, transfer.user) and active(x, span(month)[1])
        ]
        output = {
            maker: self._amount(maker, item, month)
            for each in links
            for maker in self._within(each.maker, month)
            if maker == each.maker or nodes[maker].product == item
        }
        whole = sum(output.values(), Fraction(0))
        for user in self._within(transfer.user, month):
            size = self._amount(user, item, month)
            for maker in self._within(transfer.maker, month):
                if user not in output and maker in output and (whole or len(output) == 1):
                    self._took(user, maker, item, month, size * output[maker] / whole if whole else size)

    def _within(self, node: str, month: str) -> list[str]:
        """A node and what is part of it, of which something is stated in a month."""
        return [
            unit
            for unit, of in self._made
            if of == month and node in (unit, *ancestors(self.account.organisation, unit))
        ]

    def _amount(self, unit: str, item: str, month: str) -> Fraction:
        return self._made.get((unit, month), {}).get(item, Fraction(0))

    def brought(self, unit: str, month: str) -> Fraction | None:
        """What the makers of a unit pass to it, None where it is not known."""
        if not self._makers.get((unit, month)):
            return Fraction(0)
        if month not in self._known:
            self._known[month] = self._solved(month)
        found = self._known[month].get(unit)
        return None if found is None else found - self.emitted[unit, month]

    def _solved(self, month: str) -> dict[str, Fraction]:
        """What each unit emits with what is passed to it, circles included; not there where that is not known."""
        parts: dict[str, dict[str, Fraction]] = {}
        users: dict[str, list[str]] = defaultdict(list)
        for unit in [unit for unit, of in self._makers if of == month]:
            parts[unit] = {}
            for maker in self._makers[unit, month]:
                users[maker].append(unit)
                part = self._part(maker, unit, month)
                if isinstance(part, Text):
                    self.why.setdefault((unit, month), part)
                else:
                    parts[unit][maker] = part
        self._spread([unit for unit in parts if (unit, month) in self.why], users, month)
        known = {unit: makers for unit, makers in parts.items() if (unit, month) not in self.why}
        every = dict.fromkeys((*known, *(maker for makers in known.values() for maker in makers)))
        found, closed = balanced({unit: self.emitted[unit, month] for unit in every}, known)
        for unit in closed:
            self.why[unit, month] = Text(
                "供方和使用方互相供应全部产出，没有什么离开这个圈：无法分摊",
                "all that is made goes round among units that supply each other: nothing leaves the circle, and no split is known",
            )
        return found

    def _spread(self, unknown: list[str], users: Mapping[str, list[str]], month: str) -> None:
        """What is not known of a unit is not known of those that it supplies."""
        while unknown:
            unit = unknown.pop()
            for user in users[unit]:
                if (user, month) not in self.why:
                    self.why[user, month] = self.why[unit, month]
                    unknown.append(user)

    def _goods_of(self, maker: str, month: str) -> set[str]:
        """The goods that a unit makes in a month: what others take of it, and its own product unless it states that there was none."""
        goods = {item for _, item in self._takes[maker, month] if items()[item].kind not in OUTPUT}
        product = self.account.organisation.nodes[maker].product
        made = self._made.get((maker, month), {}).get(product) != 0
        return goods | ({product} if product and product not in OUTPUT.values() and made else set())

    def _part(self, maker: str, unit: str, month: str) -> Fraction | Text:
        """Which part of what a maker made in a month a unit took, or why that cannot be said."""
        takes, name = self._takes[maker, month], self.account.title(maker)
        kinds = {items()[item].kind for _, item in takes}
        goods = self._goods_of(maker, month)
        if goods and (len(goods) > 1 or kinds & OUTPUT.keys()):
            return Text(
                f"{name.zh}产出几种东西，没有已知的分摊方法：其排放不转给用户",
                f"{name.en} makes several things and no split is known: its emissions are not passed on to its users",
            )
        whole = Fraction(0)
        for kind in goods if goods else kinds:
            item = OUTPUT.get(kind, kind)
            if not self._amount(maker, item, month):
                said = items()[item].name
                return Text(
                    f"{name.zh}没有填报{said.zh}：不知道其中多少归用户，其排放不转给用户",
                    f"{name.en} states no {said.en}: which part of it the users took is not known, and its emissions are not passed on",
                )
        for kind in goods if goods else OUTPUT:
            used = sum(
                (size for (_, item), size in takes.items() if kind in (item, items()[item].kind)), Fraction(0)
            )
            used += sum(
                (self._sold(maker, sold, month) for sold in SOLD if items()[sold].kind == kind), Fraction(0)
            )
            whole += max(self._output(maker, OUTPUT.get(kind, kind), month), used)
        return sum((size for (user, _), size in takes.items() if user == unit), Fraction(0)) / whole

    def _sold(self, unit: str, item: str, month: str) -> Fraction:
        """GJ that went to strangers: what is stated as sold, without what others inside took."""
        return self._output(unit, item, month) * (1 - self.account.supplied(unit, item, month))

    def _output(self, unit: str, item: str, month: str) -> Fraction:
        """An amount as it is compared: energy in GJ."""
        size = self._amount(unit, item, month)
        return convert(size, items()[item].unit, "GJ") if item in (*OUTPUT.values(), *SOLD) else size
