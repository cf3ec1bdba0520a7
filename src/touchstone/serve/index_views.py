"""What `touchstone index` says of the other views of an index: the fan of its vintages, the dynamic factor, what is flagged."""

import re
from typing import TYPE_CHECKING

import typer

from touchstone.publish import dates
from touchstone.publish.words import word
from touchstone.serve.shown import shown

if TYPE_CHECKING:
    from touchstone.calc.index.factor import News
    from touchstone.calc.index.kept import KeptIndex
    from touchstone.calc.index.third import ThirdView
    from touchstone.calc.index.vintage import Vintages

_TOLD = ("jump", "converted")
"""Flags that are told beside the index, not only on the page of their indicator."""
_MOST = 8
"""Releases that are told one by one."""
_PERIOD = r"\d{4}-(?:Q\d|\d{2})(?:/\d{4}-\d{2})?(?![-\d])"


def spoken_periods(text: str, lang: str) -> str:
    """A text with its period codes in words; what is no period stays."""
    told = re.sub(rf"({_PERIOD})\.\.({_PERIOD})", r"\1至\2" if lang == "zh" else r"\1 to \2", text)
    return re.sub(rf"(?<![-\d]){_PERIOD}", lambda found: _period(found[0], lang), told)


def _period(code: str, lang: str) -> str:
    try:
        return dates.period(code, lang)
    except ValueError:
        return code


def print_flags(made: "KeptIndex", lang: str) -> None:
    """Jumps of level and converted units, by indicator."""
    for each in made.indicators:
        for flag in each.flags:
            if flag.kind in _TOLD:
                said = spoken_periods(getattr(flag.said, lang), lang)
                told = word("index_command.flag", lang, name=getattr(each.name, lang), said=said)
                typer.echo(shown("  " + told), err=True)


def print_fan(made: "KeptIndex", fan: "Vintages", lang: str) -> None:
    """The index as known on each day and now, how far levels were revised, and how many periods that record has."""
    now = dict(zip(made.periods, made.levels, strict=True))
    typer.echo(word("index_command.fan", lang, n=len(fan.days)))
    for each in fan.days:
        day = dates.day(each.day, lang)
        if each.refused:
            typer.echo(shown(f"  {day}  {' '.join(each.refused.split())}"))
            continue
        level, latest = each.path[-1][1], now.get(each.last)
        typer.echo("  " + word(
            "index_command.fan_day", lang, day=day, period=dates.period(each.last, lang), then=f"{level:.{made.decimals}f}",
            now="—" if latest is None else f"{latest:.{made.decimals}f}",
        ))  # fmt: skip
    if fan.firsts:
        typer.echo("  " + word(
            "index_command.fan_record", lang, n=len(fan.firsts), revision=f"{fan.revision:.2f}", largest=f"{fan.largest:.2f}",
            hits=sum(one.first_band == one.final_band for one in fan.firsts),
        ))  # fmt: skip
    known = next((each for each in fan.days if not each.refused), None)
    if known:
        last = dates.period(known.last, lang)
        typer.echo(
            "  "
            + word(
                "index_command.fan_why",
                lang,
                day=dates.day(known.day, lang),
                last=last,
                days=len(fan.days),
                n=len(fan.firsts),
            )
        )


def print_factor(third: "ThirdView", lang: str) -> None:
    """The factor beside the index, how often both agree, and what the last release told."""
    typer.echo("  " + word(
        "index_command.factor_agrees" if third.agree else "index_command.factor_differs", lang,
        period=dates.period(third.periods[-1], lang), factor=f"{third.factor[-1]:.1f}", index=f"{third.index[-1]:.1f}",
    ))  # fmt: skip
    typer.echo("  " + word(
        "index_command.factor_record", lang, n=len(third.periods), side=f"{third.same_side:.0%}", way=f"{third.same_way:.0%}",
        correlation=f"{third.correlation:.2f}",
    ))  # fmt: skip
    if third.news:
        _print_news(third, third.news, lang)
    elif third.why:
        typer.echo(
            shown("  " + word("index_command.no_news", lang, why=" ".join(getattr(third.why, lang).split())))
        )


def _print_news(third: "ThirdView", news: "News", lang: str) -> None:
    names = dict(third.names)
    typer.echo("  " + word(
        "index_command.news", lang, day=dates.day(third.released, lang), period=dates.period(news.period, lang),
        before=f"{news.before:.2f}", after=f"{news.after:.2f}",
    ))  # fmt: skip
    for each in news.releases[:_MOST]:
        typer.echo(shown("    " + word(
            "index_command.news_of", lang, name=getattr(names[each.indicator], lang), period=dates.period(each.period, lang),
            expected=f"{each.expected:+.2f}", came=f"{each.came:+.2f}", points=f"{each.points:+.2f}",
        )))  # fmt: skip
    rest = news.releases[_MOST:]
    if rest:
        typer.echo(
            "    "
            + word(
                "index_command.news_rest",
                lang,
                n=len(rest),
                points=f"{sum(each.points for each in rest):+.2f}",
            )
        )
    typer.echo("    " + word("index_command.news_revisions", lang, points=f"{news.revisions:+.2f}"))
