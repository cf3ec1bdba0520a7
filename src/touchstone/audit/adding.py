"""Adding up: the finding that parts make a whole, shared by the rules on sums."""

from collections.abc import Sequence
from decimal import Decimal

from touchstone.audit.figure import Figure, number, show, with_unit
from touchstone.audit.finding import Finding, Healing, Text
from touchstone.audit.interval import Interval, total
from touchstone.audit.report import SIGNS, healing, named, report, sum_text
from touchstone.audit.verdict import Judgement, compare

_RELATIONS = {"=": "=", "<=": "≤", ">=": "≥"}


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
    verdict: str | None = None,
    note: Text | None = None,
) -> Finding:
    """The finding of a sum; `verdict` replaces the arithmetic one where the words leave room."""
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
    fails = found.verdict == "fails" and verdict is None
    return report(
        rule,
        [whole, *parts],
        Text(f"{name.zh}：{one}", f"{name.en}: {many}"),
        Text(arithmetic, arithmetic),
        found if verdict is None else verdict,
        note=note,
        heals=_heals(parts, whole) if fails else (),
    )


def _heals(parts: Sequence[Figure], whole: Figure) -> tuple[Healing, ...]:
    spans: list[Interval] = [p.span for p in parts]
    every = total(spans)
    mended = [healing(whole, every.low, every.high)]
    for i, part in enumerate(parts):
        need = whole.span - total(spans[:i] + spans[i + 1 :])
        if need.low >= 0:
            mended.append(healing(part, need.low, need.high))
    return tuple(mended)
