"""Lights set by hand, as a workspace keeps them: `warning/overrides.toml`, one table an override, with who, why and how long.

A row nobody can answer for is refused by its place, and the others hold.
"""

import json
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from touchstone.calc.warning.override import Override, answered_for
from touchstone.calc.warning.unfit import bad_override
from touchstone.errors import Refusal
from touchstone.facts.held import held
from touchstone.facts.library import write_whole

SCORES = {"green": 0.0, "blue": 2 / 3, "yellow": 4 / 3, "red": 2.0}
"""What a light set by hand counts, tight or hot; loose or cold is minus that."""


def read_overrides(path: Path) -> tuple[tuple[Override, ...], tuple[Refusal, ...]]:
    """The overrides of a file, and what was refused of it; nothing where there is no file."""
    if not path.exists():
        return (), ()
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        return (), (_refused(path.name, str(error)),)
    return _read(path.name, text)


def _read(name: str, text: str) -> tuple[tuple[Override, ...], tuple[Refusal, ...]]:
    try:
        rows = tomllib.loads(text).get("override", [])
    except ValueError as error:
        return (), (_refused(name, str(error)),)
    if not isinstance(rows, list):
        return (), (_refused(name, f"override = {rows!r}"),)
    found: list[Override] = []
    refused: list[Refusal] = []
    for place, row in enumerate(rows, 1):
        try:
            found.append(_override(row, f"{name} override {place}"))
        except Refusal as error:
            refused.append(error)
    return tuple(found), tuple(refused)


def add_override(path: Path, given: Override) -> None:
    """Write an override behind those there are; what is written is read back before it takes the place of the file.

    Raises:
        UnreadableFile: WARN-015, nobody can answer for it, or the file there is cannot be read; nothing is written.
        LedgerError: another process is changing the file and does not finish.
    """
    given = replace(given, author=_on_one_line(given.author), reason=_on_one_line(given.reason))
    answered_for(given)
    with held(path):
        known, refused = read_overrides(path)
        if refused:
            raise refused[0]
        text = _text((*known, given))
        if _read(path.name, text) != ((*known, given), ()):
            raise _refused(path.name, repr(given))
        write_whole(path, text.encode())


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
    """A day of TOML; an hour of one is none."""
    return given if type(given) is date else date.fromisoformat(str(given))


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
    """A string as TOML writes it: a string of JSON without control characters is one."""
    return json.dumps(text, ensure_ascii=False)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
