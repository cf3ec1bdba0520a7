"""Why a factor may not be taken in a case, whatever others there are: unverified, empty, not asked for, not in force."""

from datetime import date

from touchstone.calc.carbon.factor import Factor
from touchstone.calc.carbon.factors.context import Context, level_of
from touchstone.calc.carbon.factors.library import Library
from touchstone.calc.carbon.factors.reference import levels
from touchstone.facts.text import Text


def reason(library: Library, factor: Factor, context: Context) -> Text | None:
    """The first reason why a factor may not be taken; None where it may."""
    if factor.tag == "unverified":
        return Text("未经核实，不作正式值", "not verified: never taken as official")
    if factor.value is None:
        assert factor.note
        return Text(f"没有数值：{factor.note.zh}", f"no value: {factor.note.en}")
    if context.levels and level_of(factor) not in context.levels:
        name = levels()[level_of(factor)].name
        return Text(f"此处不用{name.zh}", f"a {name.en} is not allowed here")
    return _standing(library, factor, context) or _validity(library, factor, context)


def _standing(library: Library, factor: Factor, context: Context) -> Text | None:
    """Whether its document is asked for, and may stand where nobody names it."""
    document = library.document(factor)
    if context.documents:
        if factor.document not in context.documents and factor.tag != "user":
            return Text("不在指定的文件之中", "of a document that was not asked for")
        return None
    if document.status == "draft":
        return Text("文件为草案，须指明才用", "its document is a draft, taken only where it is named")
    if document.status == "superseded" and factor.data_year is None:
        return Text("文件已被代替，须指明才用", "its document is superseded, taken only where it is named")
    return None


def _validity(library: Library, factor: Factor, context: Context) -> Text | None:
    """Whether it holds on the day, or in some part of the year."""
    first, last = _days(context)
    begins = max(filter(None, (factor.valid_from, library.document(factor).in_force)), default=None)
    if last and begins and last < begins:
        return Text(f"自{begins}起适用", f"it applies from {begins}")
    if first and factor.valid_to and first > factor.valid_to:
        return Text(f"适用至{factor.valid_to}", f"it applied until {factor.valid_to}")
    for newer in library.superseding(factor.id):
        takes_place = not (last and newer.valid_from and last < newer.valid_from)
        takes_place &= not (first and newer.valid_to and first > newer.valid_to)
        known = newer.tag != "unverified" and newer.value is not None
        if known and takes_place and newer.region in context.regions():
            return Text(f"已由 {newer.id} 取代", f"superseded by {newer.id}")
    return None


def _days(context: Context) -> tuple[date | None, date | None]:
    """First and last day of the case."""
    if context.day:
        return context.day, context.day
    year = context.activity_year
    return (date(year, 1, 1), date(year, 12, 31)) if year else (None, None)
