"""A cap handed down, drawn: a bar for each rule as long as its amount, numbered as in the key, against what was emitted before."""

import re
from dataclasses import replace

import pytest

from touchstone.facts.text import Text
from touchstone.publish.format import Unwritable
from touchstone.publish.pathway.allotted import MOST, Taker
from touchstone.publish.scale import text_width

from .samples import allotted


@pytest.mark.parametrize("width", (350, 760))
def test_bars_are_as_long_as_what_each_rule_gives(width: int) -> None:
    svg = allotted().svg("en", width)
    long = [
        float(wide) for wide in re.findall(r'class="c-wedge\d" x="[\d.]+" y="[\d.]+" width="([\d.]+)"', svg)
    ]
    given = [amount for taker in allotted().takers for amount in taker.amounts]
    scale = long[0] / given[0]
    assert len(long) == len(given)
    assert all(
        wide == pytest.approx(max(scale * amount, 1), abs=0.2)
        for wide, amount in zip(long, given, strict=True)
    )


@pytest.mark.parametrize("width", (350, 760))
def test_the_number_at_the_end_of_the_axis_is_not_cut(width: int) -> None:
    """In a font a tenth wider than reckoned it still lies within the drawing; the last tick is beyond all bars."""
    far = replace(allotted(), takers=(Taker(Text("远", "far"), 790.0, (799.0,) * 5),))
    *_, (x, said) = re.findall(
        r'x="([\d.]+)" y="[\d.]+" text-anchor="middle" fill="#6b6557">([\d,]+)<', far.svg("en", width)
    )
    assert said == "800" and float(x) + 1.1 * text_width(said, 13) / 2 <= width


def test_every_taker_leads_to_how_it_was_reckoned_and_is_told_in_words() -> None:
    drawn = allotted()
    first = replace(drawn.takers[0], address="#e-1")
    svg = replace(drawn, takers=(first, *drawn.takers[1:])).svg("en", 760)
    assert 'href="#e-1"' in svg and "equal 29" in svg and "equal" in allotted().alt("en")


@pytest.mark.parametrize(
    "changed",
    [
        {"takers": ()},
        {"rules": (Text("a", "a"),) * (MOST + 1)},
        {"takers": (Taker(Text("a", "a"), 1.0, (1.0,)),)},
        {"takers": (Taker(Text("a", "a"), -1.0, (1.0,) * 5),)},
    ],
)
def test_what_cannot_be_drawn_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(Unwritable):
        replace(allotted(), **changed).svg("en")  # type: ignore[arg-type]
