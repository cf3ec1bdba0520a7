"""An account: the part of an inventory that one asks for (a node, a year, a boundary, an approach), and the GWP set it is weighed by."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from touchstone.calc.carbon.activity import Entry
from touchstone.calc.carbon.consolidation import life, there
from touchstone.calc.carbon.consolidation import node as node_of
from touchstone.calc.carbon.factors.gwp import SETS
from touchstone.calc.carbon.factors.library import Library
from touchstone.calc.carbon.factors.refusal import refusal
from touchstone.calc.carbon.factors.resolve import unmixed
from touchstone.calc.carbon.inventory.inventory import Inventory, share_of
from touchstone.calc.carbon.inventory.lines import Missing
from touchstone.calc.carbon.inventory.supplied import BOUGHT, Supply, sold_inside, supply, unfuelled
from touchstone.calc.carbon.inventory.view import (
    BOUNDARIES,
    OF_LINES,
    Boundary,
    Share,
    Total,
    boundary_of,
    totals,
    weight,
    whole,
)
from touchstone.calc.carbon.line import PLACES, Line
from touchstone.calc.carbon.method import Method
from touchstone.calc.carbon.organisation import OWN, Node, Organisation
from touchstone.calc.carbon.organisation_checks import ancestors
from touchstone.errors import UnusableDeclaration
from touchstone.facts.period import span
from touchstone.facts.text import Text

BY = (*OF_LINES, "year", "facility", "enterprise", "segment", "group", "province", "park", "sector")
"""What totals can be asked for by."""
_ONE = ("CO2", "CO2e")
"""Gases whose weight is 1 in every set."""


@dataclass(frozen=True)
class Account:
    """What is asked of an inventory.

    Attributes:
        node: key, or "" for everything there are lines of.
        year: "2023", or "" for every year.
        boundary: of `view.BOUNDARIES`.
        group, approach: who consolidates and how; "" where every unit counts whole.
        asked_set: GWP set that was asked for, "" for that of the methods.
        held: year whose shares and transfers hold, month by month, "" for its own: what a comparison sees of the year before.
    """

    inventory: Inventory
    organisation: Organisation
    library: Library
    methods: Mapping[str, Method]
    node: str = ""
    year: str = ""
    boundary: str = "enterprise"
    group: str = ""
    approach: str = ""
    asked_set: str = ""
    held: str = ""

    def __post_init__(self) -> None:
        """Raises UnusableDeclaration: ORG-013 no such node, INVENTORY-001 no such boundary or set."""
        for key in filter(None, (self.node, self.group)):
            node_of(self.organisation, key)
        for given, known in ((self.boundary, BOUNDARIES), (self.asked_set or "AR5", tuple(SETS))):
            if given not in known:
                raise refusal(
                    UnusableDeclaration, "INVENTORY-001", given, found=given, known=", ".join(known)
                )

    @cached_property
    def units(self) -> frozenset[str]:
        """The nodes that are the one asked for, or part of it; for a consolidation, all."""
        every = self.organisation.nodes
        return frozenset(
            key for key in every if not self.node or self.node in (key, *ancestors(self.organisation, key))
        )

    @cached_property
    def share(self) -> Share:
        """Which part of a unit counts in a month."""
        if not self.group:
            return whole
        of_month = share_of(self.organisation, self.group, self.approach or "control")
        return lambda unit, month: of_month(unit, (self.held or month[:4]) + month[4:])

    @cached_property
    def counts(self) -> Boundary:
        """The boundary."""
        return boundary_of(self.boundary, self.methods, self.organisation.nodes)

    @cached_property
    def every_line(self) -> tuple[Line, ...]:
        """The lines of the node and year, whatever the boundary."""
        return tuple(each for each in self.inventory.lines if self._asked(each.unit, each.month))

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines of which something counts: inside the boundary, of a unit of which a part counts, and not all counted at their maker.

        Raises:
            MixedFactors: FACTOR-009, one of them rests on a life-cycle factor of electricity and another on a grid factor.
        """
        found = tuple(each for each in self.every_line if self.inside(each))
        used = dict.fromkeys(given.factor for each in found for given in each.inputs if given.factor)
        unmixed(self.library.get(id) for id in used if id in self.library)
        return found

    def inside(self, line: Line) -> bool:
        """Whether a line of the node and year counts."""
        return self.counts.counts(line) and bool(self.part(line))

    def part(self, line: Line) -> Fraction:
        """How much of a line counts: the share of its unit, less what is counted at its maker."""
        share = self.share(line.unit, line.month)
        return (
            share * (1 - self.supplied(line.unit, line.item, line.month))
            if line.scope == BOUGHT and share
            else share
        )

    def supplied(self, unit: str, item: str, month: str) -> Fraction:
        """Which part of an item of a unit, of what counts of it, is counted at its makers (`supplied`), from 0 to 1.

        Of a maker that counts with a smaller share than the user, the rest was bought from its other owners. Own electricity is bought
        only from another enterprise. Of what was sold, it is the part that users in the account took.
        """
        share = self.share(unit, month)
        makers = (
            (self.supply.of(unit, item, month) or self.supply.sold.get((unit, item, month), {}))
            if share
            else {}
        )

        def counted(maker: str) -> Fraction:
            if item == OWN and self.supply.fellow(unit, maker):
                return Fraction(1)
            return min(self.share(maker, month) / share, Fraction(1)) if maker in self.units else Fraction(0)

        found = sum((part * counted(maker) for maker, part in makers.items()), Fraction(0))
        return found if makers or item != OWN else Fraction(1)

    @cached_property
    def supply(self) -> Supply:
        """Who supplies whom in the organisation."""
        return supply(self.organisation, self.inventory, self.held)

    @cached_property
    def missing(self) -> tuple[Missing, ...]:
        """What is missing of the node and year; also fuel of makers that did not state enough for the heat that was taken from
        them, and energy stated as sold that others inside took."""
        return tuple(
            each
            for each in (*self.inventory.missing, *self._of_supply)
            if (each.unit in self.units or (not self.node and each.unit not in self.organisation.nodes))
            and each.month.startswith(self.year)
            and (not each.month or self.share(each.unit, self._alive(each.unit, each.month)))
            and self.counts.holds(each.unit, each.month, each.method)
            and (each.item != OWN or self.supplied(each.unit, OWN, each.month) < 1)
        )

    @property
    def _of_supply(self) -> Iterable[Missing]:
        if BOUGHT in self.counts.scopes:
            for unit, month in self.supply.short:
                yield unfuelled(self.inventory, self.supply, unit, month)
            for unit, item, month in self.supply.sold:
                if part := self.supplied(unit, item, month):
                    yield sold_inside(self.inventory, unit, item, month, part)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The activity data of the node and year."""
        return tuple(
            each
            for unit, every in self.inventory.entries.items()
            for each in every
            if self._asked(unit, each.month) and self.share(unit, each.month)
        )

    @cached_property
    def by_fact(self) -> dict[str, Entry]:
        """The activity data by the id of their facts."""
        return {each.fact: each for each in self.entries}

    @cached_property
    def used(self) -> dict[str, Method]:
        """The methods of the lines, by key, in order."""
        return {key: self.methods[key] for key in dict.fromkeys(each.method for each in self.lines)}

    @cached_property
    def set(self) -> str:
        """The GWP set: the one asked for, else that of the methods.

        Raises:
            UnusableDeclaration: INVENTORY-002 the methods prescribe different sets, or none, and it makes a difference.
        """
        if self.asked_set:
            return self.asked_set
        weighed = {each.method for each in self.lines if each.gas not in _ONE}
        sets = {self.methods[key].gwp for key in weighed}
        if sets - {""} == sets and len(sets) == 1:
            return sets.pop()
        if not weighed:
            prescribed = sorted({each.gwp for each in self.used.values() if each.gwp})
            return prescribed[0] if len(prescribed) == 1 else "AR5"
        said = "; ".join(f"{key}: {self.methods[key].gwp or '-'}" for key in sorted(weighed))
        raise refusal(UnusableDeclaration, "INVENTORY-002", "--gwp", found=said, known=", ".join(SETS))

    @property
    def set_says(self) -> Text:
        """Why this set, and what of the account no set changes: sums of gases that a guideline had weighed before."""
        fixed = {self.methods[each.method].gwp for each in self.lines if each.gas == "CO2e"}
        if self.asked_set:
            said = Text("按要求", "as asked for")
        elif any(each.gas not in _ONE for each in self.lines):
            said = Text("所用方法规定", "as the methods in use prescribe")
        elif fixed:
            said = Text("没有可折算的气体", "no gas is left to weigh")
        else:
            said = Text("只有二氧化碳，各GWP集结果相同", "only carbon dioxide: every set gives the same")
        if not fixed:
            return said
        sets = "/".join(sorted(fixed - {""})) or "-"
        return Text(
            f"{said.zh}；以CO₂e给出的缺省值已按{sets}折算，不随所选的GWP改变",
            f"{said.en}; defaults given as CO2e were weighed by {sets} before and are the same by any set",
        )

    def totals(self, *by: str) -> tuple[Total, ...]:
        """Totals by what one asks for, of `BY`. Raises UnusableDeclaration: INVENTORY-001, one cannot ask for that."""
        for each in by:
            if each not in BY:
                raise refusal(UnusableDeclaration, "INVENTORY-001", "--by", found=each, known=", ".join(BY))
        return totals(
            self.lines,
            by,
            self.library,
            self.set,
            where=self.inventory.where,
            part=self.part,
            boundary=self.counts,
        )

    @property
    def total(self) -> Fraction:
        """Tonnes of CO2 equivalent of all that counts."""
        return sum((each.total for each in self.totals()), Fraction(0))

    @cached_property
    def _weights(self) -> dict[str, Fraction]:
        return {gas: weight(self.library, gas, self.set) for gas in {each.gas for each in self.lines}}

    def weight(self, line: Line) -> Fraction:
        """What a tonne of the gas of a line counts for: the part that counts, times potential."""
        return self._weights[line.gas] * self.part(line)

    def weighed(self, line: Line) -> Fraction:
        """Tonnes of CO2 equivalent of a line, as it counts."""
        return Fraction(line.mass, 10**PLACES) * self.weight(line)

    def name(self, key: str) -> Text:
        """The name of a node, its key where there is none."""
        found: Node | None = self.organisation.nodes.get(key)
        return found.name if found else Text(key, key)

    def title(self, key: str) -> Text:
        """The name of a node, behind that of its enterprise where the account is of more than one."""
        found, above = self.name(key), self.inventory.where.get(key, {}).get("enterprise", "")
        if above in ("", key, self.node) or self.node in ancestors(self.organisation, key)[:1]:
            return found
        return Text(f"{self.name(above).zh}·{found.zh}", f"{self.name(above).en} · {found.en}")

    def _alive(self, unit: str, month: str) -> str:
        """The month, or the nearest in which the unit is there."""
        if unit not in self.organisation.nodes or there(self.organisation, unit, month):
            return month
        since, until = life(self.organisation, unit)
        return min(max(span(month)[0], since), until).isoformat()[:7]

    def _asked(self, unit: str, month: str) -> bool:
        return unit in self.units and month.startswith(self.year)


def grouped(missing: Iterable[Missing]) -> list[tuple[Missing, int, tuple[str, ...]]]:
    """What is missing for one reason, once: the first of it, how often, and the units concerned."""
    found: dict[tuple[object, ...], list[Missing]] = {}
    for each in missing:
        found.setdefault((each.method, each.term, each.item, each.why), []).append(each)
    told = [
        (every[0], len(every), tuple(dict.fromkeys(each.unit for each in every))) for every in found.values()
    ]
    return sorted(told, key=lambda each: -each[1])
