"""The labelled documents as readings: an adapter from the labels to facts and blocks."""

import json
from decimal import Decimal
from pathlib import Path

from touchstone.facts.document import Block, Document, Source
from touchstone.facts.fact import Fact, Locator

SHARED = Path(__file__).parents[3] / "shared"
STEMS = ("minor-metals-weekly-2020-10-09", "copper-alliance-china-2022q3")
_DOTTED = {
    "price_low": "price.low",
    "price_high": "price.high",
    "cumulative_output": "output.cumulative",
    "band_low": "band.low",
    "band_high": "band.high",
}


def gold_reading(stem: str) -> tuple[Document, list[Fact]]:
    """A labelled document and its labelled facts; ids are those of the labels."""
    text = (SHARED / "corpus" / f"{stem}.txt").read_text(encoding="utf-8")
    rows = [
        json.loads(line) for line in (SHARED / "gold" / f"{stem}.gold.jsonl").read_text("utf-8").splitlines()
    ]
    blocks = tuple(_blocks(text))
    document = Document(Source(stem, stem, "text/plain", len(text)), text, blocks)
    return document, [_fact(row, stem, blocks) for row in rows]


def _blocks(text: str) -> list[Block]:
    blocks: list[Block] = []
    at = 0
    for line in text.splitlines(keepends=True):
        start, at = at, at + len(line)
        words = line.strip()
        if not words:
            continue
        kind = "table" if line.startswith("\t") else "heading" if _is_heading(words) else "paragraph"
        if kind == "table" and blocks and blocks[-1].kind == "table":
            blocks[-1] = Block("table", blocks[-1].start, start + len(line.rstrip()))
        else:
            blocks.append(Block(kind, start, start + len(line.rstrip())))
    return blocks


def _is_heading(words: str) -> bool:
    body = words.split("]", 1)[-1] if words.startswith("[book") else words
    return len(body) < 60 and not body.endswith(("。", "；", ";")) and "。" not in body


def _fact(row: dict, source: str, blocks: tuple[Block, ...]) -> Fact:
    value = Decimal(str(row["value"]))
    digits = row["quote"].strip("约近逾超下降跌上升涨增加长负 ")
    printed = next((p for p in _numbers(digits) if Decimal(p) == abs(value)), str(abs(value)))
    places = len(printed.partition(".")[2])
    exact = row["measure"] == "count" or row["form"] in ("zh", "date", "implicit")
    place = f"market.{row['market']}" if row["market"] else row["region"]
    block = max((i for i, b in enumerate(blocks) if b.start <= row["start"]), default=0)
    measure = _DOTTED.get(row["measure"], row["measure"])
    return Fact(
        id=row["id"],
        subject=row["subject"],
        subject_words=row["subject"],
        measure=measure,
        period=row["period"],
        value=value,
        value_high=None if row["value_high"] is None else Decimal(str(row["value_high"])),
        unit=row["unit"] or "",
        half_width=Decimal(0) if exact else Decimal(5).scaleb(-places - 1),
        source=source,
        locator=Locator(block, row["start"], row["end"]),
        rule="gold",
        quote=row["quote"],
        place=place,
        approx=row["approx"],
        base=row["base"],
        form=row["form"],
        status="target" if row["measure"] == "target" else "reported",
    )


def _numbers(words: str) -> list[str]:
    import re

    return re.findall(r"\d+(?:\.\d+)?", words)
