"""Plain text and Markdown → blocks. Offsets are those of the decoded file, untouched.

Four shapes of table are found: cells between bars, between tabs or wide gaps on one line, and one cell
a line behind a tab with an empty line between rows (how Word exports a table as text; merged
cells are lost there, so such a block says `spans=False`).
"""

import re
from collections.abc import Iterator

from touchstone.facts.document import Block, Cell

_LINE = re.compile(r"[^\n]*\n?")
_PIPE_RULE = re.compile(r"[\s|:-]*-[\s|:-]*$")
_COLUMN = re.compile(r"\S+(?:[ \u3000]\S+)*")
_CONTENTS = re.compile(r"(?<=\S)(?:\t|\.{3}|…|·{3})[ \t.…·]{0,200}\d{1,3}\s{0,8}$")
_MARKUP = re.compile(r"\s*(?:\[bookmark: \w+\]\s*|#{1,6}\s+|>\s+)+")
_NUMBERED = re.compile(
    r"(?:第[一二三四五六七八九十\d]+[章节篇条]|[一二三四五六七八九十]{1,3}[、.．]|"
    r"[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}(?:[、．]|\.(?!\d)|(?:\.\d{1,2}){1,3}(?=\s))|"
    r"[IVX]{1,4}\.\s|[▲◆■●]\s?)"
)
SENTENCE_END = re.compile(r"[。；！？;!?…：:.，,][”\"'’）)]*\s*$")
_BULLET = re.compile(r"\s*(?:[-*+•·]\s+|\d{1,2}[)）]\s*)")

Line = tuple[int, int]
"""Start and end (without the line feed) of one line."""


def text_blocks(text: str) -> Iterator[Block]:
    """Blocks of a text, in order; blank lines belong to none."""
    lines = [(m.start(), m.end() - m.group().endswith("\n")) for m in _LINE.finditer(text)]
    at, count = 0, len(lines)
    while at < count:
        start, end = lines[at]
        if start == end or text[start:end].isspace() and "\t" not in text[start:end]:
            at += 1
            continue
        table = (
            _stacked(text, lines, at)
            or _tabbed(text, lines, at)
            or _piped(text, lines, at)
            or _spaced(text, lines, at)
        )
        if table:
            block, at = table
            yield block
            continue
        following = lines[at + 1] if at + 1 < count else (end, end)
        yield _line_block(text, start, end, following)
        at += 1


def _line_block(text: str, start: int, end: int, following: Line) -> Block:
    line = text[start:end]
    if _CONTENTS.search(line[-240:]):
        return Block("caption", start, end, where="contents")
    if bullet := _BULLET.match(line):
        return Block("list", start + bullet.end(), end, level=1)
    if level := _heading_level(line, text[slice(*following)]):
        return Block("heading", start, end, level=level)
    return Block("paragraph", start, end)


def _heading_level(line: str, following: str) -> int:
    """1 to 3 for a heading, 0 for anything else.

    A heading is marked (`#`, 第一章, 一、), or it is a short line without a closing full stop
    right above a longer one.
    """
    marks = _MARKUP.match(line)
    body = line[marks.end() :] if marks else line.strip()
    if marks and "#" in marks.group():
        return min(marks.group().count("#"), 3)
    if not body or len(body) > 60 or SENTENCE_END.search(body):
        return 0
    if _NUMBERED.match(body):
        return 1 if body[0] in "第一二三四五六七八九十" else 2
    if body[0].isdigit() and len(body) < 16:
        return 0
    return 3 if len(body) <= 40 and (not following.strip() or len(following) > 2 * len(body)) else 0


def _stacked(text: str, lines: list[Line], at: int) -> tuple[Block, int] | None:
    """A table printed one cell a line, each behind a tab."""
    if not text.startswith("\t", lines[at][0]):
        return None
    rows: list[list[Line]] = [[]]
    here = at
    while here < len(lines):
        start, end = lines[here]
        if text.startswith("\t", start) and "\t" not in text[start + 1 : end]:
            rows[-1].append((start + 1, end))
        elif start == end and rows[-1]:
            rows.append([])
        else:
            break
        here += 1
    rows = [row for row in rows if row]
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return None
    return _table(rows, spans=False), here


def _tabbed(text: str, lines: list[Line], at: int) -> tuple[Block, int] | None:
    """A table with its cells between tabs, at least two lines of two cells."""
    rows: list[list[Line]] = []
    here = at
    while here < len(lines):
        start, end = lines[here]
        line = text[start:end]
        if (
            "\t" not in line.strip("\t ")
            or _CONTENTS.search(line[-240:])
            and line.count("\t") == 1
            and not rows
        ):
            break
        rows.append(_split(text, start, end, "\t"))
        here += 1
    return (_table(rows), here) if len(rows) >= 2 else None


def _piped(text: str, lines: list[Line], at: int) -> tuple[Block, int] | None:
    """A line of cells between bars, then a ruler of hyphens (Markdown) or a line with as many bars."""
    if at + 1 >= len(lines) or "|" not in text[slice(*lines[at])]:
        return None
    bars, below = text[slice(*lines[at])].count("|"), text[slice(*lines[at + 1])]
    ruled = "|" in below and bool(_PIPE_RULE.match(below))
    if not ruled and not bars == below.count("|") >= 2:
        return None
    rows: list[list[Line]] = []
    here = at
    while here < len(lines) and "|" in text[slice(*lines[here])]:
        start, end = lines[here]
        if not (ruled and here == at + 1):
            inner_start = start + text[start:end].startswith("|")
            inner_end = end - text[start:end].rstrip().endswith("|")
            rows.append(_split(text, inner_start, max(inner_start, inner_end), "|"))
        here += 1
    return _table(rows), here


def _spaced(text: str, lines: list[Line], at: int) -> tuple[Block, int] | None:
    """Columns set apart by two blanks or more, as printed to text: three lines with as many cells, most of them numbers."""
    if text.find("  ", *lines[at]) < 0 and text.find("\u3000\u3000", *lines[at]) < 0:
        return None
    rows: list[list[Line]] = []
    while at < len(lines):
        row = [found.span() for found in _COLUMN.finditer(text, *lines[at])]
        if len(row) < 3 or rows and len(row) != len(rows[0]):
            break
        rows.append(row)
        at += 1
    values = [text[start] in "+-0123456789" for row in rows[1:] for start, _ in row[1:]]
    return (_table(rows), at) if len(rows) >= 3 and sum(values) * 2 > len(values) else None


def _split(text: str, start: int, end: int, mark: str) -> list[Line]:
    cells, from_ = [], start
    for piece in text[start:end].split(mark):
        lead = len(piece) - len(piece.lstrip())
        cells.append((from_ + min(lead, len(piece)), from_ + max(len(piece.rstrip()), lead)))
        from_ += len(piece) + 1
    return cells


def _table(rows: list[list[Line]], spans: bool = True) -> Block:
    cells = tuple(Cell(r, c, start, end) for r, row in enumerate(rows) for c, (start, end) in enumerate(row))
    return Block("table", rows[0][0][0], rows[-1][-1][1], cells=cells, spans=spans)
