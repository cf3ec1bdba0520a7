"""Shares of an inventory's year that no row of its table holds: renewable power, and capacity at the benchmark."""

from collections.abc import Iterable
from fractions import Fraction

from touchstone.calc.carbon.activity import Entry
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.benchmark import STATES, Placed, placed
from touchstone.calc.carbon.inventory.matched import makers
from touchstone.calc.carbon.inventory.performance import amounts
from touchstone.calc.target.course import INVENTORY, Measured
from touchstone.facts.text import Text

RENEWABLE = ("hydro", "wind", "solar", "solar-thermal", "biomass", "certified")
"""Kinds of electricity that are renewable; certified is green power or power with green certificates."""
_USED = ("grid", "direct", "own", "nuclear", "coal", "gas", *RENEWABLE)


def renewable(account: Account, products: tuple[str, ...]) -> Measured | Text:
    """Power known to be renewable, of all power that was used; what of the grid's power is renewable is not known here."""
    units = (
        frozenset(unit for product in products for unit in makers(account).get(product, frozenset()))
        if products
        else None
    )
    own = [each for each in account.entries if (units is None or each.unit in units) and _power(each)]
    sizes = {
        kind: sum(
            (_counted(account, each) for each in own if each.item == f"electricity.{kind}"), Fraction(0)
        )
        for kind in _USED
    }
    total = sum(sizes.values(), Fraction(0))
    if not total:
        return Text(f"{account.year}年没有用电记录", f"no electricity is recorded for {account.year}")
    share = 100 * sum((sizes[kind] for kind in RENEWABLE), Fraction(0)) / total
    note = Text(
        "电网电量中的可再生部分未知，不计入",
        "what of the grid's power is renewable is not known and not counted",
    )
    return Measured(
        int(account.year),
        share,
        tuple(each.fact for each in own),
        INVENTORY,
        note if sizes["grid"] else None,
    )


def _power(entry: Entry) -> bool:
    return entry.item.removeprefix("electricity.") in _USED and entry.item in amounts([entry])


def _counted(account: Account, entry: Entry) -> Fraction:
    return amounts([entry])[entry.item] * account.share(entry.unit, entry.month)


def at_benchmark(account: Account, products: tuple[str, ...]) -> Measured | Text:
    """Capacity at the benchmark, of the capacity that can be classified; what cannot be is said."""
    rows = [
        each
        for each in placed(account).units
        if not products or account.organisation.nodes[each.unit].product in products
    ]
    known = [each for each in rows if each.state in STATES and each.capacity]
    whole = sum((each.capacity or Fraction(0) for each in known), Fraction(0))
    if not whole:
        why = next((each.why for each in rows if each.why), None)
        reason = why or Text("没有可分类的产能", "no capacity can be classified")
        return Text(f"{account.year}年：{reason.zh}", f"{account.year}: {reason.en}")
    good = sum((each.capacity or Fraction(0) for each in known if each.state == "benchmark"), Fraction(0))
    return Measured(
        int(account.year), 100 * good / whole, _units(known), INVENTORY, _unknown(account, rows, known)
    )


def _units(rows: Iterable[Placed]) -> tuple[str, ...]:
    return tuple(each.unit for each in rows)


def _unknown(account: Account, rows: list[Placed], known: list[Placed]) -> Text | None:
    rest = list(dict.fromkeys(each.unit for each in rows if each not in known))
    zh, en = "、".join(account.name(key).zh for key in rest), ", ".join(account.name(key).en for key in rest)
    return Text(f"{zh}未能分类", f"{en} could not be classified") if rest else None
