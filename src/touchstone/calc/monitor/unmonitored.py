"""What the monitor cannot take: declarations that say something it does not understand, each cause once and by one code."""

from touchstone.errors import UnknownSeries, UnusableDeclaration


def declaration(where: str, found: str, expected: str, zh: tuple[str, str]) -> UnusableDeclaration:
    """The refusal of a file of data/releases or data/balances, or of the workspace, that is not declared as it must be."""
    return UnusableDeclaration(
        "MONITOR-001", where, found, expected, "this file was left out; the others are used",
        "mend the file after those that come with Touchstone (data/releases, data/balances)",
        zh=(zh[0], zh[1], "没有采用此文件，其余文件照常", "照随附的文件（data/releases、data/balances）改正"),
    )  # fmt: skip


def no_balance(material: str, known: tuple[str, ...]) -> UnknownSeries:
    """The error of a material that no balance is declared for."""
    return UnknownSeries(
        f"no balance of {material!r}; there are {', '.join(known)}\n没有“{material}”的平衡表；现有：{'、'.join(known)}"
    )


def no_rule(measure: str, known: tuple[str, ...]) -> UnknownSeries:
    """The error of a measure that nobody declared a roll-up of."""
    return UnknownSeries(
        f"MONITOR-003 {measure!r} has no rule of roll-up; there are rules for {', '.join(known)}; declare it in data/methods/monitor.toml\n"
        f"MONITOR-003 没有声明“{measure}”的汇总规则；现有：{'、'.join(known)}；请在data/methods/monitor.toml中声明"
    )
