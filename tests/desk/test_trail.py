"""The trail: whatever is done, the chain holds; whatever is tampered with, it shows; any day can be read again."""

import sqlite3
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touchstone.desk.refusal import DamagedTrail, NotAllowed
from touchstone.desk.trail import FIRST, Trail, broken

DAY = date(2020, 10, 9)
START = datetime(2020, 10, 9, 8, tzinfo=UTC)
words = st.text(max_size=20)
acts = st.lists(
    st.tuples(
        st.sampled_from(["a@m", "b@m"]), st.sampled_from(["input", "open", "judge"]), words, words, st.integers(1, 10**9)
    ),
    max_size=12,
)  # fmt: skip


def write(trail: Trail, *whats: str, at: datetime = START) -> None:
    """One entry for each, a minute apart."""
    for number, what in enumerate(whats):
        with trail.writing() as writing:
            writing.append("a@m", DAY, what, "Li", {"n": number}, at + timedelta(minutes=number))


@settings(max_examples=40)
@given(acts)
def test_whatever_is_written_the_chain_holds_and_every_earlier_moment_reads_the_same(
    done: list[tuple[str, str, str, str, int]],
) -> None:
    with TemporaryDirectory() as folder:
        trail, at, seen = Trail(Path(folder)), START, []
        for about, what, who, said, later in done:
            at += timedelta(microseconds=later)
            with trail.writing() as writing:
                writing.append(about, DAY, what, who, {"words": said}, at)
            seen.append((at, trail.entries()))
        assert broken(trail.entries()) is None
        for moment, entries in seen:
            assert trail.entries(as_of=moment) == entries
            assert trail.entries(as_of=moment - timedelta(microseconds=1)) == entries[:-1]
        told = [(entry.about, entry.what, entry.who, entry.content["words"]) for entry in trail.entries()]
        assert told == [act[:4] for act in done]


@settings(max_examples=40)
@given(
    st.integers(1, 5), st.sampled_from(["about", "day", "what", "who", "at", "content", "previous", "hash"])
)
def test_an_entry_that_was_changed_behind_its_back_is_found(number: int, column: str) -> None:
    with TemporaryDirectory() as folder:
        trail = Trail(Path(folder))
        write(trail, *"abcde")
        with sqlite3.connect(trail.path) as db:
            db.execute("drop trigger entry_is_final")
            changed = "at + 1" if column == "at" else "'{\"n\": 9}'" if column == "content" else "'x'"
            db.execute(f"update entry set {column} = {changed} where number = ?", (number,))
        found = broken(trail.entries())
        assert found == number


def test_an_auditor_checks_an_entry_by_the_rule_of_the_docs(tmp_path: Path) -> None:
    trail = Trail(tmp_path)
    write(trail, *"ab")
    first, second = trail.entries()
    assert (first.previous, second.previous) == (FIRST, first.hash)
    at = str(int(START.timestamp()) * 1_000_000)
    said = ["1", "a@m", "2020-10-09", "a", "Li", at, '{"n":0}', FIRST]
    assert sha256("\x1f".join(said).encode()).hexdigest() == first.hash


def test_an_entry_taken_out_is_found_and_so_is_one_put_in(tmp_path: Path) -> None:
    trail = Trail(tmp_path)
    write(trail, *"abcde")
    with sqlite3.connect(trail.path) as db:
        db.execute("drop trigger entry_is_kept")
        db.execute("delete from entry where number = 3")
    assert broken(trail.entries()) == 3


@pytest.mark.parametrize(
    "statement",
    [
        "update entry set who = 'Wang'",
        "delete from entry",
        "insert or replace into entry select * from entry where number = 2",
        "insert into entry select 9, about, day, what, who, at, content, previous, 'x' from entry where number = 3",
        "insert into entry select 4, about, day, what, who, at, content, previous, 'x' from entry where number = 3",
    ],
)
def test_the_database_itself_refuses_what_is_not_an_append(tmp_path: Path, statement: str) -> None:
    trail = Trail(tmp_path)
    write(trail, *"abc")
    with sqlite3.connect(trail.path) as db, pytest.raises(sqlite3.IntegrityError, match="trail"):
        db.execute(statement)
    assert [entry.what for entry in trail.entries()] == ["a", "b", "c"]


def test_the_past_is_not_rewritten(tmp_path: Path) -> None:
    trail = Trail(tmp_path)
    write(trail, "a")
    for earlier in (START, START - timedelta(days=1)):
        with pytest.raises(NotAllowed, match="DESK-004"):
            write(trail, "b", at=earlier)
    assert len(trail.entries()) == 1


def test_without_a_moment_an_entry_is_of_now_and_after_the_last(tmp_path: Path) -> None:
    trail = Trail(tmp_path)
    for _ in range(20):
        with trail.writing() as writing:
            writing.append("a@m", DAY, "input", "Li", {}, None)
    moments = [entry.at for entry in trail.entries()]
    assert moments == sorted(set(moments))
    assert abs(datetime.now(UTC) - moments[-1]) < timedelta(minutes=5)


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    trail = Trail(tmp_path)
    write(trail, "a")
    with pytest.raises(ValueError, match="stop"), trail.writing() as writing:
        writing.append("a@m", DAY, "b", "Li", {}, None)
        raise ValueError("stop")
    assert [entry.what for entry in trail.entries()] == ["a"]


def test_looking_makes_no_file_and_an_empty_trail_holds(tmp_path: Path) -> None:
    trail = Trail(tmp_path)
    assert trail.entries() == () == trail.days("open") == trail.last()
    assert not trail.path.exists()
    assert broken(()) is None and len(FIRST) == 64


def test_a_file_that_is_no_trail_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "desk.sqlite").write_bytes(b"not a database, only words" * 50)
    with pytest.raises(DamagedTrail, match="DESK-003"):
        Trail(tmp_path).entries()


def test_a_damaged_file_is_refused_in_words_by_whatever_reads_or_writes_it(tmp_path: Path) -> None:
    trail = Trail(tmp_path)
    write(trail, *"abcde" * 40)
    with sqlite3.connect(trail.path) as db:
        db.execute("pragma wal_checkpoint(truncate)")
    data = bytearray(trail.path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    trail.path.write_bytes(data)
    for reads in (
        trail.entries,
        trail.last,
        lambda: trail.days("a"),
        trail.broken,
        lambda: write(trail, "f"),
    ):
        with pytest.raises(DamagedTrail, match="DESK-003"):
            reads()


def test_an_empty_file_and_one_without_the_table_are_an_empty_trail(tmp_path: Path) -> None:
    trail = Trail(tmp_path)
    trail.path.write_bytes(b"")
    assert trail.entries() == () == trail.days("open") == trail.last()
    assert trail.broken() is None
    write(trail, "a")
    assert len(trail.entries()) == 1


def test_a_moment_that_is_none_is_damage_and_no_crash(tmp_path: Path) -> None:
    trail = Trail(tmp_path)
    write(trail, *"ab")
    with sqlite3.connect(trail.path) as db:
        db.execute("drop trigger entry_is_final")
        db.execute("update entry set at = 'noon' where number = 1")
    with pytest.raises(DamagedTrail, match="DESK-035"):
        trail.entries()
    assert trail.broken() == 1


def test_nothing_is_appended_to_a_chain_that_does_not_hold(tmp_path: Path) -> None:
    trail = Trail(tmp_path)
    write(trail, *"abc")
    with sqlite3.connect(trail.path) as db:
        db.execute("drop trigger entry_is_final")
        db.execute("update entry set who = 'Wang' where number = 2")
    with pytest.raises(DamagedTrail, match="DESK-035"):
        write(trail, "d", at=START + timedelta(days=1))
    assert len(trail.entries()) == 3
