"""What was worked out is found again by its inputs, and by nothing else."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.facts.memory import Memory


def test_the_same_inputs_are_answered_once_also_by_a_second_process(tmp_path: Path) -> None:
    made: list[int] = []

    def work() -> dict[str, float]:
        made.append(1)
        return {"index": 104.4, "none": float("nan")}

    for _ in range(2):
        answer = Memory(tmp_path / "memory.sqlite").answer("index/1", ("copper", np.arange(3.0)), work)
        assert answer["index"] == 104.4 and answer["none"] != answer["none"]
    assert len(made) == 1


@given(
    st.lists(st.one_of(st.text(), st.integers(), st.binary()), max_size=4), st.lists(st.text(), max_size=4)
)
def test_other_inputs_ask_anew(one: list[object], other: list[object]) -> None:
    memory = Memory()
    assert memory.answer("k", one, lambda: "one") == "one"
    assert memory.answer("k", other, lambda: "other") == ("one" if one == other else "other")


def test_a_damaged_memory_is_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"
    path.write_bytes(b"not a database at all, " * 100)
    assert Memory(path).answer("k", (1,), lambda: 2) == 2


def test_what_a_caller_does_to_an_answer_does_not_change_what_is_remembered() -> None:
    memory = Memory()
    for _ in range(2):
        assert memory.answer("k", (1,), lambda: {"levels": [1.0, 2.0]}).pop("levels") == [1.0, 2.0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (np.array([1.0, 2.0]), np.array([[1.0, 2.0]])),
        (np.zeros(2, np.float64), np.zeros(2, np.int64)),
        (b"1", 1),
        (np.array(["a", None], object), np.array(["b", None], object)),
    ],
)
def test_inputs_of_other_shape_or_kind_ask_anew_though_their_bytes_are_the_same(
    one: object, other: object
) -> None:
    memory = Memory()
    assert memory.answer("k", (one,), lambda: "one") == "one"
    assert memory.answer("k", (other,), lambda: "other") == "other"
