"""Verdicts: figures that were only rounded never fail, and the unit they are printed in does not matter."""

from decimal import ROUND_HALF_EVEN, Decimal

from hypothesis import given
from hypothesis import strategies as st

from touchstone.audit.interval import Interval
from touchstone.audit.verdict import compare

PLACES = st.integers(0, 3)
TRUE = st.lists(st.decimals(min_value=1, max_value=5000, places=6), min_size=1, max_size=10)


def rounded(value: Decimal, places: int) -> tuple[Decimal, Interval]:
    face = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN)
    half = Decimal(5).scaleb(-places - 1)
    return face, Interval(face - half, face + half)


def add(*parts: Decimal) -> Decimal:
    return sum(parts, Decimal(0))


@given(TRUE, PLACES, PLACES)
def test_true_parts_and_their_true_sum_never_fail_however_rounded(
    true: list[Decimal], p: int, q: int
) -> None:
    faces, spans = zip(*(rounded(value, p) for value in true), strict=True)
    _, stated = rounded(add(*true), q)
    assert compare(add, faces, spans, stated).verdict in ("holds", "edge")


@given(TRUE.filter(lambda t: len(t) > 1), PLACES, PLACES)
def test_a_true_share_never_fails_however_rounded(true: list[Decimal], p: int, q: int) -> None:
    (part, whole), share = (true[0], true[0] + true[1]), 100 * true[0] / (true[0] + true[1])
    one, other = rounded(part, p), rounded(whole, p)
    found = compare(lambda a, b: 100 * a / b, [one[0], other[0]], [one[1], other[1]], rounded(share, q)[1])
    assert found.verdict in ("holds", "edge")


@given(TRUE, PLACES, st.decimals(min_value=-3, max_value=3, places=2), st.sampled_from(["=", "<=", ">="]))
def test_another_unit_gives_the_same_verdict(
    true: list[Decimal], places: int, off: Decimal, relation: str
) -> None:
    faces, spans = zip(*(rounded(value, places) for value in true), strict=True)
    _, stated = rounded(add(*true) + off, places)
    in_tonnes = compare(add, faces, spans, stated, relation)
    big = Decimal(10_000)
    scaled = compare(
        add, [f * big for f in faces], [s.times(big) for s in spans], stated.times(big), relation
    )
    assert (in_tonnes.verdict, in_tonnes.half_units) == (scaled.verdict, scaled.half_units)


@given(TRUE, PLACES)
def test_what_is_off_by_more_than_all_roundings_fails(true: list[Decimal], places: int) -> None:
    faces, spans = zip(*(rounded(value, places) for value in true), strict=True)
    width = (len(true) + 2) * Decimal(1).scaleb(-places)
    found = compare(add, faces, spans, rounded(add(*true) + width, places)[1])
    assert found.verdict == "fails" and found.half_units is not None and found.half_units > 1
