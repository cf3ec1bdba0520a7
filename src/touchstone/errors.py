"""What can go wrong in a call. One class per cause; each message says where, what and the remedy."""


class TouchstoneError(Exception):
    """Base of all errors of Touchstone that a user can mend.

    A message of one line, or of two: the first in English, the second in Chinese.
    """

    def text(self, language: str = "en") -> str:
        """The message in `language` (zh or en); as it is where it was said in one."""
        english, _, chinese = str(self).partition("\n")
        return str(self) if not chinese or "\n" in chinese else chinese if language == "zh" else english


class Refusal(TouchstoneError):
    """Something a user gave cannot be used as it is; the subclass says what kind of thing.

    Five parts, always: where, found, expected, consequence, remedy. `zh` holds the last four in
    Chinese; `text("zh")` prints them, `str()` is the English form. `also` are the others of the same file, where it has more.
    """

    def __init__(
        self,
        code: str,
        where: str,
        found: str,
        expected: str,
        so: str,
        fix: str,
        zh: tuple[str, str, str, str] | None = None,
    ) -> None:
        self.code, self.where, self.found = code, where, found
        self.expected, self.so, self.fix = expected, so, fix
        self.zh = zh
        self.also: tuple[Refusal, ...] = ()
        super().__init__(self.text())

    def text(self, language: str = "en") -> str:
        """The five parts in `language` (zh or en); English where no Chinese was given."""
        if language == "zh" and self.zh:
            labels, parts = ("发现", "应为", "后果", "办法"), self.zh
        else:
            labels = ("found     ", "expected  ", "so        ", "fix       ")
            parts = (self.found, self.expected, self.so, self.fix)
        lines = (f"\n  {label} {part}" for label, part in zip(labels, parts, strict=True))
        return f"{self.code}  {self.where}{''.join(lines)}"

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        """Keep all parts when the error crosses to another process."""
        return type(self), (
            self.code,
            self.where,
            self.found,
            self.expected,
            self.so,
            self.fix,
            self.zh,
        )


class UnreadableFile(Refusal):
    """A file cannot be read: broken, encrypted, too large, empty, or not what its name says."""


class UnusableDeclaration(Refusal):
    """The declaration of a source says something that is not understood; the place is its file and line."""


class UnreachableSource(Refusal):
    """A source of data gave nothing: its library or the network is missing, or its answer is not as declared."""


class UnusableQuote(Refusal):
    """A quote contradicts itself or lacks something: low above high, no unit, two for one day."""


class UnusableSeries(Refusal):
    """A series or sample cannot carry a calculation: too short, constant, collinear, with gaps."""


class NoRate(Refusal):
    """A conversion needs a rate (exchange, value-added tax) that nobody has stated for that day."""


class UnwritableReport(Refusal):
    """A report cannot be written as it is: a character no writer has, a table with holes, no address."""


class UnknownUnit(TouchstoneError):
    """A unit is not in the vocabulary of units."""


class UnitMismatch(TouchstoneError):
    """Two units measure different things and cannot be converted."""


class UnknownFact(TouchstoneError):
    """No fact has this id."""


class AmbiguousFact(UnknownFact):
    """Several facts have an id that begins so."""


class UnknownSeries(TouchstoneError):
    """No series has this subject, measure and place; the message names the nearest there are."""


class LedgerError(TouchstoneError):
    """The ledger refused a write, or its folder is damaged."""
