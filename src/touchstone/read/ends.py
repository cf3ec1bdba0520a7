"""Heads that name an end of a range: 最低 and 最高, 低 and 高, low and high.

They say which end a column gives and nothing of what is measured; 低 over a column of prices is no fall.
"""

import re

_PATTERN = (
    r"(?P<low>最?低[价端幅]?|\b[Ll]ow(?:er|est)?(?:\s(?:end|price))?)"
    r"|(?P<high>最?高[价端幅]?|\b(?:[Hh]igh|[Uu]pper)(?:er|est)?(?:\s(?:end|price))?)"
)
_END = re.compile(_PATTERN)
_AT_THE_END = re.compile(rf"(?:{_PATTERN})$|\b(?:(?P<low_>[Ll]ow)|(?P<high_>[Hh]igh))")
_BRACKETS = re.compile(r"\s?[（(\[【][^）)\]】]*[）)\]】]")


def is_end(head: str) -> bool:
    """Whether a head names an end of a range and nothing else.

    >>> is_end("低"), is_end("最高（元/吨）"), is_end("低碳铬铁")
    (True, True, False)
    """
    return bool(_END.fullmatch(_BRACKETS.sub("", head).strip()))


def end_of(head: str) -> str | None:
    """`low` or `high`, where a head closes with the word for that end.

    >>> end_of("锑锭最低价"), end_of("高端"), end_of("均价")
    ('low', 'high', None)
    """
    found = _AT_THE_END.search(_BRACKETS.sub("", head).strip())
    return (found.lastgroup or "").rstrip("_") if found else None
