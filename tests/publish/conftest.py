"""Facts and documents small enough to be read in a test."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from touchstone.facts.document import Block, Cell, Document, Source
from touchstone.facts.fact import Fact, Locator, fact_id


@pytest.fixture
def fact() -> Callable[..., Fact]:
    """Makes a fact from the words of its value: fact("620.2", "万吨", measure="output.cumulative")."""

    def make(value: str, unit: str = "", start: int = 0, quote: str = "", **given: Any) -> Fact:
        number = Decimal(value)
        exponent = number.as_tuple().exponent
        assert isinstance(exponent, int)
        plain: dict[str, Any] = {
            "id": fact_id(value, unit, start, *given.items()),
            "subject": "精炼铜",
            "measure": "output",
            "period": "2022-06",
            "half_width": Decimal(5).scaleb(min(exponent, 0) - 1),
            "source": "a" * 64,
            "locator": Locator(0, start, start + len(quote or value)),
            "rule": "test",
            "quote": quote or value,
            "published": date(2022, 9, 30),
        }
        return Fact(value=number, unit=unit, **(plain | given))

    return make


@pytest.fixture
def document() -> Callable[..., Document]:
    """Makes a document of paragraphs; a list of lists is a table."""

    def make(*parts: str | list[list[str]], name: str = "note.txt") -> Document:
        text, blocks = "", []
        for part in parts:
            start = len(text)
            cells: list[Cell] = []
            if isinstance(part, str):
                text += part
            else:
                for row, words in enumerate(part):
                    for column, word in enumerate(words):
                        cells.append(Cell(row, column, len(text), len(text) + len(word)))
                        text += word + "\n"
            kind = "table" if cells else "paragraph"
            blocks.append(Block(kind, start, len(text), cells=tuple(cells)))
            text += "\n"
        return Document(Source("a" * 64, name, "text/plain", len(text)), text, tuple(blocks))

    return make
