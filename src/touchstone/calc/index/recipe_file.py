"""Files of recipes: TOML to `Recipe`, or which field of which file is wrong."""

import re
import tomllib
from fractions import Fraction
from math import isfinite
from pathlib import Path
from typing import Any, get_args

from touchstone.calc.field import Table
from touchstone.calc.index.ahp import MOST, consistency
from touchstone.calc.index.recipe import (
    Adjusting,
    Band,
    Bands,
    Chain,
    Cycle,
    Decomposition,
    Form,
    Indicator,
    Kind,
    Objective,
    Preparation,
    Recipe,
    Role,
    Scaling,
    Sector,
    SeriesName,
    Split,
    Trading,
    Transform,
    Weights,
)
from touchstone.calc.index.unfit import faulty, inconsistent, not_toml
from touchstone.calc.seasonal.feasts import FEASTS
from touchstone.errors import UnreadableFile
from touchstone.facts.period import frequency, span
from touchstone.facts.vocabulary import vocabulary

_FOLDER = Path(__file__).parents[2] / "data" / "index"
_INDICATOR = (
    "key", "name", "sector", "subject", "measure", "place", "unit", "kind", "sign", "weight", "role", "external",
    "positive", "cumulative", "split", "seasonal", "festival", "dragon_boat", "mid_autumn", "search", "trading", "decomposition",
    "transform", "arima", "outliers",
)  # fmt: skip
_ARIMA = re.compile(r"\(\d \d \d\)(\(\d \d \d\))?")
_TOP = (
    "name", "subject", "source", "form", "frequency", "coverage", "decimals", "languages", "weights", "scaling", "chain", "cycle",
    "bands", "sector", "indicator", "defaults",
)  # fmt: skip


def recipes(own: Path | None = None) -> dict[str, Recipe]:
    """All recipes by key, those of a workspace's folder `own` first; a calibration kept there is none.

    A file that cannot be used is passed over, and so is the shipped recipe of its key, which is not what its author meant;
    `recipe_problems` says why.
    """
    return {key: each for key, each in _read(own).items() if isinstance(each, Recipe)}


def recipe_problems(own: Path | None = None) -> dict[str, UnreadableFile]:
    """Why files of recipes cannot be used, by key: INDEX-001 a field, INDEX-002 no TOML, INDEX-003 contradictory judgements."""
    return {key: each for key, each in _read(own).items() if isinstance(each, UnreadableFile)}


def _read(own: Path | None) -> dict[str, Recipe | UnreadableFile]:
    folders = [folder for folder in (own, _FOLDER) if folder and folder.is_dir()]
    found: dict[str, Recipe | UnreadableFile] = {}
    for path in (path for folder in folders for path in sorted(folder.glob("*.toml"))):
        if path.stem not in found and not path.stem.endswith(".calibration"):
            try:
                found[path.stem] = recipe_of(path)
            except UnreadableFile as problem:
                found[path.stem] = problem
    return found


def recipe_of(path: Path) -> Recipe:
    """The recipe of a file.

    Raises:
        UnreadableFile: INDEX-001 a field is wrong, INDEX-002 no TOML, INDEX-003 judgements contradict each other.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise not_toml(path.name, str(error)) from error
    return _built(Table({"key": path.stem}, path.name, faulty).key(), Table(given, path.name, faulty))


def _built(key: str, top: Table) -> Recipe:
    top.only(_TOP)
    sectors = tuple(_sector(each) for each in top.rows("sector"))
    top.distinct("sector", [sector.key for sector in sectors])
    defaults = top.table("defaults", {})
    indicators = tuple(
        _indicator(each.behind(defaults), {s.key for s in sectors}) for each in top.rows("indicator")
    )
    top.distinct("indicator", [indicator.key for indicator in indicators])
    if not any(indicator.weight for indicator in indicators):
        raise top.wrong("indicator.weight", "a weight above 0 of at least one", "至少一项的权重大于0", 0)
    return Recipe(
        key=key,
        name=top.text("name"),
        subject=_code(top, "subject", ("indicator",)),
        source=top.text("source"),
        form=top.choice("form", get_args(Form)),
        frequency=top.choice("frequency", ("M", "Q"), "M"),
        indicators=indicators,
        sectors=sectors,
        weights=_weights(top.table("weights"), len(sectors), top.file),
        scaling=_scaling(top.table("scaling"), top.choice("frequency", ("M", "Q"), "M")),
        chain=_chain(top.table("chain", {}), top.choice("frequency", ("M", "Q"), "M")),
        cycle=_cycle(top.table("cycle", {}), [indicator.key for indicator in indicators]),
        bands=_bands(top.table("bands")),
        coverage=top.number("coverage", 0.6, 0, 1),
        decimals=top.whole("decimals", 1, 0, 6),
        languages=tuple(top.choices("languages", ("zh", "en"), ("zh", "en"))),
    )


def _sector(given: Table) -> Sector:
    given.only(("key", "name"))
    return Sector(given.key(), given.text("name"))


def _indicator(given: Table, sectors: set[str]) -> Indicator:
    given.only(_INDICATOR)
    place = given.word("place", "")
    return Indicator(
        key=given.key(),
        name=given.text("name"),
        sector=given.choice("sector", tuple(sorted(sectors))),
        series=SeriesName(
            _code(given, "subject", ("indicator", "product", "material")),
            _code(given, "measure", ("measure",)),
            _code(given, "place", ("place", "market")) if place else None,
            given.word("unit"),
        ),
        kind=given.choice("kind", get_args(Kind), "level"),
        sign=given.choice("sign", (1, -1), 1),
        weight=given.number("weight", 1.0, 0, float("inf")),
        role=given.choice("role", (*get_args(Role), ""), ""),
        external=given.yes("external", False),
        positive=given.yes("positive", True),
        preparation=_preparation(given),
    )


def _preparation(given: Table) -> Preparation:
    spring, dragon, autumn = (_days(given, field) for field in ("festival", "dragon_boat", "mid_autumn"))
    search = tuple(given.choices("search", FEASTS, (), 0))
    if search and (spring or dragon or autumn):
        raise given.wrong("search", "no window declared beside a search", "声明了窗口就不再搜索")
    outliers = tuple(given.choices("outliers", ("ao", "ls", "tc"), ("ao", "ls", "tc"), 0))
    arima = given.word("arima", "auto")
    if arima != "auto" and not _ARIMA.fullmatch(arima):
        raise given.wrong(
            "arima", '"auto", or a model such as "(0 1 1)(0 1 1)"', '"auto"，或"(0 1 1)(0 1 1)"这样的模型'
        )
    return Preparation(
        given.yes("cumulative", False), given.choice("split", get_args(Split), "none"),
        given.choice("seasonal", get_args(Adjusting), "x13"), spring, dragon, autumn, search, given.choice("trading", get_args(Trading), "auto"),
        given.choice("decomposition", get_args(Decomposition), "x11"), given.choice("transform", get_args(Transform), "auto"),
        arima, outliers,
    )  # fmt: skip


def _days(given: Table, field: str) -> tuple[int, ...]:
    """Days before a feast and behind it; () for none."""
    days = given.numbers(field, [])
    if len(days) not in (0, 2) or any(day != int(day) or not 0 <= day <= 30 for day in days):
        raise given.wrong(field, "two whole numbers of days up to 30", "两个不超过30的整数天数")
    return tuple(int(day) for day in days)


def _code(given: Table, field: str, kinds: tuple[str, ...]) -> str:
    """A code that the vocabulary knows as one of these kinds."""
    word = given.word(field)
    if not any(vocabulary().resolve(word, kind) == word for kind in kinds):
        raise given.wrong(
            field, f"a code of the vocabulary ({', '.join(kinds)})", f"词表中的代码（{'、'.join(kinds)}）"
        )
    return word


def _weights(given: Table, sectors: int, file: str) -> Weights:
    given.only(("objective", "share", "judgements", "source"))
    judged = given.matrix("judgements", sectors, _ratio)
    if judged and (ratio := consistency(judged)) >= MOST:
        raise inconsistent(file, ratio, MOST)
    return Weights(
        given.choice("objective", get_args(Objective), "none"), given.number("share", 1.0, 0, 1), judged, given.text("source")
    )  # fmt: skip


def _ratio(word: Any) -> float:
    """A judgement: a number, or a fraction such as 1/3."""
    return float(Fraction(str(word)))


def _scaling(given: Table, every: str) -> Scaling:
    given.only(("deviation", "since", "until", "robust"))
    since, until = (_period(given, field, every) for field in ("since", "until"))
    if since >= until:
        raise given.wrong("until", f"a period after {since}", f"晚于{since}的时期")
    return Scaling(
        given.number("deviation", None, 1e-6, 1e6), since, until, given.number("robust", 3.0, 0, 100)
    )


def _period(given: Table, field: str, *every: str) -> str:
    word = given.word(field)
    try:
        span(word)
        right = frequency(word) in every
    except (ValueError, KeyError):
        right = False
    if not right:
        raise given.wrong(
            field, f"a period code of frequency {' or '.join(every)}", f"频率为{'或'.join(every)}的时期代码"
        )
    return word


def _chain(given: Table, every: str) -> Chain:
    given.only(("trend", "base"))
    base = _period(given, "base", every, "A") if given.word("base", "") else ""
    return Chain(given.number("trend", None, -50, 50) if given.has("trend") else None, base)


def _cycle(given: Table, keys: list[str]) -> Cycle:
    given.only(("longest", "shortest", "reference"))
    reference = given.choice("reference", ("", *keys), "")
    longest, shortest = given.number("longest", 120.0, 4, 1200), given.number("shortest", 12.0, 2, 1200)
    if longest <= shortest:
        raise given.wrong("longest", f"more than shortest, {shortest:g}", f"大于shortest（{shortest:g}）")
    return Cycle(longest, shortest, reference)


def _bands(given: Table) -> Bands:
    given.only(("limits", "band", "source"))
    bands = tuple(_band(each) for each in given.rows("band"))
    limits = tuple(given.numbers("limits"))
    if len(bands) not in (1, 3, 5) or len(limits) != len(bands) - 1:
        raise given.wrong(
            "limits",
            "1, 3 or 5 bands and one limit between two of them",
            "1、3或5个区间，每两个相邻区间之间一个界限",
        )
    if list(limits) != sorted(set(limits)) or not all(map(isfinite, limits)):
        raise given.wrong("limits", "limits that rise", "由小到大的界限")
    given.distinct("band", [band.key for band in bands])
    return Bands(limits, bands, given.text("source"))


def _band(given: Table) -> Band:
    given.only(("key", "name", "colour"))
    return Band(given.key(), given.text("name"), given.word("colour", ""))
