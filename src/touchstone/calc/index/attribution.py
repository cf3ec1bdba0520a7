"""Attribution: why the index stands where it stands, from contributions only.

A driver is named for what it adds in points, never for how far it moved: what has no weight drives nothing.
"""

from dataclasses import dataclass
from decimal import Decimal

from touchstone.calc.index.bands import band_at, published
from touchstone.calc.index.growth_cycle import Phase, phase
from touchstone.calc.index.index import Index
from touchstone.calc.index.recipe import Band, Recipe
from touchstone.facts.period import period_before, year_before


@dataclass(frozen=True, slots=True)
class Driver:
    """An indicator and what it adds.

    Attributes:
        indicator, sector: keys.
        move: simple rate of change in percent where the indicator moves by rates, else the change in its unit.
        relative: whether `move` is in percent.
        points: contribution to the level.
        cut: whether the move was cut off before it was weighed.
        facts: ids the move stands on.
    """

    indicator: str
    sector: str
    move: float
    relative: bool
    points: float
    cut: bool
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One period of an index, and what made it.

    Attributes:
        period: its code; `before` and `year_ago` those it is compared with.
        level: as published, rounded by the recipe; `change` against `before`, as published; None where there is no level before.
        a_year_ago: the level of a year ago, None where there is none.
        band: see `Recipe`; `low` and `high` its limits, None where it is open.
        up, down: the drivers that add and take most, the largest first.
        sectors: key and points of each sector, in the order of the recipe.
        external, internal: points of both groups of indicators.
        trend: points the trend adjustment adds.
        rising: percent of indicators strictly up; `rising_a_year_ago` in the same period of last year, None where unknown.
        absent: keys of indicators without a move.
        facts: ids that all of it stands on.
        phase: of the growth-cycle form: expansion, downturn, slowdown or recovery; "" in other forms, or without a level before.
    """

    period: str
    before: str
    year_ago: str
    level: Decimal
    change: Decimal | None
    a_year_ago: Decimal | None
    band: Band
    low: float | None
    high: float | None
    up: tuple[Driver, ...]
    down: tuple[Driver, ...]
    sectors: tuple[tuple[str, float], ...]
    external: float
    internal: float
    trend: float
    rising: float
    rising_a_year_ago: float | None
    absent: tuple[str, ...]
    facts: tuple[str, ...]
    phase: Phase = ""


def attribution(recipe: Recipe, index: Index, period: str, most: int = 4) -> Attribution:
    """What made the level of a period; `most` drivers each way.

    Raises:
        ValueError: the index has no level of this period.
    """
    row = index.row(period) if period in index.periods else -1
    if row < 0 or index.levels[row] != index.levels[row]:
        raise ValueError(f"{index.recipe} has no level of {period}")
    drivers = _drivers(recipe, index, row)
    level, earlier, last_year = (
        _level(recipe, index, p) for p in (period, period_before(period), year_before(period))
    )
    assert level is not None
    place = [band.key for band in recipe.bands.bands].index(index.bands[row])
    limits = (None, *recipe.bands.limits, None)
    external = sum(d.points for d in drivers if recipe.indicator(d.indicator).external)
    breadth = _breadth(index, year_before(period))
    return Attribution(
        period=period,
        before=period_before(period),
        year_ago=year_before(period),
        level=level,
        change=None if earlier is None else level - earlier,
        a_year_ago=last_year,
        band=band_at(recipe, float(level)),
        low=limits[place],
        high=limits[place + 1],
        up=tuple(d for d in drivers if d.points > 0)[:most],
        down=tuple(d for d in reversed(drivers) if d.points < 0)[:most],
        sectors=tuple((key, float(p)) for key, p in zip(index.sectors, index.by_sector[row], strict=True)),
        external=external,
        internal=sum(d.points for d in drivers) - external,
        trend=float(index.trends[row]),
        rising=float(index.breadth.rising[row]),
        rising_a_year_ago=breadth,
        absent=index.absent(period),
        facts=tuple(dict.fromkeys(fact for driver in drivers for fact in driver.facts)),
        phase=phase(index.at(period), index.at(period_before(period)))
        if recipe.form == "growth_cycle"
        else "",
    )


def simple(symmetric: float) -> float:
    """The simple rate of change in percent of a symmetric one.

    >>> round(simple(40), 6)
    50.0
    """
    return 100 * ((200 + symmetric) / (200 - symmetric) - 1)


def _drivers(recipe: Recipe, index: Index, row: int) -> list[Driver]:
    """All indicators that are there, from what adds most to what takes most."""
    found = []
    for column, indicator in enumerate(recipe.indicators):
        move = indicator.sign * float(index.moved[row, column])
        if move != move:
            continue
        relative = indicator.kind == "level"
        found.append(
            Driver(
                indicator.key,
                indicator.sector,
                simple(move) if relative else move,
                relative,
                float(index.contributions[row, column]),
                bool(index.cut[row, column]),
                index.facts[row][column],
            )
        )
    return sorted(found, key=lambda driver: -driver.points)


def _level(recipe: Recipe, index: Index, period: str) -> Decimal | None:
    level = index.at(period)
    return published(recipe, level) if level == level else None


def _breadth(index: Index, period: str) -> float | None:
    if period not in index.periods:
        return None
    rising = float(index.breadth.rising[index.row(period)])
    return rising if rising == rising else None
