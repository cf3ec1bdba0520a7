"""The one Jinja environment: everything escaped, nothing undefined, numbers only through the formatter."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from touchstone.audit.audit import RULES
from touchstone.errors import Refusal
from touchstone.facts.text import Text
from touchstone.publish import dates, draw, price
from touchstone.publish import format as written
from touchstone.publish.heatmap import decimal
from touchstone.publish.sentence import in_words
from touchstone.publish.words import counted, word


@cache
def environment(*packages: str) -> Environment:
    """Templates of the named packages, then those of this room.

    Text from documents is data: autoescape is on for every template, and an undefined name
    is an error rather than an empty place.
    """
    loaders = [PackageLoader(package, "templates") for package in (*packages, "touchstone.publish")]
    env = Environment(
        loader=ChoiceLoader(loaders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals |= {"w": word, "counted": counted, "verdict_name": verdict_name, "rule_name": rule_name}
    env.filters |= _FILTERS
    return env


def verdict_name(verdict: str, lang: str) -> str:
    """The word for a verdict; "untested" is the absence of one."""
    return word("verdict." + verdict, lang)


def rule_name(rule: str, lang: str) -> str:
    """What a rule tests, in words; a rule this version does not have is shown by its id."""
    return getattr(_rule_names()[rule], lang) if rule in _rule_names() else rule


@cache
def _rule_names() -> dict[str, Text]:
    return {rule.id: rule.name for rule in RULES}


def _in_language(text: Text, lang: str) -> str:
    return in_words(text.zh if lang == "zh" else text.en, lang)


def _either(text: Text, lang: str) -> str:
    """The words of a language as they are."""
    return text.zh if lang == "zh" else text.en


def _here(moment: datetime) -> datetime:
    """A moment in the time zone of this machine, in which its reader lives."""
    return moment.astimezone()


def _problem_parts(problem: Refusal, lang: str) -> tuple[str, ...]:
    """Found, expected, consequence and remedy; English where no Chinese was given."""
    english = (problem.found, problem.expected, problem.so, problem.fix)
    return problem.zh if lang == "zh" and problem.zh else english


def _short(value: float, _lang: str) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}"


_FILTERS: dict[str, Callable[..., Any]] = {
    "amount": written.amount,
    "number": written.number,
    "quantity": written.quantity,
    "gas": written.gas,
    "dash": written.dash,
    "either": _either,
    "here": _here,
    "value": written.value,
    "interval": written.interval,
    "name": written.name,
    "measure": written.measure,
    "where": written.where,
    "unit": written.unit,
    "unit_of_trade": price.unit_of_trade,
    "priced": price.priced,
    "percent": price.percent,
    "quoted_ends": price.quoted_ends,
    "ends": price.ends,
    "converted_mean": price.converted_mean,
    "operation": price.operation,
    "step_note": price.step_note,
    "chance": written.chance,
    "size": written.size,
    "period": dates.period,
    "base": dates.base,
    "day": dates.day,
    "short_day": dates.short_day,
    "moment": dates.moment,
    "svg": draw.svg,
    "in_language": _in_language,
    "short": _short,
    "decimal": decimal,
    "problem_parts": _problem_parts,
}
