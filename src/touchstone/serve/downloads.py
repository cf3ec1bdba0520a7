"""What leaves the console as a file: a document as it came, and the briefing."""

from datetime import UTC, datetime
from urllib.parse import quote

from starlette.responses import Response

from touchstone.publish.briefing import briefing
from touchstone.serve.shelf import Shelf
from touchstone.serve.shown import shown_page


def raw(shelf: Shelf, hash: str) -> Response:
    """The bytes of a document, to be saved and never shown: they may be anything."""
    content = shelf.workspace.raw(hash)
    name = shelf.name(hash).replace("\\", "/").rpartition("/")[2]
    return Response(
        content,
        media_type="application/octet-stream",
        headers={
            "Content-Disposition": f"attachment; filename=\"{hash[:12]}\"; filename*=UTF-8''{quote(name, safe='')}",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )


def mailed(shelf: Shelf, lang: str) -> Response:
    """The briefing as a file to keep or mail."""
    return Response(
        write_briefing(shelf, lang),
        media_type="text/html; charset=utf-8",
        headers={"Content-Disposition": "attachment; filename=touchstone-briefing.html"},
    )


def write_briefing(shelf: Shelf, lang: str) -> str:
    """The briefing of everything on the shelf, as of now."""
    told = [f for f in shelf.findings if f.verdict != "holds"]
    ids = [i for f in told for i in (*f.facts, *(h.fact for h in f.heals))]
    html = briefing(
        shelf.documents,
        shelf.findings,
        shelf.facts(ids),
        shelf.stock.document,
        shelf.stock.problems,
        made=datetime.now(UTC).astimezone(),
        lang=lang,
    )
    return shown_page(html)
