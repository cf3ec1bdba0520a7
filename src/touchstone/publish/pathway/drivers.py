"""Drivers in words: what may turn out otherwise, where, by which distribution and how far."""

from collections.abc import Iterator, Mapping
from typing import Any

from touchstone.facts.text import Text
from touchstone.publish.drawing import NO_WORDS
from touchstone.publish.pathway.pen import figure
from touchstone.publish.pathway.shown import place_name, product_name
from touchstone.publish.pathway.target import both
from touchstone.publish.words import LANGUAGES, word


def driver_name(row: Mapping[str, Any]) -> Text:
    """What a driver is called; what it moves, where nobody named it."""
    return Text(**row["name"]) if row.get("name") else _of(row)


def driver_said(row: Mapping[str, Any]) -> Text:
    """A driver as it was declared (`Scenario.drivers`), in words."""
    kind = "years" if row.get("of") == "delay" else row.get("kind", "level")
    law = _law(row)
    for field in ("since", "alike"):
        if row.get(field) not in (None, ""):
            law = _joined(
                law, both(f"pathway_driver.{field}", **{"year" if field == "since" else field: row[field]})
            )
    return both("pathway_driver.said", of=_of(row), kind=both(f"pathway_driver.{kind}"), law=law)


def _of(row: Mapping[str, Any]) -> Text:
    of = both(f"pathway_driver.{str(row['of']).replace('.', '_')}")
    where = list(_narrowed(row))
    return both("pathway_driver.narrowed", of=of, where=_listed(where)) if where else of


def _narrowed(row: Mapping[str, Any]) -> Iterator[Text]:
    if row.get("product"):
        yield product_name(row["product"])
    if row.get("place"):
        yield place_name(row["place"])
    for key in (row.get("contract"), row.get("technology"), *row.get("lines", ())):
        if key:
            yield Text(key, key)


def _law(row: Mapping[str, Any]) -> Text:
    if row.get("history"):
        years = sorted(year for year in row["history"] if str(year).isdigit())
        return both("pathway_driver.history", first=years[0], last=years[-1])
    name = row.get("distribution", "")
    if row.get("range"):
        low, high = map(_value, row["range"])
        return both("pathway_driver.ranged", law=both(f"pathway_driver.law_{name}"), low=low, high=high)
    if name == "discrete":
        weights = [float(str(each).rstrip("%％ ")) for each in row["weights"]]
        pairs = zip(row["values"], weights, strict=True)
        each = [
            both("pathway_driver.weighed", value=_value(v), weight=_part(w / sum(weights))) for v, w in pairs
        ]
        return both("pathway_driver.discrete", each=_listed(each))
    fields = {"triangular": ("low", "mode", "high"), "uniform": ("low", "high")}.get(name, ("spread",))
    said = both(f"pathway_driver.{name}", **{field: _value(row.get(field, "—")) for field in fields})
    return _joined(
        said, both("pathway_driver.mean", mean=_value(row["mean"])) if row.get("mean") else NO_WORDS
    )


def _value(said: object) -> str:
    return str(said).replace(" %", "%")


def _part(value: float) -> Text:
    return Text(*(figure(100 * value, lang, 3) + "%" for lang in LANGUAGES))


def _joined(first: Text, behind: Text) -> Text:
    return Text(first.zh + behind.zh, first.en + behind.en)


def _listed(names: list[Text]) -> Text:
    return Text(
        *(word("list.clause", lang).join(getattr(each, lang) for each in names) for lang in LANGUAGES)
    )
