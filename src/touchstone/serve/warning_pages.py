"""The pages of early warning: the wall of lights, one material whole, and the form that sets a light by hand."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from touchstone.calc.warning.backtest import Backtest
from touchstone.calc.warning.colour import named
from touchstone.calc.warning.kept import KeptWall
from touchstone.calc.warning.light import Light
from touchstone.calc.warning.light_facts import MEASURES
from touchstone.calc.warning.override import Override
from touchstone.calc.warning.rule import FREQUENCIES, MODES, SIDES
from touchstone.desk.dispatch_matter import STATES
from touchstone.desk.light_changes import code_of
from touchstone.desk.light_overrides import SCORES
from touchstone.desk.stated import day_of
from touchstone.errors import UnknownSeries
from touchstone.facts.fact import Fact
from touchstone.flow import Workspace
from touchstone.publish.draw import svg
from touchstone.publish.lamp import lamp
from touchstone.publish.sentence import spoken
from touchstone.publish.warning.saying import (
    card_words,
    course_chart,
    lamp_of,
    named_light,
    speaks,
    strip_of,
    summaries,
    turn_words,
    uncalibrated,
    worthless,
)
from touchstone.publish.words import word
from touchstone.serve.assessment_acts import answering
from touchstone.serve.assessment_pages import person
from touchstone.serve.dispatch_pages import BADGES
from touchstone.serve.language import language
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf
from touchstone.serve.warning_data import rows_of, wall_data

_Form = Mapping[str, str]
_LEGEND = (("green", "none"), ("blue", "blue"), ("yellow", "yellow"), ("red", "red"), ("grey", "unknown"))
_LEGEND_OF = {
    "severity": _LEGEND,
    "direction": (
        ("red", "red"),
        ("yellow", "yellow"),
        ("green", "none"),
        ("light_blue", "light_blue"),
        ("blue", "blue"),
        ("grey", "unknown"),
    ),
}
"""The lamps of a mode, in order, by colour and drawing."""


def _wall(request: Request, shelf: Shelf) -> Page:
    """The lights as they were worked out last: every material by frequency and side."""
    lang, made = language(request), _made(request, shelf)
    if made is None:
        return Page("warning.html", {"wall": None, **_spoken(lang)}, {"lights": []}, [])
    by_key = {(x.material, x.frequency, x.side): x for x in made.lights}
    shown = {
        "wall": made,
        "rows": [
            (key, name, [[by_key[key, every, side] for side in SIDES] for every in FREQUENCIES])
            for key, name in made.materials().items()
        ],
        "mode": request.query_params.get("mode", ""),
        **_legend(made, lang),
        "summary": _summary(shelf.workspace.cards(), lang),
        **_spoken(lang),
    }
    return Page("warning.html", shown, wall_data(made, list(made.materials())), rows_of(made.lights))


def _material(request: Request, shelf: Shelf) -> Page:
    """One material: its lights with reasons, measures against thresholds, cards, matters, and the form.

    Raises:
        UnknownSeries: there is none on the wall.
    """
    key, lang, workspace = request.path_params["material"], language(request), shelf.workspace
    made = _made(request, shelf)
    if made is None or key not in made.materials():
        raise UnknownSeries(f"no material {key!r} on the wall")
    lights = [light for light in made.of(key) if light.side != "all"]
    tried = workspace.cards()
    cards = [card for card in tried.cards if card.material == key] if tried else []
    watched = {each.key: each for each in workspace.rulebook().materials}
    code = code_of(watched[key]) if key in watched else key
    shown = {
        "wall": made,
        "key": key,
        "name": made.materials()[key],
        "whole": [light for light in made.of(key) if light.side == "all" and speaks(light)],
        "lit": [light for light in lights if speaks(light)],
        "known": shelf.facts(id for light in lights for each in light.reasons for id in each.facts),
        "silent": _silent(lights, lang),
        "score_of": _scores(workspace, code),
        "charts": [
            (course, svg(chart, lang))
            for course in made.courses
            if course.material == key and (chart := course_chart(course, lang))
        ],
        "cards": [(card, card_words(card, lang)) for card in cards],
        "mu": tried.trial.mu if tried else None,
        "headlines": [tried.headline.rule, tried.light.rule] if tried else [],
        "matters": [each for each in workspace.dispatch().matters() if each.change.material == code],
        "states": STATES,
        "badges": BADGES,
        "frequencies": FREQUENCIES,
        "sides": SIDES,
        "settable": tuple(SCORES),
        "today": workspace.today(),
        "token": request.app.state.token.value,
        "person": person(request),
        "mode": request.query_params.get("mode", ""),
        **_legend(made, lang),
        **_spoken(lang),
    }
    data = {
        **wall_data(made, [key]),
        "cards": cards,
        "courses": [x for x in made.courses if x.material == key],
    }
    return Page("warning_material.html", shown, data, rows_of(made.of(key)))


def _made(request: Request, shelf: Shelf) -> KeptWall | None:
    """The wall that is kept, in the mode the address asks for. Raises UnknownSeries: there is no such mode."""
    made, mode = shelf.workspace.kept_wall(), request.query_params.get("mode")
    if mode and mode not in MODES:
        raise UnknownSeries(
            f"no mode {mode!r}; there are {', '.join(MODES)}\n没有读法“{mode}”；有{'、'.join(MODES)}"
        )
    return made.read_in(mode) if made and mode else made


def _spoken(lang: str) -> dict[str, Any]:
    """What puts lights into words and drawings."""
    return {
        "named": lambda kind, key: getattr(named(kind, key), lang),
        "named_light": lambda shown: getattr(named_light(shown), lang),
        "lamp_of": lambda light, size=22: lamp_of(light, lang, size),
        "strip_of": lambda light: strip_of(light, lang),
        "turn_words": lambda turn: turn_words(turn, lang),
        "uncalibrated": uncalibrated,
        "worthless": worthless,
    }


def _legend(made: KeptWall, lang: str) -> dict[str, Any]:
    """What the colours mean, once for each mode on the wall."""
    modes = {light.mode: light.legend for light in made.lights}
    return {
        "legends": [
            (text, [(lamp(level, getattr(named("colours", shown), lang), 18), getattr(named("colours", shown), lang)) for shown, level in _LEGEND_OF[mode]])
            for mode, text in modes.items()
        ],
        "faded": lamp("yellow", word("warning.faded", lang), 14),
    }  # fmt: skip


def _scores(workspace: Workspace, code: str) -> Callable[[Light], Fact | None]:
    """The fact that is the score of a light; None for one rolled up or set by hand."""
    known = workspace.facts(status="derived", subject=code, measure=list(MEASURES.values()))
    scores = {(fact.measure, fact.period): fact for fact in known}

    def score(light: Light) -> Fact | None:
        own = not (light.rolled_from or light.override)
        return scores.get((MEASURES[light.side], light.period)) if own else None

    return score


def _silent(lights: list[Light], lang: str) -> list[str]:
    said = dict.fromkeys(getattr(spoken(each.why), lang) for light in lights for each in light.silent)
    return [each.split("\n")[0] for each in said]


def _summary(found: Backtest | None, lang: str) -> list[str]:
    return [getattr(each, lang) for each in summaries(found)] if found else []


# --- the form


def _set(_request: Request, workspace: Workspace, form: _Form) -> str:
    """Set a light by hand and work the wall out anew; back to the material."""
    material = form.get("material", "")
    where = f"override {material}"
    score = SCORES.get(form.get("light", ""), float("nan")) * (-1 if form.get("loose") else 1)
    since, until = (day_of(form.get(name, ""), where) for name in ("since", "until"))
    workspace.override(
        Override(
            material, form.get("frequency", ""), form.get("side", ""), score, form.get("by", ""),
            form.get("reason", ""), since, until,
        )
    )  # fmt: skip
    workspace.warnings()
    return f"/warning/{quote(material, safe='')}"


WARNING_PAGES: dict[str, Callable[[Request, Shelf], Page | Response]] = {
    "/warning": _wall,
    "/warning/{material:str}": _material,
}
WARNING_ACTS = {"/warning/override": answering(_set)}
