"""A formula whose result is not in the unit it declares is found out, whatever was left out."""

import pytest

from touchstone.calc.carbon.formula.parse import parse
from touchstone.calc.carbon.formula.units import problem

UNITS = {
    "amount": "{item}", "ncv": "GJ/{item}", "cc": "tC/TJ", "of": "", "ef": "tCO2/{item}", "power": "MWh", "grid": "tCO2/MWh",
    "p": "t", "nc": "t/t", "s": "t/t", "percent": "%", "slope": "kg/t/min", "aem": "min", "mass": "t", "heat": "kJ/kg/K",
    "at": "°C", "base": "°C", "coefficient": "kg/t/mV", "aeo": "mV",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("amount * ncv * cc / 1000 * of * 44 / 12", "t"),
        ("amount * ncv * cc * 0.001 * of * (44 / 12)", "t"),
        ("amount * ef", "t"),
        ("amount * ef", "tCO2e"),
        ("power * grid", "t"),
        ("p * nc * (1 - s - s) * 44 / 12", "t"),
        ("p * nc * (1 - percent / 100) * 44 / 12", "t"),
        ("p * slope * aem / 1000", "t"),
        ("p * slope * aem", "kg"),
        ("p * coefficient * aeo / 1000", "t"),
        ("mass * heat * (at - base) / 1000", "GJ"),
        ("p * nc ** 2 / s", "t"),
        ("amount * 44 / 126", "{item}"),
    ],
)
def test_formulas_of_the_guidelines_come_out_in_tonnes(text: str, result: str) -> None:
    assert problem(parse(text), UNITS, result) is None


@pytest.mark.parametrize(
    ("text", "result", "said"),
    [
        ("amount * ncv * cc * of * 44 / 12", "t", "in 1/1000 of t"),
        ("amount * ncv * cc / 1000 * of", "t", "mass of carbon"),
        ("amount * ncv / 1000 * of * 44 / 12", "t", "and t is declared"),
        ("p * nc * (1 - percent) * 44 / 12", "t", "not of one unit"),
        ("p * slope * aem", "t", "in 1/1000 of t"),
        ("p * slope / 1000", "t", "it gives"),
        ("power * grid / 1000", "t", "in 1000 of t"),
        ("p + power", "t", "not of one unit"),
        ("mass * heat * (at - 20) / 1000", "GJ", "not of one unit"),
        ("power * grid", "tce", "it gives mass, and tce is declared"),
    ],
)
def test_a_forgotten_conversion_or_parameter_is_found_out(text: str, result: str, said: str) -> None:
    found = problem(parse(text), UNITS, result)
    assert found is not None and found.zh
    assert said in found.en
