"""The factors of a national inventory: which one weighs a line, and which lines a factor touches."""

from typing import TYPE_CHECKING, Any

from touchstone.calc.carbon.scale.enterprises import places
from touchstone.calc.carbon.scale.unweighed import MONTHS, contested, far_apart, not_there

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray


def common_months(lines: tuple[int, int], factors: tuple[int, int]) -> range:
    """The months that lines and factors have in common, each given by its first and last; the first of the lines where there is none.

    Raises:
        UnusableInventory: INVENTORY-105, they are too many to be months.
    """
    (begin, end), (first, last) = lines, factors
    common = range(max(begin, first), min(end, last) + 1) or range(begin, begin + 1)
    if len(common) > MONTHS:
        raise far_apart(common[0], common[-1])
    return common


class Factors:
    """The factors, found by item, region and month in a table of all three.

    Args:
        given: with the columns of `rollup.COLUMNS`.
        months: of the lines.

    Raises:
        UnusableInventory: INVENTORY-103, two hold at one time; INVENTORY-105, months are too many to be months.
    """

    def __init__(self, given: "pa.Table", months: "NDArray[Any]") -> None:
        import numpy as np

        column = {
            name: given.column(name).to_numpy() for name in ("factor", "item", "region", "first", "last")
        }
        _let_pass_one_at_a_time(column)
        self.value = given.column("value").to_numpy().astype(np.float64, copy=True)
        self._ids = {int(each): row for row, each in enumerate(column["factor"])}
        common = common_months(_ends(months, months), _ends(column["first"], column["last"]))
        self.months = np.array(common)
        self._items, items = np.unique(column["item"], return_inverse=True)
        self._regions, regions = np.unique(column["region"], return_inverse=True)
        self._rows = np.full((len(self._items), len(self._regions), len(self.months)), -1, np.int32)
        begins = np.searchsorted(self.months, column["first"])
        ends = np.searchsorted(self.months, column["last"], side="right")
        for row, (i, r) in enumerate(zip(items, regions, strict=True)):
            self._rows[i, r, begins[row] : ends[row]] = row

    def row(self, factor: int) -> int:
        """Where a factor stands.

        Raises:
            UnusableInventory: INVENTORY-104, there is no such factor.
        """
        if factor not in self._ids:
            raise not_there("factor", factor)
        return self._ids[factor]

    def of(
        self, item: "NDArray[np.int32]", region: "NDArray[np.int32]", month: "NDArray[np.int32]"
    ) -> "NDArray[np.int32]":
        """The row of each line's factor, -1 where none holds."""
        import numpy as np

        i, known_item = places(self._items, item)
        r, known_region = places(self._regions, region)
        m = month - self.months[0]
        known = known_item & known_region & (m >= 0) & (m < len(self.months))
        rows = self._rows[i, r, np.clip(m, 0, len(self.months) - 1)]
        return np.where(known, rows, -1).astype(np.int32)


class Index:
    """Which lines a factor touches: the lines sorted by factor, with where each begins."""

    def __init__(self, factor: "NDArray[np.int32]", count: int) -> None:
        import numpy as np

        self._order = np.argsort(factor, kind="stable").astype(np.int32)
        self._starts = np.zeros(count + 1, np.int64)
        np.cumsum(np.bincount(factor, minlength=count), out=self._starts[1:])

    def of(self, row: int) -> "NDArray[np.int32]":
        """The lines of the factor in a row, in order."""
        return self._order[self._starts[row] : self._starts[row + 1]]


def _ends(first: "NDArray[Any]", last: "NDArray[Any]") -> tuple[int, int]:
    return (int(first.min()), int(last.max())) if len(first) else (0, 0)


def _let_pass_one_at_a_time(column: "dict[str, NDArray[Any]]") -> None:
    """As `statements.CONTESTED`: in the order they begin, none begins before the one ahead of it has ended."""
    import numpy as np

    order = np.lexsort((column["factor"], column["first"], column["region"], column["item"]))
    order = order[column["first"][order] <= column["last"][order]]
    item, region, first, last, factor = (
        column[name][order] for name in ("item", "region", "first", "last", "factor")
    )
    same = (item[1:] == item[:-1]) & (region[1:] == region[:-1])
    if len(rows := np.flatnonzero(same & (last[:-1] >= first[1:]))[:5]):
        raise contested([(item[n], region[n], factor[n], factor[n + 1]) for n in rows.tolist()])
