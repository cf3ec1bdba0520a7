"""Cases read in documents (`data/pathway/evidence.csv`): what each states of a technology, and whether its own figures agree with each other.

A check is an expression of the quantities of its case; `written` puts their values in, the verdict on it is that of the printing of the figures.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from touchstone.facts.text import Text

_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure of a case.

    Attributes:
        quantity: its key in the case; value: as printed; year: "" where none is stated.
        tag: how it became known, of `carbon.factor.TAGS`.
        check: what it must follow from, "" for none; verdict: holds, edge or fails, "" without a check.
        written: the check with the printed values of the case in it; where: file and row.
    """

    case: str
    technology: str
    quantity: str
    name: Text
    value: str
    unit: str
    year: str
    place: str
    document: str
    clause: str
    tag: str
    check: str
    verdict: str
    written: str
    where: str


@cache
def evidence() -> Mapping[str, tuple[Statement, ...]]:
    """What all cases state, by technology, in the order of the file."""
    text = files("touchstone").joinpath("data/pathway/evidence.csv").read_text("utf-8")
    reader = csv.DictReader(text.splitlines())
    rows = [(row, reader.line_num) for row in reader]
    values = {(row["case"], row["quantity"]): row["value"] for row, _ in rows}
    found: dict[str, list[Statement]] = {}
    for row, number in rows:
        found.setdefault(row["technology"], []).append(_statement(row, number, values))
    return {technology: tuple(each) for technology, each in found.items()}


def _statement(row: Mapping[str, str], number: int, values: Mapping[tuple[str, str], str]) -> Statement:
    def printed(name: re.Match[str]) -> str:
        return values[row["case"], name[0]]

    written = _NAME.sub(printed, row["check"]).replace("*", "×").replace(" / ", " ÷ ")
    return Statement(
        row["case"], row["technology"], row["quantity"], Text(row["name_zh"], row["name_en"]), row["value"], row["unit"], row["year"],
        row["place"], row["document"], row["clause"], row["tag"], row["check"], row["verdict"], written, f"evidence.csv:{number}",
    )  # fmt: skip
