"""Rows of a linear model, put together by index arithmetic: whole blocks at once, never row by row."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.sparse import coo_array, csc_array

from touchstone.calc.pathway.case import Floats, Ints


@dataclass(slots=True)
class Matrix:
    """Rows as they are added; what a row must hold is `lower` and `upper`."""

    rows: list[Ints] = field(default_factory=list)
    columns: list[Ints] = field(default_factory=list)
    values: list[Floats] = field(default_factory=list)
    lower: list[Floats] = field(default_factory=list)
    upper: list[Floats] = field(default_factory=list)
    count: int = 0

    def block(self, there: Any, lower: Floats | float, upper: Floats | float) -> Ints:
        """New rows where `there`: their numbers in its shape, -1 elsewhere; limits broadcast to it."""
        there = np.asarray(there, bool)
        numbers = np.where(there, np.cumsum(there).reshape(there.shape) - 1 + self.count, -1)
        self.count += int(there.sum())
        for kept, limit in ((self.lower, lower), (self.upper, upper)):
            kept.append(np.broadcast_to(np.asarray(limit, float), there.shape)[there])
        return numbers

    def add(self, rows: Ints, columns: Ints, values: Floats | float) -> None:
        """Coefficients; the three broadcast together, and what has no row, no column or no value is left out."""
        rows, columns, spread = np.broadcast_arrays(rows, columns, np.asarray(values, float))
        kept = (rows >= 0) & (columns >= 0) & (spread != 0)
        self.rows.append(rows[kept])
        self.columns.append(columns[kept])
        self.values.append(spread[kept])

    def compressed(self, width: int) -> tuple[csc_array, Floats, Floats]:
        """(rows, width) by column, and the limits of the rows; coefficients of one place are added up."""
        rows, columns, values = (np.concatenate(each) for each in (self.rows, self.columns, self.values))
        made = csc_array(coo_array((values, (rows, columns)), shape=(self.count, width)))
        made.sort_indices()
        return made, np.concatenate(self.lower), np.concatenate(self.upper)
