"""Acts on an assessment: each is one entry of the trail, or is refused and leaves none."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from touchstone.desk.assessment import STATES, Assessment
from touchstone.desk.choices import tests_to_pass, way_out
from touchstone.desk.posting import post
from touchstone.desk.refusal import NotAllowed, refusal
from touchstone.desk.register import Register, parted
from touchstone.desk.replay import OF_INPUTS, assessed
from touchstone.desk.result import Result
from touchstone.desk.rules import any_of, named, reason, stopping, told
from touchstone.desk.trail import Writing

Content = Mapping[str, Any]


class Acts(Register):
    """The register, opened for writing: what was published and not yet posted is posted before anything else."""

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """A transaction of the trail, once the ledger has all that the trail published.

        Raises:
            DamagedTrail: the trail is not as it was written; nothing is built on it.
        """
        post(self.trail, self.ledger)
        with self.trail.writing() as writing:
            yield writing

    def _act(
        self, id: str, what: str, states: tuple[str, ...], content: Callable[[Assessment, Writing], Content],
        by: str, at: datetime | None,
    ) -> Assessment:  # fmt: skip
        """One act on an assessment in one of the states, in one transaction: looked at, allowed, written down."""
        name, (quotation, day) = named(by), parted(id)
        self.assessment(id)  # an id that is none must not make a trail
        with self.writing() as writing:
            entries = [e for e in writing.entries(quotation, day.isoformat()) if e.what not in OF_INPUTS]
            known = self.known(id, tuple(entries))
            if known.state not in states:
                raise refusal(NotAllowed, "DESK-006", id, state=STATES[known.state], wanted=any_of(states))
            entry = writing.append(quotation, day, what, name, content(known, writing), at)
        return assessed([*entries, entry])[id]

    def _tested(self, given: Assessment, today: date, second: str, passed: Mapping[str, str]) -> Content:
        """What every test says, and which failures the second person lets pass, with the reason for each.

        Raises:
            NotAllowed: DESK-012, a test fails and was not let pass, or cannot be.
        """
        found = self.results(given, today, second)
        reasons = {key: reason(words, given.id) for key, words in passed.items() if words.strip()}
        _let_pass(given, found, reasons)
        kept = {each.id: reasons[each.id] for each in found if each.verdict == "fails"}
        return {"results": [each.content() for each in found], "overrides": kept}

    def _still_passing(self, given: Assessment, today: date, second: str) -> None:
        """The tests once more, with what was let pass before. Raises NotAllowed: DESK-012."""
        passed = {each.result.id: each.reason for each in given.overrides}
        _let_pass(given, self.results(given, today, second), passed)


def _let_pass(given: Assessment, found: tuple[Result, ...], passed: Mapping[str, str]) -> None:
    if against := stopping(found, passed):
        raise refusal(
            NotAllowed, "DESK-012", given.id, found=told(against), passing=tests_to_pass(True),
            never=tests_to_pass(False), example=way_out(given.id, given.state, against),
        )  # fmt: skip
