"""What results stand on: numbered assumptions with their sources, and how each result is worked out from them; the annex of a report.

A number of the report leads to its row of the arithmetic, the numbers there to assumptions, and an assumption to the file and line it stands in
(on a page of a console, where the report knows one).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote

from touchstone.calc.target.documents import documents
from touchstone.facts.text import Text
from touchstone.publish.pathway.target import both, heads
from touchstone.publish.report.report import Block, Cell, Heading, Paragraph, Sentence, Table

PARTS = ("general", "metal", "power", "carbon", "decided", "technology", "target", "driver")
"""Tables of assumptions, in order."""
_ORDER = (
    "register", "level", "discount", "demand", "load", "recycled.limit", "recycled.use", "recycled.emissions", "recycled.cost", "recycled.energy",
    "outside", "power.share", "power.limit", "power.factor", "power.renewable", "power.price", "carbon", "retire", "adopt", "technology.electricity",
    "technology.saving.electricity", "technology.direct", "technology.saving.direct", "technology.spread", "technology.ramp",
    "technology.first_year", "technology.last_year", "technology.energy", "technology.saving.energy", "technology.investment",
    "technology.lifetime", "technology.running",
)  # fmt: skip
"""Kinds within their tables: those that one result is worked out from stand together, so that its numbers are few."""
_FEW = 4
"""Rows up to which a table of the annex is kept on one page."""
_WORD = re.compile(r"[A-Za-z][\w.-]+")
_PLACE = re.compile(r"[\w./-]+\.(?:csv|toml):\d+")


@dataclass(frozen=True, slots=True)
class Assumption:
    """What a scenario takes as given.

    Attributes:
        what, value: its name, and its value written out with its unit. source: where it is from; made up values say so.
        part: the table it stands in, of `PARTS`; kind and about: what results ask for it by ("demand" of a product, "power.factor" of a contract).
        where: file and line, "" where it has none; document: key of what it is cited from, "" for none.
    """

    what: Text
    value: Text
    source: Text
    part: str = "general"
    kind: str = ""
    about: str = ""
    where: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class How:
    """How a result is worked out: its name as in the tables, the arithmetic in words, the numbers of the assumptions, the anchor of its row."""

    name: Text
    says: Text
    refs: str
    key: str


def ordered(rows: Iterator[Assumption]) -> tuple[Assumption, ...]:
    """Assumptions in the order of the tables; their place in it, from 1, is their number."""
    known = {kind: n for n, kind in enumerate(_ORDER)}
    return tuple(sorted(rows, key=lambda each: (PARTS.index(each.part), known.get(each.kind, len(known)))))


def refs(rows: Sequence[Assumption], *wanted: str, about: str = "") -> str:
    """Numbers of the assumptions of some kinds: of all, or of what is about one product or contract: "1–12, 14".

    A kind stands for those below it: `power` for `power.factor`.
    """
    found = [
        n
        for n, each in enumerate(rows, 1)
        if any(each.kind == kind or each.kind.startswith(f"{kind}.") for kind in wanted)
        and (not about or each.about in ("", about))
    ]
    runs = [[n for _, n in run] for _, run in groupby(enumerate(found), lambda pair: pair[1] - pair[0])]
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def stated_at(where: str) -> str:
    """The page of a console for a file and line; "" where it names none."""
    found = _PLACE.match(where)
    return f"/pathway/stated?at={quote(found[0], safe='/:')}" if found else ""


def titled(source: str) -> Text:
    """A source with the titles of the documents it names."""
    words = [documents()[each].title if _WORD.fullmatch(each) and each in documents() else Text(each, each) for each in source.split()]  # fmt: skip
    return Text(" ".join(each.zh for each in words), " ".join(each.en for each in words))


def annex(rows: Sequence[Assumption], hows: Sequence[How]) -> Iterator[Block]:
    """The annex: arithmetic of the results, assumptions by part, documents cited."""
    yield Heading(both("pathway_basis.annex"))
    yield Paragraph((Sentence(both("pathway_basis.annex_say")),))
    if hows:
        yield _arithmetic(hows)
    numbered = list(enumerate(rows, 1))
    for part in PARTS:
        if chosen := [(n, each) for n, each in numbered if each.part == part]:
            body = tuple(_row(n, each) for n, each in chosen)
            head = (Cell(both("pathway_basis.number")), *heads("pathway_paper", "what", "value", "source")[0])
            yield Table(both(f"pathway_basis.part_{part}"), (head,), body, flows=len(body) > _FEW)
    cited = [
        key
        for key in dict.fromkeys(word for each in rows for word in _WORD.findall(each.document))
        if key in documents()
    ]
    if cited:
        body = tuple(_cited(key) for key in cited)
        head = heads("pathway_basis", "document_key", "document_title", "document_issuer")
        yield Table(both("pathway_basis.documents"), head, body, flows=len(body) > _FEW)


def _row(number: int, each: Assumption) -> tuple[Cell, ...]:
    leads = stated_at(each.where)
    return (
        Cell(Text(str(number), str(number)), number=True, anchor=f"source-{number}"),
        Cell(each.what),
        Cell(each.value, leads=leads),
        Cell(each.source, leads=leads),
    )


def _arithmetic(hows: Sequence[How]) -> Table:
    body = tuple(
        (Cell(each.name, anchor=f"how-{each.key}"), Cell(each.says, note=each.refs)) for each in hows
    )
    return Table(both("pathway_basis.how"), heads("pathway_basis", "how_result", "how_from"), body)


def _cited(key: str) -> tuple[Cell, ...]:
    known = documents()[key]
    return (
        Cell(Text(key, key), leads=f"/pathway/document/{quote(key)}"),
        Cell(known.title),
        Cell(known.issuer),
    )
