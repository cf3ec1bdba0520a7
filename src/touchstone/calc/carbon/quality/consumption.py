"""Specific consumption of potlines: electricity and anodes for a tonne of metal, against limits and what physics allows."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from touchstone.calc.carbon.activity import AMOUNT
from touchstone.calc.carbon.factors.limit import Limit, limits_of
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
            value = 1000 * power / metal
            if not low <= value <= high:
                yield check.found(
                    unit, month, check.parameters["product"], "", facts, value=shown(value), low=shown(low), high=shown(high),
                    over=check.parameters["over"],
                )  # fmt: skip


def electricity_limit(case: Case, check: Declared) -> Iterator[Finding]:
    """Whole years above level 3 since the limit is in force, months left out that the check by the month finds wrong."""
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
            value = 1000 * sum(power for power, _, _ in given) / sum(metal for _, metal, _ in given)
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


def _potlines(case: Case, check: Declared) -> dict[str, dict[str, tuple[float, float, tuple[str, ...]]]]:
    """MWh, tonnes and facts of every month of every unit that makes the metal."""
    found: dict[str, dict[str, tuple[float, float, tuple[str, ...]]]] = {}
    for unit, node in case.organisation.nodes.items():
        metal = case.product(unit)
        if node.product != check.parameters["product"] or metal is None:
            continue
        parts = [
            case.series[key]
            for item in check.parameters["items"]
            if (key := (unit, item, AMOUNT)) in case.series
        ]
        months = {month for part in parts for month in part.values}
        found[unit] = {
            month: (
                sum(part.values.get(month, 0.0) for part in parts), metal.values[month],
                (*(part.entries[month].fact for part in parts if month in part.entries), metal.entries[month].fact),
            )
            for month in sorted(months)
            if metal.values.get(month, 0) > 0
        }  # fmt: skip
    return found


def _limit(check: Declared) -> Limit:
    held = limits_of(check.parameters["product"], check.parameters["indicator"], check.parameters["document"])
    return next(each for each in held if each.usable and each.level == check.parameters["level"])


def _level(limit: Limit) -> float:
    assert limit.value is not None
    return float(convert(limit.value, limit.unit, "kWh/t"))
