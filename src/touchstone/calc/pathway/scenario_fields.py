"""The fields of a scenario file: every one at every level is one of those that are read."""

from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.field import Table
from touchstone.calc.pathway.course import COURSES
from touchstone.calc.pathway.naming import a_product
from touchstone.calc.pathway.places import a_place, places

_TOP = (
    "name", "base", "source", "years", "milestones", "decisions", "discount", "demand", "load", "recycled", "outside", "power", "carbon", "benchmark",
    "retire", "adopt", "rule", "driver", "together",
)  # fmt: skip


def known_fields(top: Table) -> None:
    """Every field at every level is one of those that are read. Raises Refusal: one is not."""
    top.only(_TOP)
    for name in ("demand", "load", "recycled", "outside", "benchmark"):
        for product in top.table(name).fields() if top.has(name) else ():
            if product not in items():
                expected = a_product(product)
                raise top.table(name).wrong(product, expected.en, expected.zh, product)
    inner = {
        name: tuple(path[2] for path in COURSES if path[0] == name and len(path) == 3)
        for name in ("recycled", "outside", "power")
    }
    for name, known in inner.items():
        for each in top.table(name).tables().values() if top.has(name) else ():
            each.only((*known, "name", "places") if name == "power" else known)
            for place, stated in (
                each.table("places").tables().items() if name == "power" and each.has("places") else ()
            ):
                stated.only(known)
                if place not in places():
                    expected = a_place(place)
                    raise each.table("places").wrong(place, expected.en, expected.zh, place)
    if top.has("carbon"):
        top.table("carbon").only(("price", "power", "free"))
        free = top.table("carbon").table("free", {})
        for product in free.fields():
            if product not in items():
                expected = a_product(product)
                raise free.wrong(product, expected.en, expected.zh, product)
