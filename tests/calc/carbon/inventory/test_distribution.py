"""Every distribution that may be declared is drawn as what it is, and one that there is not is refused."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from touchstone.calc.carbon.factors.factor_file import DISTRIBUTIONS
from touchstone.calc.carbon.factors.library import Library, library
from touchstone.calc.carbon.inventory.distribution import KINDS, deviation, drawable, kind_of, shaped
from touchstone.calc.carbon.inventory.doubted import doubted
from touchstone.calc.carbon.inventory.uncertainty import stream
from touchstone.errors import UnusableDeclaration

from .works import account, group, year

ERRORS = stream(200_000, 7, "a factor")


def drawn(value: float, low: float, high: float, stated: str, share: bool = False) -> np.ndarray:
    return shaped(value, low, high, kind_of(value, low, high, stated, share), ERRORS)


def test_a_uniform_stays_between_its_ends_and_is_as_likely_everywhere() -> None:
    found = drawn(1.0, 0.8, 1.2, "uniform")
    assert (found.min(), found.max()) == pytest.approx((0.8, 1.2), abs=1e-4)
    assert np.quantile(found, (0.25, 0.75)) == pytest.approx((0.9, 1.1), abs=2e-3)


def test_a_triangular_stays_between_its_ends_and_is_likeliest_at_its_value() -> None:
    found = drawn(1.0, 0.8, 1.6, "triangular")
    assert found.min() >= 0.8 and found.max() <= 1.6
    assert found.mean() == pytest.approx((0.8 + 1.0 + 1.6) / 3, rel=2e-3)
    counts, ends = np.histogram(found, 40)
    assert ends[counts.argmax()] == pytest.approx(1.0, abs=0.05)


def test_a_beta_is_a_share_with_the_mean_and_the_width_that_are_stated() -> None:
    found = drawn(0.02, 0.005, 0.035, "beta", share=True)
    assert found.min() > 0 and found.max() < 1
    assert (found.mean(), found.std()) == pytest.approx((0.02, 0.03 / 2 / 1.96), rel=0.01)
    assert not np.allclose(found, drawn(0.02, 0.005, 0.035, "truncated-normal", share=True)), (
        "and no truncated normal"
    )


def test_a_truncated_normal_ends_at_nothing_and_at_the_whole_of_a_share() -> None:
    assert (
        drawn(1.0, -0.5, 2.5, "truncated-normal").min() >= 0
        and drawn(1.0, -0.5, 2.5, "truncated-normal").max() > 2
    )
    shares = drawn(0.9, 0.7, 1.1, "truncated-normal", share=True)
    assert shares.min() >= 0 and shares.max() <= 1


@pytest.mark.parametrize(("value", "low", "high"), [(0.4, 0.004, 1.92), (26.6, 22.6, 31.3)])
def test_a_range_that_reaches_further_up_is_drawn_to_its_own_ends(
    value: float, low: float, high: float
) -> None:
    assert np.quantile(drawn(value, low, high, ""), (0.025, 0.975)) == pytest.approx((low, high), rel=0.03)


@pytest.mark.parametrize("stated", DISTRIBUTIONS)
def test_every_distribution_that_may_be_declared_is_drawn_as_wide_as_approach_1_takes_it(stated: str) -> None:
    kind = kind_of(0.5, 0.45, 0.55, stated, share=True)
    assert kind in KINDS and drawable(0.5, 0.45, 0.55, kind)
    assert shaped(0.5, 0.45, 0.55, kind, ERRORS).std() == pytest.approx(
        deviation(0.5, 0.45, 0.55, kind), rel=0.02
    )


@pytest.mark.parametrize(
    ("stated", "low", "high"),
    [("lognormal", "0", "50"), ("uniform", "21", "30"), ("triangular", "10", "19"), ("beta", "19", "22")],
)
def test_what_cannot_be_drawn_is_refused_with_the_factor(stated: str, low: str, high: str) -> None:
    shipped = library().get("ncv.anthracite@cn-ndrc-2013-al")
    own = replace(shipped, low=Decimal(low), high=Decimal(high), distribution=stated)
    known = Library([own if each is shipped else each for each in library().factors], library().documents)
    with pytest.raises(UnusableDeclaration, match="INVENTORY-005") as caught:
        doubted(account(group(), year(2023, ("anthracite", 100, "t")), known, year="2023"), 100)
    assert caught.value.where == shipped.id and stated in caught.value.found and caught.value.zh
