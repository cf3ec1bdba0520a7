"""Activity data as facts: how the subject, the measure and the rule of a fact say unit, item, parameter and evidence."""

from collections.abc import Collection

EVIDENCE = ("meter", "invoice", "lab", "stock", "document", "none")
"""What a value stands on, the better first; the reading rule of its fact is `activity.<evidence>`."""
AMOUNT = "amount"
"""The parameter that is the quantity itself; others (ncv, carbon-content, aem ...) are measured properties."""
_SUBJECT, _MEASURE = "org.", "activity."


def subject_of(node: str) -> str:
    """The subject of the facts of a node of an organisation."""
    return _SUBJECT + node


def measure_of(item: str, parameter: str) -> str:
    """The measure of a value of an item: `activity.anthracite`, `activity.anthracite.ncv`."""
    return f"{_MEASURE}{item}" if parameter == AMOUNT else f"{_MEASURE}{item}.{parameter}"


def rule_of(evidence: str) -> str:
    """The reading rule of a value that stands on this evidence."""
    return _MEASURE + evidence


def is_activity(rule: str) -> bool:
    """Whether a fact by this rule was read as activity data."""
    return rule.startswith(_MEASURE) and rule.removeprefix(_MEASURE) in EVIDENCE


def node_of(subject: str) -> str:
    """The node of a subject."""
    return subject.removeprefix(_SUBJECT)


def evidence_of(rule: str) -> str:
    """The evidence of a rule; `none` where the rule says none, as that of a correction by hand."""
    return rule.removeprefix(_MEASURE) if is_activity(rule) else "none"


def item_and_parameter(measure: str, items: Collection[str]) -> tuple[str, str]:
    """The item and the parameter of a measure; keys of items have dots themselves, so those there are must be known.

    >>> item_and_parameter("activity.electricity.grid", frozenset({"electricity.grid"}))
    ('electricity.grid', 'amount')
    """
    word = measure.removeprefix(_MEASURE)
    if word in items or "." not in word:
        return word, AMOUNT
    item, _, parameter = word.rpartition(".")
    return item, parameter
