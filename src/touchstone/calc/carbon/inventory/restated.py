"""Both years of a unit by one method: where another guideline was taken up, its arithmetic must not look like performance.

The earlier year is worked out by the methods of the later, or the later by those of the earlier where that leaves less out: a
guideline may ask for what the unit did not measure in the other year.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from touchstone.calc.carbon.activity import Entry
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.change import Pair, Part, Source, Use, alike
from touchstone.calc.carbon.inventory.inventory import by_methods, plant_of
from touchstone.calc.carbon.inventory.performance import amounts
from touchstone.calc.carbon.inventory.supplied import BOUGHT
from touchstone.calc.carbon.inventory.view import weight
from touchstone.calc.carbon.line import PLACES, Line

At = tuple[str, str]
"""Unit and month."""
Uses = Mapping[Source, Use]
_RATE = "consumption"
"""What is measured of how much is used for a unit of the item (anodes for a tonne of metal), and is no property of it."""


def restated(
    first: Account, last: Account, before: Mapping[str, Part], after: Mapping[str, Part]
) -> dict[str, Pair]:
    """What stands for the uses of both years, by key of the parts whose methods differ."""
    changed: dict[str, list[str]] = defaultdict(list)
    for key in before.keys() & after.keys():
        unit, _, month = key.partition(" ")
        if (
            before[key].stated
            and after[key].stated
            and _methods(first, unit, month) != _methods(last, unit, month)
        ):
            changed[unit].append(key)
    found: dict[str, Pair] = {}
    for unit, keys in changed.items():
        later = _pairs(first, last, unit, keys, before, after, back=True)
        left = _left_out(later, before, after)
        if left:
            earlier = _pairs(first, last, unit, keys, before, after, back=False)
            later = earlier if _left_out(earlier, before, after) < left else later
        found |= later
    return found


def uses(
    account: Account, lines: Iterable[Line], known: Mapping[At, Mapping[str, Fraction]]
) -> dict[At, dict[Source, Use]]:
    """What lines say of each unit and month, whole, weighed by the set of an account. Args: known: as `made` gives it."""
    found: dict[At, dict[Source, Use]] = {}
    weights: dict[str, float] = {}
    for line in lines:
        at, key = (line.unit, line.month), (line.term, line.item, line.gas)
        own = found.setdefault(at, {})
        if line.gas not in weights:
            weights[line.gas] = float(weight(account.library, line.gas, account.set))
        left = float(1 - account.supplied(line.unit, line.item, line.month)) if line.scope == BOUGHT else 1.0
        mass = left * line.mass / 10**PLACES + (own[key].mass if key in own else 0.0)
        own[key] = Use(
            mass, left * float(known.get(at, {}).get(line.item, 0)), weights[line.gas], _rate(account, line)
        )
    return found


def _rate(account: Account, line: Line) -> float:
    """What was used of something else for a unit of the item, as it was measured; 0 where nothing was."""
    term = next(each for each in account.methods[line.method].terms if each.key == line.term)
    rates = {each.key for each in term.parameters if any(tier.factor == _RATE for tier in each.tiers)}
    return next(
        (float(each.value) for each in line.inputs if each.parameter in rates and each.tier == "measured"),
        0.0,
    )


def made(entries: Iterable[Entry]) -> dict[At, dict[str, Fraction]]:
    """Amounts of every item by unit and month."""
    by_month: dict[At, list[Entry]] = {}
    for entry in entries:
        by_month.setdefault((entry.unit, entry.month), []).append(entry)
    return {at: amounts(every) for at, every in by_month.items()}


def _methods(account: Account, unit: str, month: str) -> tuple[str, ...]:
    plant = plant_of(account.organisation, unit)
    return tuple(each.key for each in plant.in_use(f"{account.year}-{month}", account.methods))


def _pairs(
    first: Account, last: Account, unit: str, keys: Iterable[str], before: Mapping[str, Part], after: Mapping[str, Part], *, back: bool
) -> dict[str, Pair]:  # fmt: skip
    """Both years by the methods of the later (`back`) or of the earlier."""
    by, other = (last, first) if back else (first, last)
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for key in keys:
        groups[_methods(by, unit, key.partition(" ")[2])].append(key.partition(" ")[2])
    found: dict[str, Pair] = {}
    for methods, months in groups.items():
        entries = [
            x
            for x in other.inventory.entries[unit]
            if x.month in {f"{other.year}-{month}" for month in months}
        ]
        worked = uses(other, filter(other.inside, _by(other, unit, entries, methods)), made(entries))
        for month in months:
            key, there = f"{unit} {month}", worked.get((unit, f"{other.year}-{month}"), {})
            found[key] = (there, after[key].uses) if back else (before[key].uses, there)
    return found


def _by(account: Account, unit: str, entries: list[Entry], methods: Iterable[str]) -> tuple[Line, ...]:
    """The lines of a unit by methods it did not apply then."""
    known = (account.methods[key] for key in methods)
    return by_methods(account.organisation, unit, entries, account.library, known).lines


def _left_out(pairs: Mapping[str, Pair], before: Mapping[str, Part], after: Mapping[str, Part]) -> float:
    """How much of both years cannot be compared."""
    left = 0.0
    for key, (was, now) in pairs.items():
        share = after[key].share
        stated = replace(before[key], share=share, uses=was), replace(after[key], uses=now)
        left += sum(abs(x.total - y.total) for x, y in zip(stated, alike(*stated), strict=True))
    return left
