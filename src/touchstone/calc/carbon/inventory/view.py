"""Views of an inventory: lines added up by what one asks for, gas by gas, and weighed at the end.

Masses are whole numbers and shares exact fractions, so every total is exactly the sum of its parts.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from touchstone.calc.carbon.factors.gwp import gwp
from touchstone.calc.carbon.factors.library import Library
from touchstone.calc.carbon.line import PLACES, Line
from touchstone.calc.carbon.method import Method
from touchstone.calc.carbon.organisation import Node
from touchstone.facts.period import span

Key = tuple[str, ...]
Share = Callable[[str, str], Fraction]
"""Which part of a unit counts in a month."""
Part = Callable[[Line], Fraction]
"""Which part of a line counts."""
Where = Mapping[str, Mapping[str, str]]
"""By unit, what it belongs to: enterprise, segment, province, park ..."""

OF_LINES = ("unit", "month", "item", "method", "term", "gas", "scope", "level")
"""What a line says itself; `year` is that of its month, and the rest is where its unit belongs."""


@dataclass(frozen=True, slots=True)
class Boundary:
    """Which lines a view counts.

    Attributes:
        scopes: of the terms; levels: of `method.LEVELS`; what is `auxiliary` is reported beside every total.
        methods: keys of the only methods that count; None for all.
        declared: of units that say themselves whether they are in the scheme, what they say; it goes before their methods.
    """

    scopes: tuple[int, ...]
    levels: tuple[str, ...]
    methods: frozenset[str] | None = None
    declared: Mapping[str, bool | date] = field(default_factory=dict)

    def counts(self, line: Line) -> bool:
        """Whether a line lies inside."""
        return (
            line.scope in self.scopes
            and line.level in self.levels
            and self.holds(line.unit, line.month, line.method)
        )

    def holds(self, unit: str, month: str, method: str) -> bool:
        """Whether what a method says of a unit in a month can lie inside."""
        if self.methods is None:
            return True
        said = self.declared.get(unit)
        if said is None:
            return method in self.methods
        return bool(method) and (said if isinstance(said, bool) else said <= span(month)[1])


DIRECT = Boundary((1,), ("process", "enterprise"))
"""Direct emissions, by whichever method."""
ENTERPRISE = Boundary((1, 2), ("process", "enterprise", "auxiliary"))
"""What an enterprise reports: direct emissions, and purchased electricity and heat."""
BOUNDARIES = ("enterprise", "direct", "trading")


def boundary_of(key: str, methods: Mapping[str, Method], nodes: Mapping[str, Node]) -> Boundary:
    """A boundary of `BOUNDARIES`. That of the trading scheme counts direct emissions by its own guidelines: a unit that is
    accounted for by another guideline is not surrendered for, unless it says of itself whether it is in the scheme."""
    if key == "trading":
        declared = {each.key: each.trading for each in nodes.values() if each.trading is not None}
        return replace(
            DIRECT,
            methods=frozenset(each.key for each in methods.values() if each.trading),
            declared=declared,
        )
    return DIRECT if key == "direct" else ENTERPRISE


@dataclass(frozen=True, slots=True)
class Total:
    """One row of a view, in tonnes.

    Attributes:
        masses: of each gas, exact; weighed: the same in CO2 equivalent by `set`.
    """

    key: Key
    masses: Mapping[str, Fraction]
    weighed: Mapping[str, Fraction]
    set: str

    @property
    def total(self) -> Fraction:
        """Tonnes of CO2 equivalent."""
        return sum(self.weighed.values(), Fraction(0))


def whole(_unit: str, _month: str) -> Fraction:
    """Every unit counts whole."""
    return Fraction(1)


def entire(_line: Line) -> Fraction:
    """Every line counts whole."""
    return Fraction(1)


def totals(
    lines: Iterable[Line], by: tuple[str, ...], library: Library, set: str, *, where: Where | None = None,
    part: Part = entire, boundary: Boundary = ENTERPRISE,
) -> tuple[Total, ...]:  # fmt: skip
    """The totals of lines by what one asks for, in order of their keys.

    Args:
        by: of `OF_LINES`, `year`, or what `where` knows of units (enterprise, province ...); empty for one grand total.
        set: GWP set, of `factors.gwp.SETS`.
        part: of a line, how much of it counts; 0 leaves it out.

    Raises:
        NoFactor: FACTOR-006, -016 there is no official potential of a gas in the set.
    """
    found: dict[Key, dict[str, Fraction]] = {}
    for line in lines:
        counted = part(line) if boundary.counts(line) else 0
        if counted:
            key = tuple(_where(line, each, where or {}) for each in by)
            masses = found.setdefault(key, {})
            masses[line.gas] = masses.get(line.gas, Fraction(0)) + line.mass * counted
    return tuple(_total(key, found[key], library, set) for key in sorted(found))


def weight(library: Library, gas: str, set: str) -> Fraction:
    """The potential of a gas; 1 of what a method gives in CO2 equivalent only, which the set does not change."""
    return Fraction(1) if gas == "CO2e" else Fraction(gwp(library, gas, set).value or 0)


def _where(line: Line, name: str, where: Where) -> str:
    if name == "year":
        return line.month[:4]
    return str(getattr(line, name)) if name in OF_LINES else where.get(line.unit, {}).get(name, "")


def _total(key: Key, masses: Mapping[str, Fraction], library: Library, set: str) -> Total:
    tonnes = {gas: mass / 10**PLACES for gas, mass in masses.items()}
    weighed = {gas: mass * weight(library, gas, set) for gas, mass in tonnes.items()}
    return Total(key, tonnes, weighed, set)
