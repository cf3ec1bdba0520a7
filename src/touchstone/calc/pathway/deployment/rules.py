"""Rules as linear terms over the columns of a model: numerator and denominator of an indicator, year by year.

Lines of one supply share one mix of power. Where a rule counts all lines of a supply, their power is what the supply buys, by contract,
which is linear. Where it counts only some of them, their power times the mix is not; it is taken as linear about a given `Mix`, and the
model is solved again about the mix it found.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from touchstone.calc.pathway.accounts import accounts
from touchstone.calc.pathway.case import Bools, Case, Floats, Ints, Rule
from touchstone.calc.pathway.deployment.columns import Columns
from touchstone.calc.pathway.plan import Plan

Term = tuple[Ints, Floats]
"""Numbers of columns (..., Y) and their coefficients, of the same shape."""


@dataclass(frozen=True, slots=True)
class Mix:
    """About which power of some lines of a supply is taken as linear.

    Attributes:
        factor: (G, Y) t CO2e/MWh; renewable: (G, Y) share.
        part: (R, G, Y), the share of a supply's power that the lines of a rule use.
    """

    factor: Floats
    renewable: Floats
    part: Floats


def mix_of(case: Case, plan: Plan) -> Mix:
    """The mix of a plan."""
    made = accounts(case, plan)

    def used(lines: Bools) -> Floats:
        found = np.zeros_like(made.factor)
        np.add.at(found, case.supply[lines], made.power[lines])
        return found

    every = used(np.ones(len(case.lines), bool))
    parts = [used(rule.lines) / np.where(every > 0, every, 1) for rule in case.rules]
    return Mix(made.factor, made.renewable, np.array(parts).reshape(-1, *every.shape))


def between(one: Mix, other: Mix) -> Mix:
    """Half way, so that a mix that swings comes to rest."""
    return Mix(
        (one.factor + other.factor) / 2, (one.renewable + other.renewable) / 2, (one.part + other.part) / 2
    )


def apart(one: Mix, other: Mix) -> float:
    """How far two mixes are from each other at most, in t CO2e/MWh and shares."""
    return float(max(np.abs(one.factor - other.factor).max(), np.abs(one.renewable - other.renewable).max()))


def parted(case: Case, rule: Rule) -> tuple[Bools, Bools]:
    """(G,) supplies all of whose lines the rule counts, and (P,) lines it counts of the others."""
    members = np.bincount(case.supply, minlength=len(case.supplies))
    counted = np.bincount(case.supply[rule.lines], minlength=len(case.supplies))
    full = (members > 0) & (counted == members)
    return full, rule.lines & ~full[case.supply]


def needs_mix(case: Case) -> bool:
    """Whether any rule on power counts only some lines of a supply."""
    return any(
        parted(case, rule)[1].any()
        for rule in case.rules
        if rule.indicator == "renewable.share"
        or (rule.indicator in ("emissions", "intensity", "decline", "peak") and rule.gases != "direct")
    )


def terms(case: Case, at: Columns, number: int, mix: Mix) -> tuple[list[Term], list[Term]]:
    """Numerator and, of a ratio, denominator of the indicator of rule `number`, as `accounts.fraction` counts them."""
    rule, part = case.rules[number], mix.part[number]
    lines, products = rule.lines, rule.products
    made = _term(at.output[lines], 1.0)
    stands = _term(at.standing[lines], 1.0)
    scrap = _term(at.recycled[products], 1.0)
    match rule.indicator:
        case "emissions" | "decline" | "peak":
            return _emissions(case, at, rule, mix.factor, part), []
        case "intensity":
            return _emissions(case, at, rule, mix.factor, part), [made, scrap]
        case "energy":
            return _energy(case, at, rule), []
        case "energy.intensity":
            return _energy(case, at, rule), [made, scrap]
        case "renewable.share":
            used = _term(at.output[lines], np.nan_to_num(case.electricity)[lines][:, :, None])
            return _power(case, at, rule, case.contract_renewable, mix.renewable, part), [used]
        case "benchmark.share":
            return [_term(at.standing[lines], 1.0 * case.benchmark[lines][:, :, None])], [stands]
        case "technology.share":
            assert rule.technologies is not None
            return [_term(at.standing[lines], 1.0 * rule.technologies[None, :, None])], [stands]
        case "recycled.share":
            return [scrap, _term(at.output[lines], 1.0 * case.of_scrap[None, :, None])], [scrap, made]
        case "capacity":
            return [stands], []
        case "output":
            return [made], []
        case _:
            raise ValueError(f"no indicator {rule.indicator!r}")


def _emissions(case: Case, at: Columns, rule: Rule, factor: Floats, part: Floats) -> list[Term]:
    found = []
    if rule.gases != "power":
        found.append(_term(at.output[rule.lines], np.nan_to_num(case.direct)[rule.lines][:, :, None]))
    if rule.gases != "direct":
        found += _power(case, at, rule, case.contract_factor, factor, part)
    if rule.gases == "all":
        found.append(_term(at.recycled[rule.products], case.recycled_direct[rule.products]))
    return found


def _power(case: Case, at: Columns, rule: Rule, of: Floats, mean: Floats, part: Floats) -> list[Term]:
    """Power of the rule's lines times a property of its mix; of whole supplies exactly, of parts to first order about the mix."""
    full, some = parted(case, rule)
    split = np.bincount(case.supply[some], minlength=len(full)) > 0
    used = np.nan_to_num(case.electricity)[some][:, :, None] * mean[case.supply[some]][:, None, :]
    shift = part[split][:, None, :] * (of[split] - mean[split][:, None, :])
    return [_term(at.power[full], of[full]), _term(at.output[some], used), _term(at.power[split], shift)]


def _energy(case: Case, at: Columns, rule: Rule) -> list[Term]:
    each = np.nan_to_num(case.energy) + np.nan_to_num(case.electricity) * case.power_energy
    return [
        _term(at.output[rule.lines], each[rule.lines][:, :, None]),
        _term(at.recycled[rule.products], case.recycled_energy[rule.products]),
    ]


def _term(numbers: Ints, coefficients: Any) -> Term:
    return numbers, np.broadcast_to(np.asarray(coefficients, float), numbers.shape)
