"""Energy in standard coal, levels of limits, and benchmark and baseline, as the pages of an inventory show them."""

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
        (item_name(item), tonnes(size), share(size, found.total), found.factors[item])
        for item, size in sorted(found.parts.items(), key=lambda each: -each[1])
    ]
    return {
        "total": tonnes(found.total),
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
