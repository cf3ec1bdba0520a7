"""Factors of one's own: proposed with evidence, reviewed by somebody else, then in the library of the workspace."""

import sqlite3
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import touchstone
from touchstone.calc.carbon.factors.context import Context
from touchstone.calc.carbon.factors.library import library
from touchstone.calc.carbon.factors.resolve import resolve
from touchstone.desk.factor_proposals import Draft, FactorProposals, Proposal
from touchstone.desk.factor_soundness import number_of
from touchstone.desk.refusal import DamagedTrail, NotAllowed, UnknownProposal

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DRAFT = Draft("ncv", "anthracite", Decimal("21.35"), "GJ/t", "measured", "smelter-1", data_year=2025)
NODES = ("group", "smelter-1", "smelter-2")
CASE = Context(year=2025, owner=("smelter-1", "group"), documents=("cn-ndrc-2013-al",))


def later(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


@pytest.fixture
def desk(tmp_path: Path) -> FactorProposals:
    return FactorProposals(touchstone.open(tmp_path / "w").ledger)


def propose(desk: FactorProposals, draft: Draft = DRAFT, by: str = "周", minute: int = 1) -> Proposal:
    return desk.propose(draft, desk.library(library()), NODES, by, "三月化验报告", at=later(minute))


def test_an_accepted_value_enters_the_library_and_goes_before_what_is_published(
    desk: FactorProposals,
) -> None:
    waiting = propose(desk)
    assert waiting.state == "proposed" and waiting.factor.tag == "user"
    before = resolve(desk.library(library()), "ncv", "anthracite", CASE)
    assert before.factor.value == Decimal("20.304")
    accepted = desk.accept(waiting.id, "与化验单一致", "吴", later(2))
    assert accepted.state == "accepted" and accepted.reviewed and accepted.reviewed.by == "吴"
    said = accepted.document.status_note
    assert said and said.zh == "吴于2026-03-02审核，已采用：与化验单一致" and "accepted by 吴" in said.en
    taken = resolve(desk.library(library()), "ncv", "anthracite", CASE)
    assert taken.factor == accepted.factor and taken.factor.value == Decimal("21.35")
    assert "三月化验报告" in taken.why.zh and "measured" in taken.why.en


def test_the_library_is_as_it_stood_on_a_day(desk: FactorProposals) -> None:
    desk.accept(propose(desk).id, "与化验单一致", "吴", later(10))
    assert len(desk.library(library(), later(5)).factors) == len(library().factors)
    assert len(desk.library(library(), later(10)).factors) == len(library().factors) + 1


def test_nobody_reviews_what_they_proposed(desk: FactorProposals) -> None:
    id = propose(desk, by="Zhou").id
    for name in ("Zhou", " zhou ", "ZHOU"):
        with pytest.raises(NotAllowed, match="FACTOR-022") as caught:
            desk.accept(id, "fine", name, later(2))
        assert caught.value.zh
    assert desk.proposal(id).state == "proposed"


def test_a_rejected_value_never_enters_and_nothing_is_decided_twice(desk: FactorProposals) -> None:
    id = propose(desk).id
    assert desk.reject(id, "没有化验单位", "吴", later(2)).state == "rejected"
    for act in (desk.accept, desk.reject):
        with pytest.raises(NotAllowed, match="FACTOR-023"):
            act(id, "again", "郑", later(3))
    assert desk.library(library()).factors == library().factors


def test_the_same_proposal_by_the_same_person_adds_nothing(desk: FactorProposals) -> None:
    first, again = propose(desk, minute=1), propose(desk, minute=2)
    assert again == first and len(desk.proposals()) == 1


def test_a_newer_value_supersedes_and_the_older_stays(desk: FactorProposals) -> None:
    old = desk.accept(propose(desk).id, "核对", "吴", later(2)).factor
    newer = replace(DRAFT, value=Decimal("21.40"), supersedes=old.id)
    desk.accept(propose(desk, newer, minute=3).id, "核对", "吴", later(4))
    known = desk.library(library())
    assert resolve(known, "ncv", "anthracite", CASE).factor.value == Decimal("21.40")
    assert known.get(old.id) == old


@pytest.mark.parametrize(
    "draft",
    [
        replace(DRAFT, value=Decimal("-1")), replace(DRAFT, value=Decimal("NaN")), replace(DRAFT, unit="kWh"),
        replace(DRAFT, of="unobtainium"), replace(DRAFT, kind="warmth"), replace(DRAFT, basis="guessed"),
        replace(DRAFT, node=""), replace(DRAFT, low=Decimal("22"), high=Decimal("23")),
        replace(DRAFT, node="smelter-x"), replace(DRAFT, node="u, \n=1"), replace(DRAFT, value=Decimal(0)),
        replace(DRAFT, unit="GJ/1e4 Nm3"), replace(DRAFT, value=Decimal("213.5")), replace(DRAFT, value=Decimal("2.135")),
        replace(DRAFT, kind="emission", of="heat", unit="tCO2/GJ", value=Decimal("0.09")),
        replace(DRAFT, kind="oxidation", unit="%", value=Decimal(980)),
        replace(DRAFT, valid_from=date(2025, 2, 1), valid_to=date(2025, 1, 1)), replace(DRAFT, supersedes="nothing"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_used_is_refused_and_leaves_no_entry(
    desk: FactorProposals, draft: Draft
) -> None:
    with pytest.raises(NotAllowed, match="FACTOR-020") as caught:
        propose(desk, draft)
    assert caught.value.zh and desk.trail.entries() == ()


@pytest.mark.parametrize("where", ["value", "low", "high"])
@pytest.mark.parametrize("size", ["1e999999999", "1e-999999999", "0." + "1" * 19, "1" * 4000])
def test_a_number_nobody_can_write_out_is_refused_before_anything_is_worked_out(
    desk: FactorProposals, where: str, size: str
) -> None:
    tracemalloc.start()
    with pytest.raises(NotAllowed, match="FACTOR-020") as caught:
        propose(desk, replace(DRAFT, **{where: Decimal(size)}))
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()
    assert caught.value.where == where and "18 decimals" in caught.value.expected
    assert desk.trail.entries() == ()


@given(st.decimals(0, 10**12, places=3))
def test_thousands_may_be_grouped_by_three_and_say_the_same(value: Decimal) -> None:
    assert number_of(f"{value:,f}") == number_of(f"{value:f}") == value


@pytest.mark.parametrize(
    "written",
    ["44,1", "1,2,3", "1234,567", "1,2345", ",123", "4_4", "٤٤", "-1", "NaN", "0x10", "1e999999999", ""],
)
def test_a_number_that_could_be_two_or_none_is_no_number(written: str) -> None:
    assert number_of(written) is None


def test_a_value_without_evidence_or_without_a_name_or_reason_is_refused(desk: FactorProposals) -> None:
    acts: tuple[tuple[str, Callable[[], object]], ...] = (
        ("FACTOR-020", lambda: desk.propose(DRAFT, library(), NODES, "周", "  ")),
        ("FACTOR-020", lambda: desk.propose(DRAFT, library(), NODES, "周", hash="abc")),
        ("DESK-018", lambda: desk.propose(DRAFT, library(), NODES, " ", "化验单")),
        ("DESK-019", lambda: desk.accept(propose(desk).id, " ", "吴")),
    )
    for code, act in acts:
        with pytest.raises(NotAllowed, match=code):
            act()
    assert len(desk.trail.entries()) == 1


def test_a_file_alone_is_evidence(desk: FactorProposals) -> None:
    made = desk.propose(DRAFT, library(), NODES, "周", hash="a" * 64, at=later(1))
    assert made.hash == "a" * 64 and "aaaaaaaaaaaa" in made.document.title.en


def test_a_slip_of_a_unit_is_told_with_the_limits_that_the_template_has(desk: FactorProposals) -> None:
    slip = replace(DRAFT, of="natural-gas", value=Decimal("35.5"), unit="GJ/1e4 Nm3")
    with pytest.raises(NotAllowed, match="FACTOR-020") as caught:
        propose(desk, slip)
    assert "77.862" in caught.value.expected and "35.5" in caught.value.found and caught.value.zh
    assert propose(desk, replace(slip, value=Decimal("355"))).state == "proposed"


def test_a_node_that_is_none_is_told_with_the_nearest(desk: FactorProposals) -> None:
    with pytest.raises(NotAllowed, match="FACTOR-020") as caught:
        propose(desk, replace(DRAFT, node="smelter-11"))
    assert "smelter-1" in caught.value.expected


def test_an_accepted_value_is_withdrawn_by_another_person_and_stays_on_the_trail(
    desk: FactorProposals,
) -> None:
    made = propose(desk)
    with pytest.raises(NotAllowed, match="FACTOR-024"):
        desk.withdraw(made.id, "化验有误", "吴", later(2))
    desk.accept(made.id, "与化验单一致", "吴", later(3))
    with pytest.raises(NotAllowed, match="FACTOR-022"):
        desk.withdraw(made.id, "化验有误", "周", later(4))
    gone = desk.withdraw(made.id, "化验有误", "吴", later(5))
    assert gone.state == "withdrawn" and gone.withdrawn and gone.withdrawn.words == "化验有误"
    assert gone.reviewed and gone.reviewed.words == "与化验单一致"
    assert resolve(desk.library(library()), "ncv", "anthracite", CASE).factor.value == Decimal("20.304")
    before = desk.library(library(), later(4))
    assert resolve(before, "ncv", "anthracite", CASE).factor.value == Decimal("21.35")
    assert [entry.what for entry in desk.trail.entries()] == [
        "factor.propose",
        "factor.accept",
        "factor.withdraw",
    ]
    with pytest.raises(NotAllowed, match="FACTOR-024"):
        desk.withdraw(made.id, "again", "吴", later(6))


def test_an_id_that_is_none_is_refused_and_makes_no_trail(desk: FactorProposals) -> None:
    with pytest.raises(UnknownProposal, match="FACTOR-021"):
        desk.accept("factor-000000000000", "x", "吴")
    assert not desk.trail.path.exists()


def test_an_entry_that_tells_nothing_is_damage_and_no_crash(desk: FactorProposals) -> None:
    with desk.trail.writing() as writing:
        writing.append("factor-1", date(2026, 3, 2), "factor.accept", "吴", {"words": "x"}, NOW)
    with pytest.raises(DamagedTrail, match="DESK-038"):
        desk.proposals()


def test_an_entry_that_was_changed_stops_every_further_act(desk: FactorProposals) -> None:
    id = propose(desk).id
    with sqlite3.connect(desk.trail.path) as db:
        db.execute("drop trigger entry_is_final")
        db.execute("update entry set who = '吴'")
    with pytest.raises(DamagedTrail, match="DESK-035"):
        desk.accept(id, "x", "郑", later(2))


def test_proposals_do_not_appear_among_assessments(desk: FactorProposals) -> None:
    propose(desk)
    assert desk.trail.last() == ()
