"""Why a report cannot be written, in both languages: one function for each reason."""

from unicodedata import name

from touchstone.errors import UnwritableReport

_SO = "this file was not written; the other formats may be"
_SO_ZH = "未写出该文件，其他格式不受影响"


def control(where: str, character: str) -> UnwritableReport:
    """A character that is no writing: a control, half a surrogate pair, one that turns the text around."""
    shown = _named(character)
    return UnwritableReport(
        "REPORT-001", where, f"the character {shown}", "text that can be printed", _SO, "remove the character",
        zh=(f"字符 {shown}", "可以印出的文字", _SO_ZH, "删除该字符"),
    )  # fmt: skip


def not_in_font(where: str, character: str) -> UnwritableReport:
    """A character that the fonts of printed reports do not have: it would be left out without a word."""
    shown = f"{character} {_named(character)}"
    return UnwritableReport(
        "REPORT-002", where, f"the character {shown}, which the font of the printed report lacks",
        "characters of GB 2312, the Table of General Standard Chinese Characters, Latin, Greek or Cyrillic, or signs",
        _SO, "write another character; the web page and the workbook can have it",
        zh=(f"字符 {shown}，印刷字体中没有", "GB 2312、《通用规范汉字表》、拉丁、希腊、西里尔字母或常用符号",
            _SO_ZH, "换一个字符；网页和工作簿可以使用该字符"),
    )  # fmt: skip


def table_misfit(where: str, row: int, columns: int) -> UnwritableReport:
    """The cells of a table leave a hole, overlap or stand out."""
    return UnwritableReport(
        "REPORT-003", where, f"row {row} does not fill its {columns} columns exactly",
        "cells whose spans fill every row, head and body apart", _SO, "correct the spans of that row and those above",
        zh=(f"第{row}行没有恰好填满{columns}列", "各行单元格按跨度恰好填满，表头与表身各自成块", _SO_ZH,
            "更正该行及其上各行的跨度"),
    )  # fmt: skip


def too_long(where: str, length: int, most: int) -> UnwritableReport:
    """A text is longer than a cell of a workbook can hold."""
    return UnwritableReport(
        "REPORT-004", where, f"a text of {length} characters", f"at most {most} characters in a cell of a workbook",
        _SO, "divide the sentence",
        zh=(f"{length}个字符的文字", f"工作簿的单元格最多{most}个字符", _SO_ZH, "把句子拆短"),
    )  # fmt: skip


def lacks(where: str, missing: str, missing_zh: str) -> UnwritableReport:
    """Something that a reader needs to find the way is missing: a title, a sentence for a drawing, a heading above."""
    return UnwritableReport(
        "REPORT-006", where, f"no {missing}", f"a {missing}", _SO, f"give it a {missing}",
        zh=(f"没有{missing_zh}", f"有{missing_zh}", _SO_ZH, f"补上{missing_zh}"),
    )  # fmt: skip


def no_address(address: str) -> UnwritableReport:
    """What is given as the address of a console is none."""
    return UnwritableReport(
        "REPORT-005", "address", repr(address), "the address of a console, such as http://127.0.0.1:8000", _SO,
        "give the address that the console shows, or none",
        zh=(repr(address), "控制台的地址，如 http://127.0.0.1:8000", _SO_ZH, "填写控制台显示的地址，或者不填"),
    )  # fmt: skip


def _named(character: str) -> str:
    return f"U+{ord(character):04X} {name(character, '')}".strip()
