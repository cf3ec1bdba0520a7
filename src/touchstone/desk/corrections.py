"""Corrections: a notice is drafted by one person and issued by another, and tested like any figure that goes out."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from touchstone.desk.acts import Acts, Content
from touchstone.desk.assessment import Assessment
from touchstone.desk.choices import causes_to_choose, first, line
from touchstone.desk.declared import causes
from touchstone.desk.detectors.second_person import is_same_person
from touchstone.desk.posting import post
from touchstone.desk.publication import notice_of
from touchstone.desk.refusal import NotAllowed, refusal
from touchstone.desk.replay import tested
from touchstone.desk.rules import named, on_step, reason, today
from touchstone.desk.trail import Writing
from touchstone.facts.text import Text

_REASON = Text("窗口内有成交未计入", "a deal in the window was not counted")


class Corrections(Acts):
    """The acts on what was published."""

    def correct(
        self, id: str, right: tuple[Decimal, Decimal] | None, cause: str, words: str, by: str,
        at: datetime | None = None,
    ) -> Assessment:  # fmt: skip
        """Draft a correction notice; `right` None takes the publication back. It counts once it is issued.

        Raises:
            NotAllowed: DESK-013 the cause is not declared; DESK-014 another waits, or nothing would change.
        """

        def content(known: Assessment, _writing: Writing) -> Content:
            if cause not in causes():
                ends_as = "--low {} --high {}".format(*known.value) if known.value else "--take-back"
                example = line(f"correct {id} --cause {first(causes(), '')} {ends_as}", _REASON)
                raise refusal(
                    NotAllowed, "DESK-013", id, found=cause or Text("空白", "nothing"),
                    choices=causes_to_choose(), example=example,
                )  # fmt: skip
            ends = right and [on_step(known.method, end, id) for end in right]
            if known.pending or (ends and tuple(ends) == known.value):
                raise refusal(NotAllowed, "DESK-014", id)
            if ends and ends[0] > ends[1]:
                raise refusal(NotAllowed, "DESK-016", id, low=ends[0], high=ends[1])
            return {"right": ends and list(map(str, ends)), "cause": cause, "words": reason(words, id)}

        return self._act(id, "correct", ("published",), content, by, at)

    def drop(self, id: str, words: str, by: str, at: datetime | None = None) -> Assessment:
        """Drop a correction notice that waits, with the reason."""

        def content(known: Assessment, _writing: Writing) -> Content:
            if not known.pending:
                raise refusal(NotAllowed, "DESK-015", id)
            return {"words": reason(words, id)}

        return self._act(id, "drop", ("published",), content, by, at)

    def issue(
        self, id: str, by: str, at: datetime | None = None, passed: Mapping[str, str] | None = None
    ) -> Assessment:
        """Issue the correction notice that waits, as its second person: the new figures replace the old.

        Args:
            passed: failing results of `as_corrected` let pass, by their id, with the reason for each.

        Raises:
            NotAllowed: DESK-015 none waits; DESK-017 it was drafted by the same person; DESK-012 the right figure
                fails a test and was not let pass, or cannot be.
        """
        pending = self.assessment(id).pending
        what = "withdraw" if pending and pending.right is None else "issue"

        def content(known: Assessment, writing: Writing) -> Content:
            if not known.pending or known.pending != pending:
                raise refusal(NotAllowed, "DESK-015", id)
            if is_same_person(by, known.pending.drafted.by):
                raise refusal(NotAllowed, "DESK-017", id, found=by)
            said: Content = {"results": [], "overrides": {}}
            if known.pending.right:
                said = self._tested(known.as_corrected, today(at), by, passed or {})
            drafted = replace(known.pending, overrides=tested(said)[1])
            notice = notice_of(known, drafted, named(by), today(at), writing.head)
            return {**said, "record": notice.hash, "published": today(at).isoformat()}

        done = self._act(id, what, ("published",), content, by, at)
        post(self.trail, self.ledger)
        return done
