"""The list of assessments, by day and state, with the forms to open one and to type an input."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from touchstone.desk.assessment import STATES, Assessment
from touchstone.desk.declared import kinds
from touchstone.desk.desk import Desk
from touchstone.desk.method import Method
from touchstone.desk.refusal import DamagedTrail
from touchstone.desk.register import Listed
from touchstone.publish.format import name
from touchstone.publish.words import LANGUAGES
from touchstone.serve.reply import Page

_LEAF = 60


def assessments(desk: Desk, asked: Mapping[str, str], leaf: int, token: str, person: str) -> Page:
    """Those of a day (`day`) or in a state (`state`), latest first; `person` is the name put into the forms."""
    day, state = day_of(asked.get("day", "")), asked.get("state", "")
    of_day = desk.listed(day)
    chosen = [each for each in of_day if state not in STATES or each.state == state]
    last = max(0, (len(chosen) - 1) // _LEAF)
    leaf = min(leaf, last)
    shown, damage = _told(desk, chosen[leaf * _LEAF : (leaf + 1) * _LEAF])
    tally, known = Counter(each.state for each in of_day), desk.methods()
    return Page(
        "assessments.html",
        {
            "listed": shown,
            "states": STATES,
            "tally": [(code, words, tally[code]) for code, words in STATES.items()],
            "all": len(of_day),
            "state": state if state in STATES else "",
            "day": asked.get("day", "") if day else "",
            "methods": [known.of(quotation)[-1] for quotation in known.quotations],
            "damage": damage,
            "method_problems": known.problems,
            "kinds": kinds(),
            "leaf": leaf,
            "leaves": last + 1,
            "token": token,
            "person": person,
            "today": date.today().isoformat(),
        },
        {"assessments": [_row(each, given) for each, given in shown]},
        [_row(each, given) for each, given in shown],
    )


def _told(desk: Desk, chosen: list[Listed]) -> tuple[list[tuple[Listed, Assessment]], list[DamagedTrail]]:
    """The assessments chosen, and what is wrong with the trail, which may leave one untold."""
    told, damage = [], [broken] if (broken := desk.broken()) else []
    for each in chosen:
        try:
            told.append((each, desk.assessment(each.id)))
        except DamagedTrail as problem:
            damage.append(problem)
    return told, damage


def named(method: Method, lang: str) -> str:
    """What a method assesses, and where: 锗锭 · 鹿特丹."""
    return f"{getattr(method.name, lang)} · {name(method.market, lang)}"


def day_of(text: str) -> date | None:
    """A day of an address; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _row(each: Listed, given: Assessment) -> dict[str, Any]:
    return {
        "id": each.id, "quotation": each.quotation, "day": each.day, "state": given.state,
        **{f"name_{lang}": named(given.method, lang) for lang in LANGUAGES},
        "low": given.low, "high": given.high, "unit": given.method.unit, "edition": given.method.edition,
        "assessors": list(given.assessors), "second": given.approved.by if given.approved else None,
        "corrections": len(given.corrections), "record": given.record or None,
    }  # fmt: skip
