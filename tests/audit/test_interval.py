"""Intervals: whatever the printed figures allow is inside the computed interval."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from touchstone.audit.interval import Interval, corners, exactly, total

NUMBERS = st.decimals(min_value=-10_000, max_value=10_000, places=3)
POSITIVE = st.decimals(min_value="0.5", max_value=10_000, places=3)
HALVES = st.sampled_from([Decimal("0.0005"), Decimal("0.05"), Decimal("0.5")])
SHARES = st.decimals(min_value=0, max_value=1, places=4)


def around(value: Decimal, half: Decimal) -> Interval:
    return Interval(value - half, value + half)


def within(value: Decimal, span: Interval) -> bool:
    return span.low <= value <= span.high


def point(span: Interval, at: Decimal) -> Decimal:
    """The point of an interval at a share of its width."""
    return span.low + (span.high - span.low) * at


@given(st.lists(st.tuples(NUMBERS, HALVES, SHARES), min_size=1, max_size=8))
def test_a_sum_of_points_is_inside_the_sum_of_intervals(
    parts: list[tuple[Decimal, Decimal, Decimal]],
) -> None:
    spans = [around(value, half) for value, half, _ in parts]
    added = sum((point(s, at) for s, (_, _, at) in zip(spans, parts, strict=True)), Decimal(0))
    assert within(added, total(spans))


@given(POSITIVE, POSITIVE, SHARES, SHARES)
def test_a_ratio_of_points_is_inside_the_interval_of_the_ratio(
    a: Decimal, b: Decimal, x: Decimal, y: Decimal
) -> None:
    one, other = around(a, Decimal("0.05")), around(b, Decimal("0.05"))
    assert within(point(one, x) / point(other, y), corners(lambda p, q: p / q, one, other))


@given(NUMBERS, HALVES, NUMBERS, HALVES)
def test_a_difference_undoes_a_sum(a: Decimal, x: Decimal, b: Decimal, y: Decimal) -> None:
    one, other = around(a, x), around(b, y)
    back = (one + other) - other
    assert back.low <= one.low and one.high <= back.high


@given(NUMBERS, HALVES, st.sampled_from([Decimal(-1), Decimal(10_000), Decimal("0.001")]))
def test_a_factor_keeps_the_ends_in_order(a: Decimal, half: Decimal, factor: Decimal) -> None:
    scaled = around(a, half).times(factor)
    assert scaled.low <= scaled.high and within(a * factor, scaled)


def test_intervals_that_share_one_point_meet() -> None:
    """712.0 ± 0.15 and 711.8 ± 0.05 share 711.85 and nothing else."""
    assert around(Decimal("712.0"), Decimal("0.15")).meets(around(Decimal("711.8"), Decimal("0.05")))
    assert not around(Decimal("712.01"), Decimal("0.15")).meets(around(Decimal("711.8"), Decimal("0.05")))


def test_a_count_has_no_width() -> None:
    assert exactly(5).half == 0
