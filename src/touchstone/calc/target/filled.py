"""A score sheet filled from what is known: measured values first (stated ones before the inventory's), else those of a scenario, each with its source."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.pathway.pathway import Pathway
from touchstone.calc.pathway.refusal import UnusablePathway
from touchstone.calc.target.budget import Budget
from touchstone.calc.target.course import INVENTORY, Measured
from touchstone.calc.target.foreseen import lines_of, unsaid, value_in
from touchstone.calc.target.indicator import indicators
from touchstone.calc.target.measured import measured
from touchstone.calc.target.rows import in_unit
from touchstone.calc.target.sheet import Fill, Item, Sheet
from touchstone.calc.target.target import Target
from touchstone.calc.target.tracked import Series
from touchstone.facts.text import Text


@dataclass(frozen=True, slots=True)
class Sources:
    """What a sheet can be filled from.

    Attributes:
        place: ISO code the sheet is filled for, for which the inventory speaks; "" for none, and then the inventory says nothing.
        pathway: a scenario, None for none.
    """

    place: str
    series: tuple[Series, ...]
    account: Account | None
    budgets: Mapping[str, Budget]
    targets: Mapping[str, Target]
    pathway: Pathway | None
    _known: dict[tuple[str, tuple[str, ...]], tuple[tuple[Measured, ...], Text | None]] = field(
        default_factory=dict
    )

    def inventory(
        self, indicator: str, products: tuple[str, ...]
    ) -> tuple[tuple[Measured, ...], Text | None]:
        """What the inventory has of an indicator, worked out once; and why it has nothing."""
        if self.account is None or not self.place:
            return (), None
        key = (indicator, products)
        if key not in self._known:
            found = measured(self.account, indicator, products)
            self._known[key] = found.values, found.why
        return self._known[key]


@dataclass(frozen=True, slots=True)
class Filled:
    """An item that was filled.

    Attributes:
        value: in the unit of the item, None where nothing is known, and `why` says why; kind: "measured", "scenario" or "".
        how: whose value it is; where: file and line it is stated in, "" for none; lines: keys of the lines it counts, of a scenario,
            which stand in that year.
        written: the arithmetic of a change or of a share of a budget, "" of a plain value; limit: where the budget is stated, "" for none.
    """

    value: Fraction | None
    kind: str = ""
    how: Text | None = None
    where: str = ""
    lines: tuple[str, ...] = ()
    written: str = ""
    limit: str = ""
    why: Text | None = None


def filled(sheet: Sheet, year: int, sources: Sources) -> dict[str, Filled]:
    """The items that are filled from something, by key, as of a year."""
    return {each.key: _filled(each, each.fill, year, sources) for each in sheet.items if each.fill}


def _filled(item: Item, fill: Fill, year: int, sources: Sources) -> Filled:
    match fill.of:
        case "budget":
            return _of_budget(item, fill, year, sources)
        case "target":
            target = sources.targets.get(fill.key)
            if target is None:
                return _none(Text(f"没有目标{fill.key}", f"there is no target {fill.key}"))
            base = fill.base if fill.base is not None else target.base
            found = _valued(target.indicator, target.place, target.products, year, base, sources)
            return _in_unit(found, item, "%" if base is not None else target.about.unit)
        case _:
            found = _valued(fill.key, fill.place or sources.place, fill.products, year, fill.base, sources)
            return _in_unit(found, item, "%" if fill.base is not None else indicators()[fill.key].unit)


def _of_budget(item: Item, fill: Fill, year: int, sources: Sources) -> Filled:
    """What was used of a budget in a year, in % of its limit."""
    budget = sources.budgets.get(fill.key)
    limit = budget.of(year) if budget else None
    if budget is None or limit is None or not limit.value:
        return _none(Text(f"{year}年没有预算{fill.key}", f"there is no budget {fill.key} for {year}"))
    path = budget.path
    found = _once(path.indicator, path.place, path.products, year, sources)
    if found.value is None:
        return found
    written = f"{_n(found.value)} ÷ {_n(limit.value)}"
    share = Filled(
        100 * found.value / limit.value, found.kind, found.how, found.where, found.lines, written, path.where
    )
    return _in_unit(share, item, "%")


def _valued(
    indicator: str, place: str, products: tuple[str, ...], year: int, base: int | None, sources: Sources
) -> Filled:
    """The value of a year, or its change against another one; both of one kind."""
    if base is None:
        return _once(indicator, place, products, year, sources)
    why = None
    for kind in (_measured, _foreseen) if sources.pathway else (_measured,):
        now, then = (kind(indicator, place, products, each, sources) for each in (year, base))
        if now.value is not None and then.value:
            change = 100 * (now.value / then.value - 1)
            return Filled(
                change, now.kind, now.how, now.where, now.lines, f"{_n(now.value)} ÷ {_n(then.value)} − 1"
            )
        why = now.why or then.why or Text(f"{base}年为零", f"{base} is zero")
    return _none(why)


def _once(indicator: str, place: str, products: tuple[str, ...], year: int, sources: Sources) -> Filled:
    own = _measured(indicator, place, products, year, sources)
    if own.value is not None or sources.pathway is None:
        return own
    return _foreseen(indicator, place, products, year, sources)


def _measured(indicator: str, place: str, products: tuple[str, ...], year: int, sources: Sources) -> Filled:
    for each in sources.series:
        same = (each.indicator, each.place, set(each.products)) == (indicator, place, set(products))
        if same and year in each.values:
            said = f"{each.cited.document} {each.cited.clause}".strip()
            return Filled(each.values[year], "measured", Text(said, said), each.where)
    values, why = sources.inventory(indicator, products) if place == sources.place else ((), None)
    own = next((each for each in values if each.year == year), None)
    if own is not None:
        return Filled(own.value, "measured", INVENTORY)
    return _none(why or Text(f"{year}年没有实际值", f"nothing was measured for {year}"))


def _foreseen(indicator: str, place: str, products: tuple[str, ...], year: int, sources: Sources) -> Filled:
    found = sources.pathway
    assert found is not None
    lines = lines_of(found, place, products)
    why = unsaid(found, indicator, lines, (year,))
    value = None if why else value_in(found, indicator, lines, year)
    if value is None:
        return _none(why or Text("该年没有可比的数值", "there is nothing to divide by in that year"))
    counts = lines & (found.plan.standing[:, :, found.years.index(year)].sum(1) > 0)
    keys = tuple(line.key for line, own in zip(found.given.register.lines, counts, strict=True) if own)
    return Filled(value, "scenario", found.given.scenario.name, "", keys)


def _in_unit(found: Filled, item: Item, unit: str) -> Filled:
    if found.value is None:
        return found
    try:
        return replace(found, value=in_unit(found.value, unit, item.unit, item.where))
    except UnusablePathway:
        return _none(Text(f"{unit}不能换算为{item.unit}", f"{unit} cannot be converted to {item.unit}"))


def _none(why: Text | None) -> Filled:
    return Filled(None, why=why)


def _n(value: Fraction) -> str:
    number = float(value)
    return f"{number:,.0f}" if abs(number) >= 1000 else f"{number:.6g}"
