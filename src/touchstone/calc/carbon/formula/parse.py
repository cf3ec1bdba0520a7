"""Reading formulas: `ncv * amount * 44 / 12` to its tree, or the column at which it is none."""

import ast
import re
from decimal import Decimal

from touchstone.calc.carbon.formula.expression import (
    Expression,
    Name,
    Negative,
    Number,
    Power,
    Quotient,
    added,
    multiplied,
)
from touchstone.calc.carbon.formula.unfit import unreadable
from touchstone.facts.text import Text

LONGEST = 2000
"""Characters of a formula; the longest of the guidelines has about 200."""
HIGHEST = 9
"""The highest exponent, either way."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?")
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def parse(text: str, where: str = "formula") -> Expression:
    """The tree of a formula.

    Args:
        text: numbers, names (small letters, digits, underscores), + - * / ** and brackets; lines are joined.
        where: file and field, for messages.

    Raises:
        UnusableDeclaration: FORMULA-001, with the column in `text` after its lines were joined.

    >>> from touchstone.calc.carbon.formula.written import source
    >>> source(parse("p_al * nc*(1 - s - ash) * 44/12"))
    'p_al * nc * (1 - s - ash) * 44 / 12'
    """
    joined = " ".join(text.split())
    if not joined or len(joined) > LONGEST:
        said = Text(
            f"长度为{len(joined)}个字符", f"{len(joined)} characters, where there may be 1 to {LONGEST}"
        )
        raise unreadable(where, joined, 1, said)
    try:
        return _Reader(joined, where).read(ast.parse(joined, mode="eval").body)
    except SyntaxError as error:
        column = min(error.offset or 1, len(joined))
        raise unreadable(where, joined, column, Text("此处不成公式", "no formula here")) from error
    except (RecursionError, MemoryError, ValueError) as error:
        raise unreadable(
            where,
            joined,
            1,
            Text("嵌套过深或含有不可用的字符", "nested too deeply, or an unusable character"),
        ) from error


class _Reader:
    def __init__(self, text: str, where: str) -> None:
        self._text, self._bytes, self._where = text, text.encode(), where

    def read(self, node: ast.expr) -> Expression:
        match node:
            case ast.Constant():
                return self._number(node)
            case ast.Name(id=key) if _NAME.fullmatch(key):
                return Name(key)
            case ast.UnaryOp(op=ast.USub(), operand=inner):
                return Negative(self.read(inner))
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return added((self.read(left), self.read(right)))
            case ast.BinOp(left=left, op=ast.Sub(), right=right):
                return added((self.read(left), Negative(self.read(right))))
            case ast.BinOp(left=left, op=ast.Mult(), right=right):
                return multiplied((self.read(left), self.read(right)))
            case ast.BinOp(left=left, op=ast.Div(), right=right):
                return Quotient(self.read(left), self.read(right))
            case ast.BinOp(left=left, op=ast.Pow(), right=right):
                return Power(self.read(left), self._exponent(right))
        raise self._wrong(node, Text("公式中不能出现的内容", "something that no formula has"))

    def _number(self, node: ast.expr) -> Number:
        printed = self._bytes[node.col_offset : node.end_col_offset].decode()
        if not _NUMBER.fullmatch(printed):
            raise self._wrong(node, Text("不是十进制数", "no decimal number"))
        return Number(Decimal(printed))

    def _exponent(self, node: ast.expr) -> int:
        match node:
            case ast.Constant(value=int(size)) if type(size) is int and size <= HIGHEST:
                return size
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(size))) if (
                type(size) is int and size <= HIGHEST
            ):
                return -size
        raise self._wrong(node, Text(f"指数不是不超过{HIGHEST}的整数", f"no whole exponent up to {HIGHEST}"))

    def _wrong(self, node: ast.expr, reason: Text) -> Exception:
        column = len(self._bytes[: node.col_offset].decode()) + 1
        return unreadable(self._where, self._text, column, reason)
