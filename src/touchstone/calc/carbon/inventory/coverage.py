"""How complete a total is: the lines that are missing from it, and the months of its units that nothing was stated for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from touchstone.calc.carbon.activity import AMOUNT
from touchstone.calc.carbon.consolidation import life
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.lines import Missing
from touchstone.calc.carbon.inventory.view import BOUNDARIES
from touchstone.calc.carbon.organisation_checks import ancestors
from touchstone.calc.carbon.quality.declared import Finding
from touchstone.facts.period import span

_ERROR = "error"
_WIDEST = BOUNDARIES[0]
_OF_MISSING = ("unit", "month", "item", "method", "term")


@dataclass(frozen=True, slots=True)
class Gap:
    """Months in which a unit was part of what is accounted for and stated nothing."""

    unit: str
    months: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suspect:
    """An error that stands open, and the tonnes of CO2 equivalent that rest on the values in question."""

    finding: Finding
    mass: Fraction


@dataclass(frozen=True, slots=True)
class Caution:
    """What a reader of a total must know before believing it.

    Attributes:
        suspects: errors of the checks of activity data that stand open in it; doubtful: tonnes that rest on the values of any of them, each once.
        missing: lines that could not be worked out; units: how many units they are of.
        gaps: months in which units stated nothing.
    """

    suspects: tuple[Suspect, ...]
    doubtful: Fraction
    missing: int
    units: int
    gaps: tuple[Gap, ...]


def caution(account: Account, findings: Iterable[Finding]) -> Caution:
    """Of an account, with the findings that stand open; inside a narrower boundary than an enterprise's, those of what it counts."""
    used = {given.fact for line in account.lines for given in line.inputs if given.fact}
    units = account.units if account.boundary == _WIDEST else {line.unit for line in account.lines}
    found = [
        each for each in findings
        if each.severity == _ERROR and each.unit in units and each.month[: len(account.year)] in ("", account.year)
        and (account.boundary == _WIDEST or not each.facts or not used.isdisjoint(each.facts))
    ]  # fmt: skip
    of_fact: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(account.lines):
        for fact in {each.fact for each in line.inputs if each.fact}:
            of_fact[fact].append(number)

    def resting(facts: Iterable[str]) -> Fraction:
        lines = {number for fact in facts for number in of_fact.get(fact, ())}
        return sum((account.weighed(account.lines[number]) for number in lines), Fraction(0))

    suspects = tuple(Suspect(each, resting(each.facts)) for each in found)
    doubtful = resting(fact for each in found for fact in each.facts)
    lacking = {each.unit for each in account.missing}
    return Caution(suspects, doubtful, len(account.missing), len(lacking), gaps(account))


def missing_of(account: Account, by: Sequence[str], key: Sequence[str]) -> tuple[Missing, ...]:
    """What is missing from a row of totals; what nobody can say of something missing (its gas, its scope) tells no rows apart."""
    return tuple(each for each in account.missing if _belongs(account, each, dict(zip(by, key, strict=True))))


def missing_for(account: Account, item: str) -> tuple[Missing, ...]:
    """What is missing of the units that stated an amount of an item: a ratio to it is without that."""
    of = {each.unit for each in account.entries if each.item == item and each.parameter == AMOUNT}
    nodes = account.organisation.nodes
    return tuple(
        each
        for each in account.missing
        if each.unit in of
        or (each.unit in nodes and not of.isdisjoint(ancestors(account.organisation, each.unit)))
    )


def _belongs(account: Account, missing: Missing, asked: Mapping[str, str]) -> bool:
    where = account.inventory.where.get(missing.unit, {})
    said = {name: getattr(missing, name) for name in _OF_MISSING if getattr(missing, name)}
    said |= {name: where[name] for name in asked if name in where}
    if missing.month:
        said["year"] = missing.month[:4]
    return all(said.get(name, wanted) == wanted for name, wanted in asked.items())


def gaps(account: Account) -> tuple[Gap, ...]:
    """Units with emissions in the year of an account, and the months of it in which they are there and state nothing."""
    if not account.year:
        return ()
    stated: dict[str, set[str]] = {line.unit: set() for line in account.every_line}
    for entry in account.entries:
        if entry.unit in stated:
            stated[entry.unit].add(entry.month)
    year = [f"{account.year}-{number:02d}" for number in range(1, 13)]
    found = (
        Gap(unit, tuple(month for month in year if month not in months and _counts(account, unit, month)))
        for unit, months in stated.items()
    )
    return tuple(each for each in found if each.months)


def _counts(account: Account, unit: str, month: str) -> bool:
    if unit not in account.organisation.nodes:
        return False
    (since, until), (first, last) = life(account.organisation, unit), span(month)
    return since <= last and until >= first and bool(account.share(unit, month))
