"""What a figure is about: the noun before the verb, and the code the vocabulary has for it."""

import re
from functools import lru_cache

from touchstone.facts.vocabulary import vocabulary

_VERB = re.compile(
    r"分别|较|[同环]比|[比与]去年|相比|(?<!节)约(?!定)|达到|高达|达|为(?!主)|报(?!告|价|表|道|废)|均(?=[较为达由占在])|力争|争取|计划|涨(?!幅|停)|跌(?!幅|停)|增长|增加|上升|上涨|提高|提升|回升|上调|下降|下跌|减少|降低|回落|下滑|缩减|压减"
    r"|降至|升至|增至|突破|超过|逾|近(?=\d|$)|至(?=\d|\s|$)|仅|共(?!享|同|建)|有望|保持|维持|持平|预计|累计|已|将(?!乐)|到|从(?=\d|\s|$)|由(?=[\d\s]|$)|在(?=\d|\s|$)|占|完成"
    r"|\b(?:rose|rise|grew|increased|fell|declined|dropped|was|were|is|are|reached|totalled|totaled|stood|came|rising|falling|up|down|changed|produced|produces|cut|averaged|accounts|accounted|offered|traded|quoted|from|to|by|at|in|on|for)\b"
)
_OPENING = re.compile(
    r"(?:[\s，、◆▲■●“”‘’\"'（()）]+|[一二三四五六七八九十]{1,3}、|\d{1,2}[、．]|其中|而且|同样|而|但|同时|此外|另外|目前|截至|截止|今日|本周|今年|去年|全年|上月|本月|当月|年底|国内|全国|我国|预计|据统计|据悉|以及|和|及|与|的|中(?=[\s，的])|底|末|期间|以来|份"
    r"|\*+|\b(?:it|the|in|and|while|of which|a|an|of|on|that|which|but|or|with|as|also|about)\b)+",
    re.IGNORECASE,
)
_MEASURES = (
    "总?产量|产出|销售?量|产能|消费量|需求量|进口量?|出口量?|库存|均价|最[低高]价|[低高]价|价格|报价|价|指数|比上?|同比|环比|较|累计|当月|本月|当年|本年|增长率?|增速|增减|涨跌|[降涨增跌]幅|同期|水平|年[初末底]|上[月年周]|"
    "总量|总额|数值|占比?|低端|高端|最低|最高|output|production|prices?|index|total|cash|spot|averaged?|cumulative|combined capacity"
)
_MARKETS = "欧洲|鹿特丹|国际|国内|海外|境外|出口|内贸|外贸|现货|市场|仓库|主流|最新"
_MEASURE_ONLY = re.compile(rf"(?:[\s的（）()%:：]|{_MEASURES}|{_MARKETS})*$", re.IGNORECASE)
_CLOSING = re.compile(rf"(?:[\s的“”\"'（(]|本周|本月|每吨|方面|{_MARKETS}|{_MEASURES})+$", re.IGNORECASE)
_COMPARED = re.compile(r"[较比]\s*$")
_OF = re.compile(r"\s?of\s([a-z][a-z -]*?)(?=\s(?:in|for|during|from|at|on|by|to|was|were)\b|[^a-z -]|$)")
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
    if _COMPARED.search(words, 0, begin):
        return ""
    verb = _VERB.search(words, begin)
    end = verb.start() if verb else len(words)
    found = words[begin:end].strip(" 的“”\"'（(：:，")
    return found[-_LONG:] if not found.isascii() else " ".join(found.split()[-6:])


@lru_cache(maxsize=16384)
def code_of(words: str) -> str:
    """Code of the material or product the words name, or the words, tidied, where none is known."""
    if mentions := vocabulary().find(words, ("product", "material")):
        last = mentions[-1]
        if _MEASURE_ONLY.match(words, last.end) or (words.isascii() and last.kind == "product"):
            return last.code
    tidied = _CLOSING.sub("", words).strip()
    ends = vocabulary().find(tidied, ("product", "material"))
    if ends and ends[-1].end == len(tidied):
        return ends[-1].code
    return tidied or words


def is_measure_only(words: str) -> bool:
    """Whether words name a measure and nothing that is measured: 产量, 均价, output."""
    return bool(_MEASURE_ONLY.match(words))


@lru_cache(maxsize=16384)
def place_of(words: str) -> str | None:
    """Code of the first province, country or region the words name, or None."""
    mentions = vocabulary().find(words, ("place",))
    return mentions[0].code if mentions else None


def topic(words: str) -> str:
    """The material or product a heading speaks of, as printed; "" where it names none or several."""
    mentions = vocabulary().find(words, ("product", "material"))
    return (
        words[mentions[-1].start : mentions[-1].end]
        if len({m.code.partition(".")[0] for m in mentions}) == 1
        else ""
    )


def noun_behind(after: str) -> str:
    """1.14 million tonnes of refined copper: English names the subject behind the figure."""
    found = _OF.match(after)
    return found[1].strip() if found else ""


def split_list(words: str) -> list[str]:
    """The members of a list of nouns: 单晶片、太阳能电池和太阳能组件 → three."""
    return [piece.strip() for piece in _JOIN.split(words) if piece.strip()]
