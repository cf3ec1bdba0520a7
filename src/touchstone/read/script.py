"""Raised characters: what Word and web pages print above the line, as characters of their own.

A raised figure must not join the number before it: m³ is a unit, 74.0² a number with a note mark.
"""

_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


def raised(text: str) -> str:
    """Digits and signs as superscript characters: 3 → ³. Text with anything else in it stays as it is."""
    changed = text.translate(_RAISED)
    return (
        changed if not any(a == b and not a.isspace() for a, b in zip(text, changed, strict=True)) else text
    )
