"""Reading as a user has it: words in, figures out."""

from touchstone.facts.fact import Fact
from touchstone.read.figures import read_figures
from touchstone.read.read import read_bytes

DAY = "2022-10-14"
"""When the texts of the tests were published, where a test does not say otherwise."""


def read_words(text: str, day: str | None = DAY) -> list[Fact]:
    """All figures of a plain text published on `day`; unchanged (保持不变) is one too."""
    return read_figures(read_bytes(text.encode(), f"note-{day}.txt" if day else "note.txt"))


def said(fact: Fact) -> str:
    """A figure as one phrase: `-8.2 个点`, `1~1.2 万吨`."""
    value = f"{fact.value:f}" if fact.value_high is None else f"{fact.value:f}~{fact.value_high:f}"
    return f"{value} {fact.unit}".strip()


def phrases(text: str, day: str | None = DAY) -> list[str]:
    """What is read in a text, as phrases, in the order of the words."""
    return [said(fact) for fact in read_words(text, day)]
