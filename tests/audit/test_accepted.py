"""Acceptances: written by people or by a command, read before every audit."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.audit.accepted import add_accepted, load_accepted
from touchstone.audit.audit import Acceptance
from touchstone.errors import UnreadableFile

REASON = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)
WORDS = st.text(st.characters(exclude_categories=["Cs"]))


@given(WORDS, REASON, st.none() | st.dates(min_value=date(1000, 1, 1)), WORDS)
def test_what_is_accepted_is_found_again(
    tmp_path_factory: pytest.TempPathFactory, finding: str, reason: str, until: date | None, by: str
) -> None:
    path = tmp_path_factory.mktemp("accepted") / "accepted.toml"
    acceptance = Acceptance(reason, by, until)
    add_accepted(path, "first", Acceptance("a reason"))
    add_accepted(path, finding, acceptance)
    assert load_accepted(path)[finding] == acceptance


def test_what_people_wrote_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "accepted.toml"
    theirs = '# our notes\n[[accepted]]\nfinding = "a"\nreason = "为什么"\nuntil = 2027-01-01\n'
    path.write_text(theirs, "utf-8")
    add_accepted(path, "b", Acceptance("because", "Li", None))
    assert path.read_text("utf-8").startswith(theirs)
    assert load_accepted(path) == {
        "a": Acceptance("为什么", "", date(2027, 1, 1)), "b": Acceptance("because", "Li", None)
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "[[accepted]\n",
        '[[accepted]]\nfinding = "a"\n',
        '[[accepted]]\nreason = "b"\n',
        '[[accepted]]\nfinding = "a"\nreason = " "\n',
        '[[accepted]]\nfinding = "a"\nreason = "b"\nuntil = "soon"\n',
        '[[accepted]]\nfinding = "a"\nreason = "b"\nuntil = 2027-01-01T00:00:00\n',
        "accepted = 3\n",
        'accepted = ["a"]\n',
        b"\xff",
    ],
)
def test_a_file_that_says_something_else_is_refused_with_a_remedy(tmp_path: Path, text: str | bytes) -> None:
    path = tmp_path / "accepted.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(UnreadableFile, match=r"(?s)accepted\.toml.*fix") as refused:
        load_accepted(path)
    assert "办法" in refused.value.text("zh")


def test_no_file_accepts_nothing(tmp_path: Path) -> None:
    assert load_accepted(tmp_path / "accepted.toml") == {}
