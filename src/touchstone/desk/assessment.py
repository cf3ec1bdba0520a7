"""An assessment: what a price was said to be on a day, by whom, from which inputs, and what became of it.

The shapes follow the IOSCO Principles for Oil Price Reporting Agencies (FR06/12, October 2012) and Annex II of
Regulation (EU) 2016/1011: inputs, exclusions with their reason, judgement, assessor, second person, correction.
All are frozen; an act at the desk is an entry of the trail, and the assessment is told anew from its entries.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from touchstone.desk.method import Method
from touchstone.desk.proposal import Proposal
from touchstone.desk.result import Result
from touchstone.facts.text import Text

STATES = {
    "draft": Text("草稿", "draft"),
    "submitted": Text("已提交", "submitted"),
    "approved": Text("已复核", "approved"),
    "published": Text("已发布", "published"),
    "withdrawn": Text("已撤回", "withdrawn"),
    "discarded": Text("已作废", "discarded"),
}
"""Sent back and reopened are draft again, with the reason; a correction stays published and changes the value."""


@dataclass(frozen=True, slots=True)
class Act:
    """Who did something, when (UTC), and the words they gave for it."""

    by: str
    at: datetime
    words: str = ""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """An input left out by a person.

    Attributes:
        input: its id.
        criterion: id of the criterion of the method it is left out by.
        act: who left it out, when, and why.
    """

    input: str
    criterion: str
    act: Act


@dataclass(frozen=True, slots=True)
class Override:
    """A failing test that the second person let pass: the result as it stood, and why."""

    result: Result
    reason: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction notice, from its drafting to its issue.

    Attributes:
        wrong: low and high as published until then.
        right: low and high as they should have been; None takes the publication back without a new figure.
        cause: id of the cause, of data/assessment/causes.toml.
        drafted: who drafted it, when, and what happened.
        issued: the second person; None while it waits.
        record: hash of the notice in the library; "" while it waits.
        published: the day it was issued.
        results: what the tests said of the right value when it was issued.
        overrides: failing tests the second person let pass.
    """

    wrong: tuple[Decimal, Decimal]
    right: tuple[Decimal, Decimal] | None
    cause: str
    drafted: Act
    issued: Act | None = None
    record: str = ""
    published: date | None = None
    results: tuple[Result, ...] = ()
    overrides: tuple[Override, ...] = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """What went out: hash of the record in the library, the day, and who sent it out."""

    record: str
    day: date
    act: Act


@dataclass(frozen=True, slots=True)
class Assessment:
    """One quotation on one day.

    Attributes:
        id: quotation and day, `ge.ingot@market.rotterdam/2020-10-09`.
        method: the edition it was opened under, as it was then.
        opened: who opened it.
        exclusions: inputs people left out, by input id.
        low, high: the value judged, in the unit of the method, and corrected since; None before.
        judged: who judged last, and their words; the assessor.
        proposal: what the method made of the inputs when it was submitted; None in a draft.
        submitted, approved: the last of each since it was last sent back.
        results: what the tests said when it was approved.
        overrides: failing tests the second person let pass.
        returned: every sending back, with its reason.
        corrections: those issued, oldest first; `pending` is one that waits for its second person.
        hands: who judged, excluded, readmitted or submitted since it was last sent back.
        reopened: how often it was opened again after it was withdrawn or discarded.
    """

    id: str
    method: Method
    day: date
    opened: Act
    state: str = "draft"
    exclusions: dict[str, Exclusion] = field(default_factory=dict)
    low: Decimal | None = None
    high: Decimal | None = None
    judged: Act | None = None
    proposal: Proposal | None = None
    submitted: Act | None = None
    approved: Act | None = None
    results: tuple[Result, ...] = ()
    overrides: tuple[Override, ...] = ()
    returned: tuple[Act, ...] = ()
    published: Publication | None = None
    corrections: tuple[Correction, ...] = ()
    pending: Correction | None = None
    hands: tuple[str, ...] = ()
    reopened: int = 0

    @property
    def quotation(self) -> str:
        """The code of what it is a price of."""
        return self.method.quotation

    @property
    def value(self) -> tuple[Decimal, Decimal] | None:
        """Low and high as they stand, None where nothing was judged yet."""
        return None if self.low is None or self.high is None else (self.low, self.high)

    @property
    def judged_value(self) -> tuple[Decimal, Decimal] | None:
        """Low and high as the assessor judged them, before any correction."""
        return self.corrections[0].wrong if self.corrections else self.value

    @property
    def record(self) -> str:
        """Hash of the record that the value stands in now; "" before publication."""
        issued = [notice.record for notice in self.corrections]
        return issued[-1] if issued else self.published.record if self.published else ""

    @property
    def records(self) -> tuple[str, ...]:
        """Hashes of the publication and of every notice, oldest first."""
        first = (self.published.record,) if self.published else ()
        return (*first, *(notice.record for notice in self.corrections))

    @property
    def assessors(self) -> tuple[str, ...]:
        """Everybody who had a hand in it, who therefore cannot be its second person.

        Those whose judgement or exclusion still stands are among them, also where it was sent back since.
        """
        standing = (self.judged, *(each.act for each in self.exclusions.values()), self.submitted)
        return tuple(dict.fromkeys([*(act.by for act in standing if act), *self.hands]))

    @property
    def as_corrected(self) -> "Assessment":
        """What the correction that waits would make of it, to be tested: its value, from all inputs known now.

        Who drafted it answers for the judgement and for the exclusions that it leaves in force.
        """
        assert self.pending
        (low, high), drafted = self.pending.right or (None, None), self.pending.drafted
        kept = {
            id: replace(each, act=replace(drafted, words=each.act.words))
            for id, each in self.exclusions.items()
        }
        return replace(
            self, low=low, high=high, judged=drafted, exclusions=kept, submitted=None, proposal=None, hands=()
        )


def assessment_id(quotation: str, day: date) -> str:
    """The id of an assessment.

    >>> assessment_id("ge.ingot@market.rotterdam", date(2020, 10, 9))
    'ge.ingot@market.rotterdam/2020-10-09'
    """
    return f"{quotation}/{day.isoformat()}"
