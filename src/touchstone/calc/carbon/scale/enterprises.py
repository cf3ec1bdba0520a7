"""The enterprises of a national inventory: each once in its table, and found by its key."""

from typing import TYPE_CHECKING, Any

from touchstone.calc.carbon.scale.unweighed import keyless, repeated_enterprises

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray


def sorted_once(table: "pa.Table", views: tuple[str, ...] = ()) -> "tuple[NDArray[Any], NDArray[np.intp]]":
    """The keys of a table of enterprises in order, and the row of each.

    Raises:
        UnusableInventory: INVENTORY-107, an enterprise is there twice, or has no key in one of `views`.
    """
    import numpy as np

    for column in ("enterprise", *views):
        if table.column(column).null_count:
            raise keyless(column)
    keys = table.column("enterprise").to_numpy()
    order = np.argsort(keys, kind="stable")
    found = keys[order]
    if (again := found[1:] == found[:-1]).any():
        raise repeated_enterprises(np.unique(found[1:][again])[:5].tolist())
    return found, order


def places(known: "NDArray[Any]", asked: "NDArray[Any]") -> "tuple[NDArray[np.intp], NDArray[np.bool_]]":
    """Where keys are among those known, which are sorted, and whether they are there at all; a place of none says nothing."""
    import numpy as np

    if not len(known):
        return np.zeros(len(asked), np.intp), np.zeros(len(asked), np.bool_)
    rows = np.minimum(np.searchsorted(known, asked), len(known) - 1)
    return rows, known[rows] == asked
