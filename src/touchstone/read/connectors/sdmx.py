"""SDMX: a dataflow and a key → the message as it came, and the observations of a message as rows.

The rows have one column for each dimension and attribute, and `OBS_VALUE`, as SDMX-CSV has; so one declaration reads
what is fetched and the csv file that the same provider offers for download.
"""

from io import BytesIO
from typing import Any

from touchstone.read.connectors.connector import library, silent, unexpected
from touchstone.read.refusal import refusal
from touchstone.read.sources.declaration import Call, Declaration
from touchstone.read.sources.table import Row

_NAME = "sdmx"
MEDIA = "application/vnd.sdmx.data+xml"
_SECONDS = 60


def fetch(by: Declaration, call: Call) -> bytes:
    """The message that a web service answers.

    Raises:
        UnreachableSource: see `connector.fetch`.
    """
    sdmx = library(_NAME, "sdmx1", by)
    asked = call.words
    try:
        client = sdmx.Client(asked["agency"])
        request = client.get(
            "data", asked["dataflow"], key=asked["key"], params=dict(call.parameters), dry_run=True
        )
        answer = client.session.send(request, timeout=_SECONDS)
        answer.raise_for_status()
    except OSError as error:  # no connection, or a status that says no
        raise silent(by, error) from error
    except (ValueError, NotImplementedError) as error:
        raise unexpected(
            by, _NAME, str(error)[:160], ("a source that sdmx1 knows", "sdmx1 所认识的来源")
        ) from error
    return answer.content


def is_message(data: bytes) -> bool:
    """Whether bytes are an SDMX message in XML or JSON, and no table."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"<", b"{")


def message_rows(data: bytes, name: str, by: Declaration) -> list[Row]:
    """The observations of a message, under a row of heads.

    Raises:
        UnreachableSource: SOURCE-040, sdmx1 is not installed.
        UnreadableFile: READ-010 it declares entities, READ-025 it is no message that sdmx1 reads.
    """
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise refusal("READ-010", name, part=name)
    sdmx = library(_NAME, "sdmx1", by)
    try:
        message = sdmx.read_sdmx(BytesIO(data))
        found = [_observation(each) for part in message.data for each in part.obs]
    except Exception as error:  # the parser fails on a broken message with whatever it meets
        raise refusal("READ-025", name, fault=f"{type(error).__name__}: {str(error)[:120]}") from error
    heads = list(dict.fromkeys(head for each in found for head in each))
    at = {head: column for column, head in enumerate(heads)}
    rows = [Row(0, dict(enumerate(heads)))]
    rows += [
        Row(number, {at[head]: words for head, words in each.items() if words})
        for number, each in enumerate(found, 1)
    ]
    return rows


def _observation(observation: Any) -> dict[str, str]:
    """One observation by head: its key, its value as printed, and the attributes of itself and its series."""
    key = {head: str(part.value) for head, part in observation.key.values.items()}
    attributes = {head: str(part.value) for head, part in observation.attrib.items()}
    value = "" if observation.value is None else str(observation.value)
    return {**key, "OBS_VALUE": value, **attributes}
