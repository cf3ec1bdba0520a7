"""Shares that exclude each other."""

from collections.abc import Callable

from touchstone.audit.finding import Finding

Found = Callable[..., list[Finding]]


MARKED = "患者中，[{}%|a share -]经历发作性偏头痛，[{}%|b share -]经历慢性偏头痛。"


def test_two_exclusive_classes_cannot_be_more_than_all(found: Found) -> None:
    [wrong] = found("disjoint_shares", MARKED.format(86, 63))
    assert wrong.verdict == "fails" and "149%" in wrong.arithmetic.en


def test_exclusive_classes_that_leave_room_hold(found: Found) -> None:
    assert [f.verdict for f in found("disjoint_shares", MARKED.format(36, 63))] == ["holds"]


def test_shares_of_other_things_may_exceed_all(found: Found) -> None:
    assert found("disjoint_shares", "[86%|a share -]的企业盈利，[63%|b share -]的订单来自出口。") == []
