"""What was worked out is found again by its inputs, and by nothing else."""

from pathlib import Path

import numpy as np
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
