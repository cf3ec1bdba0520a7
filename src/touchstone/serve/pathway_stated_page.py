"""Where a number was stated: the row of a table or the lines of a file, as they are written, with the one that is meant marked."""

import csv
import io
import re
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from touchstone.calc.pathway.refusal import refusal
from touchstone.facts.text import Text
from touchstone.flow.demands import FILES
from touchstone.serve.pathway_guarded import guarded
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

_WHERE = re.compile(r"([\w./-]+\.(?:csv|toml)):(\d{1,7})\b")
_SHIPPED = {
    name: f"data/pathway/{name}" for name in ("technologies.toml", "technology_values.csv", "evidence.csv", "policies.toml")
} | {name: f"data/targets/{name}" for name in ("allocation.toml", "score.toml")}  # fmt: skip
_OWN = re.compile(
    r"pathway/(?:register\.csv|technologies\.toml|technology_values\.csv|(?:allocation|parks|score)\.toml|scenarios/[\w-]+(?:\.[\w-]+)*\.toml)"
)
_MOST = 40
"""Lines of a file shown before and after the one that is meant."""


def stated_address(where: str) -> str:
    """The page of a place such as `pathway/register.csv:3`; "" where it is no file and row."""
    found = _WHERE.match(where)
    return f"/pathway/stated?at={quote(found[0], safe='/:')}" if found and _known(found[1]) else ""


def stated_page(shelf: Shelf, at: str) -> Page:
    """The row or lines of a place."""
    return guarded(shelf, lambda: _page(shelf, at))


def _page(shelf: Shelf, at: str) -> Page:
    found = _WHERE.fullmatch(at)
    text = _text(shelf, found[1]) if found else ""
    if not found or not text:
        raise _absent(at)
    file, number = found[1], int(found[2])
    shown: dict[str, Any] = {"at": at, "file": file, "number": number, "cells": [], "lines": []}
    if file.endswith(".csv"):
        shown["cells"] = _cells(text, number, at)
        data = {"at": at, "row": dict(shown["cells"])}
    else:
        shown["lines"] = _lines(text, number, at)
        data = {"at": at, "lines": {str(n): line for n, line in shown["lines"]}}
    rows = [{"at": at, "name": name, "value": value} for name, value in (shown["cells"] or shown["lines"])]
    return Page("pathway_stated.html", shown, data, rows)


def _known(file: str) -> bool:
    return file in _SHIPPED or file in FILES or bool(_OWN.fullmatch(file))


def _text(shelf: Shelf, file: str) -> str:
    """The text of a file of pathways, "" where there is none."""
    if file in _SHIPPED:
        return files("touchstone").joinpath(_SHIPPED[file]).read_text("utf-8")
    if not _known(file):
        return ""
    name = file.removeprefix("pathway/")
    return shelf.workspace.demands().text(name)


def _cells(text: str, number: int, at: str) -> list[tuple[str, str]]:
    """The cells of a row by their heads; rows are counted as the readers of tables do, the head being the first."""
    rows = list(csv.reader(io.StringIO(text)))
    if not 2 <= number <= len(rows):
        raise _absent(at)
    return list(zip(rows[0], rows[number - 1], strict=False))


def _lines(text: str, number: int, at: str) -> list[tuple[int, str]]:
    """The table of a TOML file that a line stands in, with the numbers of its lines."""
    lines = text.splitlines()
    if not 1 <= number <= len(lines):
        raise _absent(at)
    first = next((n for n in range(number, 0, -1) if lines[n - 1].startswith("[")), 1)
    last = next(
        (n - 1 for n in range(number + 1, len(lines) + 1) if lines[n - 1].startswith("[")), len(lines)
    )
    while last > number and not lines[last - 1].strip():
        last -= 1
    window = range(max(first, number - _MOST), min(last, number + _MOST) + 1)
    return [(n, lines[n - 1]) for n in window]


def _absent(at: str) -> Exception:
    return refusal(
        "PATHWAY-030",
        "at",
        what=Text("出处", "place"),
        found=at,
        known="pathway/register.csv:2, policies.toml:6, …",
    )
