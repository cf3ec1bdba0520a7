"""From pathways to what is drawn and listed of them: courses, stacks, maps and targets; used by pages and reports alike."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from touchstone.calc.pathway.accounts import ROUNDING, Held
from touchstone.calc.pathway.case import INDICATORS, MISSED
from touchstone.calc.pathway.compiled import Compiled
from touchstone.calc.pathway.naming import product_name
from touchstone.calc.pathway.pathway import Pathway
from touchstone.calc.pathway.register import Line
from touchstone.facts.text import Text
from touchstone.facts.vocabulary import vocabulary
from touchstone.publish.drawing import NO_WORDS
from touchstone.publish.pathway.areas import MOST, Areas, Layer
from touchstone.publish.pathway.fan import Course, Fan, Limit
from touchstone.publish.pathway.mark import Kind, Mark
from touchstone.publish.pathway.pen import amount, share
from touchstone.publish.pathway.province import Province
from touchstone.publish.pathway.target import Target, both
from touchstone.publish.pathway.tiles import TileMap
from touchstone.publish.words import LANGUAGES

TONNES = 1e4
"""Emissions are drawn in 10,000 t."""
EMISSIONS = Text("万吨CO₂e", "10,000 t CO₂e")
_TONNES = Text("t CO₂e", "t CO₂e")
_CAPACITY = Text("吨/年", "t/a")
_UNITS = {"1": "", "t CO2e": "t CO₂e", "t CO2e/t": "t CO₂e/t"}


def milestones(years: Sequence[int]) -> list[int]:
    """Indices of the years a table shows: the first, every fifth, the last."""
    return [y for y, year in enumerate(years) if y in (0, len(years) - 1) or year % 5 == 0]


def courses(every: Sequence[Pathway], before: Pathway | None = None, note: Text = NO_WORDS) -> Fan:
    """Emissions of up to four pathways; `before` is how the first stood before it was changed, drawn thin."""
    mixed = len({each.kind for each in every}) > 1
    drawn = tuple(Course(course_name(each, mixed), scaled(each), peak=peak_year(each)) for each in every)
    limits = (
        ()
        if before is None
        else (Limit(both("pathway_shown.before", name=before.given.scenario.name), scaled(before)),)
    )
    return Fan(both("pathway_shown.emissions"), EMISSIONS, every[0].years, drawn, limits=limits, note=note)


def course_name(found: Pathway, with_kind: bool) -> Text:
    """What a pathway is called, with the model that made it where several are shown."""
    name = found.given.scenario.name
    return both("pathway_shown.of_kind", name=name, kind=both(f"pathway.{found.kind}")) if with_kind else name


def scaled(found: Pathway) -> list[float]:
    """Emissions by year in 10,000 t."""
    return [float(each) / TONNES for each in found.accounts.emissions]


def peak_year(found: Pathway) -> int | None:
    """The year of a peak that lies within the years; None where emissions only fall, or still rise at the end."""
    return found.peak.year if found.peak.state == "within" else None


def stacked(found: Pathway, by: str) -> Areas:
    """Emissions by product, place, enterprise, plant or scope, the largest first; what exceeds the number of layers is put together."""
    parts = sorted(found.emissions_by(by).items(), key=lambda each: -float(np.abs(each[1]).sum()))
    shown, rest = (parts, []) if len(parts) <= MOST else (parts[: MOST - 1], parts[MOST - 1 :])
    layers = [Layer(part_name(found.given, by, key), (values / TONNES).tolist()) for key, values in shown]
    if rest:
        layers.append(
            Layer(
                both("pathway_shown.others"),
                (np.sum([values for _, values in rest], axis=0) / TONNES).tolist(),
            )
        )
    title = both("pathway_shown.stacked", name=found.given.scenario.name, by=both(f"pathway_shown.by_{by}"))
    return Areas(title, EMISSIONS, found.years, tuple(layers), both("pathway_shown.total"))


def part_name(given: Compiled, by: str, key: str) -> Text:
    """What a part of the emissions is called."""
    if by == "scope" or key == "recycled":
        return both(f"pathway_shown.scope_{key}")
    if by == "product":
        return product_name(key)
    if by == "place":
        return place_name(key)
    if by == "enterprise":
        return given.register.owner(key)
    line = given.register.of(key) if by == "line" else None
    return line.name if line else Text(key, key)


def place_name(code: str) -> Text:
    """A place in words."""
    known = vocabulary()
    return Text(known.name(code, "zh"), known.name(code, "en"))


LEVELS = {"at": "full", "not": "hollow", "unknown": "dashed"}
"""How a line stands to the benchmark level of its product, and how it looks."""


def level_of(found: Pathway, p: int, y: int) -> str:
    """ "at" where most of a line's capacity is at the benchmark level in a year, "not" where it is not, "unknown" where its product has no level."""
    case = found.given.case
    if found.given.register.lines[p].product not in found.given.levels:
        return "unknown"
    stands = found.plan.standing[p, :, y]
    return "at" if stands[case.benchmark[p]].sum() * 2 > stands.sum() else "not"


def plant_map(found: Pathway, year: int, address: Callable[[Line], str]) -> TileMap | Province:
    """The lines that stand in a year: over the provinces, or within the one where all of them are."""
    y = found.years.index(year)
    marks = []
    for p, line in enumerate(found.given.register.lines):
        if found.given.case.capacity[p, y] > 0:
            marks.append(
                Mark(line.name, line.place[:5], level_of(found, p, y), float(found.given.case.capacity[p, y]), line.latitude, line.longitude, address(line))
            )  # fmt: skip
    kinds = tuple(Kind(key, both(f"pathway_shown.level_{key}"), look) for key, look in LEVELS.items())
    title = both("pathway_shown.map", year=year)
    provinces = {mark.place for mark in marks}
    if len(provinces) == 1 and any(mark.latitude is not None for mark in marks):
        named = replace(
            title,
            zh=f"{place_name(next(iter(provinces))).zh} {title.zh}",
            en=f"{place_name(next(iter(provinces))).en}: {title.en}",
        )
        return Province(named, _CAPACITY, kinds, tuple(marks))
    return TileMap(title, _CAPACITY, kinds, tuple(marks))


def of_indicator(value: float, indicator: str) -> Text:
    """A value of an indicator with its unit, written out."""
    unit = INDICATORS[indicator]
    if unit == "1":
        return Text(*(share(value, lang) for lang in LANGUAGES))
    said = _UNITS.get(unit, unit)
    return Text(*(amount(value, Text(said, said), lang) for lang in LANGUAGES))


def missed_of(value: float, indicator: str) -> Text:
    """By how much an indicator is missed, in the unit of its numerator."""
    unit = MISSED.get(indicator, INDICATORS[indicator]).replace("CO2", "CO₂")
    return Text(*(amount(value, Text(unit, unit), lang) for lang in LANGUAGES))


def worst_year(held: Held) -> int:
    """The index of the year a rule is missed by most; where it is met, of the year that leaves the least room.

    Of years alike within the rounding of a solver it is the first: which of them is a billionth worse says nothing.
    """
    limit = held.rule.limit
    if not held.met:
        return int(np.flatnonzero(held.missed >= np.nanmax(held.missed) - ROUNDING * held.size)[0])
    room = held.value - limit if held.rule.sense == "least" else limit - held.value
    if np.isnan(room).all():
        return int(np.flatnonzero(~np.isnan(limit))[-1])
    dust = ROUNDING * float(np.nanmax(np.abs([limit, held.value])))
    return int(np.flatnonzero(room <= np.nanmin(room) + dust)[0])


def targets(found: Pathway, chances: Sequence[float | None] = ()) -> tuple[Target, ...]:
    """Every rule of a scenario against the pathway, in the year it is missed most, with the chance that it is met where one was worked out."""
    names = {aim.key: aim for aim in found.given.scenario.aims}
    rows = []
    for n, held in enumerate(found.held):
        if np.isnan(held.rule.limit).all():
            continue
        y, aim = worst_year(held), names[held.rule.key]
        limit = both(
            f"pathway_shown.{held.rule.sense}",
            year=found.years[y],
            limit=of_indicator(float(held.rule.limit[y]), held.rule.indicator),
        )
        slack = (
            both("pathway_shown.short", by=missed_of(float(held.missed[y]), held.rule.indicator))
            if not held.met
            else NO_WORDS
        )
        value = (
            both("pathway_shown.nothing")
            if np.isnan(held.value[y])
            else of_indicator(float(held.value[y]), held.rule.indicator)
        )
        rows.append(
            Target(
                aim.name,
                limit,
                value,
                held.met,
                chances[n] if chances else None,
                slack=slack,
                source=Text(held.rule.source, held.rule.source),
            )
        )
    return tuple(rows)


def peak_said(found: Pathway) -> Text:
    """The peak in a sentence."""
    peak = found.peak
    height = Text(*(amount(peak.height, _TONNES, lang) for lang in LANGUAGES))
    return both(f"pathway_shown.peak_{peak.state}", year=peak.year, height=height)
