"""How large a property can be, by what is published: a value in another unit lies outside."""

from fractions import Fraction

from touchstone.calc.carbon.factors.library import library
from touchstone.calc.carbon.factors.size import limits


def test_a_share_written_as_a_fraction_of_a_percent_is_no_purity_of_any_carbonate() -> None:
    """0.92 where 92 % was meant: limestone has no published purity, soda ash and oxalic acid have."""
    assert limits(library(), "purity", "limestone", "%") == (Fraction(19), 100)
    assert limits(library(), "oxidation", "diesel", "times") == (Fraction("0.196"), 1)
    assert limits(library(), "sulphur", "anode", "%") is None
