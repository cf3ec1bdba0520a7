"""What a scenario takes as uncertain, in words: what moves, how far, from when, and where that was stated."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from touchstone.calc.pathway.chance.driver import Driver
from touchstone.calc.pathway.chance.history import Walk
from touchstone.calc.pathway.chance.law import Law
from touchstone.calc.pathway.chance.reverting import Reverting
from touchstone.calc.pathway.compiled import Compiled
from touchstone.facts.text import Text
from touchstone.publish.pathway.pen import share
from touchstone.publish.pathway.shown import place_name, product_name
from touchstone.publish.pathway.target import both
from touchstone.publish.words import LANGUAGES
from touchstone.serve.pathway_guarded import sourced
from touchstone.serve.pathway_stated_page import stated_address


def drivers_said(
    rows: Sequence[Mapping[str, Any]], drivers: Sequence[Driver], names: Mapping[str, Text]
) -> list[dict[str, Any]]:
    """Each driver as it was declared (rows) and as it is drawn, for a page; names: of technologies, contracts and lines, by key."""
    return [_said(row, driver, names) for row, driver in zip(rows, drivers, strict=True)]


def names_of(given: Compiled) -> dict[str, Text]:
    """What a driver of a scenario may be narrowed to beside product and place, by key."""
    technologies = {key: each.name for key, each in given.catalogue.items()}
    return (
        technologies | dict(given.scenario.contracts) | {line.key: line.name for line in given.register.lines}
    )


def name_of(row: Mapping[str, Any]) -> Text:
    """What a driver is called; its key where it has no name."""
    return Text(**row["name"]) if row.get("name") else Text(row["key"], row["key"])


def spread_said(driver: Driver, row: Mapping[str, Any]) -> Text:
    """How far a driver may turn out otherwise, in a sentence."""
    if isinstance(driver.law, Law):
        return _law_said(driver, driver.law)
    years = sorted(int(year) for year in row["history"])
    told = {"first": years[0], "last": years[-1], "n": len(years)}
    if isinstance(driver.law, Walk):
        return both("drivers.walk", trend=_percent(driver.law.drift), sd=_percent(driver.law.sd), **told)
    assert isinstance(driver.law, Reverting)
    return both("drivers.reverting", back=_percent(1 - driver.law.persistence), **told)


def _narrowed(row: Mapping[str, Any], driver: Driver, names: Mapping[str, Text]) -> list[Text]:
    said = [product_name(row["product"])] if row.get("product") else []
    said += [place_name(row["place"])] if row.get("place") else []
    keys = (row.get("contract"), row.get("technology"), *driver.lines)
    return said + [names.get(key, Text(key, key)) for key in keys if key]


def _said(row: Mapping[str, Any], driver: Driver, names: Mapping[str, Text]) -> dict[str, Any]:
    return {
        "name": name_of(row), "of": both(f"drivers.of_{driver.of.replace('.', '_')}"), "narrowed": _narrowed(row, driver, names),
        "spread": spread_said(driver, row), "kind": both("drivers.delayed" if driver.of == "delay" else f"drivers.{driver.kind}"),
        "since": driver.since, "source": sourced(driver.source), "where": row["where"], "stated": stated_address(row["where"]),
    }  # fmt: skip


def _law_said(driver: Driver, law: Law) -> Text:
    """90 % of the law, and its shape."""
    ends = [float(law.at(np.array(_NINETY * side))) for side in (-1, 1)]
    if driver.of == "delay":
        low, high = (Text(f"{max(end, 0):.3g}", f"{max(end, 0):.3g}") for end in ends)
        return both("drivers.years", low=low, high=high, law=both(f"drivers.law_{law.name}"))
    key = "differs" if driver.grows else "times"
    return both(
        f"drivers.{key}", low=_percent(ends[0]), high=_percent(ends[1]), law=both(f"drivers.law_{law.name}")
    )


def _percent(value: float) -> Text:
    return Text(*(share(value, lang) for lang in LANGUAGES))


_NINETY = 1.6448536269514722
"""Standard deviations on either side between which 90 % of a normal law lies."""
