"""Accepted findings: failures a person has looked at, with a reason and a last day.

    [[accepted]]
    finding = "9c1185a5c5e9fc546128"
    reason  = "restated by the bureau on 2026-11-03"
    until   = 2027-01-01
    by      = "Li"

`until` is the last day the acceptance counts; without it, it counts until it is removed.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from touchstone.audit.audit import Acceptance
from touchstone.errors import TouchstoneError, UnreadableFile
from touchstone.facts.library import write_whole


def load_accepted(path: Path) -> dict[str, Acceptance]:
    """The acceptances of a file, by finding id; the last one for an id counts; none if it is absent.

    Raises:
        UnreadableFile: the file is not as described above.
    """
    try:
        rows = tomllib.loads(path.read_text("utf-8")).get("accepted", [])
        return {row["finding"]: _acceptance(row) for row in rows}
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableFile(
            "ACCEPT-001", path.name, str(error), "[[accepted]] with finding, reason, until (a date) and by",
            "nothing was audited", "correct the file, or remove the entry",
            zh=(str(error), "[[accepted]]，含 finding、reason、until（日期）和 by", "未进行核对", "请更正该文件，或删除该条目"),
        ) from error  # fmt: skip


def add_accepted(path: Path, finding: str, acceptance: Acceptance) -> None:
    """Add one acceptance at the end of a file; what people wrote in it stays as it is.

    Raises:
        TouchstoneError: no reason is given, or (UnreadableFile) the file is not as described above.
    """
    if not acceptance.reason.strip():
        raise TouchstoneError("a finding is accepted with a reason: say why it may stand")
    load_accepted(path)
    lines = ["[[accepted]]", f"finding = {_quoted(finding)}", f"reason  = {_quoted(acceptance.reason)}"]
    if acceptance.expires:
        lines.append(f"until   = {acceptance.expires.isoformat()}")
    lines.append(f"by      = {_quoted(acceptance.by)}")
    before = path.read_text("utf-8").rstrip("\n") + "\n\n" if path.exists() else ""
    write_whole(path, (before + "\n".join(lines) + "\n").encode())


def remove_accepted(path: Path, finding: str) -> bool:
    """Take the acceptances of a finding out of a file; False where there are none. All else in it stays.

    Raises:
        UnreadableFile: the file is not as described above.
    """
    before = load_accepted(path)
    if finding not in before:
        return False
    head, *entries = re.split(r"(?m)^(?=[ \t]*\[\[accepted\]\])", path.read_text("utf-8"))
    text = head + "".join(_without(entry, finding) for entry in entries)
    write_whole(path, text.encode())
    return True


def _without(entry: str, finding: str) -> str:
    """An entry as it is; of that of the finding, only the comments that stand behind it."""
    if tomllib.loads(entry)["accepted"][0]["finding"] != finding:
        return entry
    lines = entry.splitlines(keepends=True)
    last = max(n for n, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#"))
    return "".join(lines[last + 1 :]).lstrip("\n")


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
