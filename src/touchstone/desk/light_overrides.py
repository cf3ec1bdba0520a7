"""Lights set by hand, as a workspace keeps them: `warning/overrides.toml`, one table an override, with who, why and how long.

A row nobody can answer for is refused by its place, and the others hold.
"""

import json
import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from touchstone.calc.warning.override import Override, answered_for
from touchstone.calc.warning.unfit import bad_override
from touchstone.errors import Refusal
from touchstone.facts.library import write_whole

SCORES = {"green": 0.0, "blue": 2 / 3, "yellow": 4 / 3, "red": 2.0}
"""What a light set by hand counts, tight or hot; loose or cold is minus that."""


def read_overrides(path: Path) -> tuple[tuple[Override, ...], tuple[Refusal, ...]]:
    """The overrides of a file, and what was refused of it; nothing where there is no file."""
    if not path.exists():
        return (), ()
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("override", [])
    except (OSError, ValueError) as error:
        return (), (_refused(path.name, str(error)),)
    found: list[Override] = []
    refused: list[Refusal] = []
    for place, row in enumerate(rows, 1):
        try:
            found.append(_override(row, f"{path.name} override {place}"))
        except Refusal as error:
            refused.append(error)
    return tuple(found), tuple(refused)


def add_override(path: Path, given: Override) -> None:
    """Write an override behind those there are.

    Raises:
        UnreadableFile: WARN-015, nobody can answer for it, or the file there is cannot be read; nothing is written.
    """
    answered_for(given)
    known, refused = read_overrides(path)
    if refused:
        raise refused[0]
    write_whole(path, _text((*known, given)).encode())


def _override(row: Any, where: str) -> Override:
    try:
        given = Override(
            str(row["material"]), str(row["frequency"]), str(row["side"]), float(row["score"]),
            str(row["author"]), str(row["reason"]), _day(row["since"]), _day(row["until"]),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _refused(where, f"{type(error).__name__}: {error}") from error
    answered_for(given)
    return given


def _day(given: object) -> date:
    return given if isinstance(given, date) else date.fromisoformat(str(given))


def _refused(where: str, reason: str) -> Refusal:
    expected = "material, frequency, side, score, author, reason, since and until"
    return bad_override(
        where, reason, expected, (reason, "material、frequency、side、score、author、reason、since、until")
    )


def _text(given: Iterable[Override]) -> str:
    return "\n".join(
        f"[[override]]\nmaterial = {_quoted(x.material)}\nfrequency = {_quoted(x.frequency)}\nside = {_quoted(x.side)}\n"
        f"score = {x.score!r}\nauthor = {_quoted(x.author)}\nreason = {_quoted(x.reason)}\n"
        f"since = {x.since.isoformat()}\nuntil = {x.until.isoformat()}\n"
        for x in given
    )


def _quoted(text: str) -> str:
    """A string as TOML writes it, on one line: a string of JSON is one."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)
