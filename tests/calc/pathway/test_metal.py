"""The recycled share is of metal: what metal is made of, and what making it consumes, is no supply of metal."""

import numpy as np
import pytest
from tests.calc.pathway import made

from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.pathway.accounts import accounts, held
from touchstone.calc.pathway.compiled import Compiled, compiled
from touchstone.calc.pathway.deployment.solve import deploy
from touchstone.calc.pathway.metal import is_metal, no_metal
from touchstone.calc.pathway.pathway import projected
from touchstone.calc.target.foreseen import by_year
from touchstone.publish.pathway.iamc import variable
from touchstone.publish.pathway.results import region_of, rows_of

OTHERS = """bayer,氧化铝线,alumina line,CN-35,alumina,bayer,operating,60,2010,,60,300,0.6,300,synthetic
bake,阳极线,anode line,CN-35,anode,bake,operating,10,2010,,10,100,0.3,100,synthetic
"""
STRUCTURE = made.STRUCTURE.replace("[technology.furnace]", "[technology.furnace]\nscrap = true") + "".join(
    f'[technology.{key}]\nname = {{ zh = "{key}", en = "{key}" }}\nkind = "process"\nproduct = "{product}"\n'
    for key, product in (("bayer", "alumina"), ("bake", "anode"))
)
SHARE = '\n[[rule]]\nkey = "scrap"\nindicator = "recycled.share"\nleast = { unit = "%", 2020 = 44 }\n'


@pytest.fixture(scope="module")
def given() -> Compiled:
    """300,000 t of aluminium and 240,000 t of copper made of scrap; besides, 600,000 t of alumina and 100,000 t of anodes."""
    demand = '\n[demand."alumina"]\nunit = "t"\n2020 = 600000\n[demand."anode"]\nunit = "t"\n2020 = 100000\n'
    text = made.SCENARIO.replace("[2020, 2030]", "[2020, 2021]").partition("[[rule]]")[0]
    scenario = made.scenario(text + demand + SHARE)
    return compiled(made.register(made.REGISTER + OTHERS), made.catalogue(structure=STRUCTURE), scenario)


def test_alumina_and_anodes_are_no_supply_of_metal_in_projection_optimum_and_targets(given: Compiled) -> None:
    """240,000 t of 540,000 t, whatever else is made: 44.4 %, where all tonnes would make it 19 % and the target missed."""
    found, case = projected(given), given.case
    share = pytest.approx(np.full(2, 240 / 540))
    [rule] = [each for each in found.held if each.rule.key == "scrap"]
    assert rule.value == share and rule.met
    assert by_year(found, "recycled.share", np.ones(len(case.lines), bool)) == share
    named = (variable("recycled.share"), region_of(case), "")
    assert [row.value for row in rows_of(found) if (row.variable, row.region, row.plant) == named] == share
    best = deploy(case)
    [rule] = [each for each in held(case, best.plan, accounts(case, best.plan)) if each.rule.key == "scrap"]
    assert rule.value == share and rule.met
    assert best.missed == pytest.approx(0, abs=1e-3)


def test_of_a_product_that_is_no_metal_the_share_is_told_as_it_is_asked_for(given: Compiled) -> None:
    found, case = projected(given), given.case
    alumina = case.product == case.products.index("alumina")
    assert by_year(found, "recycled.share", alumina) == pytest.approx([0, 0])


def test_what_is_no_metal_is_named_in_the_vocabulary_with_those_below_it() -> None:
    assert set(no_metal()) <= set(items())
    for key in ("alumina", "alumina.bayer", "alumina.other", "anode", "anode.baking", "anode.green"):
        assert not is_metal(key)
    for key in ("aluminium.liquid", "aluminium.secondary", "copper.anode", "lead.refined", "silicon"):
        assert is_metal(key)
