"""The first page: how many figures, what is wrong, and the documents it was read from.

Imported series and the records of assessments stand behind the documents: they may be many, and are read elsewhere.
"""

from touchstone.audit.finding import VERDICTS
from touchstone.desk.publication import MEDIA
from touchstone.errors import UnreadableFile
from touchstone.flow import Entry
from touchstone.publish.case import worst
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

_FIRST_FINDINGS = 5
_LEAF = 60
_KINDS = ("document", "series", "assessment")
"""In the order in which they are listed."""


def home(shelf: Shelf, leaf: int) -> Page:
    """The documents with their verdicts, the most serious findings, and the files that were refused."""
    tally = shelf.tally
    serious = [f for f in shelf.findings if f.verdict not in ("holds", "accepted")][:_FIRST_FINDINGS]
    listed = sorted(
        (_listed(shelf, e) for e in shelf.documents), key=lambda each: _KINDS.index(kind(each[0]))
    )
    last = max(0, (len(listed) - 1) // _LEAF)
    leaf = min(leaf, last)
    return Page(
        "home.html",
        {
            "listed": listed[leaf * _LEAF : (leaf + 1) * _LEAF],
            "documents": len(listed),
            "leaf": leaf,
            "leaves": last + 1,
            "tally": [(verdict, tally[verdict]) for verdict in VERDICTS],
            "worst": worst(v for v in VERDICTS if tally[v]),
            "figures": sum(entry.figures for entry in shelf.documents),
            "tested": sum(tally.values()),
            "cases": shelf.cases(serious),
            "problems": shelf.stock.problems,
        },
        {
            "documents": [row for _, row in listed],
            "problems": [_problem(p) for p in shelf.stock.problems],
        },
        [row for _, row in listed],
    )


def kind(entry: Entry) -> str:
    """What a document is: a document, imported series, or the record of an assessment."""
    if entry.media == MEDIA:
        return "assessment"
    return "series" if entry.imported else "document"


def _listed(shelf: Shelf, entry: Entry) -> tuple[Entry, dict[str, object]]:
    tally = shelf.tallies[entry.hash]
    row: dict[str, object] = {
        "hash": entry.hash, "kind": kind(entry), "name": entry.name, "title": entry.title, "media": entry.media, "size": entry.size,
        "published": entry.published, "recorded": entry.recorded, "figures": entry.figures, "chars": entry.chars,
    }  # fmt: skip
    row.update({verdict: tally[verdict] for verdict in VERDICTS})
    return entry, row


def _problem(problem: UnreadableFile) -> dict[str, str]:
    return {name: getattr(problem, name) for name in ("code", "where", "found", "expected", "so", "fix")}
