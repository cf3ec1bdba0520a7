"""Who an enterprise is by its papers: what the report form of a guideline asks for and no activity data say.

The check character of a unified social credit code is that of GB 32100-2015 (31 characters, weights 3^(i-1) mod 31).
"""

import re
from dataclasses import dataclass, fields

from touchstone.calc.field import Table

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE = re.compile(f"[{_SIGNS}]{{18}}")
_INDUSTRY = re.compile(r"[A-T]?\d{2,4}")


@dataclass(frozen=True, slots=True)
class Particulars:
    """As they stand in papers of the enterprise; "" for what nobody declared, which a report leaves to be filled in by hand.

    Attributes:
        credit_code: unified social credit code, 18 characters.
        representative: legal representative; address: of registration or production.
        industry: code of GB/T 4754.
        contact, phone: whom to ask; reporter: who fills in.
    """

    credit_code: str = ""
    representative: str = ""
    address: str = ""
    industry: str = ""
    contact: str = ""
    phone: str = ""
    reporter: str = ""


def check_character(first: str) -> str:
    """The last character of a credit code, from the 17 before it.

    >>> check_character("91350100M000100Y4")
    '3'
    """
    total = sum(_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(first))
    return _SIGNS[-total % 31]


def particulars_of(given: Table) -> Particulars:
    """Read `particulars = { credit_code = "…", representative = "…" }` of a node.

    Raises:
        UnusableDeclaration: ORG-001, a field nobody knows, a credit code whose check character is another, an industry that is no code.
    """
    names = tuple(field.name for field in fields(Particulars))
    given.only(names)
    found = Particulars(**{name: given.word(name, "") for name in names})
    code = found.credit_code
    if code and not (_CODE.fullmatch(code) and check_character(code[:-1]) == code[-1]):
        ends = f", {code[:-1]}{check_character(code[:-1])}" if _CODE.fullmatch(code) else ""
        raise given.wrong(
            "credit_code",
            f"18 characters of which the last one checks the others (GB 32100-2015){ends}",
            f"18位统一社会信用代码，末位为校验码（GB 32100-2015）{ends.replace(', ', '，')}",
        )
    if found.industry and not _INDUSTRY.fullmatch(found.industry):
        raise given.wrong("industry", 'a code of GB/T 4754, "3216"', 'GB/T 4754的行业代码，如"3216"')
    return found
