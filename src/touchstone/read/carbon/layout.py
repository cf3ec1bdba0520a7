"""The layout of the activity template: its sheets and columns, told once to who writes it and to who reads it back.

Each sheet has a title, a hint, the heads that people read, and under them a hidden row of ids; a column is where its id is.
"""

from dataclasses import dataclass

from touchstone.facts.text import Text

EDITION = "touchstone-activity/1"
"""The first word of the hidden row; another layout is another edition."""
HEADS, IDS, FIRST = 2, 3, 4
"""Rows from 0: of the heads, of the hidden ids, and of the first entry."""
MONTHS = tuple(f"{month:02d}" for month in range(1, 13))


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its id, what people read above it, its width in characters, and whether it is filled in."""

    id: str
    head: Text
    width: int
    open: bool


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """One sheet of the template: key, the name on its tab, and what it is for."""

    key: str
    name: Text
    hint: Text
    before: tuple[Column, ...]
    monthly: bool
    after: tuple[Column, ...]

    def columns(self, year: int) -> tuple[Column, ...]:
        """All columns for a year, in order."""
        months = [Column(f"{year}-{m}", Text(f"{year}-{m}", f"{year}-{m}"), 11, True) for m in MONTHS]
        return (*self.before, *(months if self.monthly else ()), *self.after)

    def ids(self, enterprise: str, year: int, lang: str) -> tuple[str, ...]:
        """The hidden row: the first id also says what the file is."""
        first, *others = (column.id for column in self.columns(year))
        return (f"{EDITION} {self.key} {enterprise} {year} {lang} {first}", *others)


_UNIT = Column("node", Text("核算单元", "unit"), 16, True)
_NAME = Column("name", Text("单元名称", "name of the unit"), 20, False)
_ITEM = Column("item", Text("物项", "item"), 24, True)
_PARAMETER = Column("parameter", Text("参数", "quantity"), 26, True)
_MEASURED_IN = Column("measured-in", Text("计量单位", "measured in"), 12, True)
_EVIDENCE = Column("evidence", Text("凭证种类", "evidence"), 12, True)

AMOUNTS = SheetLayout(
    "amounts",
    Text("活动量", "amounts"),
    Text("每行一个单元的一种物项，逐月填写；没有数据的月份留空，零写0。", "One item of one unit a row, month by month; leave a month without data empty, write 0 for none."),
    (_UNIT, _NAME, _ITEM, _MEASURED_IN, _EVIDENCE), True,
    (Column("total", Text("全年合计", "total of the year"), 14, False), Column("hint", Text("常用单位", "usual unit"), 12, False)),
)  # fmt: skip
PROPERTIES = SheetLayout(
    "properties",
    Text("实测参数", "measured properties"),
    Text("只填实测值；没有实测的留空，核算时用缺省值。", "Measured values only; what was not measured stays empty, and the default is taken."),
    (_UNIT, _NAME, _ITEM, _PARAMETER, _MEASURED_IN, _EVIDENCE), True,
    (Column("mean", Text("全年平均", "mean of the year"), 14, False), Column("hint", Text("因子库缺省值", "default of the library"), 18, False)),
)  # fmt: skip
EVIDENCES = SheetLayout(
    "evidence",
    Text("凭证", "evidence"),
    Text("计量、发票、化验单的编号与日期；月份留空表示全年。", "Number and day of meter readings, invoices and laboratory reports; no month means the whole year."),
    (
        _UNIT, _NAME, _ITEM, _PARAMETER, _EVIDENCE,
        Column("month", Text("月份", "month"), 10, True), Column("reference", Text("编号", "reference"), 30, True),
        Column("day", Text("日期", "day"), 12, True),
    ),
    False, (Column("asked", Text("方法要求的凭证", "asked for by the method"), 60, False),),
)  # fmt: skip
SHEETS = (AMOUNTS, PROPERTIES, EVIDENCES)
GUIDE = Text("填写说明", "how to fill in")
GUIDE_LINES = (
    Text(
        "本文件由 Touchstone 生成。只填没有底色的格；有底色的格已锁定。",
        "Touchstone wrote this file. Fill in the cells without shading; shaded ones are locked.",
    ),
    Text(
        "“活动量”：每个单元的燃料、原料、电力、热力、产品产量及环境数据，逐月填写，一行一种凭证。",
        "“amounts”: fuels, materials, electricity, heat, output and environmental data of each unit by month, one kind of evidence a row.",
    ),
    Text(
        "“实测参数”：实测的低位发热量、含碳量、含硫量、灰分、阳极效应时间等；没有实测的留空。",
        "“measured properties”: calorific value, carbon, sulphur and ash content, anode-effect minutes and so on, where measured.",
    ),
    Text(
        "“凭证”：计量、发票、化验单的编号与日期，以备核查。",
        "“evidence”: number and day of readings, invoices and reports, for whoever verifies.",
    ),
    Text(
        "物项、凭证种类和计量单位从下拉列表中选；空白行可另选物项。",
        "Items, evidence and units of measure come from the lists; choose a further item in an empty row.",
    ),
    Text(
        "气体按标准立方米（0 °C、101.325 kPa）填写：发票或流量计为立方米的，按其注明的温度和压力换算；标准煤是折算的能量，不是实物量，请填写实际品种和实物量。",
        "Gases are stated in normal cubic metres (0 °C, 101.325 kPa): convert cubic metres by the temperature and pressure the invoice or "
        "meter states. Standard coal is energy that was reckoned: state what was bought or burned, by its own kind and unit.",
    ),
    Text(
        "不要移动、增删或改名列：导入时会逐列核对，任何一处不符，整个文件都不导入。",
        "Do not move, add, remove or rename columns: each is checked on import, and a file with one fault is not imported at all.",
    ),
    Text(
        "没有数据的月份留空，确实为零才写0；外供的电力、热力填在外供物项中，不写负数。",
        "Leave a month without data empty and write 0 only for zero; what was sold has items of its own, never a negative number.",
    ),
)
"""What the first sheet says."""
LISTS = "lists"
"""The hidden sheet that the drop-downs take their words from."""
EVIDENCE_NAMES = {
    "meter": Text("计量器具", "meter"),
    "invoice": Text("结算发票", "invoice"),
    "lab": Text("化验报告", "laboratory"),
    "stock": Text("盘库", "stock taking"),
    "document": Text("其他凭证", "document"),
    "none": Text("无", "none"),
}
