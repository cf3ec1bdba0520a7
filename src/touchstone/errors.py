"""What can go wrong in a call. One class per cause; each message says where, what and the remedy."""


class TouchstoneError(Exception):
    """Base of all errors of Touchstone that a user can mend."""


class UnreadableFile(TouchstoneError):
    """A file cannot be read: broken, encrypted, too large, empty, or not what its name says.

    Five parts, always: where, found, expected, consequence, remedy.
    """

    def __init__(self, code: str, where: str, found: str, expected: str, so: str, fix: str) -> None:
        self.code, self.where, self.found = code, where, found
        self.expected, self.so, self.fix = expected, so, fix
        super().__init__(
            f"{code}  {where}\n  found      {found}\n  expected   {expected}\n"
            f"  so         {so}\n  fix        {fix}"
        )


class UnknownUnit(TouchstoneError):
    """A unit is not in the vocabulary of units."""


class UnitMismatch(TouchstoneError):
    """Two units measure different things and cannot be converted."""


class UnknownFact(TouchstoneError):
    """No fact has this id."""


class LedgerError(TouchstoneError):
    """The ledger refused a write, or its folder is damaged."""
