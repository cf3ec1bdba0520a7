"""Printed figures as numbers of a workbook."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.publish.format import number
from touchstone.publish.report.numeric import numeric


@pytest.mark.parametrize(
    ("printed", "value", "form"),
    [
        ("6.55", 6.55, "0.00"),
        ("74.0", 74.0, "0.0"),
        ("42,500", 42500.0, "#,##0"),
        ("+1.50", 1.5, '"+"0.00'),
        ("−0.25", -0.25, '"−"0.00;"−"0.00'),
        ("▼3", -3.0, '"▼"0;"▼"0'),
        ("2.5%", 0.025, "0.0%"),
        ("0", 0.0, "0"),
    ],
)
def test_a_figure_keeps_its_value_and_the_digits_printed(printed: str, value: float, form: str) -> None:
    assert numeric(printed) == (value, form)


@pytest.mark.parametrize(
    "printed", ["90-110", "—", "", "约620", "1,23", "007", "1e5", "=1", "12345678901234567", "½"]
)
def test_what_is_no_single_number_stays_text(printed: str) -> None:
    assert numeric(printed) is None


def test_the_mark_of_a_note_is_shown_and_not_counted() -> None:
    assert numeric("+1.50", "①") == (1.5, '"+"0.00"①"')
    assert numeric("2", '"x') == (2.0, '0\\""x"')


@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=3), st.sampled_from(["zh", "en"]), st.booleans()
)
def test_whatever_the_formatter_writes_is_a_number_again(value: Decimal, lang: str, signed: bool) -> None:
    found = numeric(number(value, lang, signed=signed))
    assert found
    assert found[0] == float(value)
