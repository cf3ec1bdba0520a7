"""January and February are taken apart and add up again."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.calc.linkage.methods import formula
from touchstone.calc.preparation.first_months import RULES, Evidence, split_first_months
from touchstone.calc.timeseries import TimeSeries, clock
from touchstone.errors import UnusableSeries

from .printed import printed


def pmi(one: str, two: str) -> Evidence:
    return Evidence(
        pmi={month: printed(month, value, "pmi", "") for month, value in (("2020-01", one), ("2020-02", two))}
    )


def structural(seed: int = 3) -> tuple[TimeSeries, dict[str, float]]:
    """Fifteen years of output; January and February of 2020 are hidden."""
    dice = np.random.default_rng(seed)
    months = clock("2006-01", "2020-12")
    t = np.arange(len(months))
    values = (
        100
        + 0.3 * t
        + 12 * np.sin(2 * np.pi * t / 12)
        - 15 * (t % 12 == 1)
        + dice.normal(0, 0.8, len(months))
    )
    truth = dict(zip(months, values.tolist(), strict=True))
    hidden = values.copy()
    hidden[[months.index("2020-01"), months.index("2020-02")]] = np.nan
    return TimeSeries("cu", "M", months, hidden, "万吨", ((),) * len(months)), truth


def test_by_the_ratio_of_pmi_as_the_copper_association_does() -> None:
    combined = printed("2020-01/2020-02", "153.6", "output")
    made = split_first_months(combined, "pmi", pmi("50.0", "35.7"))
    january, february = made.facts
    assert (january.period, february.period) == ("2020-01", "2020-02")
    assert january.value == Decimal("89.6")  # 153.6 x 50.0 / 85.7 = 89.615
    assert january.value + february.value == combined.value
    assert {f.status for f in made.facts} == {"estimated"} and len(january.parents) == 3
    assert made.method == "preparation.split.pmi" and "50.0" in made.flags[0].said.zh


def test_by_days_worked_with_make_up_days() -> None:
    """January 2020: 17 days (24th on off, Sunday the 19th worked); February, as the holiday was prolonged to the 2nd: 20."""
    made = split_first_months(printed("2020-01/2020-02", "370", "output"), "working-days")
    assert [int(f.value) for f in made.facts] == [170, 200]


def test_by_last_years_amounts_per_day_a_leap_day_counts() -> None:
    before = Evidence(
        months={m: printed(m, v, "output") for m, v in (("2019-01", "310"), ("2019-02", "280"))}
    )
    made = split_first_months(printed("2020-01/2020-02", "600", "output"), "last-year", before)
    assert [int(f.value) for f in made.facts] == [310, 290]


def test_by_a_structural_model_the_months_are_near_the_truth() -> None:
    series, truth = structural()
    combined = printed("2020-01/2020-02", f"{truth['2020-01'] + truth['2020-02']:.2f}", "output")
    january, february = split_first_months(combined, "state-space", Evidence(series=series)).facts
    assert january.value + february.value == combined.value
    assert float(january.value) == pytest.approx(truth["2020-01"], abs=2.0)
    assert abs(float(january.value) - float(combined.value) / 2) > 3, "half and half would be no model"


def test_the_structural_model_takes_sums_of_other_years_too() -> None:
    series, truth = structural()
    values = series.values.copy()
    values[[series.periods.index("2019-01"), series.periods.index("2019-02")]] = np.nan
    fewer = TimeSeries("cu", "M", series.periods, values, "万吨", series.facts)
    sums = {
        y: printed(f"{y}-01/{y}-02", f"{truth[f'{y}-01'] + truth[f'{y}-02']:.2f}", "output")
        for y in (2019, 2020)
    }
    [january, _] = split_first_months(
        sums[2020], "state-space", Evidence(series=fewer, combined=(sums[2019],))
    ).facts
    assert float(january.value) == pytest.approx(truth["2020-01"], abs=2.0)
    assert sums[2019].id in january.parents


@given(
    st.decimals(min_value=Decimal("0.1"), max_value=Decimal("99999"), places=3),
    st.integers(0, 3),
    st.decimals(min_value=20, max_value=65, places=1),
    st.decimals(min_value=20, max_value=65, places=1),
)
def test_the_two_months_add_up_to_the_digit(total: Decimal, digits: int, one: Decimal, two: Decimal) -> None:
    printed_total = str(round(total, digits)) if digits else str(int(total) + 1)
    combined = printed("2020-01/2020-02", printed_total, "output")
    before = {m: printed(m, str(v), "output") for m, v in (("2019-01", one), ("2019-02", two))}
    for rule, evidence in (
        ("pmi", pmi(str(one), str(two))),
        ("working-days", None),
        ("last-year", Evidence(months=before)),
    ):
        january, february = split_first_months(combined, rule, evidence).facts
        assert january.value + february.value == combined.value
        assert january.value.as_tuple().exponent == combined.value.as_tuple().exponent


def test_every_rule_has_a_formula() -> None:
    assert all(formula(f"preparation.split.{rule}").name.zh for rule in RULES)


@pytest.mark.parametrize(
    ("period", "rule", "evidence", "code"),
    [
        ("2020-01/2020-02", "half", None, "PREP-004"),
        ("2020-01/2020-03", "pmi", None, "PREP-005"),
        ("2020-02", "pmi", None, "PREP-005"),
        ("2020-01/2020-02", "pmi", None, "PREP-003"),
        ("2020-01/2020-02", "last-year", Evidence(months={}), "PREP-003"),
        ("2005-01/2005-02", "working-days", None, "PREP-003"),
        ("2020-01/2020-02", "state-space", None, "PREP-003"),
        ("2020-01/2020-02", "pmi", pmi("50.0", "-60.0"), "PREP-009"),
    ],
)
def test_what_cannot_be_taken_apart_is_refused_by_name(
    period: str, rule: str, evidence: Evidence | None, code: str
) -> None:
    with pytest.raises(UnusableSeries) as refused:
        split_first_months(printed(period, "153.6", "output"), rule, evidence)
    assert refused.value.code == code and refused.value.zh


def test_a_structural_model_without_years_that_tell_the_months_apart_is_refused() -> None:
    series, _ = structural()
    values = series.values.copy()
    for row, month in enumerate(series.periods):
        if month[5:] in ("01", "02"):
            values[row] = np.nan
    never = TimeSeries("cu", "M", series.periods, values, "万吨", series.facts)
    with pytest.raises(UnusableSeries, match="three years in which January and February stand apart"):
        split_first_months(
            printed("2020-01/2020-02", "200.0", "output"), "state-space", Evidence(series=never)
        )


def test_a_figure_printed_too_coarsely_to_leave_both_months_something_is_flagged() -> None:
    made = split_first_months(printed("2022-01/2022-02", "1", "output"), "working-days")
    assert sorted(f.value for f in made.facts) == [0, 1]
    [flag] = [flag for flag in made.flags if flag.kind == "coarse"]
    assert flag.period == next(f.period for f in made.facts if f.value == 0)
    assert "1 万吨" in flag.said.en and "0.43" in flag.said.zh
    finer = split_first_months(printed("2022-01/2022-02", "1.0", "output"), "working-days")
    assert {flag.kind for flag in finer.flags} == {"estimated"}
