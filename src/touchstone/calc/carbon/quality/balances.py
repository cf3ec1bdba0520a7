"""Balances: what is transferred between units, and the carbon that goes in and comes out."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from touchstone.calc.carbon.activity import AMOUNT
from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.carbon.organisation import Transfer
from touchstone.calc.carbon.organisation_checks import active
from touchstone.calc.carbon.quality.case import Case, Series, what
from touchstone.calc.carbon.quality.declared import Declared, Finding, shown
from touchstone.errors import UnitMismatch, UnknownUnit
from touchstone.facts.period import span
from touchstone.facts.text import Text
from touchstone.facts.unit import convert


def transfer_balance(case: Case, check: Declared) -> Iterator[Finding]:
    """Where users took another amount than their makers supplied.

    Makers that share a user are one. Where a maker states no supply, or sells outside, there is no balance. Goods that are kept
    in stock are compared by the year, and only more than was made is wrong: the rest may have been sold.
    """
    for item, makers, users in _circles(case.organisation.transfers):
        supplies = [
            case.series.get((key, check.parameters["made"].get(item, item), AMOUNT)) for key in makers
        ]
        made = [each for each in supplies if each]
        if len(made) < len(makers) or any(_sells(case, key, item, check) for key in makers):
            continue
        monthly = items()[item].kind in check.parameters["monthly"]
        tolerance = check.number("month" if monthly else "year")
        for period, months in _periods(made, monthly):
            supplied = sum(each.values[month] for month in months for each in made)
            taken, facts, named = _taken(case, users, item, months)
            away = taken / supplied - 1 if supplied and facts else 0.0
            if (abs(away) if monthly else away) <= tolerance:
                continue
            behind = (each.entries[month].fact for month in months for each in made)
            yield check.found(
                _unusual(case, item, named, months) or makers[0], period, item, AMOUNT, (*facts, *behind), what=what(item),
                maker=_names(case, makers), made=f"{shown(supplied)} {made[0].unit}", used=f"{shown(taken)} {made[0].unit}",
                users=_names(case, named), percent=f"{100 * away:+.1f}", high=shown(supplied * (1 + tolerance)),
                low=shown(supplied * (1 - tolerance)) if monthly else "0",
            )  # fmt: skip


def _circles(transfers: Iterable[Transfer]) -> list[tuple[str, tuple[str, ...], tuple[Transfer, ...]]]:
    """Item, makers and transfers of each part of the net that has no link to another."""
    found: list[tuple[str, list[Transfer]]] = []
    for each in transfers:
        linked = [
            (item, group)
            for item, group in found
            if item == each.item
            and any(each.maker == other.maker or each.user == other.user for other in group)
        ]
        found = [part for part in found if part not in linked]
        found.append((each.item, [*(other for _, group in linked for other in group), each]))
    return [(item, tuple(dict.fromkeys(each.maker for each in group)), tuple(group)) for item, group in found]


def _sells(case: Case, maker: str, item: str, check: Declared) -> bool:
    sold = check.parameters["sold"].get(item)
    return sold is not None and (maker, sold, AMOUNT) in case.series


def _periods(made: list[Series], monthly: bool) -> Iterator[tuple[str, list[str]]]:
    """Months one by one, or whole years, in which every maker states what it supplied."""
    both = [month for month in made[0].values if all(month in each.values for each in made)]
    for period, months in groupby(both, key=lambda month: month if monthly else month[:4]):
        together = list(months)
        if monthly or len(together) == 12:
            yield period, together


def _taken(
    case: Case, users: tuple[Transfer, ...], item: str, months: list[str]
) -> tuple[float, list[str], list[str]]:
    """What the users took, the facts of it, and who took anything."""
    total, facts, named = 0.0, list[str](), list[str]()
    for user in dict.fromkeys(each.user for each in users):
        series = case.series.get((user, item, AMOUNT))
        if series is None:
            continue
        links = [each for each in users if each.user == user]
        within = [m for m in months if m in series.values and any(active(each, span(m)[1]) for each in links)]
        total += sum(series.values[month] for month in within)
        facts += (series.entries[month].fact for month in within)
        named += [user] if within else []
    return total, facts, named


def _unusual(case: Case, item: str, users: list[str], months: list[str]) -> str:
    """The user whose consumption for its output is furthest from its own usual: where one has to look first."""
    away: dict[str, float] = {}
    for user in users:
        series, product = case.series[user, item, AMOUNT], case.product(user)
        if product:
            rates = {
                m: v / product.values[m] for m, v in series.values.items() if product.values.get(m, 0) > 0
            }
            usual = sorted(rates.values())[len(rates) // 2] if rates else 0.0
            now = [rates[month] for month in months if month in rates]
            if usual and now:
                away[user] = abs(sum(now) / len(now) / usual - 1)
    return max(away, key=away.__getitem__, default="")


def carbon_balance(case: Case, check: Declared) -> Iterator[Finding]:
    """Yields of what is calcined and baked, anodes burnt of those set, and carbon in a tonne of fuel."""
    for pair in check.parameters["pairs"]:
        name = Text(
            f"{what(pair['to']).zh}与{what(pair['from']).zh}之比",
            f"{what(pair['to']).en} for {what(pair['from']).en}",
        )
        for unit in case.organisation.nodes:
            made, used = (case.series.get((unit, pair[end], AMOUNT)) for end in ("to", "from"))
            if made and used:
                yield from _yearly(check, unit, pair["to"], name, made, used, pair["low"], pair["high"])
    net = check.parameters["net"]
    name = Text("阳极净耗与毛耗之比", "net anodes for gross anodes")
    for unit in case.organisation.nodes:
        gross, rate = (
            case.series.get((unit, "anode", AMOUNT)),
            case.series.get((unit, "anode", "consumption")),
        )
        metal = case.product(unit)
        if gross and rate and metal:
            burnt = {m: rate.values[m] * metal.values[m] for m in rate.values if m in metal.values}
            yield from _yearly(
                check,
                unit,
                "anode",
                name,
                Series(gross.unit, burnt, rate.entries),
                gross,
                net["low"],
                net["high"],
            )
    yield from _content(case, check)


def _yearly(
    check: Declared, unit: str, item: str, name: Text, made: Series, used: Series, low: str, high: str
) -> Iterator[Finding]:
    """Years in which the two, over the months that have both, are not in the band; stock of some weeks evens out over a year."""
    both = [month for month in made.values if month in used.values]
    for year, group in groupby(both, key=lambda month: month[:4]):
        months = list(group)
        whole = sum(used.values[month] for month in months)
        share = sum(made.values[month] for month in months) / whole if whole else 0.0
        if whole and not float(low) <= share <= float(high):
            facts = (each.entries[month].fact for month in months for each in (made, used))
            yield check.found(unit, year, item, "", facts, what=name, share=shown(share), low=low, high=high)


def _content(case: Case, check: Declared) -> Iterator[Finding]:
    """Fuels by mass whose heat times carbon for heat is more carbon than there is fuel."""
    most = check.number("content")
    for (unit, item, parameter), carbon in case.series.items():
        heat = case.series.get((unit, item, "ncv"))
        if parameter != "carbon-content" or heat is None:
            continue
        name = Text(f"每吨{what(item).zh}含碳", f"carbon in a tonne of {what(item).en}")
        for month in (month for month in carbon.values if month in heat.values):
            pair = (heat.entries[month], carbon.entries[month])
            try:
                warm = convert(pair[0].value, pair[0].unit_of, "GJ/t")
                share = float(warm * convert(pair[1].value, pair[1].unit_of, "tC/GJ"))
            except (UnitMismatch, UnknownUnit):  # a gas, or carbon stated for its mass
                continue
            if share > most:
                facts = [each.fact for each in pair]
                yield check.found(
                    unit,
                    month,
                    item,
                    "",
                    facts,
                    what=name,
                    share=f"{shown(share)} t",
                    low="0",
                    high=f"{most:g} t",
                )


def _names(case: Case, units: Iterable[str]) -> Text:
    names = [case.organisation.nodes[unit].name for unit in units]
    return Text("、".join(each.zh for each in names), ", ".join(each.en for each in names))
