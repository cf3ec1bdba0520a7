"""Drivers: what may turn out otherwise than a scenario says, by how much, and what moves together.

A driver moves one kind of quantity of a case (`TARGETS`), everywhere or where it is narrowed to. Of kind "level" it is drawn once for all
years that are not known and its values multiply the scenario's (1: as the scenario says; of a delay, years: 0). Of kind "growth" a deviation of the yearly
change of the logarithm is drawn for each year and they add up, so that uncertainty grows with the years ahead (0: as the scenario says).
"""

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from touchstone.calc.pathway.case import Floats, Ints
from touchstone.calc.pathway.chance.law import Law
from touchstone.calc.pathway.refusal import refusal

TARGETS: dict[str, tuple[str, ...]] = {
    "demand": ("product",),
    "recycled": ("product",),
    "recycled.price": ("product",),
    "outside.price": ("product",),
    "load": ("product",),
    "grid.factor": ("product", "place"),
    "power.factor": ("product", "place", "contract"),
    "power.price": ("product", "place", "contract"),
    "delivery": ("product", "place", "contract"),
    "carbon.price": (),
    "investment": ("product", "technology"),
    "saving": ("product", "technology"),
    "delay": ("product", "place", "technology", "lines"),
}
"""What a driver can move, and what it can be narrowed to. `grid.factor` is the factor of the first contract; `recycled` the limit of
scrap; `delivery` the share of its planned power a contract delivers; `saving` the share that comes true of what a technology saves
against what the line began with; `delay` years by which projects are late."""

MOST = {"level": 100.0, "growth": 1.5, "delay": 50.0}
"""What no law may go beyond more often than once in a thousand: a multiplier; the deviation of a year's logarithm; years."""

_ONCE = ("delay", "saving", "delivery")


class Course(Protocol):
    """A process of yearly changes with uncertain parameters, as `history` estimates it."""

    @property
    def own(self) -> int:
        """How many standard normal numbers it takes besides those of the years."""
        ...

    def path(self, z: Floats, own: Floats) -> Floats:
        """(N, A): deviation of the logarithm after each of A years, of (N, A) and (N, own) standard normal numbers."""
        ...


@dataclass(frozen=True, slots=True)
class Driver:
    """Something uncertain; checked by `checked`.

    Attributes:
        key: once among drivers; of: of `TARGETS`; kind: "level" or "growth".
        law: of the multiplier (level, 1 as the scenario says), of years (delay), or of a yearly deviation of the logarithm (growth);
            a `Course` where it was estimated from a history.
        product, place, contract, technology, lines: keys that narrow it; None and () where it is everywhere.
        since: the last year that is known, whose value and those before are the scenario's; the first year of the case where None, which stands
            as it was in every plan. Of an earlier one, a history's last year as a rule, not even that is known. Of a delay, projects up to it are in time.
        alike: of a delay: correlation among projects, 1 where all are late by the same time.
        source: where the spread is stated, for people; where: the file and line it was declared in, "" where it was not.
    """

    key: str
    of: str
    kind: str
    law: Law | Course
    product: str | None = None
    place: str | None = None
    contract: str | None = None
    technology: str | None = None
    lines: tuple[str, ...] = ()
    since: int | None = None
    alike: float = 0.0
    source: str = ""
    where: str = field(default="", compare=False)

    @property
    def grows(self) -> bool:
        """Whether it is drawn year by year."""
        return self.kind == "growth"


def known(driver: Driver, years: Ints) -> int:
    """The last of the years (Y,) of a case that a driver leaves as the scenario says, or a year before them."""
    return int(years[0]) if driver.since is None else driver.since


@dataclass(frozen=True, slots=True)
class Correlation:
    """Two or more drivers that move together; between each two of them the same rank correlation of normal scores."""

    drivers: tuple[str, ...]
    correlation: float
    where: str = field(default="", compare=False)


def checked(drivers: tuple[Driver, ...], where: str = "drivers") -> tuple[Driver, ...]:
    """The drivers, if every one of them can be drawn.

    Raises:
        UnusablePathway: CHANCE-003, no such target, kind or narrowing; CHANCE-004, two of one key; CHANCE-005, a multiplier that would be
            below nothing more often than once in a thousand; CHANCE-006, a delay whose projects are alike by less than 0 or more than 1;
            CHANCE-013, there is none; CHANCE-020, a law that goes beyond all sense more often than once in a thousand (`MOST`).
    """
    if not drivers:
        raise refusal("CHANCE-013", where)
    seen: set[str] = set()
    for driver in drivers:
        at = driver.where or f"{where} [{driver.key}]"
        if driver.key in seen:
            raise refusal("CHANCE-004", at, key=driver.key)
        seen.add(driver.key)
        _known(driver, at)
        if not 0 <= driver.alike <= 1:
            raise refusal("CHANCE-006", at, alike=driver.alike)
        if isinstance(driver.law, Law) and not driver.grows and driver.of != "delay" and driver.law.least < 0:
            raise refusal("CHANCE-005", at, least=f"{driver.law.least:.3g}", law=driver.law.name)
        _sensible(driver, at)
    return drivers


def correlations(drivers: tuple[Driver, ...], together: tuple[Correlation, ...]) -> Floats:
    """(D, D): the matrix of correlations stated of the drivers; 0 where nothing is stated.

    Raises:
        UnusablePathway: CHANCE-007, a correlation of unknown drivers or outside -1 to 1; CHANCE-008, a pair stated twice;
            CHANCE-009, correlations that cannot hold together, with the nearest that can.
    """
    order = {driver.key: row for row, driver in enumerate(drivers)}
    matrix = np.eye(len(drivers))
    stated: set[tuple[int, int]] = set()
    for each in together:
        unknown = [key for key in each.drivers if key not in order]
        if unknown or len(set(each.drivers)) < 2 or not -1 <= each.correlation <= 1:
            found = f"{', '.join(each.drivers)}: {each.correlation}"
            raise refusal("CHANCE-007", each.where or "together", found=found, known=", ".join(order))
        rows = sorted(order[key] for key in each.drivers)
        for pair in ((a, b) for a in rows for b in rows if a < b):
            if pair in stated:
                names = " – ".join(drivers[row].key for row in pair)
                raise refusal("CHANCE-008", each.where or "together", pair=names)
            stated.add(pair)
            matrix[pair] = matrix[pair[::-1]] = each.correlation
    if np.linalg.eigvalsh(matrix)[0] < -1e-9:
        raise _contradiction(drivers, matrix, together[0].where or "together")
    return matrix


def nearest(matrix: Floats) -> Floats:
    """The nearest matrix of correlations, rounded to thousandths so that it can be written down and still holds.

    Source: Higham, N. J., Computing the nearest correlation matrix, IMA Journal of Numerical Analysis 22 (2002) 329-343 [R].
    """
    held, correction = matrix, np.zeros_like(matrix)
    for _ in range(500):
        values, vectors = np.linalg.eigh(held - correction)
        above = (vectors * np.maximum(values, 0)) @ vectors.T
        correction = above - (held - correction)
        held = above.copy()
        np.fill_diagonal(held, 1)
    unit = np.eye(len(matrix))
    for share in np.linspace(1, 0, 1001):
        made = np.trunc((share * held + (1 - share) * unit) * 1000) / 1000
        np.fill_diagonal(made, 1)
        if np.linalg.eigvalsh(made)[0] >= 0:
            return made
    return unit


def _contradiction(drivers: tuple[Driver, ...], matrix: Floats, where: str) -> Exception:
    fit = nearest(matrix)
    pairs = [(a, b) for a in range(len(drivers)) for b in range(a + 1, len(drivers))]
    moved = sorted((p for p in pairs if matrix[p] != 0), key=lambda p: -abs(matrix[p] - fit[p]))
    moved = [p for p in moved if abs(matrix[p] - fit[p]) > 0.002]

    def said(of: Floats) -> str:
        return "; ".join(f"{drivers[a].key} – {drivers[b].key} {of[a, b]:g}" for a, b in moved)

    added = [p for p in pairs if matrix[p] == 0 and fit[p] != 0]
    zeros = "".join(f"; {drivers[a].key} – {drivers[b].key} {fit[a, b]:g}" for a, b in added)
    return refusal("CHANCE-009", where, found=said(matrix), nearest=said(fit) + zeros)


def _sensible(driver: Driver, where: str) -> None:
    if not isinstance(driver.law, Law):
        return
    kind = "delay" if driver.of == "delay" else driver.kind
    far = max(abs(driver.law.least), abs(driver.law.greatest)) if driver.grows else driver.law.greatest
    if far > MOST[kind]:
        raise refusal("CHANCE-020", where, found=f"{far:.3g}", kind=kind, most=MOST[kind])


def _known(driver: Driver, where: str) -> None:
    if driver.of not in TARGETS:
        raise refusal("CHANCE-003", where, part="of", found=driver.of, known=", ".join(TARGETS))
    kinds = ("level",) if driver.of in _ONCE else ("level", "growth")
    if driver.kind not in kinds:
        raise refusal("CHANCE-003", where, part="kind", found=driver.kind, known=", ".join(kinds))
    if not driver.grows and not isinstance(driver.law, Law):
        raise refusal("CHANCE-003", where, part="kind", found=driver.kind, known="growth")
    for part in ("product", "place", "contract", "technology", "lines"):
        if getattr(driver, part) and part not in TARGETS[driver.of]:
            known = ", ".join(TARGETS[driver.of]) or "-"
            raise refusal("CHANCE-003", where, part=part, found=getattr(driver, part), known=known)
