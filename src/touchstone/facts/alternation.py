"""One regular expression out of many words: a prefix tree, longest word first.

`re` tries alternatives one by one; sharing prefixes makes a list of thousands of words as
cheap to try as a list of ten, and makes "longest wins" a property of the shape.
"""

import re
from collections.abc import Mapping
from typing import Any

_END = ""


def alternation(words: Mapping[str, str]) -> str:
    """Regex source that matches the longest of the words at a position.

    Args:
        words: word to guard; a guard is regex source that must hold just behind the word
            (`(?![A-Za-z])`), or "".

    Returns:
        A non-capturing group without capturing groups inside. A word whose guard fails
        gives way to the next shorter word.

    >>> re.findall(alternation({"硒": "", "二氧化硒": "", "硒粉": ""}), "二氧化硒和硒")
    ['二氧化硒', '硒']
    """
    tree: dict[str, Any] = {}
    for word, guard in words.items():
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[_END] = guard
    return f"(?:{_branches(tree)})"


def _branches(node: dict[str, Any]) -> str:
    """Alternatives below a node: longer words first, the word ending here last."""
    ends = [letter for letter, child in node.items() if letter != _END and child == {_END: ""}]
    branches = [
        _edge(letter, child) for letter, child in node.items() if letter != _END and letter not in ends
    ]
    if len(ends) > 1:
        branches.append("[" + "".join(map(re.escape, ends)) + "]")
    else:
        branches.extend(map(re.escape, ends))
    if _END in node:
        branches.append(node[_END])
    return "|".join(branches)


def _edge(letter: str, child: dict[str, Any]) -> str:
    """One letter and what follows it; runs without a branch are written out straight."""
    prefix = re.escape(letter)
    while len(child) == 1 and _END not in child:
        [(letter, child)] = child.items()
        prefix += re.escape(letter)
    rest = _branches(child)
    return prefix if not rest else f"{prefix}{rest}" if len(child) == 1 else f"{prefix}(?:{rest})"
