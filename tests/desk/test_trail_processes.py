"""The trail among processes: two that write at once, and one that is killed."""

import os
import subprocess
import sys
from pathlib import Path

from touchstone.desk.trail import Trail, broken

_SOURCE = Path(__file__).resolve().parents[2] / "src"
_WRITER = """
import sys
from datetime import date
from pathlib import Path
from touchstone.desk.trail import Trail
trail, name = Trail(Path(sys.argv[1])), sys.argv[2]
for n in range(60):
    with trail.writing() as writing:
        for part in range(3):
            writing.append("a@m", date(2020, 10, 9), "input", name, {"n": n, "part": part}, None)
    print(n, flush=True)
"""
_RIVAL = """
import sys
from datetime import date
import touchstone
from touchstone.desk.refusal import NotAllowed
desk, name = touchstone.open(sys.argv[1]).desk(), sys.argv[2]
try:
    print(desk.open("ge.ingot@market.rotterdam", date(2020, 10, 9), name).opened.by)
except NotAllowed as problem:
    print(problem.code)
"""


def _start(code: str, *arguments: str) -> "subprocess.Popen[str]":
    environment = os.environ | {"PYTHONPATH": str(_SOURCE)}
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def test_two_writers_at_once_make_one_chain_of_whole_transactions(tmp_path: Path) -> None:
    running = [_start(_WRITER, str(tmp_path), name) for name in "ab"]
    for process in running:
        process.communicate(timeout=120)
        assert process.returncode == 0
    entries = Trail(tmp_path).entries()
    assert len(entries) == 360
    assert broken(entries) is None
    for first in range(0, 360, 3):
        assert len({(entry.who, entry.content["n"], entry.at) for entry in entries[first : first + 3]}) == 1


def test_a_killed_writer_loses_nothing_it_was_told_is_kept(tmp_path: Path) -> None:
    process = _start(_WRITER, str(tmp_path), "a")
    assert process.stdout
    told = [process.stdout.readline() for _ in range(10)]
    process.kill()
    told += process.stdout.readlines()
    process.wait(timeout=60)
    kept = Trail(tmp_path).entries()
    assert broken(kept) is None
    assert len(kept) % 3 == 0
    assert {entry.content["n"] for entry in kept} >= {int(line) for line in told if line.endswith("\n")}


def test_of_two_who_open_the_same_day_one_is_told_that_it_is_open(tmp_path: Path) -> None:
    running = [_start(_RIVAL, str(tmp_path), name) for name in ("Li", "Wang")]
    said = [process.communicate(timeout=120)[0].strip() for process in running]
    assert sorted(said) in (["DESK-007", "Li"], ["DESK-007", "Wang"])
