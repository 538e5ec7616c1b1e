"""Convert between the units in which measures are stated (UCUM codes).

A page of exact factors, because measures of scenarios are times and counts; health indicators, whose units need
chemistry, are read with a units library elsewhere.
"""

from decimal import Decimal

# Each code with its dimension and its size in the first unit of that dimension. A year of age is not a number
# of days (birthdays count), so years and months convert only to each other.
_UNITS: dict[str, tuple[str, Decimal]] = {
    "s": ("time", Decimal(1)),
    "min": ("time", Decimal(60)),
    "h": ("time", Decimal(3_600)),
    "d": ("time", Decimal(86_400)),
    "wk": ("time", Decimal(604_800)),
    "mo": ("calendar", Decimal(1)),
    "a": ("calendar", Decimal(12)),
    "h/d": ("exposure", Decimal(1)),
    "min/d": ("exposure", Decimal(1) / Decimal(60)),
    "1": ("count", Decimal(1)),
    "%": ("count", Decimal("0.01")),
}


def convert(value: Decimal, unit: str, to: str) -> Decimal | None:
    """A value in another unit; None if the two are not of one kind.

    Examples:
        >>> convert(Decimal(2), "wk", "d")
        Decimal('14')
        >>> convert(Decimal(2), "wk", "a") is None
        True
    """
    if unit == to:
        return value
    if unit not in _UNITS or to not in _UNITS:
        return None
    (kind, size), (other_kind, other_size) = _UNITS[unit], _UNITS[to]
    return value * size / other_size if kind == other_kind else None


def known_units(to: str) -> tuple[str, ...]:
    """The units that convert to a unit, itself among them."""
    kind = _UNITS.get(to, ("", Decimal(0)))[0]
    return tuple(code for code, (other, _) in _UNITS.items() if other == kind) or (to,)
