"""What the residuals of a model should look like, tested, and said where they do not.

Sources: Ljung & Box, Biometrika 65 (1978) 297-303; Hosking, Journal of the American Statistical Association 75 (1980)
602-608; Jarque & Bera, International Statistical Review 55 (1987) 163-172; Luetkepohl 2005, section 4.5.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from touchstone.calc.linkage.wording import probability
from touchstone.facts.text import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One property tested.

    Attributes:
        wanted: the property, in words that fit behind "holds:".
        test: the name of the test with its lags.
        statistic, p: its value, and the probability of one as large if the property holds.
        holds: p is not below the level asked for.
        consequence: what it means where the property does not hold.
    """

    wanted: Text
    test: str
    statistic: float
    p: float
    holds: bool
    consequence: Text

    def text(self) -> Text:
        """The property, whether it holds, and by which test."""
        zh, en = (f"{self.test}{comma}p {probability(self.p)}" for comma in ("，", ", "))
        if self.holds:
            return Text(f"{self.wanted.zh}：未被拒绝（{zh}）", f"{self.wanted.en}: not rejected ({en})")
        return Text(
            f"{self.wanted.zh}：不成立（{zh}），{self.consequence.zh}",
            f"{self.wanted.en}: does not hold ({en}); {self.consequence.en}",
        )


def uncorrelated(
    residuals: "NDArray[np.float64]", horizon: int, estimated: int, level: float = 0.95
) -> Diagnosis:
    """Portmanteau test of residuals: Ljung-Box for one equation, Hosking's adjusted form for several.

    Args:
        residuals: (T, N).
        horizon: lags looked at; raised where it would leave no degree of freedom.
        estimated: autoregressive coefficients estimated, taken from the N^2 x horizon degrees of freedom.
    """
    import numpy as np
    from scipy.stats import chi2

    rows, width = residuals.shape
    horizon = max(horizon, estimated // width**2 + 1)
    centred = residuals - residuals.mean(axis=0)
    inverse = np.linalg.inv(centred.T @ centred / rows)
    statistic = 0.0
    for lag in range(1, min(horizon, rows - 1) + 1):
        moment = centred[lag:].T @ centred[:-lag] / rows
        statistic += float(np.trace(moment.T @ inverse @ moment @ inverse)) / (rows - lag)
    statistic *= rows * (rows + 2) if width == 1 else rows**2
    p = float(chi2.sf(statistic, width**2 * horizon - estimated))
    return Diagnosis(
        Text("残差无自相关", "no autocorrelation in the residuals"),
        f"{'Ljung–Box' if width == 1 else 'Portmanteau'}({horizon})",
        statistic, p, p >= 1 - level,
        Text("滞后阶数可能不足，标准误和区间偏窄", "there may be too few lags, and errors and intervals are too narrow"),
    )  # fmt: skip


def normal(residuals: "NDArray[np.float64]", level: float = 0.95) -> Diagnosis:
    """Jarque-Bera test of residuals, (T, N); for several equations of the residuals made uncorrelated."""
    import numpy as np
    from scipy.stats import chi2

    rows, width = residuals.shape
    centred = residuals - residuals.mean(axis=0)
    root = np.linalg.cholesky(centred.T @ centred / rows)
    alone = np.linalg.solve(root, centred.T)
    skewness, kurtosis = (alone**3).mean(axis=1), (alone**4).mean(axis=1) - 3
    statistic = float(rows * (skewness @ skewness / 6 + kurtosis @ kurtosis / 24))
    p = float(chi2.sf(statistic, 2 * width))
    return Diagnosis(
        Text("残差服从正态分布", "normal residuals"), "Jarque–Bera", statistic, p, p >= 1 - level,
        Text("小样本下检验的临界值只是近似", "in a small sample the critical values are approximate"),
    )  # fmt: skip


def diagnosed(
    residuals: "NDArray[np.float64]", lags: int, estimated: int, level: float
) -> tuple[Diagnosis, Diagnosis]:
    """Both tests of the residuals of a model with so many lags and autoregressive coefficients."""
    return uncorrelated(residuals, max(10, 2 * lags), estimated, level), normal(residuals, level)


def caveat(*tested: Diagnosis) -> Text:
    """What a sentence must add where the residuals are autocorrelated; empty where they are not."""
    failed = [each for each in tested if not each.holds and each.test.startswith(("Ljung", "Portmanteau"))]
    if not failed:
        return Text("", "")
    p = probability(failed[0].p)
    return Text(f"注意：残差仍有自相关（p {p}）。", f" Note: the residuals are autocorrelated (p {p}).")
