"""Activity data: what a unit used, made or measured in a month, each value a fact that opens to its cell."""

from dataclasses import dataclass
from decimal import Decimal

EVIDENCE = ("meter", "invoice", "lab", "stock", "document", "none")
"""What a value stands on; the reading rule of its fact is `activity.<evidence>`."""
AMOUNT = "amount"
"""The parameter that is the quantity itself; others (ncv, carbon-content, aem ...) are measured properties."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of one item of one unit in one month.

    Its fact has subject `org.<unit>`, measure `activity.<item>` for the amount and `activity.<item>.<parameter>` for a
    property, the month as period, and the rule `activity.<evidence>`.

    Attributes:
        unit: key of the node (of any kind; a unit as a rule).
        month: period code 2024-03.
        item: key of `data/carbon/items.toml`.
        parameter: `AMOUNT`, or what was measured of the item.
        value, unit_of: as printed.
        evidence: of `EVIDENCE`.
        fact: its id.
    """

    unit: str
    month: str
    item: str
    parameter: str
    value: Decimal
    unit_of: str
    evidence: str
    fact: str
