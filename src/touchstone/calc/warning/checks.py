"""Whether a rule of a file can be a rule: every field known, thresholds in order, a persistence that can be met."""

from collections.abc import Mapping, Sequence
from typing import Any

from touchstone.calc.warning.measures import MEASURES
from touchstone.calc.warning.rule import FREQUENCIES, SCALES, SIDES, Cuts, Holding, Rule
from touchstone.calc.warning.unfit import disordered, impossible, unknown
from touchstone.facts.text import Text

_FIELDS = (
    "key", "name", "side", "measure", "scale", "seasonal", "low", "high", "inclusive", "band", "direction", "gaps", "at", "source",
)  # fmt: skip
_AT = ("k", "n", "dwell", "least", "low", "high", "band", "parameters")
_PARAMETERS = ("span", "share", "years", "window", "days", "least", "refit", "tail")


def checked_rule(file: str, field: str, row: Mapping[str, Any], every: str) -> Rule:
    """The rule a row of a file declares at one frequency.

    Raises:
        UnreadableFile: WARN-011 a word it may not say, WARN-012 thresholds out of order, WARN-013 an impossible number,
            each with file and field.
    """
    _words(file, field, row, every)
    at: Mapping[str, Any] = row["at"][every]
    cuts = Cuts(
        _numbers(file, field, "low", at.get("low", row.get("low", ()))),
        _numbers(file, field, "high", at.get("high", row.get("high", ()))), bool(row.get("inclusive", True)),
    )  # fmt: skip
    _in_order(file, field, cuts, row["scale"])
    parameters = at.get("parameters", {})
    for name, value in parameters.items():
        if name not in _PARAMETERS:
            raise unknown(file, f"{field} parameters.{name}", name, _PARAMETERS)
        if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
            raise impossible(file, f"{field} parameters.{name}", value, "a number above zero", "大于零的数")
    return Rule(
        key=row["key"], name=Text(**row["name"]), side=row["side"], frequency=every, measure=row["measure"],
        parameters=tuple(sorted((name, float(value)) for name, value in parameters.items())), scale=row["scale"],
        seasonal=bool(row.get("seasonal", False)), least=_whole(file, field, "least", at.get("least", 1), 1), cuts=cuts,
        holding=_holding(file, field, at, float(at.get("band", row.get("band", 0.0)))),
        direction=row.get("direction", 1), gaps=float(row.get("gaps", 0.05)), source=row["source"],
    )  # fmt: skip


def _words(file: str, field: str, row: Mapping[str, Any], every: str) -> None:
    for needed in ("key", "name", "side", "measure", "scale", "at", "source"):
        if needed not in row:
            raise impossible(
                file, f"{field} {needed}", None, "a value: the rule cannot do without", "该字段必须填写"
            )
    choices: tuple[tuple[str, object, Sequence[Any]], ...] = (
        ("side", row["side"], SIDES), ("measure", row["measure"], tuple(MEASURES)), ("scale", row["scale"], SCALES),
        ("at", every, FREQUENCIES), ("direction", row.get("direction", 1), (1, -1)),
        *((name, name, _FIELDS) for name in row), *((f"at.{every}.{name}", name, _AT) for name in row["at"][every]),
    )  # fmt: skip
    for name, found, known in choices:
        if found not in known:
            raise unknown(file, f"{field} {name}", found, known)
    if every not in (fit := MEASURES[row["measure"]].frequencies):
        raise unknown(file, f"{field} at", every, tuple(fit))


def _numbers(file: str, field: str, name: str, given: Any) -> tuple[float, ...]:
    if not isinstance(given, list | tuple) or any(
        isinstance(value, bool) or not isinstance(value, int | float) for value in given
    ):
        raise impossible(file, f"{field} {name}", given, "a list of numbers", "数字列表")
    return tuple(map(float, given))


def _in_order(file: str, field: str, cuts: Cuts, scale: str) -> None:
    low, high = cuts.low, cuts.high
    fits = (
        list(low) == sorted(set(low), reverse=True)
        and list(high) == sorted(set(high))
        and (not low or not high or low[0] < high[0])
        and (scale != "own-history" or all(0 < cut < 1 for cut in (*low, *high)))
    )
    if not fits or not (low or high):
        raise disordered(file, f"{field} low/high", f"low {list(low)}, high {list(high)}")


def _holding(file: str, field: str, at: Mapping[str, Any], band: float) -> Holding:
    n = _whole(file, field, "n", at.get("n", 1), 1)
    k = _whole(file, field, "k", at.get("k", 1), 1)
    if k > n:
        raise impossible(file, f"{field} k", k, f"at most n = {n}", f"不大于n={n}")
    if not band >= 0:
        raise impossible(file, f"{field} band", band, "zero or more", "不小于零")
    return Holding(k, n, band, _whole(file, field, "dwell", at.get("dwell", 1), 1))


def _whole(file: str, field: str, name: str, given: Any, least: int) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or given < least:
        raise impossible(
            file, f"{field} {name}", given, f"a whole number, {least} or more", f"不小于{least}的整数"
        )
    return given
