"""Results as plain values: what JSON can hold, with None where there is no number."""

from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from touchstone.errors import Refusal


def plain(value: Any) -> Any:
    """Dataclasses as dictionaries, arrays and tuples as lists, days as ISO text, nan and infinity as None; refusals by their words."""
    import numpy as np

    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, Refusal):
        return {"zh": value.text("zh"), "en": value.text("en")}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return value if abs(value) < float("inf") else None
    return value
