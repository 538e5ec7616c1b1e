"""Draw from PERT distributions by scrambled Sobol points.

    points (made with scipy when a rulebook is compiled) + low, likely, high -> DRAWS -> a column of draws

PERT(low, likely, high) is the Beta distribution on [low, high] with mode `likely` and weight 4: its mean is
(low + 4·likely + high) / 6. Its quantiles are looked up in a table, because computing them takes longer than all the rest
and needs scipy, which takes longer to import than an assessment takes; docs/adr/0014-scores.md.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from augkg.model.points import Points
from augkg.model.rulebook import Rulebook

Array = Any  # a numpy array of 64-bit floats

DIMS = 128
_MODES, _COLUMNS = 129, 513


@lru_cache(maxsize=4)
def make_points(count: int, seed: int, dims: int = DIMS) -> Points:
    """Points and quantiles, with scipy.

    Args:
        count: How many points: a power of two.
        seed: For the scrambling (Owen's, as scipy does it).
        dims: In how many dimensions.
    """
    import numpy as np
    from scipy.special import betaincinv
    from scipy.stats import qmc

    points = qmc.Sobol(dims, scramble=True, rng=seed).random(count)
    # Columns lie denser towards 0 and 1, where quantiles are steep.
    half = np.sin(np.linspace(0, np.pi / 2, _COLUMNS // 2 + 1)) ** 4 / 2
    grid = np.concatenate([half, 1 - half[-2::-1]])
    modes = np.linspace(0, 1, _MODES)[:, None]
    quantiles = betaincinv(1 + 4 * modes, 5 - 4 * modes, grid[None, :])
    return Points(
        count=count,
        dims=dims,
        seed=seed,
        data=np.ascontiguousarray(points.T, dtype=np.float32).tobytes(),
        modes=_MODES,
        grid=grid.tobytes(),
        quantiles=quantiles.tobytes(),
    )


def points_of(rulebook: Rulebook) -> Callable[[int, int], Points]:
    """Gives points to draw from: those compiled into the rulebook where they fit, else made anew."""

    def points(count: int, seed: int) -> Points:
        ready = rulebook.points
        return ready if ready and (ready.count, ready.seed) == (count, seed) else make_points(count, seed)

    return points


class Drawing:
    """Columns of draws, each from the next dimension of the points.

    Examples:
        >>> drawing = Drawing(make_points(1024, seed=1))
        >>> abs(float(drawing.pert(0, 0.2, 1).mean()) - (0 + 4 * 0.2 + 1) / 6) < 1e-3
        True
    """

    def __init__(self, points: Points) -> None:
        import numpy as np

        self._next = 0
        self._use(points)
        self._grid = np.frombuffer(points.grid)
        self._quantiles = np.frombuffer(points.quantiles).reshape(points.modes, -1)

    def _use(self, points: Points) -> None:
        import numpy as np

        self._points = points
        self._units = np.frombuffer(points.data, dtype=np.float32).reshape(points.dims, points.count)

    def unit(self) -> Array:
        """The next column of numbers in [0, 1)."""
        if self._next == self._points.dims:
            self._use(make_points(self._points.count, self._points.seed, 2 * self._points.dims))
        self._next += 1
        return self._units[self._next - 1]

    def pert(self, low: float, likely: float, high: float) -> Array:
        """The next column of draws from PERT(low, likely, high); a constant where the ends meet."""
        import numpy as np

        unit = self.unit()
        if high <= low:
            return np.full(self._points.count, likely, dtype=float)
        place = (likely - low) / (high - low) * (self._points.modes - 1)
        row = min(int(place), self._points.modes - 2)
        share = place - row
        quantiles = (1 - share) * self._quantiles[row] + share * self._quantiles[row + 1]
        return low + (high - low) * np.interp(unit, self._grid, quantiles)


def ends(column: Array) -> tuple[float, float]:
    """The 5 % and 95 % quantiles of a column."""
    import numpy as np

    low, high = np.quantile(column, (0.05, 0.95))
    return float(low), float(high)
