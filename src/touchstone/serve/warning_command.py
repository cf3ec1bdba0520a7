"""`touchstone warning` and `touchstone backtest`: the wall in words, lights set by hand, and the cards of the rules."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from touchstone.publish.words import word
from touchstone.serve import terminal
from touchstone.serve.options import HERE, AsJson, Folder, Lang
from touchstone.serve.progress import progress
from touchstone.serve.shown import shown

if TYPE_CHECKING:
    from touchstone.calc.warning.backtest import Backtest
    from touchstone.calc.warning.kept import KeptWall
    from touchstone.calc.warning.light import Light
    from touchstone.flow import Workspace

Day = "YYYY-MM-DD"
_ACT = "override"


def warning(
    what: Annotated[
        list[str] | None,
        typer.Argument(
            help="Materials; or: override MATERIAL D|W|M|Q|A SIDE LIGHT. 品种，或人工调整。",
            show_default=False,
        ),
    ] = None,
    day: Annotated[str, typer.Option("--day", help="As known on a day. 截至某日所知。", metavar=Day)] = "",
    as_of: Annotated[
        str, typer.Option("--as-of", help="The ledger as it stood. 截至某日的账本。", metavar=Day)
    ] = "",
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for the bulletin. 周报所存文件夹。", metavar="DIR")
    ] = None,
    mode: Annotated[
        str, typer.Option(help="How colours are read. 颜色读法。", metavar="severity|direction")
    ] = "",
    by: Annotated[str, typer.Option("--by", help="override: your name. 姓名。")] = "",
    reason: Annotated[str, typer.Option("--reason", help="override: why. 理由。")] = "",
    since: Annotated[str, typer.Option("--from", help="override: first day; today. 起。", metavar=Day)] = "",
    until: Annotated[str, typer.Option("--until", help="override: last day. 止。", metavar=Day)] = "",
    loose: Annotated[bool, typer.Option("--loose", help="override: loose or cold. 偏松偏冷。")] = False,
    workspace: Folder = HERE,
    as_json: AsJson = False,
    lang: Lang = "",
) -> None:
    """Red, yellow, blue: the lights of the materials; with --out, the bulletin · 预警灯号与预警周报"""
    from touchstone.desk.stated import day_of

    opened, spoken = terminal.workspace(workspace), terminal.language(lang)
    if what and what[0] == _ACT:
        _override(opened, what[1:], by, reason, since, until, loose)
        what = what[1:2]
    until_day = day_of(day, "--day") if day else None
    ledger = day_of(as_of, "--as-of") if as_of else None
    with progress(word("warning.computing", spoken)) as tell:
        made = opened.warnings(until_day, ledger, tell, _mode(mode))
    if out:
        from touchstone.serve.warning_paper import write_bulletin

        for path in write_bulletin(opened, made, ledger, out):
            typer.echo(shown(str(path)), err=as_json)
    if as_json:
        from touchstone.serve.warning_data import wall_data

        terminal.print_json(wall_data(made, _chosen(made, what or ())))
        return
    for line in _told(made, _chosen(made, what or ()), bool(what), spoken):
        typer.echo(shown(line))
    for problem in made.refused:
        typer.echo(shown(getattr(problem, spoken)), err=True)


def backtest(
    materials: Annotated[
        list[str] | None,
        typer.Argument(help="All if none is named. 品种，不写则为全部。", show_default=False),
    ] = None,
    workspace: Folder = HERE,
    as_json: AsJson = False,
    lang: Lang = "",
) -> None:
    """Try the warning rules on the history there is, and make their cards · 回测预警规则"""
    opened, spoken = terminal.workspace(workspace), terminal.language(lang)
    with progress(word("warning.testing", spoken)) as tell:
        found = opened.backtest(materials, tell)
    if not materials and opened.kept_wall():
        opened.warnings()  # its lights say which rules are calibrated now
    if as_json:
        from touchstone.serve.warning_data import backtest_data

        terminal.print_json(backtest_data(found))
        return
    names = {each.key: getattr(each.name, spoken) for each in opened.rulebook().materials}
    for line in _tried(found, names, spoken):
        typer.echo(shown(line))


def _mode(given: str) -> str | None:
    from touchstone.calc.warning.rule import MODES

    if given and given not in MODES:
        raise terminal.wrong("COMMAND-030", "--mode", given=given, known=", ".join(MODES))
    return given or None


def _chosen(made: "KeptWall", asked: Sequence[str]) -> list[str]:
    """The materials asked for, by key or by name; all where none is. Raises UnreadableFile: one is not on the wall."""
    known = made.materials()
    names = {each: key for key, name in known.items() for each in (key, name.zh, name.en)}
    for strange in [each for each in asked if each not in names]:
        raise terminal.wrong("COMMAND-030", "MATERIAL", given=strange, known=", ".join(known))
    return [names[each] for each in asked] or list(known)


def _override(
    opened: "Workspace", words: Sequence[str], by: str, reason: str, since: str, until: str, loose: bool
) -> None:
    from touchstone.calc.warning.override import Override
    from touchstone.desk.light_overrides import SCORES
    from touchstone.desk.stated import day_of

    if len(words) != 4 or words[3] not in SCORES or not until:
        given = " ".join((_ACT, *words, *(() if until else ("--until ?",))))
        known = f"override MATERIAL D|W|M|Q|A SIDE {'|'.join(SCORES)} --by --reason --until"
        raise terminal.wrong("COMMAND-030", _ACT, given=given, known=known)
    material, frequency, side, light = words
    first = day_of(since, "--from") if since else opened.today()
    score = SCORES[light] * (-1 if loose else 1)
    opened.override(Override(material, frequency, side, score, by, reason, first, day_of(until, "--until")))


def _told(made: "KeptWall", materials: Sequence[str], whole: bool, lang: str) -> Iterator[str]:
    """The wall in words: legend, then each material with its lights; what has no data at the end, or of each where asked."""
    from touchstone.publish.dates import day
    from touchstone.publish.sentence import spoken
    from touchstone.publish.warning.saying import speaks, turn_words

    yield f"{word('warning.title', lang)} · {day(made.day, lang)}"
    for said in dict.fromkeys(getattr(light.legend, lang) for light in made.lights):
        yield f"{word('warning.legend', lang)}: {said}"
    dark = []
    for key in materials:
        lights = [light for light in made.of(key) if light.side != "all"]
        lit = [light for light in lights if speaks(light)]
        name = getattr(made.materials()[key], lang)
        if not lit:
            dark.append(name)
        yield from ("", name) if lit or whole else ()
        yield from ("  " + getattr(spoken(light.words), lang) for light in lit)
        if whole:
            yield from _silent(lights, lang)
    if dark:
        yield "\n" + word("warning.no_data_of", lang, names=word("list.comma", lang).join(dark))
    if made.turns:
        yield "\n" + word("warning.turns", lang)
        yield from (f"  {turn_words(turn, lang)}  {turn.matter}".rstrip() for turn in made.turns)


def _silent(lights: "Sequence[Light]", lang: str) -> Iterator[str]:
    """The rules without a reading, each once, with why."""
    from touchstone.publish.sentence import spoken

    said = dict.fromkeys(getattr(spoken(each.why), lang) for light in lights for each in light.silent)
    yield from ("  " + each.split("\n")[0] for each in said)


def _tried(found: "Backtest", names: dict[str, str], lang: str) -> Iterator[str]:
    """The summary, the headline cards material by material, and what is not calibrated."""
    from touchstone.publish.warning.saying import (
        card_words,
        headline_cards,
        light_cards,
        summaries,
    )

    head = found.headline
    yield from (getattr(each, lang) for each in summaries(found))
    comma = word("list.comma", lang)
    if head.below:
        yield word("warning.below", lang, names=comma.join(names[each] for each in head.below))
    for each in [*(headline_cards(found) or found.cards), *light_cards(found)]:
        if each.standing == "calibrated":
            name = names[each.material] + (f" · {getattr(each.name, lang)}" if each.rule != head.rule else "")
            yield "  " + word("warning.row", lang, name=name, **card_words(each, lang))
    if bare := [each for each in found.cards if each.standing != "calibrated"]:
        yield word("warning.uncalibrated_ones", lang, n=len(bare))
        said = {
            (
                each.material,
                each.rule,
            ): f"  {names[each.material]} · {getattr(each.name, lang)}: {getattr(each.why, lang)}"
            for each in reversed(bare)
        }
        yield from reversed(said.values())
    if found.without:
        yield word("warning.without", lang, n=len(found.without))
