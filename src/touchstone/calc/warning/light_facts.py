"""Lights as facts: the score of a side in a period, which stands on the figures its rules read, so that it can be asked where it comes from.

Source: "warning.state" in data/methods/warning.toml.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from touchstone.calc.warning.light import Light
from touchstone.facts.fact import Fact, fact_id

MEASURES = {"supply": "light.supply", "demand": "light.demand", "price": "light.price"}
"""The measure of a side's light."""
_PLACES = Decimal("0.01")
_RULE = "warning.light"


def light_facts(lights: Iterable[Light], codes: Mapping[str, str]) -> Iterator[Fact]:
    """The scores, -2 to 2, of lights that rules of their own frequency set; one set by hand or rolled up follows from no figure of its own.

    Args:
        codes: what each material is called in the vocabulary.
    """
    for light in lights:
        if (
            light.side in MEASURES
            and light.score is not None
            and light.facts
            and not (light.rolled_from or light.override)
        ):
            yield _fact(light, codes[light.material], light.score)


def _fact(light: Light, code: str, score: float) -> Fact:
    value = Decimal(score).quantize(_PLACES)
    measure = MEASURES[light.side]
    return Fact(
        id=fact_id(_RULE, measure, code, light.period, value, *light.facts),
        subject=code, measure=measure, period=light.period, value=value, unit="", half_width=_PLACES / 2, source="",
        locator=None, rule=_RULE, status="derived", parents=light.facts,
    )  # fmt: skip
