"""A sentence in both languages, side by side where it is said."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence in both languages."""

    zh: str
    en: str


def capital(text: Text) -> Text:
    """The text with a capital letter where its English begins.

    >>> capital(Text("价格", "price")).en
    'Price'
    """
    return Text(text.zh, text.en[:1].upper() + text.en[1:])


def plural(count: int, noun: str) -> str:
    """A count with its English noun: `1 period`, `3 periods`.

    >>> plural(1, "period"), plural(3, "relation")
    ('1 period', '3 relations')
    """
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
