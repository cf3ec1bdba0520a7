"""A case without what a plan never uses: what many futures of one plan are worked out on, faster and with the same result."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from touchstone.calc.pathway.case import Bools, Case, Rule
from touchstone.calc.pathway.plan import Plan


def slimmed(case: Case, plan: Plan, named: Iterable[str | None] = ()) -> tuple[Case, Plan]:
    """The case and the plan with the technologies alone that ever stand or stood first, and the changes that are made.

    Args:
        named: technologies that drivers are about: what contains them stays, and what stands without them, for savings are told against that.
    """
    used: Bools = np.asarray(plan.standing.any((0, 2)) | plan.built.any((0, 2)) | plan.output.any((0, 2)))
    used[case.initial[case.initial >= 0]] = True
    steps = plan.changed.any((0, 2))
    for ends in (case.before, case.after):
        used[ends[steps]] = True
    used[_with_and_without(case.technologies, set(named))] = True
    number = np.cumsum(used) - 1
    keys = tuple(key for key, kept in zip(case.technologies, used, strict=True) if kept)
    fewer = replace(
        case,
        **_of_parts(case, keys),
        technologies=keys,
        group=case.group[used],
        initial=np.where(case.initial >= 0, number[case.initial], -1),
        before=number[case.before[steps]],
        after=number[case.after[steps]],
        change=case.change[:, steps],
        scrap=case.of_scrap[used],
        anew=None if case.anew is None else case.anew[:, used],
        since=None if case.since is None else case.since[:, used],
        rules=tuple(_rule(rule, used) for rule in case.rules),
        **{
            name: getattr(case, name)[:, used]
            for name in ("electricity", "direct", "energy", "benchmark", "running", "investment")
        },
    )
    done = {name: getattr(plan, name)[:, used] for name in ("standing", "built", "output")}
    return fewer, replace(plan, **done, changed=plan.changed[:, steps])


def _of_parts(case: Case, keys: tuple[str, ...]) -> dict[str, Any]:
    """What is said of the parts that these states are made of."""
    kept = [case.parts.index(part) for part in dict.fromkeys(part for key in keys for part in key.split("+"))]
    own = {name: getattr(case, name)[kept] for name in ("lifetime", "first", "last", "spread", "ramp")}
    own |= {} if case.dearer is None else {"dearer": case.dearer[kept]}
    return own | ({} if case.prices is None else {"prices": case.prices[:, kept]})


def _with_and_without(states: tuple[str, ...], named: set[str | None]) -> list[int]:
    kept: dict[str, None] = {}
    for key in states:
        parts = key.split("+")
        for name in named.intersection(parts):
            kept |= {key: None, "+".join(part for part in parts if part != name): None}
    return [index for index, key in enumerate(states) if key in kept]


def _rule(rule: Rule, used: Bools) -> Rule:
    return rule if rule.technologies is None else replace(rule, technologies=rule.technologies[used])
