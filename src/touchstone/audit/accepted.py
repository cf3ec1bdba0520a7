"""Accepted findings: failures a person has looked at, with a reason and a last day.

    [[accepted]]
    finding = "9c1185a5c5e9fc546128"
    reason  = "restated by the bureau on 2026-11-03"
    until   = 2027-01-01
    by      = "Li"

`until` is the last day the acceptance counts; without it, it counts until it is removed. Threads and
processes may change the file at once: each waits for the one before.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from touchstone.audit.audit import Acceptance
from touchstone.errors import TouchstoneError, UnreadableFile
from touchstone.facts.held import held
from touchstone.facts.library import write_whole


def load_accepted(path: Path) -> dict[str, Acceptance]:
    """The acceptances of a file, by finding id; the last one for an id counts; none if it is absent.

    Raises:
        UnreadableFile: the file is not as described above.
    """
    return _acceptances(path.name, _bytes(path))


def add_accepted(path: Path, finding: str, acceptance: Acceptance) -> None:
    """Add one acceptance at the end of a file; what people wrote in it stays as it is.

    Raises:
        TouchstoneError: no reason is given, (UnreadableFile) the file is not as described above, or
            (LedgerError) it cannot be changed now.
    """
    if not acceptance.reason.strip():
        raise TouchstoneError("a finding is accepted with a reason: say why it may stand")
    lines = ["[[accepted]]", f"finding = {_quoted(finding)}", f"reason  = {_quoted(acceptance.reason)}"]
    if acceptance.expires:
        lines.append(f"until   = {acceptance.expires.isoformat()}")
    lines.append(f"by      = {_quoted(acceptance.by)}")
    entry = ("\n".join(lines) + "\n").encode()
    with held(path):
        before = _bytes(path)
        after = before.rstrip(b"\n") + b"\n\n" + entry if before else entry
        _acceptances(path.name, after)
        write_whole(path, after)


def remove_accepted(path: Path, finding: str) -> bool:
    """Take the acceptances of a finding out of a file; False where there are none. All else in it stays.

    Raises:
        UnreadableFile: the file is not as described above.
        LedgerError: it cannot be changed now.
    """
    if not path.exists():
        return False
    with held(path):
        before = _bytes(path)
        if finding not in _acceptances(path.name, before):
            return False
        after = "".join(_without(piece, finding) for piece in _pieces(before.decode())).encode()
        if finding in _acceptances(path.name, after):
            raise _refused(
                path.name, f"{finding} outside of an [[accepted]]", f"{finding} 不在 [[accepted]] 之下"
            )
        write_whole(path, after)
    return True


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _acceptances(name: str, data: bytes) -> dict[str, Acceptance]:
    try:
        rows = tomllib.loads(data.decode()).get("accepted", [])
        return {row["finding"]: _acceptance(row) for row in rows}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _refused(name, str(error), str(error)) from error


def _refused(name: str, found: str, found_zh: str) -> UnreadableFile:
    return UnreadableFile(
        "ACCEPT-001", name, found, "[[accepted]] with finding, reason, until (a date) and by",
        "nothing was audited", "correct the file, or remove the entry",
        zh=(found_zh, "[[accepted]]，含 finding、reason、until（日期）和 by", "未进行核对", "请更正该文件，或删除该条目"),
    )  # fmt: skip


def _pieces(text: str) -> Iterator[str]:
    """A file cut where a table begins. A line of a long string may look like one: what is no TOML yet goes on."""
    piece = ""
    for part in re.split(r"(?m)^(?=[ \t]*\[)", text):
        piece += part
        if _is_toml(piece):
            yield piece
            piece = ""


def _without(piece: str, finding: str) -> str:
    """A piece as it is; of the entry of the finding, only the comments that stand behind it."""
    rows = tomllib.loads(piece).get("accepted") if piece.lstrip().startswith("[[") else None
    if not isinstance(rows, list) or rows[0].get("finding") != finding:
        return piece
    lines = piece.splitlines(keepends=True)
    end = max(n for n, line in enumerate(lines, 1) if line.strip() and not line.lstrip().startswith("#"))
    while not _is_toml("".join(lines[:end])):  # the last line of a long string begins like a comment
        end += 1
    return "".join(lines[end:]).lstrip("\r\n")


def _is_toml(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _acceptance(row: Mapping[str, Any]) -> Acceptance:
    until, reason = row.get("until"), row["reason"]
    if until is not None and type(until) is not date:
        raise ValueError(f"until = {until!r} is not a date such as 2027-01-01")
    if not isinstance(reason, str) or not reason.strip():
        raise ValueError(f"reason = {reason!r} says nothing")
    return Acceptance(reason, str(row.get("by", "")), until)


def _quoted(text: str) -> str:
    # a JSON string is a TOML basic string, but for DEL, which TOML wants escaped
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
