"""Replacement of capacity (产能置换): what must retire before something new starts, by ratios that documents state or the planner does.

Every fault of a plan is a finding in five parts; the rest of the plan is worked out without what is at fault.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from touchstone.calc.pathway.refusal import UnusablePathway, refusal
from touchstone.calc.target.ratios import Rule, Rules, shipped
from touchstone.facts.text import Text


@dataclass(frozen=True, slots=True)
class Quota:
    """Capacity that can be replaced: a line, its t/a as filed or approved, and the day it retires, None where it is not known."""

    line: str
    product: str
    capacity: Fraction
    retired: date | None


@dataclass(frozen=True, slots=True)
class Use:
    """So many t/a of a quota."""

    line: str
    amount: Fraction


@dataclass(frozen=True, slots=True)
class Project:
    """Capacity that is built by replacing.

    Attributes:
        capacity: t/a; start: day on which it begins to produce; area: of `AREAS`; merged: whether its quotas came by a completed merger.
        ratio: that the planner states, None for that of the rule; exempt: why no rule applies, in the planner's words, "" where one does.
        where: for messages.
    """

    key: str
    product: str
    capacity: Fraction
    start: date
    uses: tuple[Use, ...]
    area: str = "any"
    merged: bool = False
    ratio: Fraction | None = None
    exempt: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """A use of a quota and how much of it counts; of a use that does not, 0."""

    use: Use
    counts: Fraction


@dataclass(frozen=True, slots=True)
class Replaced:
    """A project against its quotas, t/a.

    Attributes:
        ratio: None where neither a document nor the planner states one; rule: it is from, None where the planner's counts.
        needed: capacity x ratio; given: what counts of its quotas; short: needed less given, 0 where enough; None without a ratio.
        findings: what is wrong with it.
    """

    project: Project
    ratio: Fraction | None
    rule: Rule | None
    needed: Fraction | None
    counted: tuple[Counted, ...]
    given: Fraction
    short: Fraction | None
    findings: tuple[UnusablePathway, ...]


def replaced(
    projects: Iterable[Project], quotas: Iterable[Quota], rules: Rules | None = None
) -> tuple[Replaced, ...]:
    """The plan worked out, in the order in which projects start; of one quota, the project that starts first is served first.

    Args:
        rules: those of Touchstone where none are given.
    """
    known = {each.line: each for each in quotas}
    left = {line: each.capacity for line, each in known.items()}
    users: dict[str, list[Use]] = defaultdict(list)
    order = sorted(projects, key=lambda each: (each.start, each.key))
    for project in order:
        for use in project.uses:
            users[use.line].append(Use(project.key, use.amount))
    return tuple(_replaced(project, known, left, users, rules or shipped()) for project in order)


def ratio_of(project: Project, rules: Rules) -> Rule | None:
    """The first rule that applies to a project; None where there is none."""
    return next((each for each in rules.ratios if _applies(each, project)), None)


def _applies(rule: Rule, project: Project) -> bool:
    return (
        project.product in rule.products
        and rule.area in ("any", project.area)
        and (project.merged or not rule.merged)
        and rule.since <= project.start <= rule.until
    )


def _replaced(
    project: Project, known: Mapping[str, Quota], left: dict[str, Fraction], users: Mapping[str, Sequence[Use]], rules: Rules
) -> Replaced:  # fmt: skip
    findings: list[UnusablePathway] = []
    ratio, rule = _ratio(project, rules, findings)
    counted: list[Counted] = []
    for use in project.uses:
        fault = _fault(project, use, known)
        if fault:
            findings.append(fault)
            counted.append(Counted(use, Fraction(0)))
            continue
        counts = min(use.amount, left[use.line])
        left[use.line] -= counts
        counted.append(Counted(use, counts))
        if counts < use.amount:
            findings.append(_over(project, known[use.line], users[use.line]))
    lines = [use.line for use in project.uses]
    findings += [
        refusal("TARGET-049", _at(project), line=line)
        for line in dict.fromkeys(lines)
        if lines.count(line) > 1
    ]
    given = sum((each.counts for each in counted), Fraction(0))
    needed = None if ratio is None else project.capacity * ratio
    short = None if needed is None else max(needed - given, Fraction(0))
    if needed is not None and short:
        findings.append(_short(project, ratio or Fraction(0), needed, given, short))
    return Replaced(project, ratio, rule, needed, tuple(counted), given, short, tuple(findings))


def _ratio(
    project: Project, rules: Rules, findings: list[UnusablePathway]
) -> tuple[Fraction | None, Rule | None]:
    rule = None if project.exempt else ratio_of(project, rules)
    if rule is None and project.ratio is None:
        why = rules.none.get(project.product, Text("没有适用的规定", "no rule applies"))
        findings.append(refusal("TARGET-047", _at(project), why=why))
        return None, None
    if rule is not None and (project.ratio is None or project.ratio < rule.ratio):
        if project.ratio is not None:
            ratio, document = _n(rule.ratio), rule.cited.document
            findings.append(
                refusal("TARGET-048", _at(project), found=_n(project.ratio), ratio=ratio, document=document)
            )
        return rule.ratio, rule
    return project.ratio, None


def _fault(project: Project, use: Use, known: Mapping[str, Quota]) -> UnusablePathway | None:
    """Why a quota cannot be used at all."""
    at = _at(project)
    if use.line not in known:
        return refusal("TARGET-041", at, line=use.line)
    quota = known[use.line]
    if quota.product != project.product:
        return refusal("TARGET-045", at, line=use.line, product=quota.product, expected=project.product)
    if quota.retired is None:
        return refusal("TARGET-044", at, line=use.line)
    if quota.retired > project.start:
        return refusal("TARGET-043", at, line=use.line, retired=quota.retired, start=project.start)
    return None


def _over(project: Project, quota: Quota, users: Sequence[Use]) -> UnusablePathway:
    by = ", ".join(f"{each.line} {_n(each.amount)}" for each in users)
    total = sum((each.amount for each in users), Fraction(0))
    return refusal(
        "TARGET-042", _at(project), line=quota.line, used=_n(total), by=by, capacity=_n(quota.capacity)
    )


def _short(
    project: Project, ratio: Fraction, needed: Fraction, given: Fraction, short: Fraction
) -> UnusablePathway:
    return refusal(
        "TARGET-046", _at(project), given=_n(given), needed=_n(needed), capacity=_n(project.capacity), ratio=_n(ratio), short=_n(short),
    )  # fmt: skip


def _at(project: Project) -> str:
    return project.where or project.key


def _n(value: Fraction) -> str:
    return f"{float(value):.10g}"
