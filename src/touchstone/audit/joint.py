"""Joint verdicts: identities that share figures are solved together.

Checks that pass one by one can fail together, and where several fail, the fewest figures that
would have to change say more than the list of failures.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from touchstone.audit.case import Case
from touchstone.audit.cumulative import cumulative
from touchstone.audit.figure import Figure
from touchstone.audit.finding import Finding
from touchstone.audit.growth import base_chain
from touchstone.audit.linear import HIDDEN, rows
from touchstone.audit.part_of_whole import part_of_whole
from touchstone.audit.report import named, report
from touchstone.audit.rule import rule
from touchstone.audit.share import share_of_total
from touchstone.audit.solver import Row, fewest, slacks
from touchstone.audit.sum import sum_
from touchstone.audit.table_share import table_share
from touchstone.facts.text import Text

LINEAR = (cumulative, base_chain, sum_, part_of_whole, share_of_total, table_share)
_FAILING = ("fails", "revised")
_TOLERANCE = 0.01
"""In half-units. Shares are linear only to first order; a gap this small is none."""
_MOST = 60
"""Figures a group may have for the search of the fewest to free."""
_REACH = 1e4
"""How many half-units a figure set free may move; larger values drown in the solver's tolerance."""


@rule(
    "joint",
    zh="联立可行",
    en="identities together",
    zh_meaning="共用数字的各项关系应能同时成立；不能时给出最少需要更改的数字。",
    en_meaning="Identities that share figures can hold together; where not, the fewest figures to change are named.",
)
def joint(case: Case) -> Iterator[Finding]:
    """One finding for each group of identities that cannot hold together though two or more fail, or none."""
    found = {f.id: f for each in LINEAR for f in each.findings(case)}
    figures = {f.fact.id: f for page in case.pages for f in page.figures}
    groups = [g for g in _groups(list(found.values())) if len(g) > 1]
    suspect = [g for g in groups if any(f.verdict != "holds" for f in g)]
    programs = [[row for f in group for row in rows(f, figures)] for group in suspect]
    together = _slack_by_group(programs)
    for group, program, slack in zip(suspect, programs, together, strict=True):
        failing = sum(f.verdict in _FAILING for f in group)
        if slack > _TOLERANCE and failing != 1:
            yield _finding(group, program, figures)


def _groups(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Findings connected by shared figures."""
    root: dict[str, str] = {}

    def top(name: str) -> str:
        while root.setdefault(name, name) != name:
            root[name] = name = root[root[name]]
        return name

    for f in findings:
        for fact in f.facts[1:]:
            root[top(fact)] = top(f.facts[0])
    together: dict[str, list[Finding]] = defaultdict(list)
    for f in findings:
        together[top(f.facts[0])].append(f)
    return list(together.values())


def _slack_by_group(programs: Sequence[Sequence[Row]]) -> list[float]:
    """One program for all groups: they share no variable, so they do not disturb each other."""
    every = [row for program in programs for row in program]
    given = iter(slacks(every, _hidden(every)) if every else [])
    return [sum(next(given) for _ in program) for program in programs]


def _hidden(program: Sequence[Row]) -> frozenset[str]:
    return frozenset(name for row in program for name in row.terms if name.startswith(HIDDEN))


def _finding(group: Sequence[Finding], program: Sequence[Row], figures: Mapping[str, Figure]) -> Finding:
    used = [figures[i] for i in dict.fromkeys(i for f in group for i in f.facts)]
    in_order = [f.fact.id for f in sorted(used, key=lambda f: (f.fact.source, f.start, f.end))]
    freed = fewest(program, _hidden(program), _REACH, in_order) if len(used) <= _MOST else None
    names = [figures[i] for i in freed or []]
    alone = all(f.verdict not in _FAILING for f in group)
    zh = f"{len(group)} 项关系共用 {len(used)} 个数字" + (
        "，单独成立，合起来不成立" if alone else "，不能同时成立"
    )
    en = f"{len(group)} identities share {len(used)} figures" + (
        "; each holds alone, together they cannot" if alone else "; they cannot hold together"
    )
    parts = "；".join(f.arithmetic.zh for f in group), "; ".join(f.arithmetic.en for f in group)
    first = named(used[0])
    return report(
        "joint",
        used,
        Text(f"{first.zh}：{zh}", f"{first.en}: {en}"),
        Text(*parts),
        "fails",
        note=_note(names, alone),
    )


def _note(freed: Sequence[Figure], alone: bool) -> Text:
    """The fewest figures to change; where single findings fail, that they are listed already."""
    listed = (
        ("", "")
        if alone
        else ("归并已单独列出的问题，不另计。", "Groups findings listed by themselves, not counted again. ")
    )
    words = [(f.fact.quote, f.fact.period) for f in freed]
    if not words:
        return Text(listed[0] or "各项单独成立。", listed[1].strip() or "Each holds alone.")
    return Text(
        f"{listed[0]}最少更改 {len(words)} 个数字即可全部成立，例如：{'、'.join(_dated(w, p, '（', '）') for w, p in words)}。",
        f"{listed[1]}All hold once {_figures(len(words))} changed, for instance: {', '.join(_dated(w, p, ' (', ')') for w, p in words)}.",
    )


def _figures(count: int) -> str:
    return "one figure is" if count == 1 else f"{count} figures are"


def _dated(words: str, period: str | None, opening: str, closing: str) -> str:
    return f"{words}{opening}{period}{closing}" if period else words
