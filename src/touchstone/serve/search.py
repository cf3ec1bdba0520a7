"""Search: figures by the words of their subject, their sentence or their document."""

from touchstone.publish.export import fact_row
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

_LIMIT = 60
_LONGEST = 200


def search(shelf: Shelf, words: str) -> Page:
    """Figures that match all words, at most 60; no words find nothing."""
    asked = words.strip()[:_LONGEST]
    found = list(shelf.workspace.search(asked, _LIMIT)) if asked else []
    return Page(
        "search.html",
        {
            "words": asked,
            "found": [(fact, shelf.verdict(fact.id), shelf.name(fact.source)) for fact in found],
            "limit": _LIMIT,
        },
        {"words": asked, "figures": [fact_row(fact) for fact in found]},
        [fact_row(fact) for fact in found],
    )
