"""An assessment as the trail tells it: its entries, one after the other, make its state.

Nothing else knows the state of an assessment, so what it was on an earlier day is told by its earlier entries.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
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
from touchstone.desk.method import Method, method
from touchstone.desk.proposal import proposal_from
from touchstone.desk.result import result_from
from touchstone.desk.trail import Entry

_Step = Callable[[Assessment, Mapping[str, Any], Act], Assessment]


def assessed(entries: Iterable[Entry]) -> dict[str, Assessment]:
    """The assessments that entries of the trail tell of, by id, in the order they were opened."""
    found: dict[str, Assessment] = {}
    for entry in entries:
        id, act = assessment_id(entry.about, date.fromisoformat(entry.day)), _act(entry)
        if entry.what == "open":
            edition = method_of(entry.content["method"])
            found[id] = Assessment(id, edition, date.fromisoformat(entry.day), act)
        elif entry.what in _STEPS:
            found[id] = _STEPS[entry.what](found[id], entry.content, act)
    return found


def reported(entries: Iterable[Entry]) -> dict[str, Input]:
    """The inputs that entries of the trail tell of, by id, in the order they came in."""
    inputs = (input_from(entry.content) for entry in entries if entry.what == "input")
    return {given.id: given for given in inputs}


def taken_in(entries: Iterable[Entry]) -> dict[str, Act]:
    """Who took each input in, and when, by its id."""
    return {input_from(entry.content).id: _act(entry) for entry in entries if entry.what == "input"}


def _act(entry: Entry) -> Act:
    return Act(entry.who, entry.at, str(entry.content.get("words", "")))


@lru_cache(maxsize=256)
def method_of(declared: str) -> Method:
    """The method as it was declared when an assessment was opened."""
    return method(json.loads(declared))


def _exclude(known: Assessment, content: Mapping[str, Any], act: Act) -> Assessment:
    left_out = Exclusion(content["input"], content["criterion"], act)
    return replace(known, exclusions={**known.exclusions, left_out.input: left_out})


def _readmit(known: Assessment, content: Mapping[str, Any], _act: Act) -> Assessment:
    kept = {id: each for id, each in known.exclusions.items() if id != content["input"]}
    return replace(known, exclusions=kept)


def _judge(known: Assessment, content: Mapping[str, Any], act: Act) -> Assessment:
    return replace(known, low=Decimal(content["low"]), high=Decimal(content["high"]), judged=act)


def _submit(known: Assessment, content: Mapping[str, Any], act: Act) -> Assessment:
    return replace(known, state="submitted", proposal=proposal_from(content["proposal"]), submitted=act)


def _send_back(known: Assessment, _content: Mapping[str, Any], act: Act) -> Assessment:
    return replace(
        known, state="draft", proposal=None, submitted=None, approved=None, results=(), overrides=(),
        returned=(*known.returned, act),
    )  # fmt: skip


def _approve(known: Assessment, content: Mapping[str, Any], act: Act) -> Assessment:
    results = tuple(map(result_from, content["results"]))
    by_id = {result.id: result for result in results}
    passed = tuple(Override(by_id[id], reason) for id, reason in content["overrides"].items())
    return replace(known, state="approved", approved=act, results=results, overrides=passed)


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
    day = date.fromisoformat(content["published"])
    notice = replace(known.pending, issued=act, record=content["record"], published=day)
    low, high = notice.right or (None, None)
    return replace(
        known, state="published" if notice.right else "withdrawn", low=low, high=high,
        corrections=(*known.corrections, notice), pending=None,
    )  # fmt: skip


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
}
