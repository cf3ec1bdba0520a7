"""What of a case each driver reaches: rows of products, contracts, technologies and projects that its value multiplies."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from touchstone.calc.pathway.case import Bools, Case, Floats
from touchstone.calc.pathway.chance.driver import Driver, known
from touchstone.calc.pathway.chance.projects import Projects
from touchstone.calc.pathway.refusal import refusal


@dataclass(frozen=True, slots=True)
class Reach:
    """By target: the drivers of it, each with the rows it reaches.

    Attributes:
        rows: target → (index of the driver, mask). A mask is (K,) of demand, recycled, prices of metal and load; (G, C) of power and
            delivery; (N,) of investment; (T,) of saving; (E,) of delay; (1,) of the price of carbon. What is invested in a technology and
            how late it is are of its part alone, whatever is added to it or stands beside it.
        ends: for each driver the index of the last year that is known, the first one at least.
    """

    rows: dict[str, tuple[tuple[int, Bools], ...]]
    ends: tuple[int, ...]

    def factor(self, target: str, values: Sequence[Floats], year: int) -> Floats | None:
        """(*rows, N) of multipliers in a year; None where no driver moves the target."""
        return self._product(target, values, lambda _: year)

    def invested(self, values: Sequence[Floats], year: int) -> Iterator[tuple[slice, Floats]]:
        """Runs of years up to a year, and (N, n) how many times its price counts in that year what was built in them.

        What was built in the first year or in one that is known is paid at its price for ever; none where no driver moves it.
        """
        moved = [driver for driver, _ in self.rows.get("investment", ())]
        begins = 0
        for end in sorted({min(self.ends[driver], year) + 1 for driver in moved} | {year + 1}):
            found = self._product(
                "investment", values, lambda of, at=begins: year if self.ends[of] < at else 0
            )
            if found is not None:
                yield slice(begins, end), found
            begins = end

    def _product(self, target: str, values: Sequence[Floats], at: Callable[[int], int]) -> Floats | None:
        product: Floats | None = None
        for driver, mask in self.rows.get(target, ()):
            value = values[driver]
            each = np.where(mask[..., None], value[:, at(driver) if value.shape[1] > 1 else 0], 1.0)
            product = each if product is None else product * each
        return product

    def delays(self, values: Sequence[Floats], count: int) -> Floats | None:
        """(E, N) years by which each project is late by itself; None where no driver delays any.

        Raises:
            UnusablePathway: CHANCE-019, drawn for fewer projects than there are.
        """
        reached = self.rows.get("delay", ())
        if not reached or not count:
            return None
        found = np.zeros((count, len(values[0])))
        for driver, mask in reached:
            drawn = values[driver].T
            if len(drawn) not in (1, max(count, len(drawn))):
                raise refusal("CHANCE-019", "draws", drawn=len(drawn), count=count)
            found += np.where(mask[:, None], drawn if len(drawn) == 1 else drawn[:count], 0.0)
        return found


def reach(case: Case, drivers: Sequence[Driver], planned: Projects | None = None) -> Reach:
    """What the drivers reach of a case, and of the projects of a plan where there is one.

    Raises:
        UnusablePathway: CHANCE-011, a driver is narrowed to a key the case does not have.
    """
    rows: dict[str, list[tuple[int, Bools]]] = {}
    for index, driver in enumerate(drivers):
        there(case, driver)
        if driver.of == "delay" and planned is None:
            continue
        rows.setdefault(_target(driver.of), []).append((index, _mask(case, driver, planned)))
    ends = (int(np.searchsorted(case.years, known(each, case.years), side="right")) - 1 for each in drivers)
    return Reach({target: tuple(each) for target, each in rows.items()}, tuple(max(end, 0) for end in ends))


def of_technology(case: Case, technology: str | None) -> Bools:
    """(T,): states that are this technology or contain it; a state of several measures is written `process+measure+measure`."""
    return np.array([technology in (None, key, *key.split("+")) for key in case.technologies])


def of_part(case: Case, driver: Driver) -> Bools:
    """(N,): parts that a driver of investment or delay is about."""
    whose = case.group[case.made_of.argmax(1)]
    products = np.array([driver.product in (None, key) for key in case.products])
    return products[whose] & np.array([driver.technology in (None, key) for key in case.parts])


def lost(case: Case, driver: Driver) -> Floats:
    """(3, P, T): MWh, t CO2e and tce of a tonne that come back on a line where nothing of the saving comes true.

    Of a measure, against the same state without it where there is such a state; otherwise against what the line began with. A line that began
    with it has proved it.
    """
    keys = list(case.technologies)
    reached = of_technology(case, driver.technology) & _mask(case, driver, None)
    before = np.tile(case.initial[:, None], (1, len(keys)))
    for state in np.flatnonzero(reached):
        process, *measures = keys[state].split("+")
        if driver.technology in measures:
            without = "+".join((process, *(each for each in measures if each != driver.technology)))
            before[:, state] = keys.index(without) if without in keys else before[:, state]
    proved = (case.initial >= 0) & of_technology(case, driver.technology)[case.initial]
    counts = reached & (before >= 0)
    if driver.technology is not None:
        counts &= ~proved[:, None]
    start = np.maximum(before, 0)
    gaps = [np.take_along_axis(of, start, 1) - of for of in (case.electricity, case.direct, case.energy)]
    return np.where(counts, np.nan_to_num(np.array(gaps)), 0.0)


def _target(of: str) -> str:
    return "power.factor" if of == "grid.factor" else of


def _mask(case: Case, driver: Driver, planned: Projects | None) -> Bools:
    products = np.array([driver.product in (None, key) for key in case.products])
    if driver.of in ("demand", "recycled", "recycled.price", "outside.price", "load"):
        return products
    if driver.of == "carbon.price":
        return np.ones(1, dtype=bool)
    if driver.of == "saving":
        return of_technology(case, driver.technology) & products[case.group]
    if driver.of == "investment":
        return of_part(case, driver)
    if driver.of == "delay":
        assert planned is not None
        lines = np.array([not driver.lines or key in driver.lines for key in case.lines])
        places = np.array([driver.place in (None, place) for _, place in case.supplies])
        added = np.asarray(planned.adds[:, of_part(case, driver)].any(1), dtype=bool)
        whole = np.array([key == driver.technology for key in case.technologies])
        ahead = case.years[planned.year] > known(driver, case.years)
        return (lines & places[case.supply])[planned.line] & (added | whole[planned.after]) & ahead
    supplies = np.array(
        [
            driver.product in (None, product) and driver.place in (None, place)
            for product, place in case.supplies
        ]
    )
    contracts = np.array([driver.contract in (None, key) for key in case.contracts])
    if driver.of == "grid.factor":
        contracts = np.arange(len(case.contracts)) == 0
    return supplies[:, None] & contracts


def there(case: Case, driver: Driver) -> None:
    """Nothing, if the case has what the driver is narrowed to. Raises UnusablePathway: CHANCE-011."""
    # A price is of one part; what comes true of a saving, and how late a project is, may be said of a whole state.
    states = {*case.parts, *(() if driver.of == "investment" else case.technologies)}
    known = {
        "product": case.products,
        "place": tuple(dict.fromkeys(place for _, place in case.supplies)),
        "contract": case.contracts,
        "technology": tuple(sorted(states)),
    }
    for part, keys in known.items():
        if (key := getattr(driver, part)) is not None and key not in keys:
            raise refusal(
                "CHANCE-011", driver.where or f"[{driver.key}]", part=part, found=key, known=", ".join(keys)
            )
    for key in driver.lines:
        if key not in case.lines:
            raise refusal(
                "CHANCE-011",
                driver.where or f"[{driver.key}]",
                part="lines",
                found=key,
                known=", ".join(case.lines[:20]),
            )
