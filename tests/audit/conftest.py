"""How audit tests write their documents: marked text, and the labelled documents beside a checkout.

    # a heading
    7月铜材产量[188.5万吨|cu.products output 2022-07]，一句话。
    | 类别 | 采购额（亿元） |
    | 空调 | [1.66|空调 money 2020-08 unit=亿元] |

A mark is `[words|subject measure period]`, then `place`, `unit=`, `value=`, `approx=`, `base=` or `form=`
where they are not to be taken from the words. Lines are blocks; lines that start with | are one table.
"""

import json
import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from touchstone.audit.audit import audit
from touchstone.audit.finding import Finding
from touchstone.facts.document import Block, Cell, Document, Source
from touchstone.facts.fact import Fact, Locator, fact_id
from touchstone.read.figures import read_figures
from touchstone.read.read import read_document

Reading = tuple[Document, list[Fact]]
_MARK = re.compile(r"\[([^\[\]|]+)\|([^\[\]|]+)\]")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_FALLS = re.compile("下降|下跌|减少|负|fell")
SHARED = Path(__file__).parents[3] / "shared"
GOLD = ("minor-metals-weekly-2020-10-09", "copper-alliance-china-2022q3")


def written(marked: str, name: str = "note.txt", published: date | None = None) -> Reading:
    """The document and the facts of a marked text."""
    source = fact_id(name, marked)
    text, blocks, facts = "", [], []
    for line in filter(None, map(str.strip, marked.strip().splitlines())):
        tabular = line.startswith("|")
        goes_on = tabular and bool(blocks) and blocks[-1].kind == "table"
        index, start = len(blocks) - goes_on, len(text)
        row = 1 + max(c.row for c in blocks[-1].cells) if goes_on else 0
        cells: list[Cell] = []
        for column, piece in enumerate(_pieces(line, tabular)):
            at = len(text)
            text, marks = _unmarked(text, piece)
            place = (row, column) if tabular else ()
            facts += [
                _fact(w, told, Locator(index, s, s + len(w), *place), source, published)
                for w, told, s in marks
            ]
            cells.append(Cell(row, column, at, len(text)))
            text += "\t" if tabular else ""
        if goes_on:
            blocks[-1] = Block("table", blocks[-1].start, len(text), cells=(*blocks[-1].cells, *cells))
        else:
            kind = "table" if tabular else "heading" if line.startswith("# ") else "paragraph"
            blocks.append(Block(kind, start, len(text), cells=tuple(cells) if tabular else ()))
        text += "\n"
    document = Document(
        Source(source, name, "text/plain", len(text), published=published), text, tuple(blocks)
    )
    return document, facts


def _pieces(line: str, tabular: bool) -> list[str]:
    """The cells of a row; a bar inside a mark does not part cells."""
    if not tabular:
        return [line.removeprefix("# ")]
    return [cell.strip() for cell in re.split(r"\s\|\s", line.strip("| ") + " ")]


def _unmarked(text: str, piece: str) -> tuple[str, list[tuple[str, list[str], int]]]:
    """The text with the piece added, and its marks: words, what is told of them, where they start."""
    marks = []
    last = 0
    for found in _MARK.finditer(piece):
        text += piece[last : found.start()]
        marks.append((found[1], found[2].split(), len(text)))
        text += found[1]
        last = found.end()
    return text + piece[last:], marks


def _fact(words: str, told: Sequence[str], where: Locator, source: str, published: date | None) -> Fact:
    given = dict(part.split("=", 1) for part in told if "=" in part)
    subject, measure, period, place, *_ = [part for part in told if "=" not in part] + [None] * 4
    assert subject and measure
    number = _NUMBER.search(words)
    printed = given.get("value") or (number[0].replace(",", "") if number else "0")
    value = Decimal(printed)
    places = len(printed.partition(".")[2])
    return Fact(
        id=fact_id(source, where.start, measure),
        subject=subject,
        subject_words=subject,
        measure=measure,
        period=None if period in (None, "-") else period,
        value=-value if _FALLS.search(words) else value,
        unit=given.get("unit", words[number.end() :].strip() if number else ""),
        half_width=Decimal(0) if given.get("form") in ("zh", "implicit") else Decimal(5).scaleb(-places - 1),
        source=source,
        locator=where,
        rule="test",
        quote=words,
        place=place,
        approx=given.get("approx"),
        base=given.get("base"),
        form=given.get("form", "digit"),
        published=published,
    )


@pytest.fixture
def found() -> Callable[..., list[Finding]]:
    """Audit marked texts and give the findings of one rule: `found("sum", text, ...)`."""

    def run(rule: str, *texts: str) -> list[Finding]:
        readings = [written(text, f"note{i}.txt") for i, text in enumerate(texts)]
        return [finding for finding in audit(readings) if finding.rule == rule]

    return run


@pytest.fixture(scope="session")
def gold() -> list[Reading]:
    """The two labelled documents with their labels as facts; ids are those of the labels."""
    if not (SHARED / "gold").is_dir():
        pytest.skip("needs the labelled documents of ../shared/gold beside the checkout")
    return [_labelled(stem) for stem in GOLD]


def _labelled(stem: str) -> Reading:
    text = (SHARED / "corpus" / f"{stem}.txt").read_text(encoding="utf-8")
    labels = (SHARED / "gold" / f"{stem}.gold.jsonl").read_text(encoding="utf-8")
    blocks = tuple(_blocks(text))
    facts = [_label(json.loads(line), stem, blocks) for line in labels.splitlines()]
    return Document(Source(stem, stem, "text/plain", len(text)), text, blocks), facts


def _blocks(text: str) -> list[Block]:
    """Lines as blocks: lines that start with a tab are a table, short ones without a full stop headings."""
    blocks: list[Block] = []
    at = 0
    for line in text.splitlines(keepends=True):
        start, at = at, at + len(line)
        end = start + len(line.rstrip())
        if not line.strip():
            continue
        body = line.strip().rpartition("]")[2]
        heading = len(body) < 60 and "。" not in body and not body.endswith(("；", ";"))
        kind = "table" if line.startswith("\t") else "heading" if heading else "paragraph"
        if kind == "table" and blocks and blocks[-1].kind == "table":
            blocks[-1] = Block("table", blocks[-1].start, end)
        else:
            blocks.append(Block(kind, start, end))
    return blocks


_DOTTED = {
    "price_low": "price.low",
    "price_high": "price.high",
    "cumulative_output": "output.cumulative",
    "band_low": "band.low",
    "band_high": "band.high",
}


def _label(row: dict[str, Any], source: str, blocks: tuple[Block, ...]) -> Fact:
    value = Decimal(str(row["value"]))
    printed = next((n for n in _NUMBER.findall(row["quote"]) if Decimal(n) == abs(value)), str(abs(value)))
    exact = row["measure"] == "count" or row["form"] in ("zh", "date", "implicit")
    return Fact(
        id=row["id"],
        subject=row["subject"],
        subject_words=row["subject"],
        measure=_DOTTED.get(row["measure"], row["measure"]),
        period=row["period"],
        value=value,
        value_high=None if row["value_high"] is None else Decimal(str(row["value_high"])),
        unit=row["unit"] or "",
        half_width=Decimal(0) if exact else Decimal(5).scaleb(-len(printed.partition(".")[2]) - 1),
        source=source,
        locator=Locator(
            max(i for i, b in enumerate(blocks) if b.start <= row["start"]), row["start"], row["end"]
        ),
        rule="label",
        quote=row["quote"],
        place=f"market.{row['market']}" if row["market"] else row["region"],
        approx=row["approx"],
        base=row["base"],
        form=row["form"],
        status="target" if row["measure"] == "target" else "reported",
    )


@pytest.fixture
def told(tmp_path: Path) -> Callable[..., list[Finding]]:
    """Read plain texts as a user writes them and give the findings of one rule: `told("change", text, ...)`."""

    def run(rule: str, *texts: str) -> list[Finding]:
        readings = []
        for number, text in enumerate(texts):
            path = tmp_path / f"note{number}.txt"
            path.write_text(text, encoding="utf-8")
            document = read_document(path, path.name)
            readings.append((document, read_figures(document)))
        return [finding for finding in audit(readings) if finding.rule == rule]

    return run
