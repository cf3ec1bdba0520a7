"""Sentences about an account: intensities, energy in standard coal, levels of limits, ranges, and what is missing."""

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction

from touchstone.calc.carbon.inventory.account import Account, grouped
from touchstone.calc.carbon.inventory.change import Change
from touchstone.calc.carbon.inventory.coverage import Caution, missing_for
from touchstone.calc.carbon.inventory.doubted import Doubted
from touchstone.calc.carbon.inventory.doubts import meter_of
from touchstone.calc.carbon.inventory.lines import Missing
from touchstone.calc.carbon.inventory.matched import in_runs
from touchstone.calc.carbon.inventory.performance import Energy
from touchstone.calc.carbon.inventory.performed import Intensity, Level, Performance
from touchstone.calc.carbon.inventory.uncertainty import RANDOM
from touchstone.facts.unit import format_unit
from touchstone.publish.carbon.labelled import (
    cited,
    figure,
    ids_named,
    in_unit,
    indicator,
    item,
    level,
    term_name,
)
from touchstone.publish.words import counted, word

_NAMED = 4
"""Of the units with months without data."""
_OFF = 0.5
"""Percent by which the mean of the draws differs from the total before it is explained."""
_SHOWN = 8
"""Of the inputs with the largest shares of the variance."""


def caution_said(account: Account, found: Caution, lang: str, listed: str = "command") -> Iterator[str]:
    """What stands before a total: open errors of its data, what is missing, months without data. Args: listed: where the errors are."""
    if found.suspects:
        share = 100 * found.doubtful / account.total if account.total else Fraction(0)
        yield word(
            "inventory.caution_errors", lang, n=counted("open_errors", lang, len(found.suspects)), mass=figure(found.doubtful, lang),
            share=figure(share, lang, 1),
            listed=word(f"inventory.errors_by_{listed}", lang),
        )  # fmt: skip
    if found.missing:
        yield word(
            "inventory.caution_missing",
            lang,
            n=counted("not_worked_out", lang, found.missing),
            units=counted("units", lang, found.units),
        )
    if found.gaps:
        named = (
            word(
                "inventory.gap",
                lang,
                unit=getattr(account.title(each.unit), lang),
                n=len(each.months),
                first=each.months[0],
            )
            for each in found.gaps[:_NAMED]
        )
        said = word("list.clause", lang).join(named)
        yield word(
            "inventory.caution_gaps",
            lang,
            units=counted("units", lang, len(found.gaps)),
            gaps=said,
            more="" if len(found.gaps) <= _NAMED else "…",
        )


def performance_said(account: Account, found: Performance, lang: str) -> Iterator[str]:
    """Intensities, energy in standard coal by both values of electricity, and levels of limits."""
    yield from (intensity_said(account, each, lang) for each in found.intensities)
    yield from (
        ids_named(account.library, energy_said(name, each, lang), lang) for name, each in found.energy.items()
    )
    yield from (level_said(account, each, lang) for each in found.levels)
    yield from (getattr(each, lang) for each in found.notes)


def intensity_said(account: Account, found: Intensity, lang: str) -> str:
    """Emissions for a tonne of a product, also with what transfers brought, or for 10,000 yuan; and which months are left out."""
    said = word(
        "inventory.intensity", lang, item=item(found.item, lang), amount=in_unit(figure(found.amount, lang), found.unit, lang),
        unit=format_unit(found.unit, lang),
        value=figure(found.value, lang, 4),
    )  # fmt: skip
    if found.passed:
        said += word("inventory.intensity_full", lang, value=figure(found.full, lang, 4))
    if lacks := len(missing_for(account, found.item)):
        said += word("inventory.intensity_missing", lang, n=lacks)
    return said + _without(account, found.without, lang)


def energy_said(name: str, energy: Energy, lang: str) -> str:
    """Energy in standard coal, by the calorific or the equal value of electricity, and what it is without."""
    lacking = word("list.clause", lang).join(
        word("inventory.lacks", lang, item=item(key, lang), why=getattr(why, lang))
        for key, why in energy.lacking.items()
    )
    if not energy.whole:
        parts = word("list.comma", lang).join(
            f"{item(key, lang)} {figure(size, lang)}" for key, size in energy.parts.items()
        )
        return word(f"inventory.energy_{name}_parts", lang, lacking=lacking, parts=parts or "–")
    said = word(f"inventory.energy_{name}", lang, value=figure(energy.total, lang))
    return said + (word("inventory.energy_lacking", lang, lacking=lacking) if lacking else "")


def level_said(account: Account, found: Level, lang: str) -> str:
    """Which level of a limit a unit reaches."""
    standing = found.standing
    key = (
        "level_lacking"
        if found.lacking
        else "level_none"
        if not standing.levels
        else "level"
        if standing.reached
        else "level_above"
    )
    return word(
        f"inventory.{key}", lang, unit=getattr(account.title(found.unit), lang), indicator=indicator(standing.indicator, lang),
        value=in_unit(figure(standing.value, lang, 1), standing.unit, lang),
        level=level(standing.reached.level, lang) if standing.reached else "",
        document=getattr(account.library.documents[standing.levels[0].document].title, lang) if standing.levels else "",
    ) + _without(account, found.without, lang)  # fmt: skip


def range_said(account: Account, found: Doubted, lang: str) -> Iterator[str]:
    """Both approaches side by side, the largest contributions, and what was taken as exact."""
    if found.first is None:
        named = word("list.clause", lang).join(input_named(account, id, lang) for id in found.skewed)
        yield word("inventory.first_not_given", lang, inputs=named)
    for name, ranged in (("first", found.first), ("second", found.second)):
        if ranged is None:
            continue
        half = 50 * (ranged.high - ranged.low) / ranged.mean if ranged.mean else 0.0
        yield word(
            f"inventory.{name}", lang, mean=figure(ranged.mean, lang), low=figure(ranged.low, lang), high=figure(ranged.high, lang),
            half=figure(half, lang), draws=ranged.draws, settled=figure(100 * (ranged.settled or 0.0), lang, 3),
        )  # fmt: skip
    off = 100 * (found.second.mean / found.total - 1) if found.total else 0.0
    if abs(off) >= _OFF:
        yield word(
            "inventory.mean_off", lang, total=figure(found.total, lang), off=figure(off, lang, 1, signed=True)
        )
    for key, share in list(found.first.shares.items() if found.first else ())[:_SHOWN]:
        yield word(
            "inventory.variance",
            lang,
            share=figure(100 * share, lang, 1),
            input=input_named(account, key, lang),
        )
    said = (
        word(
            "inventory.exactly",
            lang,
            parameter=parameter_named(account, parameter, lang),
            why=getattr(why, lang),
            n=n,
        )
        for (parameter, why), n in found.exact.items()
    )
    yield word("inventory.exact", lang, inputs=word("list.clause", lang).join(said))


def input_named(account: Account, key: str, lang: str, *, monthly: bool = True) -> str:
    """An input in words: a factor with its document, a meter with its unit, a measured value with unit and, where `monthly`, month."""
    if key in account.library:
        factor = account.library.get(key)
        return f"{item(factor.of, lang)} · {cited(account, key, lang)} [{key}]"
    entry = account.by_fact.get(key.removeprefix(RANDOM)) or next(
        (each for each in account.entries if key == meter_of(each)), None
    )
    if entry is None:
        return key
    named = (
        getattr(account.title(entry.unit), lang),
        entry.month if monthly and key != meter_of(entry) else "",
        item(entry.item, lang),
        parameter_named(account, entry.parameter, lang),
    )
    return " · ".join(filter(None, named))


def parameter_named(account: Account, key: str, lang: str) -> str:
    """A parameter as the first method in use that has it calls it; its key where none has."""
    every = [each for method in account.used.values() for term in method.terms for each in term.parameters]
    found = next((each for each in every if each.key == key.replace("-", "_")), None) or next(
        (each for each in every if any(tier.factor == key for tier in each.tiers)), None
    )
    return str(getattr(found.name, lang)) if found else key


def gaps_said(found: Change, years: tuple[str, str], title: Callable[[str], str], lang: str) -> Iterator[str]:
    """What one of two years lacks and so is not compared: units, items and months. Args: title: names a unit."""
    for year, keys in zip(years, (found.lacking_before, found.lacking_after), strict=True):
        if keys:
            yield word("inventory.gaps", lang, year=year, what=_months(keys, title, lang))


def left_out(account: Account, keys: Iterable[str], lang: str) -> str:
    """Units and months of keys such as "line-1 07" in words, months together."""
    return _months(keys, lambda key: str(getattr(account.title(key), lang)), lang)


def _without(account: Account, keys: tuple[str, ...], lang: str) -> str:
    return word("inventory.without", lang, what=left_out(account, keys, lang)) if keys else ""


def _months(keys: Iterable[str], title: Callable[[str], str], lang: str) -> str:
    """Keys of a node, a month and perhaps an item in words, months together."""
    months: dict[tuple[str, str], list[int]] = {}
    for key in keys:
        node, month, *of = key.split(" ")
        months.setdefault((node, "".join(of)), []).append(int(month))
    named = (
        " · ".join(filter(None, (title(node), item(of, lang), in_runs(numbers))))
        for (node, of), numbers in months.items()
    )
    return word("list.clause", lang).join(named)


def all_missing_said(account: Account, lang: str) -> Iterator[str]:
    """What is missing, once for each reason."""
    found = grouped(account.missing)
    if found:
        yield word("inventory.missing", lang, n=sum(n for _, n, _ in found))
    yield from (missing_said(account, each, n, units, lang) for each, n, units in found)


def missing_said(account: Account, each: Missing, n: int, units: tuple[str, ...], lang: str) -> str:
    """What is missing for one reason, how often and where."""
    what = " · ".join(
        filter(None, (term_name(account, each.term, lang) if each.term else "", item(each.item, lang)))
    )
    names = word("list.comma", lang).join(str(getattr(account.title(key), lang)) for key in units[:4])
    return word(
        "inventory.missing_row",
        lang,
        what=what,
        why=ids_named(account.library, getattr(each.why, lang), lang),
        n=counted("times", lang, n),
        units=names + ("…" if len(units) > 4 else ""),
    )
