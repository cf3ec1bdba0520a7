"""The grammar of dates and periods in running text; `touchstone.read.when` gives a match its period code.

`DATE.match(text, at)` finds an expression of time at a place, `dates` all of a text.
"""

import re
from collections.abc import Iterator

_Y = r"(?:19|20)\d\d"
_TO = r"\s?(?:-{1,2}|—|–|~|至|到)\s?"
_M = r"(?:1[0-2]|0?[1-9])"
_D = r"(?:3[01]|[12]\d|0?[1-9])"
MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), start=1)
    for name in names.split()
}  # fmt: skip
_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_FIRSTMONTHS = r"前(?:[1-9]|10|11|[一二两三四五六七八九十]{1,2})个?月"
_QUARTER = rf"(?:第?\s?[一二三四1-4]\s?季度|第[一二三四]季|上半年|下半年|前三季度|{_FIRSTMONTHS}|全年(?!计划|目标|任务|预算))"
_ZM = "(?:十[一二]?|[一二三四五六七八九])"
_ZD = "[一二三四五六七八九十]{1,3}"

DATE = re.compile(
    rf"""
      (?P<span>(?P<s1y>{_Y})\s?年\s?(?P<s1m>{_M})\s?月\s?(?P<s1d>{_D})\s?日{_TO}
               (?:(?P<s2y>{_Y})\s?年\s?)?(?:(?P<s2m>{_M})\s?月\s?)?(?P<s2d>{_D})\s?日)
    | (?P<ymd>(?P<ymd_y>{_Y}|(?<!\d)\d\d)\s?年\s?(?P<ymd_m>{_M})\s?月\s?(?P<ymd_d>{_D})\s?[日号])
    | (?P<yms>(?P<yms_y>{_Y})\s?年\s?(?P<yms_m>{_M})\s?月?份?{_TO}(?:(?P<yms_z>{_Y})\s?年\s?)?(?P<yms_n>{_M})\s?月份?)
    | (?P<ym>(?P<ym_y>{_Y}|(?<!\d)\d\d)\s?年\s?(?P<ym_m>{_M})\s?月(?:份|底|末|初|[上中下]旬)?)
    | (?P<wk>(?P<wk_y>{_Y})\s?年?\s?第?\s?(?P<wk_w>[1-5]?\d)\s?周(?!年))
    | (?P<yq>(?P<yq_y>{_Y})\s?年?\s?(?P<yq_q>{_QUARTER}|Q[1-4]|H[12]))
    | (?P<fy>(?P<fy_y>{_Y})/\d\d\s?(?:财?年度?|榨季))
    | (?P<yy>(?P<yy_a>{_Y})\s?年?{_TO}(?P<yy_b>{_Y})\s?年)
    | (?P<ye>(?P<ye_y>{_Y})\s?年\s?年?(?:底|末))
    | (?P<y>(?P<y_y>{_Y})\s?年(?:度|年?初|间|全年)?)
    | (?P<rel>(?P<rel_y>今年|本年|当年|去年|(?<!以)上年|(?<![以此之目产成先])前年|明年|(?<![以此之])后年)度?
              (?:(?P<rel_m>{_M})\s?月份?(?:\s?(?P<rel_d>{_D})[日号])?|(?P<rel_q>{_QUARTER})|(?P<rel_e>年?[底末]))?)
    | (?P<iso>(?P<iso_y>{_Y})(?P<iso_s>[-/.])(?P<iso_m>{_M})(?P=iso_s)(?P<iso_d>{_D})(?!\d))
    | (?P<isom>(?P<isom_y>{_Y})[-/](?P<isom_m>0[1-9]|1[0-2])(?![\d-]))
    | (?P<mds>(?P<mds_m>{_M})\s?月\s?(?P<mds_d>{_D})\s?[日号]?{_TO}(?:(?P<mds_n>{_M})\s?月\s?)?(?P<mds_e>{_D})\s?[日号])
    | (?P<md>(?P<md_m>{_M})\s?月\s?(?P<md_d>{_D})\s?[日号])
    | (?P<ms>(?P<ms_m>{_M})\s?月?份?{_TO}(?P<ms_n>{_M})\s?月份?)
    | (?P<m>(?P<m_m>{_M})\s?月(?!期)(?:份|底|末|初|[上中下]旬)?(?:当月|单月)?)
    | (?P<zy>(?P<zy_y>[一二][〇零○九][〇零○一二三四五六七八九]{{2}})年(?:(?P<zy_m>{_ZM})月(?:(?P<zy_d>{_ZD})日)?)?)
    | (?P<zmd>(?P<zmd_m>{_ZM})月(?P<zmd_d>{_ZD})日)
    | (?P<zms>(?P<zms_m>{_ZM})月?(?:至|到|-|—|~)(?P<zms_n>{_ZM})月(?:份|末|底)?)
    | (?P<zm>(?P<zm_m>{_ZM})月(?!期)(?:份|末|底|初|[上中下]旬)?)
    | (?P<q>(?P<q_q>{_QUARTER}))
    | (?P<plan>[“"]?十(?P<plan_n>[一二三四五六])五[”"]?(?:期间|时期|末)?)
    | (?P<own>本?(?:报告期|规划期)[内末]?)
    | (?P<wd>(?<![上下每至到、一二三四五六七八九十\d])本?周(?P<wd_d>[一二三四五六日])(?![一二三四五六日至到、期年均]))
    | (?P<now>上个?月|本月|当月|下个?季度|上个?季度|本季度|年[底末初])
    | (?P<time>\d{{1,2}}\s?(?:时|点(?![ 位]|左右))(?:\s?\d{{1,2}}\s?分)?|\d{{1,2}}:\d\d(?::\d\d)?)
    | (?P<edm>(?P<edm_d>{_D})(?:st|nd|rd|th)?\s(?P<edm_m>{_NAMES})\.?,?(?:\s(?P<edm_y>{_Y}))?(?![a-z\d]))
    | (?P<emy>(?P<emy_m>{_NAMES})[-'’](?P<emy_y>\d\d)(?!\d))
    | (?P<ey>(?:(?P<ey_m>{_NAMES})\.?(?:\s(?P<ey_d>{_D})(?:st|nd|rd|th)?,?)?\s)(?P<ey_y>{_Y})(?!\d))
    | (?P<eys>(?P<eys_m>{_NAMES})\.?\s?(?:-|–|to|and|through)\s?(?P<eys_n>{_NAMES})\.?(?:,?\s(?P<eys_y>{_Y}))?(?![a-z]))
    | (?P<efm>first\s(?P<efm_n>two|three|four|five|six|seven|eight|nine|ten|eleven|1?\d)\smonths(?:\sof\s(?:the\syear|(?P<efm_y>{_Y})))?)
    | (?P<em>(?P<em_m>{_NAMES})\.?(?:\s(?P<em_d>{_D})(?:st|nd|rd|th)?)?(?![a-z\d]))
    | (?P<eq>(?:Q(?P<eq_q>[1-4])\s?(?P<eq_y>{_Y})?|(?P<eq_w>first|second|third|fourth)\squarter(?:\sof\s(?P<eq_z>{_Y}))?)(?![a-z\d]))
    | (?P<eh>(?:(?P<eh_w>first|second)\shalf(?:\sof\s(?:the\syear|(?P<eh_y>{_Y})))?|H(?P<eh_h>[12])\s(?P<eh_z>{_Y})))
    | (?P<eyy>(?P<eyy_a>{_Y})\s?(?:to|through|-|–)\s?(?P<eyy_b>{_Y})(?!\d|\s?[.,]\d))
    | (?P<bare>(?P<bare_y>{_Y})(?!\d|\s?[.,]\d))
    """,
    re.VERBOSE | re.IGNORECASE,
)
_STARTS = re.compile(r"[\d今本当去上前明后第下全年周报规一二三四五六七八九十“\"]|(?<![A-Za-z])[A-Za-z]")
"""Where an expression of time may begin: a cheap look at every place, before the long one."""
SAME_PERIOD = re.compile(
    r"(?:去年|上年|前年)同期|同期|a year (?:earlier|ago)|the same (?:period|month|quarter)(?: (?:of|in|last) (?:last year|year|\d{4}))?"
)


def dates(text: str) -> Iterator[re.Match[str]]:
    """The expressions of time in a text, left to right, not overlapping."""
    at = 0
    while start := _STARTS.search(text, at):
        found = DATE.match(text, start.start())
        if found:
            yield found
        at = found.end() if found else start.end()


def without_dates(text: str) -> str:
    """What is left of a text when its expressions of time are cut out."""
    pieces, at = [], 0
    for found in dates(text):
        pieces.append(text[at : found.start()])
        at = found.end()
    return "".join([*pieces, text[at:]])
