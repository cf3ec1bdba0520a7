"""Factors of a workspace's own: somebody proposes a measured or own value with evidence, somebody else reviews it.

Every act is one entry of the trail of the desk, or is refused and leaves none. An accepted value enters the library of the
workspace with the tag `user`; nothing is changed afterwards, another value may supersede it. Names are stated, not proved.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from json import dumps
from typing import Any

from touchstone.calc.carbon.factor import CitedDocument, Factor
from touchstone.calc.carbon.factors.factor_file import read_row, rows
from touchstone.calc.carbon.factors.library import Library
from touchstone.calc.carbon.factors.refusal import UnusableFactor
from touchstone.desk.assessment import Act
from touchstone.desk.factor_soundness import unfit, unsound
from touchstone.desk.refusal import DamagedTrail, NotAllowed, UnknownProposal, refusal
from touchstone.desk.rules import named, reason, remark, today
from touchstone.desk.stated import clean
from touchstone.desk.trail import Entry, Trail
from touchstone.facts.ledger import Ledger
from touchstone.facts.text import Text

STATES = {
    "proposed": Text("待审核", "waits for review"),
    "accepted": Text("已采用", "accepted"),
    "rejected": Text("已退回", "rejected"),
    "withdrawn": Text("已撤回", "withdrawn"),
}
BASES = {
    "measured": Text("实测", "measured"),
    "own": Text("企业自有", "the enterprise's own"),
}
ACTS = ("factor.propose", "factor.accept", "factor.reject", "factor.withdraw")
_AFTER = {"factor.accept": "accepted", "factor.reject": "rejected", "factor.withdraw": "withdrawn"}
_HASH = re.compile(r"[0-9a-f]{64}")
Moment = date | datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """A value somebody wants in the library.

    Attributes:
        kind, of, value, unit, gas, family, data_year, valid_from, valid_to, low, high, distribution, supersedes: as of a `Factor`.
        basis: of `BASES`.
        node: key of the part of the organisation it is for; it applies there and to what is below.
    """

    kind: str
    of: str
    value: Decimal
    unit: str
    basis: str
    node: str
    gas: str = ""
    family: str = ""
    data_year: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    distribution: str = ""
    supersedes: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal as it stands.

    Attributes:
        factor: as it enters the library if it is accepted.
        evidence: in words, "" where a file is named; hash: of the file that is the evidence, "" where there is none.
        state: of `STATES`; reviewed: who accepted or rejected it, when and why; None while it waits.
        withdrawn: who took it out of the library again, when and why; None where nobody did.
    """

    id: str
    factor: Factor
    evidence: str
    hash: str
    state: str
    proposed: Act
    reviewed: Act | None = None
    withdrawn: Act | None = None

    @property
    def document(self) -> CitedDocument:
        """What its factor is cited from: the evidence, with the proposal's id as number."""
        basis = BASES[self.factor.clause]
        said = self.evidence or self.hash[:12]
        return CitedDocument(
            self.factor.document, Text(f"{basis.zh}值：{said}", f"{basis.en} value: {said}"),
            Text(self.proposed.by, self.proposed.by), self.id, "", self.proposed.at.date(), None,
            "in-force" if self.state == "accepted" else "open", self._said(), "",
        )  # fmt: skip

    def _said(self) -> Text | None:
        """Who reviewed or withdrew it, when and why; None while it waits."""
        act = self.withdrawn or self.reviewed
        if act is None:
            return None
        state, day = STATES[self.state], act.at.date()
        return Text(
            f"{act.by}于{day}审核，{state.zh}：{act.words}", f"{state.en} by {act.by} on {day}: {act.words}"
        )


class FactorProposals:
    """The proposals of the workspace that holds `ledger`.

    Every act takes `by`, the name of who does it, and `at`, the moment (with a zone; None is now), and returns the proposal
    as it then is. Every act may raise NotAllowed, and UnknownProposal (FACTOR-021) for an id that there is none of.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.trail = Trail(ledger.folder)

    def proposals(self, as_of: Moment | None = None) -> tuple[Proposal, ...]:
        """All proposals as they stood, the latest first. Raises DamagedTrail: DESK-038, an entry tells nothing."""
        return tuple(reversed(_proposals(self.trail.entries(as_of=as_of, what=ACTS)).values()))

    def proposal(self, id: str, as_of: Moment | None = None) -> Proposal:
        """One proposal as it stood. Raises UnknownProposal: FACTOR-021."""
        return _known(id, _proposals(self.trail.entries(id, as_of=as_of, what=ACTS)))

    def library(self, base: Library, as_of: Moment | None = None) -> Library:
        """A library with the values that were accepted by a moment."""
        accepted = [each for each in reversed(self.proposals(as_of)) if each.state == "accepted"]
        return base.adding((each.factor for each in accepted), (each.document for each in accepted))

    def propose(
        self, draft: Draft, library: Library, nodes: Collection[str], by: str, evidence: str = "", hash: str = "",
        at: datetime | None = None,
    ) -> Proposal:  # fmt: skip
        """Propose a value. The same by the same person again adds nothing.

        Args:
            library: that it is to enter; what it supersedes must be there.
            nodes: keys of the organisation; it is for one of them.
            evidence: in words; hash: SHA-256 of a file that the workspace keeps. One of the two at least.

        Raises:
            NotAllowed: FACTOR-020, the value, its unit, its gas, its node, its basis or its evidence cannot be used.
        """
        who, words = named(by), remark(evidence, "evidence")
        _evidenced(words, hash)
        content = {"row": _row(draft), "evidence": words, "hash": hash}
        id = "factor-" + sha256(dumps([content, who], sort_keys=True).encode()).hexdigest()[:12]
        content["row"]["document"] = f"user.{id}"
        for where, part, found, expected in unsound(_readable(content, id), draft.node, library, nodes):
            raise _wrong(where, part, found, expected)
        with self.trail.writing() as writing:
            if there := _proposals(writing.entries(id, what=ACTS)):
                return there[id]
            entry = writing.append(id, today(at), "factor.propose", who, content, at)
        return _proposals([entry])[id]

    def accept(self, id: str, words: str, by: str, at: datetime | None = None) -> Proposal:
        """Let a value into the library. Raises NotAllowed: FACTOR-022, the same person; FACTOR-023, it does not wait."""
        return self._review(id, "factor.accept", words, by, at)

    def reject(self, id: str, words: str, by: str, at: datetime | None = None) -> Proposal:
        """Send a value back with the reason. Raises NotAllowed: as `accept`."""
        return self._review(id, "factor.reject", words, by, at)

    def withdraw(self, id: str, words: str, by: str, at: datetime | None = None) -> Proposal:
        """Take an accepted value out of the library from now on; inventories as of before still have it.

        Raises:
            NotAllowed: FACTOR-022, the same person; FACTOR-024, it is not accepted.
        """
        return self._review(id, "factor.withdraw", words, by, at)

    def _review(self, id: str, what: str, words: str, by: str, at: datetime | None) -> Proposal:
        who, given = named(by), reason(words, id)
        self.proposal(id)  # an id that is none must not make a trail
        with self.trail.writing() as writing:
            entries = writing.entries(id, what=ACTS)
            known = _known(id, _proposals(entries))
            if what == "factor.withdraw" and known.state != "accepted":
                raise refusal(NotAllowed, "FACTOR-024", id, state=STATES[known.state])
            if what != "factor.withdraw" and known.state != "proposed":
                raise refusal(NotAllowed, "FACTOR-023", id, state=STATES[known.state], id=known.factor.id)
            if who.casefold() == clean(known.proposed.by).casefold():
                raise refusal(NotAllowed, "FACTOR-022", id, by=who)
            entry = writing.append(id, today(at), what, who, {"words": given}, at)
        return _proposals([*entries, entry])[id]


def _row(draft: Draft) -> dict[str, str]:
    """A draft as a row of a factor file; its document is named when its id is known."""
    basis = draft.basis
    if basis not in BASES:
        raise _wrong("basis", Text("依据", "basis"), basis, ", ".join(BASES))
    if not draft.node:
        raise _wrong("node", Text("适用单位", "node"), "", Text("组织节点的键", "the key of a node"))
    for wrong in unfit(draft.value, draft.low, draft.high):
        raise _wrong(*wrong)
    factor = Factor(
        "", draft.kind, draft.of, draft.value, draft.unit, draft.gas, "", basis, draft.data_year, draft.valid_from,
        draft.valid_to, f"org.{draft.node}", draft.family, "user", draft.low, draft.high, draft.distribution, draft.supersedes,
    )  # fmt: skip
    return next(iter(rows([factor])))


def _evidenced(words: str, hash: str) -> None:
    if not words and not hash:
        expected = Text("说明或文件的哈希", "words, or the hash of a file")
        raise _wrong("evidence", Text("凭据", "evidence"), "", expected)
    if hash and not _HASH.fullmatch(hash):
        raise _wrong(
            "hash", Text("文件哈希", "hash"), hash[:70], Text("64位小写十六进制", "64 hexadecimal digits")
        )


def _readable(content: Mapping[str, Any], id: str) -> Factor:
    """The factor of a proposal. Raises NotAllowed: FACTOR-020, the reader of factors does not take it."""
    try:
        return _factor(content, id)
    except UnusableFactor as problem:
        assert problem.zh
        found, expected = Text(problem.zh[0], problem.found), Text(problem.zh[1], problem.expected)
        raise _wrong(id, Text("内容", "content"), found, expected) from problem


def _factor(content: Mapping[str, Any], id: str) -> Factor:
    """The factor of a proposal. Raises UnusableFactor: its row cannot be read."""
    row = content["row"]
    cited = CitedDocument(row["document"], Text("", ""), Text("", ""), id, "", None, None, "open", None, "")
    return read_row(row, id, {cited.key: cited})


def _proposals(entries: Iterable[Entry]) -> dict[str, Proposal]:
    """The proposals that entries tell of, by id, in the order they were made."""
    found: dict[str, Proposal] = {}
    for entry in entries:
        with _telling(entry):
            act = Act(entry.who, entry.at, str(entry.content.get("words", "")))
            if entry.what == "factor.propose":
                content = entry.content
                factor = _factor(content, entry.about)
                found[entry.about] = Proposal(
                    entry.about, factor, content["evidence"], content["hash"], "proposed", act
                )
            else:
                acted = "withdrawn" if entry.what == "factor.withdraw" else "reviewed"
                changed: dict[str, Any] = {"state": _AFTER[entry.what], acted: act}
                found[entry.about] = replace(found[entry.about], **changed)
    return found


@contextmanager
def _telling(entry: Entry) -> Iterator[None]:
    """An entry that tells nothing, or does not fit what was told before, is damage and no crash."""
    try:
        yield
    except (KeyError, ValueError, TypeError, AttributeError, UnusableFactor) as error:
        raise refusal(DamagedTrail, "DESK-038", entry.about, number=entry.number) from error


def _known(id: str, found: Mapping[str, Proposal]) -> Proposal:
    if id not in found:
        raise refusal(UnknownProposal, "FACTOR-021", id)
    return found[id]


def _wrong(where: str, part: Text, found: str | Text, expected: str | Text) -> NotAllowed:
    return refusal(
        NotAllowed, "FACTOR-020", where, part=part, found=found or Text("空白", "nothing"), expected=expected
    )
