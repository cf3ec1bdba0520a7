"""The page of the trail: its last entries, whether it is as it was written, and all of it for an auditor."""

from touchstone.desk.desk import Desk
from touchstone.publish.words import catalogue
from touchstone.serve.assessment import entry_row
from touchstone.serve.reply import Page

_LEAF = 100


def trail(desk: Desk, leaf: int) -> Page:
    """The trail, latest first, with what is wrong with it; its twins hold every entry from the first."""
    entries, damage = desk.trail.entries(), desk.damage()
    acts = {key.removeprefix("act.") for key in catalogue() if key.startswith("act.")}
    last = max(0, (len(entries) - 1) // _LEAF)
    leaf = min(leaf, last)
    latest = entries[::-1][leaf * _LEAF : (leaf + 1) * _LEAF]
    rows = [entry_row(entry) for entry in entries]
    return Page(
        "trail.html",
        {
            "entries": latest,
            "n": len(entries),
            "damage": damage,
            "acts": acts,
            "leaf": leaf,
            "leaves": last + 1,
        },
        {"sound": not damage, "damage": [str(problem) for problem in damage], "entries": rows},
        rows,
    )
