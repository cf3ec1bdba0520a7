"""Dual control: how much may be emitted (or energy used) in each year, in all and for a tonne, from a base year and a stated path down.

A budget is a row of `pathway/budgets.toml`: stated changes against the base year, in between on a straight line. No official path is shipped.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from touchstone.calc.pathway.refusal import UnusablePathway, refusal
from touchstone.calc.target.course import Measured
from touchstone.calc.target.indicator import Indicator, indicators
from touchstone.calc.target.rows import Cited, Row, each_of, quantity, rows
from touchstone.facts.text import Text

CONTROLLED = ("emissions", "energy", "intensity", "intensity.value", "energy.intensity", "energy.value")
"""Indicators that can have a budget; those of a whole add up over years, intensities do not."""
TOTALS = ("emissions", "energy")
_FIELDS = (
    "key",
    "name",
    "indicator",
    "place",
    "products",
    "base",
    "base_value",
    "change",
    "document",
    "clause",
    "tag",
)


@dataclass(frozen=True, slots=True)
class Path:
    """A way down as somebody stated it.

    Attributes:
        base: year; base_value: in the unit of the indicator, None where the inventory gives it.
        change: against the base year, in %, by year, rising by year.
    """

    key: str
    name: Text
    indicator: str
    place: str
    products: tuple[str, ...]
    base: int
    base_value: Fraction | None
    change: Mapping[int, Fraction]
    cited: Cited
    where: str

    @property
    def about(self) -> Indicator:
        """The indicator itself."""
        return indicators()[self.indicator]


@dataclass(frozen=True, slots=True)
class Limit:
    """What a year may be: value in the unit of the indicator; change in % against the base year; stated, or on the line between years."""

    year: int
    value: Fraction
    change: Fraction
    stated: bool
    written: str


@dataclass(frozen=True, slots=True)
class Budget:
    """A path with its base year known: the limit of every year after it."""

    path: Path
    base: Measured
    limits: tuple[Limit, ...]

    def of(self, year: int) -> Limit | None:
        """The limit of a year, None outside the path."""
        return next((each for each in self.limits if each.year == year), None)


@dataclass(frozen=True, slots=True)
class Year:
    """A year of a budget.

    Attributes:
        limit, used: None where not known; left: limit less used.
        limits, spent, remains: added up from the first year of the path, of a total alone; None from the first year without a value on.
        kept: whether used is within the limit, None where it is not known.
    """

    year: int
    limit: Limit
    used: Measured | None
    left: Fraction | None
    limits: Fraction | None
    spent: Fraction | None
    remains: Fraction | None
    kept: bool | None


@dataclass(frozen=True, slots=True)
class Dual:
    """A year under both controls: kept only if both are; None where one is not known and no other is broken."""

    year: int
    total: Year | None
    intensity: Year | None
    kept: bool | None


def read_paths(text: str, file: str = "budgets.toml") -> tuple[tuple[Path, ...], tuple[UnusablePathway, ...]]:
    """The paths of a file, and why others could not be read. Raises UnusablePathway: TARGET-001, it is no TOML."""
    kept, refused = each_of(rows(text, file, "budget"), _path)
    once: dict[str, Path] = {}
    for each in kept:
        if each.key in once:
            refused.append(refusal("TARGET-023", each.where, found=each.key))
        else:
            once[each.key] = each
    return tuple(once.values()), tuple(refused)


def budget(path: Path, measured: Iterable[Measured] = ()) -> Budget:
    """The limits of a path.

    Args:
        measured: values of its indicator; that of the base year is taken where the path states none itself.

    Raises:
        UnusablePathway: TARGET-020, nothing says what the base year was.
    """
    stated = (
        None
        if path.base_value is None
        else Measured(path.base, path.base_value, (), Text("预算文件写明", "stated in the budget"))
    )
    base = stated or next((each for each in measured if each.year == path.base), None)
    if base is None:
        raise refusal("TARGET-020", path.where, base=path.base)
    marks = {path.base: Fraction(0), **path.change}
    years = range(path.base + 1, max(marks) + 1)
    return Budget(path, base, tuple(_limit(year, base, marks) for year in years))


def _limit(year: int, base: Measured, marks: Mapping[int, Fraction]) -> Limit:
    before = max(each for each in marks if each <= year)
    after = min(each for each in marks if each >= year)
    part = Fraction(year - before, after - before) if after > before else Fraction(0)
    change = marks[before] + (marks[after] - marks[before]) * part
    value = base.value * (1 + change / 100)
    written = f"{float(base.value):.10g} × (1 {'-' if change < 0 else '+'} {float(abs(change)):.6g} %)"
    return Limit(year, value, change, year in marks, written)


def used(given: Budget, measured: Iterable[Measured]) -> tuple[Year, ...]:
    """What was used of each year of a budget, and added up where the indicator adds up."""
    values = {each.year: each for each in measured}
    found: list[Year] = []
    limits, spent = Fraction(0), Fraction(0)
    known = given.path.indicator in TOTALS
    for limit in given.limits:
        own = values.get(limit.year)
        known = known and own is not None
        if known and own:
            limits, spent = limits + limit.value, spent + own.value
        left = limit.value - own.value if own else None
        sums = (limits, spent, limits - spent) if known else (None, None, None)
        found.append(Year(limit.year, limit, own, left, *sums, None if left is None else left >= 0))
    return tuple(found)


def dual(total: Iterable[Year], intensity: Iterable[Year]) -> tuple[Dual, ...]:
    """Both controls side by side, year by year."""
    one, other = ({each.year: each for each in side} for side in (total, intensity))
    return tuple(_both(year, one.get(year), other.get(year)) for year in sorted(one.keys() | other.keys()))


def _both(year: int, total: Year | None, intensity: Year | None) -> Dual:
    kept = [None if each is None else each.kept for each in (total, intensity)]
    verdict = False if False in kept else None if None in kept else True
    return Dual(year, total, intensity, verdict)


def _path(row: Row) -> Path:
    row.only(*_FIELDS)
    indicator = row.choice("indicator", CONTROLLED)
    base = row.year("base")
    change = row.by_year("change", "%")
    for year, value in change.items():
        if year <= base:
            raise refusal(
                "TARGET-004",
                row.at("change"),
                found=year,
                expected=Text(f"晚于基准年{base}的年份", f"a year after the base year {base}"),
            )
        if value < -100:
            raise refusal("TARGET-021", row.at("change"), year=year, found=float(value))
    value = (
        quantity(row.given["base_value"], row.at("base_value"), indicators()[indicator].unit)
        if row.has("base_value")
        else None
    )
    return Path(
        row.words("key"), row.text("name"), indicator, row.words("place", ""), row.several("products"), base, value, change, row.cited(),
        row.at(),
    )  # fmt: skip
