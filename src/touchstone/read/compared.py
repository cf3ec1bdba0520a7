"""Heads that say what a column is compared with: 较1月24日, 较上周, 比上月, vs 24 Jan.

What stands under such a head is a change, whatever its neighbours are; the day in it is the one compared with,
also where it stands in a bracket behind other words for it (较节前（9月30日）).
"""

import re

from touchstone.read.dates import DATE

_CHINESE = re.compile(
    r"[较比](?P<day>.{1,14}?)(?:相比)?(?:涨跌|变[化动]|增减|升降)?[额值幅量]?(?:[（(\[](?P<named>[^）)\]]*)[）)\]])?$"
)
_ENGLISH = re.compile(
    r"(?:(?:[Cc]hange|[Cc]hg\.?)\s)?(?:[Vv]s\.?|[Vv]ersus|[Aa]gainst|[Ff]rom|[Oo]n|[Ss]ince)\s(?:the\s)?(?P<day>.{1,24}?)"
    r"(?:\s?[(\[](?P<named>[^)\]]*)[)\]])?$"
)
_RELATIVE = re.compile(
    r"上周[一二三四五末]?|上[个一]?月[末底]?|上[个一]?季度?|上一?个?交易日|[上前昨][一]?日|上期|[上去]年(?:同期|末|底)?|年初"
    r"|(?:春节|国庆|五一|元旦|假期|假|节)前"
    r"|last \w+|(?:previous|prior) \w+(?: \w+)?|(?:a|one) \w+ (?:ago|earlier)|week|day|month|year|yesterday"
)


def compared_with(head: str) -> str | None:
    """The words for the day or period a head compares with, or None where it compares with none.

    >>> compared_with("较1月24日"), compared_with("vs 24 Jan ($/lb)"), compared_with("比重（%）")
    ('1月24日', '24 Jan', None)
    >>> compared_with("较节前（9月30日）")
    '9月30日'
    """
    found = _CHINESE.match(head.strip()) or _ENGLISH.match(head.strip())
    if not found:
        return None
    if DATE.fullmatch(found["day"]):
        return found["day"]
    if not _RELATIVE.fullmatch(found["day"]):
        return None
    return found["named"] if DATE.fullmatch(found["named"] or "") else found["day"]
