"""Publication days: stated ones only."""

from datetime import date

import pytest

from touchstone.read.published import published


@pytest.mark.parametrize(
    ("name", "text", "day"),
    [
        ("minor-metals-weekly-2020-10-09.txt", "", date(2020, 10, 9)),
        ("周报20201009.docx", "", date(2020, 10, 9)),
        ("周报 2020年10月9日.docx", "发布日期：2021年1月1日", date(2020, 10, 9)),
        ("2020.10.09.pdf", "", date(2020, 10, 9)),
        ("copper-2022q3.txt", "", None),
        ("gb18030-20229999.txt", "", None),
        ("202210091234.txt", "", None),
        ("a.txt", " date 2022-09-03 On September 2, the Ministry held a conference.", date(2022, 9, 3)),
        ("a.txt", "标题\n发布日期：2022年10月15日 来源：本站\n正文", date(2022, 10, 15)),
        ("a.txt", "标题\n发布时间: 2022-10-15 09:30\n正文", date(2022, 10, 15)),
        ("a.txt", "标题\n（2022年9月14日）\n正文", date(2022, 9, 14)),
        ("a.txt", "Title\nPublished on 14 September 2022\nText", date(2022, 9, 14)),
        ("a.txt", "Title\nSeptember 14, 2022\nText", date(2022, 9, 14)),
        ("a.txt", "标题\n" + "正文。" * 900 + "\n国家发展改革委\n2022年8月1日\n", date(2022, 8, 1)),
        ("a.txt", "2022年8月1日，工信部召开会议。", None),
        ("a.txt", "The prices of 14 September 2022 were higher.", None),
        ("a.txt", "截至2022年8月1日价格为100元", None),
        ("a.txt", "2022年2月30日", None),
        ("a.txt", "报名截止日期：2022年8月1日，逾期无效", None),
        ("a.xlsx", "日期\t2022-08-01\t2022-08-02\n铜\t1\t2", None),
        ("a.txt", "2022-10", None),
        ("a.txt", "標題\n發佈日期：２０２２年10月15日 來源：本站\n正文", date(2022, 10, 15)),
        ("a.txt", "標題\n發表時間：2022年10月15日\n正文", date(2022, 10, 15)),
        ("a.md", "标题\n**发布日期：** 2022-10-15 来源：本站\n正文", date(2022, 10, 15)),
        ("a.txt", "小金属周评（2023年11月17日）\n\n本周铋锭报价平稳。", date(2023, 11, 17)),
        ("a.txt", "Metals note (15 May 2024)\n\nCopper fell.", date(2024, 5, 15)),
        ("a.txt", "周评（2023年11月17日）\n发布日期：2023年11月18日", date(2023, 11, 18)),
        ("a.txt", "铜价回落。此前高点（2023年11月17日）\n正文", None),
        ("a.txt", "一\n二\n三\n附表（2023年11月17日）\n正文", None),
        ("a.txt", "铜价\t（2023年11月17日）\n70000\t1", None),
        ("a.txt", "Prices (31 Nov 2023)\nText", None),
        ("a.txt", "Note (as of 30 November 2023)\nText", None),
        ("a.txt", "Published Sept. 14th, 2022 by us", date(2022, 9, 14)),
        ("a.txt", "", None),
    ],
)
def test_the_publication_day_is_the_one_stated_as_such(name: str, text: str, day: date | None) -> None:
    assert published(name, text) == day
