"""Doubts: the range of each input of a line as somebody stated it, and which inputs are taken as exact because nobody did.

A range is that of the factor, or a cited uncertainty of activity data; one that is not verified is never used.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from touchstone.calc.carbon.factor import Factor
from touchstone.calc.carbon.factors.library import Library
from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.carbon.inventory.uncertainty import Doubt, key_of, kind_of
from touchstone.calc.carbon.line import Input, Line
from touchstone.facts.text import Text
from touchstone.facts.unit import convert, same_kind

_KIND = "uncertainty"
_GENERAL = {"fuel": "raw-coal"}
"""The cited row of fossil-fuel activity data in general stands under raw coal; it holds for every fuel without one of its own."""


@dataclass(frozen=True, slots=True)
class Exact:
    """An input that is taken as exact.

    Attributes:
        key: of the unknown, as `uncertainty.key_of` has it; item and parameter it is of.
        lines: how many it stands in.
    """

    key: str
    item: str
    parameter: str
    why: Text
    lines: int


class KnownDoubts:
    """Gives the doubt of an input (`uncertainty.Doubts`), and says what has none."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._known: dict[tuple[str, str], Doubt | None] = {}

    def __call__(self, line: Line, given: Input) -> Doubt | None:
        """The range of an input in the unit of its formula; None where it is taken as exact."""
        if given.factor:
            key = given.factor, given.unit
            if key not in self._known:
                self._known[key] = self._range(*key)
            return self._known[key]
        row = self._row(line, given) if given.fact else None
        if row is None or row.value is None:
            return None
        value, half = float(given.value), abs(float(given.value * row.value / 100))
        low, high = value - half, value + half
        return Doubt(low, high, kind_of(value, low, high, row.distribution), row.id)

    def exact(self, lines: Iterable[Line]) -> tuple[Exact, ...]:
        """The inputs of these lines that are taken as exact, each once with the reason, in the order they are come to."""
        found: dict[str, tuple[str, str, Text]] = {}
        count: dict[str, int] = {}
        for line in lines:
            for given in line.inputs:
                if self(line, given) is None:
                    key = key_of(line, given)
                    found.setdefault(key, (line.item, given.parameter, self._why(line, given)))
                    count[key] = count.get(key, 0) + 1
        return tuple(Exact(key, *each, count[key]) for key, each in found.items())

    def _range(self, id: str, unit: str) -> Doubt | None:
        factor = self._library.get(id)
        if factor.value is None or factor.low is None or factor.high is None or factor.tag == "unverified":
            return None
        value, low, high = (
            float(convert(each, factor.unit, unit)) for each in (factor.value, factor.low, factor.high)
        )
        share = unit == "times" and 0 < value < 1 and not factor.distribution
        return Doubt(low, high, "share" if share else kind_of(value, low, high, factor.distribution), id)

    def _row(self, line: Line, given: Input, verified: bool = True) -> Factor | None:
        """The cited relative range of the amount of an item, the unit's own before the general one."""
        item = items().get(line.item)
        if item is None or not same_kind(given.unit, item.unit):
            return None
        for of in (item.key, _GENERAL.get(item.kind, "")):
            rows = [
                each
                for each in (self._library.of(_KIND, of) if of else ())
                if (each.tag != "unverified") == verified
                and each.region in ("", "CN", f"org.{line.unit}")
                and (each.value is not None or not verified)
                and not self._library.superseding(each.id)
            ]
            if rows:
                return max(rows, key=lambda each: each.region.startswith("org."))
        return None

    def _why(self, line: Line, given: Input) -> Text:
        if given.factor:
            factor = self._library.get(given.factor)
            if factor.tag == "unverified":
                return Text("因子未核实，不用其范围", "the factor is not verified: its range is not used")
            return Text("该因子的出处没有给出范围", "the source of the factor states no range")
        if not given.fact:
            return Text("方法所列常数", "a constant of the method")
        if self._row(line, given, verified=False):
            return Text(
                "实测值；引用的不确定度未核实，不采用",
                "measured; the uncertainty cited for it is not verified and not used",
            )
        return Text("实测值；没有引用得到的不确定度", "measured; no uncertainty is cited for it")


def doubts_of(library: Library) -> KnownDoubts:
    """The doubts that a library knows; `exact` of the answer names the inputs without any."""
    return KnownDoubts(library)
