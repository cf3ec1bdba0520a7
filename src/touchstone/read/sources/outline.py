"""YAML as an outline: every value with its line, every scalar as the words that were written.

YAML would read 1980-01 as text but 1980-01-02 as a date, NO as false and 1e3 as a number; here all of them stay
words, and whoever needs a number or a date says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from touchstone.errors import UnusableDeclaration
from touchstone.read.refusal import refused

_LONGEST = 100_000
"""Characters of a declaration; a longer file is something else."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A value and the line of its key: words, a list, or entries by name."""

    value: "str | list[Entry] | dict[str, Entry]"
    line: int


def outline(text: str, name: str) -> Entry:
    """The outline of a YAML text whose top is a mapping.

    Args:
        name: of the file, for messages.

    Raises:
        UnusableDeclaration: SOURCE-001, it is not YAML, or uses what a declaration does not need (anchors,
            aliases); SOURCE-003, a key stands twice.
    """
    try:
        if len(text) > _LONGEST:
            raise yaml.YAMLError(f"more than {_LONGEST} characters")
        _plain(text)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or str(error) or type(error).__name__
        raise _unreadable(name, mark.line + 1 if mark else 1, reason) from error
    if not isinstance(node, yaml.MappingNode):
        raise _unreadable(name, 1, "no keys")
    return Entry(_mapping(node, name), 1)


def _plain(text: str) -> None:
    """An alias could stand for more than the memory holds."""
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise yaml.MarkedYAMLError(problem=f"the alias *{event.anchor}", problem_mark=event.start_mark)


def _entry(node: yaml.Node, line: int, name: str) -> Entry:
    if isinstance(node, yaml.MappingNode):
        return Entry(_mapping(node, name), line)
    if isinstance(node, yaml.SequenceNode):
        return Entry([_entry(each, each.start_mark.line + 1, name) for each in node.value], line)
    return Entry(str(node.value).strip(), line)


def _mapping(node: yaml.MappingNode, name: str) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for key, value in _pairs(node, name):
        line = key.start_mark.line + 1
        words = str(key.value).strip()
        if words in found:
            first = found[words].line
            raise refused(UnusableDeclaration, "SOURCE-003", f"{name}:{line}", key=words, first=first)
        found[words] = _entry(value, line, name)
    return found


def _pairs(node: yaml.MappingNode, name: str) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _unreadable(name, key.start_mark.line + 1, "a key that is no word")
        yield key, value


def _unreadable(name: str, line: int, reason: str) -> UnusableDeclaration:
    return refused(UnusableDeclaration, "SOURCE-001", f"{name}:{line}", reason=reason)
