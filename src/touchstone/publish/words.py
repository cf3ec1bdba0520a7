"""The words of the interface, in Chinese and English.

They are data (`data/text/*.toml`): each key has a `zh` and an `en`, and placeholders in
braces. A key or a placeholder that is missing is an error, never an empty place on a page.
"""

import tomllib
from functools import cache
from importlib.resources import files

from touchstone.errors import TouchstoneError

LANGUAGES = ("zh", "en")


class UnknownWord(TouchstoneError):
    """The interface asks for words that the catalogue does not have in that language."""


def word(key: str, lang: str, **values: object) -> str:
    """The words of `key` in `lang`, with the placeholders filled.

    Raises:
        UnknownWord: no such key, language or placeholder.

    >>> word("count.figures", "en", n=3)
    '3 figures'
    """
    try:
        return catalogue()[key][lang].format(**values)
    except KeyError as error:
        raise UnknownWord(f"interface words {key!r} in {lang!r}: {error} is not in data/text") from None


def counted(what: str, lang: str, n: int) -> str:
    """How many of something, in the singular where there is one.

    >>> counted("figures", "en", 1), counted("figures", "en", 2)
    ('1 figure', '2 figures')
    """
    return word(("one." if n == 1 else "count.") + what, lang, n=n)


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """All words: dotted key -> language -> text."""
    folder = files("touchstone") / "data" / "text"
    found: dict[str, dict[str, str]] = {}
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            for section, entries in tomllib.loads(file.read_text(encoding="utf-8")).items():
                found |= {f"{section}.{name}": texts for name, texts in entries.items()}
    return found
