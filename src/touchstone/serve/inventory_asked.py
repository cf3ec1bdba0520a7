"""What a reader asks of an inventory: year, boundary, potentials, approach and group; all of it stands in the address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from touchstone.calc.carbon.consolidation import APPROACHES
from touchstone.calc.carbon.factors.gwp import SETS
from touchstone.calc.carbon.factors.refusal import refusal
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.inventory import share_of
from touchstone.calc.carbon.inventory.view import BOUNDARIES, Boundary, boundary_of
from touchstone.errors import Refusal, UnusableDeclaration
from touchstone.facts.text import Text
from touchstone.publish.words import LANGUAGES, word
from touchstone.serve.carbon_stock import Carbon

_USUAL = "AR5"
"""Where no method prescribes a GWP set."""
_LONGEST = 40
_ANSWERS = ("year", "before", "boundary", "set", "before_set", "approach", "group")


class NotOffered(Refusal):
    """What an address asks for is not there: a year of which nothing lies inside the boundary, a name that is none."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question.

    Attributes:
        before: the year that `year` is compared with, "" where there is none earlier.
        set: of potentials; before_set: that of the earlier year.
        chosen: of these two, those that somebody chose; the others are what the methods of the year prescribe.
        unmet: what was asked for and is not there, with what there is; the usual is taken for it.
    """

    year: str
    before: str
    boundary: str
    set: str
    before_set: str
    approach: str
    group: str
    chosen: tuple[str, ...] = ()
    unmet: tuple[tuple[str, str, tuple[str, ...]], ...] = field(default=(), compare=False)

    @property
    def asked_set(self) -> str:
        """The set of potentials that somebody chose, "" where nobody did."""
        return self.set if "set" in self.chosen else ""

    def inside(self, carbon: Carbon) -> Boundary:
        """Which lines count."""
        return boundary_of(self.boundary, carbon.methods, carbon.organisation.nodes)

    def query(self) -> str:
        """As it stands behind the question mark of an address."""
        return urlencode(self.said())

    def said(self) -> dict[str, str]:
        """The answers that an address says; a set that nobody chose stays that of the methods."""
        kept = (name for name in _ANSWERS if name in self.chosen or not name.endswith("set"))
        return {name: value for name in kept if (value := getattr(self, name))}

    def answers(self) -> dict[str, str]:
        """Every answer."""
        return {name: getattr(self, name) for name in _ANSWERS}

    def must_be_offered(self) -> None:
        """Raises NotOffered: INVENTORY-020, something that was asked for is not there."""
        for name, given, known in self.unmet:
            found = Text(*(self._unmet(name, given, lang) for lang in LANGUAGES))
            raise refusal(
                NotOffered, "INVENTORY-020", f"{name}={given}", found=found, known=", ".join(known) or "–"
            )

    def notices(self, lang: str) -> list[str]:
        """What was asked for and is not there, and what is shown for it."""
        return [
            word(
                "carbon.shown_instead",
                lang,
                said=self._unmet(name, given, lang),
                shown=getattr(self, name) or "–",
            )
            for name, given, _ in self.unmet
        ]

    def _unmet(self, name: str, given: str, lang: str) -> str:
        if name == "year" and given.isdecimal():
            return word(
                "carbon.unmet_year", lang, year=given, boundary=word(f"carbon.boundary_{self.boundary}", lang)
            )
        return word("carbon.unmet", lang, given=given, label=word(f"carbon.pick_{name}", lang))


@dataclass(frozen=True, slots=True)
class Pick:
    """One row of links: what is chosen, and for each choice its words, its query, and whether it is the present one."""

    label: str
    choices: tuple[tuple[str, str, bool], ...]


def asked_of(query: Mapping[str, str], carbon: Carbon) -> Asked:
    """What an address asks; what it leaves out is taken as usual: the last year, everything an enterprise reports, and for each year the
    GWP set that its methods prescribe. What it has wrong is taken as usual too, and is `unmet`."""
    unmet: list[tuple[str, str, tuple[str, ...]]] = []

    def one(name: str, among: Sequence[str], usual: str) -> str:
        if (given := query.get(name, "")) and given not in among:
            unmet.append((name, given[:_LONGEST], tuple(among)))
        return given if given in among else usual

    groups, sets = groups_of(carbon), tuple(SETS)
    boundary = one("boundary", BOUNDARIES, "enterprise")
    years = years_of(carbon, boundary)
    year = one("year", years, years[-1] if years else "")
    earlier = [each for each in years if each < year]
    before = one("before", earlier, earlier[-1] if earlier else "")
    chosen = tuple(
        name for name in ("set", "before_set") if query.get(name) in SETS or query.get("set") in SETS
    )
    set = one("set", sets, _prescribed(carbon, year))
    return Asked(
        year, before, boundary, set, one("before_set", sets, set if "set" in chosen else _prescribed(carbon, before)),
        one("approach", APPROACHES, "control"), one("group", groups, groups[0] if groups else ""), chosen, tuple(unmet),
    )  # fmt: skip


def years_of(carbon: Carbon, boundary: str) -> tuple[str, ...]:
    """The years of which something lies inside a boundary: a year before the scheme began is none with a total of zero."""
    inside = boundary_of(boundary, carbon.methods, carbon.organisation.nodes)
    return carbon.view(
        ("years", boundary), lambda: tuple(sorted({x.month[:4] for x in carbon.inventory.lines if inside.counts(x)}))
    )  # fmt: skip


def _prescribed(carbon: Carbon, year: str) -> str:
    """The GWP set that the methods of a year prescribe; where they differ, the latest of theirs, which `picks` says."""
    return _sets(carbon, year)[-1] if year else _USUAL


def _sets(carbon: Carbon, year: str) -> tuple[str, ...]:
    """The GWP set of a year; where its methods do not agree on one and it makes a difference, theirs, "" for none, the latest last."""

    def find() -> tuple[str, ...]:
        of_year = Account(carbon.inventory, carbon.organisation, carbon.library, carbon.methods, year=year)
        try:
            return (of_year.set,)
        except UnusableDeclaration:
            prescribed = {method.gwp for method in of_year.used.values()}
            found = tuple(each for each in ("", *SETS) if each in prescribed)
            return found if found[-1] else (*found, _USUAL)

    return carbon.view(("sets", year), find)


def set_data(carbon: Carbon, asked: Asked) -> dict[str, Any]:
    """What a page says of its potentials, for its twin: the set that was taken, those of the methods of the year ("" for a method that
    prescribes none), and whether they differ; of the year before too where there is one."""

    def of(year: str, set: str) -> dict[str, Any]:
        sets = _sets(carbon, year) if year else ()
        return {"year": year, "set": set, "sets_of_methods": sets, "differ": len(sets) > 1}

    return {
        **of(asked.year, asked.set),
        "before": of(asked.before, asked.before_set) if asked.before else None,
    }


def groups_of(carbon: Carbon) -> tuple[str, ...]:
    """The groups that units belong to, in order, then those that own a part of something."""
    nodes = carbon.organisation.nodes.values()
    every = [node.key for node in nodes if node.kind == "group"]
    used = {
        where["group"] for unit, where in carbon.inventory.where.items() if unit in carbon.inventory.entries
    }
    owns = {each.owner for each in carbon.organisation.holdings} - used
    return tuple(each for among in (used, owns) for each in every if each in among) or tuple(every)


def units_in(carbon: Carbon, asked: Asked) -> set[str]:
    """The nodes of which a part counts in some month of the year."""
    shares = share_of(carbon.organisation, asked.group, asked.approach)
    months = [f"{asked.year}-{month:02d}" for month in range(1, 13)]
    return {unit for unit in carbon.organisation.nodes if any(shares(unit, month) for month in months)}


def picks(asked: Asked, carbon: Carbon, lang: str, names: tuple[str, ...]) -> list[Pick]:
    """Rows of links to the same page with one thing chosen otherwise; a row with one choice is left out."""
    years = years_of(carbon, asked.boundary)
    choices: dict[str, tuple[str, ...]] = {
        "year": years, "before": tuple(each for each in years if each < asked.year), "boundary": BOUNDARIES,
        "set": tuple(SETS), "before_set": tuple(SETS), "approach": APPROACHES, "group": groups_of(carbon),
    }  # fmt: skip
    rows = []
    for name in names:
        if len(choices[name]) > 1:
            links = tuple(
                (
                    _words(name, each, carbon, lang),
                    _changed(asked, name, each).query(),
                    each == getattr(asked, name),
                )
                for each in choices[name]
            )
            rows.append(Pick(_label(asked, name, carbon, lang), links))
    return rows


def _label(asked: Asked, name: str, carbon: Carbon, lang: str) -> str:
    """What is chosen; of a GWP set, also that the methods of the year do not agree on one."""
    said = word(f"carbon.pick_{name}", lang)
    year = {"set": asked.year, "before_set": asked.before}.get(name, "")
    sets = _sets(carbon, year) if year else ()
    if len(sets) < 2:
        return said
    return word(
        "carbon.pick_mixed",
        lang,
        label=said,
        year=year,
        sets=", ".join(each or "–" for each in sets),
        usual=sets[-1],
        set=getattr(asked, name),
    )


def _changed(asked: Asked, name: str, value: str) -> Asked:
    """The question with one answer changed; another year is compared with the one before it, another set with itself."""
    also = {
        "year": {"before": "", "set": "", "before_set": ""},
        "before": {"before_set": ""},
        "boundary": {"before": ""},
        "set": {"before_set": value},
    }.get(name, {})
    changed = {name: value, **also}
    chosen = dict.fromkeys((*asked.chosen, *changed))
    return replace(asked, **changed, chosen=tuple(each for each in chosen if each.endswith("set")))


def _words(name: str, value: str, carbon: Carbon, lang: str) -> str:
    if name in ("boundary", "approach"):
        return word(f"carbon.{name}_{value}", lang)
    if name == "group":
        return str(getattr(carbon.organisation.nodes[value].name, lang))
    return value
