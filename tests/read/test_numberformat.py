"""Number formats, against what spreadsheets show."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.read.numberformat import shown


@pytest.mark.parametrize(
    ("stored", "code", "text"),
    [
        ("74", "0.0", "74.0"),
        ("0.12300000000000001", "0.00%", "12.30%"),
        ("0.12300000000000001", "General", "0.123"),
        ("1234567.891", "#,##0", "1,234,568"),
        ("-1234.5", "#,##0.00", "-1,234.50"),
        ("-1234.5", "#,##0.00;[Red](#,##0.00)", "(1,234.50)"),
        ("-1234.5", "#,##0.00_);[Red]\\(#,##0.00\\)", "(1,234.50)"),
        ("0", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        ("2.5", "0", "3"),
        ("1.005", "0.00", "1.01"),
        ("12345678", '0.0,,"百万"', "12.3百万"),
        ("95.2", '0.0"万吨"', "95.2万吨"),
        ("1200", "[$¥-804]#,##0.00", "¥1,200.00"),
        ("1.5", "0.###", "1.5"),
        ("1", "#.##", "1"),
        ("0.00001234", "General", "1.234E-05"),
        ("123456789012", "General", "1.23457E+11"),
        ("0.1234567890123", "General", "0.123456789"),
        ("12345", "0.00E+00", "1.23E+04"),
        ("5", "000", "005"),
        ("150", '[>100]"多";[<=100]"少"', "多"),
        ("7", "@", "7"),
        ("44849", "yyyy-mm-dd", "2022-10-15"),
        ("44849", 'yyyy"年"m"月"', "2022年10月"),
        ("44849.5", "yyyy/m/d h:mm", "2022/10/15 12:00"),
        ("1.5", "[h]:mm:ss", "36:00:00"),
        ("44849", "mmm-yy", "Oct-22"),
        ("60", "General", "60"),
        ("text", "0.00", "text"),
        ("1E999", "0.00", "1E999"),
    ],
)
def test_a_value_is_shown_as_the_sheet_shows_it(stored: str, code: str, text: str) -> None:
    assert shown(stored, code) == text


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4), st.integers(0, 6))
def test_fixed_decimals_round_half_up(value: Decimal, places: int) -> None:
    code = "0." + "0" * places if places else "0"
    expected = Decimal(f"{float(value):.15g}").quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert Decimal(shown(str(value), code)) == expected


@given(st.text(max_size=40), st.floats(allow_nan=False, allow_infinity=False))
def test_any_format_gives_some_text(code: str, value: float) -> None:
    assert isinstance(shown(repr(value), code), str)
