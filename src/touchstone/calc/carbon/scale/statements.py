"""The sums of a national inventory as SQL, in what DuckDB and Spark SQL have in common: both run these very words.

Tables from files: `activity` (enterprise, month, item, region, amount), `factor` (factor, item, region, first, last, value: months
from `first` to `last`, both included), `enterprise` (enterprise, sector, province, group_). Keys are whole numbers from 0, months
one after the other. Tables made here, in this order: `month`, `monthly`, `cell`, `whole`. A line is weighed in whole grams before
it is added, so every sum is one of whole numbers and the same in any order: on one thread, on many, over the partitions of a cluster.
"""

from dataclasses import dataclass

from touchstone.calc.carbon.scale.unweighed import GRAMS, LARGEST

REPEATED = (
    "SELECT enterprise FROM enterprise GROUP BY enterprise HAVING COUNT(*) > 1 ORDER BY enterprise LIMIT 5"
)
"""Enterprises that are in their table twice: all of theirs would count twice."""

KEYS = "SELECT COUNT(*), COUNT(enterprise), COUNT(sector), COUNT(province), COUNT(group_) FROM enterprise"
"""How many rows the table of enterprises has, and how many of them each of its columns."""

BOUNDS = """
SELECT MIN(item) AS item, MAX(item) AS items, MIN(region) AS region, MAX(region) AS regions, MIN({first}) AS month,
       MAX({last}) AS months FROM {table}
"""
"""The least and the largest key of `activity` (first and last: month) and of `factor`."""

CONTESTED = """
SELECT item, region, one, other FROM (
    SELECT item, region, first, factor AS other, LAG(factor) OVER (PARTITION BY item, region ORDER BY first, factor) AS one,
           LAG(last) OVER (PARTITION BY item, region ORDER BY first, factor) AS ended FROM factor WHERE first <= last
) f WHERE ended >= first ORDER BY item, region, one LIMIT 5
"""
"""Factors of one item and region that hold in one month, one beginning before the other has ended: each line would count twice."""

CHECKS = """
SELECT (SELECT COUNT(*) FROM activity) AS lines, COALESCE(SUM(weighed), 0) AS weighed, MAX(size) AS largest, SUM(size) AS size
FROM cell
"""
"""How many lines there are and how many of them have a mass, the largest cell and all of them in grams, signs left out."""

WHOLE = "SELECT enterprise, CAST(SUM(mass) AS BIGINT) AS mass FROM cell GROUP BY enterprise"
"""Grams of an enterprise: the table `whole`."""

UNKNOWN = """
SELECT w.enterprise FROM whole w LEFT JOIN enterprise e ON w.enterprise = e.enterprise
WHERE e.enterprise IS NULL ORDER BY w.enterprise LIMIT 5
"""
"""Enterprises with activity that are not in their table: theirs would be in no sector, province and group."""

CELLS = "SELECT enterprise, month, mass FROM cell ORDER BY enterprise, month"
"""What is given of the cells."""

_MASS = "CAST(a.amount AS DOUBLE) * f.scaled"
"""Grams of a line, not yet whole."""


@dataclass(frozen=True, slots=True)
class Widths:
    """Which months there are, and what makes one whole number of an item, a region and a month.

    The number is what lines and factors are joined on: engines find one key in a table of all there can be faster than three
    by their hashes.

    Attributes:
        common: months that both lines and factors have; at least one, which lines have.
        items, months: how many lines can have, from 0 up.
        wide: the number needs more than 31 bits.
    """

    common: range
    items: int
    months: int
    wide: bool = False

    def month(self) -> str:
        """The months: the table `month`."""
        each = ", ".join(f"({month})" for month in self.common)
        return f"SELECT CAST(m.month AS INTEGER) AS month FROM (VALUES {each}) AS m(month)"

    def slot(self, table: str, month: str) -> str:
        """The number, as SQL."""
        kind = "BIGINT" if self.wide else "INTEGER"
        return (
            f"(CAST({table}.region AS {kind}) * {self.months} + {month}.month) * {self.items} + {table}.item"
        )

    def monthly(self) -> str:
        """The factors, one row for each month they hold in: the table `monthly`."""
        return (
            f"SELECT {self.slot('f', 'm')} AS slot, CAST(f.value AS DOUBLE) * {GRAMS}.0 AS scaled "
            "FROM factor f JOIN month m ON m.month >= f.first AND m.month <= f.last"
        )

    def cells(self) -> str:
        """Grams of an enterprise in a month: the table `cell`.

        A line without a factor or an amount is not among `weighed`. `size` is the grams with their signs left out, and not a number
        where one line is not; it is a floating number, to be held against a limit and not to be told. An engine may refuse to
        add up what does not fit instead.
        """
        return (
            f"SELECT a.enterprise, a.month, CAST(SUM(CAST(FLOOR({_MASS} + 0.5) AS BIGINT)) AS BIGINT) AS mass, "
            f"COUNT({_MASS}) AS weighed, SUM(ABS({_MASS})) AS size "
            f"FROM activity a JOIN monthly f ON {self.slot('a', 'a')} = f.slot GROUP BY a.enterprise, a.month"
        )

    def unweighed(self) -> str:
        """The first lines without a factor or an amount."""
        return (
            "SELECT a.enterprise, a.month, a.item, a.region, a.amount "
            f"FROM activity a LEFT JOIN monthly f ON {self.slot('a', 'a')} = f.slot "
            "WHERE f.scaled IS NULL OR a.amount IS NULL ORDER BY a.enterprise, a.month, a.item LIMIT 5"
        )

    def unfit(self) -> str:
        """The first lines whose mass is no number or too large, and how many there are.

        What is no number is told by its words: the least and the greatest of a Parquet file do not know it, and engines that
        look at these alone pass it over.
        """
        return (
            f"SELECT a.enterprise, a.month, a.item, a.region, a.amount, f.scaled / {GRAMS}.0 AS value, COUNT(*) OVER () AS lines "
            f"FROM activity a JOIN monthly f ON {self.slot('a', 'a')} = f.slot "
            f"WHERE LOWER(CONCAT('', {_MASS})) = 'nan' OR ABS({_MASS}) >= {LARGEST} ORDER BY a.enterprise, a.month, a.item LIMIT 5"
        )

    def size(self) -> str:
        """Grams of all lines, signs left out."""
        return f"SELECT SUM(ABS({_MASS})) FROM activity a JOIN monthly f ON {self.slot('a', 'a')} = f.slot"


def by(column: str) -> str:
    """The sums by a column of `enterprise`, or by month."""
    if column == "enterprise":
        return "SELECT enterprise, mass FROM whole ORDER BY enterprise"
    if column == "month":
        return "SELECT month, CAST(SUM(mass) AS BIGINT) AS mass FROM cell GROUP BY month ORDER BY month"
    return (
        f"SELECT e.{column}, CAST(SUM(w.mass) AS BIGINT) AS mass "
        f"FROM whole w JOIN enterprise e ON w.enterprise = e.enterprise GROUP BY e.{column} ORDER BY e.{column}"
    )
