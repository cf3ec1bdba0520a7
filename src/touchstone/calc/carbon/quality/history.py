"""Checks against a series' own past and against its peers: slips of units, outliers, missing months, values that never change."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import exp, log, log10
from statistics import median

from touchstone.calc.carbon.activity import AMOUNT
from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.carbon.quality.case import SCALE, Case, Key, Series, what
from touchstone.calc.carbon.quality.declared import Declared, Finding, declared, shown
from touchstone.facts.period import period_after, period_before
from touchstone.facts.text import Text

_PLAIN = Text("", "")
ELECTRICITY = ("electricity.grid", "electricity.direct", "electricity.own", "electricity.certified")
"""Kinds of supply: plants differ in the mix, so that only the sum compares between them."""


@dataclass(frozen=True, slots=True)
class _Spread:
    """Median of logarithms and their robust standard deviation."""

    middle: float
    deviation: float

    def far(self, value: float, times: float) -> bool:
        """Whether it lies further out than so many deviations."""
        return abs(log(value) - self.middle) > times * self.deviation

    def range(self, times: float) -> tuple[str, str]:
        """What lies within so many deviations, for a sentence."""
        ends = (self.middle - times * self.deviation, self.middle + times * self.deviation)
        return shown(exp(ends[0])), shown(exp(ends[1]))


def unit_kind(case: Case, check: Declared) -> Iterator[Finding]:
    """Months stated in a unit that measures another thing than the rest."""
    for each, unit in case.strangers:
        yield check.found(
            each.unit, each.month, each.item, each.parameter, (each.fact,), what=what(each.item, each.parameter),
            unit=each.unit_of, other=unit,
        )  # fmt: skip


def unit_slip(case: Case, check: Declared) -> Iterator[Finding]:
    """Values that are a power of ten away from their own median."""
    within = log10(check.number("within"))
    for key, series in case.series.items():
        for month, power in _slips(series, check, within):
            value, usual = series.values[month], series.median
            yield check.found(
                key[0], month, key[1], key[2], (series.entries[month].fact,), what=what(key[1], key[2]), value=shown(value),
                unit=series.unit, times=shown(value / usual), low=shown(usual / 10**within), high=shown(usual * 10**within),
                power=power,
            )  # fmt: skip


def _slips(series: Series, check: Declared, within: float) -> Iterator[tuple[str, int]]:
    if len(series.values) < check.parameters["months"]:
        return
    usual = series.median
    for month, value in series.values.items():
        if value > 0 and usual > 0:
            away = log10(value / usual)
            for power in check.parameters["powers"]:
                if abs(abs(away) - power) <= within:
                    yield month, power if away > 0 else -power


def outlier_history(case: Case, check: Declared) -> Iterator[Finding]:
    """Values far from their own median; amounts are divided by the output of their unit first.

    A slip of units is told as such and not again. Where the output itself is off, what is divided by it is not looked at.
    A value that is not divided by anything has to stand alone: lines that start, stop or slow down are no outliers.
    """
    slip = declared()["unit-slip"]
    within = log10(slip.number("within"))
    wrong = {
        unit: {month for month, _ in _slips(made, slip, within)} | set(_outliers(made.values, check, True))
        for unit in case.organisation.nodes
        if (made := case.product(unit))
    }
    for key, series in case.series.items():
        unit, item, parameter = key
        product = case.product(unit)
        divided = parameter == AMOUNT and product is not None and product is not series
        values = _per(series, product) if divided and product else series.values
        skipped = {month for month, _ in _slips(series, slip, within)}
        skipped |= wrong.get(unit, set()) if divided else set()
        found = _outliers(
            {month: value for month, value in values.items() if month not in skipped},
            check,
            parameter == AMOUNT and not divided,
        )
        for month, spread in found.items():
            usual, value = exp(spread.middle), values[month]
            low, high = spread.range(check.number("deviations"))
            yield check.found(
                unit, month, item, parameter, (series.entries[month].fact,), what=what(item, parameter),
                basis=_per_output(case, unit) if divided else _PLAIN, value=shown(value), usual=shown(usual),
                times=shown(value / usual), low=low, high=high,
            )  # fmt: skip


def _outliers(values: Mapping[str, float], check: Declared, alone: bool) -> dict[str, _Spread]:
    given = {month: value for month, value in values.items() if value > 0}
    if len(given) < check.parameters["months"]:
        return {}
    spread = _spread(list(given.values()), check.number("floor"))
    least = log(check.number("ratio"))
    off = {
        month
        for month, value in given.items()
        if spread.far(value, check.number("deviations")) and abs(log(value) - spread.middle) > least
    }
    if alone:
        off = {
            month
            for month in off
            if all(near in given and near not in off for near in (period_before(month), period_after(month)))
        }
    return dict.fromkeys(sorted(off), spread)


def outlier_peers(case: Case, check: Declared) -> Iterator[Finding]:
    """Units whose usual consumption for a tonne, or usual measured property, is far from that of the others of their kind."""
    groups: dict[tuple[str, str, str, str, str], dict[str, float]] = defaultdict(dict)
    for (unit, item, parameter), series in _compared(case).items():
        node, product = case.organisation.nodes.get(unit), case.product(unit)
        if node is None or product is None or product is series:
            continue
        values = _per(series, product) if parameter == AMOUNT else series.values
        given = [value for value in values.values() if value > 0]
        if given:
            groups[node.sector, node.product, item, parameter, series.unit][unit] = median(given)
    for (_, _, item, parameter, _), units in groups.items():
        for unit, value in units.items():
            peers = [each for key, each in units.items() if key != unit]
            if len(peers) + 1 < check.parameters["units"]:
                continue
            spread = _spread(peers, check.number("floor"))
            if abs(log(value) - spread.middle) > log(check.number("ratio")) and spread.far(
                value, check.number("deviations")
            ):
                low, high = spread.range(check.number("deviations"))
                yield check.found(
                    unit, "", item, parameter, _behind(case, (unit, item, parameter)), what=what(item, parameter),
                    basis=_per_output(case, unit) if parameter == AMOUNT else _PLAIN, value=shown(value),
                    usual=shown(exp(spread.middle)), count=len(peers), low=low, high=high,
                )  # fmt: skip


def _compared(case: Case) -> dict[Key, Series]:
    """The series, with the supplies of electricity of each unit added up into that from the grid."""
    found = {key: each for key, each in case.series.items() if key[1] not in ELECTRICITY or key[2] != AMOUNT}
    for unit in case.organisation.nodes:
        parts = [case.series[key] for item in ELECTRICITY if (key := (unit, item, AMOUNT)) in case.series]
        if parts:
            months = sorted({month for part in parts for month in part.values})
            values = {month: sum(part.values.get(month, 0.0) for part in parts) for month in months}
            entries = {month: part.entries[month] for part in parts for month in part.entries}
            found[unit, ELECTRICITY[0], AMOUNT] = Series(parts[0].unit, values, entries)
    return found


def _behind(case: Case, key: Key) -> Iterator[str]:
    """The facts of a series; those of every supply where electricity was added up."""
    unit, item, parameter = key
    together = item == ELECTRICITY[0] and parameter == AMOUNT
    for each in ELECTRICITY if together else (item,):
        if (unit, each, parameter) in case.series:
            yield from (entry.fact for entry in case.series[unit, each, parameter].entries.values())


def missing_month(case: Case, check: Declared) -> Iterator[Finding]:
    """Months of a unit in operation without an item that it has before and after; of its output, months that state anything else."""
    running = {unit: case.running(unit) for unit in {key[0] for key in case.series}}
    stated: dict[str, set[str]] = defaultdict(set)
    for each in case.statements:
        stated[each.unit].add(each.month)
    for (unit, item, parameter), series in case.series.items():
        first, last = min(series.values, default=""), max(series.values, default="")
        there = stated[unit] if series is case.product(unit) else running[unit]
        at_work = sorted(month for month in there if first <= month <= last)
        gone = [month for month in at_work if month not in series.values]
        kept = len(series.values)
        if kept < check.parameters["months"] or kept < check.number("regular") * (kept + len(gone)):
            continue
        for month in gone:
            before = max(each for each in series.values if each < month)
            after = min(each for each in series.values if each > month)
            facts = (series.entries[before].fact, series.entries[after].fact)
            yield check.found(unit, month, item, parameter, facts, what=what(item, parameter))


def never_changes(case: Case, check: Declared) -> Iterator[Finding]:
    """Laboratory values that are the same for a year and more."""
    for (unit, item, parameter), series in case.series.items():
        run: list[str] = []
        for month in [*series.values, ""]:
            same = bool(run and month) and series.values[month] == series.values[run[-1]]
            if not same:
                if len(run) >= check.parameters["months"]:
                    yield check.found(
                        unit, run[0], item, parameter, (series.entries[each].fact for each in run), what=what(item, parameter),
                        first=run[0], count=len(run), value=shown(series.values[run[0]]),
                    )  # fmt: skip
                run = []
            if month and series.entries[month].evidence in check.parameters["evidence"]:
                run.append(month)


def _spread(values: list[float], floor: float) -> _Spread:
    logs = [log(value) for value in values]
    middle = median(logs)
    return _Spread(middle, max(SCALE * median(abs(each - middle) for each in logs), floor))


def _per(series: Series, product: Series) -> dict[str, float]:
    return {
        month: value / product.values[month]
        for month, value in series.values.items()
        if product.values.get(month, 0) > 0
    }


def _per_output(case: Case, unit: str) -> Text:
    name = items()[case.organisation.nodes[unit].product].name
    return Text(f"（按单位{name.zh}计）", f" for a unit of {name.en}")
