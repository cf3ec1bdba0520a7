"""What the commands share: opening the workspace, reading with a progress bar, printing answers."""

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from touchstone.errors import AmbiguousFact, Refusal, UnknownFact, UnreadableFile
from touchstone.facts.text import Text
from touchstone.publish.tally import counted
from touchstone.publish.words import LANGUAGES, word
from touchstone.serve.progress import progress
from touchstone.serve.shown import shown, shown_json

if TYPE_CHECKING:
    from touchstone.audit.finding import Finding
    from touchstone.facts.document import Document
    from touchstone.facts.fact import Fact
    from touchstone.facts.lineage import Explanation
    from touchstone.flow import ReadReport, Workspace

_MARKS = ("ledger/manifest.sqlite", "carbon/organisation.toml", "pathway/register.csv")


def language(given: str) -> str:
    """The language to print in: the one given, else that of the system, English if neither."""
    if given and given not in LANGUAGES:
        raise wrong("COMMAND-006", "--lang", given=given)
    system = next((os.environ[v] for v in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(v)), "")
    return given or ("zh" if system.lower().startswith("zh") else "en")


def asked_language(arguments: Sequence[str]) -> str:
    """The language of a whole call, for what goes wrong in it; that of the system if it asks for none of ours."""
    given = [after for before, after in pairwise(arguments) if before == "--lang"]
    given += [each.removeprefix("--lang=") for each in arguments if each.startswith("--lang=")]
    return next((each for each in given if each in LANGUAGES), language(""))


def wrong(code: str, where: str, **values: object) -> UnreadableFile:
    """A mistake in the call, in five parts and both languages; a value may be a key of the catalogue or a `Text`."""
    parts = ("found", "expected", "so", "fix")
    zh, en = ([word(f"{code}.{part}", lang, **_spoken(values, lang)) for part in parts] for lang in LANGUAGES)
    return UnreadableFile(code, where, en[0], en[1], en[2], en[3], (zh[0], zh[1], zh[2], zh[3]))


def workspace(folder: Path, *, make: bool = False) -> "Workspace":
    """Open the workspace in `folder`; make it there if `make` and the folder is empty or missing.

    A folder in which somebody has only written the organisation (`carbon/organisation.toml`) becomes one.

    Raises:
        UnreadableFile: it is a file, another kind of folder, or there is none to read from.
        UnusablePathway: PATHWAY-011, all it holds is scenarios, whose plant register is gone.
    """
    ours = is_workspace(folder)
    if folder.is_file():
        raise wrong("COMMAND-003", str(folder), what="workspace.not_folder")
    if not ours and any((folder / "pathway" / "scenarios").glob("*.toml")):
        from touchstone.calc.pathway.refusal import refusal

        raise refusal("PATHWAY-011", str(folder / "pathway" / "register.csv"))
    if not ours and folder.exists() and any(folder.iterdir()):
        raise wrong("COMMAND-003", str(folder), what="workspace.foreign")
    if not ours and not make:
        raise wrong("COMMAND-003", str(folder), what="workspace.missing")
    import touchstone

    return touchstone.open(folder)


def is_workspace(folder: Path) -> bool:
    """Whether a folder is a workspace, or holds the organisation that makes it one."""
    return any((folder / each).is_file() for each in _MARKS)


def must_exist(path: Path) -> None:
    """Refuse a path that is not there; a broken link is there, and cannot be read.

    Raises:
        UnreadableFile: there is nothing of this name.
    """
    if not path.exists() and not path.is_symlink():
        raise wrong("COMMAND-001", str(path))


def must_hold_files(paths: Sequence[Path], workspace: Path) -> None:
    """Refuse paths that are not there or hold no file, before a workspace is made for them.

    A workspace that is there already may be read into from a folder that has become empty.

    Raises:
        UnreadableFile: a path does not exist, or there is no file in any of them.
    """
    from touchstone.read.folder import files_in

    for path in paths:
        must_exist(path)
    if paths and not (workspace / "ledger").exists() and not any(files_in(paths, workspace)):
        raise wrong("COMMAND-002", ", ".join(map(str, paths)))


def read_into(opened: "Workspace", paths: Sequence[Path], lang: str) -> "ReadReport":
    """Read the paths with a progress bar; the report of the workspace.

    Raises:
        UnreadableFile: there was no file in any of them.
    """
    with progress(word("command.reading", lang)) as tell:
        report = opened.read(paths, tell)
    if not (report.documents or report.problems or report.unchanged or report.withdrawn):
        raise wrong("COMMAND-002", ", ".join(map(str, paths)))
    return report


def audited(opened: "Workspace", lang: str) -> "Sequence[Finding]":
    """Audit with a progress bar; the findings."""
    with progress(word("command.auditing", lang)) as tell:
        return opened.audit(tell)


def explanation(opened: "Workspace", id: str) -> "Explanation":
    """Where the figure of an id, or of the beginning of one, comes from.

    Raises:
        UnreadableFile: there is no such figure, or there are several.
    """
    try:
        return opened.explain(id)
    except AmbiguousFact as error:
        raise wrong("COMMAND-008", id) from error
    except UnknownFact as error:
        raise wrong("COMMAND-007", id) from error


def print_json(value: object) -> None:
    """Print JSON to standard output."""
    from touchstone.publish.export import to_json

    typer.echo(shown_json(to_json(value)))


def told(problem: Refusal, lang: str) -> str:
    """The five parts of a problem; words of a file in them keep to their line."""
    zh = problem.zh
    return Refusal(
        problem.code, shown(problem.where), shown(problem.found), shown(problem.expected), shown(problem.so),
        shown(problem.fix), zh and (shown(zh[0]), shown(zh[1]), shown(zh[2]), shown(zh[3])),
    ).text(lang)  # fmt: skip


def print_report(report: "ReadReport", as_json: bool, lang: str, *, err: bool = False) -> None:
    """What was read and what was not."""
    if as_json:
        print_json(_report_data(report, lang))
        return
    for entry in report.documents:
        typer.echo(f"  {entry.figures:6}  {shown(entry.name)}", err=err)
    typer.echo(
        word(
            "command.read",
            lang,
            documents=count("documents", len(report.documents), lang),
            figures=count("figures", report.added, lang),
            unchanged=report.unchanged,
        ),
        err=err,
    )
    if report.withdrawn:
        names = word("list.comma", lang).join(map(shown, report.withdrawn))
        typer.echo(word("command.withdrawn", lang, n=len(report.withdrawn), names=names), err=err)
    if report.problems:
        files = count("files", len(report.problems), lang)
        typer.echo("\n" + word("command.problems", lang, files=files), err=True)
        for problem in report.problems:
            typer.echo(told(problem, lang), err=True)


def _report_data(report: "ReadReport", lang: str) -> dict[str, object]:
    """The report for JSON."""
    read = {name: getattr(report, name) for name in ("documents", "added", "unchanged", "withdrawn")}
    return {**read, "problems": [problem_data(problem, lang) for problem in report.problems]}


def problem_data(problem: Refusal, lang: str) -> dict[str, str]:
    """A problem for JSON, in the language asked for."""
    said = (problem.zh if lang == "zh" else None) or (
        problem.found,
        problem.expected,
        problem.so,
        problem.fix,
    )
    parts = dict(zip(("found", "expected", "so", "fix"), said, strict=True))
    return {"code": problem.code, "where": problem.where, **parts}


def print_findings(
    opened: "Workspace", findings: "Iterable[Finding]", as_json: bool, lang: str, *, every: bool = False
) -> None:
    """Findings with their arithmetic, the most serious first; those that hold only where `every`."""
    from touchstone.publish.case import by_seriousness

    ordered = by_seriousness(findings)
    if as_json:
        from touchstone.publish.export import finding_data

        print_json({"findings": [finding_data(finding) for finding in ordered]})
        return
    names = {entry.hash: entry.name for entry in opened.documents()}
    for finding in ordered:
        if every or finding.verdict != "holds":
            _print_finding(finding, names, lang)
    counting = {finding.id for finding in counted(opened.findings())}
    tally = Counter(f.verdict for f in ordered if f.id in counting)
    said = word("list.clause", lang).join(f"{word('verdict.' + v, lang)} {n}" for v, n in tally.items())
    identities = count("identities", tally.total(), lang)
    typer.echo("\n" + word("command.tested", lang, identities=identities, tally=said))


def print_figures(document: "Document", facts: "Iterable[Fact]", lang: str) -> None:
    """One figure a line: line in the text, words as printed, value, measure, period, subject."""
    from touchstone.publish.dates import period
    from touchstone.publish.format import amount, measure
    from touchstone.publish.labels import labels

    known = list(facts)
    for fact, label in zip(known, labels(document, known, lang), strict=True):
        what = (amount(fact, lang), measure(fact.measure, lang), period(fact.period, lang), label["subject"])
        typer.echo(f"{label['line']:>6}  " + " · ".join(shown(str(part)) for part in what if part))


def _print_finding(finding: "Finding", names: dict[str, str], lang: str) -> None:
    from touchstone.publish.sentence import in_words

    said = (finding.title, finding.arithmetic, finding.note)
    title, *more = (shown(in_words(getattr(text, lang), lang)) for text in said if text)
    documents = word("list.comma", lang).join(shown(names.get(s, s[:12])) for s in finding.sources)
    typer.echo(f"\n{word('verdict.' + finding.verdict, lang)}  {title}")
    for line in (*more[:1], documents, *more[1:]):
        typer.echo(f"  {line}")


def count(what: str, n: int, lang: str) -> str:
    """So many of something, in words."""
    return word(f"{'one' if n == 1 else 'count'}.{what}", lang, n=n)


def _spoken(values: dict[str, object], lang: str) -> dict[str, object]:
    """Values that are keys of the catalogue become its words, and a `Text` its words in one language."""
    spoken = {k: getattr(v, lang) if isinstance(v, Text) else v for k, v in values.items()}
    return {k: word(v, lang) if k == "what" and isinstance(v, str) else v for k, v in spoken.items()}
