"""Rivals of benchmarks/pathway.py, each in a process of its own: the deployment of a case as a modeller writes it in linopy or Pyomo.

    python pathway.py linopy|pyomo CASE.npz [--solve]

Prints the processor seconds of building, those of handing over to HiGHS (linopy only; 0), rows, columns; with --solve also those of
HiGHS's interior point method on it, one thread, and the objective.
"""

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


def by_linopy(case: Given) -> object:
    import linopy
    import xarray as xr

    names = {name: np.arange(count) for name, count in case.size.items()}

    def array(values: np.ndarray, *dims: str) -> xr.DataArray:
        return xr.DataArray(values, dims=dims, coords={dim: names[dim] for dim in dims})

    def coords(*dims: str) -> list:
        return [(dim, names[dim]) for dim in dims]

    m = linopy.Model()
    x = m.add_variables(lower=0, coords=coords("p", "t", "y"), name="x")
    s = m.add_variables(lower=0, coords=coords("p", "t", "y"), name="s")
    buildable = np.isfinite(case.investment)[:, :, None] & case.window
    b = m.add_variables(lower=0, coords=coords("p", "t", "y"), name="b", mask=array(buildable, "p", "t", "y"))
    can = np.isfinite(case.change)[:, :, None] & case.window[case.after]
    c = m.add_variables(lower=0, coords=coords("p", "e", "y"), name="c", mask=array(can, "p", "e", "y"))
    w = m.add_variables(lower=0, upper=array(case.contract_limit, "g", "c", "y"), name="w")
    scrap = m.add_variables(lower=0, upper=array(case.recycled_limit[0], "y"), name="scrap")
    outside = m.add_variables(lower=0, coords=coords("y"), name="outside")
    capacity, load = array(case.capacity, "p", "y"), array(case.load, "p", "y")
    first = np.zeros((*case.stood.shape, case.size["y"]))
    first[:, :, 0] = case.stood
    for t in names["t"]:
        change = s.sel(t=t) - s.sel(t=t).shift(y=1) - b.sel(t=t)
        into, out = np.flatnonzero(case.after == t), np.flatnonzero(case.before == t)
        if into.size:
            change = change - c.isel(e=into).sum("e")
        if out.size:
            change = change + c.isel(e=out).sum("e")
        m.add_constraints(change <= array(first[:, t], "p", "y"), name=f"balance{t}")
        if np.isfinite(case.ramp[t]):
            added = b.sel(t=t).sum("p")
            if into.size:
                added = added + c.isel(e=into).sum(["e", "p"])
            m.add_constraints(added <= case.ramp[t], name=f"ramp{t}")
    m.add_constraints(s.sum("t") <= capacity, name="capacity")
    m.add_constraints(x - load * s <= 0, name="load")
    m.add_constraints(s.sum("p") <= array(case.spread * case.room, "t", "y"), name="spread")
    electricity, direct = array(case.electricity, "p", "t"), array(case.direct, "p", "t")
    used = (electricity * x).sum("t").groupby(array(case.supply, "p").rename("g")).sum()
    m.add_constraints(w.sum("c") - used == 0, name="power")
    made = x.sum(["p", "t"])
    m.add_constraints(made + scrap + outside == array(case.demand[0], "y"), name="demand")
    emitted = (direct * x).sum(["p", "t"]) + (array(case.contract_factor, "g", "c", "y") * w).sum(["g", "c"])
    emitted = emitted + array(case.recycled_direct[0], "y") * scrap
    counts, money = array(case.counts, "y"), 0
    for r, indicator in enumerate(case.rule_indicator):
        years = np.flatnonzero(~np.isnan(case.rule_limit[r]))
        limit = array(np.nan_to_num(case.rule_limit[r]), "y").isel(y=years)
        missed = m.add_variables(lower=0, coords=[("y", years)], name=f"missed{r}")
        money = money + (case.rule_price[r] * counts.isel(y=years) * missed).sum()
        lines = np.flatnonzero(case.rule_lines[r])
        if indicator == "emissions":
            m.add_constraints(emitted.isel(y=years) - missed <= limit, name=f"rule{r}")
        elif indicator == "intensity":
            m.add_constraints((emitted - limit * (made + scrap)).isel(y=years) - missed <= 0, name=f"rule{r}")
        elif indicator == "renewable.share":
            green = (array(case.contract_renewable, "g", "c", "y") * w).sum(["g", "c"])
            power = (electricity * x).sum(["p", "t"])
            m.add_constraints((green - limit * power).isel(y=years) + missed >= 0, name=f"rule{r}")
        elif indicator == "recycled.share":
            m.add_constraints((scrap - limit * (made + scrap)).isel(y=years) + missed >= 0, name=f"rule{r}")
        elif indicator == "benchmark.share":
            good = (array(1.0 * case.benchmark, "p", "t") * s).sum(["p", "t"])
            m.add_constraints((good - limit * s.sum(["p", "t"])).isel(y=years) + missed >= 0, name=f"rule{r}")
        else:
            m.add_constraints(
                x.isel(p=lines).sum(["p", "t"]).isel(y=years) - missed <= limit, name=f"rule{r}"
            )
    priced = case.running[:, :, None] + case.carbon_price * (case.direct[:, :, None] - case.free[0])
    money = money + (array(priced * case.counts, "p", "t", "y") * x).sum()
    money = (
        money + (array(np.nan_to_num(case.investment)[:, :, None] * case.annuity, "p", "t", "y") * b).sum()
    )
    money = money + (array(case.change[:, :, None] * case.annuity[case.after], "p", "e", "y") * c).sum()
    money = money + (array(case.contract_price * case.counts, "g", "c", "y") * w).sum()
    money = money + (array(case.recycled_cost[0] * case.counts, "y") * scrap).sum()
    money = money + (array(case.outside_cost[0] * case.counts, "y") * outside).sum()
    m.add_objective(money)
    return m


def by_pyomo(case: Given) -> object:
    import pyomo.environ as pyo

    m = pyo.ConcreteModel()
    ranges = {name: range(count) for name, count in case.size.items()}
    p_, t_, y_, e_, g_, c_ = (ranges[name] for name in "ptyegc")
    m.x = pyo.Var(p_, t_, y_, within=pyo.NonNegativeReals)
    m.s = pyo.Var(p_, t_, y_, within=pyo.NonNegativeReals)
    can_build, can_change = np.isfinite(case.investment), np.isfinite(case.change)
    builds = [(p, t, y) for p in p_ for t in t_ if can_build[p, t] for y in y_ if case.window[t, y]]
    changes = [
        (p, e, y) for p in p_ for e in e_ if can_change[p, e] for y in y_ if case.window[case.after[e], y]
    ]
    m.b = pyo.Var(builds, within=pyo.NonNegativeReals)
    m.c = pyo.Var(changes, within=pyo.NonNegativeReals)
    m.w = pyo.Var(g_, c_, y_, within=pyo.NonNegativeReals)
    for g in g_:
        for c in c_:
            for y in y_:
                if np.isfinite(case.contract_limit[g, c, y]):
                    m.w[g, c, y].setub(case.contract_limit[g, c, y])
    m.scrap = pyo.Var(y_, bounds=lambda m, y: (0, case.recycled_limit[0, y]))
    m.outside = pyo.Var(y_, within=pyo.NonNegativeReals)
    into = {t: [e for e in e_ if case.after[e] == t] for t in t_}
    out = {t: [e for e in e_ if case.before[e] == t] for t in t_}

    def balance(m, p, t, y):  # noqa: ANN001, ANN202
        stood = m.s[p, t, y - 1] if y else case.stood[p, t]
        built = m.b[p, t, y] if (p, t, y) in m.b else 0
        came = sum(m.c[p, e, y] for e in into[t] if (p, e, y) in m.c)
        left = sum(m.c[p, e, y] for e in out[t] if (p, e, y) in m.c)
        return m.s[p, t, y] - stood - built - came + left <= 0

    def ramp(m, t, y):  # noqa: ANN001, ANN202
        if not np.isfinite(case.ramp[t]):
            return pyo.Constraint.Skip
        built = [m.b[p, t, y] for p in p_ if (p, t, y) in m.b]
        came = [m.c[p, e, y] for p in p_ for e in into[t] if (p, e, y) in m.c]
        return sum(built) + sum(came) <= case.ramp[t] if built or came else pyo.Constraint.Skip

    m.balance = pyo.Constraint(p_, t_, y_, rule=balance)
    m.ramp = pyo.Constraint(t_, y_, rule=ramp)
    m.capacity = pyo.Constraint(
        p_, y_, rule=lambda m, p, y: sum(m.s[p, t, y] for t in t_) <= case.capacity[p, y]
    )
    m.loaded = pyo.Constraint(
        p_, t_, y_, rule=lambda m, p, t, y: m.x[p, t, y] <= case.load[p, y] * m.s[p, t, y]
    )
    m.spread = pyo.Constraint(
        t_, y_, rule=lambda m, t, y: sum(m.s[p, t, y] for p in p_) <= case.spread[t, y] * case.room[y]
    )
    members = {g: [p for p in p_ if case.supply[p] == g] for g in g_}
    m.power = pyo.Constraint(
        g_,
        y_,
        rule=lambda m, g, y: (
            sum(m.w[g, c, y] for c in c_)
            == sum(case.electricity[p, t] * m.x[p, t, y] for p in members[g] for t in t_)
        ),
    )
    m.made = pyo.Expression(y_, rule=lambda m, y: sum(m.x[p, t, y] for p in p_ for t in t_))
    m.demand = pyo.Constraint(
        y_, rule=lambda m, y: m.made[y] + m.scrap[y] + m.outside[y] == case.demand[0, y]
    )
    spoken = [(r, y) for r in range(len(case.rule_price)) for y in y_ if not np.isnan(case.rule_limit[r, y])]
    m.missed = pyo.Var(spoken, within=pyo.NonNegativeReals)

    def emitted(m, y):  # noqa: ANN001, ANN202
        direct = sum(case.direct[p, t] * m.x[p, t, y] for p in p_ for t in t_)
        power = sum(case.contract_factor[g, c, y] * m.w[g, c, y] for g in g_ for c in c_)
        return direct + power + case.recycled_direct[0, y] * m.scrap[y]

    m.emitted = pyo.Expression(y_, rule=emitted)

    def rule(m, r, y):  # noqa: ANN001, ANN202
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
        return (
            sum(m.x[p, t, y] for p in np.flatnonzero(case.rule_lines[r]).tolist() for t in t_) - missed
            <= limit
        )

    m.rule = pyo.Constraint(spoken, rule=rule)
    m.cost = pyo.Objective(
        expr=sum(
            case.counts[y] * (case.running[p, t] + case.carbon_price[y] * (case.direct[p, t] - case.free[0, y])) * m.x[p, t, y]
            for p in p_ for t in t_ for y in y_
        )
        + sum(case.investment[p, t] * case.annuity[t, y] * m.b[p, t, y] for p, t, y in builds)
        + sum(case.change[p, e] * case.annuity[case.after[e], y] * m.c[p, e, y] for p, e, y in changes)
        + sum(case.counts[y] * case.contract_price[g, c, y] * m.w[g, c, y] for g in g_ for c in c_ for y in y_)
        + sum(case.counts[y] * (case.recycled_cost[0, y] * m.scrap[y] + case.outside_cost[0, y] * m.outside[y]) for y in y_)
        + sum(case.counts[y] * case.rule_price[r] * m.missed[r, y] for r, y in spoken)
    )  # fmt: skip
    return m


def main() -> None:
    which, path = sys.argv[1], sys.argv[2]
    case = Given(path)
    if which == "pyomo":
        import pyomo.environ  # noqa: F401
    else:
        import linopy  # noqa: F401
    began = time.process_time()
    model = (by_pyomo if which == "pyomo" else by_linopy)(case)
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
