"""Random scenarios over the real vocabulary, for property tests and for the comparison with a reasoner."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from augkg.language.write import mentioned
from augkg.model.condition import And, Condition, Named, Not
from augkg.model.law import all_exceptions
from augkg.model.rulebook import Rulebook
from augkg.model.scenario import Fact, Quantity, Scenario
from augkg.model.taxonomy import Taxonomy

VALUES = [0, 1, 2, 3, 4, 13, 14, 15, 17, 18, 40]


class Sampler:
    """Draws scenarios, most of them from the terms that the norms mention and those near them."""

    def __init__(self, rulebook: Rulebook, seed: int) -> None:
        self.rulebook, self.random = rulebook, random.Random(seed)
        self.taxonomy = rulebook.vocabulary.taxonomy
        vocabulary = rulebook.vocabulary
        named = {name for norm in rulebook.norms for c in conditions(rulebook, norm) for name in mentioned(c)}
        self.pool: dict[str, list[str]] = {facet: [] for facet in vocabulary.facets}
        for name in sorted(named & set(vocabulary.terms)):
            near = (name, *vocabulary.children.get(name, ()), *vocabulary.terms[name].parents)
            self.pool[vocabulary.terms[name].facet] += [n for n in near if n in vocabulary.terms]
        self.places = [*sorted({i.jurisdiction for i in rulebook.instruments.values()} - {"INT", "COE", "EU"}), "SE"]

    def scenario(self, number: int = 0) -> Scenario:
        facts: list[Fact] = []
        complete: set[str] = set()
        for name, facet in self.rulebook.vocabulary.facets.items():
            if not self.pool[name] or self.random.random() < 0.25:
                continue
            for _ in range(self.random.randint(1, 3)):
                fact = self.fact(name, holds=facet.closed or self.random.random() < 0.6)
                if not clashes(fact, facts, self.taxonomy):
                    facts.append(fact)
            if facet.closed and self.random.random() < 0.8:
                complete.add(name)
        measures = sorted(self.rulebook.vocabulary.measures)
        quantities = [
            Quantity(measure=m, value=Decimal(self.random.choice(VALUES))) for m in self.random.sample(measures, 3)
        ]
        return Scenario(
            id=f"random-{number}",
            date=date(1992, 1, 1) + timedelta(days=self.random.randint(0, 13_500)),
            jurisdictions=(self.random.choice(self.places),),
            facts=tuple(facts),
            complete=frozenset(complete),
            quantities=tuple(quantities),
        )

    def fact(self, facet: str, *, holds: bool) -> Fact:
        name = Named(name=self.random.choice(self.pool[facet]))
        if not holds:
            return Fact(facet=facet, filler=name, holds=False)
        parts: list[Condition] = [name]
        while self.random.random() < 0.3 and len(parts) < 4:
            other = Named(name=self.random.choice(self.pool[facet]))
            parts.append(other if self.random.random() < 0.5 else Not(part=other))
        filler = And(parts=tuple(parts)) if len(parts) > 1 else name
        return Fact(facet=facet, filler=filler if possible(parts, self.taxonomy) else name)


def possible(parts: Sequence[Condition], taxonomy: Taxonomy) -> bool:
    """Whether something may be all of these."""
    positive = [p.name for p in parts if isinstance(p, Named)]
    negative = [p.part.name for p in parts if isinstance(p, Not) and isinstance(p.part, Named)]
    apart = any(taxonomy.disjoint(a, b) for a in positive for b in positive)
    return not apart and not any(taxonomy.under(a, b) for a in positive for b in negative)


def clashes(fact: Fact, facts: Sequence[Fact], taxonomy: Taxonomy) -> bool:
    """Whether a fact contradicts one of the others."""
    for other in facts:
        if other.facet == fact.facet and other.holds != fact.holds:
            stated, denied = (fact, other) if fact.holds else (other, fact)
            if taxonomy.entails(stated.filler, denied.filler) is True:
                return True
    return False


def conditions(rulebook: Rulebook, norm) -> list[Condition]:
    """The conditions of a norm, local definitions written out."""
    unless = [clause.unless for clause in all_exceptions(norm.exceptions)]
    return [expanded(c, rulebook) for c in (norm.when, norm.requires, norm.provided, *unless) if c is not None]


def expanded(condition: Condition, rulebook: Rulebook) -> Condition:
    """The condition with the definitions of packs written out; those of the ontology stay names."""
    match condition:
        case Named(name=name) if "/" in name:
            return expanded(rulebook.definitions[name], rulebook)
        case Not(part=part):
            return Not(part=expanded(part, rulebook))
        case _ if hasattr(condition, "parts"):
            return type(condition)(parts=tuple(expanded(p, rulebook) for p in condition.parts))
    return condition
