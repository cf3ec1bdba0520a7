"""Scope: whose figure it is, the country's, a province's, that of a circle of enterprises.

A sentence names its scope once: 全国产量50.5万吨；1—3月累计160.9万吨. What names none has that of the figure of
its subject and measure before it; what has none then is the home country's, as is what says so.
"""

import re
from dataclasses import replace

from touchstone.audit.figure import Figure, root

_HOME = "CN"
_CIRCLE = re.compile(
    r"(?:重点|骨干|主要|样本|会员|联系|监测|调研)[\u4e00-\u9fff]{0,4}?(?:企业|单位|冶炼厂|矿山)|本?协会(?!数据|统计|公布|发布|称|：)|"
    r"\b(?:key|member|sampled?|surveyed|major)\s+(?:enterprises|companies|producers|smelters|members)\b",
    re.I,
)
_MADE = re.compile(r"矿山?(?=产)|冶炼(?=产|[铜铝铅锌镍锡金银])|自产|外购|权益")
"""矿产铜 and 冶炼产铜 are both copper, and two outputs."""
_EVERYONE = re.compile(r"全国|我国|中国|全行业|国内|national|China", re.I)


def scoped(figure: Figure, last: Figure | None, words: str) -> Figure:
    """The figure with its place and its circle of enterprises.

    Args:
        figure: as read.
        last: the figure before it in its sentence, scoped; None for the first.
        words: from there, or from the start of the sentence, up to the figure.
    """
    place, circle = _place(figure, last), _circle(figure, last, words)
    if (place, circle) == (figure.place, figure.circle):
        return figure
    return replace(figure, place=place, circle=circle)


def _place(figure: Figure, last: Figure | None) -> str | None:
    place = figure.fact.place
    if place is None and last and _goes_on(figure, last) and not (last.place or "").startswith("market"):
        return last.place
    return None if place == _HOME else place


def _circle(figure: Figure, last: Figure | None, words: str) -> str:
    if found := _CIRCLE.search(words) or _MADE.search(figure.fact.subject_words):
        return found[0].lower()
    return last.circle if last and _goes_on(figure, last) and not _EVERYONE.search(words) else ""


def _goes_on(figure: Figure, last: Figure) -> bool:
    """Does the sentence still speak of the same thing?"""
    return figure.stem == last.stem and root(figure.fact.measure) == root(last.fact.measure)
