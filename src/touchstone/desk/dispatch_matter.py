"""A matter of dispatch: a change of light, whom it concerns, what they were asked, what they answered, who closed it.

open -> asked -> answered -> closed, and reopened with a reason. A matter is told from its entries of the trail, like an
assessment: what it was on an earlier day is told by its earlier entries.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from tomllib import loads
from typing import Any

from touchstone.desk.assessment import Act
from touchstone.desk.dispatch_list import Enterprise, enterprise_from
from touchstone.desk.refusal import DamagedTrail, refusal
from touchstone.desk.trail import Entry
from touchstone.facts.calendar import NoCalendar, calendar
from touchstone.facts.text import Text

STATES = {
    "open": Text("已开立", "open"),
    "asked": Text("已询问", "asked"),
    "answered": Text("已答复", "answered"),
    "closed": Text("已办结", "closed"),
    "reopened": Text("已重开", "reopened"),
}
SIDES = {
    "supply": Text("供给", "supply"),
    "demand": Text("需求", "demand"),
    "price": Text("价格", "price"),
    "material": Text("综合", "the material as a whole"),
}
LIGHTS = {
    "none": Text("无灯", "no light"),
    "green": Text("绿", "green"),
    "blue": Text("蓝", "blue"),
    "yellow": Text("黄", "yellow"),
    "red": Text("红", "red"),
}
ACTS = (
    "dispatch.open",
    "dispatch.concern",
    "dispatch.ask",
    "dispatch.answer",
    "dispatch.close",
    "dispatch.reopen",
)


@dataclass(frozen=True, slots=True)
class Change:
    """A light that changed.

    Attributes:
        material: vocabulary code; side: of `SIDES`; period: whose light it is, its frequency with it.
        before, after: of `LIGHTS`.
        reasons: in words; facts: ids of the figures behind them.
        region: code of a place where the change is of one; "" for the whole country.
        legend: how the colours are to be read, as the rule says it.
        reversed: the colour is the same and the way is the other: too tight before, too loose now, or the reverse.
    """

    material: str
    side: str
    period: str
    before: str
    after: str
    reasons: tuple[Text, ...] = ()
    facts: tuple[str, ...] = ()
    region: str = ""
    legend: Text | None = None
    reversed: bool = False

    @property
    def id(self) -> str:
        """What a matter of this change is known by: the same change has the same."""
        parts = (
            self.material,
            self.side,
            self.region,
            self.period.replace("/", "~"),
            f"{self.before}-{self.after}",
        )
        return "@".join(part for part in parts if part)

    def content(self) -> dict[str, Any]:
        """As the trail keeps it."""
        return {
            "material": self.material, "side": self.side, "period": self.period, "before": self.before,
            "after": self.after, "region": self.region, "facts": list(self.facts),
            "reasons": [[each.zh, each.en] for each in self.reasons],
            "legend": [self.legend.zh, self.legend.en] if self.legend else None, "reversed": self.reversed,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """What one enterprise was asked, and its answer where it has come.

    Attributes:
        enterprise: by name.
        asked: who asked, when, and the question in words.
        answered: who took the answer down, when, and the answer in words.
    """

    enterprise: str
    asked: Act
    answered: Act | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter as it stands.

    Attributes:
        affected: the enterprises of the list of the day it was opened (of the first that names any), key contacts first.
        deadline: the last day to close it.
        closed: who closed it, when, and with what result; None while it is not.
        reopened: every reopening with its reason.
    """

    id: str
    change: Change
    state: str
    opened: Act
    affected: tuple[Enterprise, ...]
    deadline: date
    questions: tuple[Question, ...] = ()
    closed: Act | None = None
    reopened: tuple[Act, ...] = ()

    @property
    def waiting(self) -> tuple[Question, ...]:
        """What was asked and is not answered."""
        return tuple(each for each in self.questions if each.answered is None)

    def overdue(self, today: date) -> int | None:
        """Working days past the deadline, 0 where it is not past or the matter is closed; None where no calendar tells."""
        if self.state == "closed" or today <= self.deadline:
            return 0
        try:
            return calendar(deadlines()["calendar"]).trading_days_between(self.deadline, today)
        except NoCalendar:
            return None


def matters(entries: Iterable[Entry]) -> dict[str, Matter]:
    """The matters that entries of the trail tell of, by id, in the order they were opened."""
    found: dict[str, Matter] = {}
    for entry in entries:
        if entry.what in ACTS:
            with _telling(entry):
                found[entry.about] = _told(found.get(entry.about), entry)
    return found


@contextmanager
def _telling(entry: Entry) -> Iterator[None]:
    """An entry that tells nothing, or does not fit what was told before, is damage and no crash."""
    try:
        yield
    except (KeyError, ValueError, TypeError, AttributeError, AssertionError) as error:
        raise refusal(DamagedTrail, "DESK-038", entry.about, number=entry.number) from error


def _told(known: Matter | None, entry: Entry) -> Matter:
    content = entry.content
    act = Act(entry.who, entry.at, str(content.get("words", "")))
    if entry.what == "dispatch.open":
        concerned = tuple(map(enterprise_from, content["affected"]))
        deadline = date.fromisoformat(content["deadline"])
        return Matter(entry.about, _change(content["change"]), "open", act, concerned, deadline)
    assert known
    if entry.what == "dispatch.concern":
        return replace(known, affected=tuple(map(enterprise_from, content["affected"])))
    if entry.what == "dispatch.ask":
        asked = tuple(Question(name, act) for name in content["enterprises"])
        return replace(known, state="asked", questions=(*known.questions, *asked))
    if entry.what == "dispatch.answer":
        return _answered(known, content["enterprise"], act)
    if entry.what == "dispatch.close":
        return replace(known, state="closed", closed=act)
    deadline = date.fromisoformat(content["deadline"])
    return replace(known, state="reopened", closed=None, reopened=(*known.reopened, act), deadline=deadline)


def _answered(known: Matter, enterprise: str, act: Act) -> Matter:
    """The first question of an enterprise that waits is answered; the last of all makes the matter answered."""
    first = next(each for each in known.waiting if each.enterprise == enterprise)
    questions = tuple(replace(each, answered=act) if each is first else each for each in known.questions)
    done = replace(known, questions=questions)
    return done if done.waiting else replace(done, state="answered")


def _change(content: Mapping[str, Any]) -> Change:
    legend = content["legend"]
    return Change(
        content["material"], content["side"], content["period"], content["before"], content["after"],
        tuple(Text(*each) for each in content["reasons"]), tuple(content["facts"]), content["region"],
        Text(*legend) if legend else None, content.get("reversed", False),
    )  # fmt: skip


@cache
def deadlines() -> dict[str, Any]:
    """The working days until a matter is due, by light, and the calendar that counts them."""
    return loads(files("touchstone").joinpath("data/dispatch/deadlines.toml").read_text("utf-8"))
