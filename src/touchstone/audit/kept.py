"""The findings of the last audit, kept in one file that is replaced whole."""

import json
import zlib
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from touchstone.audit.finding import Finding, Healing
from touchstone.facts.library import write_whole
from touchstone.facts.text import Text


def keep_findings(path: Path, findings: Iterable[Finding]) -> None:
    """Replace the kept findings; a reader sees the old list or the new."""
    rows = [asdict(finding) for finding in findings]
    write_whole(path, zlib.compress(json.dumps(rows, ensure_ascii=False).encode("utf-8", "surrogatepass"), 1))


def kept_findings(path: Path) -> tuple[Finding, ...]:
    """The kept findings in their order; none before the first audit."""
    try:
        packed = path.read_bytes()
    except FileNotFoundError:
        return ()
    return tuple(
        _finding(row) for row in json.loads(zlib.decompress(packed).decode("utf-8", "surrogatepass"))
    )


def _finding(row: dict[str, Any]) -> Finding:
    lists: dict[str, Any] = {name: tuple(row[name]) for name in ("facts", "quotes", "sources")}
    texts: dict[str, Any] = {name: Text(**row[name]) for name in ("title", "arithmetic")}
    texts["note"] = row["note"] and Text(**row["note"])
    lists["heals"] = tuple(Healing(**healing) for healing in row["heals"])
    return Finding(**{**row, **lists, **texts})
