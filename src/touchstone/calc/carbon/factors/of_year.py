"""Which year's value, and of which place: a year or a place that has none is never replaced without a choice of the user."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from touchstone.calc.carbon.factor import Factor
from touchstone.calc.carbon.factors.context import WIDER, Context, level_of
from touchstone.calc.carbon.factors.library import Library, place_names
from touchstone.calc.carbon.factors.reference import levels
from touchstone.calc.carbon.factors.refusal import NoFactor, refusal
from touchstone.facts.text import Text

_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Case:
    """A question, and what the library knows about it.

    Attributes:
        near: everything of the kind, thing, gas and family asked for; usable: what of it may be taken, whatever its year.
        chain: where a factor may be of, the nearest first.
        where: how the question is called in messages.
    """

    library: Library
    context: Context
    near: Sequence[Factor]
    usable: Sequence[Factor]
    chain: tuple[str, ...]
    where: str

    def rank(self, each: Factor) -> tuple[int, int, int]:
        """Where a factor stands: by precedence, place and document."""
        documents = self.context.documents
        place = documents.index(each.document) if each.document in documents else 0
        return list(levels()).index(level_of(each)), self.chain.index(each.region), place

    def dated(self, each: Factor) -> bool:
        """Whether a factor is that of one data year.

        One with a stated validity holds by that, and what a guideline that names itself prints holds wherever it is applied.
        """
        own = each.document == self.context.asked_by and each.document in self.context.documents
        return each.data_year is not None and each.valid_from is None and not own

    def lacking(self, taken: Factor, year: int) -> list[Factor]:
        """What shows that a nearer place than the one taken has values, though none of this year: other years, empty rows."""
        if taken.tag == "user":
            return []
        nearer = self.chain[: self.chain.index(taken.region)]
        return [
            each
            for each in self.near
            if each.region in nearer
            and each.tag != "user"
            and self.dated(each)
            and (each in self.usable or each.data_year == year)
            and self._allowed(each)
        ]

    def _allowed(self, each: Factor) -> bool:
        documents, allowed = self.context.documents, self.context.levels
        return (not documents or each.document in documents) and (not allowed or level_of(each) in allowed)


def of_year(case: Case) -> tuple[list[Factor], Text | None]:
    """Those of the year that may be taken, and words where it is another year or a wider place than that of the activity.

    Raises:
        NoFactor: FACTOR-010, there is none of the year; FACTOR-011, the year is missing; FACTOR-018, a nearer place has values,
            though none of the year.
    """
    dated = [each for each in case.usable if case.dated(each)]
    if not dated:
        return list(case.usable), None
    timeless = [each for each in case.usable if each not in dated]
    years = sorted({each.data_year for each in dated if each.data_year is not None})
    asked = [year for year in (case.context.activity_year, *case.context.data_years) if year]
    if not asked:
        if timeless:
            return timeless, None
        raise refusal(NoFactor, "FACTOR-011", case.where, near=_list(years))
    refused: NoFactor | None = None
    for year in asked:
        found = [*timeless, *(each for each in dated if each.data_year == year)]
        if not found:
            continue
        said = None if year == asked[0] else _standing_in(case, found, year)
        lacking = case.lacking(min(found, key=case.rank), year)
        if not lacking:
            return found, said
        if wide := [each for each in found if level_of(each) in WIDER.get(case.context.wider, ())]:
            return wide, _both(said, _wider(lacking, year))
        refused = refused or _gap(case, lacking, found, year)
    if refused:
        raise refused
    return _earlier(case, dated, years, asked[0])


def _earlier(
    case: Case, dated: list[Factor], years: list[int], wanted: int
) -> tuple[list[Factor], Text | None]:
    """The latest earlier year, where the document that asks lets it stand and the user chose none."""
    asking = case.library.documents.get(case.context.asked_by)
    earlier = [year for year in years if year < wanted]
    if not (asking and asking.earlier_year and earlier and not case.context.data_years):
        raise _none_of(case, dated, years, wanted)
    taken = [each for each in dated if each.data_year == earlier[-1]]
    said = Text(
        f"{wanted}年未公布，按{asking.title.zh}（{asking.earlier_year.zh}）用{earlier[-1]}年数据",
        f"none is published for {wanted}; by {asking.title.en} ({asking.earlier_year.en}) data of {earlier[-1]}",
    )
    if not (lacking := case.lacking(min(taken, key=case.rank), earlier[-1])):
        return taken, said
    if wide := [each for each in taken if level_of(each) in WIDER.get(case.context.wider, ())]:
        return wide, _both(said, _wider(lacking, earlier[-1]))
    raise _gap(case, lacking, taken, earlier[-1])


def _none_of(case: Case, dated: list[Factor], years: list[int], wanted: int) -> NoFactor:
    """The refusal to take another year, with the years that would do: those in which the nearest place that has any has one."""
    near = sorted(years, key=lambda year: (abs(year - wanted), -year))
    found = {year: [each for each in dated if each.data_year == year] for year in near}
    lacking = {year: case.lacking(min(found[year], key=case.rank), year) for year in near}
    wide = WIDER.get(case.context.wider, ())
    fit = [year for year in near if not lacking[year] or any(level_of(each) in wide for each in found[year])]
    if not fit:
        return _gap(case, lacking[near[0]], found[near[0]], near[0])
    return refusal(NoFactor, "FACTOR-010", case.where, year=wanted, near=_list(fit[:_SHOWN]), nearest=fit[0])


def _standing_in(case: Case, found: list[Factor], year: int) -> Text:
    """Words for a year that stands in, with the wider value of the year itself that was passed over for it."""
    wanted = case.context.activity_year
    place, en = _place(min(found, key=case.rank))
    wider = [each for each in case.usable if case.dated(each) and each.data_year == wanted]
    said = Text(
        f"{place}没有{wanted}年的值，用使用者选定的{year}年数据",
        f"{en} has no value of {wanted}; data of {year}, chosen by the user",
    )
    if not wider:
        return said
    zh, words = _values(wider)
    return _both(said, Text(f"没有用{wanted}年的{zh}", f"passed over of {wanted}: {words}"))


def _wider(lacking: list[Factor], year: int) -> Text:
    place, en = _place(lacking[0])
    zh, words = _known(lacking)
    return Text(
        f"{place}没有{year}年的值（{zh}），按使用者的选择用更大范围的值",
        f"{en} has no value of {year} ({words}); the value of a wider place was chosen by the user",
    )


def _gap(case: Case, lacking: list[Factor], found: list[Factor], year: int) -> NoFactor:
    """The refusal to take a wider place, with what there is and the ways out."""
    place, en = _place(lacking[0])
    wanted = case.context.activity_year or year
    there = [each.data_year for each in lacking if each.value is not None and each.data_year]
    own = Text("", "")
    if there:
        stands = f"data_years = {{ {wanted} = {max(there)} }}"
        own = Text(f"或 {stands}（该地{max(there)}年的值），", f"or {stands} (its value of {max(there)}), ")
    return refusal(
        NoFactor, "FACTOR-018", case.where, place=Text(place, en), year=year, there=Text(*_known(lacking)),
        wider=Text(*_values(found)), wanted=wanted, own=own,
    )  # fmt: skip


def _known(lacking: Iterable[Factor]) -> tuple[str, str]:
    """What the library knows of a place: its values of other years, and that one is published and was not found."""
    rows = sorted(lacking, key=lambda each: each.data_year or 0)
    zh = [f"{each.data_year}年{_amount(each)}" for each in rows]
    en = [f"{each.data_year}: {_amount(each, 'empty')}" for each in rows]
    return "、".join(zh), ", ".join(en)


def _values(found: Iterable[Factor]) -> tuple[str, str]:
    names = [(_place(each), _amount(each)) for each in found]
    return (
        "、".join(f"{zh}{amount}" for (zh, _), amount in names),
        ", ".join(f"{en} {amount}" for (_, en), amount in names),
    )


def _amount(factor: Factor, empty: str = "空缺") -> str:
    return f"{factor.value} {factor.unit}" if factor.value is not None else empty


def _place(factor: Factor) -> tuple[str, str]:
    return place_names(factor.region) if factor.region else ("各地", "everywhere")


def _both(first: Text | None, second: Text) -> Text:
    return Text(f"{first.zh}；{second.zh}", f"{first.en}; {second.en}") if first else second


def _list(years: Iterable[int]) -> str:
    return ", ".join(map(str, years))
