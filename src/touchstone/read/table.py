"""Tables → figures: each value cell with the words that head its row and its column.

A unit is taken from the cell itself, the unit row, the head (in brackets), the unit column, the
row's name or the caption, in this order. Two price columns under one head are low and high.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from touchstone.errors import UnknownUnit
from touchstone.facts.document import Block, Cell
from touchstone.facts.period import year_before
from touchstone.facts.unit import unit
from touchstone.read.compared import compared_with
from touchstone.read.dates import dates
from touchstone.read.ends import end_of, is_end
from touchstone.read.layout import cell_words, is_empty, lay_out, number_in
from touchstone.read.measure import Around, base_measure, is_change, kind_of, rule_for
from touchstone.read.printed_unit import unit_at
from touchstone.read.prose import draw
from touchstone.read.quantity import half, plain
from touchstone.read.scan import tokens
from touchstone.read.subject import is_known, is_measure_only, market_of
from touchstone.read.tablehead import BRACKETS, Columns, Row, bracketed
from touchstone.read.tablemarket import market_before
from touchstone.read.tabletime import base_in_head, period_of_cell
from touchstone.read.token import Token
from touchstone.read.walk import AMOUNTS, Drawn, Walk
from touchstone.read.when import resolve

_UNIT_SAID = re.compile(r"单位\s?[：:]?\s?([^，。；\s）)]+)|\b[Uu]nits?:\s?([^,;.)]+)")
_PRICE_WORDS = re.compile(r"价|行情|报价|[Pp]rice")
_INDEX = re.compile(r"指数|[Ii]nde(?:x|ices)")
_FUTURE_HEAD = re.compile(r"控制指标|总量指标|目标|计划|[Tt]argets?\b|[Gg]uidance")
_ESTIMATED = re.compile(r"(?:19|20)\d\d\s?年?\s?(?:[（(]?E[)）]?$|预测|预计|[Ff]orecast)")
_NEGATIVE = re.compile("[(（−↓▼-]")
_IN_BRACKETS = re.compile(r"[(（]\s?\d[\d,.]*\s?[%‰]\s?[)）]")
"""(3.2%) is below zero, as accountants write it."""
_RANGE = re.compile(r"([\d,]+(?:\.\d+)?)\s?(?:-|~|—|–|至)\s?([\d,]+(?:\.\d+)?)$")


def draw_table(block: Block, text: str, walk: Walk, caption: str) -> Iterator[tuple[Drawn, Cell]]:
    """Figures of a table with their cells.

    Args:
        block: a block of kind table.
        text: the document's normalised text.
        walk: the state before the table (reference date, usual period of prices, market of the heading above).
        caption: the words above the table (heading, 单位：...).
    """
    layout = lay_out(block, text)
    title = " ".join([caption, *(cell_words(cell, text) for cell in layout.titles)])
    for section in layout.sections:
        columns = Columns(section, title)
        done: set[tuple[int, tuple[str, ...]]] = set()
        for cells in section.rows:
            within = replace(walk, reference=walk.reference.copy(), last=None, period=None)
            yield from _row(Row(section, columns, cells, text, title, within), done)


def _row(row: Row, done: set[tuple[int, tuple[str, ...]]]) -> Iterator[tuple[Drawn, Cell]]:
    """The figures of a row; a cell merged over columns, or over rows of one name, counts once."""
    for c in sorted(row.cells):
        cell = row.cells[c]
        words = row.text[cell.start : cell.end].strip()
        here = (id(cell), tuple(row.names))
        if here in done or is_empty(words):
            continue
        done.add(here)
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
    if found := number_in(words):
        number = found["number"]
        token = Token("quantity", 0, len(words), plain(number), half=half(number), rule="T.cell")
        token.value = -token.value if _NEGATIVE.search(words, 0, found.start("number")) else token.value
        token.unit = found["percent"]
        return token
    if ranged := _RANGE.match(words):
        return Token(
            "quantity", 0, len(words), plain(ranged[1]), plain(ranged[2]), half(ranged[1]), rule="T.range"
        )
    if len(words) > 24 or not any(c.isdigit() for c in words):
        return None
    found = [token for token in tokens(words) if token.kind != "skip"]
    if len(found) == 1 and found[0].kind == "quantity" and found[0].end - found[0].start >= len(words) - 2:
        found[0].value *= -1 if _IN_BRACKETS.fullmatch(words) else 1
        return found[0]
    return None


def _cell(row: Row, c: int, token: Token) -> Drawn:
    cell, heads, names = row.cells[c], row.heads(c), row.names
    printed = row.text[cell.start : cell.end]
    lead = cell.start + len(printed) - len(printed.lstrip())
    token.start, token.end = lead + token.start, lead + token.end
    token.unit = token.unit or _unit(row, c, heads, names)
    words = " ".join([*names, *heads])
    place = _market(row, c, words)
    kind = _kind(token, row.title + words)
    if place and not token.unit and _is_price_alone(row, c, words):
        kind = "price"
    ended = kind == "price" and bool(heads) and is_end(heads[-1])
    measure = _measure(kind, " ".join([*names, *heads[:-1]]) if ended else words, row, c)
    against = compared_with(heads[-1]) if heads else None
    if against and not is_change(measure):
        measure = _change_of(measure, row, c)
    if measure == "price" and (side := _side(row, c, heads, token)):
        measure = f"price.{side}"
    period = period_of_cell(row, c, names, heads, measure.startswith("price"))
    drawn = Drawn(token, measure, token.rule, 1, _subject(row, c, ended), period)
    if _FUTURE_HEAD.search(row.title + "".join(heads[-1:])):
        drawn.status = "target"
    elif heads and _ESTIMATED.search(heads[-1]):
        drawn.status = "estimated"
    drawn.place = place if measure.startswith("price") else market_of(row.title) or market_of(words)
    if drawn.period and "/" in drawn.period and measure in ("output", "output.yoy"):
        drawn.measure = measure.replace("output", "output.cumulative")
    if is_change(measure) and measure.endswith("yoy") and drawn.period:
        drawn.base = year_before(drawn.period)
    if against:
        drawn.base = drawn.base or base_in_head(against, row.walk.reference)
    return drawn


def _market(row: Row, c: int, words: str) -> str | None:
    """The market of a price: that of its row, of the words over it, of the table, of the heading above it."""
    return (
        row.market
        or market_of(words)
        or market_before(_subject(row, c, False))
        or market_of(row.title)
        or row.walk.place
    )


def _change_of(measure: str, row: Row, c: int) -> str:
    """What a column compared with another day measures; a percentage is of what its neighbours measure."""
    if measure in ("share", "rate", "other"):
        measure = base_measure(row.columns.left_of(c)) or ""
    return f"{measure}.change".lstrip(".")


def _kind(token: Token, words: str) -> str:
    """The kind of the unit; money in a table of prices is a price whose quantity is not said."""
    kind = kind_of(token.unit)
    return "price" if kind == "money" and _PRICE_WORDS.search(words) else kind


def _is_price_alone(row: Row, c: int, words: str) -> bool:
    """Whether a number without a unit is a price: of a known product, in a table that says it is one of prices."""
    said = f"{row.title} {words}"
    return (
        bool(_PRICE_WORDS.search(said))
        and not _INDEX.search(said)
        and base_measure(words) in (None, "price")
        and is_known(_subject(row, c, False))
    )


def _unit(row: Row, c: int, heads: list[str], names: list[str]) -> str:
    if c in row.section.units:
        return _known(cell_words(row.section.units[c], row.text))
    if len(heads) > 1 and unit_at().fullmatch(heads[-1]):
        return heads[-1]
    for words in reversed(heads):
        if found := bracketed(words):
            return found
    for k, cell in row.cells.items():
        if row.is_unit_column(k):
            return _known(cell_words(cell, row.text))
    for words in reversed(names):
        if found := bracketed(words):
            return found
    said = _UNIT_SAID.search(row.title)
    return _known(said[1] or said[2]) if said else bracketed(row.title)


def _known(words: str) -> str:
    words = words.strip()
    try:
        unit(words)
    except UnknownUnit:
        return ""
    return words


def _measure(kind: str, words: str, row: Row, c: int) -> str:
    title = f"{row.title} {row.columns.together}"
    plain_words = BRACKETS.sub(lambda m: " " + m[1] + " ", words)
    rule = rule_for(kind, Around(plain_words, plain_words, title, ""))
    if rule.measure in ("mass", "volume") and rule.id != "M.volume.water":
        spoken = base_measure(title) or ("output" if "同比" in title else rule.measure)
        return spoken if spoken in AMOUNTS else rule.measure
    if not rule.measure.startswith("*"):
        return rule.measure
    base = base_measure(plain_words) or base_measure(row.columns.left_of(c))
    return f"{base}.{rule.measure[2:]}" if base else rule.measure[2:]


def _side(row: Row, c: int, heads: list[str], token: Token) -> str | None:
    """low or high: by the word in the head, or by the place of a pair under one head."""
    if token.high is not None:
        return None
    if heads and (end := end_of(heads[-1])):
        return end
    over = row.section.heads
    mine = over.get(c, [])
    pair = sorted(k for k, cells in over.items() if mine and cells and cells[-1] is mine[-1])
    if len(pair) != 2 or row.cells.get(pair[0]) is row.cells.get(pair[1]):
        return None  # only a cell that takes both columns is a single price; one beside nothing is an end
    return "low" if c == pair[0] else "high"


def _subject(row: Row, c: int, ended: bool) -> str:
    """The row's name and the column's head, less dates and units; a measure or an end alone adds nothing to a name."""
    parts: list[str] = []
    for words in [*row.subjects, *row.columns.subjects.get(c, [])]:
        if not (parts and (is_measure_only(words) or ended and is_end(words))):
            parts.append(words)
    return " ".join(dict.fromkeys(parts)) or row.title.strip()
