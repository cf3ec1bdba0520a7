"""The pages of the dispatch register, and what their forms do."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from touchstone.desk.dispatch import Dispatch
from touchstone.desk.dispatch_matter import LIGHTS, SIDES, STATES, Change, Matter
from touchstone.desk.stated import day_of as stated_day
from touchstone.desk.trail import Entry
from touchstone.facts.text import Text
from touchstone.facts.vocabulary import vocabulary
from touchstone.flow import Workspace
from touchstone.serve.assessment_acts import answering
from touchstone.serve.assessment_pages import leaf_of, moment_of, person
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

_LEAF = 60
_Form = Mapping[str, str]
BADGES = {"open": "edge", "asked": "revised", "answered": "warning", "closed": "holds", "reopened": "edge"}
"""The badge of a state: a shape and a colour of the console."""


def _listed(request: Request, shelf: Shelf) -> Page:
    """The matters in a state (`state`, or `overdue`), the latest first, with the form to open one."""
    register, today = shelf.workspace.dispatch(), date.today()
    every, listed = register.matters(), register.enterprises()
    late = {each.id: each.overdue(today) for each in every}
    state = request.query_params.get("state", "")
    chosen = [
        each
        for each in every
        if (state not in STATES or each.state == state) and (state != "overdue" or late[each.id] != 0)
    ]
    leaf = min(leaf_of(request), max(0, (len(chosen) - 1) // _LEAF))
    tally, rows = Counter(each.state for each in every), [matter_row(each, today) for each in chosen]
    shown = {
        "shown": [(each, late[each.id]) for each in chosen[leaf * _LEAF : (leaf + 1) * _LEAF]],
        "tally": [(code, words, tally[code]) for code, words in STATES.items()],
        "n_overdue": sum(days != 0 for days in late.values()),
        "all": len(every),
        "state": state if state in (*STATES, "overdue") else "",
        "n_listed": len(listed),
        "n_key": sum(each.key for each in listed),
        "leaf": leaf,
        "leaves": max(0, (len(chosen) - 1) // _LEAF) + 1,
    }
    return Page("dispatch.html", shown | _common(request), {"matters": rows}, rows)


def _one(request: Request, shelf: Shelf) -> Page:
    """One matter, as it stands or as it stood (`as_of`), with the forms of what can be done with it."""
    register, id = shelf.workspace.dispatch(), request.path_params["id"]
    until = moment_of(request.query_params.get("as_of", ""))
    given = register.matter(id, until)
    entries = register.trail.entries(id, as_of=until)
    shown = {
        "given": given,
        "overdue": given.overdue(date.today()),
        "as_of": until,
        "entries": [(each, each.at.isoformat()) for each in entries],
        "figures": [each for each in given.change.facts if shelf.workspace.facts(ids=[each])],
        "names": [each.name for each in given.affected],
    }
    rows = [_entry_row(each) for each in entries]
    return Page("matter.html", shown | _common(request), matter_data(given, date.today(), entries), rows)


def _common(request: Request) -> dict[str, Any]:
    return {
        "states": STATES, "badges": BADGES, "lights": LIGHTS, "sides": SIDES,
        "token": request.app.state.token.value, "person": person(request),
    }  # fmt: skip


def matter_row(given: Matter, today: date) -> dict[str, Any]:
    """A matter as one flat row."""
    change = given.change
    return {
        "id": given.id, "material": change.material, "side": change.side, "region": change.region, "period": change.period,
        "before": change.before, "after": change.after, "state": given.state, "deadline": given.deadline,
        "overdue": given.overdue(today), "opened_by": given.opened.by, "opened_at": given.opened.at,
        "affected": [each.name for each in given.affected], "key": [each.name for each in given.affected if each.key],
        "asked": len(given.questions), "waiting": len(given.waiting),
        "closed_by": given.closed.by if given.closed else None, "closed_at": given.closed.at if given.closed else None,
        "result": given.closed.words if given.closed else None,
    }  # fmt: skip


def matter_data(given: Matter, today: date, entries: Sequence[Entry]) -> dict[str, Any]:
    """A matter whole: what changed and why, whom it concerns, what was asked and answered, and its entries."""
    return {
        **matter_row(given, today), "change": given.change.content(),
        "affected": [each.content() for each in given.affected], "questions": list(given.questions),
        "reopened": list(given.reopened), "entries": [_entry_row(each) for each in entries],
    }  # fmt: skip


def _entry_row(entry: Entry) -> dict[str, Any]:
    return {
        "number": entry.number, "at": entry.at, "who": entry.who, "what": entry.what,
        "words": entry.content.get("words", ""), "hash": entry.hash,
    }  # fmt: skip


# --- forms


def _open(_request: Request, workspace: Workspace, form: _Form) -> str:
    change = change_of(
        form.get("material", ""), form.get("side", ""), form.get("period", ""), form.get("before", ""),
        form.get("after", ""), [form.get("reason", "")], (), form.get("region", ""),
    )  # fmt: skip
    done = workspace.dispatch().open(change, form.get("by", ""), deadline=_deadline(form, change.id))
    return _address(done.matter.id)


def _act(request: Request, workspace: Workspace, form: _Form) -> str:
    """Any act on one matter, by the last part of the address."""
    id, act = request.path_params["id"], _ON_ONE.get(request.path_params["act"])
    register = workspace.dispatch()
    if act is None:
        register.matter(f"{id}/{request.path_params['act']}")  # raises: there is no such thing
    else:
        act(register, id, form)
    return _address(id)


def _ask(register: Dispatch, id: str, form: _Form) -> object:
    names = [name for field, name in form.items() if field.startswith("ask-")]
    return register.ask(id, names, form.get("words", ""), form.get("by", ""))


def _answer(register: Dispatch, id: str, form: _Form) -> object:
    return register.answer(id, form.get("enterprise", ""), form.get("words", ""), form.get("by", ""))


def _close(register: Dispatch, id: str, form: _Form) -> object:
    return register.close(id, form.get("words", ""), form.get("by", ""))


def _reopen(register: Dispatch, id: str, form: _Form) -> object:
    return register.reopen(id, form.get("words", ""), form.get("by", ""), deadline=_deadline(form, id))


def _deadline(form: _Form, where: str) -> date | None:
    return stated_day(form["deadline"], where) if form.get("deadline", "").strip() else None


def change_of(
    material: str, side: str, period: str, before: str, after: str, reasons: Sequence[str],
    facts: Sequence[str], region: str = "",
) -> Change:  # fmt: skip
    """A change of light as a person states it: names of the vocabulary become codes; reasons stand in the words given."""
    words = vocabulary()
    code = words.resolve(material, "product") or words.resolve(material, "material") or material
    place = words.resolve(region, "place") or region
    said = tuple(Text(each, each) for each in (" ".join(each.split()) for each in reasons) if each)
    return Change(code, side, period.strip(), before, after, said, tuple(facts), place)


def _address(id: str) -> str:
    return f"/dispatch/{quote(id, safe='@~')}"


_ON_ONE: dict[str, Callable[[Dispatch, str, _Form], object]] = {
    "ask": _ask, "answer": _answer, "close": _close, "reopen": _reopen,
}  # fmt: skip
DISPATCH_PAGES: dict[str, Callable[[Request, Shelf], Page | Response]] = {
    "/dispatch": _listed,
    "/dispatch/{id:str}": _one,
}
DISPATCH_ACTS = {
    "/dispatch/open": answering(_open),
    "/dispatch/{id:str}/{act:str}": answering(_act),
}
