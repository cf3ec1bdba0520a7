"""Kinds of carbon assets, and amounts of them."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from touchstone.calc.carbon.line import PLACES
from touchstone.facts.text import Text


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of asset and what an amount of it counts."""

    key: str
    name: Text
    unit: Text


_TONNES = Text("吨CO2e", "t CO2e")
KINDS = {
    each.key: each
    for each in (
        Kind("cea", Text("碳排放配额（CEA）", "emission allowance (CEA)"), _TONNES),
        Kind("ccer", Text("核证自愿减排量（CCER）", "certified voluntary reduction (CCER)"), _TONNES),
        Kind("sink", Text("碳汇", "carbon sink"), _TONNES),
        Kind("gec", Text("绿色电力证书（GEC）", "green electricity certificate (GEC)"), Text("个", "certificates")),
    )
}  # fmt: skip
"""A certificate is counted by the piece and never in tonnes: it is no reduction of emissions."""


def whole(amount: Fraction) -> Decimal:
    """An amount as a decimal of at most PLACES places (half to even); zeros at the end are dropped."""
    units = Decimal(round(amount * 10**PLACES)).scaleb(-PLACES)
    return units.quantize(Decimal(1)) if units == units.to_integral_value() else units.normalize()
