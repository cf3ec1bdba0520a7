"""Tables → figures: each value cell with the words that head its row and its column.

A unit is taken from the cell itself, the unit row, the head (in brackets), the unit column, the
row's name or the caption, in this order. Two price columns under one head are low and high.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from touchstone.errors import UnknownUnit
from touchstone.facts.document import Block, Cell
from touchstone.facts.period import year_before
from touchstone.facts.unit import unit
from touchstone.read.layout import Section, cell_words, is_empty, is_number, lay_out
from touchstone.read.measure import Around, base_measure, is_change, kind_of, rule_for
from touchstone.read.prose import draw
from touchstone.read.quantity import half, plain, unit_at
from touchstone.read.scan import tokens
from touchstone.read.subject import is_measure_only, market_of
from touchstone.read.token import Token
from touchstone.read.walk import AMOUNTS, Drawn, Walk, since_january
from touchstone.read.when import Reference, dates, resolve, without_dates

_BRACKETS = re.compile(r"[（(\[【]([^）)\]】]*)[）)\]】]")
_UNIT_SAID = re.compile(r"单位\s?[：:]?\s?([^，。；\s）)]+)|\b[Uu]nits?:\s?([^,;.)]+)")
_PRICE_WORDS = re.compile(r"价|行情|报价|[Pp]rice")
_LOW, _HIGH = re.compile(r"最?低价?$|\b[Ll]ow"), re.compile(r"最?高价?$|\b[Hh]igh")
_FUTURE_HEAD = re.compile(r"控制指标|总量指标|目标|计划|[Tt]argets?\b|[Gg]uidance")
_ESTIMATED = re.compile(r"(?:19|20)\d\d\s?年?\s?(?:[（(]?E[)）]?$|预测|预计|[Ff]orecast)")
_TERM = re.compile(r"(?P<last>上年同?期|去年同?期|上期|期初|上年)|本期|本年|当期|报告期|期末")
_PRINTED_YEAR = re.compile(r"(?:19|20)\d\d(?=\s?年|\s*$)")
_COMPARED = re.compile(r"[较比]\s?$")
_NAMELESS = re.compile(r"日期|时间|指标|名称|指标名称|数值|本期|月份|期间|[Dd]ate|[Mm]onth|[Pp]eriod|E")
_CUMULATIVE = re.compile(r"累计|[Cc]umulative|[Yy]ear[- ]to[- ]date|YTD")
_RANGE = re.compile(r"([\d,]+(?:\.\d+)?)\s?(?:-|~|—|–|至)\s?([\d,]+(?:\.\d+)?)$")
_PERCENT_HEAD = re.compile(r"(?<![\d.])[%％‰]\s?$|[（(±]\s?[%％]")


class _Columns:
    """The heads of a section's columns, worked out once for all its rows."""

    def __init__(self, section: Section, title: str) -> None:
        heads = section.head_words
        self.words = heads
        self.together = " ".join(words for of_column in heads.values() for words in of_column)
        """The words of every head, for a column that leaves the measure to its neighbour."""
        self.subjects = {c: _subjects(words) for c, words in heads.items()}
        self._title = title

    def left_of(self, c: int) -> str:
        """The title and the heads to the left of a column, for a change of what its neighbour measures."""
        heads = (words for k, of_column in sorted(self.words.items()) if k < c for words in of_column)
        return " ".join([self._title, *heads])


@dataclass(slots=True)
class _Row:
    """One row of values with what gives them meaning: its section, its names, the title."""

    section: Section
    columns: _Columns
    cells: dict[int, Cell]
    text: str
    title: str
    walk: Walk
    names: list[str] = field(init=False)
    """The words of the label columns, without the unit column."""
    subjects: list[str] = field(init=False)

    def __post_init__(self) -> None:
        labels = sorted(
            c for c in self.cells if c < self.section.labels and c not in self.section.unit_columns
        )
        self.names = [cell_words(self.cells[c], self.text) for c in labels]
        self.subjects = _subjects(self.names)

    def heads(self, c: int) -> list[str]:
        """The words over a column, top to bottom."""
        return self.columns.words.get(c, [])

    def is_unit_column(self, c: int) -> bool:
        return c in self.section.unit_columns


def draw_table(block: Block, text: str, walk: Walk, caption: str) -> Iterator[tuple[Drawn, Cell]]:
    """Figures of a table with their cells.

    Args:
        block: a block of kind table.
        text: the document's normalised text.
        walk: the state before the table (reference date, usual period of prices).
        caption: the words above the table (heading, 单位：...).
    """
    layout = lay_out(block, text)
    title = " ".join([caption, *(cell_words(cell, text) for cell in layout.titles)])
    for section in layout.sections:
        columns = _Columns(section, title)
        for cells in section.rows:
            within = replace(walk, reference=walk.reference.copy(), last=None, period=None)
            yield from _row(_Row(section, columns, cells, text, title, within))


def _row(row: _Row) -> Iterator[tuple[Drawn, Cell]]:
    done: set[int] = set()
    for c in sorted(row.cells):
        cell = row.cells[c]
        words = row.text[cell.start : cell.end].strip()
        if id(cell) in done or is_empty(words):
            continue
        done.add(id(cell))
        if row.is_unit_column(c):
            continue
        if c < row.section.labels and not (len(words) > 30 and any(ch.isdigit() for ch in words)):
            _note_date(words, row.walk)
        elif value := _value(words):
            yield _cell(row, c, value), cell
        elif any(ch.isdigit() or ch in "两三四五六七八九十" for ch in words):
            yield from _sentences(cell, row.text, row.walk)


def _note_date(words: str, walk: Walk) -> None:
    if found := next(dates(words), None):
        walk.period = resolve(found, walk.reference) or walk.period


def _sentences(cell: Cell, text: str, walk: Walk) -> Iterator[tuple[Drawn, Cell]]:
    for drawn in draw(text[cell.start : cell.end], walk):
        drawn.token.start += cell.start
        drawn.token.end += cell.start
        yield drawn, cell


def _value(words: str) -> Token | None:
    """The one quantity a cell holds, offsets from the cell's first word; None if it holds words."""
    if is_number(words):
        negative = words[0] in "(-−↓▼"
        bare = words.strip("()↑↓▲▼ ").rstrip("%％‰ ").replace("−", "-").replace("，", ",").lstrip("+")
        number = bare.lstrip("-")
        token = Token("quantity", 0, len(words), plain(number), half=half(number), rule="T.cell")
        token.value = -token.value if negative else token.value
        token.unit = "%" if words[-1] in "%％" else ""
        return token
    if ranged := _RANGE.match(words):
        return Token(
            "quantity", 0, len(words), plain(ranged[1]), plain(ranged[2]), half(ranged[1]), rule="T.range"
        )
    if len(words) > 24 or not any(c.isdigit() for c in words):
        return None
    found = [token for token in tokens(words) if token.kind != "skip"]
    if len(found) == 1 and found[0].kind == "quantity" and found[0].end - found[0].start >= len(words) - 2:
        return found[0]
    return None


def _cell(row: _Row, c: int, token: Token) -> Drawn:
    cell, heads, names = row.cells[c], row.heads(c), row.names
    printed = row.text[cell.start : cell.end]
    lead = cell.start + len(printed) - len(printed.lstrip())
    token.start, token.end = lead + token.start, lead + token.end
    token.unit = token.unit or _unit(row, c, heads, names)
    words = " ".join([*names, *heads])
    measure = _measure(_kind(token, row.title + words), words, row, c)
    if measure == "price" and (side := _side(row, c, heads, token)):
        measure = f"price.{side}"
    period = _period(row, c, names, heads, measure.startswith("price"))
    drawn = Drawn(token, measure, token.rule, 1, _subject(row, c), period)
    if _FUTURE_HEAD.search(row.title + "".join(heads[-1:])):
        drawn.status = "target"
    elif heads and _ESTIMATED.search(heads[-1]):
        drawn.status = "estimated"
    drawn.place = market_of(row.title) or market_of(words)
    if drawn.period and "/" in drawn.period and measure in ("output", "output.yoy"):
        drawn.measure = measure.replace("output", "output.cumulative")
    if is_change(measure) and measure.endswith("yoy") and drawn.period:
        drawn.base = year_before(drawn.period)
    return drawn


def _kind(token: Token, words: str) -> str:
    """The kind of the unit; money in a table of prices is a price whose quantity is not said."""
    kind = kind_of(token.unit)
    return "price" if kind == "money" and _PRICE_WORDS.search(words) else kind


def _unit(row: _Row, c: int, heads: list[str], names: list[str]) -> str:
    if c in row.section.units:
        return _known(cell_words(row.section.units[c], row.text))
    if len(heads) > 1 and unit_at().fullmatch(heads[-1]):
        return heads[-1]
    for words in reversed(heads):
        if found := _bracketed(words):
            return found
    for k, cell in row.cells.items():
        if row.is_unit_column(k):
            return _known(cell_words(cell, row.text))
    for words in reversed(names):
        if found := _bracketed(words):
            return found
    said = _UNIT_SAID.search(row.title)
    return _known(said[1] or said[2]) if said else _bracketed(row.title)


def _known(words: str) -> str:
    words = words.strip()
    try:
        unit(words)
    except UnknownUnit:
        return ""
    return words


def _bracketed(words: str) -> str:
    """The unit a head names in brackets, behind a grade where there is one: （99.95美元/磅）."""
    for inner in reversed(_BRACKETS.findall(words)):
        for piece in re.split(r"[，,、；;]", inner):
            piece = re.sub(r"^[\d.]+%?(?=[^\d.%])|^(?:单位[：:])", "", piece.strip())
            if piece and (found := unit_at().fullmatch(piece)):
                return found.group().strip()
    if _PERCENT_HEAD.search(words):
        return "%"
    tail = (
        words.rpartition(",")[2].strip()
        if "," in words
        else words.rpartition("/")[2]
        if words.count("/") > 1
        else words.rpartition(" ")[2]
        if "/" in words.rpartition(" ")[2]
        else ""
    )
    return tail if tail and unit_at().fullmatch(tail) else ""


def _measure(kind: str, words: str, row: _Row, c: int) -> str:
    title = f"{row.title} {row.columns.together}"
    plain_words = _BRACKETS.sub(lambda m: " " + m[1] + " ", words)
    rule = rule_for(kind, Around(plain_words, plain_words, title, ""))
    if rule.measure in ("mass", "volume") and rule.id != "M.volume.water":
        spoken = base_measure(title) or ("output" if "同比" in title else rule.measure)
        return spoken if spoken in AMOUNTS else rule.measure
    if not rule.measure.startswith("*"):
        return rule.measure
    base = base_measure(plain_words) or base_measure(row.columns.left_of(c))
    return f"{base}.{rule.measure[2:]}" if base else rule.measure[2:]


def _side(row: _Row, c: int, heads: list[str], token: Token) -> str | None:
    """low or high: by the word in the head, or by the place of a pair under one head."""
    if token.high is not None:
        return None
    if heads and _LOW.search(heads[-1]):
        return "low"
    if heads and _HIGH.search(heads[-1]):
        return "high"
    over = row.section.heads
    mine = over.get(c, [])
    under = [
        cell
        for k, cell in sorted(row.cells.items())
        if cell.column == k and mine and over.get(k, [None])[-1] is mine[-1]
    ]
    pair = list(dict.fromkeys(id(cell) for cell in under))
    return ("low", "high")[pair.index(id(row.cells[c]))] if len(pair) == 2 else None


def _subject(row: _Row, c: int) -> str:
    """The row's name and the column's head, less dates and units; a measure alone adds nothing to a name."""
    parts: list[str] = []
    for words in [*row.subjects, *row.columns.subjects.get(c, [])]:
        if not (parts and is_measure_only(words)):
            parts.append(words)
    return " ".join(dict.fromkeys(parts)) or row.title.strip()


def _subjects(names: list[str]) -> list[str]:
    """What is left of names and heads without dates, units and words that name nothing (日期, 数值)."""
    left = (without_dates(_without_unit(words)).strip(" ：:,，年份") for words in names)
    return [
        words
        for words in left
        if words and not (unit_at().fullmatch(words) or words.isdigit() or _NAMELESS.fullmatch(words))
    ]


def _without_unit(words: str) -> str:
    return _BRACKETS.sub(lambda m: "" if _bracketed(m[0]) and not m[1][:1].isdigit() else m[0], words)


def _beside(row: _Row, c: int, heads: list[str], reference: Reference) -> str | None:
    """For a column of changes beside columns of periods.

    The period of the column to the left where that names what it measures (1-8月累计), else the
    latest one (2023年, 2022年, 同比).
    """
    if not heads or not is_measure_only(_BRACKETS.sub("", heads[-1])):
        return None
    codes: list[str] = []
    for k in sorted(row.section.heads, key=lambda k: (k > c, -k)):
        for words in row.heads(k):
            for found in dates(words):
                code = None if found.lastgroup in ("now", "rel") else resolve(found, reference.copy())
                if code and k < c and (base_measure(words) or _CUMULATIVE.search(words)):
                    return since_january(code) if _CUMULATIVE.search(words) else code
                codes += [code] if code else []
    return max(codes, default=None)


def _period(row: _Row, c: int, names: list[str], heads: list[str], priced: bool) -> str | None:
    """A date in the head or the row's name, together with a year there or in the title."""
    reference = row.walk.reference.copy()
    for words in (row.title, *heads, *names):
        if found := _PRINTED_YEAR.search(words):
            reference.year, reference.fixed = int(found.group()), True
    if row.walk.default and heads and (term := _TERM.search(heads[-1])):
        return year_before(row.walk.default) if term["last"] else row.walk.default
    for words in [*reversed(heads), *names]:
        for found in dates(words):
            if _COMPARED.search(words, 0, found.start()) or found.lastgroup in ("now", "rel"):
                continue
            if code := resolve(found, reference):
                return since_january(code) if _CUMULATIVE.search(" ".join(heads)) else code
    if behind := _beside(row, c, heads, reference):
        return behind
    for found in dates(row.title):
        if code := resolve(found, reference):
            return code
    return row.walk.default or (row.walk.usual if priced else None)
