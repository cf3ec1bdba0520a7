"""The file that is mailed."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from html.parser import HTMLParser

from touchstone.audit.finding import Finding
from touchstone.errors import UnreadableFile
from touchstone.facts.document import Document
from touchstone.facts.fact import Fact
from touchstone.facts.text import Text
from touchstone.publish.briefing import briefing

MADE = datetime(2022, 10, 1, 8, 0, tzinfo=UTC)
HOSTILE = '<script>alert("x")</script>'


@dataclass(frozen=True)
class Entry:
    """A document as the workspace lists it."""

    hash: str
    name: str
    title: str
    figures: int


def write(fact: Callable[..., Fact], document: Callable[..., Document]) -> str:
    text = document(f"{HOSTILE}7月产量188.5万吨。", name=f"{HOSTILE}.txt")
    one = fact("188.5", "万吨", start=text.text.index("188.5"), quote="188.5万吨")
    failing = Finding(
        "f1", "cumulative", "fails", (one.id,), Text(HOSTILE, HOSTILE), Text("1023.1 + 188.5 ≠ 1219.1", "same"),
        ("188.5万吨",), ("a" * 64,), half_units=150.0,
    )  # fmt: skip
    problem = UnreadableFile(
        "READ-001", HOSTILE, "found", "expected", "so", "fix", ("发现甲", "应为乙", "后果丙", "办法丁")
    )
    listed = [Entry("a" * 64, text.source.name, HOSTILE, 1)]
    return briefing(listed, [failing], {one.id: one}, lambda _: text, [problem], made=MADE)


class Addresses(HTMLParser):
    """Collects everything a browser would fetch or run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note scripts, addresses and handlers."""
        self.found += ["<script>"] if tag == "script" else []
        self.found += [f"{n}={v}" for n, v in attrs if n in ("src", "href", "action") or n.startswith("on")]


def test_it_fetches_and_runs_nothing(fact: Callable[..., Fact], document: Callable[..., Document]) -> None:
    html = write(fact, document)
    reader = Addresses()
    reader.feed(html)
    assert reader.found == []
    assert not re.search(r"url\((?![\"']?data:)|@import", html)
    assert HOSTILE not in html


def test_it_holds_both_languages_the_figures_in_context_and_the_problems(
    fact: Callable[..., Fact], document: Callable[..., Document]
) -> None:
    html = write(fact, document)
    assert html.count('<mark class="f">188.5万吨</mark>') == 2
    for words in (
        "不成立",
        "fails",
        "发现甲",
        "found",
        "超出舍入 150 个半单位",
        "2022年10月1日 08:00",
        "1 Oct 2022 08:00",
    ):
        assert words in html


def test_the_same_input_gives_the_same_file(
    fact: Callable[..., Fact], document: Callable[..., Document]
) -> None:
    assert write(fact, document) == write(fact, document)
