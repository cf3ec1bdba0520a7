"""The desk: what people do with assessments. Every act is one entry of the trail, or is refused and leaves none.

draft -> submitted -> approved -> published, or sent back to draft with a reason. Who submits is the assessor; who
approves answers for it and must be another person; a failing test stops both approval and publication unless the
second person lets it pass with a reason. A correction is drafted by one person and issued by another. Names are
stated, not proved: the desk does not know who sits at it.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from touchstone.desk.acts import Content
from touchstone.desk.assessment import Assessment, assessment_id
from touchstone.desk.choices import criteria_to_choose, first, inputs_to_choose, line
from touchstone.desk.corrections import Corrections
from touchstone.desk.input import Input
from touchstone.desk.posting import post
from touchstone.desk.proposal import propose
from touchstone.desk.publication import record_of
from touchstone.desk.refusal import NotAllowed, refusal
from touchstone.desk.register import parted
from touchstone.desk.replay import assessed
from touchstone.desk.rules import (
    departs,
    has_come,
    named,
    on_step,
    reason,
    remark,
    same_edition,
    today,
)
from touchstone.desk.takings import Takings
from touchstone.desk.trail import Writing
from touchstone.facts.text import Text


class Desk(Takings, Corrections):
    """The register, and the acts that add to it.

    Every act takes `by`, the name of who does it, and `at`, the moment (with a zone; None is now), and returns the
    assessment as it then is. Every act may raise NotAllowed; the message says what stands against it.
    """

    def open(self, quotation: str, day: date, by: str, at: datetime | None = None) -> Assessment:
        """Open the draft of a quotation and day, under the edition of its method that is valid on the day.

        Raises:
            UnusableMethod: DESK-001 none is valid, DESK-031 the edition was changed after it had been used.
            NotAllowed: DESK-007 there is one already, DESK-040 the day has not come.
        """
        id = assessment_id(quotation, day)
        has_come(day, at, id)
        edition, name = self.methods().on(quotation, day), named(by)
        with self.writing() as writing:
            same_edition(edition, writing)
            if assessed(writing.entries(quotation, day.isoformat())):
                raise refusal(NotAllowed, "DESK-007", id)
            writing.append(quotation, day, "open", name, {"method": edition.declared}, at)
        return self.assessment(id)

    def exclude(
        self, id: str, input: str, criterion: str, words: str, by: str, at: datetime | None = None
    ) -> Assessment:
        """Leave an input out, by a criterion of the method, with the reason in words."""

        def content(known: Assessment, _writing: Writing) -> Content:
            standing, criteria = self.reported(known).standing, [each.id for each in known.method.criteria]
            right = f"exclude {id} {first(standing, 'INPUT')} {first(criteria, 'CRITERION')}"
            if input not in standing:
                raise _no_such_input(id, input, standing, right)
            if criterion not in criteria:
                raise refusal(
                    NotAllowed, "DESK-009", id, found=criterion or Text("空白", "nothing"),
                    choices=criteria_to_choose(known.method), example=line(right, _REASON),
                )  # fmt: skip
            return {"input": input, "criterion": criterion, "words": reason(words, id)}

        return self._act(id, "exclude", ("draft",), content, by, at)

    def readmit(self, id: str, input: str, words: str, by: str, at: datetime | None = None) -> Assessment:
        """Take an exclusion back, with the reason in words."""

        def content(known: Assessment, _writing: Writing) -> Content:
            if input not in known.exclusions:
                known_inputs = self.inputs(known.quotation)
                excluded = {each: known_inputs[each] for each in known.exclusions if each in known_inputs}
                raise _no_such_input(id, input, excluded, f"readmit {id} {first(excluded, 'INPUT')}")
            return {"input": input, "words": reason(words, id)}

        return self._act(id, "readmit", ("draft",), content, by, at)

    def judge(
        self, id: str, low: Decimal, high: Decimal, words: str, by: str, at: datetime | None = None
    ) -> Assessment:
        """Say what the price is. `words` may be empty where the value is what the method gives."""

        def content(known: Assessment, _writing: Writing) -> Content:
            ends = [on_step(known.method, end, id) for end in (low, high)]
            return {"low": str(ends[0]), "high": str(ends[1]), "words": remark(words, id)}

        return self._act(id, "judge", ("draft",), content, by, at)

    def submit(self, id: str, by: str, at: datetime | None = None) -> Assessment:
        """Hand the draft to the second person, with what the method makes of the inputs known now.

        Raises:
            NotAllowed: DESK-010 nothing was judged; DESK-011 it departs from the method, or there is too little
                data, and no words say why.
        """

        def content(known: Assessment, _writing: Writing) -> Content:
            if known.value is None or known.judged is None:
                raise refusal(NotAllowed, "DESK-010", id)
            inputs = self.reported(known).standing.values()
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

        def content(known: Assessment, _writing: Writing) -> Content:
            return self._tested(known, today(at), by, passed)

        return self._act(id, "approve", ("submitted",), content, by, at)

    def publish(self, id: str, by: str, at: datetime | None = None) -> Assessment:
        """Send an approved assessment out: its record goes into the library, its figures into the ledger.

        Raises:
            NotAllowed: DESK-012, a test fails that did not when it was approved (a deal has come in since).
        """

        def content(known: Assessment, writing: Writing) -> Content:
            assert known.approved
            self._still_passing(known, today(at), known.approved.by)
            day, status = today(at), self._status(known)
            record = record_of(known, self.reported(known).inputs, day, writing.head, status)
            return {"record": record.hash, "published": day.isoformat(), "status": status}

        done = self._act(id, "publish", ("approved",), content, by, at)
        post(self.trail, self.ledger)
        return done

    def discard(self, id: str, words: str, by: str, at: datetime | None = None) -> Assessment:
        """Drop a draft that should not have been opened, with the reason; it may be reopened."""
        return self._act(id, "discard", ("draft",), lambda *_: {"words": reason(words, id)}, by, at)

    def reopen(self, id: str, words: str, by: str, at: datetime | None = None) -> Assessment:
        """Begin anew what was withdrawn or discarded, with the reason, under the edition that is valid on its day now.

        Raises:
            UnusableMethod: as `open` does.
        """
        self.assessment(id)
        edition = self.methods().on(*parted(id))

        def content(_known: Assessment, writing: Writing) -> Content:
            same_edition(edition, writing)
            return {"method": edition.declared, "words": reason(words, id)}

        return self._act(id, "reopen", ("withdrawn", "discarded"), content, by, at)

    def _status(self, known: Assessment) -> str:
        """carried-over where the figure is that of last time and no input bears it, else reported."""
        assert known.proposal
        before = self.case(known, known.day).before
        same = before and before.ends_in(known.method.unit) == known.value
        return "carried-over" if same and not known.proposal.used else "reported"


_REASON = Text("同一集团", "of one group")


def _no_such_input(id: str, found: str, among: Mapping[str, Input], right: str) -> NotAllowed:
    """The refusal of an input that is none of those to choose from."""
    return refusal(
        NotAllowed, "DESK-008", id, found=found, choices=inputs_to_choose(among), example=line(right, _REASON)
    )
