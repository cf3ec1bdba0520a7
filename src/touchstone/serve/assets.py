"""`touchstone assets …`: carbon assets from the command line, one command for each act and each question."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from touchstone.serve import terminal
from touchstone.serve.assets_cbam import cbam
from touchstone.serve.options import HERE, AsJson, By, Folder, Lang
from touchstone.serve.shown import shown

if TYPE_CHECKING:
    from touchstone.desk.carbon_asset_book import Book, Booking
    from touchstone.desk.carbon_assets import CarbonAssets
    from touchstone.serve.assets_data import Standing

app = typer.Typer(
    help="Allowances, credits, sinks, certificates: allocated, bought, surrendered · 碳资产",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Who = Annotated[str, typer.Argument(help="Key of an enterprise. 企业的键。", show_default=False)]
Day = Annotated[
    str, typer.Option("--day", help="From which it counts. 生效日期。", metavar="YYYY-MM-DD", show_default=False)
]  # fmt: skip
Words = Annotated[str, typer.Option("--words", "-m", help="Words or evidence. 说明或凭据。", show_default=False)]  # fmt: skip
AsOf = Annotated[str, typer.Option("--as-of", help="A day, as it stood at its end (UTC). 截至某日。")]
On = Annotated[str, typer.Option("--on", help="On a day; today else. 某日，缺省今天。", metavar="YYYY-MM-DD")]
Year = Annotated[int, typer.Argument(help="2024 …", show_default=False)]
Price = Annotated[str, typer.Option("--price", help="CNY a unit. 单价，元。")]


@app.command("list")
def list_all(
    enterprise: Annotated[str, typer.Option(help="Of one enterprise. 某企业。")] = "", as_of: AsOf = "",
    workspace: Folder = HERE, as_json: AsJson = False, lang: Lang = "",
) -> None:  # fmt: skip
    """Holdings and bookings · 持有与记账"""
    from touchstone.serve.assets_data import account_name, entry_rows, holding_rows

    spoken, book = terminal.language(lang), _assets(workspace).book(_moment(as_of))
    bookings = [each for each in book.bookings.values() if enterprise in ("", *each.enterprises)]
    held = [each for each in holding_rows(book) if enterprise in ("", each["account"])]
    if as_json:
        terminal.print_json({"holdings": held, "entries": entry_rows(bookings)})
        return
    for row in held:
        name = shown(getattr(account_name(book, row["account"]), spoken))
        typer.echo(f"{name}  {row['asset']} {row['vintage']}  {_number(row['amount'], spoken)}")
    for each in bookings:
        _tell(book, each, spoken)


@app.command("open")
def open_account(
    key: Who, zh: Annotated[str, typer.Option(help="Name in Chinese. 中文名。", show_default=False)],
    en: Annotated[str, typer.Option(help="Name in English. 英文名。", show_default=False)],
    by: By, workspace: Folder = HERE, lang: Lang = "",
) -> None:  # fmt: skip
    """Open the account of an enterprise · 开户"""
    from touchstone.facts.text import Text

    terminal.workspace(workspace, make=True).carbon_assets().open(key, Text(zh, en), by)
    _say("assets.opened", lang, who=key)


@app.command("open-all")
def open_all(by: By, workspace: Folder = HERE, lang: Lang = "") -> None:
    """Open an account for every enterprise of the organisation · 为组织中的企业开户"""
    for key in terminal.workspace(workspace).open_asset_accounts(by):
        _say("assets.opened", lang, who=key)


@app.command(context_settings={"ignore_unknown_options": True})
def verify(
    enterprise: Who, year: Year, words: Words, by: By,
    tonnes: Annotated[str, typer.Argument(help="t CO2e; that of the inventory if not given. 缺省取清单。", show_default=False)] = "",
    low: Annotated[str, typer.Option(help="95 % range. 下限。")] = "",
    high: Annotated[str, typer.Option(help="95 % range. 上限。")] = "", workspace: Folder = HERE, lang: Lang = "",
) -> None:  # fmt: skip
    """State the verified emissions of a year, with the evidence · 登记经核查排放量"""
    from touchstone.calc.carbon.assets.position import Emitted
    from touchstone.desk.carbon_asset_rules import stated_number

    ends = (stated_number(end, enterprise) if end else None for end in (low, high))
    taken = stated_number(tonnes, enterprise) if tonnes else _inventoried(workspace, enterprise, year, lang)
    _assets(workspace).verify(enterprise, year, Emitted(taken, *ends), words, by)
    _say("assets.stated", lang, who=enterprise, year=year)


def _inventoried(workspace: Path, enterprise: str, year: int, lang: str) -> Decimal:
    """What the inventory says of an enterprise and year, told. Raises UnreadableFile: COMMAND-035, it says nothing."""
    from touchstone.publish.words import word

    spoken = terminal.language(lang)
    found = terminal.workspace(workspace).inventoried(year).get(enterprise)
    if found is None:
        raise terminal.wrong("COMMAND-035", "verify", who=enterprise, year=year)
    tonnes = _number(found.tonnes, spoken)
    typer.echo(shown(word("assets.taken", spoken, who=enterprise, year=year, tonnes=tonnes, set=found.set)))
    if found.missing:
        typer.echo(word("assets.lacking", spoken, n=found.missing), err=True)
    return found.tonnes


@app.command()
def allocate(
    enterprise: Who, rule: Annotated[str, typer.Argument(help="Key of a rule. 规则的键。", show_default=False)],
    day: Day, by: By,
    given: Annotated[list[str] | None, typer.Option("--given", help="NAME=VALUE that the rule leaves open. 规则未定的参数。")] = None,
    words: Words = "", workspace: Folder = HERE, lang: Lang = "",
) -> None:  # fmt: skip
    """Book what a rule of allocation gives · 按规则分配"""
    from touchstone.desk.carbon_asset_rules import stated_number
    from touchstone.desk.stated import day_of

    parts = [each.partition("=") for each in given or ()]
    values = {name.strip(): stated_number(value, name) for name, _, value in parts}
    assets = _assets(workspace)
    done = assets.allocate(enterprise, rule, day_of(day, "--day"), by, values, words)
    _tell(assets.book(), done, terminal.language(lang))


@app.command()
def book(
    act: Annotated[str, typer.Argument(help="issue buy sell transfer surrender cancel", show_default=False)],
    enterprise: Who, asset: Annotated[str, typer.Argument(help="cea ccer sink gec", show_default=False)],
    vintage: Annotated[str, typer.Argument(help="2024 …", show_default=False)],
    amount: Annotated[str, typer.Argument(help="t CO2e; certificates: pieces", show_default=False)],
    day: Day, by: By, price: Price = "",
    taker: Annotated[str, typer.Option("--to", help="Of a transfer; outside for others. 受让方。")] = "",
    year: Annotated[str, typer.Option("--for", help="Year of a surrender. 清缴年度。")] = "",
    words: Words = "", workspace: Folder = HERE, lang: Lang = "",
) -> None:  # fmt: skip
    """Book an act · 记一笔"""
    from touchstone.serve.assets_moves import book_move

    fields = {
        "enterprise": enterprise, "asset": asset, "vintage": vintage, "amount": amount, "day": day, "by": by,
        "price": price, "taker": taker, "year": year, "words": words,
    }  # fmt: skip
    assets = _assets(workspace)
    _tell(assets.book(), book_move(assets, act, fields), terminal.language(lang))


@app.command()
def correct(
    id: Annotated[str, typer.Argument(help="Id of a booking, see list. 记账编号。", show_default=False)],
    words: Words, by: By, day: Day = "", workspace: Folder = HERE, lang: Lang = "",
) -> None:  # fmt: skip
    """Correct a booking by one the other way round · 冲正"""
    from touchstone.desk.stated import day_of

    assets = _assets(workspace)
    done = assets.correct(id, words, by, day_of(day, "--day") if day else None)
    _tell(assets.book(), done, terminal.language(lang))


@app.command()
def position(
    year: Year, price: Price = "", on: On = "", as_of: AsOf = "", workspace: Folder = HERE,
    as_json: AsJson = False, lang: Lang = "",
) -> None:  # fmt: skip
    """Held against emitted, and what the difference is worth · 头寸与敞口"""
    from touchstone.calc.carbon.assets.price import last_price
    from touchstone.calc.carbon.factors.library import library
    from touchstone.desk.carbon_asset_rules import price_of, stated_number
    from touchstone.serve.assets_data import standing_row, standings

    opened, spoken = terminal.workspace(workspace), terminal.language(lang)
    assets = opened.carbon_assets()
    cited = last_price(library(), _on(on))
    given = price_of(stated_number(price, "--price"), "--price", needed=True) if price else None
    used = given or (cited.value if cited else None)
    book = assets.book(_moment(as_of))
    says = opened.inventoried(year) if book.accounts else {}
    rows = standings(assets, book, year, used, _on(on) if on else None, says)
    if as_json:
        terminal.print_json({"year": year, "positions": [standing_row(each) for each in rows]})
        return
    from touchstone.publish.words import word

    for each in rows:
        typer.echo(shown(getattr(each.name, spoken)))
        for key, said in _told(each, spoken):
            typer.echo(f"  {word(key, spoken)}  {said}")
    if given is None and cited:
        typer.echo(f"{word('assets.price', spoken)}  {cited.value}  {cited.first} – {cited.last}  {getattr(cited.what, spoken)} [{cited.tag}]")  # fmt: skip


def _told(each: "Standing", lang: str) -> Iterator[tuple[str, str]]:
    """The lines of a position: a key of the texts, and what is said; ranges where they are known."""
    from touchstone.publish.words import word
    from touchstone.serve.assets_data import cents

    def span(low: Decimal | None, high: Decimal | None) -> str:
        return f"{_number(low, lang)} {word('assets.to', lang)} {_number(high, lang)}"

    of, worth, says = each.position, each.worth, each.inventoried
    emitted = of.emitted
    ranged = f"  ({span(emitted.low, emitted.high)})" if emitted and emitted.low is not None else ""
    yield "assets.emitted", _number(emitted and emitted.tonnes, lang) + ranged
    if says:
        lacking = f"  ({word('assets.lacking', lang, n=says.missing)})" if says.missing else ""
        yield "assets.inventory", _number(says.tonnes, lang) + lacking
        yield "assets.apart", _number(each.apart, lang)
    yield "assets.held", _number(of.held, lang)
    if each.due_now:
        rule, booked, now = each.due_now
        yield "assets.recheck", word("assets.due_now", lang, rule=rule, booked=_number(booked, lang), now=_number(now, lang))  # fmt: skip
    yield "assets.surrendered", _number(of.surrendered, lang)
    yield "assets.to_surrender", _number(of.to_surrender, lang)
    yield "assets.balance", _number(of.balance, lang)
    yield "assets.value", _number(worth and cents(worth.value), lang)
    if worth and worth.low is not None:
        yield "assets.range", span(cents(worth.low), cents(worth.high))
    if worth:
        yield "assets.step", _number(cents(worth.step), lang)


@app.command()
def due(
    enterprise: Annotated[str, typer.Argument(help="All where none is named. 缺省全部。")] = "", on: On = "",
    workspace: Folder = HERE, as_json: AsJson = False, lang: Lang = "",
) -> None:  # fmt: skip
    """What is due: done, late or open · 履约日历"""
    from touchstone.calc.carbon.assets.compliance import STATES
    from touchstone.serve.assets_data import due_row

    assets, spoken = _assets(workspace), terminal.language(lang)
    book = assets.book()
    found = [
        (key, each)
        for key in ([enterprise] if enterprise else book.accounts)
        for each in assets.due(key, _on(on), book=book)
    ]
    if as_json:
        terminal.print_json({"due": [due_row(key, each) for key, each in found]})
        return
    for key, each in found:
        state = getattr(STATES[each.state], spoken)
        name = getattr(each.duty.name, spoken)
        typer.echo(f"{each.duty.due}  {state}  {shown(key)}  {shown(each.duty.key)}  {shown(name)}")
    if not found:
        _say("assets.no_duties", lang)


@app.command()
def done(
    enterprise: Who, duty: Annotated[str, typer.Argument(help="Key of a duty, see due. 事项的键。", show_default=False)],
    day: Day, by: By, words: Words = "", workspace: Folder = HERE, lang: Lang = "",
) -> None:  # fmt: skip
    """Note that a duty was done · 登记完成"""
    from touchstone.desk.stated import day_of

    _assets(workspace).fulfil(enterprise, duty, day_of(day, "--day"), words, by)
    _say("assets.done", lang, who=enterprise, duty=duty)


app.command("cbam")(cbam)


def _assets(workspace: Path) -> "CarbonAssets":
    return terminal.workspace(workspace).carbon_assets()


def _moment(text: str) -> date | None:
    from touchstone.desk.stated import day_of

    return day_of(text, "--as-of") if text else None


def _on(text: str) -> date:
    from touchstone.desk.stated import day_of

    return day_of(text, "--on") if text else date.today()


def _number(value: Decimal | None, lang: str) -> str:
    from touchstone.publish.format import quantity
    from touchstone.publish.words import word

    return word("assets.unknown", lang) if value is None else quantity(value, lang)


def _say(key: str, lang: str, **values: object) -> None:
    from touchstone.publish.words import word

    typer.echo(shown(word(key, terminal.language(lang), **values)))


def _tell(book: "Book", given: "Booking", lang: str) -> None:
    """A booking: its id, day and act, and its entries with signs."""
    from touchstone.desk.carbon_asset_book import BOOKINGS
    from touchstone.publish.format import quantity
    from touchstone.serve.assets_data import account_name

    act = getattr(BOOKINGS[given.what], lang)
    parts: Sequence[str] = [
        given.id,
        given.day.isoformat(),
        act,
        given.reverses,
        getattr(given.written, lang),
    ]
    typer.echo("  ".join(shown(part) for part in parts if part))
    for each in given.postings:
        name = shown(getattr(account_name(book, each.account), lang))
        typer.echo(f"    {name}  {each.asset} {each.vintage}  {quantity(each.amount, lang, signed=True)}")
