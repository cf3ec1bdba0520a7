"""English words for a level that stays, and for the level a price came from."""

import pytest

from .conftest import read_words, said


def told(text: str) -> list[str]:
    """Each figure as `measure subject value period`."""
    return [f"{f.measure} {f.subject} {said(f)} {f.period}" for f in read_words(text)]


@pytest.mark.parametrize(
    "verb", ["was unchanged at", "held steady at", "was steady at", "held at", "was stable at", "stood at"]
)
def test_a_price_that_stays_is_a_level(verb: str) -> None:
    assert told(f"Gallium {verb} $600-650 per kg.") == [
        "price.low ga 600 $/kg 2022-10-14", "price.high ga 650 $/kg 2022-10-14",
    ]  # fmt: skip


def test_a_change_is_still_a_change() -> None:
    assert told("Gallium rose by $50 per kg.")[0].startswith("price.change ga 50")
    assert told("The price change was 5 USD/t.")[0].startswith("price.change")


@pytest.mark.parametrize(
    "text",
    [
        "Bismuth jumped to $10-13 per lb, up from $6.50-8.00 per lb a week ago.",
        "Bismuth slipped to $10-13 per lb from $16.50-18.00 per lb.",
    ],
)
def test_the_level_a_price_came_from_is_not_of_the_day(text: str) -> None:
    now, before = told(text)[:2], told(text)[2:]
    assert [line.split()[:2] for line in now] == [["price.low", "bi"], ["price.high", "bi"]]
    assert all(line.endswith("2022-10-14") for line in now)
    assert len(before) == 2 and all(line.endswith("None") for line in before)


def test_the_size_of_a_rise_from_a_week_ago_is_a_change_of_the_day() -> None:
    text = "Antimony ingot was assessed at $48,000 per tonne, up $2,000 per tonne from a week ago."
    assert told(text)[1] == "price.change sb.ingot 2000 $/tonne 2022-10-14"
