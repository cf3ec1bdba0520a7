"""TOML texts, and where in them a field or a fault stands, so that a message can name the line; the parser of the standard library does not tell."""

import re
import tomllib
from collections.abc import Callable, Mapping
from typing import Any

from touchstone.facts.text import Text

_HEAD = re.compile(r"\s*(\[\[?)(.+?)\]\]?\s*(?:#.*)?")
_FIELD = re.compile(r"""\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=(.*)""")
_PART = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([\w-]+))\s*\.?""")
_WORD = re.compile(r"""\s*["']([^"']*)["']""")


_AT = re.compile(r"\s*\(at line (\d+), column \d+\)|\s*\(at end of document\)")
_DIGITS = re.compile(r"\d{1000,}")
_DEEP = re.compile(r"(?<![\w.-])(?:[\w-]+[ \t]*\.[ \t]*){50}")
"""A key of more parts than any field has: the parser's time grows with their square."""


_QUOTED = re.compile(r""""(?:[^"\\]|\\.)*"|'[^']*'|#.*""")
_WIDE = dict(zip("“”‘’＂＇＝，：．［］｛｝（）％－　", "\"\"''\"'=,:.[]{}()%- ", strict=True))
"""Signs as a Chinese keyboard writes them, and those that TOML means."""


_NO_HINT = Text("", "")


class Unparsed(Exception):
    """A text is no TOML; `line` says where, `said` why."""

    def __init__(self, line: int, reason: str, hint: Text = _NO_HINT) -> None:
        super().__init__(reason)
        self.line = line
        self.said = Text(reason + hint.zh, reason + hint.en)


def parsed(text: str, number: Callable[[str], Any] = float) -> dict[str, Any]:
    """What a TOML text says, numbers with a point as `number` has them. Raises Unparsed: it is none, it is nested too deeply, or a number of it is too long."""
    text = text.removeprefix("\ufeff")
    if deep := _DEEP.search(text):
        raise Unparsed(text.count("\n", 0, deep.start()) + 1, "a key of too many parts")
    try:
        return tomllib.loads(text, parse_float=number)
    except tomllib.TOMLDecodeError as error:
        said = _AT.search(str(error))
        line = int(said[1]) if said and said[1] else len(text.splitlines())
        raise Unparsed(line, _AT.sub("", str(error)), _wide(text.splitlines()[line - 1 : line])) from None
    except RecursionError:
        deepest = max(enumerate(text.splitlines(), 1), key=lambda row: row[1].count("[") + row[1].count("{"))
        raise Unparsed(deepest[0], "brackets within brackets, too many of them") from None
    except ValueError:
        longest = (number for number, line in enumerate(text.splitlines(), 1) if _DIGITS.search(line))
        raise Unparsed(next(longest, 1), "a number of thousands of digits") from None


def _wide(lines: list[str]) -> Text:
    """What to write instead of full-width signs that stand in a line outside quotes; nothing where there are none."""
    found = dict.fromkeys(sign for line in lines for sign in _QUOTED.sub("", line) if sign in _WIDE)
    if not found:
        return _NO_HINT
    zh = "、".join(f"{sign}改为{_WIDE[sign]}" for sign in found)
    en = ", ".join(f"{_WIDE[sign]} for {sign}" for sign in found)
    return Text(f"；这一行有全角符号，须用半角：{zh}", f"; the line has full-width signs, write {en}")


def lines_of(text: str) -> dict[str, int]:
    """The line of each table and field, by its path as messages have it: rule[2], rule[cap-2030].most, demand.aluminium.liquid.

    An entry of an array is found by its number and, where it has one, by its key (the first of several that have the same). A field inside an
    inline table is on the line of that table.
    """
    found: dict[str, int] = {}
    counts: dict[str, int] = {}
    places: tuple[str, ...] = ("",)
    for number, line in enumerate(text.splitlines(), 1):
        if head := _HEAD.fullmatch(line):
            name = _path(head[2])
            if head[1] == "[[":
                counts[name] = counts.get(name, 0) + 1
                name = f"{name}[{counts[name]}]"
            places = (name,)
            found.setdefault(name, number)
        elif field := _FIELD.match(line):
            name = _path(field[1])
            if name == "key" and places[0].endswith("]") and (word := _WORD.match(field[2])):
                places = (places[0], f"{places[0].rpartition('[')[0]}[{word[1]}]")
                found.setdefault(places[1], found[places[0]])
            for place in places:
                found.setdefault(f"{place}.{name}" if place else name, number)
    return found


def line_of(lines: Mapping[str, int], place: str) -> int:
    """The line of a place, or of the nearest thing it stands in; 0 where nothing of it is there."""
    while place:
        if place in lines:
            return lines[place]
        place = place.rpartition(".")[0]
    return 0


def head_of(lines: Mapping[str, int], place: str) -> int:
    """The line of a place, of what it stands in, or of the first thing that stands in it; the first line where nothing of it is there."""
    inside = (number for path, number in lines.items() if path.startswith(f"{place}."))
    return line_of(lines, place) or min(inside, default=1)


def _path(written: str) -> str:
    return ".".join(next(filter(None, part.groups()), "") for part in _PART.finditer(written))
