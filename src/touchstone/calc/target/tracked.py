"""All targets at once: each with the values that an inventory has or somebody stated, and its progress.

Stated values are rows of a workspace's `pathway/measured.toml`; of one year they go before the inventory's, and say where they are from.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.yearly import yearly
from touchstone.calc.pathway.refusal import UnusablePathway
from touchstone.calc.target.course import Measured, Progress
from touchstone.calc.target.indicator import indicators
from touchstone.calc.target.measured import Measurement, measured
from touchstone.calc.target.progress import progress
from touchstone.calc.target.rows import Cited, Row, each_of, rows
from touchstone.calc.target.target import Target
from touchstone.facts.text import Text


@dataclass(frozen=True, slots=True)
class Series:
    """Values of an indicator that somebody stated: by year, in its unit, for a place and products as of a target."""

    indicator: str
    place: str
    products: tuple[str, ...]
    values: Mapping[int, Fraction]
    cited: Cited
    where: str

    def of(self, target: Target) -> bool:
        """Whether they are what a target is about; a peak is judged by emissions."""
        about = "emissions" if target.indicator == "peak" else target.indicator
        return (self.indicator, self.place) == (about, target.place) and set(self.products) == set(
            target.products
        )


def read_series(
    text: str, file: str = "measured.toml"
) -> tuple[tuple[Series, ...], tuple[UnusablePathway, ...]]:
    """The stated values of a file, and why others could not be read. Raises UnusablePathway: TARGET-001, it is no TOML."""
    kept, refused = each_of(rows(text, file, "measured"), _series)
    return tuple(kept), tuple(refused)


def tracked(
    targets: Iterable[Target], account: Account | None = None, stated: Iterable[Series] = (), place: str = "",
    today: int | None = None,
) -> tuple[Progress, ...]:  # fmt: skip
    """The progress of targets.

    Args:
        account: of all years; it speaks for targets of `place` alone, and for none where `place` is "".
        stated: values by year; today: as of `progress`.

    Raises:
        UnusablePathway: TARGET-008, two stated series give one year different values.
        UnusableDeclaration: INVENTORY-002, as `measured`.
    """
    given, table = tuple(stated), yearly(account) if account and place else None
    found: list[Progress] = []
    for target in targets:
        own = [each for series in given if series.of(target) for each in _measured(series)]
        made = Measurement(target.indicator, ())
        if account and table and target.place == place:
            made = measured(account, target.indicator, target.products, table)
        years = {each.year for each in own}
        found.append(
            progress(
                target, [*own, *(each for each in made.values if each.year not in years)], made.why, today
            )
        )
    return tuple(found)


def _measured(series: Series) -> Iterable[Measured]:
    how = Text(
        f"{series.cited.document} {series.cited.clause}".strip(),
        f"{series.cited.document} {series.cited.clause}".strip(),
    )
    return (Measured(year, value, (), how) for year, value in series.values.items())


def _series(row: Row) -> Series:
    row.only("indicator", "place", "products", "values", "document", "clause", "tag")
    indicator = row.choice("indicator", [each for each in indicators() if each != "peak"])
    values = row.by_year("values", indicators()[indicator].unit)
    return Series(indicator, row.words("place", ""), row.several("products"), values, row.cited(), row.at())
