"""A method of accounting: a dated, cited file that says what is counted, by which formula, from which evidence."""

from dataclasses import dataclass
from datetime import date

from touchstone.calc.carbon.formula.expression import Expression
from touchstone.facts.text import Text

LEVELS = ("process", "enterprise", "auxiliary")
"""Where a term counts: at the process only, at the enterprise, or reported beside the total and not in it."""


@dataclass(frozen=True, slots=True)
class Tier:
    """One way to a parameter's value, tried in order.

    Attributes:
        kind: measured (an entry of the unit), default (a factor), constant (the number of the clause itself).
        factor: kind of the factor (`ncv`), for a default; `of` its item where it is not that of the entry.
        clause: where the method allows it; evidence: what has to be kept.
    """

    kind: str
    factor: str = ""
    of: str = ""
    clause: str = ""
    evidence: Text | None = None


@dataclass(frozen=True, slots=True)
class Parameter:
    """A name of a formula: what it means, its unit, and the tiers of its value."""

    key: str
    name: Text
    unit: str
    tiers: tuple[Tier, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One source of emissions.

    Attributes:
        over: kinds of items it is summed over (fuel, reductant, carbonate, electricity, heat), or the items themselves;
            empty where it is worked out once for the unit.
        scope: 1, 2 or 3.
        gas: of the result; unit of the result (t).
        level: of `LEVELS`.
        parameters: of the formula, in order.
        clause: of the document.
    """

    key: str
    name: Text
    over: tuple[str, ...]
    scope: int
    gas: str
    unit: str
    level: str
    formula: Expression
    parameters: tuple[Parameter, ...]
    clause: str


@dataclass(frozen=True, slots=True)
class Check:
    """A test that a method declares for its data: an expression of parameters, and the band it must lie in."""

    key: str
    name: Text
    expression: Expression
    unit: str
    low: str
    high: str
    clause: str


@dataclass(frozen=True, slots=True)
class Method:
    """A method, by its file `data/carbon/methods/<key>.toml`.

    Attributes:
        document: key of the `CitedDocument`.
        valid_from, valid_to: days it may be applied.
        gwp: the set it prescribes (SAR, AR4, AR5, AR6), "" where it leaves that to the user.
        boundary: what is counted; applies: to whom, in words; products it is meant for, by item key.
        open_points: what could not be settled against the official text; shown wherever the method is used.
    """

    key: str
    name: Text
    document: str
    valid_from: date | None
    valid_to: date | None
    gwp: str
    boundary: Text
    applies: Text
    products: tuple[str, ...]
    terms: tuple[Term, ...]
    checks: tuple[Check, ...]
    open_points: tuple[Text, ...]
