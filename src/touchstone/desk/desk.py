"""The desk: what people do with assessments. Every act is one entry of the trail, or is refused and leaves none.

draft -> submitted -> approved -> published, or sent back to draft with a reason. Who submits is the assessor; who
approves answers for it and must be another person; a failing test stops both approval and publication unless the
second person lets it pass with a reason. A correction is drafted by one person and issued by another. Names are
stated, not proved: the desk does not know who sits at it.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from touchstone.desk.assessment import STATES, Assessment, assessment_id
from touchstone.desk.declared import causes
from touchstone.desk.detectors.second_person import is_same_person
from touchstone.desk.input import Input
from touchstone.desk.posting import post
from touchstone.desk.proposal import propose
from touchstone.desk.publication import notice_of, record_of
from touchstone.desk.refusal import NotAllowed, refusal
from touchstone.desk.register import Register, parted
from touchstone.desk.replay import assessed, reported
from touchstone.desk.rules import (
    any_of,
    departs,
    named,
    on_step,
    reason,
    remark,
    same_edition,
    stopping,
    today,
    told,
)
from touchstone.desk.trail import Writing
from touchstone.facts.text import Text

_Content = Mapping[str, Any]


class Desk(Register):
    """The register, and the acts that add to it.

    Every act takes `by`, the name of who does it, and `at`, the moment (with a zone; None is now), and returns the
    assessment as it then is. Every act may raise NotAllowed; the message says what stands against it.
    """

    def add(self, inputs: Iterable[Input], by: str, at: datetime | None = None) -> int:
        """Take in inputs; how many are new. One that is known already, to the last character, is passed over."""
        name, new = named(by), 0
        with self.trail.writing() as writing:
            known: dict[str, set[str]] = {}
            for given in inputs:
                about = given.quotation
                if about not in known:
                    known[about] = set(reported(writing.entries(about)))
                if given.id not in known[about]:
                    writing.append(about, given.day, "input", name, given.content(), at)
                    known[about].add(given.id)
                    new += 1
        return new

    def open(self, quotation: str, day: date, by: str, at: datetime | None = None) -> Assessment:
        """Open the draft of a quotation and day, under the edition of its method that is valid on the day.

        Raises:
            UnusableMethod: DESK-001 none is valid, DESK-031 the edition was changed after it had been used.
        """
        edition, name, id = self.methods().on(quotation, day), named(by), assessment_id(quotation, day)
        with self.trail.writing() as writing:
            same_edition(edition, writing)
            if assessed(writing.entries(quotation, day.isoformat())):
                raise refusal(NotAllowed, "DESK-007", id)
            writing.append(quotation, day, "open", name, {"method": edition.declared}, at)
        return self.assessment(id)

    def exclude(
        self, id: str, input: str, criterion: str, words: str, by: str, at: datetime | None = None
    ) -> Assessment:
        """Leave an input out, by a criterion of the method, with the reason in words."""

        def content(known: Assessment, _writing: Writing) -> _Content:
            if input not in self.inputs(known.quotation):
                raise refusal(NotAllowed, "DESK-008", id, found=input)
            if criterion not in {each.id for each in known.method.criteria}:
                raise refusal(NotAllowed, "DESK-009", id, found=criterion or Text("空白", "nothing"))
            return {"input": input, "criterion": criterion, "words": reason(words, id)}

        return self._act(id, "exclude", ("draft",), content, by, at)

    def readmit(self, id: str, input: str, words: str, by: str, at: datetime | None = None) -> Assessment:
        """Take an exclusion back, with the reason in words."""

        def content(known: Assessment, _writing: Writing) -> _Content:
            if input not in known.exclusions:
                raise refusal(NotAllowed, "DESK-008", id, found=input)
            return {"input": input, "words": reason(words, id)}

        return self._act(id, "readmit", ("draft",), content, by, at)

    def judge(
        self, id: str, low: Decimal, high: Decimal, words: str, by: str, at: datetime | None = None
    ) -> Assessment:
        """Say what the price is. `words` may be empty where the value is what the method gives."""

        def content(known: Assessment, _writing: Writing) -> _Content:
            ends = [on_step(known.method, end, id) for end in (low, high)]
            return {"low": str(ends[0]), "high": str(ends[1]), "words": remark(words, id)}

        return self._act(id, "judge", ("draft",), content, by, at)

    def submit(self, id: str, by: str, at: datetime | None = None) -> Assessment:
        """Hand the draft to the second person, with what the method makes of the inputs known now.

        Raises:
            NotAllowed: DESK-010 nothing was judged; DESK-011 it departs from the method, or there is too little
                data, and no words say why.
        """

        def content(known: Assessment, _writing: Writing) -> _Content:
            if known.value is None or known.judged is None:
                raise refusal(NotAllowed, "DESK-010", id)
            inputs = self.inputs(known.quotation).values()
            proposal = propose(known.method, known.day, inputs, known.exclusions)
            if not known.judged.words and (not proposal.met or proposal.value != known.value):
                raise refusal(NotAllowed, "DESK-011", id, found=departs(known, proposal.value, proposal.met))
            return {"proposal": proposal.content()}

        return self._act(id, "submit", ("draft",), content, by, at)

    def send_back(self, id: str, words: str, by: str, at: datetime | None = None) -> Assessment:
        """Send a submitted or approved assessment back to draft, with the reason."""
        return self._act(
            id, "send_back", ("submitted", "approved"), lambda *_: {"words": reason(words, id)}, by, at
        )

    def approve(self, id: str, passed: Mapping[str, str], by: str, at: datetime | None = None) -> Assessment:
        """Answer for an assessment as its second person.

        Args:
            passed: failing results let pass, by their id, with the reason for each.

        Raises:
            NotAllowed: DESK-012, a test fails and was not let pass, or cannot be.
        """

        def content(known: Assessment, _writing: Writing) -> _Content:
            found = self.results(known, today(at), by)
            given = {key: reason(words, id) for key, words in passed.items() if words.strip()}
            against = stopping(found, given)
            if against:
                raise refusal(NotAllowed, "DESK-012", id, found=told(against))
            kept = {each.id: given[each.id] for each in found if each.verdict == "fails"}
            return {"results": [each.content() for each in found], "overrides": kept}

        return self._act(id, "approve", ("submitted",), content, by, at)

    def publish(self, id: str, by: str, at: datetime | None = None) -> Assessment:
        """Send an approved assessment out: its record goes into the library, its figures into the ledger.

        Raises:
            NotAllowed: DESK-012, a test fails that did not when it was approved (a deal has come in since).
        """

        def content(known: Assessment, writing: Writing) -> _Content:
            assert known.approved
            found = self.results(known, today(at), known.approved.by)
            against = stopping(found, {each.result.id: each.reason for each in known.overrides})
            if against:
                raise refusal(NotAllowed, "DESK-012", id, found=told(against))
            day, status = today(at), self._status(known)
            record = record_of(known, self.inputs(known.quotation), day, writing.head, status)
            return {"record": record.hash, "published": day.isoformat(), "status": status}

        done = self._act(id, "publish", ("approved",), content, by, at)
        post(self.trail, self.ledger)
        return done

    def correct(
        self, id: str, right: tuple[Decimal, Decimal] | None, cause: str, words: str, by: str,
        at: datetime | None = None,
    ) -> Assessment:  # fmt: skip
        """Draft a correction notice; `right` None takes the publication back. It counts once it is issued.

        Raises:
            NotAllowed: DESK-013 the cause is not declared; DESK-014 another waits, or nothing would change.
        """

        def content(known: Assessment, _writing: Writing) -> _Content:
            if cause not in causes():
                raise refusal(NotAllowed, "DESK-013", id, found=cause or Text("空白", "nothing"))
            ends = right and [on_step(known.method, end, id) for end in right]
            if known.pending or (ends and tuple(ends) == known.value):
                raise refusal(NotAllowed, "DESK-014", id)
            if ends and ends[0] > ends[1]:
                raise refusal(NotAllowed, "DESK-016", id, low=ends[0], high=ends[1])
            return {"right": ends and list(map(str, ends)), "cause": cause, "words": reason(words, id)}

        return self._act(id, "correct", ("published",), content, by, at)

    def drop(self, id: str, words: str, by: str, at: datetime | None = None) -> Assessment:
        """Drop a correction notice that waits, with the reason."""

        def content(known: Assessment, _writing: Writing) -> _Content:
            if not known.pending:
                raise refusal(NotAllowed, "DESK-015", id)
            return {"words": reason(words, id)}

        return self._act(id, "drop", ("published",), content, by, at)

    def issue(self, id: str, by: str, at: datetime | None = None) -> Assessment:
        """Issue the correction notice that waits, as its second person: the new figures replace the old.

        Raises:
            NotAllowed: DESK-015 none waits; DESK-017 it was drafted by the same person.
        """
        pending = self.assessment(id).pending
        what = "withdraw" if pending and pending.right is None else "issue"

        def content(known: Assessment, writing: Writing) -> _Content:
            if not known.pending or known.pending != pending:
                raise refusal(NotAllowed, "DESK-015", id)
            if is_same_person(by, known.pending.drafted.by):
                raise refusal(NotAllowed, "DESK-017", id, found=by)
            notice = notice_of(known, known.pending, named(by), today(at), writing.head)
            return {"record": notice.hash, "published": today(at).isoformat()}

        done = self._act(id, what, ("published",), content, by, at)
        post(self.trail, self.ledger)
        return done

    def _act(
        self, id: str, what: str, states: tuple[str, ...], content: Callable[[Assessment, Writing], _Content],
        by: str, at: datetime | None,
    ) -> Assessment:  # fmt: skip
        """One act on an assessment in one of the states, in one transaction: looked at, allowed, written down."""
        name, (quotation, day) = named(by), parted(id)
        self.assessment(id)  # an id that is none must not make a trail
        with self.trail.writing() as writing:
            entries = writing.entries(quotation, day.isoformat())
            known = self.known(id, entries)
            if known.state not in states:
                raise refusal(NotAllowed, "DESK-006", id, state=STATES[known.state], wanted=any_of(states))
            entry = writing.append(quotation, day, what, name, content(known, writing), at)
        return assessed([*entries, entry])[id]

    def _status(self, known: Assessment) -> str:
        """carried-over where the figure is that of last time and no input bears it, else reported."""
        assert known.proposal
        before = self.case(known, known.day).before
        same = before and before.ends_in(known.method.unit) == known.value
        return "carried-over" if same and not known.proposal.used else "reported"
