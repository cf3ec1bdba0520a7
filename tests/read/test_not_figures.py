"""What looks like a figure and is none: dates, codes, standards, names, numbering."""

import pytest

from .conftest import phrases

DATES = [
    "2022年10月14日", "2022-10-14 10:30", "10月7日至9日", "截至2022年8月底", "1-9月", "2022年三季度", "2022.10.14",
    "十月十四日", "“十四五”期间", "On 14 October 2022", "in Q3 2022", "凌晨2点", "上午11时30分", "二〇二二年十月",
    "未来一周", "过去两周", "近年来", "近三年来", "In the first two months of 2022", "三个月期铜",
]  # fmt: skip
CODES = [
    "GB25466-2010", "符合GB 25467—2010", "YS/T 693-2009", "ISO 14001:2015", "HJ 212-2017", "CODcr", "A4纸",
    "采用FHEST-2技术", "GB/T 2260", "云政发〔2021〕27号", "国发[2021]23号", "税则号列7403", "编号TJ-2022-0718", "TX5车型",
    "A3.5B06级加气混凝土", "滬銅2207合约", "沪铜2211", "CO2", "SO2和NO2", "PM2.5", "6063铝合金", "RE100倡议", "5G基站",
    "2#锑锭", "1#电解铜", "H2SO4", "Li2O", "[bookmark: _Toc22498]", "https://example.com/2022/10", "IP65",
]  # fmt: skip
NAMES = [
    "世界500强企业", "“1+N”政策体系", "“2+26”区域", "党的十九大报告", "第三届大会", "第七十五届联合国大会", "第一次跨越",
    "“三年创新倍增”", "打赢蓝天保卫战三年行动计划", "八项规定精神", "“三品”实施方案", "“双碳”目标", "一带一路", "进一步提高",
    "一批重点项目", "几十种添加剂", "十种有色金属", "一方面，另一方面", "统一规范", "三元材料", "九江铜业", "万吨级",
    "四川", "百色市", "千方百计", "一线生产", "二氧化硒", "五矿集团", "三峡", "独一无二", "一体化", "Golden Nine Silver Ten",
]  # fmt: skip
NUMBERING = [
    "1、硒评论", "（一）总体要求", "第3章 保障措施", "2.1 市场概况", "一、摘要\t4", "目录……12", "图3 产量走势", "表2-1 能耗",
    "第12页", "附件2", "见第4.1节", "① 能源", "(3) 其他", "Section 4.1", "Annex 2", "Table 3", "Figure 12", "总第1086期",
    "No. 27",
]  # fmt: skip
CONTACTS = [
    "电话：010-63971807", "热线 0714-6297373", "手机13800138000", "邮编435000", "邮编：100038", "传真：0086-10-66517555",
    "tel. +86 10 6820 5583", "Room 1208", "股票代码601600", "证券代码：000630", "(603993.SH)",
]  # fmt: skip


@pytest.mark.parametrize("text", DATES + CODES + NAMES + NUMBERING + CONTACTS)
def test_what_is_no_figure_gives_none(text: str) -> None:
    assert phrases(text) == []


@pytest.mark.parametrize("text", DATES + CODES + NAMES + CONTACTS)
def test_a_figure_beside_it_is_still_read_and_alone(text: str) -> None:
    assert phrases(f"{text}，产量为93.2万吨") == ["93.2 万吨"]


@pytest.mark.parametrize(
    ("none", "figure", "phrase"),
    [
        ("世界500强", "500家企业", "500 家"), ("5G网络", "5GW装机", "5 GW"), ("第三次会议", "三次会议", "3 次"),
        ("一批企业", "两家企业", "2 家"), ("十种有色金属产量", "十家企业", "10 家"), ("三年行动计划", "三年建设期", "3 年"),
        ("2号机组", "2台机组", "2 台"), ("三月期铜", "三个月完成建设", "3 个月"), ("2022年", "22年的历史", "22 年"),
    ],
)  # fmt: skip
def test_one_word_makes_the_difference(none: str, figure: str, phrase: str) -> None:
    assert phrases(none) == []
    assert phrases(figure) == [phrase]
