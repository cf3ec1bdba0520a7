"""Rules of allocation as somebody declared them: what a budget is shared by, with weights, floors and caps; rows of a TOML file."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files

from touchstone.calc.pathway.refusal import UnusablePathway, refusal
from touchstone.calc.target.rows import Cited, Row, each_of, quantity, rows
from touchstone.facts.text import Text

FIGURES = {
    "history": (Text("基期平均排放", "mean emissions of the base years"), "t CO2e"),
    "emissions": (Text("上年排放", "emissions of the last year"), "t CO2e"),
    "output": (Text("产量", "output"), "t"),
    "benchmark": (Text("基准值", "benchmark"), "t CO2e/t"),
    "capacity": (Text("产能", "capacity"), "t/a"),
    "value": (Text("产值", "value of output"), "1e4 CNY"),
}
"""What is known of an enterprise, and its unit."""
METHODS = {
    "history": (Text("历史排放", "past emissions"), ("history",)),
    "emissions": (Text("上年排放", "emissions of the last year"), ("emissions",)),
    "benchmark": (Text("产量×基准值", "output × benchmark"), ("output", "benchmark")),
    "gap": (Text("与基准的差距", "gap to the benchmark"), ("emissions", "output", "benchmark")),
    "capacity": (Text("产能", "capacity"), ("capacity",)),
    "value": (Text("产值", "value of output"), ("value",)),
}
"""What a budget can be shared by, and the figures of an enterprise that are needed for it."""
BOUNDED = "emissions"
"""What floors and caps are shares of."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How a budget is shared.

    Attributes:
        shares: part of the budget that each method divides, of 1 in all; floor, cap: of last year's emissions, None for none; cited: None where no document
            states the rule.
    """

    key: str
    name: Text
    shares: Mapping[str, Fraction]
    floor: Fraction | None
    cap: Fraction | None
    where: str
    cited: Cited | None = None

    @property
    def needs(self) -> tuple[str, ...]:
        """The figures that it needs of every enterprise."""
        bounded = (BOUNDED,) if self.floor is not None or self.cap is not None else ()
        every = [figure for method in self.shares for figure in METHODS[method][1]]
        return tuple(dict.fromkeys((*every, *bounded)))


def read_rules(
    text: str, file: str = "allocation.toml"
) -> tuple[dict[str, Rule], tuple[UnusablePathway, ...]]:
    """The rules of a file by key, and why others could not be read. Raises UnusablePathway: TARGET-001."""
    kept, refused = each_of(rows(text, file, "rule"), _rule)
    found: dict[str, Rule] = {}
    for each in kept:
        if each.key in found:
            twice, once = Text("出现两次", "twice"), Text("一次", "once")
            rule = Text("分配规则", "rule of allocation")
            refused.append(
                refusal("TARGET-051", each.where, what=rule, key=each.key, found=twice, expected=once)
            )
        else:
            found[each.key] = each
    return found, tuple(refused)


def _rule(row: Row) -> Rule:
    row.only("key", "name", "shares", "floor", "cap", "document", "clause", "tag")
    given = row.given.get("shares")
    if not isinstance(given, dict) or not given or not given.keys() <= METHODS.keys():
        known = ", ".join(METHODS)
        raise row.unlike("shares", given, Text(f"以下各项的份额：{known}", f"shares of {known}"))
    shares = {method: quantity(part, row.at("shares"), "%") / 100 for method, part in given.items()}
    if sum(shares.values()) != 1 or min(shares.values()) < 0:
        raise refusal("TARGET-034", row.at("shares"), found=float(100 * sum(shares.values())))
    floor, cap = (_bound(row, field) for field in ("floor", "cap"))
    return Rule(
        row.words("key"),
        row.text("name"),
        shares,
        floor,
        cap,
        row.at(),
        row.cited() if row.has("document") else None,
    )


def _bound(row: Row, field: str) -> Fraction | None:
    """A share of past emissions; TARGET-003 where it is below zero, or written without %: 0.85 is 85 % to one reader and less than 1 % to another."""
    if not row.has(field):
        return None
    given = row.given[field]
    if not (isinstance(given, str) and given.rstrip().endswith("%")):
        raise row.unlike(
            field, given, Text('引号中的百分数，如 "85 %"', 'a share in % and in quotes, as "85 %"')
        )
    if (share := row.quantity(field, "%") / 100) < 0:
        raise row.unlike(field, row.given[field], Text("不小于0%", "0 % or more"))
    return share


@cache
def shipped() -> Mapping[str, Rule]:
    """The rules of Touchstone, `data/targets/allocation.toml`: examples, no document states them."""
    found, refused = read_rules(
        files("touchstone").joinpath("data/targets/allocation.toml").read_text("utf-8")
    )
    assert not refused
    return found
