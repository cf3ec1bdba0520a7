"""Doubts: the range of each input of a line as somebody stated it, and which inputs are taken as exact because nobody did.

A range is that of the factor, or a cited uncertainty of activity data; one that is not verified is never used. What errs in activity
data is the meter or balance: every statement of one unit, item and parameter on one kind of evidence errs alike, whatever its month.
Only where a document tells apart what errs anew each time (kind `uncertainty-random`) is that drawn for each statement.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from touchstone.calc.carbon.activity import Entry
from touchstone.calc.carbon.factor import Factor
from touchstone.calc.carbon.factors.library import Library
from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.carbon.factors.refusal import refusal
from touchstone.calc.carbon.inventory.distribution import NORMAL_95, drawable, kind_of
from touchstone.calc.carbon.inventory.uncertainty import Doubt, key_of
from touchstone.calc.carbon.line import Input, Line
from touchstone.errors import UnusableDeclaration
from touchstone.facts.text import Text
from touchstone.facts.unit import convert, same_kind

_KIND, _RANDOM = "uncertainty", "uncertainty-random"
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

    def __init__(self, library: Library, entries: Iterable[Entry]) -> None:
        self._library = library
        self._meters = {each.fact: meter_of(each) for each in entries}
        self._known: dict[tuple[str, str], Doubt | None] = {}

    def __call__(self, line: Line, given: Input) -> Doubt | None:
        """The range of an input in the unit of its formula; None where it is taken as exact.

        Raises:
            UnusableDeclaration: INVENTORY-005 there is no distribution of the declared kind with such a value and range.
        """
        if given.factor:
            key = given.factor, given.unit
            if key not in self._known:
                self._known[key] = self._range(*key)
            return self._known[key]
        row = self._row(line, given, _KIND) if given.fact else None
        if row is None or row.value is None:
            return None
        value, half = float(given.value), abs(float(given.value * row.value / 100))
        doubt = _sound(value, value - half, value + half, row, share=False)
        apart = self._row(line, given, _RANDOM)
        random = (
            abs(value) * float(apart.value) / 100 / NORMAL_95 if apart and apart.value is not None else 0.0
        )
        return replace(doubt, unknown=self._meters.get(given.fact, ""), random=random)

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
        return _sound(value, low, high, factor, share=unit == "times")

    def _row(self, line: Line, given: Input, kind: str, verified: bool = True) -> Factor | None:
        """The cited relative range of the amount of an item, the unit's own before the general one."""
        item = items().get(line.item)
        if item is None or not same_kind(given.unit, item.unit):
            return None
        for of in (item.key, _GENERAL.get(item.kind, "")):
            rows = [
                each
                for each in (self._library.of(kind, of) if of else ())
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
        if self._row(line, given, _KIND, verified=False):
            return Text(
                "实测值；引用的不确定度未核实，不采用",
                "measured; the uncertainty cited for it is not verified and not used",
            )
        return Text("实测值；没有引用得到的不确定度", "measured; no uncertainty is cited for it")


def doubts_of(library: Library, entries: Iterable[Entry]) -> KnownDoubts:
    """The doubts that a library knows; `exact` of the answer names the inputs without any.

    Args:
        entries: the activity data the lines stand on, which say what each value was measured by.
    """
    return KnownDoubts(library, entries)


def meter_of(entry: Entry) -> str:
    """What errs in a statement, whatever its month: the meter, the balance, the account that it was taken from."""
    return f"{entry.unit} {entry.item} {entry.parameter} {entry.evidence}"


def _sound(value: float, low: float, high: float, row: Factor, *, share: bool) -> Doubt:
    kind = kind_of(value, low, high, row.distribution, share)
    if low < high and not drawable(value, low, high, kind):
        said = f"{row.distribution or kind}: {value:g} ({low:g}–{high:g})"
        raise refusal(UnusableDeclaration, "INVENTORY-005", row.id, found=said)
    return Doubt(low, high, kind, row.id)
