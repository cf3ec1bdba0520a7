"""Why a total is not what it was: perimeter, gaps, method, activity, intensity, factors and GWP, told apart and adding up exactly.

A unit that came, went, or is held to another share changes the perimeter and nothing else, and so does a transfer that begins or
ends: both years are looked at with the shares and transfers of the later one, so that a purchase or a sale never appears as
performance. What one year states nothing of, or has no value for, is a gap. Where another method was taken up, both years stand by
one of the two, and what that makes of a total is the method's. What remains is the comparable basis. Each of its sources is output x
use per output x emission per use x weight; the logarithmic mean splits the difference among the four without a rest.

Source: Ang, B. W., LMDI decomposition approach: a guide for implementation, Energy Policy 86 (2015) 233-238 [R]; worked by hand
in the tests.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import log
from types import MappingProxyType

from touchstone.calc.logmean import logarithmic_mean

Source = tuple[str, str, str]
"""Term, item and gas."""
EFFECTS = ("perimeter", "gap", "method", "activity", "intensity", "factor", "gwp")


@dataclass(frozen=True, slots=True)
class Use:
    """A source of a unit in a period.

    Attributes:
        mass: t of the gas, of the whole unit.
        amount: of the item, in one unit both years; 0 where it has none.
        weight: GWP.
        rate: what was measured to be used for a unit of the item (anodes for a tonne of metal); 0 where nothing was.
    """

    mass: float
    amount: float
    weight: float
    rate: float = 0.0

    @property
    def total(self) -> float:
        """In t of CO2 equivalent, of the whole unit."""
        return self.mass * self.weight


@dataclass(frozen=True, slots=True)
class Part:
    """A unit inside the perimeter in a period.

    Attributes:
        share: which part of it counts.
        output: of its main product; 0 where it makes none, then its activity is the amount of each item.
        stated: items it states anything of; none at all where nothing was stated of the period.
        supplied: of these, what others inside supply, so that it is no source here and none is missing.
        short: of these, what others inside would supply, had they stated enough fuel: it is bought for want of a value.
    """

    share: float
    output: float
    uses: Mapping[Source, Use]
    stated: frozenset[str]
    supplied: frozenset[str] = frozenset()
    short: frozenset[str] = frozenset()

    @property
    def total(self) -> float:
        """What counts, in t of CO2 equivalent."""
        return self.share * sum(use.total for use in self.uses.values())


@dataclass(frozen=True, slots=True)
class Change:
    """A difference between two years, in t of CO2 equivalent.

    Attributes:
        effects: by `EFFECTS`; their sum is the difference.
        comparable_before, comparable_after: the units that stayed, both years by the share of the later and by one method.
        lacking_before, lacking_after: what the earlier or the later year states nothing of, or could not work out, and the other
            could: each the key of a part, with the item where it is not the whole part. It is not compared.
    """

    before: float
    after: float
    effects: Mapping[str, float]
    comparable_before: float
    comparable_after: float
    lacking_before: tuple[str, ...] = ()
    lacking_after: tuple[str, ...] = ()

    @property
    def steps(self) -> tuple[tuple[str, float], ...]:
        """Effects as they are shown, in order: gaps only where there are any."""
        gaps = self.lacking_before or self.lacking_after
        return tuple((name, size) for name, size in self.effects.items() if name != "gap" or gaps)


Pair = tuple[Mapping[Source, Use], Mapping[Source, Use]]
"""What two years used of the sources that one method counts in both."""


def change(
    before: Mapping[str, Part],
    after: Mapping[str, Part],
    restated: Mapping[str, Pair] = MappingProxyType({}),
    holding: Mapping[str, Part] = MappingProxyType({}),
) -> Change:
    """The difference of two years, split.

    Args:
        before, after: the units inside the perimeter, by key; one that is not inside is not there. Where a perimeter changes
            within a year, a key for each unit and month keeps the months apart.
        restated: by key, what stands for the uses of both years where their methods differ.
        holding: the earlier year by the shares and transfers of the later, by key; where none is given, only the share is taken.
    """
    effects: dict[str, float] = dict.fromkeys(EFFECTS, 0.0)
    comparable = [0.0, 0.0]
    lacking: tuple[dict[str, None], dict[str, None]] = ({}, {})
    for key in dict.fromkeys((*before, *after)):
        was, now = before.get(key), after.get(key)
        if was is None or now is None:
            effects["perimeter"] += (now.total if now else 0.0) - (was.total if was else 0.0)
            continue
        held = holding.get(key) or replace(was, share=now.share)
        effects["perimeter"] += held.total - was.total
        if bool(was.stated) != bool(now.stated):
            effects["gap"] += now.total - held.total
            lacking[bool(was.stated)][key] = None
            continue
        uses = restated.get(key, (held.uses, now.uses))
        first, last = alike(replace(held, uses=uses[0]), replace(now, uses=uses[1]))
        effects["method" if key in restated else "gap"] += now.total - last.total - (held.total - first.total)
        if key not in restated:
            for side, part, kept in ((1, held, first), (0, now, last)):
                for _, item, _ in part.uses.keys() - kept.uses.keys():
                    lacking[1 - side if item in part.short else side][f"{key} {item}"] = None
        comparable[0] += first.total
        comparable[1] += last.total
        for name, size in _split(first, last):
            effects[name] += size
    totals = [sum(part.total for part in parts.values()) for parts in (before, after)]
    return Change(
        totals[0],
        totals[1],
        effects,
        comparable[0],
        comparable[1],
        *(tuple(sorted(each)) for each in lacking),
    )


def alike(was: Part, now: Part) -> tuple[Part, Part]:
    """Two years without the sources that only one of them has although both state the item: a value is missing, not the source.

    An item that others supply in one of them is none of it: it is bought in the other, unless it is bought there only because the fuel of those
    others was not stated.
    """
    both = (was.stated - (was.supplied - now.short)) & (now.stated - (now.supplied - was.short))
    gone = {source for source in was.uses.keys() ^ now.uses.keys() if source[1] in both}

    def kept(part: Part) -> Part:
        return replace(part, uses={key: use for key, use in part.uses.items() if key not in gone})

    return kept(was), kept(now)


def _split(was: Part, now: Part) -> Iterator[tuple[str, float]]:
    """The effects of the sources of a unit that stays, at one share."""
    for source in dict.fromkeys((*was.uses, *now.uses)):
        first, last = was.uses.get(source), now.uses.get(source)
        if first and last and first.total * last.total > 0:
            for name, size in _factors(first, last, was.output, now.output):
                yield name, size * now.share
            continue
        # What stands still makes nothing; a source taken up or given up is another way of making the same.
        idle = was.output != now.output and not (was.output and now.output)
        difference = (last.total if last else 0.0) - (first.total if first else 0.0)
        yield "activity" if idle else "intensity", difference * now.share


def _factors(first: Use, last: Use, made: float, makes: float) -> Iterator[tuple[str, float]]:
    mean = logarithmic_mean(first.total, last.total)
    if first.rate and last.rate:
        first, last = (replace(each, amount=each.amount * each.rate) for each in (first, last))
    used = mean * _growth(first.amount, last.amount)
    if made > 0 and makes > 0:
        activity = mean * _growth(made, makes)
        yield "activity", activity
        yield "intensity", used - activity if first.amount > 0 and last.amount > 0 else 0.0
        used = used if first.amount > 0 and last.amount > 0 else activity
    else:
        yield "activity", used
    weight = mean * _growth(first.weight, last.weight)
    yield "gwp", weight
    yield "factor", last.total - first.total - used - weight


def _growth(first: float, last: float) -> float:
    """The logarithm of a ratio; 0 where either is nothing, so that it explains nothing."""
    return log(last) - log(first) if first > 0 and last > 0 else 0.0
