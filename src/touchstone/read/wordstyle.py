"""Paragraph styles of a Word document: which of them are headings, lists, titles, contents, captions.

A style counts by its outline level or its name (heading 2, 标题 2), its own or that of the style it is
based on.
"""

import re
from dataclasses import dataclass

import lxml.etree as etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = W + "val"
"""Namespace and value attribute of Word's XML, as lxml writes them."""
_NAMED = (
    ("heading", re.compile(r"(?:heading|标题|標題)\s*([1-9])$", re.I)),
    ("title", re.compile(r"(?:title|标题|標題)$", re.I)),
    ("contents", re.compile(r"(?:toc|目录|目錄)\s*\d$|table of figures$", re.I)),
    ("caption", re.compile(r"(?:caption|题注|標號)$", re.I)),
)
_MAX_DEPTH = 12


@dataclass(frozen=True, slots=True)
class Role:
    """What a style makes of a paragraph: `kind` as in `Block`, its level, and a role of its own or ""."""

    kind: str = "paragraph"
    level: int = 0
    name: str = ""


class Styles:
    """The styles of `word/styles.xml` by id; what one makes of a paragraph is found when it is first used."""

    def __init__(self, root: etree._Element | None = None) -> None:
        styles = () if root is None else root.iterfind(W + "style")
        self._elements = {style.get(W + "styleId", ""): style for style in styles}
        self._roles: dict[str, Role] = {}

    def role(self, properties: etree._Element | None) -> tuple[str, int, str]:
        """Kind, level and role of a paragraph from its properties (`w:pPr`)."""
        if properties is None:
            return "paragraph", 0, ""
        style = properties.find(W + "pStyle")
        role = self._named(style.get(VAL, "")) if style is not None else Role()
        level = _outline(properties)
        if level is not None:
            return ("heading", level, role.name) if level else ("paragraph", 0, role.name)
        depth = _list_depth(properties)
        if role.kind == "paragraph" and depth:
            return "list", depth, role.name
        return role.kind, role.level, role.name

    def _named(self, key: str) -> Role:
        if key not in self._roles:
            self._roles[key] = self._inherited(key)
        return self._roles[key]

    def _inherited(self, key: str) -> Role:
        """The role of a style, or of the first one it is based on that has one."""
        for _ in range(_MAX_DEPTH):
            here = self._elements.get(key)
            if here is None:
                break
            if found := _own_role(here):
                return found
            base = here.find(W + "basedOn")
            key = base.get(VAL, "") if base is not None else ""
        return Role()


def _own_role(style: etree._Element) -> Role | None:
    name = style.find(W + "name")
    words = (name.get(VAL, "") if name is not None else "").strip()
    for kind, pattern in _NAMED:
        if found := pattern.match(words):
            level = int(found.group(1)) if kind == "heading" else 1
            return {
                "heading": Role("heading", level),
                "title": Role("heading", 1, "title"),
                "contents": Role("caption", 0, "contents"),
                "caption": Role("caption"),
            }[kind]
    properties = style.find(W + "pPr")
    if properties is None:
        return None
    if level := _outline(properties):
        return Role("heading", level)
    depth = _list_depth(properties)
    return Role("list", depth) if depth else None


def _outline(properties: etree._Element) -> int | None:
    """Heading level from 1; 0 where body text is stated; None where nothing is."""
    element = properties.find(W + "outlineLvl")
    value = "" if element is None else element.get(VAL, "")
    if not value.isascii() or not value.isdigit():
        return None
    return int(value) + 1 if int(value) < 9 else 0


def _list_depth(properties: etree._Element) -> int:
    """Depth of a list paragraph from 1; 0 where it is none (numbering 0 switches a list off)."""
    numbering = properties.find(W + "numPr")
    if numbering is None:
        return 0
    number, level = numbering.find(W + "numId"), numbering.find(W + "ilvl")
    if number is not None and number.get(VAL) == "0":
        return 0
    value = "0" if level is None else level.get(VAL, "0")
    return int(value) + 1 if value.isascii() and value.isdigit() and len(value) < 3 else 1
