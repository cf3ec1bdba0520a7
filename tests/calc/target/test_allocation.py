"""A budget among enterprises: it adds up to the tonne, nobody's place in the list matters, and floors and caps hold."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from touchstone.calc.pathway.refusal import UnusablePathway
from touchstone.calc.target.allocation import Allocation, Enterprise, allocate
from touchstone.calc.target.allocation_rules import FIGURES, METHODS, Rule, read_rules, shipped

F = Fraction


def works(key: str, **figures: object) -> Enterprise:
    return Enterprise(key, {name: F(str(value)) for name, value in figures.items()})


OLD = works("old", history=600, emissions=600, output=50, benchmark=8, capacity=60, value=100)
NEW = works("new", history=200, emissions=300, output=50, benchmark=8, capacity=60, value=300)


def amounts(got: Allocation) -> dict[str, int]:
    return {each.enterprise.key: each.amount for each in got.shares}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("history", {"old": 600, "new": 200}),
        ("equal", {"old": 533, "new": 267}),
        ("benchmark", {"old": 400, "new": 400}),
        ("gap", {"old": 500, "new": 300}),
        ("capacity", {"old": 400, "new": 400}),
        ("value", {"old": 200, "new": 600}),
    ],
)
def test_800_tonnes_between_an_old_works_and_a_new_one(rule: str, expected: dict[str, int]) -> None:
    """The old one emits 600 t and the new one 300 t for the same output; the benchmark would be 400 t each."""
    assert amounts(allocate(800, [OLD, NEW], shipped()[rule])) == expected


def test_a_floor_and_a_cap_move_what_they_take_to_the_others() -> None:
    got = allocate(800, [OLD, NEW], shipped()["mixed"])
    assert {each.enterprise.key: (each.amount, each.bound) for each in got.shares} == {
        "old": (500, ""),
        "new": (300, ""),
    }
    tight = allocate(870, [OLD, NEW], shipped()["mixed"])
    assert {each.enterprise.key: (each.amount, each.bound) for each in tight.shares} == {
        "old": (544, ""),
        "new": (326, ""),
    }
    capped = allocate(850, [OLD, works("new", **dict(NEW.figures) | {"emissions": 200})], shipped()["mixed"])
    assert {each.enterprise.key: (each.amount, each.bound) for each in capped.shares} == {
        "old": (630, ""),
        "new": (220, "cap"),
    }


def test_a_reduction_beyond_all_gaps_falls_on_what_is_left_below_the_benchmark() -> None:
    assert amounts(allocate(350, [OLD, NEW], shipped()["gap"])) == {"old": 200, "new": 150}


def test_what_is_lacking_is_named_and_not_taken_as_zero() -> None:
    with pytest.raises(UnusablePathway, match=r"(?s)TARGET-031.*small: output; small: benchmark"):
        allocate(10, [OLD, works("small", emissions=1)], shipped()["benchmark"])


@pytest.mark.parametrize(
    ("budget", "enterprises", "rule", "code"),
    [
        (10, [], "history", "TARGET-030"),
        (10, [OLD, OLD], "history", "TARGET-030"),
        (-1, [OLD], "history", "TARGET-035"),
        (10, [OLD, NEW], "mixed", "TARGET-032"),
        (10_000, [OLD, NEW], "mixed", "TARGET-032"),
        (10, [works("a", value=0)], "value", "TARGET-033"),
    ],
)
def test_what_cannot_be_shared_is_refused(
    budget: int, enterprises: list[Enterprise], rule: str, code: str
) -> None:
    with pytest.raises(UnusablePathway, match=code):
        allocate(budget, enterprises, shipped()[rule])


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('shares = { history = "60 %" }', "TARGET-034"),
        ('shares = { hystory = "100 %" }', "TARGET-003"),
        ('shares = { history = "150 %", value = "-50 %" }', "TARGET-034"),
        ('shares = { history = "100 %" }\nflor = "1 %"', "TARGET-010"),
        ('shares = { history = "100 %" }\nfloor = "0.85"', "TARGET-003"),
        ('shares = { history = "100 %" }\ncap = 1.05', "TARGET-003"),
    ],
)
def test_a_rule_that_is_none_is_refused_and_the_others_stay(line: str, code: str) -> None:
    good = '[[rule]]\nkey = "b"\nname = { zh = "乙", en = "B" }\nshares = { value = "100 %" }\n'
    kept, [refused] = read_rules(f'[[rule]]\nkey = "a"\nname = {{ zh = "甲", en = "A" }}\n{line}\n{good}')
    assert list(kept) == ["b"] and refused.code == code and refused.where.startswith("allocation.toml:")


def test_a_floor_that_may_be_85_or_less_than_1_percent_is_asked_for_in_percent() -> None:
    rule = '[[rule]]\nkey = "a"\nname = { zh = "甲", en = "A" }\nshares = { history = "100 %" }\n'
    _, [refused] = read_rules(rule + 'floor = "0.85"')
    assert refused.where == "allocation.toml:5 floor" and '"85 %"' in refused.expected
    kept, none = read_rules(rule + 'floor = "85 %"\ncap = "105 %"')
    assert (kept["a"].floor, kept["a"].cap, none) == (F("0.85"), F("1.05"), ())


SIZES = st.tuples(*[st.fractions(0, 10**6, max_denominator=12)] * len(FIGURES))
MANY = st.lists(SIZES, min_size=1, max_size=8).map(
    lambda rows: [Enterprise(f"e{at}", dict(zip(FIGURES, row, strict=True))) for at, row in enumerate(rows)]
)
RULES = st.builds(
    lambda one, other, part, floor, cap: Rule(
        "r", shipped()["history"].name, _mixed(one, other, part), floor, cap, "r"
    ),
    st.sampled_from(sorted(METHODS)),
    st.sampled_from(sorted(METHODS)),
    st.fractions(0, 1, max_denominator=7),
    st.none() | st.fractions(0, 1, max_denominator=9),
    st.none() | st.fractions(1, 3, max_denominator=9),
)


def _mixed(one: str, other: str, part: Fraction) -> dict[str, Fraction]:
    return {one: F(1)} if one == other else {one: part, other: 1 - part}


@settings(max_examples=40)
@given(MANY, RULES, st.integers(0, 10**7), st.randoms(use_true_random=False))
def test_shares_are_the_budget_to_the_tonne_within_their_bounds_in_any_order(
    every: list[Enterprise], rule: Rule, budget: int, shuffled: Random
) -> None:
    try:
        got = allocate(budget, every, rule)
    except UnusablePathway as refused:
        assert refused.code in ("TARGET-032", "TARGET-033")
        assume(False)
        raise
    assert sum(each.amount for each in got.shares) == budget == sum(each.exact for each in got.shares)
    for each in got.shares:
        assert abs(each.amount - each.exact) < 1 and each.amount >= (each.low or 0)
        assert each.high is None or each.amount <= each.high
    mixed = list(every)
    shuffled.shuffle(mixed)
    assert allocate(budget, mixed, rule) == got


@given(
    MANY,
    st.sampled_from(["history", "benchmark", "capacity", "value", "equal"]),
    st.integers(1, 10**6),
    st.integers(2, 9),
)
def test_only_the_proportions_of_the_figures_matter(
    every: list[Enterprise], rule: str, budget: int, times: int
) -> None:
    larger = [
        Enterprise(each.key, {name: value * times for name, value in each.figures.items()}) for each in every
    ]
    try:
        assert amounts(allocate(budget, every, shipped()[rule])) == amounts(
            allocate(budget, larger, shipped()[rule])
        )
    except UnusablePathway as refused:
        assert refused.code == "TARGET-033"


def test_the_parts_of_a_share_are_its_arithmetic_before_floors_and_caps() -> None:
    got = {each.enterprise.key: each for each in allocate(800, [OLD, NEW], shipped()["mixed"]).shares}
    old = got["old"]
    assert [(part.method, part.written) for part in old.parts] == [
        ("benchmark", "400 × 400 ÷ 800"),
        ("history", "400 × 600 ÷ 800"),
    ]
    assert old.wanted == 200 + 300 == sum(part.amount for part in old.parts)
    gap = {each.enterprise.key: each for each in allocate(800, [OLD, NEW], shipped()["gap"]).shares}
    assert gap["old"].parts[0].written == "600 − 100 × 200 ÷ 200"
