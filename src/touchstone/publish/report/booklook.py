"""How a workbook looks: the formats of its cells, its paper, and text that stays text.

A cell whose text begins like a formula is marked as text, so that it stays one when the workbook is
saved as another kind of file or edited.
"""

from math import ceil
from typing import TYPE_CHECKING, Any

from touchstone.publish.report import refused
from touchstone.publish.scale import text_width
from touchstone.publish.words import word

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_LONGEST = 32_767
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_A4 = 9
CHARACTERS_AN_EM = 2.0
"""How many characters of the width of a column an em takes."""
_LINE_HEIGHT = 14.0
"""Of a line of wrapped text, in points: type of 10 points and its lead."""
_SOFT, _LINE, _SHADE = "#6B6557", "#CFC8B8", "#F3F0E7"
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 17},
    "heading 1": {"bold": True, "font_size": 14},
    "heading 2": {"bold": True, "font_size": 12},
    "caption": {"bold": True},
    "label": {"bold": True, "valign": "top", "text_wrap": True},
    "prose": {"text_wrap": True, "valign": "top"},
    "soft": {"font_color": _SOFT, "valign": "top"},
    "note": {"font_color": _SOFT, "text_wrap": True, "valign": "top"},
    "head": {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True, "bg_color": _SHADE, "border": 1, "border_color": _LINE},
    "cell": {"valign": "vcenter", "text_wrap": True, "border": 1, "border_color": _LINE},
    "middle": {"align": "center", "valign": "vcenter", "text_wrap": True, "border": 1, "border_color": _LINE},
    "figure": {"align": "right", "valign": "vcenter", "border": 1, "border_color": _LINE},
}  # fmt: skip
_CHANGES = {"up": {"font_color": "#AD2117"}, "down": {"font_color": "#2A673B"}, "": {}}


class Look:
    """The formats of one workbook, each made once."""

    def __init__(self, book: "Workbook") -> None:
        self._book = book
        self._made: dict[tuple[str, str, str, bool], Any] = {}

    def of(self, look: str, shown: str = "", change: str = "", marked: bool = False) -> Any:
        """The format of a look, with a number format, the colour of a change, or the mark of text."""
        key = (look, shown, change, marked)
        if key not in self._made:
            given = {"num_format": shown} if shown else {}
            self._made[key] = self._book.add_format(
                {"font_name": "Arial", "font_size": 10, **_LOOKS[look], **_CHANGES[change], **given, "quote_prefix": marked}
            )  # fmt: skip
        return self._made[key]

    def text(self, sheet: Any, row: int, column: int, text: str, look: str, change: str = "") -> None:
        """Write text as text.

        Raises:
            UnwritableReport: REPORT-004, longer than a cell can hold.
        """
        if len(text) > _LONGEST:
            raise refused.too_long(f"{sheet.get_name()}, row {row + 1}", len(text), _LONGEST)
        marked = text.startswith(_FORMULA)
        if text:
            sheet.write_string(row, column, text, self.of(look, change=change, marked=marked))
        else:
            sheet.write_blank(row, column, None, self.of(look))

    def number(self, sheet: Any, row: int, column: int, value: float, shown: str, change: str = "") -> None:
        """Write a number that shows itself by the format `shown`."""
        sheet.write_number(row, column, value, self.of("figure", shown, change))

    def room(self, sheet: Any, row: int, *texts: tuple[str, float]) -> None:
        """Make a row as high as the longest of its texts needs, each set over so many characters.

        Rows fit themselves to wrapped text in some programs only, and to a merged cell in none.
        """
        lines = max((ceil(text_width(part, CHARACTERS_AN_EM) / width) for part, width in texts), default=1)
        if lines > 1:
            sheet.set_row(row, lines * _LINE_HEIGHT)

    def link(self, sheet: Any, row: int, column: int, address: str, text: str) -> None:
        """Write a link, inside the workbook or out of it."""
        sheet.write_url(row, column, address, string=text)

    def paper(self, sheet: Any, lang: str) -> None:
        """Print on A4, as wide as the page, with page numbers."""
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.set_footer("&C&8" + word("report.page", lang, page="&P", pages="&N"))
        sheet.hide_gridlines(2)
