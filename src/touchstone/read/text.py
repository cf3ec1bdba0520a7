"""Plain text and Markdown → blocks. Offsets are those of the decoded file, untouched.

Four shapes of table are found: cells between bars, between tabs or wide gaps on one line, and one cell
a line behind a tab with an empty line between rows (how Word exports a table as text; merged
cells are lost there, so such a block says `spans=False`).
"""

import re
from collections.abc import Callable, Iterator

from touchstone.facts.document import Block, Cell

_LINE = re.compile(r"[^\n]*\n?")
_PIPE_RULE = re.compile(r"[\s|:-]*$")
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
Found = tuple[Block | None, int]
"""A table and the line behind it; or none, and the first line a table of that shape may yet begin at."""
Shape = Callable[[str, list[Line], int], Found]


def text_blocks(text: str) -> Iterator[Block]:
    """Blocks of a text, in order; blank lines belong to none."""
    lines = [(m.start(), m.end() - m.group().endswith("\n")) for m in _LINE.finditer(text)]
    at, count = 0, len(lines)
    may_begin = dict.fromkeys((_stacked, _tabbed, _piped, _spaced), 0)
    while at < count:
        start, end = lines[at]
        if start == end or text[start:end].isspace() and "\t" not in text[start:end]:
            at += 1
            continue
        table, behind = _table_at(text, lines, at, may_begin)
        following = lines[at + 1] if at + 1 < count else (end, end)
        yield table or _line_block(text, start, end, following)
        at = behind


def _table_at(text: str, lines: list[Line], at: int, may_begin: dict[Shape, int]) -> Found:
    for shape, first in may_begin.items():
        if first <= at:
            table, may_begin[shape] = shape(text, lines, at)
            if table:
                return table, may_begin[shape]
    return None, at + 1


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


def _stacked(text: str, lines: list[Line], at: int) -> Found:
    """A table printed one cell a line, each behind a tab."""
    if not text.startswith("\t", lines[at][0]):
        return None, at + 1
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
        return None, max(here, at + 1)
    return _table(rows, spans=False), here


def _tabbed(text: str, lines: list[Line], at: int) -> Found:
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
    return (_table(rows), here) if len(rows) >= 2 else (None, at + 1)


def _piped(text: str, lines: list[Line], at: int) -> Found:
    """A line of cells between bars, then a ruler of hyphens (Markdown) or a line with as many bars."""
    if at + 1 >= len(lines) or "|" not in text[slice(*lines[at])]:
        return None, at + 1
    bars, below = text[slice(*lines[at])].count("|"), text[slice(*lines[at + 1])]
    ruled = "|" in below and "-" in below and bool(_PIPE_RULE.match(below))
    if not ruled and not bars == below.count("|") >= 2:
        return None, at + 1
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


def _spaced(text: str, lines: list[Line], at: int) -> Found:
    """Columns set apart by two blanks or more, as printed to text: three lines with as many cells, most of them numbers."""
    if not _has_gap(text, lines[at]):
        return None, at + 1
    rows: list[list[Line]] = []
    end = at
    while end < len(lines):
        row = [found.span() for found in _COLUMN.finditer(text, *lines[end])]
        if len(row) < 3 or rows and len(row) != len(rows[0]):
            break
        rows.append(row)
        end += 1
    # Where these rows are refused, the end of them may still be a table: the first line that has enough numbers below.
    begin, values, cells = max(end, at + 1), 0, 0
    for n in reversed(range(len(rows))):
        if len(rows) - n >= 3 and values * 2 > cells and _has_gap(text, lines[at + n]):
            begin = at + n
        values += sum(text[start] in "+-0123456789" for start, _ in rows[n][1:])
        cells += len(rows[n]) - 1
    return (_table(rows), end) if begin == at else (None, begin)


def _has_gap(text: str, line: Line) -> bool:
    return text.find("  ", *line) >= 0 or text.find("\u3000\u3000", *line) >= 0


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
