"""The dispatch register: a change of light opens a matter, the enterprises it concerns are asked, and somebody closes it.

Every act is one entry of the trail of the desk, or is refused and leaves none. A change opens one matter and no second
one. Names are stated, not proved: the register does not know who sits at it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from touchstone.desk.dispatch_list import Enterprise, WhiteList, affected, enterprise_from
from touchstone.desk.dispatch_matter import ACTS, LIGHTS, SIDES, STATES, Change, Matter, deadlines, matters
from touchstone.desk.refusal import NotAllowed, UnknownMatter, refusal
from touchstone.desk.rules import has_come, named, reason, today
from touchstone.desk.trail import Entry, Trail, Writing
from touchstone.errors import UnknownFact
from touchstone.facts.calendar import calendar
from touchstone.facts.ledger import Ledger
from touchstone.facts.period import frequency, span
from touchstone.facts.text import Text
from touchstone.facts.vocabulary import vocabulary

Moment = date | datetime
_LIST = "dispatch.list"
_LIST_ABOUT = "dispatch.list"
_RUNNING = ("open", "asked", "answered", "reopened")


@dataclass(frozen=True, slots=True)
class Opened:
    """A matter, and whether it was opened, or opened again, now: the same change again opens nothing while it runs."""

    matter: Matter
    new: bool


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a list: how many enterprises came in, how many of the file's older edition went out."""

    listed: int
    gone: int
    known: bool


class Dispatch:
    """The register of the workspace that holds `ledger`.

    Every act takes `by`, the name of who does it, and `at`, the moment (with a zone; None is now), and returns the
    matter as it then is. Every act may raise NotAllowed, and UnknownMatter (DISPATCH-004) for an id that there is none of.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.trail = Trail(ledger.folder)

    # --- what is known

    def matters(self, as_of: Moment | None = None) -> tuple[Matter, ...]:
        """All matters as they stood, the latest first. Raises DamagedTrail: an entry tells nothing."""
        return tuple(reversed(matters(self.trail.entries(as_of=as_of, what=ACTS)).values()))

    def matter(self, id: str, as_of: Moment | None = None) -> Matter:
        """One matter as it stood. Raises UnknownMatter: DISPATCH-004."""
        return _known(id, matters(self.trail.entries(id, as_of=as_of, what=ACTS)))

    def enterprises(self, as_of: Moment | None = None) -> tuple[Enterprise, ...]:
        """The white list: the last edition of each file; of an enterprise in two files, the row that came last."""
        return _listed(self.trail.entries(_LIST_ABOUT, as_of=as_of, what=(_LIST,)))

    # --- acts

    def import_list(
        self, name: str, hash: str, given: WhiteList, by: str, at: datetime | None = None
    ) -> Imported:
        """Take in the list of a file; it takes the place of an older one of the same name. The same again adds nothing."""
        who = named(by)
        idle = [each.id for each in self.matters() if not each.affected]
        with self.trail.writing() as writing:
            before = writing.entries(_LIST_ABOUT, what=(_LIST,))
            older = [entry for entry in before if entry.content["file"] == name]
            names = {row["name"] for row in older[-1].content["enterprises"]} if older else set()
            if older and older[-1].content["hash"] == hash:
                return Imported(len(given.enterprises), 0, known=True)
            rows = [each.content() for each in given.enterprises]
            writing.append(
                _LIST_ABOUT, today(at), _LIST, who, {"file": name, "hash": hash, "enterprises": rows}, at
            )
            _concern(writing, idle, who, at)
        return Imported(len(rows), len(names - {each.name for each in given.enterprises}), known=False)

    def open(
        self, change: Change, by: str, at: datetime | None = None, deadline: date | None = None
    ) -> Opened:
        """Open the matter of a change, unless it is open already: then nothing is written. One that was closed is reopened.

        Args:
            deadline: the last day; by default so many working days from today as data/dispatch/deadlines.toml gives the light.

        Raises:
            NotAllowed: DISPATCH-007, the change is none or says something not known; DISPATCH-008, the deadline has passed.
            NoCalendar: the calendar does not reach the deadline.
        """
        who = named(by)
        self._sound(change, at)
        with self.trail.writing() as writing:
            before = writing.entries(change.id, what=ACTS)
            if there := matters(before):
                if there[change.id].state != "closed":
                    return Opened(there[change.id], new=False)
                until = _deadline(change, today(at), deadline).isoformat()
                again = {"words": _again(change), "deadline": until}
                entry = writing.append(change.id, today(at), "dispatch.reopen", who, again, at)
                return Opened(matters([*before, entry])[change.id], new=True)
            concerned = affected(
                _listed(writing.entries(_LIST_ABOUT, what=(_LIST,))), change.material, change.region
            )
            content = {
                "change": change.content(), "affected": [each.content() for each in concerned],
                "deadline": _deadline(change, today(at), deadline).isoformat(),
            }  # fmt: skip
            entry = writing.append(change.id, today(at), "dispatch.open", who, content, at)
        return Opened(matters([entry])[change.id], new=True)

    def ask(
        self, id: str, enterprises: Sequence[str], words: str, by: str, at: datetime | None = None
    ) -> Matter:
        """Ask enterprises of the matter something. Raises NotAllowed: DISPATCH-006, one of them is not concerned."""

        def content(known: Matter) -> Mapping[str, Any]:
            names = list(dict.fromkeys(enterprises))
            among = [each.name for each in known.affected]
            for name in names or [""]:
                if name not in among:
                    raise _not_one(
                        id, name, Text("不在本事项涉及的企业之中", "not concerned by this matter"), among
                    )
            return {"enterprises": names, "words": reason(words, id)}

        return self._act(id, "dispatch.ask", _RUNNING, content, by, at)

    def answer(self, id: str, enterprise: str, words: str, by: str, at: datetime | None = None) -> Matter:
        """Take down what an enterprise answered. Raises NotAllowed: DISPATCH-006, it was asked nothing that waits."""

        def content(known: Matter) -> Mapping[str, Any]:
            among = [each.enterprise for each in known.waiting]
            if enterprise not in among:
                raise _not_one(id, enterprise, Text("没有待答复的询问", "no question to it waits"), among)
            return {"enterprise": enterprise, "words": reason(words, id)}

        return self._act(id, "dispatch.answer", ("asked", "reopened"), content, by, at)

    def close(self, id: str, words: str, by: str, at: datetime | None = None) -> Matter:
        """Close a matter with its result in words; questions that still wait stay unanswered on record."""
        return self._act(id, "dispatch.close", _RUNNING, lambda _: {"words": reason(words, id)}, by, at)

    def reopen(
        self, id: str, words: str, by: str, at: datetime | None = None, deadline: date | None = None
    ) -> Matter:
        """Take a closed matter up again with the reason, and a deadline of its own (by default as for a new one)."""

        def content(known: Matter) -> Mapping[str, Any]:
            until = _deadline(known.change, today(at), deadline)
            return {"words": reason(words, id), "deadline": until.isoformat()}

        return self._act(id, "dispatch.reopen", ("closed",), content, by, at)

    def _act(
        self, id: str, what: str, states: tuple[str, ...], content: Callable[[Matter], Mapping[str, Any]],
        by: str, at: datetime | None,
    ) -> Matter:  # fmt: skip
        who = named(by)
        self.matter(id)  # an id that is none must not make a trail
        with self.trail.writing() as writing:
            entries = writing.entries(id, what=ACTS)
            known = _known(id, matters(entries))
            if known.state not in states:
                wanted = Text(
                    "或".join(STATES[s].zh for s in states), " or ".join(STATES[s].en for s in states)
                )
                raise refusal(NotAllowed, "DISPATCH-005", id, state=STATES[known.state], wanted=wanted)
            entry = writing.append(id, today(at), what, who, content(known), at)
        return matters([*entries, entry])[id]

    def _sound(self, change: Change, at: datetime | None) -> None:
        """Let pass a change that is one, of things that there are."""
        where = change.id
        for part, given, among in (
            (Text("方面", "side"), change.side, SIDES),
            (Text("原灯", "light before"), change.before, LIGHTS),
            (Text("新灯", "light after"), change.after, LIGHTS),
        ):
            if given not in among:
                raise _wrong(where, part, given, ", ".join(among))
        if change.before == change.after and not change.reversed:
            raise _wrong(
                where,
                Text("新灯", "light after"),
                change.after,
                Text("与原灯不同", "another light than before"),
            )
        for part, code, kinds in (
            (Text("品种", "material"), change.material, ("product", "material")),
            (Text("地区", "region"), change.region, ("place",)),
        ):
            if (code or part.en == "material") and code not in {
                vocabulary().resolve(code, kind) for kind in kinds
            }:
                raise _wrong(where, part, code, Text("词表中的代码", "a code of the vocabulary"))
        try:
            frequency(change.period)
            ended = span(change.period)[0]
        except (ValueError, KeyError) as error:
            raise _wrong(
                where, Text("时期", "period"), change.period, "2026-10, 2026-W41, 2026-Q3"
            ) from error
        has_come(ended, at, where)
        lacking = sorted(set(change.facts) - {fact.id for fact in self.ledger.facts(ids=list(change.facts))})
        if lacking:
            raise UnknownFact(f"no fact has the id {lacking[0]!r}")


def _again(change: Change) -> str:
    """Why a matter is reopened that was closed before its change came again, in both languages as an act has one wording."""
    zh, en = ("；".join(each.zh for each in change.reasons), "; ".join(each.en for each in change.reasons))
    return f"同一变灯再次出现{zh and f'：{zh}'} / The same change came again{en and f': {en}'}"


def _deadline(change: Change, now: date, given: date | None) -> date:
    if given is not None:
        if given < now:
            raise refusal(NotAllowed, "DISPATCH-008", change.id, found=given, today=now)
        return given
    known = calendar(deadlines()["calendar"])
    wanted, day = deadlines()["days"][change.after], now
    known.why_closed(now)
    while known.trading_days_between(now, day) < wanted:
        day = date.fromordinal(day.toordinal() + 1)
    return day


def _listed(entries: Iterable[Entry]) -> tuple[Enterprise, ...]:
    """The last edition of each file, in the order in which they came."""
    editions: dict[str, list[dict[str, Any]]] = {}
    for entry in entries:
        editions.pop(entry.content["file"], None)
        editions[entry.content["file"]] = entry.content["enterprises"]
    rows = {row["name"]: enterprise_from(row) for rows in editions.values() for row in rows}
    return tuple(rows.values())


def _known(id: str, found: Mapping[str, Matter]) -> Matter:
    if id not in found:
        raise refusal(UnknownMatter, "DISPATCH-004", id)
    return found[id]


def _not_one(id: str, found: str, why: Text, among: Iterable[str]) -> NotAllowed:
    choices = "、".join(dict.fromkeys(among))
    said = found or Text("空白", "nothing")
    return refusal(NotAllowed, "DISPATCH-006", id, found=said, why=why, choices=choices or "—")


def _wrong(where: str, part: Text, found: str, choices: str | Text) -> NotAllowed:
    said = found or Text("空白", "nothing")
    return refusal(NotAllowed, "DISPATCH-007", where, part=part, found=said, choices=choices)


def _concern(writing: Writing, ids: Iterable[str], who: str, at: datetime | None) -> None:
    """Matters that concerned nobody, because they were opened before a list came, take up whom the lists name now."""
    listed = _listed(writing.entries(_LIST_ABOUT, what=(_LIST,)))
    for id in ids:
        known = matters(writing.entries(id, what=ACTS))[id]
        concerned = affected(listed, known.change.material, known.change.region)
        if known.state != "closed" and not known.affected and concerned:
            content = {"affected": [each.content() for each in concerned]}
            writing.append(id, today(at), "dispatch.concern", who, content, at)
