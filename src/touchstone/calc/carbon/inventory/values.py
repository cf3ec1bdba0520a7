"""The value of a parameter: measured where there is an entry, else the default that the method names, with the reason."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from touchstone.calc.carbon.activity import Entry
from touchstone.calc.carbon.factors.context import OWN, Context
from touchstone.calc.carbon.factors.library import Library
from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.carbon.factors.resolve import Resolved, resolve
from touchstone.calc.carbon.inventory.plant import Plant
from touchstone.calc.carbon.line import Input
from touchstone.calc.carbon.method import Method, Parameter, Term, Tier
from touchstone.errors import Refusal, UnitMismatch, UnknownUnit
from touchstone.facts.conversion import rounded
from touchstone.facts.period import span
from touchstone.facts.text import Text
from touchstone.facts.unit import convert

DIGITS = 18
"""Decimals of an input that does not end, as it is shown; lines are worked out exactly."""


@dataclass(frozen=True, slots=True)
class Value:
    """A parameter's value, exact, and the input that says where it is from."""

    exact: Fraction
    input: Input


@dataclass(frozen=True, slots=True)
class Lacking:
    """Why a parameter has no value; `measured` where an entry was to give it and nobody stated one."""

    parameter: Parameter
    measured: bool
    why: Text


@dataclass(slots=True)
class Source:
    """Where values come from: the entries of one unit by month, item and parameter, and the factor library.

    What was resolved once for a unit and year is not resolved again, unless another factor begins or ends within the year.
    """

    plant: Plant
    entries: Mapping[tuple[str, str, str], Entry]
    library: Library
    _known: dict[tuple[object, ...], Resolved | Refusal] = field(default_factory=dict)

    def value(
        self, method: Method, term: Term, parameter: Parameter, item: str, month: str
    ) -> Value | Lacking:
        """The value of a parameter by the first of its tiers that has one."""
        unit_of = parameter.unit_of(items()[item].unit if item in items() else "")
        chosen = method.chosen(self.plant.options)
        reasons: list[Text] = []
        measured = False
        for tier in parameter.tiers:
            found = self._of_tier(
                method, term, tier, parameter, tier.item(item, chosen), month, unit_of, reasons
            )
            if found:
                return found
            measured |= tier.kind == "measured"
        zh, en = "；".join(each.zh for each in reasons), "; ".join(each.en for each in reasons)
        only = all(tier.kind == "measured" for tier in parameter.tiers)
        stated = any(
            (month, tier.item(item, chosen), tier.factor) in self.entries
            for tier in parameter.tiers
            if tier.kind == "measured"
        )
        return Lacking(parameter, measured and only and not stated, Text(zh, en))

    def _of_tier(
        self, method: Method, term: Term, tier: Tier, parameter: Parameter, item: str, month: str, unit_of: str,
        reasons: list[Text],
    ) -> Value | None:  # fmt: skip
        if tier.kind == "constant":
            assert tier.value is not None
            why = Text(f"方法所列常数（{tier.clause}）", f"a constant of the method ({tier.clause})")
            return _value(
                parameter, Fraction(tier.value), unit_of, tier.value, unit_of, "constant", "", "", why
            )
        if tier.kind == "measured":
            entry = self.entries.get((month, item, tier.factor))
            name = items()[item].name if item in items() else Text(item, item)
            if entry is None:
                reasons.append(
                    Text(f"没有{name.zh}的实测值（{tier.factor}）", f"no measured {tier.factor} of {name.en}")
                )
                return None
            try:
                exact = convert(entry.value, entry.unit_of, unit_of)
            except (UnitMismatch, UnknownUnit) as error:
                said = str(error).splitlines()
                reasons.append(Text(said[-1], said[0]))
                return None
            why = Text("有实测值", "there is a measured value")
            return _value(
                parameter, exact, unit_of, entry.value, entry.unit_of, "measured", entry.fact, "", why
            )
        found = self._resolved(
            method, tier, item, tier.gas or (term.gas if tier.factor == "emission" else ""), month
        )
        if isinstance(found, Refusal):
            reasons.append(Text(_said(found, "zh"), _said(found, "en")))
            return None
        factor = found.factor
        assert factor.value is not None
        try:
            exact = convert(factor.value, factor.unit, unit_of)
        except (UnitMismatch, UnknownUnit) as error:
            said = str(error).splitlines()
            reasons.append(Text(said[-1], said[0]))
            return None
        return _value(
            parameter, exact, unit_of, factor.value, factor.unit, "default", "", factor.id, found.why
        )

    def _resolved(self, method: Method, tier: Tier, item: str, gas: str, month: str) -> Resolved | Refusal:
        day = span(month)[1]
        documents = (tier.document or method.document,) if not tier.family or tier.document else ()
        turn = bisect_right(self.library.turns(tier.factor, item), day)
        key = (tier.factor, item, gas, tier.family, tier.level, documents, day.year, turn)
        if key not in self._known:
            plant = self.plant
            context = Context(
                day=day, region=plant.place, grid=plant.grid, documents=documents,
                data_years=plant.data_years.get(day.year, ()) if tier.family else (),
                wider=plant.wider_places.get(day.year, "") if tier.family else "",
                asked_by=method.document, family=tier.family, gas=gas, levels=(*OWN, tier.level) if tier.level else (),
                owner=(plant.key, *plant.owners),
            )  # fmt: skip
            try:
                self._known[key] = resolve(self.library, tier.factor, item, context)
            except Refusal as error:
                self._known[key] = error
        return self._known[key]


def _value(
    parameter: Parameter, exact: Fraction, unit_of: str, stated: Decimal, stated_unit: str, tier: str, fact: str, factor: str,
    why: Text,
) -> Value:  # fmt: skip
    shown = Decimal(f"{rounded(exact, DIGITS).normalize():f}")
    return Value(exact, Input(parameter.key, shown, unit_of, stated, stated_unit, tier, fact, factor, why))


def _said(problem: Refusal, lang: str) -> str:
    """What was found and what to do, in one sentence."""
    if lang == "zh" and problem.zh:
        return f"{problem.code}：{problem.zh[0]}；{problem.zh[3]}"
    return f"{problem.code}: {problem.found}; {problem.fix}"
