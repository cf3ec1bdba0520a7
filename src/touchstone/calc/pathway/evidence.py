"""Evidence: what documents print of cases in which a technology was used, statement by statement, and whether a case's figures fit together.

The file is `data/pathway/evidence.csv`. A `check` works a statement out from others of its case; its verdict is told as it came out (holds, edge,
fails), and the tests judge every one anew by the intervals of the printed figures.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from touchstone.facts.text import Text

_NAME = re.compile(r"[a-z][a-z0-9_]*")
VERDICTS = ("holds", "edge", "fails")


@dataclass(frozen=True, slots=True)
class Statement:
    """One printed figure.

    Attributes:
        case: what belongs together; technology: key of the catalogue; quantity: what it is, once in a case.
        value: as printed; unit: as the document has it. year: None where none is printed. place: "" where it is nowhere in particular.
        document: key of a cited document; clause: where in it; tag: of `TAGS`.
        check: of quantities of the case, what the value should be; with ≤ or ≥ in front where what it gives is at most or at least the
            value; "" for none.
        verdict: of `VERDICTS`, "" without a check.
        written: the check with the printed values of the case in it; where: file and row.
    """

    case: str
    technology: str
    quantity: str
    value: Decimal
    unit: str
    year: int | None
    place: str
    document: str
    clause: str
    tag: str
    check: str
    verdict: str
    name: Text
    written: str
    where: str


@cache
def evidence() -> tuple[Statement, ...]:
    """All statements, in the order of the file."""
    text = files("touchstone").joinpath("data/pathway/evidence.csv").read_text("utf-8")
    reader = csv.DictReader(text.splitlines())
    rows = [(row, reader.line_num) for row in reader]
    values = {(row["case"], row["quantity"]): row["value"] for row, _ in rows}
    return tuple(_statement(row, number, values) for row, number in rows)


def of_technology(key: str) -> dict[str, tuple[Statement, ...]]:
    """The cases of a technology: all their statements by case, constants that a check needs among them."""
    cases = dict.fromkeys(each.case for each in evidence() if each.technology == key)
    return {case: tuple(each for each in evidence() if each.case == case) for case in cases}


def _statement(row: Mapping[str, str], number: int, values: Mapping[tuple[str, str], str]) -> Statement:
    def printed(name: re.Match[str]) -> str:
        return values[row["case"], name[0]]

    written = _NAME.sub(printed, row["check"]).replace("*", "×").replace(" / ", " ÷ ")
    return Statement(
        row["case"], row["technology"], row["quantity"], Decimal(row["value"]), row["unit"], int(row["year"]) if row["year"] else None,
        row["place"], row["document"], row["clause"], row["tag"], row["check"], row["verdict"], Text(row["name_zh"], row["name_en"]),
        written, f"evidence.csv:{number}",
    )  # fmt: skip
