"""What looks like a figure and is none: codes, standards, names, numbering, ordinals.

Each kind is one pattern with a name, tried where a number could begin (or, for codes that
begin with a letter, where the digit stands).
"""

import re

_AT = re.compile(
    r"""
      (?P<bookmark>\d*(?<=_Toc)\d+|\d+(?=\]))
    | (?P<section>\d{1,2}(?:\.\d{1,2})*(?:、|．|\.(?=\s?[^\W\d])|[)）](?=\s?[^\W\d])))
    | (?P<plus>\d+\s?\+\s?[\dN]\w*)
    | (?P<generation>\d{1,2}G(?![A-Za-z])|\d+[DKP](?![A-Za-z\d]))
    | (?P<name>\d{3,4}\s?[强优](?!\d)|(?:Top|TOP)\s\d+)
    | (?P<telephone>\d{2,4}-\d{2,4}-\d{6,}|1[3-9]\d{9}(?!\d)|\d{3,4}-\d{7,8}(?!\d))
    | (?P<code>(?!(?:19|20)\d\d[QHW]\d)(?!\d+[ckm]?m[23](?![A-Za-z0-9]))\d+(?:[-/][A-Za-z0-9]+)*-?[A-Za-z]{1,3}\d[\w-]*)
    | (?P<lines>\d+\s?线\s?(?:~\s?\d+\s?线)?|\d+\s?号(?!召))
    | (?P<purity>(?<!率)(?<!率 )(?<!率为)99\.\d+(?=(?:%|美|[）)]|\s)))
    | (?P<assay>\d+(?:\.\d+)?\s?%\s?(?:[A-Z][a-z]?\d?){1,3}(?![A-Za-z]))
    | (?P<contract>(?:三|3)\s?个?月期|3-month)
    | (?P<alloy>\d{4}(?=\s?(?:铝合金|合金|不锈钢|系)))
    | (?P<ordinal>第\s?(?:[一二三四五六七八九十百零〇\d]+)\s?(?:届|次|批|期|章|节|条|项|号|版|本|轮|周|代|大|类|产业|阶段|阵营|部分|步|线|梯队|国|财季|世界|时间|个|天|年|五|届|座|家|层次|道|方|党|一))
    | (?P<idiom>(?:一|两|三|四|五|六|七|八|九|十|百|千|万)(?:元(?!钱)|体化|方面(?=.{0,12}(?:另|面))|定|致|般|直|旦|再|系列|些|样|起|同|边|如|度|贯|时(?!间)|带|路|律|切|揽|次性|流|手|心|线|生|批))
    | (?P<members>(?:十[四五六七八九]|二十)大(?=报告|精神|以来|提出|代表|\W|$|首|强调|做出|作出|[\s])|(?:十|10)\s?种(?:常用)?有色金属|三大攻坚|两会|三品|三废|双碳|三同时|两山|五位一体|四个(?:全面|自信|意识)|一带一路|八项规定|两个维护|三去一降)
    | (?P<plan>[一二三四五六七八九十\d]{1,2}\s?年(?:行动|规划|计划|创新|攻坚|滚动|期规划))
    | (?P<span>(?<=past\s)\w+\s(?:years|months|weeks)|(?<=last\s)\w+\s(?:years|months|weeks)|(?<=next\s)\w+\s(?:years|months|weeks))
    | (?P<past>(?<=近)[一二三四五六七八九十]{1,2}年来|(?<=近)[一二三四五六七八九十\d]{1,2}\s?[年月](?:低位|高位|新高|新低|同期|最高|最低)|(?:(?<=过去)|(?<=未来)|(?<=今后)|(?<=最近)|(?<=最近的))[一二两三四五六七八九十\d]+\s?(?:个月|年|周|天)(?:内|来|间|里)?)
    """,
    re.VERBOSE,
)
_LETTER_CODE = re.compile(r"[\w.+/-]*")
_CURRENCY = ("RMB", "USD", "CNY", "EUR", "GBP")
_TITLE = re.compile(
    r"《[^》\n]{1,90}》|\[bookmark: \w+\]|https?://[!-~]+|www\.[!-~]+|(?<![A-Za-z])(?:GBZ?|YSB?|YB|HJ|HG|DB\d*|QB|JB|SH|DL|NB|AQ|JJ[FG]|ISO|IEC|ASTM|EN|T/[A-Z]+)(?:/[TZ])?\s?[A-Z]?\d+(?:\.\d+)?(?:[-—:]\d{2,4})?"
)
_ARTICLE_BEFORE = re.compile(r"(?:为|共|仅|占|各|只有|满|第|同|即|约|近|不到|超|逾|[家个项座]、)$")
_COUNT_BEHIND = re.compile(r"一[套座台条家个项辆艘栋处][，。；、）)]")
"""蒸馏装置一套: behind its noun, even one is counted."""
_ARTICLE = re.compile(r"一(?:\s?[^\W\d])")


def skip(text: str, at: int) -> int:
    """End of the thing at `at` that is no figure, or 0 where a figure may stand.

    >>> skip("GB25466-2010", 2), skip("5G网络", 0), skip("500强企业", 0), skip("500家", 0)
    (12, 2, 4, 0)
    """
    c = text[at]
    if c.isascii() and c.isdigit() and at:
        before = text[at - 1]
        if before.isascii() and before.isalpha() or before == "_":
            head = re.search(r"[A-Za-z]+$", text[max(0, at - 8) : at])
            if not (head and head.group() in _CURRENCY):
                return _letter_code_end(text, at)
        if before in ".-" and at > 1 and text[at - 2].isascii() and text[at - 2].isalpha():
            return _letter_code_end(text, at)
    if found := _AT.match(text, at):
        return 0 if found.lastgroup == "section" and not _opens_line(text, at) else found.end()
    if c == "一" and _ARTICLE.match(text, at) and not _ARTICLE_BEFORE.search(text, max(0, at - 3), at):
        if _COUNT_BEHIND.match(text, at):
            return 0
        return (
            0 if text[at + 1] in "十百千万亿二三两到至席成季月" or text[at + 1 : at + 2].isspace() else at + 1
        )
    return 0


def _letter_code_end(text: str, at: int) -> int:
    found = _LETTER_CODE.match(text, at)
    end = found.end() if found else at + 1
    run = re.match(r"[A-Za-z0-9.+/_-]*", text[at:end])
    return at + max(1, len(run.group()) if run else 1)


def _opens_line(text: str, at: int) -> bool:
    lead = text[text.rfind("\n", 0, at) + 1 : at]
    return not lead.strip(" \t") or lead.strip().endswith("]")


def titles(text: str) -> list[tuple[int, int]]:
    """Spans in which nothing is a figure: titles in 《》, bookmarks, addresses, standards."""
    return [found.span() for found in _TITLE.finditer(text)]
