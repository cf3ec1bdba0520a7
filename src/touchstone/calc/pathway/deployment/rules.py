"""Rules as linear terms over the columns of a model: numerator and denominator of an indicator, year by year.

Lines of one supply share one mix of power. Where a rule counts all lines of a supply, their power is what the supply buys, by contract,
which is linear. Where it counts only some of them, their power times the mix is not; it is taken as linear about a given `Mix`, and the
model is solved again about the mix it found. So it is with a peak: which year before it is the highest follows from the plan; it is held
against the one that the mix names.

What is least about one mix bounds no plan of another. `loosened` gives a model that lies below every plan.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from touchstone.calc.pathway.accounts import ROUNDING, Accounts, accounts, fraction
from touchstone.calc.pathway.case import Bools, Case, Floats, Ints, Rule
from touchstone.calc.pathway.deployment.columns import Columns
from touchstone.calc.pathway.plan import Plan

Term = tuple[Ints, Floats]
"""Numbers of columns (..., Y) and their coefficients, of the same shape."""


@dataclass(frozen=True, slots=True)
class Mix:
    """About which power of some lines of a supply is taken as linear, and which year a peak is held against.

    Attributes:
        factor: (R, G, Y) t CO2e/MWh; renewable: (R, G, Y) share; of a plan they are the same for every rule.
        part: (R, G, Y), the share of a supply's power that the lines of a rule use.
        against: (R,) index of the year before a rule begins that is held for the highest; of a peak alone it says anything.
    """

    factor: Floats
    renewable: Floats
    part: Floats
    against: Ints


def mix_of(case: Case, plan: Plan) -> Mix:
    """The mix of a plan."""
    made = accounts(case, plan)
    shape = (len(case.rules), *made.factor.shape)
    part = np.divide(_used(case, made), used := _all(case, made), out=np.zeros(shape), where=used > 0)
    against = [_highest(fraction(case, plan, made, _level(rule))[0][: rule.begins]) for rule in case.rules]
    return Mix(
        np.broadcast_to(made.factor, shape),
        np.broadcast_to(made.renewable, shape),
        part,
        np.array(against, dtype=np.int64),
    )


def last_before(case: Case, mix: Mix) -> Mix:
    """A mix with every peak held against the last year before it, from which the search begins."""
    return replace(mix, against=np.array([rule.begins - 1 for rule in case.rules], dtype=np.int64))


def extremes(case: Case, mix: Mix) -> tuple[Mix, Mix]:
    """A mix with the cleanest and one with the dirtiest power that is on offer, from which a search may begin too."""
    factors, shares = _ends(case, case.contract_factor), _ends(case, case.contract_renewable)
    clean, dirty = (
        replace(
            mix,
            factor=np.broadcast_to(factor, mix.factor.shape),
            renewable=np.broadcast_to(share, mix.renewable.shape),
        )
        for factor, share in zip(factors, reversed(shares), strict=True)
    )
    return clean, dirty


def _ends(case: Case, of: Floats) -> tuple[Floats, Floats]:
    """(G, Y) least and most of a property of the contracts that a supply may buy; of all of them where it may buy none."""
    open_ = case.contract_limit > 0
    open_ |= ~open_.any(1, keepdims=True)
    return np.where(open_, of, np.inf).min(1), np.where(open_, of, -np.inf).max(1)


def _used(case: Case, made: Accounts) -> Floats:
    """(R, G, Y) MWh that the lines of each rule use."""
    found = np.zeros((len(case.rules), *made.factor.shape))
    for number, rule in enumerate(case.rules):
        np.add.at(found[number], case.supply[rule.lines], made.power[rule.lines])
    return found


def _all(case: Case, made: Accounts) -> Floats:
    """(G, Y) MWh that all lines use."""
    found = np.zeros_like(made.factor)
    np.add.at(found, case.supply, made.power)
    return found


def _level(rule: Rule) -> Rule:
    """The emissions of which a rule on a peak is the change."""
    return replace(rule, indicator="emissions") if rule.indicator == "peak" else rule


def _highest(before: Floats) -> int:
    """The last of the years that are as high as any, but for rounding."""
    return int(np.flatnonzero(before >= before.max() - ROUNDING * np.abs(before).max())[-1])


def between(one: Mix, other: Mix) -> Mix:
    """Half way, so that a mix that swings comes to rest; peaks as in the other."""
    return Mix(
        (one.factor + other.factor) / 2,
        (one.renewable + other.renewable) / 2,
        (one.part + other.part) / 2,
        other.against,
    )


def apart(case: Case, one: Mix, other: Mix) -> float:
    """How far two mixes are from each other at most, in t CO2e/MWh and shares; infinite where a peak is held against another year.

    Of what rules count in part alone: of the rest nothing depends on the mix.
    """
    if not alike_peaks(case, one, other):
        return np.inf
    some = in_part(case)
    moved = (np.abs(one.factor - other.factor)[some], np.abs(one.renewable - other.renewable)[some])
    return float(max(each.max(initial=0.0) for each in moved))


def alike_peaks(case: Case, one: Mix, other: Mix) -> bool:
    """Whether every peak is held against the same year in both."""
    return all(one.against[number] == other.against[number] for number in chosen_peaks(case))


def parted(case: Case, rule: Rule) -> tuple[Bools, Bools]:
    """(G,) supplies all of whose lines the rule counts, and (P,) lines it counts of the others."""
    members = np.bincount(case.supply, minlength=len(case.supplies))
    counted = np.bincount(case.supply[rule.lines], minlength=len(case.supplies))
    full = (members > 0) & (counted == members)
    return full, rule.lines & ~full[case.supply]


def in_part(case: Case) -> list[int]:
    """Numbers of the rules on power that count only some lines of a supply."""
    return [
        number
        for number, rule in enumerate(case.rules)
        if (
            rule.indicator == "renewable.share"
            or (rule.indicator in ("emissions", "intensity", "decline", "peak") and rule.gases != "direct")
        )
        and parted(case, rule)[1].any()
    ]


def chosen_peaks(case: Case) -> list[int]:
    """Numbers of the rules on a peak before which more than one year may be the highest."""
    return [number for number, rule in enumerate(case.rules) if rule.indicator == "peak" and rule.begins > 1]


def needs_mix(case: Case) -> bool:
    """Whether any rule is linear only about the mix of a plan."""
    return bool(in_part(case) or chosen_peaks(case))


def loosened(case: Case, plan: Plan) -> tuple[Case, Mix]:
    """A case and a mix whose model lies below every plan that peaks in the year in which this one does.

    The emissions of some lines of a supply are at least their power with the cleanest contract on offer; and at least those of the whole
    supply less the power of the other lines with the dirtiest. Whichever of the two says more of this plan takes their place (McCormick);
    for a rule that asks for more, the other way round. Rules on a change of such emissions are left out.
    """
    made, mix, rules = accounts(case, plan), mix_of(case, plan), list(case.rules)
    used, every = _used(case, made), _all(case, made)
    factor, renewable, part = mix.factor.copy(), mix.renewable.copy(), mix.part.copy()
    for number in in_part(case):
        rule = rules[number]
        if rule.indicator in ("decline", "peak"):
            rules[number] = replace(rule, limit=np.full_like(rule.limit, np.nan))
            continue
        green = rule.indicator == "renewable.share"
        of, mean = (case.contract_renewable, renewable) if green else (case.contract_factor, factor)
        near, far = _ends(case, of)[:: 1 if rule.sense == "most" else -1]
        own, rest = near * used[number], far * used[number] + every * (mean[number] - far)
        takes_rest = rest > own if rule.sense == "most" else rest < own
        mean[number], part[number] = np.where(takes_rest, far, near), takes_rest
    return replace(case, rules=tuple(rules)), Mix(factor, renewable, part, mix.against)


def terms(case: Case, at: Columns, number: int, mix: Mix) -> tuple[list[Term], list[Term]]:
    """Numerator and, of a ratio, denominator of the indicator of rule `number`, as `accounts.fraction` counts them."""
    rule, part = case.rules[number], mix.part[number]
    lines, products = rule.lines, rule.products
    made = _term(at.output[lines], 1.0)
    stands = _term(at.standing[lines], 1.0)
    scrap = _term(at.recycled[products], 1.0)
    match rule.indicator:
        case "emissions" | "decline" | "peak":
            return _emissions(case, at, rule, mix.factor[number], part), []
        case "intensity":
            return _emissions(case, at, rule, mix.factor[number], part), [made, scrap]
        case "energy":
            return _energy(case, at, rule), []
        case "energy.intensity":
            return _energy(case, at, rule), [made, scrap]
        case "renewable.share":
            used = _term(at.output[lines], np.nan_to_num(case.electricity)[lines][:, :, None])
            return _power(case, at, rule, case.contract_renewable, mix.renewable[number], part), [used]
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
