"""Critical values are those of the tables, and what no table has is not made up."""

import pytest

from touchstone.calc.linkage.critical_values import bounds, rank_critical, rank_probability


@pytest.mark.parametrize(
    ("kind", "case", "free", "published"),
    [
        ("trace", "ci", 4, 54.07904), ("trace", "ci", 3, 35.19275), ("trace", "ci", 2, 20.26184), ("trace", "ci", 1, 9.164546),
        ("largest", "ci", 4, 28.58808), ("largest", "ci", 3, 22.29962), ("largest", "ci", 2, 15.89210),
        ("trace", "co", 4, 47.85613), ("trace", "co", 3, 29.79707), ("trace", "co", 2, 15.49471), ("trace", "co", 1, 3.841466),
        ("largest", "co", 4, 27.58434), ("largest", "co", 2, 14.26460), ("trace", "li", 2, 25.87211), ("trace", "li", 1, 12.51798),
    ],
)  # fmt: skip
def test_doornik_and_mackinnon_haug_michelis_agree_within_one_percent(
    kind: str, case: str, free: int, published: float
) -> None:
    """5 % values of MacKinnon, Haug & Michelis 1999 as EViews prints them (bbs.pinggu.org threads 1391084, 3720524,
    719875)."""
    assert rank_critical(kind, case, free, "doornik-1998")[1] == pytest.approx(published, rel=0.01)  # pyright: ignore


@pytest.mark.parametrize("case", ["ci", "li"])
def test_the_older_table_lies_within_five_percent_of_the_newer(case: str) -> None:
    for kind in ("trace", "largest"):
        for free in range(1, 12):
            old, new = (
                rank_critical(kind, case, free, table) for table in ("osterwald-lenum-1992", "doornik-1998")
            )  # pyright: ignore
            assert old == pytest.approx(new, rel=0.05)


def test_a_critical_value_has_its_own_size() -> None:
    for free in (1, 2, 3, 7):
        for size, value in zip(
            (0.10, 0.05, 0.01), rank_critical("trace", "li", free, "doornik-1998"), strict=True
        ):
            assert rank_probability(value, "trace", "li", free) == pytest.approx(size)


def test_what_no_table_has_is_refused_not_interpolated() -> None:
    with pytest.raises(ValueError, match="Osterwald"):
        rank_critical("trace", "co", 2, "osterwald-lenum-1992")
    with pytest.raises(ValueError, match="tabled"):
        bounds("f", 3, 0.05)
    with pytest.raises(ValueError, match="tabled"):
        bounds("f", 1, 0.2)


def test_the_bounds_are_those_of_pesaran_shin_and_smith() -> None:
    """As Stata's ardl prints them for case 3 (statalist.org, ardl in Stata, page 27)."""
    assert [bounds("f", 1, size) for size in (0.10, 0.05, 0.025, 0.01)] == [(4.04, 4.78), (4.94, 5.73), (5.77, 6.68), (6.84, 7.84)]  # fmt: skip
    assert [bounds("t", 1, size) for size in (0.10, 0.05, 0.025, 0.01)] == [(-2.57, -2.91), (-2.86, -3.22), (-3.13, -3.50), (-3.43, -3.82)]  # fmt: skip
