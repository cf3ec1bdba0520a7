"""A sentence in both languages, side by side where it is said."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence in both languages."""

    zh: str
    en: str
