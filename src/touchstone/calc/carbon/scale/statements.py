"""The sums of a national inventory as SQL, in what DuckDB and Spark SQL have in common.

Tables: `activity` (enterprise, month, item, region, amount), `factor` (factor, item, region, first, last, value: months from
`first` to `last`, both included), `enterprise` (enterprise, sector, province, group_), `month` (month: all that factors hold
in). Keys are whole numbers from 0, months one after the other. A line is weighed in whole grams before it is added, so every sum is one of whole numbers
and the same in any order: on one thread, on many, over the partitions of a cluster.
"""

from dataclasses import dataclass

from touchstone.calc.carbon.scale.unweighed import GRAMS, LARGEST

REPEATED = (
    "SELECT enterprise FROM enterprise GROUP BY enterprise HAVING COUNT(*) > 1 ORDER BY enterprise LIMIT 5"
)
"""Enterprises that are in their table twice: all of theirs would count twice."""

UNKNOWN = """
SELECT DISTINCT c.enterprise FROM cell c LEFT JOIN enterprise e ON c.enterprise = e.enterprise
WHERE e.enterprise IS NULL ORDER BY c.enterprise LIMIT 5
"""
"""Enterprises with activity that are not in their table: theirs would be in no sector, province and group."""

BOUNDS = """
SELECT MIN(item) AS item, MAX(item) AS items, MIN(region) AS region, MAX(region) AS regions, MIN({first}) AS month,
       MAX({last}) AS months FROM {table}
"""
"""The least and the largest key of `activity` (first and last: month) and of `factor`."""

CONTESTED = """
SELECT a.item, a.region, a.factor AS one, b.factor AS other
FROM factor a JOIN factor b ON a.item = b.item AND a.region = b.region AND a.factor < b.factor
     AND a.first <= b.last AND b.first <= a.last
ORDER BY a.item, a.region LIMIT 5
"""
"""Factors of one item and region that hold in one month: each line would count twice."""


@dataclass(frozen=True, slots=True)
class Widths:
    """How many items and months there are: what makes one whole number of an item, a region and a month.

    The number is what lines and factors are joined on: engines find one key in a table of all there can be faster than three
    by their hashes.
    """

    items: int
    months: int
    wide: bool = False

    def slot(self, table: str) -> str:
        """The number, as SQL."""
        kind = "BIGINT" if self.wide else "INTEGER"
        return (
            f"(CAST({table}.region AS {kind}) * {self.months} + {table}.month) * {self.items} + {table}.item"
        )

    def monthly(self) -> str:
        """The factors, one row for each month they hold in."""
        of = self.slot("f").replace("f.month", "m.month")
        return (
            f"SELECT {of} AS slot, f.value * {GRAMS}.0 AS scaled "
            "FROM factor f JOIN month m ON m.month >= f.first AND m.month <= f.last"
        )

    def cells(self) -> str:
        """Grams of an enterprise in a month.

        `weighed` falls short of `lines` where a line has no factor or no amount; `largest`, in grams, is that of the largest
        line, and not a number where one is not. An engine may refuse to cast that line instead.
        """
        return (
            f"WITH monthly AS ({self.monthly()}) "
            "SELECT a.enterprise, a.month, SUM(CAST(FLOOR(a.amount * f.scaled + 0.5) AS BIGINT)) AS mass, "
            "COUNT(*) AS lines, COUNT(a.amount * f.scaled) AS weighed, MAX(ABS(a.amount * f.scaled)) AS largest "
            f"FROM activity a LEFT JOIN monthly f ON {self.slot('a')} = f.slot GROUP BY a.enterprise, a.month"
        )

    def unweighed(self) -> str:
        """The first lines without a factor or an amount."""
        return (
            f"WITH monthly AS ({self.monthly()}) SELECT a.enterprise, a.month, a.item, a.region, a.amount "
            f"FROM activity a LEFT JOIN monthly f ON {self.slot('a')} = f.slot "
            "WHERE f.scaled IS NULL OR a.amount IS NULL ORDER BY a.enterprise, a.month, a.item LIMIT 5"
        )

    def unfit(self) -> str:
        """The first lines whose mass is no number or too large, and how many there are.

        What is no number is told by its words: the least and the greatest of a Parquet file do not know it, and engines that
        look at these alone pass it over.
        """
        return (
            f"WITH monthly AS ({self.monthly()}) "
            "SELECT a.enterprise, a.month, a.item, a.region, a.amount, "
            f"f.scaled / {GRAMS}.0 AS value, COUNT(*) OVER () AS lines "
            f"FROM activity a JOIN monthly f ON {self.slot('a')} = f.slot "
            f"WHERE LOWER(CONCAT('', a.amount * f.scaled)) = 'nan' OR ABS(a.amount * f.scaled) >= {LARGEST} ORDER BY a.enterprise, a.month, a.item LIMIT 5"
        )


def by(column: str) -> str:
    """The sums by a column of `enterprise`, or by month, from the table `cell`."""
    if column in ("enterprise", "month"):
        return f"SELECT {column}, CAST(SUM(mass) AS DECIMAL(38, 0)) AS mass FROM cell GROUP BY {column} ORDER BY {column}"
    return (
        f"SELECT e.{column}, CAST(SUM(c.mass) AS DECIMAL(38, 0)) AS mass "
        f"FROM cell c JOIN enterprise e ON c.enterprise = e.enterprise GROUP BY e.{column} ORDER BY e.{column}"
    )
