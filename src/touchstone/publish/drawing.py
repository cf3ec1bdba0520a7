"""A drawing that words itself: one value for both languages and any width, drawn alike on a page, a phone, in a PDF and in Word."""

from abc import ABC, abstractmethod

from touchstone.facts.text import Text

NO_WORDS = Text("", "")
"""Where a drawing says nothing."""


class Drawing(ABC):
    """What is drawn, with its title; subclasses are frozen dataclasses of plain numbers and texts."""

    __slots__ = ()
    title: Text

    @abstractmethod
    def svg(self, lang: str, width: int = 760) -> str:
        """The drawing, `width` pixels wide and as high as it needs; text is never smaller than 12 pixels.

        Raises:
            Unwritable: there is nothing to draw, or a value does not fit the others.
        """

    @abstractmethod
    def alt(self, lang: str) -> str:
        """The drawing in one sentence, for a reader who cannot see it."""
