"""An empty Word document of ours: A4, Chinese and English type, page numbers, nothing of the default template.

python-docx starts from a template made in Japanese for letter paper; its styles, languages, thumbnail and
old parts are taken out and the styles of style/word.xml put in.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from touchstone.publish.report.report import Report
from touchstone.publish.report.said import words
from touchstone.publish.words import word

if TYPE_CHECKING:
    from docx.document import Document

MARGIN = 2.2
"""Left and right, in cm."""
LONG, SHORT = 29.7, 21.0
"""Sides of the paper, in cm."""
_UNUSED = ("thumbnail", "stylesWithEffects", "customXml", "numbering", "webSettings")
_GAPS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}


def paper(report: Report, lang: str) -> "Document":
    """A document without a block: properties, styles, page and footer."""
    from docx import Document

    document = Document()
    holders: tuple[Any, ...] = (document.part, document.part.package)
    for holder in holders:
        for key in [k for k, r in holder.rels.items() if r.reltype.rpartition("/")[2] in _UNUSED]:
            del holder.rels[key]
    _put_styles(document, lang)
    _put_settings(document)
    _put_properties(document, report, lang)
    turn(document.sections[0], wide=False)
    _put_footer(document, report, lang)
    return document


def turn(section: Any, wide: bool) -> None:
    """Set the paper of a section upright or in landscape, with its margins."""
    from docx.enum.section import WD_ORIENTATION
    from docx.shared import Cm

    section.orientation = WD_ORIENTATION.LANDSCAPE if wide else WD_ORIENTATION.PORTRAIT
    section.page_width, section.page_height = (Cm(LONG), Cm(SHORT)) if wide else (Cm(SHORT), Cm(LONG))
    section.left_margin = section.right_margin = Cm(MARGIN)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2.4)
    section.header_distance, section.footer_distance = Cm(1.2), Cm(1.1)


def made(tag: str, *children: Any, **attributes: str) -> Any:
    """An element of Word's XML with attributes of Word's namespace, and its children."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element: Any = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    element.extend(children)
    return element


def _put_styles(document: "Document", lang: str) -> None:
    from docx.oxml import parse_xml

    declared = parse_xml((files("touchstone.publish") / "style" / "word.xml").read_bytes())
    styles = document.styles.element
    styles[:] = list(declared)
    if lang == "zh":
        indent = made("w:ind", firstLineChars="200", firstLine="420")
        document.styles["Body Text"].element.pPr.find(_tag("w:jc")).addprevious(indent)


def _put_settings(document: "Document") -> None:
    settings = document.settings.element
    for name in ("w:rsids", "w:savePreviewPicture", "w:proofState"):
        for element in settings.findall(_tag(name)):
            settings.remove(element)
    for element in settings.iter(_tag("w:themeFontLang")):
        element.set(_tag("w:eastAsia"), "zh-CN")
    for element in settings.iter(_tag("w:compatSetting")):
        if element.get(_tag("w:name")) == "compatibilityMode":
            element.set(_tag("w:val"), "15")
    for element in settings.iter(_tag("w:zoom")):
        element.set(_tag("w:percent"), "100")


def _put_properties(document: "Document", report: Report, lang: str) -> None:
    properties = document.core_properties
    properties.title, properties.author = words(report.title, lang)[:255], "Touchstone"
    properties.last_modified_by, properties.comments = "Touchstone", ""
    properties.language = "zh-CN" if lang == "zh" else "en"
    properties.created = properties.modified = datetime.combine(report.day, time(), UTC)


def _put_footer(document: "Document", report: Report, lang: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    footer = document.sections[0].footer
    told = footer.paragraphs[0]
    told.style = "footer"
    told.add_run(words(report.footer, lang))
    numbered = footer.add_paragraph(style="footer")
    numbered.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for piece in _pieces(word("report.page", lang, page="{page}", pages="{pages}")):
        if piece in _GAPS:
            numbered._p.append(made("w:fldSimple", made("w:r", _text("1")), instr=_GAPS[piece]))
        else:
            numbered.add_run(piece)


def _pieces(text: str) -> Iterator[str]:
    yield from filter(None, re.split(r"(\{pages?\})", text))


def _text(text: str) -> Any:
    element = made("w:t")
    element.text = text
    return element


def _tag(name: str) -> str:
    from docx.oxml.ns import qn

    return qn(name)
