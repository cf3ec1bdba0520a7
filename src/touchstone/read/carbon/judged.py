"""Rows of activity data → facts: every word resolved, every number judged by its unit and size."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction

from touchstone.errors import UnitMismatch, UnknownUnit, UnreadableFile
from touchstone.facts.activity import measure_of, rule_of, subject_of
from touchstone.facts.fact import Fact, fact_id
from touchstone.facts.unit import convert
from touchstone.read.carbon.cells import Said, together
from touchstone.read.carbon.expected import Expected, Measured
from touchstone.read.carbon.month import YEARS, month_code
from touchstone.read.carbon.naming import (
    all_of,
    evidence_named,
    in_a_row,
    item_named,
    measure_named,
    quantity_named,
    unit_named,
    why_not,
)
from touchstone.read.carbon.row import WITHDRAWN, Row, Tell, Withdrawal
from touchstone.read.refusal import refusal
from touchstone.read.sources.number import Number, number

_PERCENT = "%"


@dataclass(frozen=True, slots=True)
class _Meant:
    """A row understood; `where` is the cell to name where it is about the row."""

    unit: str
    item: str
    parameter: str
    measured: Measured
    measured_in: str
    evidence: str
    where: str


class Judge:
    """Turns rows of one file into facts and tells what is wrong; each wrong word once with all its cells, when it is closed."""

    def __init__(self, expected: Expected, source: str, status: str, tell: Tell) -> None:
        self._expected, self._source, self._status, self._tell = expected, source, status, tell
        self._wrong: dict[tuple[str, str], tuple[list[str], dict[str, object]]] = {}
        self._warned: set[tuple[str, str, str]] = set()
        self._first: dict[tuple[str, ...], str] = {}
        self._understood: dict[tuple[str, ...], str | None] = {}
        self.warnings: list[UnreadableFile] = []
        self.withdrawn: list[Withdrawal] = []

    def facts(self, rows: Iterable[Row]) -> list[Fact]:
        """The facts of all rows that could be understood."""
        return [fact for row in rows for fact in self._row(row)]

    def close(self) -> None:
        """Tell each wrong word, with the cells it stands in."""
        for (code, _), (places, values) in self._wrong.items():
            self._tell(refusal(code, together(places), **values))

    def unit(self, said: Said) -> str | None:
        """The unit a cell names. Tells ACTIVITY-003."""
        found = self._once_asked("unit", said.text, lambda: self._expected.unit(said.text))
        names = {key: unit.names for key, unit in self._expected.units.items()}
        return self._known("ACTIVITY-003", said, found, names)

    def item(self, said: Said) -> str | None:
        """The item a cell names. Tells ACTIVITY-004."""
        found = self._once_asked("item", said.text, lambda: self._expected.item(said.text))
        return self._known("ACTIVITY-004", said, found, self._expected.items)

    def parameter(self, said: Said, item: str) -> str | None:
        """The quantity of an item that a cell names. Tells ACTIVITY-005."""
        found = self._once_asked(item, said.text, lambda: self._expected.parameter(said.text, item))
        if found is None:
            every = (each for (of, _), each in self._expected.quantities.items() if of == item)
            self._once(
                "ACTIVITY-005", said, f"{item} {said.text}", found=said.text, item=item_named(self._expected, item),
                choices=all_of(quantity_named(each) for each in every),
            )  # fmt: skip
        return found

    def evidence(self, said: Said) -> str | None:
        """The kind of evidence a cell names. Tells ACTIVITY-012."""
        found = self._expected.kind_of_evidence(said.text)
        if found is None:
            choices = all_of(evidence_named(self._expected, kind) for kind in self._expected.evidence)
            self._once("ACTIVITY-012", said, said.text, found=said.text, choices=choices)
        return found

    def month(self, said: Said) -> str | None:
        """The period code of a month as written. Tells ACTIVITY-010."""
        found = month_code(said.text)
        if found is None:
            self._once(
                "ACTIVITY-010", said, said.text, found=said.text or "-", first=YEARS[0], last=YEARS[-1]
            )
        return found

    def _known(
        self, code: str, said: Said, found: str | None, names: Mapping[str, tuple[str, ...]]
    ) -> str | None:
        if found is None:
            words = {word: key for key, every in names.items() for word in (key, *every)}
            close = get_close_matches(said.text, list(words), n=3, cutoff=0.4)
            keys = list(
                dict.fromkeys(f"{words[word]} ({word})" if words[word] != word else word for word in close)
            )
            near = (f"; nearest: {', '.join(keys)}", f"；相近的有{'、'.join(keys)}") if keys else ("", "")
            self._once(code, said, said.text, found=said.text or "-", near=near)
        return found

    def _once_asked(self, what: str, words: str, ask: Callable[[], str | None]) -> str | None:
        """The answer to a question that a file asks in thousands of rows."""
        if (what, words) not in self._understood:
            self._understood[what, words] = ask()
        return self._understood[what, words]

    def _once(self, code: str, said: Said, what: str, **values: object) -> None:
        """Remember a wrong word and the cells it stands in."""
        self._wrong.setdefault((code, what), ([], values))[0].append(said.where)

    def _row(self, row: Row) -> Iterator[Fact]:
        values = [(month, said) for month, said in row.values if said.text.strip()]
        if not values:
            return
        meant = self._meant(row)
        for of, said in values:
            month = self.month(of)
            if said.text.strip().lower() in WITHDRAWN:
                self._withdraw(meant, month, said)
                continue
            found = self._number(said, meant)
            if meant and found and self._is_sized(meant, said, found[0].value, found[1]) and month:
                yield from self._fact(meant, month, said, *found)
        if meant and meant.evidence == "none":
            self._unevidenced(meant)

    def _meant(self, row: Row) -> _Meant | None:
        absent = [
            word
            for said, word in (
                (row.unit, ("unit", "核算单元")), (row.item, ("item", "物项")),
                (row.measured_in, ("unit of measure", "计量单位")), (row.parameter, ("quantity", "参数")),
            )
            if not said.text
        ]  # fmt: skip
        for word in absent:
            self._tell(refusal("ACTIVITY-014", row.unit.where, what=word))
        if absent:
            return None
        unit, item, evidence = self.unit(row.unit), self.item(row.item), self.evidence(row.evidence)
        parameter = self.parameter(row.parameter, item) if item else None
        if not (item and parameter):
            return None
        measured = self._expected.quantities[item, parameter]
        if not self._measures(row.measured_in, item, parameter, measured) or not (unit and evidence):
            return None
        return _Meant(unit, item, parameter, measured, row.measured_in.text, evidence, row.evidence.where)

    def _measures(self, said: Said, item: str, parameter: str, measured: Measured) -> bool:
        """Whether a unit of measure is one of the quantity. Tells ACTIVITY-009."""
        try:
            convert(1, said.text, measured.unit)
            return True
        except (UnknownUnit, UnitMismatch):
            what = f"{item} {parameter} {said.text}"
            self._once(
                "ACTIVITY-009", said, what, found=said.text, item=item_named(self._expected, item),
                parameter=quantity_named(measured), expected=measure_named(measured.unit), why=why_not(said.text, measured.unit),
            )  # fmt: skip
            return False

    def _number(self, said: Said, meant: _Meant | None) -> tuple[Number, str] | None:
        """The number of a cell and the unit it is in: a cell shown as 2.1 % of a share is in percent.

        Of a workbook the stored number counts: what is shown is rounded by its format. Tells ACTIVITY-006, no number, and
        ACTIVITY-018, the format shows another one (in thousands, without its sign).
        """
        words, share = said.text.strip(), meant is not None and meant.measured.unit == "times"
        in_percent = share and words.endswith(_PERCENT)
        found = number(words.rstrip(_PERCENT).rstrip() if in_percent else words)
        held = _held(said.stored, in_percent)
        if held and not held.value and not any(map(str.isdigit, words)):
            found = held  # a format of accounts shows zero as a dash
        if found is None:
            self._tell(refusal("ACTIVITY-006", said.where, found=said.text[:60]))
            return None
        if held and abs(held.value - found.value) > found.half_width:
            self._tell(refusal("ACTIVITY-018", said.where, shown=said.text[:60], held=said.stored))
            return None
        return held or found, _PERCENT if in_percent or meant is None else meant.measured_in

    def _fact(self, meant: _Meant, month: str, said: Said, found: Number, unit: str) -> Iterator[Fact]:
        key = (meant.unit, month, meant.item, meant.parameter, meant.evidence)
        if first := self._first.get(key):
            names = *self._called(meant), evidence_named(self._expected, meant.evidence)
            self._tell(
                refusal(
                    "ACTIVITY-011",
                    said.where,
                    what=in_a_row(unit_named(self._expected, meant.unit), month, *names),
                    first=first,
                )
            )
            return
        self._first[key] = said.where
        if not self._is_there(meant, month, said):
            return
        subject, measure, rule = (
            subject_of(meant.unit),
            measure_of(meant.item, meant.parameter),
            rule_of(meant.evidence),
        )
        id = fact_id(self._source, said.where, rule, subject, measure, month, found.value, unit, self._status)
        yield Fact(
            id, subject, measure, month, found.value, unit, found.half_width, self._source, said.locator, rule,
            quote=said.text, subject_words=meant.unit, status=self._status,
        )  # fmt: skip

    def _withdraw(self, meant: _Meant | None, month: str | None, said: Said) -> None:
        if meant and month:
            of = subject_of(meant.unit), measure_of(meant.item, meant.parameter)
            self.withdrawn.append(Withdrawal(*of, month, rule_of(meant.evidence), said.where))

    def _is_there(self, meant: _Meant, month: str, said: Said) -> bool:
        """Whether the unit is part of the organisation in the month. Tells ACTIVITY-013."""
        unit = self._expected.units[meant.unit]
        if (unit.first or month) <= month <= (unit.last or month):
            return True
        life = f"{unit.first or '…'} – {unit.last or '…'}"
        self._tell(
            refusal(
                "ACTIVITY-013",
                said.where,
                month=month,
                unit=unit_named(self._expected, meant.unit),
                life=life,
            )
        )
        return False

    def _is_sized(self, meant: _Meant, said: Said, value: Decimal, unit: str) -> bool:
        """Whether a value has a size its quantity can have. Tells ACTIVITY-007 and ACTIVITY-008."""
        measured = meant.measured
        if value < 0 and measured.low is not None:
            self._tell(refusal("ACTIVITY-007", said.where, found=said.text))
            return False
        size = convert(value, unit, measured.unit)
        low, high = measured.low, measured.high
        if (low is None or size >= low) and (high is None or size <= high):
            return True
        item, parameter = self._called(meant)
        default = _written(measured.default)
        said_default = (
            (f"; the library's default is {default}", f"；因子库缺省值为{default}") if default else ("", "")
        )
        self._tell(
            refusal(
                "ACTIVITY-008", said.where, value=said.text, unit=unit, item=item, parameter=parameter,
                low=_written(low) or "…", high=_written(high) or "…", base=measure_named(measured.unit), default=said_default,
            )
        )  # fmt: skip
        return False

    def _unevidenced(self, meant: _Meant) -> None:
        """Warn where a method asks for evidence and none is named."""
        key = meant.unit, meant.item, meant.parameter
        if key[1:] in self._expected.units[meant.unit].evidenced and key not in self._warned:
            self._warned.add(key)
            item, parameter = self._called(meant)
            self.warnings.append(
                refusal(
                    "ACTIVITY-020",
                    meant.where,
                    item=item,
                    parameter=parameter,
                    unit=unit_named(self._expected, meant.unit),
                )
            )

    def _called(self, meant: _Meant) -> tuple[tuple[str, str], tuple[str, str]]:
        """Item and quantity by their names."""
        return item_named(self._expected, meant.item), quantity_named(meant.measured)


def _held(stored: str, in_percent: bool) -> Number | None:
    """The number a workbook holds, with the 15 digits that mean something; in percent where it is shown so."""
    found = number(f"{float(stored):.15g}") if stored else None
    if found is None or not in_percent:
        return found
    return Number(found.value * 100, found.half_width * 100)


def _written(value: Fraction | None) -> str:
    return "" if value is None else f"{float(value):.6g}"
