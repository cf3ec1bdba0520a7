"""A method of accounting: a dated, cited file that says what is counted, by which formula, from which evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from string import Formatter

from touchstone.calc.carbon.formula.expression import Expression
from touchstone.calc.carbon.formula.units import ITEM
from touchstone.calc.carbon.methods.unfit import undeclared, without_term
from touchstone.facts.text import Text

LEVELS = ("process", "enterprise", "auxiliary")
"""Where a term counts: at the process only, at the enterprise, or reported beside the total and not in it."""


KINDS = ("measured", "default", "constant")


@dataclass(frozen=True, slots=True)
class Tier:
    """One way to a parameter's value, tried in order.

    Attributes:
        kind: measured (an entry of the unit), default (a factor), constant (a number of the clause itself).
        factor: kind of the factor (`ncv`); for a measured value the parameter of the entry, `amount` or what was measured.
        of: the item of the entry or factor, "" for the one the term is worked out for; `{technology}` in it stands for
            the choice of that option.
        gas: of the factor, "" for that of the term; family: of an electricity factor, "" where it has none.
        document: the factor is taken from, "" for the method's own, or for electricity for the publication of the year.
        level: the only step of the precedence a published factor may stand on (provincial, regional, national), "" for any; what a
            user measured or declared goes before it.
        value: of a constant, in the unit of the parameter; None for the others.
        clause: where the method allows it; evidence: what has to be kept.
    """

    kind: str
    factor: str = ""
    of: str = ""
    gas: str = ""
    family: str = ""
    document: str = ""
    level: str = ""
    value: Decimal | None = None
    clause: str = ""
    evidence: Text | None = None

    def item(self, item: str, chosen: Mapping[str, str]) -> str:
        """The item whose value is asked for, at a term worked out for `item`, with what was chosen of each option."""
        return self.of.format_map(chosen) or item


@dataclass(frozen=True, slots=True)
class Parameter:
    """A name of a formula: what it means, its unit, and the tiers of its value.

    In `unit`, `{item}` stands for the unit in which the item is counted; shares are in `times` (0.94 for 94 %).
    """

    key: str
    name: Text
    unit: str
    tiers: tuple[Tier, ...]

    def unit_of(self, item_unit: str) -> str:
        """The unit its value enters the formula in, for an item counted in `item_unit`: GJ/1e4 Nm3 of a gas."""
        return self.unit.replace(ITEM, item_unit)


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to an option; `note` says what speaks for it or against it."""

    key: str
    name: Text
    note: Text | None


@dataclass(frozen=True, slots=True)
class Option:
    """What a plant declares for itself: its technology, or which of two values in dispute it takes.

    Attributes:
        preset: the choice where nothing is declared; "" where it must be declared.
    """

    key: str
    name: Text
    choices: tuple[Choice, ...]
    preset: str
    clause: str


@dataclass(frozen=True, slots=True)
class Term:
    """One source of emissions.

    Attributes:
        over: kinds of items it is summed over (fuel, reductant, carbonate, electricity, heat), or the items themselves;
            empty where it is worked out once for the unit.
        scope: 1, 2 or 3.
        gas: of the result; unit of the result (t).
        level: of `LEVELS`.
        when: options, each with the choices under which the term counts; empty where it always does.
        parameters: of the formula, in order.
        clause: of the document.
        needed: whether every plant that makes a product of the method has this source, so that data of it must be stated.
    """

    key: str
    name: Text
    over: tuple[str, ...]
    scope: int
    gas: str
    unit: str
    level: str
    when: tuple[tuple[str, tuple[str, ...]], ...]
    formula: Expression
    parameters: tuple[Parameter, ...]
    clause: str
    needed: bool = False

    def options(self) -> frozenset[str]:
        """Keys of the options that decide whether it counts or whose item a value is asked for."""
        items = (tier.of for parameter in self.parameters for tier in parameter.tiers)
        named = (name for of in items for _, name, _, _ in Formatter().parse(of) if name)
        return frozenset((*(option for option, _ in self.when), *named))


@dataclass(frozen=True, slots=True)
class Check:
    """A test that a method declares for its data: an expression of parameters, and the band it must lie in.

    Attributes:
        parameters: of the expression, in order.
        low, high: ends of the band in `unit`; None where it is open.
    """

    key: str
    name: Text
    expression: Expression
    parameters: tuple[Parameter, ...]
    unit: str
    low: Decimal | None
    high: Decimal | None
    clause: str


@dataclass(frozen=True, slots=True)
class Method:
    """A method, by its file `data/carbon/methods/<key>.toml`.

    Attributes:
        document: key of the `CitedDocument`.
        valid_from, valid_to: first and last day of the activity it may be applied to; None where open.
        gwp: the set it prescribes (SAR, AR4, AR5, AR6), "" where it leaves that to the user.
        boundary: what is counted; applies: to whom, in words; products and sectors it is meant for, by key.
        open_points: what could not be settled against the official text; shown wherever the method is used.
        trading: whether it is a guideline of the national trading scheme, by which allowances are surrendered.
        follows: keys of the methods whose place it takes from the day it is taken up.
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
    sectors: tuple[str, ...]
    options: tuple[Option, ...]
    terms: tuple[Term, ...]
    checks: tuple[Check, ...]
    open_points: tuple[Text, ...]
    follows: tuple[str, ...] = ()
    trading: bool = False

    def chosen(self, declared: Mapping[str, str]) -> dict[str, str]:
        """The choice of every option that is declared or has a preset; `<method>.<option>` is of this method only and goes first.

        Raises:
            UnusableDeclaration: METHOD-008 what is declared is none of the choices.
        """
        chosen: dict[str, str] = {}
        for option in self.options:
            general = declared.get(option.key, option.preset)
            if given := declared.get(f"{self.key}.{option.key}", general):
                chosen[option.key] = self._answer(option.key, given)
        return chosen

    def counting(self, declared: Mapping[str, str]) -> tuple[Term, ...]:
        """The terms that count for a plant with these declarations.

        Raises:
            UnusableDeclaration: METHOD-008 as `chosen`, or an option without preset decides about a term and is not declared;
                one that no term comes to need not be (the paste of a Soderberg cell, where cells are prebaked). METHOD-009
                the choices leave no term of an option: the source would be left out in silence.
        """
        chosen = self.chosen(declared)
        asked: dict[str, None] = {}
        counted = tuple(term for term in self.terms if self._counts(term, chosen, asked))
        used = {option for term in counted for option in term.options()}
        for key in used:
            self._answer(key, chosen.get(key, ""))
        for key in asked:
            if key not in used:
                raise without_term(self.key, key, chosen)
        return counted

    def _counts(self, term: Term, chosen: Mapping[str, str], asked: dict[str, None]) -> bool:
        for option, choices in term.when:
            asked[option] = None
            if self._answer(option, chosen.get(option, "")) not in choices:
                return False
        return True

    def _answer(self, key: str, given: str) -> str:
        option = next(option for option in self.options if option.key == key)
        choices = [choice.key for choice in option.choices]
        if given not in choices:
            raise undeclared(self.key, key, given, choices)
        return given
