"""Acceptances: written by people or by a command, read before every audit."""

import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.audit.accepted import add_accepted, load_accepted, remove_accepted
from touchstone.audit.audit import Acceptance
from touchstone.errors import LedgerError, UnreadableFile

SOURCE = str(Path(__file__).resolve().parents[2] / "src")
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


def test_twelve_who_accept_at_once_are_all_heard(tmp_path: Path) -> None:
    path = tmp_path / "accepted.toml"
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda n: add_accepted(path, f"finding {n}", Acceptance("a reason")), range(12)))
    assert set(load_accepted(path)) == {f"finding {n}" for n in range(12)}


def test_one_may_withdraw_while_others_accept(tmp_path: Path) -> None:
    path = tmp_path / "accepted.toml"
    for n in range(12):
        add_accepted(path, f"old {n}", Acceptance("a reason"))
    with ThreadPoolExecutor(12) as pool:
        gone = [pool.submit(remove_accepted, path, f"old {n}") for n in range(12)]
        added = [pool.submit(add_accepted, path, f"new {n}", Acceptance("a reason")) for n in range(12)]
    assert all(each.result() for each in gone) and not any(each.result() for each in added)
    assert set(load_accepted(path)) == {f"new {n}" for n in range(12)}


def test_processes_that_accept_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "accepted.toml"
    code = """
import sys
from pathlib import Path
from touchstone.audit.accepted import add_accepted
from touchstone.audit.audit import Acceptance
print("ready", flush=True)
sys.stdin.readline()
for n in range(5):
    add_accepted(Path(sys.argv[1]), f"{sys.argv[2]} {n}", Acceptance("a reason"))
"""
    asked = [[sys.executable, "-c", code, str(path), str(who)] for who in range(4)]
    given: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    working = [subprocess.Popen(call, env=os.environ | {"PYTHONPATH": SOURCE}, **given) for call in asked]
    assert {each.stdout.readline() for each in working} == {"ready\n"}
    for each in working:
        each.stdin.write("go\n")
        each.stdin.flush()
    for each in working:
        each.communicate(timeout=60)
    assert [each.returncode for each in working] == [0, 0, 0, 0]
    assert set(load_accepted(path)) == {f"{who} {n}" for who in range(4) for n in range(5)}


LONG = '''# our notes
[[accepted]]
finding = "a"
reason = """
copied from the old file:
[[accepted]]
finding = "x
# no comment"""

# about b
[[accepted]]
finding = "b"
reason = """

[[accepted]]"""

[others]
note = "stays"
'''


def test_a_reason_that_looks_like_an_entry_does_not_stop_a_withdrawal(tmp_path: Path) -> None:
    path = tmp_path / "accepted.toml"
    path.write_text(LONG, "utf-8")
    assert remove_accepted(path, "a")
    assert path.read_text("utf-8") == "# our notes\n" + LONG[LONG.index("# about b") :]
    assert remove_accepted(path, "b")
    assert path.read_text("utf-8") == '# our notes\n# about b\n[others]\nnote = "stays"\n'
    assert not remove_accepted(path, "b")


def test_line_ends_of_another_system_stay(tmp_path: Path) -> None:
    path = tmp_path / "accepted.toml"
    path.write_bytes(LONG.replace("\n", "\r\n").encode())
    assert remove_accepted(path, "a")
    assert (
        path.read_bytes()
        == b"# our notes\r\n" + LONG[LONG.index("# about b") :].replace("\n", "\r\n").encode()
    )


def test_an_entry_that_cannot_be_taken_out_is_told_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "accepted.toml"
    theirs = 'accepted = [{finding = "a", reason = "b"}, {finding = "c", reason = "d"}]\n'
    path.write_text(theirs, "utf-8")
    for change in (lambda: remove_accepted(path, "a"), lambda: add_accepted(path, "e", Acceptance("f"))):
        with pytest.raises(UnreadableFile, match=r"ACCEPT-001"):
            change()
        assert path.read_text("utf-8") == theirs


def test_a_change_that_must_wait_too_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "accepted.toml"
    monkeypatch.setattr("touchstone.facts.held._PATIENCE", 0.01)
    with sqlite3.connect(tmp_path / "accepted.lock", isolation_level=None) as other:
        other.execute("begin immediate")
        with pytest.raises(LedgerError, match="another process"):
            add_accepted(path, "a", Acceptance("a reason"))
    other.close()
    assert not path.exists()
