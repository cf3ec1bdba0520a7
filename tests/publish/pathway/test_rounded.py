"""A table that is shown rounded still adds up, row by row, column by column and as a whole."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from touchstone.publish.pathway.pen import alike
from touchstone.publish.pathway.rounded import rounded


@given(
    arrays(float, st.tuples(st.integers(1, 9), st.integers(1, 6)), elements=st.floats(-1e6, 1e6)),
    st.floats(0, 1e7),
)
def test_rows_columns_and_the_whole_are_the_sums_of_what_is_shown(cells: np.ndarray, before: float) -> None:
    after = before + cells.sum()
    shown = rounded(cells, before, after)
    most = max(before, abs(after))
    unit = 10.0 ** -min(max(0, 3 - int(np.floor(np.log10(most))) if most else 3), 12)
    assert np.allclose(shown.sum(), round(after / unit) * unit - round(before / unit) * unit, atol=unit / 10)
    assert (abs(shown.sum(0) - cells.sum(0)) <= unit * (1.01 + len(cells.T))).all()
    assert (abs(shown.sum(1) - cells.sum(1)) <= unit * (1.01 + len(cells))).all()
    assert np.allclose(shown / unit, np.rint(shown / unit), atol=1e-3)


def test_what_is_below_the_last_digit_is_nothing() -> None:
    cells = np.array([[1.3e-11, 1200.2, -6e-12], [-1.3e-11, -800.1, 0.0]])
    assert rounded(cells, 1_318_702.0, 1_319_102.1).tolist() == [[0, 1200, 0], [0, -800, 0]]


def test_costs_that_stand_together_have_the_same_decimals() -> None:
    """239 beside 196.1 reads as if one were known less well; what is nothing has no sign, and no number is too large to be written."""
    assert alike([196.14, 238.98, 239.0], "zh") == ["196.1", "239.0", "239.0"]
    assert alike([2602.684, 60.7645, 6.53569, -1e-9], "en", 6) == ["2,602.68", "60.76", "6.54", "0.00"]
    assert alike([1e30, 5], "en")[1] == "5" and alike([], "en") == []
