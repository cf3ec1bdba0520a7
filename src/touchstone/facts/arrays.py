"""Arrow arrays straight from buffers.

`pyarrow.array` imports pandas, where it is installed, to ask whether a list is a pandas series.
That costs half a second of start-up for nothing; these functions know what they are given.
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

_EPOCH = date(1970, 1, 1).toordinal()


def texts(values: Sequence[str | None]) -> "pa.Array":
    """Texts or None as `string`; half a surrogate pair, which UTF-8 cannot hold, becomes "?"."""
    import pyarrow as pa

    encoded = [b"" if value is None else value.encode("utf-8", "replace") for value in values]
    buffers = [_present(values), _offsets(encoded), pa.py_buffer(b"".join(encoded))]
    return pa.Array.from_buffers(pa.string(), len(values), buffers)


def integers(values: Sequence[int | None]) -> "pa.Array":
    """Integers below 2**31 or None as `int32`."""
    import pyarrow as pa

    return _fixed(pa.int32(), values)


def days(values: Sequence[date | None]) -> "pa.Array":
    """Dates or None as `date32`."""
    import pyarrow as pa

    return _fixed(pa.date32(), [None if day is None else day.toordinal() - _EPOCH for day in values])


def lists(values: Sequence[Sequence[str]]) -> "pa.Array":
    """Lists of texts as `list<string>`."""
    import pyarrow as pa

    inner = texts([text for value in values for text in value])
    return pa.Array.from_buffers(
        pa.list_(pa.string()), len(values), [None, _offsets(values)], children=[inner]
    )


def moments(values: Sequence[int | None]) -> "pa.Array":
    """Microseconds since 1970, or None, as `timestamp[us]`."""
    import pyarrow as pa

    return _fixed(pa.timestamp("us"), values)


def places(values: "np.ndarray") -> "pa.Array":
    """Row numbers (an int64 array) for `Table.take`."""
    import pyarrow as pa

    return pa.Array.from_buffers(pa.int64(), len(values), [None, pa.py_buffer(values)])


def _fixed(type: "pa.DataType", values: Sequence[int | None]) -> "pa.Array":
    import numpy as np
    import pyarrow as pa

    data = np.array([0 if value is None else value for value in values], dtype=f"i{type.bit_width // 8}")
    return pa.Array.from_buffers(type, len(values), [_present(values), pa.py_buffer(data)])


def _present(values: Sequence[Any]) -> "pa.Buffer | None":
    """The bits that say which values are there; None where all are."""
    import numpy as np
    import pyarrow as pa

    if None not in values:
        return None
    return pa.py_buffer(np.packbits([value is not None for value in values], bitorder="little"))


def _offsets(values: Sequence[Any]) -> "pa.Buffer":
    import numpy as np
    import pyarrow as pa

    offsets = np.zeros(len(values) + 1, dtype=np.int32)
    np.cumsum(np.fromiter(map(len, values), dtype=np.int32, count=len(values)), out=offsets[1:])
    return pa.py_buffer(offsets)
