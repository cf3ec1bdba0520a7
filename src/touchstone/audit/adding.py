"""Adding up: the finding that parts make a whole, shared by the rules on sums."""

from collections.abc import Sequence
from decimal import Decimal

from touchstone.audit.figure import Figure, number, show, with_unit
from touchstone.audit.finding import Finding, Healing
from touchstone.audit.interval import Interval, total
from touchstone.audit.report import SIGNS, healing, named, report, sum_text
from touchstone.audit.verdict import Judgement, compare
from touchstone.facts.text import Text

_RELATIONS = {"=": "=", "<=": "≤", ">=": "≥"}
_GENERAL = frozenset({"mass", "volume", "energy", "money", "other"})
"""Measures that say no more than the unit does."""


def is_amount(figure: Figure) -> bool:
    """A quantity that can be part or whole: one value of a unit, and no price, index, rank, date or span of time."""
    if figure.dimension in ("", "%", "pp", "time") or figure.kind not in ("level", "count"):
        return False
    fact = figure.fact
    plain = fact.value_high is None and fact.form != "date"
    return plain and not fact.measure.startswith(("price", "index", "duration", "rank"))


def one_quantity(part: Figure, whole: Figure) -> bool:
    """One unit and one measure; a measure that says no more than the unit goes with any."""
    one, other = part.fact.measure, whole.fact.measure
    return part.dimension == whole.dimension and (one == other or bool({one, other} & _GENERAL))


def added(parts: Sequence[Figure], whole: Figure, relation: str = "=") -> Judgement:
    """Judge `sum of parts relation whole`."""
    return compare(
        lambda *x: sum(x, Decimal(0)), [p.face for p in parts], [p.span for p in parts], whole.span, relation
    )


def adding(
    rule: str,
    parts: Sequence[Figure],
    whole: Figure,
    relation: str = "=",
    note: Text | None = None,
) -> Finding:
    """The finding of a sum: `sum of parts relation whole`."""
    found = added(parts, whole, relation)
    computed = with_unit(number(found.face / whole.scale), whole.fact.unit)
    computed = f"{computed} {show(found.computed, whole.scale)}"
    sign = _RELATIONS[relation] if found.verdict == "holds" else SIGNS[found.verdict]
    name = named(whole)
    left = (
        f"{sum_text(parts)} = {computed}"
        if len(parts) > 1
        else f"{parts[0].printed} {show(found.computed, whole.scale)}"
    )
    arithmetic = f"{left} {sign} {whole.printed} {whole.interval_printed}"
    one, many = ("部分 ≤ 总体", "part ≤ whole") if len(parts) == 1 else ("各部分之和", "parts add up")
    return report(
        rule,
        [whole, *parts],
        Text(f"{name.zh}：{one}", f"{name.en}: {many}"),
        Text(arithmetic, arithmetic),
        found,
        note=note,
        heals=_heals(parts, whole) if found.verdict == "fails" else (),
    )


def _heals(parts: Sequence[Figure], whole: Figure) -> tuple[Healing, ...]:
    every = total([p.span for p in parts])
    mended = [healing(whole, every.low, every.high)]
    for part in parts:
        others = Interval(every.low - part.span.low, every.high - part.span.high)
        need = whole.span - others
        if need.low >= 0:
            mended.append(healing(part, need.low, need.high))
    return tuple(mended)
