"""Conditions: the one tree that packs write, the engine evaluates and OWL states.

A condition speaks of a scenario; inside a `Some` or `AtLeast` stands a class expression, built of `Named`,
`And`, `Or` and `Not` alone, which speaks of one filler of the facet.

    text --language.parse--> CONDITION --engine.compile--> program
    OWL  --knowledge.owl --> CONDITION --language.print--> text, words, OWL
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from augkg.model.base import Value


class Named(Value, frozen=True, kw_only=True, tag="named"):
    """A class of the ontology, or a definition (`pack/Name` for one that is local to a pack)."""

    name: str


class Some(Value, frozen=True, kw_only=True, tag="some"):
    """`facet some C`: something that the scenario involves in this facet is a C."""

    facet: str
    filler: Condition


class AtLeast(Value, frozen=True, kw_only=True, tag="min"):
    """`facet min n C`: at least n different things in this facet are C."""

    facet: str
    n: int
    filler: Condition


class Bound(Value, frozen=True, kw_only=True):
    """One comparison of a measure: `op` is one of <, <=, =, >=, >; the limit is a number or `$parameter`."""

    op: str
    limit: Decimal | None = None
    parameter: str | None = None


class Compare(Value, frozen=True, kw_only=True, tag="compare"):
    """`measure some integer[< 18]`: the measure meets every bound."""

    measure: str
    bounds: tuple[Bound, ...]


class And(Value, frozen=True, kw_only=True, tag="and"):
    """All parts hold."""

    parts: tuple[Condition, ...]


class Or(Value, frozen=True, kw_only=True, tag="or"):
    """At least one part holds."""

    parts: tuple[Condition, ...]


class Not(Value, frozen=True, kw_only=True, tag="not"):
    """The part is known not to hold."""

    part: Condition


Condition = Named | Some | AtLeast | Compare | And | Or | Not


def children(condition: Condition) -> tuple[Condition, ...]:
    """The conditions directly inside this one (the filler of a restriction is not a condition on the scenario).

    Examples:
        >>> children(Not(part=Named(name="A")))
        (Named(name='A'),)
    """
    match condition:
        case And(parts=parts) | Or(parts=parts):
            return parts
        case Not(part=part):
            return (part,)
        case Named() | Some() | AtLeast() | Compare():
            return ()


def walk(condition: Condition) -> Iterator[Condition]:
    """The condition and everything inside it, fillers included, outermost first."""
    yield condition
    inside = (condition.filler,) if isinstance(condition, Some | AtLeast) else children(condition)
    for part in inside:
        yield from walk(part)


def conjuncts(condition: Condition) -> tuple[Condition, ...]:
    """The parts of a conjunction, or the condition alone."""
    return condition.parts if isinstance(condition, And) else (condition,)
