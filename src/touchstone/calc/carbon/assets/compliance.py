"""What is due in the carbon market: duties by enterprise and day, each cited; done, late or open.

Source: `data/carbon/compliance.toml`, and `carbon/compliance.toml` of a workspace, whose duties go before those of the same key.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from touchstone.calc.carbon.assets.declaration import chosen, cited, day, said, table, whole_number, words
from touchstone.calc.carbon.assets.kind import KINDS
from touchstone.calc.carbon.assets.unfit import one_of, unusable
from touchstone.calc.carbon.factors.reference import sectors
from touchstone.facts.text import Text

DUTIES = {
    "surrender": Text("清缴", "surrender"),
    "report": Text("报告", "report"),
    "evidence": Text("存证", "evidence"),
    "list": Text("名录", "list"),
}
WHO = {"enterprise": Text("企业", "the enterprise"), "authority": Text("主管部门", "the authority")}
STATES = {
    "done": Text("已完成", "done"),
    "done-late": Text("逾期完成", "done late"),
    "late": Text("逾期", "late"),
    "open": Text("未到期", "open"),
    "nothing": Text("无须办理", "nothing to do"),
}
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that must be done by a day.

    Attributes:
        key: unique; act: of `DUTIES`; who: of `WHO`.
        year: whose emissions, list or evidence it is about; period: the month or span of evidence, else "".
        due: the last day.
        assets, vintages: what counts for a surrender; `note`, what is not known of them.
        sectors: keys of data/carbon/sectors.toml whose enterprises it concerns; () for all.
    """

    key: str
    name: Text
    act: str
    who: str
    year: int
    period: str
    due: date
    document: str
    clause: str
    tag: str
    assets: tuple[str, ...] = ()
    vintages: tuple[int, ...] = ()
    note: Text | None = None
    sectors: tuple[str, ...] = ()

    def concerns(self, sectors: Collection[str] | None) -> bool:
        """Whether an enterprise of these sectors has the duty; None where its sectors are not known."""
        return sectors is None or not self.sectors or bool(set(self.sectors) & set(sectors))


@dataclass(frozen=True, slots=True)
class Due:
    """A duty as it stands on a day: `state` of `STATES`, the day it was done, and days to go (late: below zero)."""

    duty: Duty
    state: str
    done: date | None
    days: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """Single duties, and those that come back every month."""

    single: tuple[Duty, ...]
    monthly: tuple["Monthly", ...]

    def duties(self, until: date) -> tuple[Duty, ...]:
        """All single duties, and the monthly ones of months that have ended by `until`, in the order they fall due."""
        months = [duty for each in self.monthly for duty in each.until(until)]
        return tuple(sorted((*self.single, *months), key=lambda each: (each.due, each.key)))

    def surrender(self, year: int) -> Duty | None:
        """The duty to surrender for a year; None where no day is known."""
        return next((each for each in self.single if each.act == "surrender" and each.year == year), None)


@dataclass(frozen=True, slots=True)
class Monthly:
    """A duty of every month from `first` on, due `days` natural days after the month has ended."""

    first: date
    days: int
    duty: Duty

    def until(self, until: date) -> Iterable[Duty]:
        """The duties of the months that have ended by a day."""
        month = self.first
        while (after := (month + timedelta(days=31)).replace(day=1)) <= until:
            code = f"{month:%Y-%m}"
            name = Text(f"{code} {self.duty.name.zh}", f"{self.duty.name.en}, {code}")
            yield Duty(
                f"{self.duty.key}-{code}", name, self.duty.act, self.duty.who, month.year, code,
                after - timedelta(days=1) + timedelta(days=self.days),
                self.duty.document, self.duty.clause, self.duty.tag, sectors=self.duty.sectors,
            )  # fmt: skip
            month = after


def due(
    duties: Iterable[Duty], on: date, done: Mapping[str, date], nothing: Collection[str] = ()
) -> tuple[Due, ...]:
    """How duties stand on a day.

    Args:
        done: duties that were done, by key, with the day; one that was done after `on` is not yet done.
        nothing: keys of duties by which there is nothing to do.
    """
    return tuple(
        Due(each, "nothing", None, (each.due - on).days) if each.key in nothing else _due(each, on, done.get(each.key))
        for each in duties
    )  # fmt: skip


def _due(duty: Duty, on: date, done: date | None) -> Due:
    days = (duty.due - on).days
    if done is not None and done <= on:
        return Due(duty, "done" if done <= duty.due else "done-late", done, days)
    return Due(duty, "late" if days < 0 else "open", None, days)


def calendar(own: Path | None = None) -> Calendar:
    """The calendar of Touchstone, and the duties of a workspace's file `own`, which go before those of the same key."""
    shipped = _shipped()
    if own is None or not own.exists():
        return shipped
    given = read_calendar(own.read_text("utf-8"), own.name)
    keys = {each.key for each in given.single} | {each.duty.key for each in given.monthly}
    return Calendar(
        (*(each for each in shipped.single if each.key not in keys), *given.single),
        (*(each for each in shipped.monthly if each.duty.key not in keys), *given.monthly),
    )


def read_calendar(text: str, where: str) -> Calendar:
    """The calendar of a file. Raises UnusableDeclaration: ASSET-015, with the row and field."""
    rows = table(text, where)
    single = (_single(row, f"{where} duty {number}") for number, row in enumerate(rows.get("duty", ()), 1))
    monthly = (
        _monthly(row, f"{where} monthly {number}") for number, row in enumerate(rows.get("monthly", ()), 1)
    )
    return Calendar(tuple(single), tuple(monthly))


@cache
def _shipped() -> Calendar:
    path = files("touchstone").joinpath("data/carbon/compliance.toml")
    return read_calendar(path.read_text("utf-8"), path.name)


def _single(row: Mapping[str, Any], where: str) -> Duty:
    assets, vintages = tuple(row.get("assets", ())), tuple(row.get("vintages", ()))
    if row.get("act") == "surrender":
        if not assets or any(each not in KINDS for each in assets):
            raise unusable(f"{where} assets", str(assets), Text("、".join(KINDS), ", ".join(KINDS)))
        if not vintages or any(type(each) is not int for each in vintages):
            raise unusable(f"{where} vintages", str(vintages), Text("年份", "years"))
    return Duty(
        words(row, "key", where), said(row, "name", where), chosen(row, "act", where, DUTIES), chosen(row, "who", where, WHO),
        whole_number(row, "year", where), row.get("period", ""), day(row, "due", where), *cited(row, where),
        assets, vintages, said(row, "vintages_note", where) if "vintages_note" in row else None,
        _sectors(row, where),
    )  # fmt: skip


def _monthly(row: Mapping[str, Any], where: str) -> Monthly:
    found = _MONTH.fullmatch(str(row.get("first")))
    if not found:
        raise unusable(
            f"{where} first", str(row.get("first")), Text("月份，如 2025-07", "a month, as 2025-07")
        )
    first = date(int(found[1]), int(found[2]), 1)
    duty = Duty(
        words(row, "key", where), said(row, "name", where), chosen(row, "act", where, DUTIES),
        chosen(row, "who", where, WHO), first.year, "", first, *cited(row, where), sectors=_sectors(row, where),
    )  # fmt: skip
    return Monthly(first, whole_number(row, "days", where), duty)


def _sectors(row: Mapping[str, Any], where: str) -> tuple[str, ...]:
    """The sectors of a row. Raises UnusableDeclaration: ASSET-015, one of them is not known."""
    given = row.get("sectors", ())
    if not isinstance(given, list | tuple) or any(each not in sectors() for each in given):
        raise one_of(f"{where} sectors", str(given), sectors())
    return tuple(given)
