"""Cases read in documents: every statement under its technology, each check with the printed values in it."""

from touchstone.calc.pathway.catalogue import catalogue
from touchstone.calc.pathway.evidence import evidence, of_technology


def test_every_case_is_of_a_technology_of_the_catalogue() -> None:
    assert evidence() and {each.technology for each in evidence()} <= set(catalogue())


def test_a_check_has_the_printed_values_of_its_own_case_in_it() -> None:
    rows = {each.quantity: each for each in of_technology("al.low-voltage")["linfeng-2012"]}
    before, after = rows["before"].value, rows["after"].value
    assert rows["fall"].written == f"({before} - {after}) ÷ {before} × 100"
    assert rows["before"].written == "" and rows["fall"].where.startswith("evidence.csv:")
