"""Subjects: when two figures speak of the same thing.

A code of the vocabulary is compared as it is. Words are reduced to a stem, so that 硒粉
99.9%, 硒粉 and 硒 meet, while 二氧化硒, 粗硒 and 硒 stay apart.
"""

import re
import unicodedata
from functools import lru_cache

_CODE = re.compile(r"[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)*$")
_ASIDE = re.compile(r"[(（][^()（）]*[)）]|\d+(\.\d+)?%")
_SETTING = re.compile(
    r"中国|全国|我国|国内|国际|欧洲|鹿特丹|出口|市场|本周|今日|主流|规模以上|累计|产量|产能|均价|最低价|最高价|"
    r"价格|报价|年均|合计|总计|\s+"
)
_FORM = re.compile(r"(?<=.)(锭|粉|块|粒)$")
_REFINED = re.compile(r"^(精(?=[^炼矿])|金属(?=.))")
_METALS = "锂铍钠镁铝钾钙钪钛钒铬锰铁钴镍铜锌镓锗砷硒铷锶钇锆铌钼锝钌铑钯银镉铟锡锑碲铯钡镧铈镨钕钷钐铕钆铽镝钬铒铥镱镥铪钽钨铼锇铱铂金汞铊铅铋钋"
_METAL = re.compile(f"[{_METALS}]")


@lru_cache(maxsize=65536)
def stem(subject: str) -> str:
    """The heart of a subject; a vocabulary code is returned unchanged.

    >>> [stem(s) for s in ("硒粉99.9%", "硒", "精铟", "粗铟", "二氧化硒", "cu.refined")]
    ['硒', '硒', '铟', '粗铟', '二氧化硒', 'cu.refined']
    """
    if is_code(subject):
        return subject
    words = _SETTING.sub("", _ASIDE.sub("", unicodedata.normalize("NFKC", subject)))
    return _REFINED.sub("", _FORM.sub("", words)) or subject


_NO_SUBJECT = re.compile(
    r"(同比|环比|累计|合计|总计|占比|占|其中|同期中?|较上年|增长|下降|指数|up|down|fell|rose|total|output( in)?|)$",
    re.I,
)


@lru_cache(maxsize=65536)
def names_nothing(subject: str) -> bool:
    """Is this only a word between figures (同比, 累计, up), so that the subject is the one before?"""
    return bool(_NO_SUBJECT.match(subject.strip()))


@lru_cache(maxsize=65536)
def is_code(subject: str) -> bool:
    """Is this a vocabulary code (`in.ingot`) and not words?"""
    return bool(_CODE.match(subject)) and ("." in subject or len(subject) <= 3)


def same(one: str, other: str) -> bool:
    """Do two stems mean the same subject: equal, or one a code of the other's family?"""
    if one == other:
        return True
    if is_code(one) and is_code(other):
        return one.startswith(other + ".") or other.startswith(one + ".")
    return False


@lru_cache(maxsize=65536)
def element(words: str) -> str | None:
    """The one metal named in the words, as a Chinese character; None for none or several.

    >>> element("欧洲锗"), element("铅锌"), element("指数")
    ('锗', None, None)
    """
    found = set(_METAL.findall(words))
    return found.pop() if len(found) == 1 else None


_COMPOUND = re.compile(r"氧化|酸|硫化|氯化|矿|渣|合金|粗")


@lru_cache(maxsize=65536)
def metal_form(subject: str, words: str) -> str | None:
    """The metal of a subject and whether it is the metal, a compound or crude; None where unclear.

    >>> metal_form("ge", "锗"), metal_form("锗锭", ""), metal_form("二氧化锗", "")
    ('锗', '锗', '二氧化锗')
    """
    text = words if element(words) else subject
    metal = element(text)
    if metal is None:
        return None
    return stem(text) if _COMPOUND.search(text) else metal
