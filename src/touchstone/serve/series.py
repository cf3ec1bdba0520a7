"""Series: the list of them, and one with its chart, its points and what was said before."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from urllib.parse import quote

from touchstone.errors import UnknownFact
from touchstone.facts.fact import Fact
from touchstone.facts.series import SeriesKey
from touchstone.publish import format as written
from touchstone.publish.chart import Chart, Trace
from touchstone.publish.export import fact_row, in_both, period_of
from touchstone.publish.words import LANGUAGES, word
from touchstone.serve.contest import Contest, settled
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

_LEAF = 100
_VINTAGES = 6


def address(subject: str, measure: str, place: str | None, unit: str) -> str:
    """The address of a series."""
    return "/series/" + quote("|".join((subject, measure, place or "", unit)), safe="")


def series_list(shelf: Shelf, words: str, leaf: int, lang: str) -> Page:
    """The series whose names have the words, the longest first; those without a subject come last."""
    keys = sorted(
        shelf.workspace.series_keys(),
        key=lambda k: (not k.subject, -k.n, k.subject, k.measure, k.place or ""),
    )
    wanted = words.lower().split()
    chosen = [key for key in keys if all(part in _spoken(key, lang) for part in wanted)]
    last = max(0, (len(chosen) - 1) // _LEAF)
    leaf = min(leaf, last)
    return Page(
        "series_list.html",
        {
            "keys": chosen[leaf * _LEAF : (leaf + 1) * _LEAF],
            "chosen": len(chosen),
            "words": words,
            "leaf": leaf,
            "leaves": last + 1,
            "address": address,
        },
        {"series": [_key_row(key) for key in chosen]},
        [_key_row(key) for key in chosen],
    )


def series(shelf: Shelf, key: str, lang: str) -> Page:
    """One series; a low-high pair is drawn as a band.

    Raises:
        UnknownFact: there is no such series.
    """
    if key.count("|") < 3:
        raise UnknownFact(f"no series {key!r}")
    subject, measure, place, unit = key.rsplit("|", 3)
    wanted = {"subject": subject, "measure": measure, "place": place or None, "unit": unit}
    contest = settled(list(shelf.workspace.facts(**wanted)), shelf.verdict, shelf.failing)
    if not (points := contest.points):
        raise UnknownFact(f"no series {key!r}")
    other = _other_end(shelf, subject, measure, place or None, unit)
    stated = shelf.workspace.vintages(subject, measure, place or None, unit=unit)
    earlier = _said_before(contest, stated)
    chart = _chart(shelf, contest, earlier, other, lang) if len(points) > 1 else None
    beside = [each for point in points for each in (point, *contest.rivals.get(point.period, ()))]
    return Page(
        "series.html",
        {
            "subject": subject,
            "measure": measure,
            "place": place or None,
            "points": beside,
            "contested": contest.rivals,
            "chart": chart,
            "earlier": earlier,
            "name_of": shelf.name,
            "verdicts": {fact.id: shelf.verdict(fact.id) for fact in beside},
        },
        {
            "points": [fact_row(f) for f in points],
            "rivals": [fact_row(f) for several in contest.rivals.values() for f in several],
            "vintages": [fact_row(f) for f in earlier],
        },
        [fact_row(fact) for fact in (*beside, *earlier)],
    )


def _said_before(contest: Contest, vintages: Sequence[Fact]) -> list[Fact]:
    """Other statements of the same periods: of another document, or of another value; rivals stand elsewhere."""
    current = {fact.period: fact for fact in contest.points}
    rivals = {fact.id for several in contest.rivals.values() for fact in several}
    return [
        fact
        for fact in vintages
        if (now := current.get(fact.period)) and fact.id not in rivals | {now.id}
        and (fact.source != now.source or fact.value != now.value)
    ]  # fmt: skip


def _chart(
    shelf: Shelf, contest: Contest, vintages: Sequence[Fact], other: dict[str, Fact], lang: str
) -> Chart:
    points = contest.points
    x = tuple(fact.period or "" for fact in points)
    values = tuple(fact.value for fact in points)
    highs = tuple(_high(fact, other) for fact in points)
    paired = any(high is not None for high in highs)
    title = _title(points[0], lang)
    drawn = (*_earlier(x, points, vintages), *_marks(shelf, contest))
    return Chart(
        "range" if paired else "line",
        title,
        x,
        (*drawn, Trace(title, values, highs if paired else ())),
        points[0].unit,
        " ".join(word(key, lang) for key in _NOTES if any(_NOTES[key](t) for t in drawn)),
        sources=tuple(dict.fromkeys(shelf.name(fact.source) for fact in points)),
    )


_NOTES: dict[str, Callable[[Trace], bool]] = {
    "series.thin_lines": lambda trace: trace.vintage and trace.joined(),
    "series.thin_points": lambda trace: trace.vintage and not trace.joined(),
    "series.marks_fail": lambda trace: trace.mark == "fails",
    "series.marks_other": lambda trace: trace.mark == "other",
}
"""What the note under a chart says, each only where something so drawn is in it."""


def _marks(shelf: Shelf, contest: Contest) -> list[Trace]:
    """Contested values as marks of their own: those that fail (the one on the line too), and the others."""
    marks: list[Trace] = []
    for place, point in enumerate(contest.points):
        rivals = contest.rivals.get(point.period, ())
        for fact in (point, *rivals) if rivals else ():
            fails = shelf.verdict(fact.id) == "fails"
            if fails or fact is not point:
                values = tuple(fact.value if n == place else None for n in range(len(contest.points)))
                marks.append(Trace("", values, (), mark="fails" if fails else "other"))
    return marks


def _earlier(x: tuple[str, ...], points: Sequence[Fact], vintages: Sequence[Fact]) -> list[Trace]:
    """One thin trace for each document that once said something else."""
    current = {fact.period: fact.value for fact in points}
    said: dict[str, dict[str | None, Decimal]] = {}
    for fact in vintages:
        if fact.period in current:
            said.setdefault(fact.source, {})[fact.period] = fact.value
    differing = [said[s] for s in said if any(current[p] != v for p, v in said[s].items())]
    return [Trace("", tuple(v.get(p) for p in x), (), vintage=True) for v in differing[:_VINTAGES]]


def _other_end(shelf: Shelf, subject: str, measure: str, place: str | None, unit: str) -> dict[str, Fact]:
    """The upper ends that belong to a series of lower ends, by period."""
    if not measure.endswith(".low"):
        return {}
    wanted = {
        "subject": subject,
        "measure": measure.removesuffix("low") + "high",
        "place": place,
        "unit": unit,
    }
    found = settled(list(shelf.workspace.facts(**wanted)), shelf.verdict, shelf.failing)
    return {fact.period: fact for fact in found.points if fact.period}


def _high(fact: Fact, other: dict[str, Fact]) -> Decimal | None:
    upper = other.get(fact.period or "")
    return upper.value if upper else fact.value_high


def _title(key: SeriesKey | Fact, lang: str) -> str:
    """The names of what makes a fact part of a series."""
    names = (
        written.name(key.subject, lang),
        written.measure(key.measure, lang),
        written.name(key.place, lang),
    )
    return " · ".join(filter(None, names))


def _spoken(key: SeriesKey, lang: str) -> str:
    return " ".join((_title(key, lang), key.subject, key.measure, key.place or "")).lower()


def _key_row(key: SeriesKey) -> dict[str, object]:
    row = {name: getattr(key, name) for name in ("subject", "measure", "place", "unit", "n", "first", "last")}
    ends = {
        f"{end}_{lang}": period_of(str(row[end]), lang) for end in ("first", "last") for lang in LANGUAGES
    }
    return row | in_both(subject=key.subject, measure=key.measure, place=key.place) | ends
