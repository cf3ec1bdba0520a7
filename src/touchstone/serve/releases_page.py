"""The page of the release calendar: what was due by a day, what came, late, revised or not at all."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from starlette.requests import Request

from touchstone.calc.monitor.dueday import FIRST, LAST
from touchstone.calc.monitor.expected import STATES, Expected
from touchstone.calc.monitor.release import Release
from touchstone.publish.export import in_both
from touchstone.publish.words import LANGUAGES
from touchstone.serve.assessments import day_of
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

BADGES = {
    "on_time": "holds", "late": "edge", "undated": "accepted", "partial": "warning", "missing": "fails",
    "due": "revised", "awaited": "untested", "never": "untested",
}  # fmt: skip
"""The badge of a state: a shape and a colour of the console."""


def releases_page(request: Request, shelf: Shelf) -> Page:
    """The calendar as of a day (`day`); of one release (`release`), in one state (`state`), or the latest of each."""
    asked = request.query_params
    day = day_of(asked.get("day", ""))
    day = day if day and FIRST <= day <= LAST else None
    known = shelf.workspace.releases()
    found = shelf.workspace.expected(day)
    by_key = {row.key: row for row in known.rows}
    state, release = asked.get("state", ""), asked.get("release", "")
    chosen = list(_chosen(found, state if state in STATES else "", release if release in by_key else ""))
    tally = Counter(each.state for each in found)
    rows = [row(each, by_key[each.release]) for each in found]
    return Page(
        "releases.html",
        {
            "shown": [(each, by_key[each.release]) for each in chosen],
            "states": STATES,
            "badges": BADGES,
            "tally": [(code, words, tally[code]) for code, words in STATES.items() if tally[code]],
            "state": state if state in STATES else "",
            "release": by_key.get(release),
            "releases": known.rows,
            "problems": known.problems,
            "day": day or date.today(),
            "asked_day": asked.get("day", "") if day else "",
        },
        {
            "day": (day or date.today()).isoformat(),
            "releases": rows,
            "problems": [str(each) for each in known.problems],
        },
        rows,
    )


def _chosen(found: Iterable[Expected], state: str, release: str) -> Iterable[Expected]:
    """Those of a state or release; else of each release what comes next and what was due last."""
    seen: Counter[str] = Counter()
    for each in found:
        if state or release:
            if state in ("", each.state) and release in ("", each.release):
                yield each
            continue
        if each.state == "awaited" or seen[each.release] < 1:
            seen[each.release] += each.state != "awaited"
            yield each


def row(given: Expected, release: Release) -> dict[str, Any]:
    """One period of a release as one flat row."""
    change = given.largest
    return {
        "release": given.release, "release_zh": release.name.zh, "release_en": release.name.en, "issuer": release.issuer,
        "frequency": release.frequency, "period": given.period, **in_both(period=given.period),
        "due": given.due, "basis": given.basis, "state": given.state,
        **{f"state_{lang}": getattr(STATES[given.state], lang) for lang in LANGUAGES},
        "arrived": given.arrived, "late": given.late, "series": given.series,
        "missing": ["/".join(part for part in series if part) for series in given.missing], "revised": given.revised,
        "largest": _change(change) if change else None, "facts": list(given.facts),
        **{f"why_{lang}": getattr(given.why, lang) if given.why else None for lang in LANGUAGES},
        "source": release.source,
    }  # fmt: skip


def _change(change: Any) -> Mapping[str, Any]:
    return {name: getattr(change, name) for name in change.__slots__}
