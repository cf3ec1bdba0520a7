"""Direction: which way words point, 持续上涨 up, 下跌 down, 平稳 level."""

import re

_UP = re.compile(r"上涨|上升|走高|攀升|大涨|回升|反弹|增长|增加|提升|扩大|rise|rising|increase|climb", re.I)
_DOWN = re.compile(r"下跌|下降|走低|回落|大跌|下滑|减少|萎缩|跌(?=$|[，。])|fall|falling|decline|drop", re.I)
_LEVEL = re.compile(r"平稳|持平|不变|稳定|弱稳|stable|unchanged|steady", re.I)
_SOFT_DOWN = re.compile(r"显弱|疲弱|走弱|弱势|疲软|weak", re.I)
_SOFT_UP = re.compile(r"走强|坚挺|偏强|strong|firm", re.I)
_NOT = re.compile(
    r"需求|预计|预期|未来|有望|压力|如何|能否|会否|供应|成本|产量|产能|库存|进口|出口|销量|消费|开工|利润|加工费|"
    r"停止|止[涨跌]|乏力|抑制|遏制|收窄|结束|告终|放缓|趋缓|"
    r"\b(?:demand|supply|output|production|stocks?|imports?|exports?|costs?|will|expected|outlook)\b",
    re.I,
)


def direction(words: str) -> tuple[int, bool] | None:
    """Direction (1 up, 0 level, -1 down) and whether it is said plainly; None where words do not say.

    Words that point two ways at once say nothing.

    >>> direction("铟锭市场价格持续上涨"), direction("整体行情显弱"), direction("表现不足")
    ((1, True), (-1, False), None)
    """
    plain = {way for way, words_ in ((1, _UP), (-1, _DOWN), (0, _LEVEL)) if words_.search(words)}
    if len(plain) == 1:
        return plain.pop(), True
    soft = {way for way, words_ in ((1, _SOFT_UP), (-1, _SOFT_DOWN)) if words_.search(words)}
    return (soft.pop(), False) if not plain and len(soft) == 1 else None


def about_prices(words: str) -> bool:
    """Does the heading speak of the price or the market now: not of output, demand or outlook, nor of
    a movement that ends or is held back?"""
    return not _NOT.search(words)
