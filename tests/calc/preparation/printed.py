"""Facts as a statistical office prints them."""

from datetime import date
from decimal import Decimal

from touchstone.facts.fact import Fact


def printed(
    period: str,
    value: str,
    measure: str = "output.cumulative",
    unit: str = "万吨",
    published: date | None = None,
) -> Fact:
    """A fact of copper output with half a unit of its last digit."""
    number = Decimal(value)
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    half = Decimal(5).scaleb(exponent - 1)
    return Fact(f"{measure}{period}{value}{published}", "cu.refined", measure, period, number, unit, half, "a", None, "t",
                place="CN", published=published)  # fmt: skip
