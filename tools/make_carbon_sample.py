"""Build the made-up group of carbon accounting: its organisation, three years of activity data, and the faults planted in them.

Everything is synthetic and no plant is meant. Rates are of the usual size (13,400 kWh of alternating current and 0.41 t of anodes,
net, for a tonne of aluminium). The same seed gives the same bytes.
"""

import csv
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random

from carbon_sample_around import Rows, around

FOLDER = Path(__file__).resolve().parent.parent / "src" / "touchstone" / "data" / "carbon" / "sample"
MONTHS = tuple(f"{year}-{month:02d}" for year in (2022, 2023, 2024) for month in range(1, 13))
SEED = 20220101
HEADS = ("unit", "item", "parameter", "measured_in", "evidence", "reference", "source")


@dataclass(frozen=True)
class Use:
    """What a tonne (or MWh) of the product takes or gives: rate, spread, unit of measure, evidence, decimals."""

    item: str
    rate: float
    spread: float = 0.03
    measured_in: str = "t"
    evidence: str = "meter"
    decimals: int = 1


@dataclass(frozen=True)
class Lab:
    """A measured property: item, parameter, mean, spread, unit of measure, decimals, evidence."""

    item: str
    parameter: str
    mean: float
    spread: float
    measured_in: str
    decimals: int
    evidence: str = "lab"


@dataclass(frozen=True)
class Plant:
    """One unit: its product, how much of it in a month, what that takes, and the months it is there."""

    key: str
    product: str
    monthly: float
    uses: tuple[Use, ...]
    labs: tuple[Lab, ...] = ()
    first: str = "2022-01"
    last: str = "2024-12"


def green(so2: float, nox: float, water: float, waste: float, revenue: float) -> tuple[Use, ...]:
    """What the environment gets: kg of SO2 and NOx, m3 of water, t of waste, and the revenue, for a tonne."""
    return (
        Use("pollutant.so2", so2 / 1000, 0.12, decimals=3),
        Use("pollutant.nox", nox / 1000, 0.12, decimals=3),
        Use("pollutant.cod", water * 2e-5, 0.15, decimals=4),
        Use("pollutant.ammonia-nitrogen", water * 1.5e-6, 0.15, decimals=5),
        Use("water.fresh", water, 0.05, "m3", decimals=0),
        Use("water.reused", water * 18, 0.04, "m3", decimals=0),
        Use("waste.solid", waste, 0.08, evidence="stock", decimals=1),
        Use("waste.used", waste * 0.62, 0.1, evidence="stock", decimals=1),
        Use("money.revenue", revenue, 0.05, "1e4 CNY", "document", 1),
    )


def potline(
    key: str,
    monthly: float,
    kwh: float,
    parts: dict[str, float],
    first: str = "2022-01",
    last: str = "2024-12",
) -> Plant:
    """A line of prebaked cells; `parts` says from where its electricity comes."""
    uses = (
        *(Use(f"electricity.{kind}", kwh / 1000 * part, 0.004, "MWh") for kind, part in parts.items()),
        Use("anode", 0.484, 0.006, evidence="stock"),
        Use("fluoride", 0.0165, 0.04, evidence="stock"),
        Use("pollutant.fluoride", 0.00021, 0.1, decimals=3),
        Use("pollutant.particulate", 0.0003, 0.1, decimals=3),
        Use("waste.spent-lining", 0.024, 0.2, evidence="stock"),
        *green(0.9, 0.08, 1.05, 0.05, 1.62),
    )
    labs = (
        Lab("anode", "consumption", 0.411, 0.004, "t/t", 4, "stock"), Lab("anode", "sulphur", 1.9, 0.12, "%", 2),
        Lab("anode", "ash", 0.4, 0.03, "%", 2), Lab("anode-effect", "aem", 0.26, 0.06, "min", 3, "meter"),
    )  # fmt: skip
    return Plant(key, "aluminium.liquid", monthly, uses, labs, first, last)


def boiler(key: str, fuel: str, monthly: float, ncv: float, carbon: float, rate: float) -> Plant:
    """A power plant of an enterprise: MWh supplied, fuel of measured quality."""
    uses = (
        Use(fuel, rate, 0.01, evidence="stock"), Use("diesel", 0.00004, 0.2, evidence="invoice", decimals=2),
        Use("pollutant.particulate", 0.00002, 0.1, decimals=3), *green(0.11, 0.17, 1.7, 0.12, 0.036),
    )  # fmt: skip
    labs = (
        Lab(fuel, "ncv", ncv, 0.25, "GJ/t", 3), Lab(fuel, "carbon-content", carbon, 0.12, "tC/TJ", 2),
        Lab(fuel, "oxidation", 98.5, 0.2, "%", 1),
    )  # fmt: skip
    return Plant(key, "power", monthly, uses, labs)


def made(
    key: str, product: str, monthly: float, kwh: float, gas: float, *more: Use, labs: tuple[Lab, ...] = ()
) -> Plant:
    """Any other unit: kWh from the grid and Nm3 of natural gas for a tonne, and what else it takes."""
    uses = (Use("electricity.grid", kwh / 1000, 0.015, "MWh"),)
    if gas:
        uses += (Use("natural-gas", gas / 1e4, 0.02, "1e4 Nm3", decimals=2),)
        labs += (Lab("natural-gas", "ncv", 355.0, 3.0, "GJ/1e4 Nm3", 1),)
    return Plant(key, product, monthly, (*uses, *more), labs)


def anodes() -> tuple[Use, ...]:
    """What baking takes beside gas: green anodes; what was baked is stated by itself."""
    return (
        Use("anode.baking", 1.0, 0.0, evidence="stock"),
        Use("anode.green", 1.05, 0.005, evidence="stock"),
        *green(0.5, 0.3, 0.6, 0.01, 0.42),
    )


def stock(item: str, rate: float, spread: float = 0.04, decimals: int = 1) -> Use:
    """What is taken from stock and known by counting it."""
    return Use(item, rate, spread, evidence="stock", decimals=decimals)


def aluminium() -> tuple[Plant, ...]:
    """Four smelters: potlines, cast houses, own power, anodes."""
    own, grid = {"own": 0.72, "grid": 0.28}, {"grid": 0.8, "direct": 0.2}
    hydro = {"grid": 0.45, "direct": 0.35, "certified": 0.2}
    cast = green(0.01, 0.12, 0.4, 0.01, 1.7)
    return (
        potline("al-north-p1", 13_400, 13_420, own),
        potline("al-north-p2", 20_800, 13_310, own),
        made("al-north-cast", "aluminium.ingot", 19_000, 58, 34, *cast),
        boiler("al-north-power", "lignite", 332_000, 14.3, 27.9, 0.66),
        made("al-north-anode", "anode", 16_700, 118, 74, *anodes()),
        potline("al-west-p1", 16_500, 13_460, grid),
        potline("al-west-p2", 21_300, 13_350, grid),
        made("al-west-anode", "anode", 18_400, 121, 76, *anodes()),
        potline("al-south-p1", 18_200, 13_280, hydro),
        potline("al-south-p2", 18_300, 13_300, hydro),
        potline("al-south-p3", 17_600, 13_190, hydro, first="2023-04"),
        made("al-south-cast", "aluminium.ingot", 28_000, 55, 32, *cast),
        potline("al-east-p1", 9_600, 13_590, own, last="2024-06"),
        potline("al-east-p2", 15_100, 13_440, own),
        boiler("al-east-power", "bituminous-coal", 240_000, 20.9, 26.1, 0.435),
    )


def alumina() -> tuple[Plant, ...]:
    """Two alumina works with boiler houses, and a carbon works."""
    takes = (
        Use("heat", 4.3, 0.02, "GJ", decimals=0),
        stock("bauxite", 2.31, 0.02, 0), stock("lime", 0.19), stock("limestone", 0.06), stock("caustic-soda", 0.11),
        stock("waste.red-mud", 1.35, 0.05, 0), *green(0.12, 0.35, 2.6, 0.02, 0.27),
    )  # fmt: skip
    return (
        made("alumina-mid-l1", "alumina", 62_000, 235, 88, *takes),
        made("alumina-mid-l2", "alumina", 58_000, 241, 90, *takes),
        boiler("alumina-mid-boiler", "bituminous-coal", 9_000, 20.4, 26.2, 3.6),
        made("alumina-south-l1", "alumina", 83_000, 228, 85, *takes),
        made("alumina-south-l2", "alumina", 81_000, 230, 86, *takes),
        boiler("alumina-south-boiler", "anthracite", 11_000, 22.6, 27.4, 3.4),
        made(
            "anode-north-calcining", "calcined-coke", 15_500, 62, 0,
            stock("green-coke", 1.31, 0.01), *green(1.1, 0.5, 0.8, 0.01, 0.35),
        ),
        made("anode-north-baking", "anode", 16_200, 116, 72, *anodes()),
    )  # fmt: skip


def copper() -> tuple[Plant, ...]:
    """Two copper smelters."""
    smelt = (
        stock("coke", 0.02), stock("limestone", 0.14), stock("copper-concentrate", 3.9, 0.03, 0),
        *green(1.9, 0.4, 5.5, 2.2, 0.9),
    )  # fmt: skip
    refine = (Use("heat.steam", 0.36, 0.04), *green(0.02, 0.05, 1.8, 0.01, 6.3))
    steam = (Lab("heat.steam", "enthalpy", 2768.0, 3.0, "kJ/kg", 1, "meter"),)
    return (
        made("copper-mid-smelting", "copper.anode", 16_800, 465, 31, *smelt),
        made("copper-mid-refining", "copper.cathode", 16_500, 318, 0, *refine, labs=steam),
        made("copper-mid-acid", "", 16_500, 340, 0, *green(0.6, 0.05, 2.0, 0.02, 0.08)),
        made("copper-south-smelting", "copper.anode", 12_400, 480, 33, *smelt),
        made("copper-south-refining", "copper.cathode", 12_300, 325, 0, *refine, labs=steam),
    )


def lead_and_zinc() -> tuple[Plant, ...]:
    """A works of lead and zinc, and one of zinc."""
    zinc = (stock("zinc-concentrate", 2.05, 0.02, 0), *green(0.8, 0.2, 4.2, 0.6, 1.9))
    return (
        made(
            "leadzinc-south-lead", "lead.refined", 8_600, 345, 28, stock("reductant.coke", 0.11),
            stock("reductant.semi-coke", 0.05), stock("lead-concentrate", 1.7, 0.02, 0), *green(1.4, 0.5, 3.1, 0.9, 1.4),
        ),
        made("leadzinc-south-zinc", "zinc.refined", 9_900, 3_820, 12, *zinc),
        made(
            "leadzinc-south-fuming", "", 9_900, 210, 0, stock("reductant.anthracite", 0.16),
            Use("electricity.sold", 0.02, 0.1, "MWh"), *green(0.9, 0.3, 0.7, 0.4, 0.1),
        ),
        made("zinc-west-roasting", "", 12_100, 190, 9, *green(1.1, 0.2, 1.1, 0.1, 0.1)),
        made("zinc-west-electrolysis", "zinc.refined", 12_000, 3_340, 0, *zinc),
    )  # fmt: skip


def processing_and_rare_earths() -> tuple[Plant, ...]:
    """Semis of aluminium and copper; rare earths separated and reduced."""
    semis = green(0.02, 0.18, 1.3, 0.01, 2.4)
    earth = (
        stock("oxalic-acid", 1.1), stock("soda-ash", 0.9), stock("ammonia", 0.35), *green(0.2, 0.3, 18.0, 0.9, 24.0),
    )  # fmt: skip
    oxalic = (Lab("oxalic-acid", "purity", 99.6, 0.08, "%", 2),)
    melt = (Use("electricity.certified", 1.9, 0.02, "MWh"), *green(0.02, 0.03, 6.0, 0.05, 41.0))
    return (
        made("process-east-sheet", "aluminium.processed", 11_500, 640, 92, *semis),
        made("process-east-extrusion", "aluminium.processed", 7_900, 710, 61, *semis),
        made("process-east-copper", "copper.processed", 6_200, 185, 48, *semis),
        made("process-south-sheet", "aluminium.processed", 9_200, 655, 95, *semis),
        made("process-south-foil", "aluminium.processed", 3_100, 1_120, 70, *semis),
        made("re-north-separation", "rare-earth.oxide", 1_450, 1_350, 210, *earth, labs=oxalic),
        made("re-north-metal", "rare-earth", 640, 7_900, 0, *melt),
        made("re-south-separation", "rare-earth.oxide", 620, 1_420, 225, *earth, labs=oxalic),
        made("re-south-metal", "rare-earth", 290, 8_100, 0, *melt),
    )


def plants() -> tuple[Plant, ...]:
    """All units."""
    return (*aluminium(), *alumina(), *copper(), *lead_and_zinc(), *processing_and_rare_earths())


def rows() -> Rows:
    """Everything as it happened: no fault in it, and what own power plants supply is what their potlines take."""
    found: Rows = {}
    for plant in plants():
        chance = Random(f"{SEED} {plant.key}")
        for number, month in enumerate(MONTHS):
            if plant.first <= month <= plant.last:
                amount = (
                    plant.monthly
                    * (1 + 0.002 * number / 12)
                    * chance.uniform(0.95, 1.03)
                    * _started(plant, number)
                )
                for key, value in _month(plant, amount, chance):
                    found.setdefault(key, {})[month] = value
    for power in ("al-north", "al-east"):
        _supply(found, power)
    for line in ("al-north-p1", "al-west-p1", "al-west-p2", "al-south-p1", "al-south-p2"):
        grid = found[line, "electricity.grid", "", "MWh", "meter"]
        found[line, "electricity.grid", "", "MWh", "invoice"] = dict(grid)
    around(found, SEED, {plant.key: plant.product for plant in plants()})
    return found


def _started(plant: Plant, number: int) -> float:
    """A new line takes four months to reach its output."""
    since = number - MONTHS.index(plant.first)
    return 1.0 if plant.first == MONTHS[0] else min(1.0, 0.25 * (since + 1))


def _month(
    plant: Plant, amount: float, chance: Random
) -> Iterator[tuple[tuple[str, str, str, str, str], Decimal]]:
    if plant.product:
        measured_in = "MWh" if plant.product == "power" else "t"
        yield (plant.key, plant.product, "", measured_in, "meter"), _rounded(amount, 1)
    for use in plant.uses:
        value = amount * use.rate * chance.gauss(1, use.spread / 2)
        yield (plant.key, use.item, "", use.measured_in, use.evidence), _rounded(max(value, 0), use.decimals)
    for lab in plant.labs:
        value = chance.gauss(lab.mean, lab.spread / 2)
        yield (
            (plant.key, lab.item, lab.parameter, lab.measured_in, lab.evidence),
            _rounded(value, lab.decimals),
        )


def _supply(found: Rows, power: str) -> None:
    """The power plant supplies what its potlines take; its fuel is of the new size."""
    supplied = found[f"{power}-power", "power", "", "MWh", "meter"]
    taken = [
        line for key, line in found.items() if key[0].startswith(f"{power}-p") and key[1] == "electricity.own"
    ]
    for month in MONTHS:
        whole = sum((line[month] for line in taken if month in line), Decimal(0))
        share = float(whole / supplied[month])
        for key, line in found.items():
            if key[0] == f"{power}-power" and not key[2]:
                line[month] = (
                    whole
                    if line is supplied
                    else _rounded(float(line[month]) * share, -line[month].as_tuple().exponent)
                )


def heat_supplied(found: Rows) -> Rows:
    """What the boiler houses of the alumina works supplied: what their lines took, whatever is spoilt elsewhere."""
    supplied: Rows = {}
    for works in ("alumina-mid", "alumina-south"):
        taken = [found[f"{works}-{line}", "heat", "", "GJ", "meter"] for line in ("l1", "l2")]
        supplied[f"{works}-boiler", "heat.supplied", "", "GJ", "meter"] = {
            month: sum((line[month] for line in taken), Decimal(0)) for month in MONTHS
        }
    return supplied


def _rounded(value: float, decimals: int) -> Decimal:
    return Decimal(f"{value:.{decimals}f}")


def plant_faults(found: Rows) -> list[tuple[str, str, str, str]]:
    """Spoil some values; each fault with its unit, month and what it is, in Chinese and English."""

    def line(unit: str, item: str, parameter: str, measured_in: str, evidence: str) -> dict[str, Decimal]:
        return found[unit, item, parameter, measured_in, evidence]

    slip = line("al-west-p2", "electricity.grid", "", "MWh", "meter")
    slip["2023-05"] = (slip["2023-05"] * 1000).quantize(Decimal(1))
    gone = line("copper-mid-smelting", "natural-gas", "", "1e4 Nm3", "meter")
    del gone["2022-11"]
    outlier = line("alumina-mid-l2", "natural-gas", "", "1e4 Nm3", "meter")
    outlier["2024-03"] = (outlier["2024-03"] * Decimal("1.9")).quantize(Decimal("0.01"))
    invoice = line("al-south-p1", "electricity.grid", "", "MWh", "invoice")
    invoice["2023-09"] = (invoice["2023-09"] * Decimal("1.068")).quantize(Decimal("0.1"))
    line("al-east-power", "bituminous-coal", "ncv", "GJ/t", "lab")["2024-02"] = Decimal("29.271")
    greedy = line("al-west-p1", "electricity.direct", "", "MWh", "meter")
    greedy["2022-08"] = (greedy["2022-08"] * Decimal("1.55")).quantize(Decimal("0.1"))
    own = line("al-east-p2", "electricity.own", "", "MWh", "meter")
    own["2023-12"] = (own["2023-12"] * Decimal("1.07")).quantize(Decimal("0.1"))
    metered = line("zinc-west-electrolysis", "electricity.grid", "", "MWh", "meter")
    found["zinc-west-electrolysis", "electricity.grid", "", "MWh", "none"] = {
        "2024-10": metered.pop("2024-10")
    }
    effect = line("al-north-p2", "anode-effect", "aem", "min", "meter")
    effect["2022-04"] = Decimal("0")
    return [
        ("al-west-p2", "2023-05", "电网电量多写1000倍（kWh写作MWh）", "grid electricity 1000 times too large (kWh stated as MWh)"),
        ("copper-mid-smelting", "2022-11", "缺天然气", "no natural gas"),
        ("alumina-mid-l2", "2024-03", "天然气为常值的1.9倍", "natural gas 1.9 times the usual"),
        ("al-south-p1", "2023-09", "发票电量比计量高6.8%", "the invoice is 6.8 % above the meter"),
        ("al-east-power", "2024-02", "烟煤低位发热量写成标准煤的29.271", "calorific value of coal stated as that of standard coal, 29.271"),
        ("al-west-p1", "2022-08", "直供电为常值的1.55倍，吨铝电耗约14,900千瓦时", "direct electricity 1.55 times the usual: about 14,900 kWh for a tonne"),
        ("al-east-p2", "2023-12", "自发电用量多7%，与电厂供电量不符", "7 % more own electricity than the power plant supplied"),
        ("zinc-west-electrolysis", "2024-10", "电量没有凭证", "electricity without evidence"),
        ("al-north-p2", "2022-04", "阳极效应时间为零", "anode-effect minutes are zero"),
    ]  # fmt: skip


def write(folder: Path) -> None:
    """Write activity.csv and the list of faults."""
    found = rows()
    faults = plant_faults(found)
    with (folder / "activity.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow((*HEADS, *MONTHS))
        every = (*sorted(found.items()), *sorted(heat_supplied(found).items()))
        for number, ((unit, item, parameter, measured_in, evidence), values) in enumerate(every, 1):
            reference = "" if evidence == "none" else f"SYN-{number:04d}"
            months = ("" if month not in values else f"{values[month]:f}" for month in MONTHS)
            out.writerow((unit, item, parameter, measured_in, evidence, reference, "synthetic", *months))
    text = (folder / "README.md").read_text(encoding="utf-8") if (folder / "README.md").exists() else ""
    head, _, _ = text.partition("\n| unit |")
    table = "\n".join(f"| `{unit}` | {month} | {en} | {zh} |" for unit, month, zh, en in faults)
    (folder / "README.md").write_text(
        f"{head.rstrip()}\n\n| unit | month | fault | 错误 |\n|---|---|---|---|\n{table}\n", encoding="utf-8"
    )


def main() -> None:
    """Write the sample into the folder given, by default the shipped one."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    write(parser.parse_args().folder)


if __name__ == "__main__":
    main()
