"""What kind of statement a figure is: reported, estimated, or a target."""

import re

from touchstone.facts.period import span
from touchstone.read.measure import Around
from touchstone.read.walk import Drawn, Walk

_FUTURE = re.compile(
    r"预计|有望|大概率|料将|力争|目标|承诺|将达|将在|将实现|制修订|计划(?=生产|完成|实现|投资|新增)|控制指标|总量控制|整改要求|底前|[Gg]uidance|达产后|aims? to|expected|forecast|target|will\b|by 20[3-9]\d"
)
_ONCE_BUILT = re.compile(r"(?:达产|投产|全部建成|达标)后(?!.*\s{3})")
"""A date behind the words, blanked here, dates the figure after all: 2020年投产后，2022年产量10万吨."""
_PLANNED = re.compile(r"要|将|力争|制修订|建设|培育|打造|新增|达到|支持|实施|推进|will\b")
_AIM = re.compile(r"(?:计划|目标|任务|target(?: of)?)(?:为|是)?\s*$")
_PRESENT = re.compile(r"(?:由|从|from)\s*$")
_PAST = re.compile(r"已(?!成|经成)|现有|目前|截至|截止|总投资")


def is_beyond(around: Around) -> bool:
    """Whether a figure is of the time after something is built (达产后, 投产后), which no date names."""
    return bool(_ONCE_BUILT.search(around.sentence))


def set_status(drawn: Drawn, kind: str, around: Around, walk: Walk) -> None:
    """A plan, a forecast or guidance is no reported figure."""
    if kind in ("time", "none") or _PRESENT.search(around.gap):
        return
    if _AIM.search(around.gap):
        drawn.status = "target"
        return
    marks = list(_FUTURE.finditer(around.sentence))
    past = list(_PAST.finditer(around.sentence))
    said = bool(marks) and (not past or past[-1].start() < marks[-1].start())
    ahead = bool(drawn.period and walk.year and span(drawn.period)[1].year > walk.year)
    planned = bool(_PLANNED.search(around.clause))
    if kind == "money":
        drawn.status = "estimated" if said else "reported"
    elif kind == "count":
        drawn.status = (
            "target" if planned and (ahead or walk.plan or _FUTURE.search(around.clause)) else "reported"
        )
    elif said or ahead or walk.plan and not past and (planned or drawn.period in (None, walk.default)):
        drawn.status = "target"
