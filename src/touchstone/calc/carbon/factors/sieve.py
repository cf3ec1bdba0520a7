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
    begins, ends = days(library, factor)
    if last and last < begins:
        return Text(f"自{begins}起适用", f"it applies from {begins}")
    if first and first > ends:
        return Text(f"适用至{ends}", f"it applied until {ends}")
    for newer in library.superseding(factor.id):
        begins, ends = days(library, newer)
        takes_place = not (last and last < begins) and not (first and first > ends)
        if takes_place and is_official(library, newer) and newer.region in context.regions():
            return Text(f"已由 {newer.id} 取代", f"superseded by {newer.id}")
    return None


def days(library: Library, factor: Factor) -> tuple[date, date]:
    """First and last day on which a factor holds, and takes the place of what it supersedes; `date.min` and `date.max` where open."""
    begins = max(filter(None, (factor.valid_from, library.document(factor).in_force)), default=date.min)
    return begins, factor.valid_to or date.max


def is_official(library: Library, factor: Factor) -> bool:
    """Whether it may be taken without being asked for by name: known, verified, and of no draft."""
    known = factor.value is not None and factor.tag != "unverified"
    return known and library.document(factor).status != "draft"


def _days(context: Context) -> tuple[date | None, date | None]:
    """First and last day of the case."""
    if context.day:
        return context.day, context.day
    year = context.activity_year
    return (date(year, 1, 1), date(year, 12, 31)) if year else (None, None)
