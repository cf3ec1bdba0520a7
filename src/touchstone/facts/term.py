"""Terms: the rows of data/vocabulary, read from CSV and TOML."""

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

KINDS = ("product", "material", "indicator", "market", "place", "agency", "measure")
"""Kinds of terms, the most specific first."""

_FOLDER = Path(__file__).parents[1] / "data" / "vocabulary"
_FILES = {kind: f"{'agencies' if kind == 'agency' else kind + 's'}.csv" for kind in KINDS[:-1]}


@dataclass(frozen=True, slots=True)
class Term:
    """One row of the vocabulary.

    Attributes:
        code: stable code: dotted (`cu.cathode`), or ISO 3166 (`CL`, `CN-36`, `CN-3607`).
        kind: one of `KINDS`.
        zh, en: the names.
        words: every form looked for in running text.
        quiet: forms understood alone but not looked for (金, 赣, In, 360700).
        symbol: chemical symbol or ISO code, "" where there is none.
        parent: code one step up, "" where there is none.
        grade: grade a product is sold in, "" where it has none.
        source: document and edition, or "trade usage".
        definition: measures only: what the measure says.
        change: measures only: its value is a change, so that a decrease is negative.
        dimensions: measures only: what its unit may measure.
    """

    code: str
    kind: str
    zh: str
    en: str
    words: tuple[str, ...]
    quiet: tuple[str, ...]
    symbol: str
    parent: str
    grade: str
    source: str
    definition: str = ""
    change: bool = False
    dimensions: tuple[str, ...] = ()


def terms() -> Iterator[Term]:
    """All rows, kind by kind."""
    for kind, name in _FILES.items():
        with (_FOLDER / name).open(encoding="utf-8", newline="") as rows:
            for row in csv.reader(rows):
                if row[0] != "code":
                    yield _term(kind, *row)
    yield from _measures()


def _term(
    kind: str, code: str, zh: str, en: str, aliases: str, also: str, symbol: str, parent: str, grade: str, source: str
) -> Term:  # fmt: skip
    hidden = [word for word in (*also.split("|"), symbol) if word]
    words = [word for word in dict.fromkeys((zh, en, *aliases.split("|"))) if word and word not in hidden]
    return Term(code, kind, zh, en, tuple(words), tuple(dict.fromkeys(hidden)), symbol, parent, grade, source)


def _measures() -> Iterator[Term]:
    data = tomllib.loads((_FOLDER / "measures.toml").read_text(encoding="utf-8"))
    codes = {row["code"] for row in data["measure"]}
    for row in data["measure"]:
        above = row["code"].rpartition(".")[0]
        quiet = tuple(row["quiet"].split("|")) if "quiet" in row else ()
        words = tuple(
            word for word in (row["zh"], row["en"], *row["aliases"].split("|")) if word and word not in quiet
        )
        yield Term(
            row["code"], "measure", row["zh"], row["en"], words, quiet, "", above if above in codes else "", "",
            data["source"], row["definition"], row["change"], tuple(row["dimensions"]),
        )  # fmt: skip


def blockers() -> tuple[str, ...]:
    """Words that contain a term without meaning it (铁路, 铝业): nothing inside them is found."""
    lines = (_FOLDER / "blockers.txt").read_text(encoding="utf-8").splitlines()
    return tuple(word for line in lines if not line.startswith("#") for word in line.split())
