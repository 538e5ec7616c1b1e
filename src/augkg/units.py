"""Convert between the units in which measures are stated (UCUM codes).

A page of exact factors, because measures of scenarios are times and counts; health indicators, whose units are many and
need chemistry, go through a units library.
"""

from decimal import Decimal
from functools import cache
from typing import Any

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


def convert_ucum(value: float, unit: str, to: str, molar_mass: float | None = None) -> float:
    """A value in another UCUM unit.

    Args:
        value: The number.
        unit: The UCUM code of its unit.
        to: The code of the unit wanted.
        molar_mass: In g/mol, for amounts and masses of one substance.

    Raises:
        ValueError: The one does not convert to the other, or is no unit.

    Examples:
        >>> round(convert_ucum(141, "g/L", "g/dL"), 6)
        14.1
        >>> round(convert_ucum(5.5, "mmol/L", "mg/dL", 180.156), 2)  # glucose
        99.09
        >>> round(convert_ucum(98.6, "[degF]", "Cel"), 2)
        37.0
    """
    if unit == to:
        return value
    registry = _registry()
    try:
        start, end = registry.from_ucum(unit), registry.from_ucum(to)
        quantity = registry.Quantity(value * start.magnitude, start.units)
        goal = end.units
        if quantity.dimensionality != end.dimensionality and molar_mass is not None:
            mass = molar_mass * registry.gram / registry.mole
            amount = quantity.dimensionality.get("[substance]", 0)
            quantity = quantity * mass if amount > 0 else quantity / mass
        return float(quantity.to(goal).magnitude / end.magnitude)
    except Exception as error:  # the parser and the registry raise kinds of their own for what is no unit
        raise ValueError(unit) from error


@cache
def _registry() -> Any:
    from ucumvert import PintUcumRegistry

    return PintUcumRegistry()
