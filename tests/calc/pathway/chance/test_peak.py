"""Peaks: where they are, where they are not, and how sure a chance is."""

import numpy as np
import pytest

from touchstone.calc.pathway.chance.peak import chance, peaks
from touchstone.calc.pathway.pathway import peak

YEARS = np.array([2026, 2027, 2028, 2029, 2030])
EDGES = np.array([0, 1, 2])


@pytest.mark.parametrize(
    ("course", "tolerance", "year", "over", "peaked"),
    [
        ((5, 6, 7, 6, 5), 0, 2028, 2028, True),
        ((7, 6, 5, 4, 3), 0, 2026, 2026, True),
        ((3, 4, 5, 6, 7), 0, 2030, 2030, False),
        ((5, 7, 6, 7, 5), 0, 2027, 2029, True),
        ((7, 5, 5, 5, 7), 0, 2026, 2030, True),
        ((5, 7, 6.95, 6, 5), 0.01, 2027, 2028, True),
        ((6.9, 7, 6.9, 6.8, 6.75), 0.05, 2026, 2030, True),
        ((4, 4, 4, 4, 4), 0, 2026, 2030, True),
    ],
)
def test_the_peak_is_the_first_of_the_highest_years_and_over_after_the_last(
    course, tolerance, year, over, peaked
) -> None:
    found = peaks(np.array([course, course], dtype=float), YEARS, EDGES, tolerance)
    assert found.year.tolist() == [year, year]
    assert found.years[found.end].tolist() == [over, over]
    assert found.peaked.tolist() == [peaked, peaked]
    assert found.height.tolist() == [max(course)] * 2
    assert found.before(over + 1).share == float(peaked)
    assert found.over_before(over + 1).share == float(over < 2030)


@pytest.mark.parametrize("course", [(5, 6, 7, 6, 5), (7, 7, 6, 6, 5), (3, 4, 5, 6, 7), (5, 7, 6, 7, 5)])
def test_a_future_has_the_peak_that_a_pathway_of_the_same_emissions_has(course) -> None:
    found = peaks(np.array([course, course], dtype=float), YEARS, EDGES)
    one = peak(tuple(YEARS.tolist()), np.array(course, dtype=float))
    assert found.year[0] == one.year
    assert found.peaked[0] == (one.state != "last")
    assert found.already.share == float(one.state == "first")


def test_chances_of_all_years_and_of_no_peak_add_up_to_one() -> None:
    rng = np.random.default_rng(1)
    found = peaks(rng.normal(size=(1000, 5)), YEARS, np.arange(0, 1001, 100))
    assert sum(each.share for _, each in found.distribution) + found.not_yet.share == pytest.approx(1)
    assert found.before(2029).share == pytest.approx(sum(each.share for _, each in found.distribution[:3]))
    assert found.before(2050).share == pytest.approx(1 - found.not_yet.share), "no peak is no early peak"
    assert found.already.share == found.distribution[0][1].share
    assert found.before(2026).share == 0


def test_the_standard_error_is_that_of_repeated_runs() -> None:
    rng = np.random.default_rng(2)
    counted = rng.random((400, 1000)) < 0.3
    edges = np.arange(0, 1001, 50)
    told = [chance(row, edges) for row in counted]
    assert np.mean([each.error for each in told]) == pytest.approx(counted.mean(1).std(), rel=0.1)


def test_what_never_happened_in_the_draws_is_not_known_to_be_impossible() -> None:
    never = chance(np.zeros(998, dtype=bool), np.array([0, 499, 998]))
    assert never.share == 0
    assert never.error == pytest.approx(0.001, rel=0.01)
