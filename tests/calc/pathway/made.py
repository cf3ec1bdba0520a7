"""A province of three lines, small enough to be worked out by hand."""

from touchstone.calc.pathway.catalogue import read_catalogue
from touchstone.calc.pathway.compiled import Compiled, compiled
from touchstone.calc.pathway.register import Register
from touchstone.calc.pathway.register_file import read_register
from touchstone.calc.pathway.scenario import Scenario
from touchstone.calc.pathway.scenario_file import read_scenario
from touchstone.calc.pathway.technology import Catalogue

_HEAD = (
    "line,name_zh,name_en,place,product,technology,status,capacity [1e4 t/yr],since,until,output [1e4 t],"
    "electricity [kWh/t],direct [t CO2e/t],energy [kgce/t],source\n"
)
REGISTER = (
    _HEAD
    + """old,老线,old line,CN-35,aluminium.liquid,cell,operating,10,1998,,10,14000,1.6,20,synthetic
new,新线,new line,CN-35,aluminium.liquid,cell,operating,20,2015,,20,13000,1.5,20,synthetic
refinery,铜线,refinery,CN-35,copper.cathode,furnace,operating,30,2010,,24,1000,0.5,150,synthetic
"""
)
STRUCTURE = """
[technology.cell]
name = { zh = "预焙槽", en = "prebaked cells" }
kind = "process"
product = "aluminium.liquid"
[technology.shell]
name = { zh = "保温", en = "insulation" }
kind = "measure"
product = "aluminium.liquid"
applies_to = ["cell"]
[technology.inert]
name = { zh = "惰性阳极", en = "inert anodes" }
kind = "process"
product = "aluminium.liquid"
from = ["cell"]
[technology.furnace]
name = { zh = "闪速炉", en = "flash furnace" }
kind = "process"
product = "copper.cathode"
"""
VALUES = """technology,parameter,value,low,high,unit,document,clause,tag,currency_year,place,note_zh,note_en
cell,electricity,13500,,,kWh/t,synthetic,,synthetic,,,,
cell,direct,1.55,,,t CO2e/t,synthetic,,synthetic,,,,
cell,investment,9000,,,CNY/(t/a),synthetic,,synthetic,2020,,,
cell,lifetime,20,,,a,synthetic,,synthetic,,,,
shell,saving.electricity,500,,,kWh/t,synthetic,,synthetic,,,,
shell,investment,600,,,CNY/(t/a),synthetic,,synthetic,2020,,,
shell,lifetime,10,,,a,synthetic,,synthetic,,,,
shell,first_year,2022,,,,synthetic,,synthetic,,,,
inert,electricity,13200,,,kWh/t,synthetic,,synthetic,,,,
inert,direct,0.1,,,t CO2e/t,synthetic,,synthetic,,,,
inert,investment,5000,,,CNY/(t/a),synthetic,,synthetic,2020,,,
inert,lifetime,20,,,a,synthetic,,synthetic,,,,
inert,first_year,2028,,,,synthetic,,synthetic,,,,
furnace,electricity,1000,,,kWh/t,synthetic,,synthetic,,,,
furnace,direct,0.5,,,t CO2e/t,synthetic,,synthetic,,,,
"""
SCENARIO = """name = { zh = "参考", en = "reference" }
source = "synthetic"
years = [2020, 2030]
discount = "0 %"

[demand."aluminium.liquid"]
unit = "t"
2020 = 300000
2030 = 300000

[demand."copper.cathode"]
unit = "1e4 t"
2020 = 24

[power.grid]
name = { zh = "电网", en = "grid" }
price = { unit = "CNY/kWh", 2020 = 0.4 }
factor = { unit = "kgCO2/kWh", 2020 = 0.5, 2030 = 0.4 }

[power.green]
name = { zh = "绿电", en = "green" }
price = { unit = "CNY/kWh", 2020 = 0.5 }
factor = { unit = "kgCO2/kWh", 2020 = 0 }
renewable = { unit = "%", 2020 = 100 }
share = { unit = "%", 2020 = 0, 2030 = 30 }

[benchmark."aluminium.liquid"]
electricity = 13000
unit = "kWh/t"
source = "gb-21346-2022"

[[rule]]
key = "green-2030"
indicator = "renewable.share"
product = "aluminium.liquid"
least = { unit = "%", 2030 = 30 }
"""


def catalogue(values: str = VALUES, structure: str = STRUCTURE) -> Catalogue:
    """The technologies of the small province."""
    return read_catalogue(
        structure, values, {}, ("technologies.toml", "technology_values.csv"), synthetic=True
    )


def register(text: str = REGISTER) -> Register:
    """Its lines."""
    found, wrong = read_register(text, "register.csv")
    assert found is not None, wrong
    return found


def scenario(text: str = SCENARIO, base: Scenario | None = None, key: str = "reference") -> Scenario:
    """Its scenario."""
    return read_scenario(text, f"scenarios/{key}.toml", key, base)


def case(more: str = "", text: str = SCENARIO) -> Compiled:
    """The case of the scenario, with what is added to its file."""
    return compiled(register(), catalogue(), scenario(text + more))
