"""How far assessors agree: Krippendorff's α, for any number of them, with gaps.

α = 1 − observed disagreement / disagreement expected by chance. 1 is agreement, 0 what chance would give.
Source: Klaus Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), whose table the tests reproduce.
"""

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

Unit = Sequence[float]  # what the assessors said of one matter, gaps left out
_BOOTSTRAP, _SEED = 1000, 2011


def krippendorff_alpha(units: Sequence[Unit], level: str = "interval") -> float | None:
    """Krippendorff's α.

    Args:
        units: For each matter the ratings that it got, in any order; matters with fewer than two say nothing.
        level: What the ratings are: `nominal`, `ordinal`, `interval` or `ratio`.

    Returns:
        α, or None where it cannot be told: no two ratings of a matter, or all ratings the same.

    Examples:
        >>> krippendorff_alpha([[1, 1], [2, 2], [3, 3]])
        1.0
    """
    paired = [unit for unit in units if len(unit) > 1]
    values = Counter(value for unit in paired for value in unit)
    total = sum(values.values())
    if len(values) < 2:
        return None
    distance = _distance(level, values)
    observed = 0.0
    for unit in paired:
        counts = Counter(unit)
        observed += sum(n * m * distance(a, b) for a, n in counts.items() for b, m in counts.items()) / (len(unit) - 1)
    expected = sum(n * m * distance(a, b) for a, n in values.items() for b, m in values.items())
    return 1 - (total - 1) * observed / expected if expected else None


def alpha_interval(units: Sequence[Unit], level: str = "interval") -> tuple[float, float] | None:
    """An interval of 90 % for α, by drawing the matters again, with a seed that does not change.

    Draws in which all ratings are the same are left out: they tell nothing.
    """
    chance = random.Random(_SEED)  # noqa: S311  # no secret hangs on it
    found = []
    for _ in range(_BOOTSTRAP):
        alpha = krippendorff_alpha(chance.choices(units, k=len(units)), level)
        if alpha is not None:
            found.append(alpha)
    found.sort()
    return (found[int(0.05 * len(found))], found[int(0.95 * len(found))]) if len(found) >= _BOOTSTRAP // 2 else None


def _distance(level: str, values: Mapping[float, int]) -> Callable[[float, float], float]:
    """The squared difference of two ratings at a level of measurement."""
    ordered = sorted(values)

    def ordinal(a: float, b: float) -> float:
        low, high = sorted((a, b))
        between = sum(values[v] for v in ordered if low <= v <= high)
        return (between - (values[a] + values[b]) / 2) ** 2

    match level:
        case "nominal":
            return lambda a, b: float(a != b)
        case "ordinal":
            return ordinal
        case "interval":
            return lambda a, b: (a - b) ** 2
        case "ratio":
            return lambda a, b: ((a - b) / (a + b)) ** 2 if a + b else 0.0
    raise ValueError(level)
