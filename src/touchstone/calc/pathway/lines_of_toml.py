"""Where in a TOML text a field stands, so that a message can name the line; the parser of the standard library does not tell."""

import re

_HEAD = re.compile(r"\s*(\[\[?)(.+?)\]\]?\s*(?:#.*)?")
_FIELD = re.compile(r"""\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=(.*)""")
_PART = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([\w-]+))\s*\.?""")
_WORD = re.compile(r"""\s*["']([^"']*)["']""")


def lines_of(text: str) -> dict[str, int]:
    """The line of each table and field, by its path as messages have it: rule[2], rule[cap-2030].most, demand.aluminium.liquid.

    An entry of an array is found by its number and, where it has one, by its key. A field inside an inline table is on the line of that table.
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


def line_of(lines: dict[str, int], place: str) -> int:
    """The line of a place, or of the nearest thing it stands in; 0 where nothing of it is there."""
    while place:
        if place in lines:
            return lines[place]
        place = place.rpartition(".")[0]
    return 0


def _path(written: str) -> str:
    return ".".join(next(filter(None, part.groups()), "") for part in _PART.finditer(written))
