"""The way back from a Word document to the ledger: hidden bookmarks, and one part that says what they stand on.

A sentence or figure that stands on facts lies in a bookmark `_Fact12`; bookmarks move with the text when
an editor works on it, and Word hides those that begin with an underscore. The part customXml/facts.xml
lists for each bookmark the words written and the ids of the facts.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from touchstone.publish.report.console import to_figure
from touchstone.publish.report.wordpaper import made

if TYPE_CHECKING:
    from docx.document import Document

NAMESPACE = "urn:touchstone:facts"
PART = "/customXml/facts.xml"
_NUMBERS = re.compile(r"(\d+)")
_FIRST_PLACE = 1_000_000
"""Added to the numbers of bookmarks that links of the paper lead to: Word wants every number of a document once."""


class Bookmarks:
    """Counts the bookmarks of one document and keeps what they stand on."""

    def __init__(self, console: str = "", anchors: Sequence[str] = ()) -> None:
        self._console = console
        self._places = {name: n for n, name in enumerate(anchors, 1)}
        self._kept: list[tuple[str, str, str]] = []

    @contextmanager
    def around(self, paragraph: Any, text: str, facts: Iterable[str], leads: str = "") -> Iterator[None]:
        """Put a bookmark around what is added to a paragraph meanwhile; none where there are no facts.

        With a console it is a link, too, to where the first of the facts was printed, or to the page of the console that it leads to; what leads
        to a cell of the paper ("#name") is a link to that.
        """
        told = tuple(facts)
        ids = " ".join(told)
        number = str(len(self._kept) + 1)
        if ids:
            self._kept.append((f"_Fact{number}", text, ids))
            paragraph._p.append(made("w:bookmarkStart", id=number, name=f"_Fact{number}"))
        before = len(paragraph._p)
        yield
        if address := to_figure(self._console, told) or (
            self._console and leads[:1] == "/" and self._console + leads
        ):
            _link(paragraph, before, address)
        elif leads[:1] == "#" and (n := self._places.get(leads[1:])):
            _wrapped(paragraph, before, made("w:hyperlink", anchor=f"_At{n}"))
        if ids:
            paragraph._p.append(made("w:bookmarkEnd", id=number))

    def at(self, paragraph: Any, anchor: str) -> None:
        """Put the bookmark of a cell that others lead to at the end of a paragraph; none where no other is to find it."""
        if n := self._places.get(anchor):
            number = str(_FIRST_PLACE + n)
            paragraph._p.append(made("w:bookmarkStart", id=number, name=f"_At{n}"))
            paragraph._p.append(made("w:bookmarkEnd", id=number))

    def cited(self, paragraph: Any, refs: str, add: Callable[[str], object]) -> None:
        """Add numbers of sources, each a link to the row of its source where the paper has one; `add` appends a run of them."""
        for part in filter(None, _NUMBERS.split(refs)):
            with self.around(paragraph, part, (), f"#source-{part}"):
                add(part)

    def put(self, document: "Document") -> None:
        """Add the part that lists them."""
        import lxml.etree as etree
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        root = etree.Element(f"{{{NAMESPACE}}}facts", nsmap={None: NAMESPACE})
        for name, text, ids in self._kept:
            etree.SubElement(root, f"{{{NAMESPACE}}}at", bookmark=name, text=text, facts=ids)
        xml = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        part = Part(PackURI(PART), "application/xml", xml, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


def _link(paragraph: Any, first: int, address: str) -> None:
    """Make what a paragraph holds from `first` on a link."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link: Any = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    _wrapped(paragraph, first, link)


def _wrapped(paragraph: Any, first: int, link: Any) -> None:
    link.extend(list(paragraph._p)[first:])
    paragraph._p.append(link)
