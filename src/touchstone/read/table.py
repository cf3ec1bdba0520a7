"""Tables → figures: each value cell with the words that head its row and its column.

A unit is taken from the cell itself, the unit row, the head (in brackets), the unit column, the
row's name or the caption, in this order. Two price columns under one head are low and high.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from touchstone.errors import UnknownUnit
from touchstone.facts.document import Block, Cell
from touchstone.facts.period import frequency, year_before
from touchstone.facts.unit import unit
from touchstone.read.layout import Layout, Section, is_empty, is_number, lay_out
from touchstone.read.measure import Around, base_measure, is_change, kind_of, rule_for
from touchstone.read.prose import PLACES, draw
from touchstone.read.quantity import half, plain, unit_at
from touchstone.read.scan import tokens
from touchstone.read.subject import is_measure_only
from touchstone.read.token import Token
from touchstone.read.walk import Drawn, Walk
from touchstone.read.when import DATE, Reference, resolve

_BRACKETS = re.compile(r"[（(\[【]([^）)\]】]*)[）)\]】]")
_UNIT_SAID = re.compile(r"单位\s?[：:]\s?([^，。；\s）)]+)|\b[Uu]nits?:\s?([^,;.)]+)")
_PRICE_WORDS = re.compile(r"价|行情|报价|[Pp]rice")
_LOW, _HIGH = re.compile(r"最?低价?$|\b[Ll]ow"), re.compile(r"最?高价?$|\b[Hh]igh")
_NAMELESS = re.compile(r"日期|时间|指标|名称|指标名称|数值|本期|月份|期间|[Dd]ate|[Mm]onth|[Pp]eriod")
_CUMULATIVE = re.compile(r"累计|[Cc]umulative|[Yy]ear[- ]to[- ]date|YTD")
_UNIT_HEAD = re.compile(r"(?:计量)?单\s*位$|[Uu]nits?$")
_RANGE = re.compile(r"([\d,]+(?:\.\d+)?)\s?(?:-|~|—|–|至)\s?([\d,]+(?:\.\d+)?)$")
_PERCENT_HEAD = re.compile(r"[%％‰]\s?$|[（(±]\s?[%％]")


def draw_table(block: Block, text: str, walk: Walk, caption: str) -> Iterator[tuple[Drawn, Cell]]:
    """Figures of a table with their cells.

    Args:
        block: a block of kind table.
        text: the document's normalised text.
        walk: the state before the table (reference date, usual period of prices).
        caption: the words above the table (heading, 单位：...).
    """
    layout = lay_out(block, text)
    title = " ".join([caption, *(_words(cell, text) for cell in layout.titles)])
    for section in layout.sections:
        for row in section.rows:
            yield from _row(section, row, text, walk, title, layout)


def _words(cell: Cell, text: str) -> str:
    return text[cell.start : cell.end].strip()


def _row(
    section: Section, row: dict[int, Cell], text: str, walk: Walk, title: str, layout: Layout
) -> Iterator[tuple[Drawn, Cell]]:
    labels = {c: _words(row[c], text) for c in sorted(row) if c < section.labels}
    within = replace(walk, reference=replace(walk.reference), last=None, period=None)
    done: set[int] = set()
    for c in sorted(row):
        cell = row[c]
        words = _words(cell, text)
        if id(cell) in done or is_empty(words):
            continue
        done.add(id(cell))
        if c < section.labels and not (len(words) > 30 and any(ch.isdigit() for ch in words)):
            _note_date(words, within)
            continue
        value = _value(words)
        if value is None:
            if any(ch.isdigit() or ch in "两三四五六七八九十" for ch in words):
                yield from _sentences(cell, text, within)
            continue
        yield _cell(section, c, cell, value, labels, text, within, title), cell


def _note_date(words: str, walk: Walk) -> None:
    if found := DATE.search(words):
        walk.period = resolve(found, walk.reference) or walk.period


def _sentences(cell: Cell, text: str, walk: Walk) -> Iterator[tuple[Drawn, Cell]]:
    for drawn in draw(text[cell.start : cell.end], walk):
        drawn.token.start += cell.start
        drawn.token.end += cell.start
        yield drawn, cell


def _value(words: str) -> Token | None:
    """The one quantity a cell holds, offsets from the cell's first word; None if it holds words."""
    if is_number(words):
        bare = words.strip("()").rstrip("%％‰ ").replace("−", "-").replace("，", ",").lstrip("+")
        number = bare.lstrip("-")
        token = Token("quantity", 0, len(words), plain(number), half=half(number), rule="T.cell")
        token.value = -token.value if bare.startswith("-") else token.value
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


def _cell(
    section: Section,
    c: int,
    cell: Cell,
    token: Token,
    labels: dict[int, str],
    text: str,
    walk: Walk,
    title: str,
) -> Drawn:
    heads = list(dict.fromkeys(_words(head, text) for head in section.heads.get(c, []) if _words(head, text)))
    names = [words for k, words in labels.items() if not _is_unit_column(section, k, text)]
    lead = len(text[cell.start : cell.end]) - len(text[cell.start : cell.end].lstrip())
    token.start, token.end = cell.start + lead + token.start, cell.start + lead + token.end
    token.unit = token.unit or _unit(section, c, labels, heads, names, title, text)
    kind = kind_of(token.unit)
    words = " ".join([*names, *heads])
    priced = bool(_PRICE_WORDS.search(title + words))
    kind = "price" if kind in ("money", "none") and priced and token.unit else kind
    measure = _measure(kind, words, title)
    if measure == "price" and (side := _side(section, c, heads, token)):
        measure = f"price.{side}"
    drawn = Drawn(
        token, measure, token.rule, 1, _subject(names, heads, title), _period(names, heads, title, walk)
    )
    place = PLACES.search(title) or PLACES.search(words)
    drawn.place = f"market.{place.lastgroup}" if place else None
    if drawn.period and "/" in drawn.period and measure in ("output", "output.yoy"):
        drawn.measure = measure.replace("output", "output.cumulative")
    if is_change(measure) and measure.endswith("yoy") and drawn.period:
        drawn.base = year_before(drawn.period)
    return drawn


def _is_unit_column(section: Section, c: int, text: str) -> bool:
    return any(_UNIT_HEAD.match(_words(head, text)) for head in section.heads.get(c, []))


def _unit(
    section: Section,
    c: int,
    labels: dict[int, str],
    heads: list[str],
    names: list[str],
    title: str,
    text: str,
) -> str:
    if c in section.units:
        return _known(_words(section.units[c], text))
    for words in reversed(heads):
        if found := _bracketed(words):
            return found
    for k, words in labels.items():
        if _is_unit_column(section, k, text):
            return _known(words)
    for words in reversed(names):
        if found := _bracketed(words):
            return found
    said = _UNIT_SAID.search(title)
    return _known(said[1] or said[2]) if said else _bracketed(title)


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
        inner = re.sub(r"^[\d.]+%?(?=[^\d.%])|^(?:单位[：:])", "", inner.strip())
        if inner and (found := unit_at().fullmatch(inner)):
            return found.group().strip()
    if _PERCENT_HEAD.search(words):
        return "%"
    tail = (
        words.rpartition(",")[2].strip()
        if "," in words
        else words.rpartition("/")[2]
        if words.count("/") > 1
        else ""
    )
    return tail if tail and unit_at().fullmatch(tail) else ""


def _measure(kind: str, words: str, title: str) -> str:
    plain_words = _BRACKETS.sub(lambda m: " " + m[1] + " ", words)
    rule = rule_for(kind, Around(plain_words, plain_words, title, ""))
    if rule.id in ("M.mass", "M.volume") and re.search(r"产量|output|[Pp]roduction", title):
        return "output"
    if not rule.measure.startswith("*"):
        return rule.measure
    base = base_measure(plain_words) or base_measure(title)
    return f"{base}.{rule.measure[2:]}" if base else rule.measure[2:]


def _side(section: Section, c: int, heads: list[str], token: Token) -> str | None:
    """low or high: by the word in the head, or by the place under a head over two columns."""
    if token.high is not None:
        return None
    if heads and _LOW.search(heads[-1]):
        return "low"
    if heads and _HIGH.search(heads[-1]):
        return "high"
    mine = section.heads.get(c, [])
    top = mine[-1] if mine else None
    together = [k for k, others in section.heads.items() if others and others[-1] is top]
    return ("low" if c == min(together) else "high") if len(together) == 2 else None


def _since_january(code: str) -> str:
    """The months up to and including a month, for a column headed 累计."""
    return f"{code[:4]}-01/{code}" if frequency(code) == "M" and code[5:] != "01" else code


def _subject(names: list[str], heads: list[str], title: str) -> str:
    """The row's name and the column's head, less dates and units."""
    parts = []
    for words in [*names, *heads]:
        left = DATE.sub("", _without_unit(words)).strip(" ：:,，年份")
        if (
            left
            and not left.isdigit()
            and not _NAMELESS.fullmatch(left)
            and not (parts and is_measure_only(left))
        ):
            parts.append(left)
    return " ".join(dict.fromkeys(parts)) or title.strip()


def _without_unit(words: str) -> str:
    return _BRACKETS.sub(lambda m: "" if _bracketed(m[0]) and not m[1][:1].isdigit() else m[0], words)


def _period(names: list[str], heads: list[str], title: str, walk: Walk) -> str | None:
    """A date in the row or the head, together with a year there or in the title."""
    reference = Reference(walk.reference.day, walk.reference.year, walk.reference.fixed)
    for words in (title, *heads, *names):
        if found := re.search(r"(?:19|20)\d\d(?=\s?年|\s*$)", words):
            reference.year, reference.fixed = int(found.group()), True
    for words in [*reversed(heads), *names]:
        for found in DATE.finditer(words):
            if re.search(r"[较比]\s?$", words[: found.start()]) or found.lastgroup in ("now", "rel"):
                continue
            if code := resolve(found, reference):
                return _since_january(code) if _CUMULATIVE.search(" ".join(heads)) else code
    for found in DATE.finditer(title):
        if code := resolve(found, reference):
            return code
    return walk.usual or walk.default
