"""AKShare: a function of the library → its data frame as csv.

AKShare gives a frame of int64, float64 and object columns, without units, and does not give the pages it read. What
is kept is therefore the frame itself, every number with the digits it needs to be the same number again.
"""

from inspect import isfunction

from touchstone.read.connectors.connector import library, silent, unexpected
from touchstone.read.sources.declaration import Call, Declaration

_NAME = "akshare"


def fetch(by: Declaration, call: Call) -> bytes:
    """The frame that a function of AKShare returns, as csv in UTF-8 with a row of heads.

    Raises:
        UnreachableSource: see `connector.fetch`.
    """
    akshare = library(_NAME, "akshare", by)
    function = getattr(akshare, call.words["function"], None)
    if not isfunction(function) or not function.__module__.startswith(f"{_NAME}."):
        name = call.words["function"]
        reason = (
            f"AKShare {akshare.__version__} has no function {name}",
            f"AKShare {akshare.__version__} 没有函数 {name}",
        )
        raise unexpected(by, _NAME, reason, ("a function of AKShare", "AKShare 的函数"))
    try:
        frame = function(**call.parameters)
    except OSError as error:  # what requests raises where there is no connection
        raise silent(by, error) from error
    except Exception as error:  # a page that has changed fails anywhere in the function
        reason = f"{type(error).__name__}: {' '.join(str(error).split())[:160]}"
        raise unexpected(
            by, _NAME, reason, ("the page that AKShare knows", "AKShare 所认识的网页")
        ) from error
    return frame_bytes(frame, by)


def frame_bytes(frame: object, by: Declaration) -> bytes:
    """A data frame as csv; the same frame always gives the same bytes.

    Raises:
        UnreachableSource: SOURCE-042, it is no data frame, or has no rows.
    """
    import pandas as pd

    if not isinstance(frame, pd.DataFrame) or frame.empty:
        reason = ("no rows", "没有数据行") if isinstance(frame, pd.DataFrame) else type(frame).__name__
        raise unexpected(by, _NAME, reason, ("a data frame with rows", "有数据的表"))
    return frame.to_csv(index=False, lineterminator="\n").encode()
