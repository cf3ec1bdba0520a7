"""Energy in standard coal, levels of limits, and benchmark and baseline, as the pages of an inventory show them."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from touchstone.calc.carbon.factors.limit import INDICATORS, LEVELS, Limit, limits_of
from touchstone.calc.carbon.factors.reference import documents
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.benchmark import STATES, Placed, placed
from touchstone.calc.carbon.inventory.performance import GRADES, Energy
from touchstone.calc.carbon.inventory.performed import Level, performed
from touchstone.calc.carbon.inventory.yearly import without
from touchstone.facts.conversion import rounded
from touchstone.serve.carbon_shown import item_name, share, tonnes
from touchstone.serve.carbon_stock import Carbon


def energy_shown(carbon: Carbon, account: Account) -> dict[str, Any]:
    """What the section of a page needs, worked out once for a question."""
    key = ("energy", account.node, account.year, account.group, account.approach, account.set)
    found: dict[str, Any] = carbon.view(key, lambda: _made(account))
    return found


def energy_data(shown: Mapping[str, Any]) -> dict[str, Any]:
    """The same for the twin of a page."""
    return {
        "tce": {
            name: {"total": own["total"], "lacking": own["lacking"] and own["lacking"].en, "lacking_zh": own["lacking"] and own["lacking"].zh}
            for name, own in shown["kinds"]
        },
        "levels": [
            {**{key: row[key] for key in ("unit", "indicator", "value", "measured", "reached", "in_force", "lacking")},
             "levels": {each.level: each.value for each in row["grades"]}, "document": row["cited"].document if row["cited"] else None,
             "clause": row["cited"].clause if row["cited"] else None}
            for row in shown["levels"]
        ],
        "benchmark": [
            {**{key: row[key] for key in ("unit", "indicator", "value", "measured", "benchmark", "baseline", "state", "capacity")},
             "why": row["why"] and row["why"].en, "why_zh": row["why"] and row["why"].zh, "document": row["cited"].document}
            for row in shown["placing"]
        ],
        "capacity_at_benchmark_percent": shown["at_benchmark"],
    }  # fmt: skip


def _made(account: Account) -> dict[str, Any]:
    found, placing = performed(account), placed(account)
    return {
        "kinds": [(name, _energy(each)) for name, each in found.energy.items()],
        "levels": [_level(each) for each in found.levels],
        "placing": [_placed(each) for each in placing.units],
        "capacity": {state: tonnes(placing.capacity(state)) for state in (*STATES, "")},
        "unknown": sum(each.capacity is None for each in placing.units),
        "at_benchmark": None if placing.share is None else rounded(placing.share * 100, 1),
        "indicators": INDICATORS,
        "names": LEVELS,
        "documents": documents(),
    }


def _energy(found: Energy) -> dict[str, Any]:
    parts = [
        (item_name(item), tonnes(size), share(float(size), float(found.total)), found.factors.get(item, ()))
        for item, size in sorted(found.parts.items(), key=lambda each: -each[1])
    ]
    return {
        "total": tonnes(found.total) if found.whole else None,
        "parts": parts,
        "lacking": without(found.lacking),
    }


def _level(found: Level) -> dict[str, Any]:
    own = found.standing
    known = own.levels or tuple(
        each for each in limits_of(found.product, own.indicator) if each.level in GRADES
    )
    grades = sorted(
        (each for each in known if each.level in GRADES), key=lambda each: GRADES.index(each.level)
    )
    return {
        "unit": found.unit, "indicator": own.indicator, "value": _short(own.value), "measured": own.unit, "grades": grades,
        "cited": grades[0] if grades else None, "reached": own.reached.level if own.reached else "",
        "in_force": bool(own.levels), "lacking": bool(found.lacking),
    }  # fmt: skip


def _placed(found: Placed) -> dict[str, Any]:
    def mark(limit: Limit | None) -> Decimal | None:
        return limit.value if limit else None

    cited = found.benchmark or found.baseline
    return {
        "unit": found.unit, "indicator": found.indicator, "value": _short(found.consumed.value) if found.consumed else None,
        "measured": found.consumed.unit if found.consumed else cited.unit if cited else "", "benchmark": mark(found.benchmark),
        "baseline": mark(found.baseline), "cited": cited, "state": found.state, "why": found.why,
        "capacity": None if found.capacity is None else tonnes(found.capacity),
    }  # fmt: skip


def _short(value: Fraction) -> Decimal:
    return rounded(value, 2)
