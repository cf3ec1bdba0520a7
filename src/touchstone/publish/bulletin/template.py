"""Templates of sentences: chosen by declared conditions, filled with what the formatter wrote."""

import tomllib
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from touchstone.errors import TouchstoneError
from touchstone.facts.text import Text

_FOLDER = Path(__file__).parents[2] / "data" / "bulletins"


class NoTemplate(TouchstoneError):
    """No template fits what is to be said, or one asks for words that are not there."""


@dataclass(frozen=True, slots=True)
class Template:
    """A piece of a sentence.

    Attributes:
        id: its name in the file.
        when: the conditions under which it fits.
        says: the figures it says, in order.
        text: words with places in braces.
    """

    id: str
    when: frozenset[str]
    says: tuple[str, ...]
    text: Text

    def filled(self, values: Mapping[str, Text]) -> Text:
        """The words with every place filled.

        Raises:
            NoTemplate: a value is missing.
        """
        try:
            return Text(
                self.text.zh.format(**{key: value.zh for key, value in values.items()}),
                self.text.en.format(**{key: value.en for key, value in values.items()}),
            )
        except KeyError as error:
            raise NoTemplate(f"template {self.id}: nothing is known of {error}") from None


@cache
def templates(name: str, kind: str) -> tuple[Template, ...]:
    """The templates of one kind in a file of data/bulletins, in order."""
    return tuple(
        Template(row["id"], frozenset(row["when"]), tuple(row["says"]), Text(row["zh"], row["en"]))
        for row in _file(name)[kind]
    )


def fitting(name: str, kind: str, conditions: Set[str]) -> Template:
    """The first template of a kind whose conditions all hold.

    Raises:
        NoTemplate: none fits.
    """
    for template in templates(name, kind):
        if template.when <= conditions:
            return template
    raise NoTemplate(f"{name}.toml has no {kind} for {', '.join(sorted(conditions))}")


@cache
def said(name: str, word: str) -> Text:
    """A word of the table [words] of a file."""
    return Text(**_file(name)["words"][word])


@cache
def _file(name: str) -> dict:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
