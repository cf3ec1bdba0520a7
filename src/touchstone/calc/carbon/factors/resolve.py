"""Resolving: which factor is taken for a case, why it and no other, and what was passed over.

The order of decisions: family and gas, region, verified or not, document, validity, year, and then the precedence of
`data/carbon/precedence.toml`. Nothing is guessed: a year or place that has no value, and two values of one standing, are refused.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction

from touchstone.calc.carbon.factor import Factor
from touchstone.calc.carbon.factors.context import PURPOSES, WIDER, Context, level_of
from touchstone.calc.carbon.factors.library import Library, place_names
from touchstone.calc.carbon.factors.of_year import Case, of_year
from touchstone.calc.carbon.factors.reference import families, grids, items, kinds, levels
from touchstone.calc.carbon.factors.refusal import MixedFactors, NoFactor, refusal
from touchstone.calc.carbon.factors.sieve import reason
from touchstone.facts.text import Text
from touchstone.facts.unit import unit

_SHOWN = 4
Passed = tuple[tuple[Factor, Text], ...]


@dataclass(frozen=True, slots=True)
class Resolved:
    """The factor taken for a case.

    Attributes:
        why: what it is, and the decision that led to it.
        passed_over: the others of the same kind, thing, gas, family and place, each with the reason.
    """

    factor: Factor
    why: Text
    passed_over: Passed


def resolve(library: Library, kind: str, of: str, context: Context) -> Resolved:
    """The factor of a kind for a thing in a case.

    Raises:
        NoFactor: FACTOR-006, a word of the question is not known; FACTOR-007, no family of electricity is named; FACTOR-010, there
            is none of the year; FACTOR-011, the year is missing; FACTOR-012, two values of one standing differ; FACTOR-013, none may
            be used; FACTOR-014, several gases; FACTOR-018, a nearer place has values, though none of the year.
        MixedFactors: FACTOR-008, a life-cycle factor is asked for in an inventory, or a grid factor in a footprint.
    """
    where = f"{kind} / {of}"
    _known(library, kind, of, context, where)
    near = _of_gas(_of_family(library.of(kind, of), context, where), context, where)
    chain = context.regions()
    passed: list[tuple[Factor, Text]] = []
    usable = []
    for each in (each for each in near if each.region in chain):
        if why := reason(library, each, context):
            if each.data_year in (None, context.activity_year, *context.data_years):
                passed.append((each, why))
        else:
            usable.append(each)
    case = Case(library, context, near, usable, chain, where)
    found, said = of_year(case)
    if not found:
        raise refusal(NoFactor, "FACTOR-013", where, passed=_told(passed, context))
    chosen = _first(found, passed, case)
    passed += [(each, _other(each, chosen)) for each in usable if each not in found]
    return Resolved(chosen, _why(chosen, [said, _grid_words(chosen, context)], library), tuple(passed))


def unmixed(factors: Iterable[Factor]) -> None:
    """Let pass the electricity factors of one account. Raises MixedFactors: FACTOR-009, life-cycle and grid stand side by side."""
    of = {families()[each.family].life_cycle: each for each in factors if each.family}
    if len(of) == 2:
        raise refusal(MixedFactors, "FACTOR-009", of[True].of, life=of[True].id, grid=of[False].id)


def _known(library: Library, kind: str, of: str, context: Context, where: str) -> None:
    """Every word of the question is one that there is."""
    asked = [
        (Text("种类", "kind"), kind, kinds()), (Text("事项", "thing"), of, items()),
        (Text("用途", "purpose"), context.purpose, PURPOSES),
        (Text("类别", "family"), context.family, ("", *families())),
        *((Text("文件", "document"), each, library.documents) for each in context.documents),
        *((Text("层级", "level"), each, levels()) for each in context.levels),
        (Text("更大范围", "wider"), context.wider, ("", *WIDER)),
    ]  # fmt: skip
    for part, given, among in asked:
        if given not in among:
            some = get_close_matches(given, [*among], _SHOWN, 0.4) or [each for each in among if each][:8]
            raise refusal(NoFactor, "FACTOR-006", where, part=part, found=given, choices=", ".join(some))


def _of_family(found: Sequence[Factor], context: Context, where: str) -> list[Factor]:
    """Those of the family asked for; where there are families, one has to be asked for, and the one that fits the purpose."""
    there = dict.fromkeys(each.family for each in found if each.family)
    if not there:
        return list(found)
    if not context.family:
        words = [(key, families()[key]) for key in there]
        choices = Text(
            "；".join(f"{key}（{each.name.zh}：{each.use.zh}）" for key, each in words),
            "; ".join(f"{key} ({each.use.en})" for key, each in words),
        )
        raise refusal(NoFactor, "FACTOR-007", where, choices=choices)
    footprint = context.purpose == "footprint"
    asked = families()[context.family]
    if asked.life_cycle is not footprint:
        purpose = Text("产品碳足迹", "a product footprint") if footprint else Text("排放核算", "an inventory")
        expected = ", ".join(key for key, each in families().items() if each.life_cycle is footprint)
        raise refusal(
            MixedFactors, "FACTOR-008", where, purpose=purpose, family=asked.name, expected=expected
        )
    return [each for each in found if each.family in ("", context.family)]


def _of_gas(found: Sequence[Factor], context: Context, where: str) -> list[Factor]:
    gases = dict.fromkeys(each.gas for each in found if each.gas)
    if context.gas:
        return [each for each in found if each.gas in ("", context.gas)]
    if len(gases) > 1:
        raise refusal(NoFactor, "FACTOR-014", where, gases=", ".join(gases))
    return list(found)


def _first(usable: list[Factor], passed: list[tuple[Factor, Text]], case: Case) -> Factor:
    """The first by precedence, place and document; those behind it are passed over."""
    rank = case.rank
    best = min(map(rank, usable))
    first = [each for each in usable if rank(each) == best]
    if len({_size(each) for each in first}) > 1:
        values = "; ".join(f"{each.value} {each.unit} ({each.document})" for each in first)
        cited = ", ".join(dict.fromkeys(each.document for each in first))
        raise refusal(NoFactor, "FACTOR-012", case.where, values=values, documents=cited)
    chosen = max(first, key=lambda each: str(case.library.document(each).issued or ""))
    for each in usable:
        if each is not chosen:
            passed.append((each, _behind(rank(each) == best, each, chosen)))
    return chosen


def _other(factor: Factor, chosen: Factor) -> Text:
    if factor.data_year != chosen.data_year:
        return Text(f"为{factor.data_year}年数据", f"data of {factor.data_year}")
    return Text("不在使用者选定的范围", "not of the place that was chosen by the user")


def _behind(same: bool, factor: Factor, chosen: Factor) -> Text:
    if same:
        return Text("数值相同，取其一", "the same value; one of the two is enough")
    level, before = level_of(factor), levels()[level_of(chosen)]
    if level == before.key:
        return Text(
            "所取的地区更近或文件在先", "the one taken is of a nearer place, or of a document named first"
        )
    name = levels()[level].name
    return Text(
        f"{name.zh}排在{before.name.zh}之后：{before.why.zh}",
        f"a {name.en} stands behind a {before.name.en}: {before.why.en}",
    )


def _size(factor: Factor) -> tuple[Fraction, str]:
    """The value in base units, to tell whether two documents say the same."""
    assert factor.value is not None
    return Fraction(factor.value) * unit(factor.unit).factor, factor.gas


def _grid_words(factor: Factor, context: Context) -> Text | None:
    """What has to be said where a province stands in no grid, or in one by inference."""
    if not factor.family or context.grid:
        return None
    if factor.region in grids() and grids()[factor.region].tag == "D":
        return Text(
            "所属区域据公开资料推定", "which region the province lies in is inferred from public data"
        )
    if level_of(factor) in ("national", "international") and _in_no_grid(context):
        return _NO_GRID
    return None


def _in_no_grid(context: Context) -> bool:
    """Whether it is a place of which nobody said in which grid it lies."""
    within = {place for grid in grids().values() for place in grid.places}
    return not context.grid and "-" in context.region and not within & set(context.regions())


_NO_GRID = Text(
    "该地所属电网不确定，没有用区域值，可用grid指明",
    "the grid of this place is not certain, so no regional value was taken; name it with grid",
)


def _why(factor: Factor, also: Iterable[Text | None], library: Library) -> Text:
    level, cited = levels()[level_of(factor)], library.document(factor)
    where = place_names(factor.region) if factor.region else ("", "")
    year = str(factor.data_year or "")
    zh = [f"{level.name.zh}：{level.why.zh}", where[0], f"{year}年数据" if year else "", cited.title.zh]
    en = [f"{level.name.en}: {level.why.en}", where[1], f"data of {year}" if year else "", cited.title.en]
    if factor.tag in _MARKS:
        zh, en = [*zh, _MARKS[factor.tag].zh], [*en, _MARKS[factor.tag].en]
    for each in filter(None, also):
        zh, en = [*zh, each.zh], [*en, each.en]
    return Text("；".join(filter(None, zh)), "; ".join(filter(None, en)))


_MARKS = {
    "C": Text("据公开转录，未见原文", "as transcribed in public; the original was not seen"),
    "D": Text("由公布值推算", "worked out from published values"),
    "user": Text("经审核的用户值", "a reviewed value of the user"),
}
"""What has to be said beside a value that was not found in the document itself."""


def _told(passed: Sequence[tuple[Factor, Text]], context: Context) -> Text:
    if context.family and _in_no_grid(context):
        return _NO_GRID
    if not passed:
        return Text("因子库中没有", "the library has none for this place")
    shown = passed[:_SHOWN]
    more = (
        Text(f"等{len(passed)}项", f" and {len(passed) - _SHOWN} more")
        if len(passed) > _SHOWN
        else Text("", "")
    )
    return Text(
        "；".join(f"{each.id}：{why.zh}" for each, why in shown) + more.zh,
        "; ".join(f"{each.id}: {why.en}" for each, why in shown) + more.en,
    )
