"""The balance of a material: what came in, what went out, what is left, and what was used, period by period.

Every value is exact and names the facts it stands on; what cannot be worked out says why, and is never zero.
Source: "monitor.*" in data/methods/monitor.toml.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from touchstone.calc.monitor.balance_table import ITEMS, WORKED_OUT, Declared, Line
from touchstone.calc.monitor.observed import Observed, observed
from touchstone.calc.monitor.rollup import Point, part, roll_up, rule_of, weighted_by
from touchstone.calc.timeseries import clock
from touchstone.facts.fact import Fact
from touchstone.facts.period import period_before, span
from touchstone.facts.text import Text

_NAMES = ITEMS | WORKED_OUT
_FLOWS = (("output", 1), ("import", 1), ("export", -1))
_MEASURE = {
    "apparent_use": "consumption", "apparent_use_gross": "consumption", "use": "consumption",
    "utilisation": "rate", "gap": "stock.change", "margin": "margin", "stock_change": "stock.change",
}  # fmt: skip
"""What an item is rolled up as, where it goes by another name."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One item in one period.

    Attributes:
        item: of `ITEMS` or `WORKED_OUT`; unit: in words, "" where nothing was found.
        point: the value with its rounding, coverage and facts; None where there is none.
        rule: key of the formula it was worked out by; "" for what a source states.
        why: why there is no value; None where there is one.
        verdict: of the gap: `holds`, or `fails` where zero lies outside its rounding; "" elsewhere.
    """

    item: str
    unit: str
    point: Point | None
    rule: str = ""
    why: Text | None = None
    verdict: str = ""

    @property
    def value(self) -> Fraction | None:
        """The value of the whole period; None where there is none."""
        return self.point.value if self.point else None


@dataclass(frozen=True, slots=True)
class Row:
    """One period: a cell for every item."""

    period: str
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Balance:
    """The balance of a material at one frequency, in order of period."""

    material: str
    name: Text
    frequency: str
    rows: tuple[Row, ...]
    source: str


def balance(declared: Declared, facts: Iterable[Fact], published_by: date | None = None) -> Balance:
    """The balance of a material at the frequency it is declared for.

    Args:
        facts: of any series; only what had been published by `published_by` counts.
    """
    known = list(facts)
    lines = {
        item: _at(declared, line, observed(line, known, published_by))
        for item, line in declared.lines.items()
    }
    inputs = [_at(declared, each.line, observed(each.line, known, published_by)) for each in declared.inputs]
    there = [p for item, line in lines.items() if item != "capacity" for p in (*line.points, *line.reasons)]
    periods = clock(min(there, key=span), max(there, key=span)) if there else ()
    return Balance(
        declared.material, declared.name, declared.frequency,
        tuple(Row(period, _cells(declared, lines, inputs, period)) for period in periods), declared.source,
    )  # fmt: skip


def rolled(given: Balance, to: str) -> Balance:
    """The balance at a lower frequency; a period that lacks a part has no value and says which share is there.

    Utilisation is weighted by the capacity of its periods, and has no value where that is not known.
    """
    series = {item: [(row.period, row.cells[item]) for row in given.rows] for item in _NAMES}
    columns = {item: _column(item, cells, series["capacity"], to) for item, cells in series.items()}
    periods = sorted({period for column in columns.values() for period in column}, key=span)
    rows = tuple(
        Row(
            period,
            {item: columns[item].get(period) or _none(item, series[item][-1][1].why) for item in _NAMES},
        )
        for period in periods
    )
    return Balance(given.material, given.name, to, rows, given.source)


def _column(
    item: str, cells: Sequence[tuple[str, Cell]], capacity: Sequence[tuple[str, Cell]], to: str
) -> dict[str, Cell]:
    points = [cell.point for _, cell in cells if cell.point]
    if not points:
        return {}
    rule = rule_of(_MEASURE.get(item, item))
    if rule == "weighted" and not points[0].rule:  # what was weighted before keeps its weight
        known = {period: cell.value for period, cell in capacity if cell.value}
        points = list(weighted_by(points, {period: value for period, value in known.items() if value}))
    unit = next(cell.unit for _, cell in cells if cell.point)
    made = roll_up(points, to, rule)
    return {each.period: _rolled_cell(item, unit, each) for each in made}


def _rolled_cell(item: str, unit: str, point: Point) -> Cell:
    why = None
    if point.value is None:
        there = f"{point.present}/{point.expected}"
        why = Text(f"不完整：只有{there}", f"incomplete: {there} of its parts")
    verdict = _verdict(point) if item == "gap" and point.value is not None else ""
    return Cell(item, unit, point, f"monitor.{point.rule}", why, verdict)


def _at(declared: Declared, line: Line, found: Observed) -> Observed:
    """What was observed, at the frequency of the balance."""
    if line.frequency == declared.frequency or line.item == "capacity" or not found.points:
        return found
    trading = declared.calendar if line.frequency == "D" else None
    made = roll_up(found.points.values(), declared.frequency, rule_of(line.measure), trading)
    return Observed({each.period: each for each in made}, {}, found.why)


def _cells(
    declared: Declared, lines: Mapping[str, Observed], inputs: Sequence[Observed], period: str
) -> dict[str, Cell]:
    cells = {item: _stated(declared, lines, item, period) for item in ITEMS}
    before = _stated(declared, lines, "stock", period_before(period)).point if "stock" in lines else None
    cells["stock_change"] = _stock_change(cells["stock"], before, declared)
    gap = _sum("gap", declared.unit, cells, (*_FLOWS, ("use", -1), ("stock_change", -1)))
    cells["apparent_use"] = _sum("apparent_use", declared.unit, cells, (*_FLOWS, ("stock_change", -1)))
    cells["apparent_use_gross"] = _sum("apparent_use_gross", declared.unit, cells, _FLOWS)
    cells["gap"] = replace(gap, verdict=_verdict(gap.point) if gap.point else "")
    if "utilisation" not in declared.lines:
        cells["utilisation"] = _utilisation(cells, period)
    cells["margin"] = _margin(declared, cells["price"], inputs, period)
    return cells


def _stated(declared: Declared, lines: Mapping[str, Observed], item: str, period: str) -> Cell:
    if item not in lines:
        return _none(
            item, Text(f"没有声明{ITEMS[item].zh}的序列", f"no series of {ITEMS[item].en} is declared")
        )
    line, found = declared.lines[item], lines[item]
    point = _capacity(found, period) if item == "capacity" else found.points.get(period)
    if point is None:
        why = found.reasons.get(period) or found.why or Text("该期没有数值", "no value of the period")
        return _none(item, why, line.unit)
    if point.value is None:
        return _rolled_cell(item, line.unit, point)
    return Cell(item, line.unit, point, f"monitor.{point.rule}" if point.rule else "")


def _capacity(found: Observed, period: str) -> Point | None:
    """The capacity of the year of a period, or of the latest year before that has one: it holds until a new one is stated."""
    until = [each for each in found.points.values() if span(each.period)[0] <= span(period)[1]]
    known = max(until, key=lambda each: span(each.period), default=None)
    return known and part(period, known.so_far or Fraction(0), known.half, known.facts)


def _stock_change(stock: Cell, before: Point | None, declared: Declared) -> Cell:
    rule = "monitor.stock_change"
    if stock.value is None or stock.point is None:
        return Cell("stock_change", declared.unit, None, rule, stock.why)
    if before is None or before.value is None:
        return Cell(
            "stock_change", declared.unit, None, rule, Text("没有期初库存", "no stocks at the beginning")
        )
    point = _made(
        stock.point.period, stock.value - before.value, stock.point.half + before.half, (before, stock.point)
    )
    return Cell("stock_change", declared.unit, point, rule)


def _sum(item: str, unit: str, cells: Mapping[str, Cell], parts: Sequence[tuple[str, int]]) -> Cell:
    """The sum of signed cells; where one is missing, its reason."""
    rule = f"monitor.{item}"
    for name, _ in parts:
        cell = cells[name]
        if cell.value is None:
            why = cell.why or Text("缺", "missing")
            return Cell(
                item, unit, None, rule, Text(f"{_NAMES[name].zh}：{why.zh}", f"{_NAMES[name].en}: {why.en}")
            )
    points = [(cells[name].point, sign) for name, sign in parts]
    value = sum(
        (sign * point.value for point, sign in points if point and point.value is not None), Fraction(0)
    )
    half = sum((point.half for point, _ in points if point), Fraction(0))
    used = [point for point, _ in points if point]
    return Cell(item, unit, _made(used[0].period, value, half, used), rule)


def _utilisation(cells: Mapping[str, Cell], period: str) -> Cell:
    rule = "monitor.utilisation"
    output, capacity = cells["output"], cells["capacity"]
    for cell in (output, capacity):
        if cell.value is None:
            why = cell.why or Text("缺", "missing")
            said = Text(f"{_NAMES[cell.item].zh}：{why.zh}", f"{_NAMES[cell.item].en}: {why.en}")
            return Cell("utilisation", "%", None, rule, said)
    assert output.point and capacity.point and output.value is not None
    if not capacity.value:
        return Cell("utilisation", "%", None, rule, Text("产能为零", "the capacity is zero"))
    start, end = span(period)
    year = (date(start.year + 1, 1, 1) - date(start.year, 1, 1)).days
    scale = Fraction(year, (end - start).days + 1) * 100 / capacity.value
    half = (output.point.half + output.value / capacity.value * capacity.point.half) * scale
    return Cell(
        "utilisation", "%", _made(period, output.value * scale, half, (output.point, capacity.point)), rule
    )


def _margin(declared: Declared, price: Cell, inputs: Sequence[Observed], period: str) -> Cell:
    rule, unit = "monitor.margin", declared.price_unit
    if not inputs:
        return Cell("margin", unit, None, rule, Text("没有声明投入物", "no inputs are declared"))
    if price.value is None or price.point is None:
        return Cell("margin", unit, None, rule, price.why)
    value, half, used = price.value, price.point.half, [price.point]
    for each, found in zip(declared.inputs, inputs, strict=True):
        point, amount = found.points.get(period), Fraction(each.amount)
        if point is None or point.value is None:
            why = found.reasons.get(period) or found.why or Text("该期没有数值", "no value of the period")
            return Cell("margin", unit, None, rule, Text(f"投入物：{why.zh}", f"an input: {why.en}"))
        value, half = value - amount * point.value, half + amount * point.half
        used.append(point)
    return Cell("margin", unit, _made(period, value, half, used), rule)


def _made(period: str, value: Fraction, half: Fraction, points: Iterable[Point]) -> Point:
    return part(period, value, half, tuple(dict.fromkeys(id for point in points for id in point.facts)))


def _verdict(point: Point) -> str:
    return "holds" if abs(point.so_far or Fraction(0)) <= point.half else "fails"


def _none(item: str, why: Text | None, unit: str = "") -> Cell:
    return Cell(item, unit, None, "", why or Text("该期没有数值", "no value of the period"))
