"""Checks of what values stand on: meter against invoice, no evidence, evidence after its deadline, constants, zero effects."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.carbon.quality.case import Case, in_unit, what
from touchstone.calc.carbon.quality.declared import Declared, Finding, shown
from touchstone.facts.period import span
from touchstone.facts.unit import convert, same_kind


def meter_invoice(case: Case, check: Declared) -> Iterator[Finding]:
    """Months whose meter and invoice are further apart than allowed."""
    tolerance = check.number("tolerance")
    by_kind = {(each.key, each.evidence): each for each in case.statements}
    for (key, evidence), meter in by_kind.items():
        invoice = by_kind.get((key, "invoice"))
        if evidence != "meter" or invoice is None or not same_kind(meter.unit_of, invoice.unit_of):
            continue
        one, other = float(meter.value), in_unit(invoice, meter.unit_of)
        if one and abs(other / one - 1) > tolerance:
            yield check.found(
                meter.unit, meter.month, meter.item, meter.parameter, (meter.fact, invoice.fact), what=what(meter.item, meter.parameter),
                meter=f"{shown(one)} {meter.unit_of}", invoice=f"{shown(other)} {meter.unit_of}",
                percent=f"{100 * (other / one - 1):+.1f}", tolerance=f"{100 * tolerance:g}", low=shown(one * (1 - tolerance)),
                high=shown(one * (1 + tolerance)),
            )  # fmt: skip


def no_evidence(case: Case, check: Declared) -> Iterator[Finding]:
    """Values that count and stand on nothing."""
    for (unit, item, parameter), series in case.series.items():
        for month, each in series.entries.items():
            if each.evidence == "none":
                yield check.found(
                    unit,
                    month,
                    item,
                    parameter,
                    (each.fact,),
                    what=what(item, parameter),
                    value=each.value,
                    unit=each.unit_of,
                )


def evidence_late(case: Case, check: Declared) -> Iterator[Finding]:
    """Evidence that is of a later day than its month allows; where no day is stated nothing is said."""
    for each in case.deposits:
        plant = case.plants.get(each.unit)
        due = _due(each.month, check)
        if plant is None or due is None or each.day <= due:
            continue
        if {key for key, _ in plant.methods} & set(check.parameters["methods"]):
            series = case.series.get((each.unit, each.item, each.parameter))
            entry = series.entries.get(each.month) if series else None
            yield check.found(
                each.unit, each.month, each.item, each.parameter, (entry.fact,) if entry else (), what=what(each.item, each.parameter),
                reference=each.reference, day=each.day, due=due,
            )  # fmt: skip


def _due(month: str, check: Declared) -> date | None:
    """The last day for the evidence of a month; None where there was no deadline, or no month is stated."""
    given = check.parameters
    if not month or month < given["back"]:
        return None
    if month < given["since"]:
        return date.fromisoformat(given["back_until"])
    return span(month)[1] + timedelta(days=given["days"])


def suspicious_constant(case: Case, check: Declared) -> Iterator[Finding]:
    """Calorific values of a fuel that are those of standard coal."""
    given = check.parameters
    known = {Decimal(value) for value in given["values"]}
    for (unit, item, parameter), series in case.series.items():
        if parameter != given["parameter"] or item not in items() or items()[item].kind not in given["kinds"]:
            continue
        for month, each in series.entries.items():
            if (
                same_kind(each.unit_of, given["unit"])
                and convert(each.value, each.unit_of, given["unit"]) in known
            ):
                yield check.found(
                    unit, month, item, parameter, (each.fact,), what=what(item, parameter), value=each.value,
                    usual=shown(series.median),
                )  # fmt: skip


def zero_effect(case: Case, check: Declared) -> Iterator[Finding]:
    """Anode effects of zero in months in which metal was made."""
    for (unit, item, parameter), series in case.series.items():
        if item.partition(".")[0] == check.parameters["item"]:
            running = case.running(unit)
            for month, value in series.values.items():
                if value == 0 and month in running:
                    yield check.found(
                        unit, month, item, parameter, (series.entries[month].fact,), what=what(item, parameter),
                        usual=shown(series.median), unit=series.unit,
                    )  # fmt: skip
