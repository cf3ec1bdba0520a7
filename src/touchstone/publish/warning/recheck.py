"""The re-check of the weekly bulletin: it is read back, as if somebody else had written it, before it is written to files.

Every sentence about a light must name the colour that its score has, and of each rule the value, the limit and the side of it
that the wall has; every cell of the wall the colour of its light; every change what the two walls show.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from math import isclose

from touchstone.calc.warning.colour import colour, named
from touchstone.calc.warning.kept import NONE, KeptWall
from touchstone.calc.warning.light import Light
from touchstone.calc.warning.reason import Reason
from touchstone.calc.warning.rule import FREQUENCIES, SIDES
from touchstone.errors import Refusal
from touchstone.facts.text import Text
from touchstone.publish import dates
from touchstone.publish.report.report import Cell, Paragraph, Report, Sentence, Table
from touchstone.publish.warning.bulletin import Week
from touchstone.publish.warning.saying import NOTHING, speaks
from touchstone.publish.words import word

_NUMBER = r"[+-]?\d[\d.]*(?:e[+-]?\d+)?(?: %)?"
_SAID = {
    "zh": rf"：(?P<period>[^，；]+?)为(?P<value>{_NUMBER})，(?P<way>高于|低于|正在阈值上：|已回到阈值以内但未满足解除条件，阈值)"
    rf"(?:自身历史\d+%分位)?(?P<limit>{_NUMBER})；自(?P<since>[^，；]+?)起已(?P<n>\d+)期",
    "en": rf": (?P<value>{_NUMBER}) in (?P<period>[^,;]+?), (?P<way>above|below|at|back inside but not yet released, cut) "
    rf"(?P<limit>{_NUMBER})(?:, the \d+% quantile of its own past)?; since (?P<since>[^,;]+?), (?P<n>\d+) periods?",
}
"""What is said behind its name of a rule that sets a light."""
_CALM = {
    "zh": rf"：(?P<period>[^，；]+?)为(?P<value>{_NUMBER})，在阈值（[^）]+）以内",
    "en": rf": (?P<value>{_NUMBER}) in (?P<period>[^,;]+?), within its bounds",
}
"""And of the first rule of a light that none sets."""
_WAYS = {
    "高于": "above",
    "低于": "below",
    "正在阈值上：": "at",
    "above": "above",
    "below": "below",
    "at": "at",
}
_HEADS = {
    "zh": r"{name}·{side}（{every}）：(?P<colour>[^，]+)，自(?P<since>[^，]+?)起(?P<n>\d+)天。",
    "en": r"{name}, {side} \({every}\): (?P<colour>[^,]+?) since (?P<since>[^,]+?), (?P<n>\d+) days?\. ",
}
_HANDS = {"zh": "人工调整为{colour}（", "en": "Set by hand to {colour} ("}
_MARKS = "*○†‡"


class UnsoundWarning(Refusal):
    """A bulletin says something else of a light than the wall it was made from."""


def check_bulletin(report: Report, week: Week, lang: str) -> None:
    """Read a bulletin back in a language and hold it against its wall, and against the wall of the week before.

    Raises:
        UnsoundWarning: WARN-017; the sentence or cell is named, with what the wall has.
    """
    for wrong in (
        *_sentences(report, week.wall, lang),
        *_cells(report, week.wall, lang),
        *_changes(report, week, lang),
    ):
        raise _refused(week, lang, wrong)


# --- sentences


def _sentences(report: Report, wall: KeptWall, lang: str) -> Iterator[str]:
    every = [
        sentence for block in report.blocks if isinstance(block, Paragraph) for sentence in block.sentences
    ]
    said = [each for each in every if each.rule.startswith("warning.")]
    due = [x for x in wall.lights if x.side != "all" and not x.rolled_from and x.score]
    if len(said) != len(due):
        yield f"{len(said)} ≠ {len(due)}"
    for sentence, light in zip(said, due, strict=False):
        text = _of(sentence.text, lang)
        if wrong := next(_misspoken(text, sentence, light, lang), ""):
            yield f"“{text}”: {wrong}"


def _misspoken(text: str, sentence: Sentence, light: Light, lang: str) -> Iterator[str]:
    """What a sentence says otherwise than its light."""
    if sentence.rule != f"warning.{light.side}" or sentence.facts != light.facts:
        yield f"{light.material} {light.side}"
    shown = _of(named("colours", colour(light.score, light.mode)), lang)
    if light.override and not text.startswith(_HANDS[lang].format(colour=shown)):
        yield shown
    rest = text
    if light.spell:
        parts = {
            "name": light.name,
            "side": named("sides", light.side),
            "every": named("frequencies", light.frequency),
        }
        head = _HEADS[lang].format(**{key: re.escape(_of(value, lang)) for key, value in parts.items()})
        found = re.search(head, text, re.IGNORECASE)
        computed = _of(named("colours", colour(light.computed_score, light.mode)), lang)
        due = (computed, dates.period(light.spell.since, lang), str(light.spell.days))
        if not found or (found["colour"], found["since"], found["n"]) != due:
            yield " ".join(due)
            return
        rest = text[found.end() :]
    yield from _clauses(rest, light, lang)


def _clauses(rest: str, light: Light, lang: str) -> Iterator[str]:
    """What is said otherwise of the rules that set a light, and any number that is none of theirs."""
    set_by = [each for each in light.reasons if each.score]
    for each in set_by:
        said = re.search(re.escape(_of(each.name, lang)) + _SAID[lang], rest, re.IGNORECASE)
        if not said or not _holds(said, each, lang):
            yield f"{each.rule} {each.period} {each.value:.6g}, {each.low} {each.high}"
            return
        rest = rest[: said.start()] + rest[said.end() :]
    for each in () if set_by else light.reasons[:1]:
        said = re.search(re.escape(_of(each.name, lang)) + _CALM[lang], rest, re.IGNORECASE)
        period = dates.period(each.period, lang)
        if not said or said["period"] != period or not _is(said["value"], each.value):
            yield f"{each.rule} {each.period} {each.value:.6g}"
    quiet = light.override or light.outdated or not set_by
    if not quiet and (left := re.search(_NUMBER, rest)):
        yield left[0]


def _holds(said: re.Match[str], each: Reason, lang: str) -> bool:
    """Whether the clause of a rule says its value, with its sign, the side of the limit it lies on, and since when."""
    told = (dates.period(each.period, lang), dates.period(each.spell.since, lang), str(each.spell.periods))
    if (said["period"], said["since"], said["n"]) != told or not _is(said["value"], each.value):
        return False
    lows, highs = ([cut for cut in cuts if _is(said["limit"], cut)] for cuts in (each.low, each.high))
    match _WAYS.get(said["way"], "inside"):
        case "above":
            return any(each.value > cut for cut in highs)
        case "below":
            return any(each.value < cut for cut in lows)
        case "at":
            return any(isclose(each.value, cut) for cut in (*lows, *highs))
        case _:
            return any(each.value <= cut for cut in highs) or any(each.value >= cut for cut in lows)


def _is(written: str, value: float) -> bool:
    """Whether a number is what is written, rounded as it is written."""
    share = written.endswith(" %")
    number = Decimal(written.removesuffix(" %"))
    half = Decimal(1).scaleb(int(number.as_tuple().exponent)) / 2
    return abs(Decimal(value * (100 if share else 1)) - number) <= half * Decimal("1.000001")


# --- tables


def _cells(report: Report, wall: KeptWall, lang: str) -> Iterator[str]:
    """Every light of the table of the wall by its colour in words."""
    keys = {_of(name, lang): key for key, name in wall.materials().items()}
    every_of = {_of(named("frequencies", every), lang): every for every in FREQUENCIES}
    by_key = {(x.material, x.frequency, x.side): x for x in wall.lights}
    for table in _tables(report, "warning_paper.wall_caption", lang):
        shown = [every_of[_of(cell.text, lang)] for cell in table.head[0][1:]]
        for row in table.body:
            key = keys[_of(row[0].text, lang)]
            places = [(every, side) for every in shown for side in SIDES]
            for (every, side), cell in zip(places, row[1:], strict=True):
                light = by_key[key, every, side]
                due = (
                    _of(named("colours", colour(light.score, light.mode)), lang) if speaks(light) else NOTHING
                )
                if (text := _of(cell.text, lang).rstrip(_MARKS)) != due:
                    yield f"{key} {every} {side} {text}: {due}"


def _changes(report: Report, week: Week, lang: str) -> Iterator[str]:
    """Every change by what either wall shows, and as many as there are."""
    rows = [row for table in _tables(report, "", lang) if _is_of_changes(table, lang) for row in table.body]
    if len(rows) != len(week.turns):
        yield f"{len(rows)} ≠ {len(week.turns)}"
    for row, turn in zip(rows, week.turns, strict=False):
        key = (turn.material, turn.frequency, turn.side)
        shown = [_shown(wall, key, lang) for wall in (week.before, week.wall)]
        if [_of(cell.text, lang) for cell in row[4:6]] != shown:
            yield f"{' '.join(key)}: {' → '.join(shown)}"
        light, why = _light(week.wall, key), _of(row[6].text, lang)
        if wrong := next(_clauses(why, light, lang), ""):
            yield f"“{why}”: {wrong}"


def _shown(wall: KeptWall, key: tuple[str, str, str], lang: str) -> str:
    """The light of a wall by severity, in words; one whose data have ended shows none."""
    light = _light(wall, key)
    shown = NONE if light.score is None or light.outdated else colour(light.score, "severity")
    return word("warning.none", lang) if shown == NONE else _of(named("colours", shown), lang)


def _light(wall: KeptWall, key: tuple[str, str, str]) -> Light:
    return next(x for x in wall.lights if (x.material, x.frequency, x.side) == key)


def _tables(report: Report, caption: str, lang: str) -> Iterator[Table]:
    for block in report.blocks:
        if isinstance(block, Table) and (not caption or _of(block.caption, lang) == word(caption, lang)):
            yield block


def _is_of_changes(table: Table, lang: str) -> bool:
    said: tuple[Cell, ...] = table.head[0]
    return word("warning_paper.before", lang) in [_of(cell.text, lang) for cell in said]


def _of(text: Text, lang: str) -> str:
    return text.zh if lang == "zh" else text.en


def _refused(week: Week, lang: str, found: str) -> UnsoundWarning:
    (expected_zh, so_zh, fix_zh), (expected, so, fix) = (
        tuple(word(f"WARN-017.{part}", each) for part in ("expected", "so", "fix")) for each in ("zh", "en")
    )
    where = f"warning-{week.wall.day} ({lang})"
    return UnsoundWarning("WARN-017", where, found, expected, so, fix, zh=(found, expected_zh, so_zh, fix_zh))
