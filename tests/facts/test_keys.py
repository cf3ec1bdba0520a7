"""Ids as numbers: what is known is found, and nothing else."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.errors import LedgerError
from touchstone.facts.keys import known, merged, stored, unique

# few heads and few tails, so that equal heads with other tails are common
IDS = st.builds(
    str.__add__,
    st.sampled_from(["0" * 16, "f" * 16, "7f" * 8, "80" * 8, "00000000000000ff", "ff00000000000000"]),
    st.sampled_from(["0000", "0001", "0100", "ffff", "8000"]),
)
LISTS = st.lists(IDS, max_size=12)


def column(ids: list[str]) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array(ids, pa.string())])


@given(st.lists(LISTS, max_size=4), LISTS)
def test_what_is_known_is_found_and_nothing_else(held: list[list[str]], sought: list[str]) -> None:
    keys, rows = unique(column(sought))
    names = [sought[row] for row in rows]
    assert names == sorted(set(sought)) and list(rows) == [sought.index(name) for name in names]
    lists = [unique(column(ids))[0] for ids in held if ids]
    every = {id for ids in held for id in ids}
    assert known(keys, lists).tolist() == [name in every for name in names]


@given(st.lists(IDS, min_size=2, unique=True), st.data())
def test_keys_come_back_from_a_file_and_merge(ids: list[str], data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(ids) - 1))
    parts = [unique(column(part))[0] for part in (ids[:cut], ids[cut:])]
    whole, together = unique(column(ids))[0], merged(parts)
    with TemporaryDirectory() as folder:
        together.write(Path(folder) / "ids")
        back = stored(Path(folder) / "ids")
        for one, other in zip(back, whole, strict=True):
            assert one.tolist() == other.tolist()


@pytest.mark.parametrize(
    "id", ["", "x" * 20, "0" * 19, "0" * 21, "0" * 40, " " * 20, "0 " * 10, "é" * 20, "A" * 20]
)
def test_what_is_no_id_is_refused(id: str) -> None:
    with pytest.raises(LedgerError, match="20 hexadecimal"):
        unique(column(["0" * 20, id]))
