"""Rivals of benchmarks/pathway.py, each in a process of its own: the deployment of a case as a modeller writes it in linopy or Pyomo.

    python pathway.py linopy|pyomo CASE.npz [--solve]

Prints the processor seconds of building, those of handing over to HiGHS (linopy only; 0), rows, columns; with --solve also those of
HiGHS's interior point method on it, one thread, and the objective.
"""

import importlib
import sys
import time

import numpy as np


class Given:
    """The arrays of the case by their names, and what every year counts."""

    def __init__(self, path: str) -> None:
        with np.load(path) as file:
            self.__dict__.update({name: file[name] for name in file.files})
        years = self.years
        self.counts = self.weight / (1 + self.discount) ** (years - years[0])
        yearly = self.discount / (1 - (1 + self.discount) ** -self.lifetime)
        self.annuity = yearly[:, None] * self.counts[::-1].cumsum()[::-1]
        self.size = {
            "p": len(self.supply),
            "t": len(self.lifetime),
            "y": len(years),
            "e": len(self.before),
            "g": len(self.contract_limit),
            "c": 2,
        }
        self.window = (self.first[:, None] <= years) & (years <= self.last[:, None])
        self.stood = np.zeros((self.size["p"], self.size["t"]))
        self.stood[np.arange(self.size["p"]), self.initial] = self.capacity[:, 0]
        self.room = self.capacity.sum(0)


class Linopy:
    """The model in linopy."""

    def __init__(self, case: Given) -> None:
        import linopy

        self.case, self.m = case, linopy.Model()
        self.names = {name: np.arange(count) for name, count in case.size.items()}
        self.variables()
        self.standing()
        self.shared()
        self.money = 0
        for r in range(len(case.rule_price)):
            self.rule(r)
        self.objective()

    def array(self, values: np.ndarray, *dims: str) -> object:
        import xarray

        return xarray.DataArray(values, dims=dims, coords={dim: self.names[dim] for dim in dims})

    def variables(self) -> None:
        case, m = self.case, self.m

        def free(name: str, *dims: str, mask: np.ndarray | None = None) -> object:
            coords = [(dim, self.names[dim]) for dim in dims]
            return m.add_variables(
                lower=0, coords=coords, name=name, mask=None if mask is None else self.array(mask, *dims)
            )

        self.x, self.s = free("x", "p", "t", "y"), free("s", "p", "t", "y")
        self.b = free("b", "p", "t", "y", mask=np.isfinite(case.investment)[:, :, None] & case.window)
        self.c = free("c", "p", "e", "y", mask=np.isfinite(case.change)[:, :, None] & case.window[case.after])
        self.w = m.add_variables(lower=0, upper=self.array(case.contract_limit, "g", "c", "y"), name="w")
        self.scrap = m.add_variables(lower=0, upper=self.array(case.recycled_limit[0], "y"), name="scrap")
        self.outside = free("outside", "y")

    def standing(self) -> None:
        case, m, s, b, c = self.case, self.m, self.s, self.b, self.c
        stood = np.zeros((*case.stood.shape, case.size["y"]))
        stood[:, :, 0] = case.stood
        for t in self.names["t"]:
            change = s.sel(t=t) - s.sel(t=t).shift(y=1) - b.sel(t=t)
            into, out = np.flatnonzero(case.after == t), np.flatnonzero(case.before == t)
            if into.size:
                change = change - c.isel(e=into).sum("e")
            if out.size:
                change = change + c.isel(e=out).sum("e")
            m.add_constraints(change <= self.array(stood[:, t], "p", "y"), name=f"balance{t}")
            if np.isfinite(case.ramp[t]):
                added = b.sel(t=t).sum("p")
                if into.size:
                    added = added + c.isel(e=into).sum(["e", "p"])
                m.add_constraints(added <= case.ramp[t], name=f"ramp{t}")
        m.add_constraints(s.sum("t") <= self.array(case.capacity, "p", "y"), name="capacity")
        m.add_constraints(self.x - self.array(case.load, "p", "y") * s <= 0, name="load")
        m.add_constraints(s.sum("p") <= self.array(case.spread * case.room, "t", "y"), name="spread")

    def shared(self) -> None:
        case, m, x, w = self.case, self.m, self.x, self.w
        self.power = self.array(case.electricity, "p", "t") * x
        used = self.power.sum("t").groupby(self.array(case.supply, "p").rename("g")).sum()
        m.add_constraints(w.sum("c") - used == 0, name="power")
        self.made = x.sum(["p", "t"])
        need = self.array(case.demand[0], "y")
        m.add_constraints(self.made + self.scrap + self.outside == need, name="demand")
        emitted = (self.array(case.direct, "p", "t") * x).sum(["p", "t"])
        emitted = emitted + (self.array(case.contract_factor, "g", "c", "y") * w).sum(["g", "c"])
        self.emitted = emitted + self.array(case.recycled_direct[0], "y") * self.scrap

    def rule(self, r: int) -> None:
        case = self.case
        years = np.flatnonzero(~np.isnan(case.rule_limit[r]))
        limit = self.array(np.nan_to_num(case.rule_limit[r]), "y").isel(y=years)
        missed = self.m.add_variables(lower=0, coords=[("y", years)], name=f"missed{r}")
        self.money = (
            self.money + (case.rule_price[r] * self.array(case.counts, "y").isel(y=years) * missed).sum()
        )
        match str(case.rule_indicator[r]):
            case "emissions":
                held = self.emitted.isel(y=years) - missed <= limit
            case "intensity":
                held = (self.emitted - limit * (self.made + self.scrap)).isel(y=years) - missed <= 0
            case "renewable.share":
                green = (self.array(case.contract_renewable, "g", "c", "y") * self.w).sum(["g", "c"])
                held = (green - limit * self.power.sum(["p", "t"])).isel(y=years) + missed >= 0
            case "recycled.share":
                held = (self.scrap - limit * (self.made + self.scrap)).isel(y=years) + missed >= 0
            case "benchmark.share":
                good = (self.array(1.0 * case.benchmark, "p", "t") * self.s).sum(["p", "t"])
                held = (good - limit * self.s.sum(["p", "t"])).isel(y=years) + missed >= 0
            case _:
                lines = np.flatnonzero(case.rule_lines[r])
                held = self.x.isel(p=lines).sum(["p", "t"]).isel(y=years) - missed <= limit
        self.m.add_constraints(held, name=f"rule{r}")

    def objective(self) -> None:
        case = self.case
        priced = case.running[:, :, None] + case.carbon_price * (case.direct[:, :, None] - case.free[0])
        built = np.nan_to_num(case.investment)[:, :, None] * case.annuity
        changed = case.change[:, :, None] * case.annuity[case.after]
        self.m.add_objective(
            self.money
            + (self.array(priced * case.counts, "p", "t", "y") * self.x).sum()
            + (self.array(built, "p", "t", "y") * self.b).sum()
            + (self.array(changed, "p", "e", "y") * self.c).sum()
            + (self.array(case.contract_price * case.counts, "g", "c", "y") * self.w).sum()
            + (self.array(case.recycled_cost[0] * case.counts, "y") * self.scrap).sum()
            + (self.array(case.outside_cost[0] * case.counts, "y") * self.outside).sum()
        )


class Pyomo:
    """The model in Pyomo."""

    def __init__(self, case: Given) -> None:
        import pyomo.environ as pyo

        self.case, self.m, self.pyo = case, pyo.ConcreteModel(), pyo
        self.ranges = [range(case.size[name]) for name in "ptyegc"]
        self.variables()
        self.standing()
        self.shared()
        self.m.rule = pyo.Constraint(self.spoken, rule=self.rule)
        self.objective()

    def variables(self) -> None:
        case, m, pyo = self.case, self.m, self.pyo
        p_, t_, y_, e_, g_, c_ = self.ranges
        positive = pyo.NonNegativeReals
        m.x, m.s = pyo.Var(p_, t_, y_, within=positive), pyo.Var(p_, t_, y_, within=positive)
        can_build, can_change, window = np.isfinite(case.investment), np.isfinite(case.change), case.window
        self.builds = [(p, t, y) for p in p_ for t in t_ if can_build[p, t] for y in y_ if window[t, y]]
        self.changes = [
            (p, e, y) for p in p_ for e in e_ if can_change[p, e] for y in y_ if window[case.after[e], y]
        ]
        m.b, m.c = pyo.Var(self.builds, within=positive), pyo.Var(self.changes, within=positive)
        limits = case.contract_limit

        def most(m: object, g: int, c: int, y: int) -> tuple[float, float | None]:
            return 0, float(limits[g, c, y]) if np.isfinite(limits[g, c, y]) else None

        m.w = pyo.Var(g_, c_, y_, bounds=most)
        m.scrap = pyo.Var(y_, bounds=lambda m, y: (0, case.recycled_limit[0, y]))
        m.outside = pyo.Var(y_, within=positive)
        rules = range(len(case.rule_price))
        self.spoken = [(r, y) for r in rules for y in y_ if not np.isnan(case.rule_limit[r, y])]
        m.missed = pyo.Var(self.spoken, within=positive)
        self.into = {t: [e for e in e_ if case.after[e] == t] for t in t_}
        self.out = {t: [e for e in e_ if case.before[e] == t] for t in t_}

    def standing(self) -> None:
        case, m, pyo, into = self.case, self.m, self.pyo, self.into
        p_, t_, y_, *_ = self.ranges

        def balance(m: object, p: int, t: int, y: int) -> object:
            stood = m.s[p, t, y - 1] if y else case.stood[p, t]
            built = m.b[p, t, y] if (p, t, y) in m.b else 0  # noqa: SIM401 (no dictionary)
            came = sum(m.c[p, e, y] for e in into[t] if (p, e, y) in m.c)
            left = sum(m.c[p, e, y] for e in self.out[t] if (p, e, y) in m.c)
            return m.s[p, t, y] - stood - built - came + left <= 0

        def ramp(m: object, t: int, y: int) -> object:
            if not np.isfinite(case.ramp[t]):
                return pyo.Constraint.Skip
            added = [m.b[p, t, y] for p in p_ if (p, t, y) in m.b]
            added += [m.c[p, e, y] for p in p_ for e in into[t] if (p, e, y) in m.c]
            return sum(added) <= case.ramp[t] if added else pyo.Constraint.Skip

        def room(m: object, p: int, y: int) -> object:
            return sum(m.s[p, t, y] for t in t_) <= case.capacity[p, y]

        def loaded(m: object, p: int, t: int, y: int) -> object:
            return m.x[p, t, y] <= case.load[p, y] * m.s[p, t, y]

        def spread(m: object, t: int, y: int) -> object:
            return sum(m.s[p, t, y] for p in p_) <= case.spread[t, y] * case.room[y]

        m.balance = pyo.Constraint(p_, t_, y_, rule=balance)
        m.ramp = pyo.Constraint(t_, y_, rule=ramp)
        m.capacity = pyo.Constraint(p_, y_, rule=room)
        m.loaded = pyo.Constraint(p_, t_, y_, rule=loaded)
        m.spread = pyo.Constraint(t_, y_, rule=spread)

    def shared(self) -> None:
        case, m, pyo = self.case, self.m, self.pyo
        p_, t_, y_, _, g_, c_ = self.ranges
        members = {g: [p for p in p_ if case.supply[p] == g] for g in g_}

        def power(m: object, g: int, y: int) -> object:
            used = sum(case.electricity[p, t] * m.x[p, t, y] for p in members[g] for t in t_)
            return sum(m.w[g, c, y] for c in c_) == used

        def emitted(m: object, y: int) -> object:
            direct = sum(case.direct[p, t] * m.x[p, t, y] for p in p_ for t in t_)
            bought = sum(case.contract_factor[g, c, y] * m.w[g, c, y] for g in g_ for c in c_)
            return direct + bought + case.recycled_direct[0, y] * m.scrap[y]

        def demand(m: object, y: int) -> object:
            return m.made[y] + m.scrap[y] + m.outside[y] == case.demand[0, y]

        m.power = pyo.Constraint(g_, y_, rule=power)
        m.made = pyo.Expression(y_, rule=lambda m, y: sum(m.x[p, t, y] for p in p_ for t in t_))
        m.emitted = pyo.Expression(y_, rule=emitted)
        m.demand = pyo.Constraint(y_, rule=demand)

    def rule(self, m: object, r: int, y: int) -> object:
        case, (p_, t_, _, _, g_, c_) = self.case, self.ranges
        limit, missed = case.rule_limit[r, y], m.missed[r, y]
        match str(case.rule_indicator[r]):
            case "emissions":
                return m.emitted[y] - missed <= limit
            case "intensity":
                return m.emitted[y] - limit * (m.made[y] + m.scrap[y]) - missed <= 0
            case "renewable.share":
                green = sum(case.contract_renewable[g, c, y] * m.w[g, c, y] for g in g_ for c in c_)
                used = sum(case.electricity[p, t] * m.x[p, t, y] for p in p_ for t in t_)
                return green - limit * used + missed >= 0
            case "recycled.share":
                return m.scrap[y] - limit * (m.made[y] + m.scrap[y]) + missed >= 0
            case "benchmark.share":
                good = sum(m.s[p, t, y] for p in p_ for t in t_ if case.benchmark[p, t])
                return good - limit * sum(m.s[p, t, y] for p in p_ for t in t_) + missed >= 0
        lines = np.flatnonzero(case.rule_lines[r]).tolist()
        return sum(m.x[p, t, y] for p in lines for t in t_) - missed <= limit

    def objective(self) -> None:
        case, m = self.case, self.m
        p_, t_, y_, _, g_, c_ = self.ranges
        counts, after = case.counts, case.after
        each = case.running[:, :, None] + case.carbon_price * (case.direct[:, :, None] - case.free[0])
        cost = sum(counts[y] * each[p, t, y] * m.x[p, t, y] for p in p_ for t in t_ for y in y_)
        cost += sum(case.investment[p, t] * case.annuity[t, y] * m.b[p, t, y] for p, t, y in self.builds)
        cost += sum(case.change[p, e] * case.annuity[after[e], y] * m.c[p, e, y] for p, e, y in self.changes)
        cost += sum(
            counts[y] * case.contract_price[g, c, y] * m.w[g, c, y] for g in g_ for c in c_ for y in y_
        )
        cost += sum(counts[y] * case.recycled_cost[0, y] * m.scrap[y] for y in y_)
        cost += sum(counts[y] * case.outside_cost[0, y] * m.outside[y] for y in y_)
        cost += sum(counts[y] * case.rule_price[r] * m.missed[r, y] for r, y in self.spoken)
        m.cost = self.pyo.Objective(expr=cost)


def main() -> None:
    which, path = sys.argv[1], sys.argv[2]
    case = Given(path)
    importlib.import_module("pyomo.environ" if which == "pyomo" else "linopy")
    began = time.process_time()
    model = (Pyomo if which == "pyomo" else Linopy)(case).m
    built = time.process_time() - began
    if which == "pyomo":
        print(built, 0.0, 0, 0)
        return
    import linopy.io

    began = time.process_time()
    highs = linopy.io.to_highspy(model)
    handed = time.process_time() - began
    size = (highs.getNumRow(), highs.getNumCol())
    if "--solve" not in sys.argv:
        print(built, handed, *size)
        return
    for name, value in (
        ("output_flag", False),
        ("threads", 1),
        ("parallel", "off"),
        ("solver", "ipm"),
        ("run_crossover", sys.argv[-1]),
    ):
        highs.setOptionValue(name, value)
    began = time.process_time()
    highs.run()
    print(built, handed, *size, time.process_time() - began, repr(highs.getInfo().objective_function_value))


if __name__ == "__main__":
    main()
