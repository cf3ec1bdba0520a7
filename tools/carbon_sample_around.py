"""What follows from the rest of the made-up group: water let out, hazardous waste, land, and what the year was worth.

Each is drawn from chances of its own, so that nothing else of the group moves.
"""

from collections.abc import Mapping
from decimal import Decimal
from random import Random

Rows = dict[tuple[str, str, str, str, str], dict[str, Decimal]]
"""Unit, item, parameter, unit of measure, evidence → month → value."""
LAND = {
    ("al-north", "land.reclaimed"): ("12.4", "15.1", "9.8"), ("alumina-mid", "land.reclaimed"): ("46.2", "51.8", "57.3"),
    ("alumina-south", "land.reclaimed"): ("61.5", "58.9", "70.4"), ("copper-mid", "land.reclaimed"): ("8.7", "11.2", "13.0"),
    ("alumina-mid", "land.disturbed"): ("21.0", "18.3", "17.7"), ("alumina-south", "land.disturbed"): ("55.1", "49.6", "52.3"),
}  # fmt: skip
"""Hectares of 2022, 2023 and 2024."""
HAZARDOUS = {
    "copper-mid-smelting": 0.021, "copper-south-smelting": 0.022, "leadzinc-south-lead": 0.034, "leadzinc-south-zinc": 0.027,
    "zinc-west-electrolysis": 0.025, "re-north-separation": 0.05, "re-south-separation": 0.052,
}  # fmt: skip
"""Tonnes of hazardous waste for a tonne of the product."""


def around(found: Rows, seed: int, products: Mapping[str, str]) -> None:
    """Add what follows. Args: products: of every unit, "" for none."""
    for key, product in products.items():
        chance = Random(f"{seed} around {key}")
        fresh = found.get((key, "water.fresh", "", "m3", "meter"), {})
        if fresh:
            found[key, "water.discharged", "", "m3", "meter"] = _part(fresh, 0.31, 0.03, chance, 0)
        if key in HAZARDOUS:
            made = found[key, product, "", "t", "meter"]
            found[key, "waste.hazardous", "", "t", "stock"] = _part(made, HAZARDOUS[key], 0.04, chance, 1)
    for (key, item), values in LAND.items():
        found[key, item, "", "ha", "document"] = {
            f"{2022 + number}-12": Decimal(value) for number, value in enumerate(values)
        }
    _worth(found, seed)


def _part(
    of: Mapping[str, Decimal], rate: float, spread: float, chance: Random, decimals: int
) -> dict[str, Decimal]:
    return {
        month: Decimal(f"{float(value) * rate * chance.gauss(1, spread):.{decimals}f}") for month, value in of.items()
    }  # fmt: skip


def _worth(found: Rows, seed: int) -> None:
    """Output and value added of each enterprise, stated once a year."""
    earned: dict[tuple[str, str], Decimal] = {}
    for (unit, item, *_), values in found.items():
        if item == "money.revenue":
            for month, value in values.items():
                year = (unit.rsplit("-", 1)[0], month[:4])
                earned[year] = earned.get(year, Decimal(0)) + value
    chance = Random(f"{seed} worth")
    for (key, year), revenue in earned.items():
        for item, part in (("money.output", 1.03), ("money.value-added", 0.19)):
            line = found.setdefault((key, item, "", "1e4 CNY", "document"), {})
            line[f"{year}-12"] = Decimal(f"{float(revenue) * part * chance.gauss(1, 0.01):.1f}")
