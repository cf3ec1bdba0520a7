"""Specific consumption of potlines: electricity and anodes for a tonne of metal, against limits and what physics allows."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import groupby

from touchstone.calc.carbon.activity import AMOUNT, Entry
from touchstone.calc.carbon.factors.limit import Limit, limits_of
from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.carbon.inventory.performance import power_for_product
from touchstone.calc.carbon.quality.case import Case, Series
from touchstone.calc.carbon.quality.declared import Declared, Finding, declared, shown
from touchstone.facts.period import span
from touchstone.facts.text import Text
from touchstone.facts.unit import convert

_KEY = "electricity-per-tonne"
_ALL = (
    Text("吨铝炭阳极净耗", "net anodes for a tonne of aluminium"),
    Text("吨铝炭阳极毛耗", "gross anodes for a tonne of aluminium"),
)


def electricity_per_tonne(case: Case, check: Declared) -> Iterator[Finding]:
    """Months in which a potline is above the mark, or below what cells can do."""
    limit = _limit(check)
    high, low = _level(limit) * check.number("over"), check.number("floor")
    for unit, months in _potlines(case, check).items():
        for month, (power, metal, facts) in months.items():
            value = float(1000 * power / metal)
            if not low <= value <= high:
                yield check.found(
                    unit, month, check.parameters["product"], "", facts, value=shown(value), low=shown(low), high=shown(high),
                    over=check.parameters["over"],
                )  # fmt: skip


def electricity_limit(case: Case, check: Declared) -> Iterator[Finding]:
    """Whole years above level 3 since the limit is in force, months left out that the check by the month finds wrong.

    Value and limit are those of the inventory: comprehensive AC electricity, all of the unit's less what it sold. AC electricity
    of the cells has a limit of its own, which needs a meter there.
    """
    monthly = declared()[_KEY]
    limit = _limit(monthly)
    wrong = {(each.unit, each.month) for each in electricity_per_tonne(case, monthly)}
    for unit, months in _potlines(case, monthly).items():
        held = [
            month
            for month in months
            if (unit, month) not in wrong and limit.valid_from and span(month)[0] >= limit.valid_from
        ]
        for year, group in groupby(held, key=lambda month: month[:4]):
            given = [months[month] for month in group]
            value = float(1000 * sum(power for power, _, _ in given) / sum(metal for _, metal, _ in given))
            if value > _level(limit):
                facts = (fact for _, _, behind in given for fact in behind)
                yield check.found(
                    unit, year, limit.product, "", facts, value=shown(value), high=shown(_level(limit))
                )


def anode_per_tonne(case: Case, check: Declared) -> Iterator[Finding]:
    """Anodes for a tonne below what stoichiometry needs, or above what is ever used."""
    for unit in case.organisation.nodes:
        net, gross = (case.series.get((unit, "anode", parameter)) for parameter in ("consumption", AMOUNT))
        metal = case.product(unit)
        if case.organisation.nodes[unit].product != declared()[_KEY].parameters["product"]:
            continue
        if net:
            yield from _outside(check, unit, "consumption", net.values, net, check.parameters["net"], _ALL[0])
        if gross and metal:
            rates = {m: v / metal.values[m] for m, v in gross.values.items() if metal.values.get(m, 0) > 0}
            yield from _outside(check, unit, AMOUNT, rates, gross, check.parameters["gross"], _ALL[1])


def _outside(
    check: Declared, unit: str, parameter: str, values: Mapping[str, float], series: Series, band: Mapping[str, str], name: Text
) -> Iterator[Finding]:  # fmt: skip
    for month, value in values.items():
        if not float(band["low"]) <= value <= float(band["high"]):
            yield check.found(
                unit,
                month,
                "anode",
                parameter,
                (series.entries[month].fact,),
                what=name,
                value=shown(value),
                **band,
            )


def _potlines(
    case: Case, check: Declared
) -> dict[str, dict[str, tuple[Fraction, Fraction, tuple[str, ...]]]]:
    """MWh, tonnes and facts of every month of every unit that makes the metal: the numbers that an inventory takes."""
    found: dict[str, dict[str, tuple[Fraction, Fraction, tuple[str, ...]]]] = {}
    own: dict[str, list[Entry]] = defaultdict(list)
    for (unit, item, parameter), series in case.series.items():
        if parameter == AMOUNT and item in items():
            own[unit] += series.entries.values()
    product = check.parameters["product"]
    for unit, node in case.organisation.nodes.items():
        if node.product == product and case.product(unit):
            told = {product} | {each.item for each in own[unit] if items()[each.item].kind == "electricity"}
            found[unit] = {
                month: (
                    power,
                    metal,
                    tuple(each.fact for each in own[unit] if each.month == month and each.item in told),
                )
                for month, (power, metal) in power_for_product(own[unit], product).items()
                if metal > 0
            }
    return found


def _limit(check: Declared) -> Limit:
    held = limits_of(check.parameters["product"], check.parameters["indicator"], check.parameters["document"])
    return next(each for each in held if each.usable and each.level == check.parameters["level"])


def _level(limit: Limit) -> float:
    assert limit.value is not None
    return float(convert(limit.value, limit.unit, "kWh/t"))
