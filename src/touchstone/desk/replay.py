"""An assessment as the trail tells it: its entries, one after the other, make its state.

Nothing else knows the state of an assessment, so what it was on an earlier day is told by its earlier entries.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from touchstone.desk.assessment import (
    Act,
    Assessment,
    Correction,
    Exclusion,
    Override,
    Publication,
    assessment_id,
)
from touchstone.desk.input import Input, input_from
from touchstone.desk.method import Method, method_as_kept
from touchstone.desk.proposal import proposal_from
from touchstone.desk.refusal import DamagedTrail, refusal
from touchstone.desk.result import Result, result_from
from touchstone.desk.trail import Entry

OF_INPUTS = ("input", "replace")
"""Acts that concern inputs, and no assessment."""


@dataclass(frozen=True, slots=True)
class Reported:
    """Inputs by id, in the order they came in.

    Attributes:
        inputs: all that ever came in; an assessment may stand on one that was replaced since.
        taken: who took each in last, and when.
        replaced: those that a newer file took the place of, with who brought it and when.
    """

    inputs: dict[str, Input]
    taken: dict[str, Act]
    replaced: dict[str, Act]

    @property
    def standing(self) -> dict[str, Input]:
        """The inputs that count."""
        return {id: each for id, each in self.inputs.items() if id not in self.replaced}


_Step = Callable[[Assessment, Mapping[str, Any], Act], Assessment]


def assessed(entries: Iterable[Entry]) -> dict[str, Assessment]:
    """The assessments that entries of the trail tell of, by id, in the order they were opened."""
    found: dict[str, Assessment] = {}
    for entry in entries:
        if entry.what not in OF_INPUTS:
            with _telling(entry):
                id = assessment_id(entry.about, date.fromisoformat(entry.day))
                found[id] = _told(found.get(id), id, entry)
    return found


def reported(entries: Iterable[Entry]) -> Reported:
    """The inputs that entries of the trail tell of."""
    found: dict[str, Input] = {}
    taken: dict[str, Act] = {}
    replaced: dict[str, Act] = {}
    for entry in entries:
        with _telling(entry):
            if entry.what == "input":
                given = input_from(entry.content)
                found[given.id] = given
                taken[given.id] = _act(entry)
                replaced.pop(given.id, None)
            elif entry.what == "replace":
                replaced |= {id: _act(entry) for id in entry.content["inputs"]}
    return Reported(found, taken, replaced)


@contextmanager
def _telling(entry: Entry) -> Iterator[None]:
    """An entry that tells nothing, or does not fit what was told before, is damage and no crash."""
    try:
        yield
    except (KeyError, ValueError, TypeError, AttributeError, ArithmeticError, AssertionError) as error:
        raise refusal(DamagedTrail, "DESK-038", entry.about, number=entry.number) from error


def _told(known: Assessment | None, id: str, entry: Entry) -> Assessment:
    if entry.what == "open":
        edition, day = method_of(entry.content["method"]), date.fromisoformat(entry.day)
        return Assessment(id, edition, day, _act(entry))
    assert known
    return _STEPS[entry.what](known, entry.content, _act(entry))


def _act(entry: Entry) -> Act:
    return Act(entry.who, entry.at, str(entry.content.get("words", "")))


@lru_cache(maxsize=256)
def method_of(declared: str) -> Method:
    """The method as it was declared when an assessment was opened."""
    return method_as_kept(declared)


def _exclude(known: Assessment, content: Mapping[str, Any], act: Act) -> Assessment:
    left_out = Exclusion(content["input"], content["criterion"], act)
    kept = {**known.exclusions, left_out.input: left_out}
    return replace(known, exclusions=kept, hands=_with(known, act))


def _readmit(known: Assessment, content: Mapping[str, Any], act: Act) -> Assessment:
    kept = {id: each for id, each in known.exclusions.items() if id != content["input"]}
    return replace(known, exclusions=kept, hands=_with(known, act))


def _judge(known: Assessment, content: Mapping[str, Any], act: Act) -> Assessment:
    low, high = Decimal(content["low"]), Decimal(content["high"])
    return replace(known, low=low, high=high, judged=act, hands=_with(known, act))


def _submit(known: Assessment, content: Mapping[str, Any], act: Act) -> Assessment:
    proposal, hands = proposal_from(content["proposal"]), _with(known, act)
    return replace(known, state="submitted", proposal=proposal, submitted=act, hands=hands)


def _with(known: Assessment, act: Act) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known.hands, act.by)))


def _send_back(known: Assessment, _content: Mapping[str, Any], act: Act) -> Assessment:
    return replace(
        known, state="draft", proposal=None, submitted=None, approved=None, results=(), overrides=(),
        hands=(), returned=(*known.returned, act),
    )  # fmt: skip


def _approve(known: Assessment, content: Mapping[str, Any], act: Act) -> Assessment:
    results, passed = tested(content)
    return replace(known, state="approved", approved=act, results=results, overrides=passed)


def tested(content: Mapping[str, Any]) -> tuple[tuple[Result, ...], tuple[Override, ...]]:
    """What the tests said, and what the second person let pass, as an approval or a notice holds it."""
    results = tuple(map(result_from, content["results"]))
    reasons = content["overrides"]
    return results, tuple(Override(each, reasons[each.id]) for each in results if each.id in reasons)


def _publish(known: Assessment, content: Mapping[str, Any], act: Act) -> Assessment:
    out = Publication(content["record"], date.fromisoformat(content["published"]), act)
    return replace(known, state="published", published=out)


def _correct(known: Assessment, content: Mapping[str, Any], act: Act) -> Assessment:
    assert known.value
    right = content["right"] and (Decimal(content["right"][0]), Decimal(content["right"][1]))
    return replace(known, pending=Correction(known.value, right, content["cause"], act))


def _drop(known: Assessment, _content: Mapping[str, Any], _act: Act) -> Assessment:
    return replace(known, pending=None)


def _issue(known: Assessment, content: Mapping[str, Any], act: Act) -> Assessment:
    assert known.pending
    day, (results, passed) = date.fromisoformat(content["published"]), tested(content)
    notice = replace(
        known.pending, issued=act, record=content["record"], published=day, results=results, overrides=passed
    )
    low, high = notice.right or (None, None)
    return replace(
        known, state="published" if notice.right else "withdrawn", low=low, high=high,
        corrections=(*known.corrections, notice), pending=None,
    )  # fmt: skip


def _discard(known: Assessment, _content: Mapping[str, Any], _act: Act) -> Assessment:
    return replace(known, state="discarded")


def _reopen(known: Assessment, content: Mapping[str, Any], act: Act) -> Assessment:
    """A draft from the beginning; what it was before stays on the trail and in the library."""
    edition, times = method_of(content["method"]), known.reopened + 1
    return Assessment(known.id, edition, known.day, act, returned=(*known.returned, act), reopened=times)


_STEPS: dict[str, _Step] = {
    "exclude": _exclude,
    "readmit": _readmit,
    "judge": _judge,
    "submit": _submit,
    "send_back": _send_back,
    "approve": _approve,
    "publish": _publish,
    "correct": _correct,
    "drop": _drop,
    "issue": _issue,
    "withdraw": _issue,
    "discard": _discard,
    "reopen": _reopen,
}
