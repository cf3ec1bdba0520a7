"""What a table of activity data may say, put together from the organisation, the methods and the factor library."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from touchstone.calc.carbon.consolidation import life
from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.carbon.needs import needs, quantities
from touchstone.calc.carbon.organisation import Organisation
from touchstone.facts.period import containing
from touchstone.read.carbon.expected import Expected, Measured, Unit
from touchstone.read.carbon.layout import EVIDENCE_NAMES

if TYPE_CHECKING:
    from touchstone.calc.carbon.factors.library import Library
    from touchstone.calc.carbon.method import Method


def expected(organisation: Organisation, methods: "Mapping[str, Method]", library: "Library") -> Expected:
    """All units, items and quantities that activity data may be about."""
    return Expected(
        {key: _unit(organisation, key, methods) for key in organisation.nodes},
        {key: (item.name.zh, item.name.en, *item.aliases) for key, item in items().items()},
        {
            key: Measured(each.names, each.unit, each.low, each.high, each.default)
            for key, each in quantities(methods.values(), library).items()
        },
        {key: (name.zh, name.en) for key, name in EVIDENCE_NAMES.items()},
    )


def _unit(organisation: Organisation, key: str, methods: "Mapping[str, Method]") -> Unit:
    node = organisation.nodes[key]
    since, until = life(organisation, key)
    asked = frozenset((need.item, need.parameter) for need in needs(node, methods) if need.evidence)
    return Unit(
        (node.name.zh, node.name.en), "" if since == date.min else containing(since, "M"),
        "" if until == date.max else containing(until, "M"), asked,
    )  # fmt: skip
