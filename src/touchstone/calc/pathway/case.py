"""A case: everything a model of a pathway must know, in arrays; scenarios are compiled to it and every model reads it alone.

Axes: P lines of the register, T technologies (states a line can be in), N parts that states are made of (a process, its measures), E
transitions (one technology into another), Y years of the plan, K products, G supplies (lines of one product in one place, which buy power
together), C contracts of power.
"""

from dataclasses import dataclass, field, fields, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

NEVER = 9999
"""A year that does not come."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A cap or a target on an indicator; elastic: what is missed is paid for at `price`, and told.

    Attributes:
        key: of the rule, once in a case; indicator: of `INDICATORS`.
        sense: "most" or "least".
        limit: (Y,), in the unit of the indicator; NaN where the rule says nothing of that year.
        lines: (P,), whose sum counts; products: (K,), whose supply counts; technologies: (T,), of `technology.share` alone.
        price: yuan for each unit of the indicator's numerator (t CO2e, t, MWh, tce) that is missed.
        source: where it is stated, for people.
        gases: "all" or, of the emissions, "direct" or "power" alone.
    """

    key: str
    indicator: str
    sense: str
    limit: Floats
    lines: Bools
    products: Bools
    price: float
    source: str = ""
    technologies: Bools | None = None
    gases: str = "all"

    @property
    def begins(self) -> int:
        """The index of the first year it speaks of, at least 1: before it lies what a decline or a peak is held against."""
        return max(int(np.argmax(~np.isnan(self.limit))), 1)


@dataclass(frozen=True, slots=True)
class Pool:
    """A limit that several supplies have together.

    Attributes:
        contract: index of C; supplies: (G,), who shares it; limit: (Y,) MWh.
    """

    contract: int
    supplies: Bools
    limit: Floats


@dataclass(frozen=True, slots=True)
class Begun:
    """How the first year stands, where nothing is decided in it: lines make what is left to make in proportion to what they can.

    Attributes:
        scrap: (K,) t of metal from scrap used in it, as far as there is so much; share: (G, C) of the power of a supply that each contract
            delivers, as far as its limit goes; what the first one says counts for nothing, it delivers the rest.
    """

    scrap: Floats
    share: Floats


INDICATORS = {
    "emissions": "t CO2e",
    "intensity": "t CO2e/t",
    "energy": "tce",
    "energy.intensity": "tce/t",
    "renewable.share": "1",
    "benchmark.share": "1",
    "recycled.share": "1",
    "technology.share": "1",
    "capacity": "t/a",
    "output": "t",
    "decline": "t CO2e",
    "peak": "t CO2e",
}
"""What a rule can be about, and its unit. Shares are of power used, of standing capacity, and of the supply of metal (recycled of
recycled and own output of the products that are metal, see `metal`). `decline`: in a year with a limit, emissions exceed those of the
year before by at most the limit (0 for emissions that only fall). `peak`: in a year with a limit they exceed the highest of the years before
the first such year by at most the limit, so that 0 from 2030 on says that the peak lies before 2030; the optimum holds it against one of
those years at a time."""

MISSED = {
    "intensity": "t CO2e",
    "energy.intensity": "tce",
    "renewable.share": "MWh",
    "benchmark.share": "t/a",
    "technology.share": "t/a",
    "recycled.share": "t",
}
"""In what a rule is missed, where the unit of its indicator is not that of its numerator."""


@dataclass(frozen=True, slots=True)
class Case:
    """A pathway in numbers; all floats finite unless said, money in yuan of one year's prices.

    Attributes:
        years: (Y,), rising; weight: (Y,), years each stands for (1 where every year is there).
        lines, technologies, products, contracts: keys of P, T, K, C. supplies: G pairs of product and place.
        product: (P,) index of K; supply: (P,) index of G; initial: (P,) index of T, -1 where nothing stands yet.
        group: (T,) index of K: whose technology it is.
        electricity: (P, T) MWh/t; direct: (P, T) t CO2e/t of fuels and process; energy: (P, T) tce/t besides power; all of a tonne made.
            NaN where a technology cannot stand on a line.
        benchmark: (P, T), whether capacity counts as at benchmark level.
        running: (P, T) yuan/t besides power and carbon; investment: (P, T) yuan for a t/a built anew, NaN where it cannot be.
        before, after: (E,) index of T; change: (P, E) yuan for a t/a moved from one to the other, NaN where it cannot be.
        lifetime: (N,) years over which an investment in one of `parts` is paid; first, last: (N,) years in which it may be added (inclusive);
            the first year of the plan stands as it is.
        capacity: (P, Y) t/a that may stand: 0 before a line begins and after it retires.
        load: (P, Y) t of output for a t/a, at most.
        spread: (N, Y) largest share of its product's allowed capacity that may have it; 1 where nothing limits it.
        ramp: (N,) t/a to which it can be added in one year, inf where nothing limits it.
        demand: (K, Y) t of metal to be supplied. recycled_limit: (K, Y) t; recycled_cost: (K, Y) yuan/t; recycled_direct: (K, Y)
            t CO2e/t, power included; recycled_energy: (K, Y) tce/t, power included.
        outside_cost: (K, Y) yuan/t of metal bought outside, so that demand is always met and what it costs is told.
        contract_limit: (G, C, Y) MWh, inf where nothing limits it; contract_price: yuan/MWh; contract_factor: t CO2e/MWh;
            contract_renewable: share of it that is renewable.
        power_energy: tce/MWh, by which power counts as energy.
        carbon_price: (Y,) yuan/t CO2e of the lines' emissions, those of their power only if priced_power; free: (K, Y) t CO2e of
            allowances for a tonne made.
        discount: a year, real. rules: elastic. scrap: (T,), whether a technology makes its metal of scrap, so that its output is recycled
            metal; None where none does. pools: limits of contracts that several supplies share.
        prices: (P, N) yuan for a t/a of each part alone, by which `investment` is parted among lifetimes; None where states have one part.
        since: (P, T) year from which a line may be built so whatever `first` says: one that begins later begins as it is registered, itself
            alone; `NEVER` elsewhere, None where no line begins later.
        begun: how the first year stands (`first_year`); None where what is made and bought in it is to be decided as in others.
        anew: (P, T), whether a line may be built anew in a technology, by what it is registered as; None where every one may. It binds what
            is decided: what a scenario's own rules build is paid for all the same.
        dearer: (N, Y), how many times its price each part costs that is added in a year, and pays for in every year after; None where once.
    """

    years: Ints
    weight: Floats
    lines: tuple[str, ...]
    technologies: tuple[str, ...]
    products: tuple[str, ...]
    supplies: tuple[tuple[str, str], ...]
    contracts: tuple[str, ...]
    product: Ints
    supply: Ints
    initial: Ints
    group: Ints
    electricity: Floats
    direct: Floats
    energy: Floats
    benchmark: Bools
    running: Floats
    investment: Floats
    before: Ints
    after: Ints
    change: Floats
    lifetime: Floats
    first: Ints
    last: Ints
    capacity: Floats
    load: Floats
    spread: Floats
    ramp: Floats
    demand: Floats
    recycled_limit: Floats
    recycled_cost: Floats
    recycled_direct: Floats
    recycled_energy: Floats
    outside_cost: Floats
    contract_limit: Floats
    contract_price: Floats
    contract_factor: Floats
    contract_renewable: Floats
    power_energy: float
    carbon_price: Floats
    priced_power: bool
    free: Floats
    discount: float
    rules: tuple[Rule, ...] = field(default=())
    scrap: Bools | None = None
    pools: tuple[Pool, ...] = field(default=())
    prices: Floats | None = None
    since: Ints | None = None
    begun: Begun | None = None
    anew: Bools | None = None
    dearer: Floats | None = None

    @property
    def parts(self) -> tuple[str, ...]:
        """(N): what states are made of; the key of a state of several is theirs joined by +."""
        return _parts(self.technologies)

    @property
    def made_of(self) -> Bools:
        """(N, T): which parts a state has."""
        return _made_of(self.technologies)

    @property
    def adds(self) -> Bools:
        """(N, E): the parts that a change adds."""
        new: Bools = self.made_of[:, self.after] & ~self.made_of[:, self.before]
        return new

    @property
    def open(self) -> Bools:
        """(N, Y): whether a part may be added in a year."""
        return (self.first[:, None] <= self.years) & (self.years <= self.last[:, None])

    @property
    def buildable(self) -> Bools:
        """(P, T, Y): whether a line may be built anew in a technology in a year: where all its parts may be added, or as it is registered."""
        late = self.made_of.T @ (self.last[:, None] < self.years)
        shut = self.made_of.T @ ~self.open
        registered = np.full(self.allowed.shape, NEVER) if self.since is None else self.since
        begins = registered[:, :, None] <= self.years
        own = np.isfinite(self.investment) & self.allowed & (True if self.anew is None else self.anew)
        may: Bools = own[:, :, None] & (~shut | (begins & ~late))
        return may

    @property
    def of_scrap(self) -> Bools:
        """(T,): whether what a technology makes is recycled metal."""
        return np.zeros(len(self.technologies), bool) if self.scrap is None else self.scrap

    @property
    def allowed(self) -> Bools:
        """(P, T): whether a technology can stand on a line."""
        return ~np.isnan(self.electricity)

    def in_years(self, kept: Ints) -> "Case":
        """The case with some of its years alone, by number; each stands for those up to the next."""
        own = {
            part.name: value[..., kept]
            for part in fields(self)
            if part.name in _WITH_YEARS and isinstance(value := getattr(self, part.name), np.ndarray)
        }
        own["weight"] = np.add.reduceat(self.weight, kept)
        rules = tuple(replace(rule, limit=rule.limit[kept]) for rule in self.rules)
        pools = tuple(replace(pool, limit=pool.limit[kept]) for pool in self.pools)
        return replace(self, **own, rules=rules, pools=pools)

    def discounted(self) -> Floats:
        """(Y,): what a yuan of each year counts in the sum of costs, years it stands for included; the first year counts fully."""
        return self.weight / (1 + self.discount) ** (self.years - self.years[0])

    @property
    def built_payment(self) -> Floats:
        """(P, T): share of `investment` that is paid in each year; every part over its own lifetime."""
        total, paid = self.parted @ self.made_of, (self.parted * self._payment) @ self.made_of
        return np.divide(paid, total, out=np.zeros_like(total), where=total > 0)

    @property
    def parted(self) -> Floats:
        """(P, N): `prices`, or where there are none, all parts alike."""
        ones = np.ones((len(self.lines), len(self.parts)))
        return ones if self.prices is None else np.nan_to_num(self.prices)

    def built_shares(self, line: Ints, state: Ints) -> Floats:
        """(rows, N): of `built_payment` of lines in states, what each part bears."""
        price = self.parted[line] * self.made_of[:, state].T
        total = price.sum(1, keepdims=True)
        return self._payment * np.divide(price, total, out=np.zeros_like(price), where=total > 0)

    @property
    def change_payment(self) -> Floats:
        """(E,): share of `change` that is paid in each year, over the lifetime of what it adds; over the mean of several."""
        return self.change_shares.sum(1)

    @property
    def change_shares(self) -> Floats:
        """(E, N): of `change_payment`, what each part that a change adds bears."""
        return (self._payment[:, None] * self.adds / self.adds.sum(0)).T

    @property
    def built_annuity(self) -> Floats:
        """(P, T, Y or 1): yuan paid in every year for a t/a built anew in a year."""
        once = (np.nan_to_num(self.investment) * self.built_payment)[:, :, None]
        if self.dearer is None:
            return once
        paid = self.parted * self._payment
        plain, moved = paid @ self.made_of, np.einsum("pn,nt,ny->pty", paid, self.made_of, self.dearer)
        shares = np.divide(moved, plain[:, :, None], out=np.ones_like(moved), where=plain[:, :, None] > 0)
        return np.asarray(once * shares)

    @property
    def change_annuity(self) -> Floats:
        """(P, E, Y or 1): yuan paid in every year for a t/a changed in a year."""
        if self.dearer is None:
            return np.asarray((np.nan_to_num(self.change) * self.change_payment)[:, :, None])
        return np.asarray(np.nan_to_num(self.change)[:, :, None] * (self.change_shares @ self.dearer))

    @property
    def _payment(self) -> Floats:
        rate, life = self.discount, self.lifetime
        return 1 / life if rate == 0 else -rate / np.expm1(-life * np.log1p(rate))

    def remaining(self) -> Floats:
        """(Y,): yuan of the sum of costs for a yuan paid in that year and every later one.

        An investment is paid as an annuity over its lifetime and is renewed at the same price, so that every year to the end of the plan
        bears its part, and a plan does not gain by investing shortly before it ends.
        """
        return self.discounted()[::-1].cumsum()[::-1]


_WITH_YEARS = frozenset(
    "years capacity load spread demand recycled_limit recycled_cost recycled_direct recycled_energy outside_cost contract_limit "
    "contract_price contract_factor contract_renewable carbon_price free dearer".split()
)


@cache
def _parts(technologies: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for key in technologies for part in key.split("+")))


@cache
def _made_of(technologies: tuple[str, ...]) -> Bools:
    keys = [set(key.split("+")) for key in technologies]
    return np.array([[part in key for key in keys] for part in _parts(technologies)], dtype=bool).reshape(
        -1, len(technologies)
    )
