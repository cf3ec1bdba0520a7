"""The way back from a Word document to the ledger: hidden bookmarks, and one part that says what they stand on.

A sentence or figure that stands on facts lies in a bookmark `_Fact12`; bookmarks move with the text when
an editor works on it, and Word hides those that begin with an underscore. The part customXml/facts.xml
lists for each bookmark the words written and the ids of the facts.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from touchstone.publish.report.console import to_figure
from touchstone.publish.report.wordpaper import made

if TYPE_CHECKING:
    from docx.document import Document

NAMESPACE = "urn:touchstone:facts"
PART = "/customXml/facts.xml"


class Bookmarks:
    """Counts the bookmarks of one document and keeps what they stand on."""

    def __init__(self, console: str = "") -> None:
        self._console = console
        self._kept: list[tuple[str, str, str]] = []

    @contextmanager
    def around(self, paragraph: Any, text: str, facts: Iterable[str], leads: str = "") -> Iterator[None]:
        """Put a bookmark around what is added to a paragraph meanwhile; none where there are no facts.

        With a console it is a link, too, to where the first of the facts was printed, or to the page of the console that it leads to.
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
        if ids:
            paragraph._p.append(made("w:bookmarkEnd", id=number))

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
    link.extend(list(paragraph._p)[first:])
    paragraph._p.append(link)
