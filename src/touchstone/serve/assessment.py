"""The page of one assessment: all that the principles ask to be kept, and what can be done with it now.

Inputs used and left out with the reason, the method with its order and minimum, what it proposes and how, the
judgement, the assessor and the second person, the tests, the publication, the corrections, and the trail.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from touchstone.desk.assessment import STATES, Act, Assessment, Override
from touchstone.desk.declared import causes, kinds
from touchstone.desk.desk import Desk
from touchstone.desk.detectors.detectors import declarations
from touchstone.desk.input import Input
from touchstone.desk.parameters import parameter, parameters
from touchstone.desk.proposal import Proposal, is_in_window, why_not
from touchstone.desk.publication import fact_ids
from touchstone.desk.replay import Reported
from touchstone.desk.result import VERDICTS, Result
from touchstone.desk.trail import Entry
from touchstone.desk.wording import plain
from touchstone.facts.text import Text
from touchstone.publish.words import LANGUAGES
from touchstone.serve.assessments import named
from touchstone.serve.reply import Page

TREATMENTS = ("used", "unneeded", "excluded", "aside", "late", "replaced")


@dataclass(frozen=True, slots=True)
class Treated:
    """An input and what became of it: `treatment` is one of `TREATMENTS`, `why` says it where there is more to say.

    `price` is the range in the unit of the method, "" where it cannot be converted or is in that unit already.
    """

    input: Input
    treatment: str
    price: str
    why: Text | None = None
    by: str = ""


def assessment(desk: Desk, id: str, as_of: datetime | None, token: str, person: str) -> Page:
    """One assessment, as it stands or as it stood.

    Raises:
        UnknownAssessment: there is none, or was none by then.
    """
    entries = desk.entries(id, as_of)
    given = desk.known(id, entries)
    known = desk.reported(given, as_of)
    proposal = desk.proposal(given, known)
    treated, taken = treatments(given, proposal, known), known.taken
    results, since = _results(desk, given, as_of)
    waiting = _waiting(desk, given, as_of)
    shown = {
        "given": given,
        "title": {lang: named(given.method, lang) for lang in LANGUAGES},
        "states": STATES,
        "proposal": proposal,
        "treated": treated,
        "taken": taken,
        "criteria": {each.id: each.name for each in given.method.criteria},
        "kinds": kinds(),
        "results": results if waiting is None else waiting,
        "waiting": by_test(waiting or ()),
        "parameters": _parameters(given),
        "damage": desk.broken(),
        "tested": by_test(results),
        "since": by_test(since),
        "tests": declarations(),
        "passed": {each.result.id: each.reason for each in _let_pass(given)},
        "corrected": [
            (n, e.right, by_test(e.results)) for n, e in enumerate(given.corrections, 1) if e.right
        ],
        "causes": causes(),
        "facts": fact_ids(given.record) if given.value and given.record else (),
        "entries": [(entry, desk_moment(entry)) for entry in reversed(entries)],
        "as_of": as_of,
        "token": token,
        "person": person,
        "today": date.today().isoformat(),
    }
    rows = [_row(each, taken[each.input.id]) for each in treated]
    return Page("assessment.html", shown, _data(given, proposal, rows, results, entries), rows)


def treatments(given: Assessment, proposal: Proposal, known: Reported) -> list[Treated]:
    """What became of every input that was looked at, in the order of `TREATMENTS`."""
    inputs = known.inputs
    found = [_treated(given, inputs[id], "used") for id in proposal.used if id in inputs]
    found += [_treated(given, inputs[id], "unneeded") for id in proposal.unneeded if id in inputs]
    for each in (each for each in given.exclusions.values() if each.input in inputs):
        found.append(
            _treated(
                given,
                inputs[each.input],
                "excluded",
                _reason(given, each.criterion, each.act.words),
                each.act.by,
            )
        )
    for aside in proposal.aside:
        if aside.input in inputs:
            found.append(_treated(given, inputs[aside.input], "aside", aside.why))
    seen, gone = {each.input.id for each in found}, []
    for each in (each for each in inputs.values() if each.id not in seen):
        late = is_in_window(given.method, given.day, each)
        if each.id in known.replaced:
            gone.append(_treated(given, each, "replaced", by=known.replaced[each.id].by))
        elif late and why_not(given.method, given.day, each) is None:
            found.append(_treated(given, each, "late"))
    return found + gone


def by_test(results: Iterable[Result]) -> list[tuple[str, str, list[Result]]]:
    """Results of one test together, with the worst of their verdicts; tests that fail come first."""
    found: dict[str, list[Result]] = {}
    for each in results:
        found.setdefault(each.test, []).append(each)
    rows = [
        (name, min((e.verdict for e in several), key=VERDICTS.index), several)
        for name, several in found.items()
    ]
    return sorted(rows, key=lambda row: row[1] != "fails")


def desk_moment(entry: Entry) -> str:
    """The moment of an entry as an address can hold it."""
    return entry.at.astimezone(UTC).isoformat()


def _treated(
    given: Assessment, each: Input, treatment: str, why: Text | None = None, by: str = ""
) -> Treated:
    ends = each.ends_in(given.method.unit)
    same = ends is None or (each.low, each.high) == ends
    price = "" if same or ends is None else "-".join(dict.fromkeys(plain(end) for end in ends))
    return Treated(each, treatment, price, why, by)


def _reason(given: Assessment, criterion: str, words: str) -> Text:
    name = next(
        (each.name for each in given.method.criteria if each.id == criterion), Text(criterion, criterion)
    )
    return Text(f"{name.zh}：{words}", f"{name.en}: {words}")


def _results(
    desk: Desk, given: Assessment, as_of: datetime | None
) -> tuple[tuple[Result, ...], tuple[Result, ...]]:
    """The results to show, and failures that have come up since the assessment was approved."""
    today, second = _day(as_of), given.approved.by if given.approved else ""
    if given.state in ("withdrawn", "discarded"):
        return given.results, ()
    now = desk.results(given, today, second, as_of)
    if not given.results:
        return now, ()
    known = {each.id for each in given.results}
    corrected = bool(given.corrections)
    since = () if corrected else tuple(e for e in now if e.verdict == "fails" and e.id not in known)
    return given.results, since


def _let_pass(given: Assessment) -> Iterator[Override]:
    """The failing tests let pass, of what was published and of every correction."""
    yield from given.overrides
    for notice in given.corrections:
        yield from notice.overrides


def _waiting(desk: Desk, given: Assessment, as_of: datetime | None) -> tuple[Result, ...] | None:
    """What the tests say of the correction that waits; None where none does, or it takes the publication back."""
    if given.pending is None or given.pending.right is None:
        return None
    return desk.results(given.as_corrected, _day(as_of), "", as_of)


def _day(as_of: datetime | None) -> date:
    return as_of.date() if as_of else date.today()


def _parameters(given: Assessment) -> list[tuple[str, Text, Any, bool]]:
    """Test, parameter, value, and whether the method set it itself, of every parameter that tests have."""
    own = given.method.parameters
    return [
        (test, each.name, parameter(own, test, name), name in own.get(test, {}))
        for test, several in parameters().items()
        for name, each in several.items()
    ]


def _row(each: Treated, taken: Act) -> dict[str, Any]:
    given = each.input
    return {
        "input": given.id, "treatment": each.treatment, **given.content(), "in_method_unit": each.price or None,
        "reason_zh": each.why and each.why.zh, "reason_en": each.why and each.why.en, "excluded_by": each.by or None,
        "taken_in_by": taken.by, "taken_in_at": taken.at,
    }  # fmt: skip


def _data(
    given: Assessment, proposal: Proposal, inputs: list[dict[str, Any]], results: tuple[Result, ...],
    entries: tuple[Entry, ...],
) -> dict[str, Any]:  # fmt: skip
    """All of the page for a program."""
    method = json.loads(given.method.declared) | {"hash": given.method.hash}
    return {
        "id": given.id, "state": given.state, "day": given.day, "low": given.low, "high": given.high,
        "unit": given.method.unit, "judgement": given.judged, "opened": given.opened, "submitted": given.submitted,
        "approved": given.approved, "returned": given.returned, "method": method,
        "proposal": proposal.content(), "inputs": inputs,
        "tests": [each.content() | {"id": each.id} for each in results],
        "let_pass": [{"id": each.result.id, "reason": each.reason} for each in given.overrides],
        "parameters": {test: {name: parameter(given.method.parameters, test, name) for name in several}
                       for test, several in parameters().items() if several},
        "published": given.published, "corrections": given.corrections, "pending_correction": given.pending,
        "facts": list(fact_ids(given.record)) if given.value and given.record else [],
        "trail": [entry_row(entry) for entry in entries],
    }  # fmt: skip


def entry_row(entry: Entry) -> dict[str, Any]:
    """An entry of the trail as one row; `content` is JSON as it was written, of which the hash is taken."""
    return {
        "number": entry.number, "at": entry.at, "who": entry.who, "what": entry.what, "about": entry.about,
        "day": entry.day, "content": entry.text, "previous": entry.previous, "hash": entry.hash,
    }  # fmt: skip
