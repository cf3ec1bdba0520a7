"""From many futures of a plan to what is drawn of them: the fan, the year of the peak, and what results hang on."""

from collections.abc import Mapping, Sequence

import numpy as np

from touchstone.calc.pathway.chance.outcome import Outcomes
from touchstone.calc.pathway.chance.sensitivity import Sensitivity
from touchstone.calc.pathway.chance.swing import Swung
from touchstone.calc.pathway.pathway import Pathway
from touchstone.facts.text import Text
from touchstone.publish.pathway.fan import Band, Course, Fan, Limit
from touchstone.publish.pathway.histogram import Histogram
from touchstone.publish.pathway.importance import Importance, Weight
from touchstone.publish.pathway.pen import share
from touchstone.publish.pathway.shown import EMISSIONS, TONNES, course_name, scaled
from touchstone.publish.pathway.target import both
from touchstone.publish.pathway.tornado import Swing, Tornado
from touchstone.publish.words import LANGUAGES

BANDS = (0.9, 0.8, 0.5)
"""Shares of the draws that the bands of a fan hold."""


def fan_of(found: Pathway, outcome: Outcomes, title: Text | None = None) -> Fan:
    """Emissions of a plan in many futures: the median, bands, and what the plan gives if everything is as the scenario says.

    Of plans made anew there is no such plan; `title` says what they are.
    """
    ends = (
        outcome.fan("emissions", [q for share in BANDS for q in (0.5 - share / 2, 0.5 + share / 2)]) / TONNES
    )
    bands = tuple(
        Band(share, ends[2 * n].tolist(), ends[2 * n + 1].tolist()) for n, share in enumerate(BANDS)
    )
    median = (outcome.fan("emissions", [0.5])[0] / TONNES).tolist()
    course = Course(both("pathway_shown.median"), median, bands)
    plan = Limit(both("pathway_shown.as_said"), scaled(found))
    note = both("pathway_shown.drawn", kind=outcome.kind, n=len(outcome), seed=outcome.seed)
    return Fan(
        title or both("pathway_shown.fan", name=course_name(found, True)),
        EMISSIONS,
        found.years,
        (course,),
        limits=() if title else (plan,),
        note=note,
    )


def fans_of(every: Sequence[tuple[Pathway, Outcomes]]) -> Fan:
    """Plans of several scenarios with the same years over each other: the median, and what 80 % of the draws hold."""
    courses = []
    for found, outcome in every:
        low, median, high = (outcome.fan("emissions", (0.1, 0.5, 0.9)) / TONNES).tolist()
        courses.append(Course(course_name(found, True), median, (Band(0.8, low, high),)))
    found, outcome = every[0]
    note = both("pathway_shown.drawn", kind=outcome.kind, n=len(outcome), seed=outcome.seed)
    return Fan(both("chances.fans"), EMISSIONS, found.years, tuple(courses), note=note)


def histogram_of(outcome: Outcomes, before: int, name: Text | None = None) -> Histogram:
    """In which year emissions peak, by chance; `name` says of what."""
    peaks = outcome.peaks()
    years = [year for year, _ in peaks.distribution]
    chances = [each.share for _, each in peaks.distribution]
    last = max((n for n, share in enumerate(chances) if share > 0), default=0)
    shown = min(max(last + 2, 6, before - years[0] + 1), len(years))
    return Histogram(
        both("pathway_shown.peak_year")
        if name is None
        else both("pathway_shown.of_kind", name=both("pathway_shown.peak_year"), kind=name),
        outcome.kind,
        years[:shown],
        chances[:shown],
        peaks.not_yet.share,
        before,
    )


def importance_of(found: Sensitivity, result: str, names: Mapping[str, Text]) -> Importance | None:
    """What a result hangs on: Shapley effects with twice their standard error; None where it does not vary."""
    r = found.results.index(result)
    if not np.isfinite(found.shapley[:, r]).all():
        return None
    weights = tuple(
        Weight(names[key], float(value), float(value - 2 * error), float(value + 2 * error))
        for key, value, error in zip(
            found.drivers, found.shapley[:, r], found.shapley_error[:, r], strict=True
        )
    )
    kind = result.partition(".")[0] if result[-4:].isdigit() else result.replace(".", "_")
    title = both("pathway_shown.importance", result=both(f"pathway_shown.result_{kind}", year=result[-4:]))
    return Importance(title, both("pathway_shown.shapley", n=found.draws), weights)


def tornado_of(found: Swung, names: Mapping[str, Text]) -> Tornado:
    """How far each driver alone swings the emissions of a year."""
    swings = tuple(
        Swing(
            names[key],
            float(low) / TONNES,
            float(high) / TONNES,
            _worth(of, float(worth[0])),
            _worth(of, float(worth[1])),
        )
        for key, of, low, high, worth in zip(
            found.drivers, found.of, found.low, found.high, found.worth, strict=True
        )
    )
    title = both("pathway_tornado.title", year=found.year)
    return Tornado(title, EMISSIONS, found.base / TONNES, swings, both("pathway_tornado.note"))


def _worth(of: str, value: float) -> Text:
    """What a driver is worth: years of a delay, else a part of what the scenario says."""
    if of == "delay":
        return both("pathway_tornado.years", n=f"{value:.2g}")
    return Text(*(share(value, lang) for lang in LANGUAGES))
