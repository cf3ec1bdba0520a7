"""An inventory held open: a revised factor or a resubmitted enterprise changes the lines it touches, and the sums by the difference.

Every line keeps its grams as a whole number, so what is subtracted is exactly what was added, and the sums after any
revision are those of a new run, bit by bit.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from touchstone.calc.carbon.scale.enterprises import places, sorted_once
from touchstone.calc.carbon.scale.factors import Factors, Index
from touchstone.calc.carbon.scale.unweighed import (
    GRAMS,
    LARGEST,
    MOST,
    no_number,
    not_there,
    too_much,
    unfit,
    unknown_enterprises,
    unweighed,
)

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

_VIEWS = ("sector", "province", "group_")


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines, sorted by enterprise: parallel columns of one length.

    Attributes:
        cell: row of the line's enterprise and month among the cells.
        factor: row of its factor.
        mass: grams.
    """

    item: "NDArray[np.int32]"
    month: "NDArray[np.int32]"
    region: "NDArray[np.int32]"
    amount: "NDArray[np.float64]"
    cell: "NDArray[np.int32]"
    factor: "NDArray[np.int32]"
    mass: "NDArray[np.int64]"


class Cube:
    """The lines of an inventory and their sums.

    Args:
        activity, factor, enterprise: tables with the columns of `rollup.COLUMNS`; a line's pair of enterprise and month may
            occur often.

    Raises:
        UnusableInventory: INVENTORY-102, -103, -106 and -107, as `roll_up`.
    """

    def __init__(self, activity: "pa.Table", factor: "pa.Table", enterprise: "pa.Table") -> None:
        import numpy as np

        self._enterprises, order = sorted_once(enterprise, _VIEWS)
        self._keys = {view: enterprise.column(view).to_numpy()[order] for view in _VIEWS}
        self._factors = Factors(factor, activity.column("month").to_numpy())
        self._months = self._factors.months
        columns = {
            name: activity.column(name).to_numpy()
            for name in ("enterprise", "month", "item", "region", "amount")
        }
        who, known = places(self._enterprises, columns["enterprise"])
        if not known.all():
            raise unknown_enterprises(np.unique(columns["enterprise"][~known])[:5].tolist())
        sort = np.argsort(who, kind="stable")
        self._back = np.argsort(sort, kind="stable").astype(np.int32)
        self._lines = self._made(who[sort], {name: values[sort] for name, values in columns.items()})
        self._starts = np.searchsorted(who[sort], np.arange(len(self._enterprises) + 1))
        self._cells = self._added(self._lines)
        self._index = Index(self._lines.factor, len(self._factors.value))
        self._sum()

    # --- what is asked

    def cells(self) -> "NDArray[np.int64]":
        """Grams by enterprise and month, shape (enterprises, months)."""
        return self._cells.reshape(len(self._enterprises), len(self._months)).copy()

    def by(self, view: str) -> Mapping[int, int]:
        """Grams by sector, province, group_, enterprise or month."""
        keys, sums = self._sums[view]
        return dict(zip(keys.tolist(), sums.tolist(), strict=True))

    @property
    def total(self) -> int:
        """Grams of all."""
        return int(self._sums["month"][1].sum())

    def factor_rows(self) -> "NDArray[np.int32]":
        """The row of the factor that weighs each line, in the order the lines were given."""
        return self._lines.factor[self._back].copy()

    # --- what is changed

    def revise(self, factor: int, value: float) -> int:
        """Another value of a factor; how many lines it touched.

        Raises:
            UnusableInventory: INVENTORY-104, there is no such factor; INVENTORY-106, the value is no number, or gives a line
                or all of them more mass than can be added up. Nothing is changed then.
        """
        import numpy as np

        row = self._factors.row(factor)
        if not np.isfinite(value):
            raise no_number("factor", f"{factor}: {value}")
        touched = self._index.of(row)
        self._weigh(touched, self._lines.amount[touched], np.full(len(touched), value))
        self._factors.value[row] = value
        return len(touched)

    def resubmit(self, enterprise: int, amounts: "NDArray[np.float64]") -> int:
        """Other amounts of all lines of an enterprise, in the order they were given; how many.

        Raises:
            UnusableInventory: INVENTORY-104, there is no such enterprise, or it has another number of lines; INVENTORY-106, an
                amount is no number, or more than can be added up. Nothing is changed then.
        """
        import numpy as np

        [row], [known] = places(self._enterprises, np.array([enterprise]))
        if not known:
            raise not_there("enterprise", enterprise)
        part = np.arange(int(self._starts[row]), int(self._starts[row + 1]))
        if len(part) != len(amounts):
            raise not_there("enterprise", f"{enterprise}: {len(amounts)} amounts for {len(part)} lines")
        self._weigh(part, amounts, self._factors.value[self._lines.factor[part]])
        self._lines.amount[part] = amounts
        return len(amounts)

    # --- how

    def _weigh(
        self, rows: "NDArray[Any]", amount: "NDArray[np.float64]", value: "NDArray[np.float64]"
    ) -> None:
        """Give lines another mass and the sums its difference, or raise and change nothing."""

        lines = self._lines
        cell, old = lines.cell[rows], lines.mass[rows]
        new = _masses(amount, value, lambda bad: self._names(rows[bad]))
        size = self._size + _size(new) - _size(old)
        if size >= MOST:
            raise too_much(size)
        self._differ(cell, new - old)
        lines.mass[rows], self._size = new, size

    def _names(self, rows: "NDArray[Any]") -> "tuple[NDArray[Any], ...]":
        """Enterprise, month, item and region of lines."""
        import numpy as np

        lines = self._lines
        who, month = np.divmod(lines.cell[rows], max(len(self._months), 1))
        return self._enterprises[who], self._months[month], lines.item[rows], lines.region[rows]

    def _made(self, who: "NDArray[np.int64]", given: "dict[str, NDArray[Any]]") -> _Lines:
        import numpy as np

        item, month, region = (given[name].astype(np.int32) for name in ("item", "month", "region"))
        amount = given["amount"].astype(np.float64)
        factor = self._factors.of(item, region, month)
        if (bad := (factor < 0) | np.isnan(amount)).any():
            first = np.flatnonzero(bad)[:5]
            rows = [(given["enterprise"][i], month[i], item[i], region[i], amount[i]) for i in first]
            raise unweighed(rows, int(bad.sum()))
        cell = (who * len(self._months) + (month - self._months[0])).astype(np.int32)
        names = (given["enterprise"], month, item, region)
        mass = _masses(
            amount, self._factors.value[factor], lambda bad: tuple(column[bad] for column in names)
        )
        self._size = _size(mass)
        if self._size >= MOST:
            raise too_much(self._size)
        return _Lines(item, month, region, amount, cell, factor, mass)

    def _added(self, lines: _Lines) -> "NDArray[np.int64]":
        import numpy as np

        sums = np.zeros(len(self._enterprises) * len(self._months), np.int64)
        np.add.at(sums, lines.cell, lines.mass)
        return sums

    def _sum(self) -> None:
        import numpy as np

        cells = self._cells.reshape(len(self._enterprises), len(self._months))
        each = cells.sum(axis=1)
        self._sums = {"enterprise": (self._enterprises, each), "month": (self._months, cells.sum(axis=0))}
        self._place: dict[str, NDArray[np.intp]] = {}
        for view in _VIEWS:
            keys, place = np.unique(self._keys[view], return_inverse=True)
            sums = np.zeros(len(keys), np.int64)
            np.add.at(sums, place, each)
            self._sums[view], self._place[view] = (keys, sums), place

    def _differ(self, cell: "NDArray[np.int32]", more: "NDArray[np.int64]") -> None:
        """Add a difference to the cells and to every sum they are in."""
        import numpy as np

        who, month = np.divmod(cell, len(self._months))
        np.add.at(self._cells, cell, more)
        np.add.at(self._sums["enterprise"][1], who, more)
        np.add.at(self._sums["month"][1], month, more)
        for view in _VIEWS:
            np.add.at(self._sums[view][1], self._place[view][who], more)


def _masses(
    amount: "NDArray[np.float64]",
    value: "NDArray[np.float64]",
    names: "Callable[[NDArray[np.intp]], tuple[NDArray[Any], ...]]",
) -> "NDArray[np.int64]":
    """Whole grams of lines, rounded as `statements.Widths.cells` does.

    Args:
        amount, value: of each line and of its factor.
        names: enterprise, month, item and region of some of the lines; asked only for those that are refused.

    Raises:
        UnusableInventory: INVENTORY-106, with the first of them that have no mass that can be added up.
    """
    import numpy as np

    with np.errstate(over="ignore", invalid="ignore"):
        exact = amount * (value * float(GRAMS))
        bad = ~(np.abs(exact) < LARGEST)
    if bad.any():
        first = np.flatnonzero(bad)[:5]
        rows = zip(*names(first), amount[first], value[first], strict=True)
        raise unfit(list(rows), int(bad.sum()))
    return np.floor(exact + 0.5).astype(np.int64)


def _size(mass: "NDArray[np.int64]") -> float:
    """Grams of lines with their signs left out."""
    import numpy as np

    return float(np.abs(mass).sum(dtype=np.float64))
