"""What a figure measures: by the kind of its unit, then by the words around it.

The rules are data (`data/rules/reading.toml`), tried in order; each carries an example that the
tests read. Direction words give the sign of a change.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from touchstone.errors import UnknownUnit
from touchstone.facts.unit import unit
from touchstone.read.declared import declared

_CURRENCIES = {"CNY", "USD", "EUR", "GBP", "JPY", "HKD", "KRW", "RUB", "INR", "AUD", "CAD", "CLP", "ZAR"}
_KINDS = {
    frozenset({("ratio", 1)}): "percent",
    frozenset({("points", 1)}): "points",
    frozenset({("index_point", 1)}): "points",
    frozenset({("mass", 1)}): "mass",
    frozenset({("mass", 1), ("calendar", -1)}): "mass_rate",
    frozenset({("mass", 1), ("time", -1)}): "mass_rate",
    frozenset({("length", 3), ("calendar", -1)}): "mass_rate",
    frozenset({("length", 3), ("time", -1)}): "mass_rate",
    frozenset({("length", 1)}): "length",
    frozenset({("length", 2)}): "area",
    frozenset({("length", 3)}): "volume",
    frozenset({("standard_volume", 1)}): "volume",
    frozenset({("calendar", 1)}): "time",
    frozenset({("time", 1)}): "time",
    frozenset({("length", 2), ("mass", 1), ("time", -2)}): "energy",
    frozenset({("length", 2), ("mass", 1), ("time", -3)}): "power",
    frozenset({("mass", 1), ("length", -3)}): "other",
    frozenset({("co2_mass", 1)}): "emission",
    frozenset({("coal_equivalent", 1)}): "tce",
    frozenset({("dry_mass", 1)}): "mass",
    frozenset({("wet_mass", 1)}): "mass",
    frozenset({("contained_mass", 1)}): "mass",
    frozenset({("standard_mass", 1)}): "mass",
}
_SPREAD = re.compile(r"(?:降幅|跌幅|减幅)[^，。；]{0,6}(?:(?P<less>收窄|缩小|回落)|(?P<more>扩大|加深))")
_NARROWED_TO = re.compile(
    r"(?:增幅|增速|涨幅)[^，。；]{0,10}(?:收窄|回落|放缓|降|缩小)[^，。；]{0,3}[至到]\s*$"
)
"""增幅收窄至8.1%: less than before, and still growth."""
_NEAR = 16
"""Characters in front of a figure in which its verb of change stands."""
_FALL_TO = re.compile(r"(?:降幅|跌幅|减幅)[^，。；]{0,8}[至到]\s?(?:约|近)?\s*$")
"""降幅收窄至1.2%: a smaller fall, and still a fall."""
_LOSS = re.compile(r"(?:亏损|逆差|deficit of|loss of)(?:额|总额)?(?:约|为|达|近|逾)?\s*$")
_NOUN_AFTER = re.compile(
    r"\s?的?(?:(?P<down>降幅|跌幅|减幅|降价|less\b|lower\b|below\b|fewer\b|decline|decrease|fall|drop|reduction|cut\b)"
    r"|(?P<up>增幅|涨幅|增速|增长|more\b|higher\b|above\b|rise|increase))"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One reading rule of `data/rules/reading.toml`."""

    id: str
    kinds: tuple[str, ...]
    where: str
    words: re.Pattern[str]
    measure: str
    sign: int
    example: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Around:
    """The words around a figure: since the figure before, of the clause, behind it."""

    gap: str
    clause: str
    sentence: str
    after: str


@cache
def rules() -> tuple[Rule, ...]:
    """All reading rules, in the order they are tried."""
    return tuple(
        Rule(
            row["id"], tuple(row["kinds"]), row["where"], re.compile(_spelled(row["words"]), re.IGNORECASE), row["measure"],
            row.get("sign", 0), (row["example"][0], row["example"][1]),
        )
        for row in declared("reading")["rule"]
    )  # fmt: skip


@cache
def _by_kind() -> dict[str, tuple[Rule, ...]]:
    kinds = {kind for rule in rules() for kind in rule.kinds}
    return {kind: tuple(rule for rule in rules() if kind in rule.kinds) for kind in kinds}


@cache
def _bases() -> tuple[re.Pattern[str], dict[str, str]]:
    rows = declared("reading")["base"]
    joined = "|".join(f"(?P<b{i}>{row['words']})" for i, row in enumerate(rows))
    return re.compile(joined, re.IGNORECASE), {f"b{i}": row["measure"] for i, row in enumerate(rows)}


@cache
def _words(*lists: str) -> str:
    direction = declared("nouns")["direction"]
    return "|".join(words for name in lists for words in direction[name])


@cache
def _direction() -> re.Pattern[str]:
    up, down = _words("up_verbs", "up_nouns"), _words("down_verbs", "down_nouns")
    return re.compile(f"(?P<up>{up})|(?P<down>{down})", re.IGNORECASE)


def _spelled(words: str) -> str:
    """A rule's words with the lists that `@direction` and `@moved` name."""
    moved = _words("up_verbs", "down_verbs")
    return words.replace("@direction", f"{moved}|{_words('up_nouns', 'down_nouns')}|增速").replace(
        "@moved", moved
    )


@cache
def _moved() -> re.Pattern[str]:
    verbs = _words("up_verbs", "down_verbs")
    nouns = "fall|rise|increase|decrease|decline|drop|gain"
    return re.compile(rf"(?:{verbs}|(?:{nouns}) of|up|down)(?: by)?(?:了|约|近|逾)?\s?$", re.IGNORECASE)


def moved_by(gap: str) -> bool:
    """Whether a verb of change stands right before the figure: 增加了, fell by, a rise of."""
    return bool(_moved().search(gap, max(0, len(gap) - _NEAR)))


@lru_cache(maxsize=8192)
def kind_of(printed: str) -> str:
    """The kind of a printed unit: percent, points, price, money, mass, energy, count, none ...

    >>> [kind_of(u) for u in ("%", "美元/磅", "万吨", "亿千瓦时", "家", "")]
    ['percent', 'price', 'mass', 'energy', 'count', 'none']
    """
    if not printed:
        return "none"
    try:
        known = unit(printed)
    except UnknownUnit:
        return "other"
    dimension = frozenset(known.dimension)
    if known.is_count:
        return "count"
    if not dimension:
        return "money"
    if kind := _KINDS.get(dimension):
        if kind == "percent" and not printed.endswith(("%", "％", "成", "percent", "per cent", "pct")):
            return "intensity" if "/" in printed else "other"
        return kind
    money = {name: power for name, power in dimension if name in _CURRENCIES}
    if money and max(money.values()) > 0:
        return "money" if len(dimension) == 1 else "price"
    return "intensity" if any(power < 0 for _, power in dimension) and len(dimension) > 1 else "other"


def rule_for(kind: str, around: Around) -> Rule:
    """The first rule of the kind whose words are found."""
    for rule in _by_kind()[kind]:
        if not rule.words.pattern:
            return rule
        if rule.where == "around":
            if rule.words.search(around.clause) or rule.words.search(around.after):
                return rule
        elif rule.words.search(getattr(around, rule.where)):
            return rule
    raise LookupError(f"no reading rule for units of kind {kind}")


def base_measure(words: str) -> str | None:
    """The measure that the last telling word names (产量 → output), or None."""
    pattern, names = _bases()
    last = None
    for found in pattern.finditer(words):
        last = found
    return names[last.lastgroup or ""] if last else None


def sign_of(gap: str, after: str) -> int:
    """+1, -1 or 0: the direction of the nearest verb before the figure, else of the noun behind it.

    >>> sign_of("均价较上周五下跌", ""), sign_of("降幅收窄", ""), sign_of("以", "的降幅"), sign_of("为", "")
    (-1, 1, -1, 0)
    """
    if _FALL_TO.search(gap):
        return -1
    if spread := _SPREAD.search(gap):
        return 1 if spread["less"] else -1
    if _NARROWED_TO.search(gap):
        return 1
    last = None
    for found in _direction().finditer(gap):
        last = found
    if last:
        return 1 if last["up"] else -1
    noun = _NOUN_AFTER.match(after)
    return (1 if noun["up"] else -1) if noun else 0


def is_loss(gap: str) -> bool:
    """Whether an amount of money is one that was lost: 亏损1862万元."""
    return bool(_LOSS.search(gap))


def is_change(measure: str) -> bool:
    """Whether a measure is a change, whose sign means a direction."""
    return measure.rpartition(".")[2] in ("yoy", "mom", "change")
