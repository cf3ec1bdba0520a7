"""What a figure is about: the noun before the verb, and the code the vocabulary has for it."""

import re
from functools import lru_cache

from touchstone.facts.vocabulary import vocabulary

_VERB = re.compile(
    r"分别|较|[同环]比|[比与]去年|相比|约|达到|高达|达|为(?!主)|增长|增加|上升|上涨|提高|提升|回升|上调|下降|下跌|减少|降低|回落|下滑|缩减|压减"
    r"|降至|升至|增至|突破|超过|逾|近(?=\d|$)|至(?=\d|\s|$)|仅|共(?!享|同|建)|有望|保持|维持|持平|预计|累计|已|将(?!乐)|到|从(?=\d|\s|$)|由(?=\d|$)|在(?=\d|\s|$)|占|完成"
    r"|\b(?:rose|rise|grew|increased|fell|declined|dropped|was|were|is|are|reached|totalled|totaled|stood|to|by|of|at)\b"
)
_OPENING = re.compile(
    r"(?:[\s，、◆▲■●“”‘’\"'（()）]+|其中|而且|而|但|同时|此外|另外|目前|截至|截止|今日|本周|今年|去年|全年|国内|全国|我国|预计|据统计|据悉|以及|和|及|与|的|中(?=[\s，的])|底|末|期间|以来|份"
    r"|\*+|it|the|in|and|while|of which)+",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"(?:[\s的“”\"'（(]|最新|主流|报价|价格|均价|最低价|最高价|低价|高价|市场|产量|方面)+$")
_JOIN = re.compile(r"、|和|及(?!其)|以及|与|\band\b")
_LONG = 26


def noun(words: str) -> str:
    """The noun phrase that opens a clause, without what introduces it and the verb.

    >>> noun("精炼铜产量较去年同期增加"), noun("其中光伏电站")
    ('精炼铜产量', '光伏电站')
    """
    begin = 0
    while begin < len(words):
        opening = _OPENING.match(words, begin) or _VERB.match(words, begin)
        if not opening or opening.end() == begin:
            break
        begin = opening.end()
    verb = _VERB.search(words, begin)
    end = verb.start() if verb else len(words)
    found = words[begin:end].strip(" 的“”\"'（(：:，")
    return found[-_LONG:] if not found.isascii() else " ".join(found.split()[-6:])


@lru_cache(maxsize=16384)
def code_of(words: str) -> str:
    """Code of the material or product the words name, or the words, tidied, where none is known."""
    mentions = vocabulary().find(words, ("product", "material"))
    if mentions:
        best = max(mentions, key=lambda m: (m.kind == "product", m.end))
        rest = _CLOSING.sub("", words[: best.start] + words[best.end :]).strip()
        if len(rest) <= 4 or best.end - best.start >= len(words) * 0.5:
            return best.code
    return _CLOSING.sub("", words).strip() or words


def split_list(words: str) -> list[str]:
    """The members of a list of nouns: 单晶片、太阳能电池和太阳能组件 → three."""
    return [piece.strip() for piece in _JOIN.split(words) if piece.strip()]
