"""A scenario as values: what was stated, each fact with its place in the file."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from augkg.errors import Location
from augkg.model.base import Value, Words
from augkg.model.condition import Condition


class Fact(Value, frozen=True, kw_only=True):
    """One statement: something in this facet is (or, with `holds` false, nothing is) of this class."""

    facet: str
    filler: Condition
    holds: bool = True
    at: Location | None = None


class Quantity(Value, frozen=True, kw_only=True):
    """A measure that was stated, in the unit of the measure."""

    measure: str
    value: Decimal
    at: Location | None = None


class Scenario(Value, frozen=True, kw_only=True):
    """Somebody does something to somebody, with a technology, for a purpose, somewhere, on a date.

    `complete` names the facets whose stated fillers are all that there are.
    """

    id: str
    date: dt.date
    jurisdictions: tuple[str, ...]
    title: Words | None = None
    facts: tuple[Fact, ...] = ()
    complete: frozenset[str] = frozenset()
    quantities: tuple[Quantity, ...] = ()
    sources: tuple[str, ...] = ()
    note: Words | None = None
    file: str = ""
