"""Quality: all declared checks over a case, and what they found in order of seriousness."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from touchstone.calc.carbon.quality import balances, consumption, evidence, history, method_checks
from touchstone.calc.carbon.quality.case import Case
from touchstone.calc.carbon.quality.declared import SEVERITIES, Declared, Finding, declared

Test = Callable[[Case, Declared], Iterator[Finding]]
TESTS: dict[str, Test] = {
    "unit-kind": history.unit_kind,
    "unit-slip": history.unit_slip,
    "outlier-history": history.outlier_history,
    "outlier-peers": history.outlier_peers,
    "missing-month": history.missing_month,
    "never-changes": history.never_changes,
    "meter-invoice": evidence.meter_invoice,
    "no-evidence": evidence.no_evidence,
    "evidence-late": evidence.evidence_late,
    "suspicious-constant": evidence.suspicious_constant,
    "zero-effect": evidence.zero_effect,
    "transfer-balance": balances.transfer_balance,
    "carbon-balance": balances.carbon_balance,
    "electricity-per-tonne": consumption.electricity_per_tonne,
    "electricity-limit": consumption.electricity_limit,
    "anode-per-tonne": consumption.anode_per_tonne,
    "method-check": method_checks.method_check,
}
"""What carries out each declared check."""


@dataclass(frozen=True, slots=True)
class Quality:
    """What all checks found.

    Attributes:
        findings: the most serious first, then by unit and month.
        values: how many values were looked at; by unit in `counted`.
    """

    findings: tuple[Finding, ...]
    values: int
    counted: dict[str, int]


def quality(
    case: Case, checks: Collection[str] = (), progress: Callable[[int, int, str], None] | None = None
) -> Quality:
    """Carry out the declared checks.

    Args:
        checks: keys, all where none is named.
        progress: told how many are done, of how many, and the key.

    Raises:
        KeyError: there is no such check.
    """
    known = declared()
    asked = [known[key] for key in (checks or known)]
    found: list[Finding] = []
    for done, check in enumerate(asked, 1):
        found += TESTS[check.key](case, check)
        if progress:
            progress(done, len(asked), check.key)
    order = list(known)
    found.sort(
        key=lambda each: (
            SEVERITIES.index(each.severity),
            each.unit,
            each.month,
            order.index(each.check),
            each.item,
        )
    )
    counted: dict[str, int] = {}
    for each in case.statements:
        counted[each.unit] = counted.get(each.unit, 0) + 1
    return Quality(tuple(found), len(case.statements), counted)
