"""The vocabulary: what conditions and scenarios may mention, and how its classes stand to one another.

It is the ontology without RDF: read from Turtle once by `knowledge`, kept in the compiled rulebook.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from augkg.model.base import Interval, Value, Words, any_holds
from augkg.model.condition import Condition
from augkg.model.evidence import EvidenceBase
from augkg.terms import Mutability

if TYPE_CHECKING:
    from augkg.model.taxonomy import Taxonomy


class Term(Value, frozen=True, kw_only=True):
    """A class of the ontology that belongs to the tree of one facet."""

    name: str
    facet: str
    label: Words
    definition: Words
    parents: tuple[str, ...] = ()
    alt: tuple[str, ...] = ()
    mutability: Mutability | None = None
    siblings: str | None = None
    obtained_from: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    deprecated: bool = False


class Facet(Value, frozen=True, kw_only=True):
    """A property of scenarios whose values are classes; `closed` when a list given is the complete list."""

    name: str
    root: str
    closed: bool
    label: Words
    definition: Words
    phrase: Words
    negated_phrase: Words
    question: Words


class Measure(Value, frozen=True, kw_only=True):
    """A quantity of a scenario, in one unit (a UCUM code), whole or decimal."""

    name: str
    unit: str
    integer: bool
    label: Words
    definition: Words
    phrase: Words
    negated_phrase: Words
    question: Words


class Definition(Value, frozen=True, kw_only=True):
    """A scenario class that the ontology defines by an equivalence axiom."""

    name: str
    label: Words
    definition: Words
    condition: Condition
    red_line: bool = False
    clause: str = ""
    instrument_title: Words | None = None
    source: tuple[str, ...] = ()
    offends: tuple[str, ...] = ()


class Membership(Value, frozen=True, kw_only=True):
    """That a country belongs to an organisation in an interval."""

    organisation: str
    interval: Interval


class Jurisdiction(Value, frozen=True, kw_only=True):
    """A country, a part of one, or an organisation of countries."""

    code: str
    label: Words
    part_of: str | None = None
    memberships: tuple[Membership, ...] = ()


class Concept(Value, frozen=True, kw_only=True):
    """A node of the method's own map of the field."""

    name: str
    label: Words
    definition: Words
    covers: tuple[str, ...] = ()
    leads_to: tuple[str, ...] = ()


class Principle(Value, frozen=True, kw_only=True):
    """A principle of ethics that a breach offends."""

    name: str
    label: Words
    definition: Words


class Vocabulary(Value, frozen=True, kw_only=True, dict=True):
    """All that a condition or a scenario may mention.

    `disjoint` holds each declared pair once, the two names in order.
    """

    version: str
    terms: dict[str, Term]
    facets: dict[str, Facet]
    measures: dict[str, Measure]
    definitions: dict[str, Definition]
    jurisdictions: dict[str, Jurisdiction]
    concepts: dict[str, Concept]
    principles: dict[str, Principle]
    disjoint: frozenset[tuple[str, str]]
    evidence: EvidenceBase = EvidenceBase()

    @cached_property
    def taxonomy(self) -> Taxonomy:
        """The class tree, which remembers its answers."""
        from augkg.model.taxonomy import Taxonomy

        return Taxonomy(self)

    @cached_property
    def children(self) -> dict[str, tuple[str, ...]]:
        """The direct subclasses of each class, by name."""
        below: dict[str, list[str]] = {}
        for term in self.terms.values():
            for parent in term.parents:
                below.setdefault(parent, []).append(term.name)
        return {name: tuple(sorted(names)) for name, names in below.items()}

    def mutability(self, name: str) -> Mutability:
        """Whether a fact of this class is fixed, obtainable or choosable: its own mark or the nearest one above."""
        level: tuple[str, ...] = (name,)
        while level:
            for each in level:
                mark = self.terms[each].mutability
                if mark is not None:
                    return mark
            level = tuple(parent for each in level for parent in self.terms[each].parents)
        return Mutability.FIXED

    def reach(self, codes: tuple[str, ...], day: date) -> frozenset[str]:
        """The jurisdictions whose instruments concern what happens at `codes` on a day.

        The places themselves, the nations that they are parts of, the organisations those belong to on
        that day, and `INT`.
        """
        found = {"INT"}
        for code in codes:
            place: str | None = code
            while place is not None:
                found.add(place)
                here = self.jurisdictions[place]
                found.update(m.organisation for m in here.memberships if any_holds((m.interval,), day))
                place = here.part_of
        return frozenset(found)
