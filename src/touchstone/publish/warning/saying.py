"""Lights, turns and cards in words and drawings, the same for the console, the command line and the bulletin."""

from collections.abc import Sequence
from decimal import Decimal

from touchstone.calc.warning.backtest import Backtest, Summary
from touchstone.calc.warning.card import Card, Judged
from touchstone.calc.warning.colour import colour, named
from touchstone.calc.warning.kept import NONE, Course, Turn
from touchstone.calc.warning.light import Light
from touchstone.calc.warning.light_card import LIGHT
from touchstone.calc.warning.measures import MEASURES
from touchstone.facts.text import Text
from touchstone.publish import dates
from touchstone.publish.chart import Chart, Trace
from touchstone.publish.format import number
from touchstone.publish.lamp import lamp, strip
from touchstone.publish.sentence import spoken
from touchstone.publish.words import LANGUAGES, word

NOTHING = "—"
USELESS = "○"
"""Marks a card, or a light, that was no better than never warning."""
_LEVELS = {"grey": "unknown", "green": "none"}
"""What a colour is called among the drawings of lamps; the others are called what they are."""
_DIGITS = Decimal("0.01")
_FINE = Decimal("0.0001")
_Number = float | None


def signed(value: _Number, lang: str, plain: bool = False) -> str:
    """A measure of worth with two decimals and its sign, or a dash.

    >>> signed(0.2047, "en"), signed(None, "en")
    ('+0.20', '—')

    One that two decimals would make nothing of keeps four: below zero is not zero.

    >>> signed(-0.0035, "en")
    '\N{MINUS SIGN}0.0035'
    """
    if value is None:
        return NOTHING
    short = Decimal(value).quantize(_DIGITS)
    return number(short if short or not value else Decimal(value).quantize(_FINE), lang, signed=not plain)


def named_light(shown: str) -> Text:
    """What a light of the register is called: a colour, or no data.

    >>> named_light("none").en
    'no data'
    """
    if shown == NONE:
        return Text(word("warning.none", "zh"), word("warning.none", "en"))
    return named("colours", shown)


def turn_words(turn: Turn, lang: str) -> str:
    """A turn in one line."""
    return word(
        "warning.turn", lang, name=getattr(turn.name, lang), side=getattr(named("sides", turn.side), lang),
        frequency=getattr(named("frequencies", turn.frequency), lang), before=getattr(named_light(turn.before), lang),
        after=getattr(named_light(turn.after), lang) + (word("warning.reversed", lang) if turn.reversed else ""),
        period=dates.period(turn.period, lang),
    )  # fmt: skip


def speaks(light: Light) -> bool:
    """Whether a light shows anything: rules that can be read, or a hand that set it."""
    return bool(light.period or light.override)


def uncalibrated(light: Light) -> bool:
    """Whether a light with a reading stands on no calibrated rule."""
    return bool(light.reasons) and all(each.standing == "uncalibrated" for each in light.reasons)


def worthless(light: Light) -> bool:
    """Whether none of the rules that set a light was, out of sample, better than never warning."""
    said = [each for each in light.reasons if each.score] or light.reasons
    return any(each.standing == "worthless" for each in said) and all(
        each.standing != "calibrated" for each in said
    )


def lamp_of(light: Light, lang: str, size: int = 22) -> str:
    """A light as a drawing, which says its sentence."""
    return lamp(_LEVELS.get(light.colour, light.colour), getattr(spoken(light.words), lang), size)


def strip_of(light: Light, lang: str, step: int = 7) -> str:
    """The history of a light as a drawing; bars are by severity, so that higher is farther from normal in every mode."""
    shown = [colour(point.score, "severity") for point in light.strip]
    said = [
        f"{dates.period(point.period, lang)} {getattr(named('colours', each), lang)}"
        for point, each in zip(light.strip, shown, strict=True)
    ]
    what = f"{getattr(light.name, lang)} {getattr(named('sides', light.side), lang)}"
    alt = word(
        "warning.history_alt", lang, what=what, first=dates.period(light.strip[0].period, lang),
        last=dates.period(light.strip[-1].period, lang),
    )  # fmt: skip
    return strip([_LEVELS.get(each, each) for each in shown], said, alt, step)


def course_chart(course: Course, lang: str) -> Chart | None:
    """A measure and its thresholds; None where it has no value."""
    share = MEASURES[course.measure].form == "percent"
    lines = [(getattr(course.name, lang), course.values, False)]
    for side in ("low", "high"):
        cuts: tuple[tuple[_Number, ...], ...] = getattr(course, side)
        lines += [(word(f"warning.{side}", lang, n=n), cut, True) for n, cut in enumerate(cuts, 1)]
    traces = tuple(
        Trace(name, tuple(_drawn(value, share) for value in values), vintage=cut)
        for name, values, cut in lines
        if any(value is not None for value in values)
    )
    if all(value is None for value in course.values):
        return None
    said = f"{getattr(course.name, lang)} · {getattr(named('frequencies', course.frequency), lang)}"
    return Chart("line", said, course.periods, traces, "%" if share else "")


def _drawn(value: _Number, share: bool) -> Decimal | None:
    return None if value is None else Decimal(value * (100 if share else 1)).quantize(_FINE)


def _worth(part: Judged | None) -> _Number:
    return part.worth if part else None


def card_words(card: Card, lang: str) -> dict[str, str]:
    """The numbers of a card, written: those out of sample but where they are called in sample."""
    after = card.evaluation
    area = after.auroc if after else None
    runs = after.episodes if after else None
    return {
        "event": getattr(card.event_name, lang),
        "standing": word("warning.worthless" if card.worthless else f"warning.{card.standing}", lang),
        "mark": USELESS if card.worthless else "",
        "inside": signed(_worth(card.calibration), lang),
        "outside": signed(_worth(after), lang),
        "rolling": signed(_worth(card.rolling), lang),
        "declared": signed(_worth(card.declared), lang),
        "noise": signed(after.noise_to_signal if after else None, lang, plain=True),
        "auroc": f"{signed(area.point, lang, plain=True)} ({signed(area.low, lang, plain=True)}–{signed(area.high, lang, plain=True)})"
        if area
        else NOTHING,
        "lead": NOTHING if runs is None or runs.lead is None else f"{runs.lead:g}",
        "false_alarms": str(after.counts.b) if after else NOTHING,
        "missed": f"{after.missed}/{runs.events}" if after and runs else NOTHING,
        "real_time": f"{card.real_time.agreeing}/{card.real_time.periods}"
        if card.real_time
        else word("warning.no_vintages", lang),
    }


def headline_cards(found: Backtest) -> Sequence[Card]:
    """The cards that stand for their materials: of the headline rule, of the events that come soonest."""
    return _soonest(found, found.headline.rule)


def headline_name(found: Backtest) -> Text:
    """The headline rule in words."""
    return next(
        (card.name for card in found.cards if card.rule == found.headline.rule),
        Text(found.headline.rule, found.headline.rule),
    )


def light_cards(found: Backtest) -> Sequence[Card]:
    """The cards of the lights of the price as shown, of the events that come soonest."""
    return _soonest(found, LIGHT)


def _soonest(found: Backtest, rule: str) -> Sequence[Card]:
    soonest = min((event.horizon for event in found.trial.asked), default=0)
    own = [card for card in found.cards if (card.rule, card.frequency) == (rule, found.frequency)]
    return [card for card in own if card.horizon == soonest]


def summaries(found: Backtest) -> tuple[Text, ...]:
    """What the cards come to: of the headline rule, and of the lights of the price as shown."""
    said = (("warning.summary", found.headline), ("warning.light_summary", found.light))
    return tuple(Text(*(_summed(found, key, each, lang) for lang in LANGUAGES)) for key, each in said)


def _summed(found: Backtest, key: str, given: Summary, lang: str) -> str:
    numbers = {
        "inside": given.calibration, "outside": given.evaluation, "rolling": given.rolling, "declared": given.declared,
    }  # fmt: skip
    return word(
        key, lang, rule=getattr(headline_name(found), lang), materials=given.materials, cards=given.cards,
        auroc=signed(given.auroc, lang, plain=True), **{name: signed(value, lang) for name, value in numbers.items()},
    )  # fmt: skip
