"""Templates: words with gaps in braces, read backwards (`{name} ({unit})`) or filled (`{CURRENCY}/EUR`).

They say what a regular expression would, in a form that a person who keeps price files can write.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_GAP = re.compile(r"\{([^{}]+)\}")


class Unfit(ValueError):
    """Words of a declaration are not what they must be; `expected` says what that is, English and Chinese."""

    def __init__(self, english: str, chinese: str) -> None:
        self.expected = (english, chinese)
        super().__init__(english)


@dataclass(frozen=True, slots=True)
class Template:
    """Words and gaps, with the names of the gaps in order; one without gaps stands for itself."""

    text: str
    gaps: tuple[str, ...]

    def filled(self, words: Mapping[str, str]) -> str:
        """The text with its gaps filled. Raises KeyError: there are no words for a gap."""
        return _GAP.sub(lambda gap: words[gap[1]], self.text)

    def pattern(self, gaps: Mapping[str, str], default: str = ".+") -> re.Pattern[str]:
        """A pattern that matches filled words whole, with one group a gap.

        Args:
            gaps: what may fill a gap, as regex source without groups; `default` for all others.
        """
        parts = _GAP.split(self.text)
        source = "".join(
            f"(?P<{part}>{gaps.get(part, default)})" if number % 2 else re.escape(part)
            for number, part in enumerate(parts)
        )
        return re.compile(source)


def template(text: str) -> Template:
    """The template of a text. Raises Unfit: a brace without its partner, or a gap without a name or twice."""
    gaps = tuple(_GAP.findall(text))
    if set("{}") & set(_GAP.sub("", text)) or not all(map(str.strip, gaps)) or len(set(gaps)) < len(gaps):
        raise Unfit("braces in pairs, each with a name of its own", "花括号成对，各有不同的名称")
    return Template(text, gaps)
