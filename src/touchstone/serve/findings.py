"""The audit page: findings from the most to the least serious, filtered, and the form to accept one."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from touchstone.audit.finding import VERDICTS, Finding
from touchstone.publish.export import finding_data
from touchstone.publish.words import LANGUAGES
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

_LEAF = 12
_QUIET = ("holds", "accepted")


def audit(shelf: Shelf, asked: Mapping[str, str], leaf: int, token: str) -> Page:
    """Findings of a verdict, rule or document; without a verdict asked for, those that need a reader."""
    verdict, rule, source = (asked.get(name, "") for name in ("verdict", "rule", "document"))
    scope = [f for f in shelf.findings if _within(f, rule, source)]
    tally = Counter(f.verdict for f in shelf.counted if _within(f, rule, source))
    chosen = [f for f in scope if _of_verdict(f, verdict)]
    last = max(0, (len(chosen) - 1) // _LEAF)
    leaf = min(leaf, last)
    return Page(
        "audit.html",
        {
            "cases": shelf.cases(chosen[leaf * _LEAF : (leaf + 1) * _LEAF]),
            "tally": [(name, tally[name]) for name in VERDICTS],
            "all": sum(tally.values()),
            "chosen": len(chosen),
            "rules": sorted({f.rule for f in shelf.findings}),
            "names": shelf.names,
            "verdict": verdict,
            "rule": rule,
            "source": source,
            "leaf": leaf,
            "leaves": last + 1,
            "token": token,
            "today": date.today().isoformat(),
        },
        {"findings": [finding_data(f) for f in chosen]},
        [_row(f, shelf.names) for f in chosen],
    )


def _within(finding: Finding, rule: str, source: str) -> bool:
    return (not rule or finding.rule == rule) and (not source or source in finding.sources)


def _of_verdict(finding: Finding, verdict: str) -> bool:
    if verdict in VERDICTS:
        return finding.verdict == verdict
    return verdict == "all" or finding.verdict not in _QUIET


def _row(finding: Finding, names: Mapping[str, str]) -> dict[str, Any]:
    said = finding_data(finding)
    parts = ("title", "arithmetic", "note")
    texts = {f"{part}_{lang}": (said[part] or {}).get(lang) for part in parts for lang in LANGUAGES}
    return {
        "id": finding.id, "verdict": finding.verdict, "severity": finding.severity, "rule": finding.rule,
        **texts, "chance": finding.chance, "half_units": finding.half_units,
        "heals": "; ".join(f"{h.fact}: {h.low}..{h.high}" for h in finding.heals),
        "quotes": " | ".join(finding.quotes), "facts": " ".join(finding.facts),
        "documents": " | ".join(names.get(s, s) for s in finding.sources),
    }  # fmt: skip
