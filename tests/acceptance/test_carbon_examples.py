"""Published figures come out of an inventory to their printed digits, and each is explained down to document and clause."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import touchstone
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.performance import amounts
from touchstone.calc.carbon.inventory.performed import performed
from touchstone.calc.carbon.line import Line
from touchstone.facts.conversion import rounded
from touchstone.facts.unit import convert
from touchstone.flow import Workspace
from touchstone.publish.carbon.labelled import line_said, term_of
from touchstone.serve.command import app

HERE = Path(__file__).parent
PAGE = HERE.parent.parent / "docs" / "inventory.md"
GIVEN = tomllib.loads((HERE / "carbon_examples.toml").read_text("utf-8"))
EXAMPLES: list[dict[str, Any]] = GIVEN["example"]
DIFFERS: list[dict[str, Any]] = GIVEN["differs"]
KINDS = ("worked", "identity", "factor", "back")
TAGS = ("F", "C", "D")
"""Ways a value may have become known to stand here: recalled or unverified ones may not."""
CALLED = {
    "ipcc-2006": {"zh": "IPCC 2006", "en": "IPCC 2006"},
    "cbam": {"zh": "欧盟碳边境调节机制", "en": "EU carbon border adjustment"},
    "cn-ndrc-2013-al": {"en": "guideline for electrolytic aluminium producers (trial, 2013)"},
    "cn-ndrc-2015-nonferrous": {"en": "other non-ferrous smelting and rolling"},
}
"""What an explanation calls documents without a number, where it is not by their title."""


@dataclass(frozen=True)
class Stand:
    """The workspace in which every example is a unit, and the account of all of them."""

    workspace: Workspace
    account: Account

    def of(self, example: Mapping[str, Any]) -> Account:
        """The account of one example."""
        return replace(
            self.account, node=example["key"], year=example["month"][:4], asked_set=example.get("set", "AR5")
        )


def node(example: Mapping[str, Any]) -> str:
    """The unit of an example, as organisations are written."""
    options = ", ".join(f'{key} = "{choice}"' for key, choice in example.get("options", {}).items())
    return (
        f'[[node]]\nkey = "{example["key"]}"\nkind = "unit"\nparent = "published"\nplace = "{example["place"]}"\n'
        f'name = {{ zh = "{example["title"]["zh"]}", en = "{example["title"]["en"]}" }}\n'
        f'methods = {{ {example["method"]} = "always" }}\noptions = {{ {options} }}\n'
    )


@pytest.fixture(scope="module")
def stand(tmp_path_factory: pytest.TempPathFactory) -> Stand:
    workspace = touchstone.open(tmp_path_factory.mktemp("examples") / "workspace")
    every = [*EXAMPLES, *DIFFERS]
    above = (
        '[[node]]\nkey = "published"\nkind = "group"\nname = { zh = "公布算例", en = "published examples" }\n'
    )
    (workspace.folder / "carbon").mkdir()
    (workspace.folder / "carbon" / "organisation.toml").write_text(
        "\n".join([above, *map(node, every)]), encoding="utf-8"
    )
    rows = [
        f"{each['key']},{each['month']},{item},{parameter},{value},{unit},document"
        for each in every
        for item, parameter, value, unit, _ in each["given"]
    ]
    sent = workspace.folder.parent / "activity.csv"
    sent.write_text(
        "\n".join(["unit,month,item,parameter,value,measured_in,evidence", *rows]), encoding="utf-8"
    )
    assert workspace.import_activity(sent).problems == ()
    return Stand(workspace, workspace.account())


def result(example: Mapping[str, Any], account: Account) -> Fraction:
    """What the project makes of an example, in the unit and for the amount of the print."""
    asked, unit = example["result"], example["unit"]
    if asked == "energy":
        value, have = performed(account).energy["calorific"].total, "tce"
    elif asked == "amounts":
        value, have = sum(amounts(account.entries).values(), Fraction(0)), "m3"
    else:
        [total] = account.totals()
        value = sum((total.weighed[gas] for gas in ("CF4", "C2F6")), Fraction(0)) if asked == "PFC" else total.masses[asked]  # fmt: skip
        have = "t"
    return convert(value, have, unit) / Fraction(example.get("per", "1"))


def printed(example: Mapping[str, Any], value: Fraction) -> Decimal:
    """A value with the digits of the print."""
    return Decimal(f"{rounded(value, 30):f}").quantize(Decimal(example["printed"]))


def relevant(example: Mapping[str, Any], account: Account) -> list[Line]:
    """The lines that a result is made of."""
    gases = {"PFC": ("CF4", "C2F6")}.get(example["result"], (example["result"],))
    return [each for each in account.lines if each.gas in gases]


def called(account: Account, line: Line, lang: str) -> str:
    """What the document of a method is known by: its number, its title, or what it is called."""
    document = account.library.documents[account.methods[line.method].document]
    other = CALLED.get(document.key, {}).get(lang, "")
    return document.number or other or str(getattr(document.title, lang))


def name(example: Mapping[str, Any]) -> str:
    return str(example["key"])


def test_there_are_at_least_twenty_that_follow_from_what_is_printed() -> None:
    assert sum(each["kind"] in ("worked", "identity") for each in EXAMPLES) >= 20
    assert {each["kind"] for each in EXAMPLES} <= set(KINDS)
    assert len({each["key"] for each in (*EXAMPLES, *DIFFERS)}) == len(EXAMPLES) + len(DIFFERS)
    for each in (*EXAMPLES, *DIFFERS):
        assert each["tag"] in TAGS and each["document"] and each["clause"] and each["seen"]
        assert {whose for *_, whose in each["given"]} <= {"printed", "ours"}
        assert each["ours"]["zh"] and each["ours"]["en"]


@pytest.mark.parametrize("example", EXAMPLES, ids=name)
def test_it_comes_out_to_the_printed_digits(stand: Stand, example: dict[str, Any]) -> None:
    account = stand.of(example)
    assert printed(example, result(example, account)) == Decimal(example["printed"])
    assert not account.missing


@pytest.mark.parametrize("example", [each for each in EXAMPLES if "takes" in each], ids=name)
def test_what_the_document_prints_is_what_the_library_supplies(stand: Stand, example: dict[str, Any]) -> None:
    lines = relevant(example, stand.of(example))
    supplied = {
        given.parameter: given.stated for line in lines for given in line.inputs if given.tier == "default"
    }
    taken = {parameter: Decimal(value) for parameter, value in example["takes"].items()}
    assert taken.items() <= supplied.items()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "example", [each for each in EXAMPLES if each["result"] not in ("energy", "amounts")], ids=name
)
def test_its_explanation_names_document_and_clause_and_shows_the_formula_with_its_numbers(
    stand: Stand, example: dict[str, Any], lang: str
) -> None:
    account = stand.of(example)
    lines = relevant(example, account)
    assert lines
    for line in lines:
        head, words, numbers, *inputs = line_said(
            account, line, lambda id: stand.workspace.explain(id).document, lang
        )
        assert called(account, line, lang) in head and term_of(account, line).clause in head
        assert words and all(f"{given.value:f}" in numbers for given in line.inputs)
        for given, said in zip(line.inputs, inputs, strict=True):
            if given.factor:
                factor = account.library.get(given.factor)
                document = account.library.document(factor)
                assert getattr(document.title, lang) in said and factor.clause in said
            else:
                assert given.tier == "constant" or "activity.csv" in said


def test_the_command_says_the_same(stand: Stand) -> None:
    def said(lang: str) -> str:
        words = ["inventory", "explain", "coke-by-table-a", "2023-06", "-w", str(stand.workspace.folder)]
        return CliRunner().invoke(app, [*words, "--lang", lang]).output

    zh, en = said("zh"), said("en")
    assert "化石燃料燃烧排放" in zh and "电解铝生产企业温室气体排放核算方法与报告指南" in zh
    assert "1 t × 28.447 GJ/t × 29.5" in en.replace("29.50", "29.5") and "× 44 ÷ 12" in en


@pytest.mark.parametrize("example", DIFFERS, ids=name)
def test_what_does_not_agree_with_the_print_still_does_not(stand: Stand, example: dict[str, Any]) -> None:
    assert printed(example, result(example, stand.of(example))) != Decimal(example["printed"])


def row(example: Mapping[str, Any], account: Account, *, why: bool) -> str:
    """A row of the table of the page; ours with two digits more than the print."""
    figure = Decimal(example["printed"])
    fine = Decimal(f"{rounded(result(example, account), 30):f}")
    ours = fine.quantize(Decimal(1).scaleb(min(int(figure.as_tuple().exponent), 1) - 2))
    parts = (
        example["title"]["en"], f"{example['document']}: {example['clause']} [{example['tag']}]", f"{figure:f} {example['unit']}",
        f"{ours:f}", *([example["ours"]["en"]] if why else ()),
    )  # fmt: skip
    return "| " + " | ".join(part.replace("|", "/") for part in parts) + " |"


def test_the_page_lists_them_as_they_are(stand: Stand, update: bool) -> None:
    page = PAGE.read_text("utf-8")
    for mark, every in (("examples", EXAMPLES), ("differences", DIFFERS)):
        rows = "\n".join(row(each, stand.of(each), why=every is DIFFERS) for each in every)
        found = re.search(rf"<!-- {mark} -->\n(?:\|.*\n){{2}}((?:\|.*\n)*)", page)
        assert found, f"docs/inventory.md has no table {mark}"
        if update:
            page = page[: found.start(1)] + rows + "\n" + page[found.end(1) :]
            PAGE.write_text(page, encoding="utf-8")
        else:
            assert found[1].splitlines() == rows.splitlines()
