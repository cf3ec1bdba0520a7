"""The measures that rules read, by key: which series each needs, and how its value is written.

Every value at t is of data up to t. Sources: "warning.<key>" in data/methods/warning.toml.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from touchstone.calc.warning.anomaly import ipa, residual, spikes
from touchstone.calc.warning.extremes import Extremes, nexq
from touchstone.calc.warning.history import season_of
from touchstone.calc.warning.rule import Rule
from touchstone.facts.period import span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

YEAR = {"D": 250, "W": 52, "M": 12, "Q": 4, "A": 1}
"""Periods of a year; of days, those on which a market is open."""
FLOWS = ("output", "import", "export", "use")
"""Roles that are quantities of one unit, added to each other."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What a measure reads: the series of its roles over the same periods.

    Attributes:
        periods: T period codes.
        values: by role, (T,), nan where nothing was published.
    """

    frequency: str
    periods: tuple[str, ...]
    values: "Mapping[str, NDArray[np.float64]]"

    def seasons(self) -> "NDArray[np.int64]":
        """The calendar month each period begins in: (T,)."""
        import numpy as np

        return np.array([season_of(period) for period in self.periods], dtype=np.int64)

    def days(self) -> "NDArray[np.float64]":
        """Days of each period: (T,)."""
        import numpy as np

        return np.array([(end - start).days + 1.0 for start, end in map(span, self.periods)])

    def apparent(self) -> "NDArray[np.float64]":
        """Output and imports less exports; nan where that is not above zero, for it is divided by."""
        import numpy as np

        total = self.values["output"] + self.values["import"] - self.values["export"]
        return np.where(total > 0, total, np.nan)


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure.

    Attributes:
        roles: the series it needs.
        frequencies: at which it has a sense.
        form: how its value is written: percent, days, ratio, z.
        compute: from the sample and the rule to (T,) values.
    """

    roles: tuple[str, ...]
    frequencies: str
    form: str
    compute: "Callable[[Sample, Rule], NDArray[np.float64]]"


def _change(role: str, given: Sample, rule: Rule) -> "NDArray[np.float64]":
    """The change over `span` periods as a share of the value before."""
    return _since(given.values[role], int(rule.given("span", 1)))


def _since(values: "NDArray[np.float64]", periods: int) -> "NDArray[np.float64]":
    import numpy as np

    found = np.full(len(values), np.nan)
    before = values[:-periods]
    found[periods:] = np.where(before > 0, values[periods:] / np.where(before > 0, before, 1) - 1, np.nan)
    return found


def _inventory_days(given: Sample, rule: Rule) -> "NDArray[np.float64]":
    """For how many days the stocks at the end of a period would last at its apparent use."""
    return given.values["stock"] / (given.apparent() / given.days())


def _balance(given: Sample, rule: Rule) -> "NDArray[np.float64]":
    import numpy as np

    use = given.values["use"]
    return given.apparent() / np.where(use > 0, use, np.nan) - 1


def _import_dependence(given: Sample, rule: Rule) -> "NDArray[np.float64]":
    return (given.values["import"] - given.values["export"]) / given.apparent()


def _apparent_use(given: Sample, rule: Rule) -> "NDArray[np.float64]":
    """The change of apparent use on the same period a year earlier."""
    return _since(given.apparent(), YEAR[given.frequency])


def _level(role: str, given: Sample, rule: Rule) -> "NDArray[np.float64]":
    return given.values[role]


def _margin(given: Sample, rule: Rule) -> "NDArray[np.float64]":
    """The price over the price of what it is made from, each in its own unit: a ratio to compare with its own past only."""
    return given.values["price"] / given.values["cost"]


def _ipa(given: Sample, rule: Rule) -> "NDArray[np.float64]":
    share, years = rule.given("share", 0.4), int(rule.given("years", 5))
    return ipa(given.values["price"], given.seasons(), YEAR[given.frequency], share, years)


def _residual(given: Sample, rule: Rule) -> "NDArray[np.float64]":
    return residual(given.values["price"], given.seasons(), int(rule.given("window", 60)))


def _spike(given: Sample, rule: Rule) -> "NDArray[np.float64]":
    return spikes(given.values["price"], int(rule.given("window", 24)))


def _nexq(given: Sample, rule: Rule) -> "NDArray[np.float64]":
    how = Extremes(
        rule.given("share", 0.05), int(rule.given("days", 60)), int(rule.given("least", 250)),
        int(rule.given("window", 1000)), int(rule.given("refit", 20)), rule.given("tail", 0.10),
    )  # fmt: skip
    return nexq(given.values["price"], how)


_TRADE = ("output", "import", "export")

MEASURES: dict[str, Measure] = {
    "inventory_days": Measure(("stock", *_TRADE), "WMQA", "days", _inventory_days),
    "stock_change": Measure(("stock",), "DWMQA", "percent", partial(_change, "stock")),
    "balance": Measure((*_TRADE, "use"), "WMQA", "percent", _balance),
    "utilisation": Measure(("utilisation",), "WMQA", "level", partial(_level, "utilisation")),
    "import_dependence": Measure(_TRADE, "WMQA", "percent", _import_dependence),
    "apparent_use": Measure(_TRADE, "WMQA", "percent", _apparent_use),
    "margin": Measure(("price", "cost"), "DWMQA", "ratio", _margin),
    "price_change": Measure(("price",), "DWMQA", "percent", partial(_change, "price")),
    "ipa": Measure(("price",), "MQ", "z", _ipa),
    "residual": Measure(("price",), "MQ", "z", _residual),
    "spike": Measure(("price",), "DWMQ", "z", _spike),
    "nexq": Measure(("price",), "D", "z", _nexq),
    "ratio": Measure(("ratio",), "DWMQA", "ratio", partial(_level, "ratio")),
}
"""All measures by key."""


def written(value: float, form: str) -> str:
    """A value of a measure as it stands in a sentence.

    >>> written(0.1234, "percent"), written(-1.5, "z"), written(8.7, "ratio"), written(21.4, "days")
    ('+12.3 %', '-1.50', '8.7', '21.4')
    """
    match form:
        case "percent":
            return f"{100 * value:+.1f} %"
        case "z":
            return f"{value:+.2f}"
        case "days":
            return f"{value:.1f}"
        case _:
            return f"{value:.4g}"
