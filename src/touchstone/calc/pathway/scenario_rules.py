"""What a scenario decides and asks, from its file: retirements, technology rules, caps and targets, benchmark levels."""

from collections.abc import Callable

from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.field import Table
from touchstone.calc.pathway.case import INDICATORS
from touchstone.calc.pathway.course import course_table, measured, percent, read_course
from touchstone.calc.pathway.naming import a_product
from touchstone.calc.pathway.places import a_place, places
from touchstone.calc.pathway.refusal import refusal
from touchstone.calc.pathway.scenario import Adoption, Aim, Chosen, Level, Retirement
from touchstone.facts.text import Text

Where = Callable[[str], str]
"""The file and line of a field by its place."""
_CHOICE = ("lines", "product", "place", "enterprise", "technology")
_SHARES = ("renewable.share", "benchmark.share", "recycled.share", "technology.share")
_UNITS = {
    "emissions": "tCO2e",
    "decline": "tCO2e",
    "peak": "tCO2e",
    "intensity": "tCO2e/t",
    "energy": "tce",
    "energy.intensity": "tce/t",
    "capacity": "t/yr",
    "output": "t",
}
GASES = ("all", "direct", "power")


def retirement_of(given: Table, where: Where) -> Retirement:
    """A line that retires."""
    given.only(("line", "year"))
    return Retirement(given.word("line"), given.whole("year", -1, 1950, 2200), where(given.at("line")))


def adoption_of(given: Table, where: Where) -> Adoption:
    """A technology rule of the projection."""
    given.only(
        ("technology", "from", "until", "share", "of", *(each for each in _CHOICE if each != "technology"))
    )
    since = given.whole("from", -1, 1950, 2200)
    until = given.whole("until", since, 1950, 2200)
    if until < since:
        raise given.wrong("until", f"a year from {since} on", f"{since}年或以后的年份")
    share = percent(given, "share", 1.0, 0.0, 1.0)
    return Adoption(
        given.word("technology"), _chosen(given, "of"), share, since, until, where(given.at("technology"))
    )


def aim_of(given: Table, source: str, where: Where) -> Aim:
    """A cap or target. Raises Refusal: SCENARIO-005, it has no indicator; a field is wrong."""
    key = given.key()
    if not given.has("indicator"):
        raise refusal("SCENARIO-005", where(given.at("key")), rule=key, known=", ".join(INDICATORS))
    given.only(
        (
            "key",
            "name",
            "indicator",
            "least",
            "most",
            "until",
            "gases",
            "price",
            "source",
            "clause",
            "technologies",
            *_CHOICE,
        )
    )
    indicator = given.choice("indicator", tuple(INDICATORS))
    if given.has("least") == given.has("most"):
        raise given.wrong("most", "either least or most", "least与most二者之一", "")
    narrowed = next(
        (field for field in ("lines", "place", "enterprise", "technology") if given.has(field)), ""
    )
    if indicator == "recycled.share" and narrowed:
        raise given.wrong(
            narrowed,
            "no such field: metal from scrap is supplied to a product, not to a place or a line",
            "不写该字段：再生金属按产品供应，不属于某地或某线",
        )
    sense = "least" if given.has("least") else "most"
    unit = "" if indicator in _SHARES else _UNITS[indicator]
    course = read_course(
        course_table(given, sense, unit),
        unit,
        given.word("source", source),
        lambda field: where(given.at(f"{sense}.{field}")),
    )
    return Aim(
        key,
        given.text("name") if given.has("name") else Text(key, key),
        indicator,
        sense,
        course,
        given.whole("until", 0, 1950, 2200) if given.has("until") else None,
        _chosen(given, "technology"),
        given.choice("gases", GASES, "all"),
        given.number("price", None, 0.0, 1e9) if given.has("price") else None,
        given.words("technologies") if given.has("technologies") else (),
        given.word("source", source),
        given.word("clause", ""),
        where(given.at("key")),
    )


def level_of(given: Table, where: Where) -> Level:
    """The benchmark level of a product."""
    given.only(("electricity", "energy", "unit", "source"))
    if given.has("electricity") == given.has("energy"):
        raise given.wrong("energy", "either electricity or energy", "electricity与energy二者之一", "")
    of = "electricity" if given.has("electricity") else "energy"
    own = "MWh/t" if of == "electricity" else "tce/t"
    value = measured(given, of, given.number(of, None, 0.0, 1e6), given.word("unit"), own)
    return Level(of, value, given.word("source"), where(given.at(of)))


def _chosen(given: Table, technology: str) -> Chosen:
    lines = given.words("lines") if given.has("lines") else ()
    if given.has("place") and given.word("place") not in places():
        expected = a_place(given.word("place"))
        raise given.wrong("place", expected.en, expected.zh)
    if given.has("product") and given.word("product") not in items():
        expected = a_product(given.word("product"))
        raise given.wrong("product", expected.en, expected.zh)
    return Chosen(
        lines,
        given.word("product", ""),
        given.word("place", ""),
        given.word("enterprise", ""),
        given.word(technology, ""),
    )
