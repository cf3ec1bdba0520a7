"""Drawings and papers of a made-up region, for the tests of this folder: every value synthetic."""

from datetime import date
from math import exp, sin

from touchstone.facts.text import Text
from touchstone.publish.drawing import Drawing
from touchstone.publish.pathway.allotted import Allotted, Taker
from touchstone.publish.pathway.areas import Areas, Layer, wedges
from touchstone.publish.pathway.basis import Assumption, How
from touchstone.publish.pathway.chances import Chance, Chances
from touchstone.publish.pathway.fan import Band, Course, Fan, Limit
from touchstone.publish.pathway.histogram import Histogram
from touchstone.publish.pathway.iamc import variable
from touchstone.publish.pathway.importance import Importance, Weight
from touchstone.publish.pathway.macc import Macc, Measure
from touchstone.publish.pathway.mark import Kind, Mark
from touchstone.publish.pathway.paper import Compared, Paper, Result
from touchstone.publish.pathway.province import Province, Town
from touchstone.publish.pathway.table import Row
from touchstone.publish.pathway.target import Conflict, Score, Shadow, Target
from touchstone.publish.pathway.tiles import TileMap
from touchstone.publish.pathway.tornado import Swing, Tornado
from touchstone.publish.pathway.worked import Done
from touchstone.publish.report.report import Paragraph, Sentence

YEARS = tuple(range(2020, 2051))
UNIT = Text("万吨CO2e", "10,000 t CO2e")
KIND = Text(
    "给定方案在不确定驱动因素下的可能性，不是每次重新优化。",
    "Chance for the given plan under uncertain drivers; plans are not made anew.",
)
LONG = Text(
    "绿电优先与再生金属扩大情景（2030年绿电占比35%，再生铝占比30%）",
    "Green power first and more recycled metal (35 % green power by 2030, 30 % recycled aluminium)",
)
KINDS = (
    Kind("benchmark", Text("达到标杆水平", "at benchmark level"), "full"),
    Kind("between", Text("在标杆与基准之间", "between benchmark and baseline"), "half"),
    Kind("below", Text("低于基准水平", "below baseline"), "hollow"),
    Kind("unknown", Text("能效不详", "level not known"), "dashed"),
)


def text(said: str) -> Text:
    """What is alike in both languages."""
    return Text(said, said)


def fan(courses: int = 1) -> Fan:
    median = [3050 + 42 * n - max(0, n - 7) ** 1.55 * 7 for n in range(31)]
    found = []
    for place in range(courses):
        values = [m - 20.0 * place * n for n, m in enumerate(median)]
        spread = [
            Band(
                s,
                [v - k * n**0.8 * 18 for n, v in enumerate(values)],
                [v + k * n**0.8 * 20 for n, v in enumerate(values)],
            )
            for s, k in ((0.5, 0.8), (0.8, 1.6), (0.9, 2.2))
        ]
        found.append(Course(LONG, values, tuple(spread[: 3 if courses == 1 else 1]), 2029 - place))
    actual = (3050.0, 3110.0, 3130.0, *(None,) * 28)
    limits = (
        Limit(Text("总量上限", "Cap"), (*(None,) * 8, *(3400.0,) * 23)),
        Limit(Text("2030年上限", "Ceiling of 2030"), tuple(3500.0 if y == 2030 else None for y in YEARS)),
    )
    return Fan(
        Text("排放及其区间", "Emissions and their range"), UNIT, YEARS, tuple(found), actual, limits, KIND
    )


def histogram(before: int | None = 2030) -> Histogram:
    weights = [exp(-(((year - 2028) / 2.6) ** 2)) for year in YEARS]
    chances = [0.94 * w / sum(weights) for w in weights]
    return Histogram(Text("达峰年份", "Year of the peak"), KIND, YEARS, chances, 1 - sum(chances), before)


def levers() -> tuple[Layer, ...]:
    return (
        Layer(Text("产量", "Output"), [-3.0 * n for n in range(31)]),
        Layer(Text("结构", "Structure"), [-90 * sin(n / 5) for n in range(31)]),
        Layer(Text("技术", "Technology"), [-14.0 * max(0, n - 3) for n in range(31)]),
        Layer(Text("环保设施用电", "Power of abatement plants"), [5.0 * n for n in range(31)]),
    )


def wedge() -> Areas:
    reference = Layer(Text("参考情景", "Reference"), [3050 + 45.0 * n for n in range(31)])
    scenario = [r + sum(layer.values[n] for layer in levers()) for n, r in enumerate(reference.values)]
    return wedges(
        Text("措施的贡献", "What levers contribute"), UNIT, YEARS, reference, levers(), Layer(LONG, scenario)
    )


def stack() -> Areas:
    layers = (
        Layer(Text("电解铝", "Aluminium"), [1800.0] * 31),
        Layer(Text("余热外供抵扣", "Heat to others"), [-40.0 - 2 * n for n in range(31)]),
    )
    return Areas(Text("按产品的排放", "Emissions by product"), UNIT, YEARS, layers, Text("合计", "Total"))


def macc(kind: str = "retrospective", address: str = "") -> Macc:
    costs = (-310, -220, -95, -40, -35, -30, -20, 35, 80, 120, 260, 310, 690, 980, 1150)
    widths = (48, 12, 22, 6, 0.8, 0.3, 0.5, 160, 75, 90, 14, 9, 18, 35, 25)
    measures = tuple(
        Measure(Text(f"措施{n}", f"Measure {n}"), w, c, c - 50.0, c + 60.0, address)
        for n, (w, c) in enumerate(zip(widths, costs, strict=True), 1)
    )
    idle = Measure(Text("电窑", "Electric kiln"), -2.5, 400)
    return Macc(
        Text("边际减排成本", "Abatement cost"),
        kind,
        UNIT,
        Text("元/吨CO2e", "yuan/t CO2e"),
        (*measures, idle),
        150,
    )


def tornado() -> Tornado:
    swings = (
        Swing(
            Text("原铝需求增长率", "Growth of demand"),
            3250,
            3600,
            Text("−1%/年", "−1 % a year"),
            Text("+3%/年", "+3 % a year"),
        ),
        Swing(Text("电网排放因子", "Grid factor"), 3050, 3810),
        Swing(Text("再生原料供应", "Supply of scrap"), 3530, 3330, Text("低", "low"), Text("高", "high")),
    )
    return Tornado(Text("敏感性", "Sensitivity"), UNIT, 3420, swings)


def importance() -> Importance:
    weights = (
        Weight(Text("碳价", "Carbon price"), -0.01, -0.04, 0.02),
        Weight(Text("电网因子", "Grid factor"), 0.52, 0.46, 0.58),
        Weight(Text("拖延", "Delay"), 0.12),
    )
    return Importance(Text("重要性", "Importance"), Text("Shapley 效应", "Shapley effects"), weights)


def chances() -> Chances:
    every = (
        Chance(LONG, 0.843),
        Chance(Text("标杆占比", "Benchmark share"), 0.035),
        Chance(Text("单位产值能耗", "Energy per value"), None, Text("没有产值", "no value added")),
    )
    return Chances(Text("目标", "Targets"), KIND, every)


def marks(count: int = 9, address: str = "") -> tuple[Mark, ...]:
    places = ("CN-35", "CN-37", "CN-65", "CN-71")
    return tuple(
        Mark(
            Text(f"某某铝业有限公司{n}号系列", f"Aluminium Ltd, line {n}"),
            places[n % 4],
            KINDS[n % 3].key,
            1e4 * (1 + n % 7),
            24.5 + 0.3 * (n % 5),
            116.4 + 0.4 * (n % 6),
            address,
        )
        for n in range(count)
    )


def tiles(address: str = "") -> TileMap:
    return TileMap(
        Text("产线", "Lines"),
        Text("吨/年", "t a year"),
        KINDS,
        marks(9, address),
        (("CN-35", address),) if address else (),
    )


def province() -> Province:
    lost = Mark(Text("某厂", "Some plant"), "CN-35", "unknown", 10000)
    towns = (Town(Text("福州", "Fuzhou"), 26.07, 119.3), Town(Text("厦门", "Xiamen"), 24.48, 118.09))
    return Province(Text("福建", "Fujian"), Text("吨/年", "t a year"), KINDS, (*marks(6), lost), towns)


def allotted() -> Allotted:
    """A cap among three by five rules; one of them emitted nothing before."""
    takers = (
        Taker(LONG, 48.8, (46.4, 45.2, 45.1, 46.4, 5.1)),
        Taker(text("示例铜业乙"), 31.2, (29.6, 29.0, 32.2, 30.4, 40.6)),
        Taker(text("示例再生铅"), 0.0, (0.0, 0.0, 1.1, 0.0, 1.7)),
    )
    rules = (text("grandfathering"), text("equal"), text("benchmarking"), LONG, text("by capacity"))
    return Allotted(text("the cap of 2030"), UNIT, rules, text("emitted in 2029"), takers, text("4 more"))


def drawings() -> dict[str, Drawing]:
    """One of each, by name."""
    return {
        "fan": fan(), "fan of four": fan(4), "histogram": histogram(), "wedges": wedge(), "stack": stack(), "macc": macc(), "tornado": tornado(),
        "importance": importance(), "chances": chances(), "tiles": tiles(), "province": province(), "allotted": allotted(),
    }  # fmt: skip


def rows() -> list[Row]:
    """Results of two scenarios, with quantiles, a plant and a single draw."""
    output = variable("output", "aluminium.liquid")
    found = [
        Row(s, "", "CN-35", "", "", variable(key), unit, year, base + year)
        for s in ("reference", "green")
        for key, unit, base in (
            ("emissions", "t CO2e", 1e6),
            ("electricity", "MWh", 5e6),
            ("renewable.share", "1", -2019.7),
        )
        for year in (2025, 2030)
    ]
    found += [
        Row("green", f"p{q}", "CN-35", "", "", variable("emissions"), "t CO2e", 2030, 1e6 + q)
        for q in (10, 90)
    ]
    return [
        *found,
        Row("green", "draw 17", "CN-35", "", "", variable("emissions"), "t CO2e", 2030, 9e5),
        Row("green", "", "CN-35", "np-1", "al.fhest", output, "t", 2030, 71000),
        Row("green", "", "CN-35", "", "", output, "t", 2030, 71000),
    ]


def targets() -> tuple[Target, ...]:
    return (
        Target(
            Text("2030年前达峰", "Peak before 2030"),
            Text("2029年或更早", "2029 or earlier"),
            text("2028"),
            True,
            0.843,
            source=text("GB 1"),
        ),
        Target(
            LONG,
            text("≥ 30%"),
            text("27.4%"),
            False,
            0.035,
            slack=Text("差 2.6 个百分点", "2.6 points short"),
        ),
        Target(
            Text("单位产值能耗", "Energy per value added"),
            text("−13.5%"),
            text("—"),
            None,
            None,
            Text("没有产值", "no value added is known"),
        ),
    )


def paper(**given: object) -> Paper:
    """A paper with everything in it."""
    full: dict[str, object] = {
        "scenario": LONG, "day": date(2026, 11, 22), "stood": "2026-11-20", "synthetic": True,
        "summary": (Paragraph((Sentence(Text("该情景在2028年达峰。", "Emissions peak in 2028."), refs="1"),), Text("达峰：", "Peak:")),),
        "assumptions": (
            Assumption(
                Text("需求", "Demand"), Text("75000 吨（2030年）", "75,000 t (2030)"), Text("编造", "made up"), "metal", "demand",
                "aluminium.liquid", "pathway/scenarios/plan.toml:9",
            ),
        ),
        "years": (2025, 2030, 2050), "results": (Result(Text("排放", "Emissions"), UNIT, (3200.0, 3400.5, None), "emissions"),),
        "hows": (How(Text("排放", "Emissions"), Text("产量×强度", "output × intensity"), "1", "emissions"),),
        "works": (
            Done("np-1", Text("一号线", "Line 1"), 2026, 2028, (Text("加装余热回收（2026—2028，80%）", "waste heat added (2026–2028, 80%)"),),
                 (Text("2026—2028年余热回收", "waste heat (2026–2028)"),), 1e5, 2.5e8),
        ),
        "optimum": (Text("已证明为最优。", "Proven optimal."),),
        "kind": KIND, "method": (Text("按产线核算。", "Accounts line by line."),), "limits": (Text("不含上游。", "Nothing upstream."),),
        "made": ((Text("输入的哈希", "Hash of the inputs"), "9f2c"), (Text("随机种子", "Seed"), "7")),
        "drawings": {
            "emissions": (fan(), histogram(), stack()), "levers": (wedge(),), "costs": (macc(),), "drivers": (tornado(), importance()),
            "plants": (tiles(), province()),
        },
        "targets": targets(),
        "scores": (
            Score(Text("达峰", "Peak"), Text("年份", "Year"), text("2028"), text("2029"), 10, 10),
            Score(Text("能耗", "Energy"), Text("强度", "Intensity"), text("—"), text("—"), None, 5, Text("没有数据", "no data")),
        ),
        "shadows": (Shadow(Text("可再生能源占比", "Renewable share"), 2030, 310.5, Text("元/MWh", "yuan/MWh")),),
        "conflicts": (Conflict(Text("产量", "Output"), 2030, 1200.0, text("t"), (Text("产能上限", "Cap on capacity"),)),),
        "scenarios": (Text("参考", "Reference"), LONG), "compared": (Compared(Text("2030年排放", "Emissions in 2030"), UNIT, (3600.0, 3400.0)),),
    }  # fmt: skip
    return Paper(**(full | given))  # type: ignore[arg-type]
