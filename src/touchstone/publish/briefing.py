"""The briefing: one HTML file that holds everything it shows and can be mailed.

No address outside the file, no script. Both languages are in it; a radio button, which is
remembered by nothing and needs no script, shows one of them. It prints on A4.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from importlib.resources import files
from typing import Protocol

from touchstone.audit.finding import VERDICTS, Finding
from touchstone.errors import UnreadableFile
from touchstone.facts.document import Document
from touchstone.facts.fact import Fact
from touchstone.publish.case import by_seriousness, cases
from touchstone.publish.tally import counted
from touchstone.publish.template import environment
from touchstone.publish.words import LANGUAGES


class Listed(Protocol):
    """What the briefing says of a document it does not print."""

    @property
    def hash(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def figures(self) -> int: ...


def briefing(
    documents: Sequence[Listed],
    findings: Iterable[Finding],
    facts: Mapping[str, Fact],
    document: Callable[[str], Document],
    problems: Sequence[UnreadableFile] = (),
    *,
    made: datetime,
    lang: str = "zh",
) -> str:
    """Write the briefing.

    Args:
        documents: those read, in the order to list them.
        findings: all findings; those that hold are counted, not printed.
        facts: by id, at least those the findings name.
        document: gives a document by its hash.
        problems: files that could not be read.
        made: when it is written; the same input and moment give the same bytes.
        lang: the language shown first.
    """
    ordered = by_seriousness(findings)
    tallied = counted(ordered)
    counts = Counter(f.verdict for f in tallied)
    return (
        environment()
        .get_template("briefing.html")
        .render(
            first=lang,
            languages=LANGUAGES,
            style=_style(),
            documents=documents,
            figures=sum(entry.figures for entry in documents),
            counts=[(verdict, counts[verdict]) for verdict in VERDICTS],
            tested=len(tallied),
            cases=cases((f for f in ordered if f.verdict != "holds"), facts, document),
            problems=problems,
            made=made,
        )
    )


def _style() -> str:
    folder = files("touchstone.publish") / "style"
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in ("stone.css", "briefing.css"))
