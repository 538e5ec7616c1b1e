"""A scenario as values: what was stated, each fact with its place in the file."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import msgspec

from augkg.errors import Location
from augkg.model.base import Value, Words
from augkg.model.condition import Condition
from augkg.terms import Severity, Sex


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


class HazardFact(Value, frozen=True, kw_only=True):
    """What a scenario states of a hazard; what it leaves out is taken from the evidence on file."""

    hazard: str
    likelihood: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    weight: Decimal | None = None
    severity: Severity | None = None
    at: Location | None = None


class Reading(Value, frozen=True, kw_only=True):
    """The value of an indicator, in the indicator's unit."""

    indicator: str
    value: float
    at: Location | None = None


class Person(Value, frozen=True, kw_only=True):
    """One person's indicators; the age is in years."""

    id: str
    sex: Sex | None = None
    age: float | None = None
    readings: tuple[Reading, ...] = ()


class Judgement(Value, frozen=True, kw_only=True):
    """What one assessor judges of one matter: a principle, from 0 to 1, or whether a circumstance holds."""

    assessor: str
    matter: str
    rating: float
    at: Location | None = None


class Scenario(Value, frozen=True, kw_only=True):
    """Somebody does something to somebody, with a technology, for a purpose, somewhere, on a date.

    `complete` names the facets whose stated fillers are all that there are. `hazards` is None where none are stated;
    unless `more_hazards`, those stated are all that count.
    """

    id: str
    date: dt.date
    jurisdictions: tuple[str, ...]
    title: Words | None = None
    facts: tuple[Fact, ...] = ()
    complete: frozenset[str] = frozenset()
    quantities: tuple[Quantity, ...] = ()
    hazards: tuple[HazardFact, ...] | None = None
    more_hazards: bool = False
    people: tuple[Person, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    sources: tuple[str, ...] = ()
    note: Words | None = None
    file: str = ""


class Scored(Value, frozen=True, kw_only=True):
    """The parts of a scenario that only scores are computed from."""

    hazards: tuple[HazardFact, ...] | None = None
    more_hazards: bool = False
    people: tuple[Person, ...] = ()
    judgements: tuple[Judgement, ...] = ()


def scored(scenario: Scenario) -> Scored:
    """These parts, without the places in files that they were read from, in an order that does not depend on the file."""
    replace = msgspec.structs.replace
    people = (replace(p, readings=tuple(replace(r, at=None) for r in p.readings)) for p in scenario.people)
    hazards = None if scenario.hazards is None else tuple(map(_plain, scenario.hazards))
    return Scored(
        hazards=hazards and tuple(sorted(hazards, key=lambda h: h.hazard)),
        more_hazards=scenario.more_hazards,
        people=tuple(people),
        judgements=tuple(replace(j, at=None) for j in scenario.judgements),
    )


def _plain(fact: HazardFact) -> HazardFact:
    """The hazard without its place, its numbers written in one way: 1 for 1.0."""
    numbers = {key: getattr(fact, key) for key in ("likelihood", "low", "high", "weight")}
    plain = {key: None if n is None else n.normalize() for key, n in numbers.items()}
    return msgspec.structs.replace(fact, at=None, **plain)
