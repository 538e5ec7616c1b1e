"""The engine against a standard OWL reasoner: whatever it calls true or false over the real rulebook is entailed.

All scenarios go into one run of HermiT. For each there is a class of what was stated and, at the same time, not all
that the engine concluded; that class must be unsatisfiable.
"""

import pytest
from rdflib import OWL, RDF, BNode, URIRef
from rdflib.collection import Collection

from augkg.engine.build import Builder
from augkg.engine.evaluate import evaluate
from augkg.engine.facts import Columns, int_planes
from augkg.knowledge.load import load_graph
from augkg.knowledge.namespace import AUG
from augkg.knowledge.owl import ExpressionWriter
from augkg.knowledge.reason import reason
from augkg.knowledge.scenarios import scenario_types
from augkg.language.write import datatypes_of
from augkg.model.condition import Bound, Compare, Condition, Not, walk
from augkg.model.program import Program
from augkg.model.rulebook import Rulebook
from augkg.model.scenario import Scenario
from augkg.resources import ontology_folder
from tests.scenarios import Sampler, conditions

SCENARIOS = 300
CONTROL = URIRef(AUG["Control"])


def without_parameters(condition: Condition) -> bool:
    """Parameters are numbers of a place and a date, which the reasoner does not know."""
    bounds = [b for part in walk(condition) if isinstance(part, Compare) for b in part.bounds]
    return not any(isinstance(b, Bound) and b.parameter for b in bounds)


def deep_parameters(condition: Condition) -> bool:
    parts = getattr(condition, "parts", ()) or ((condition.part,) if isinstance(condition, Not) else ())
    return without_parameters(condition) and all(deep_parameters(part) for part in parts)


@pytest.mark.reasoner
@pytest.mark.slow
def test_whatever_the_engine_concludes_a_reasoner_entails(rulebook: Rulebook) -> None:
    sampler = Sampler(rulebook, seed=2026)
    scenarios = [sampler.scenario(i) for i in range(SCENARIOS)]
    asked = list(dict.fromkeys(c for norm in rulebook.norms for c in conditions(rulebook, norm) if deep_parameters(c)))
    claims = conclusions(rulebook, scenarios, asked)
    graph = load_graph(ontology_folder())
    writer = ExpressionWriter(graph, datatypes_of(rulebook.vocabulary), lambda _: None)
    expected = set()
    for number, scenario in enumerate(scenarios):
        doubt = AUG[f"Doubt{number}"]
        expected.add(f"Doubt{number}")
        define(graph, doubt, scenario, [writer.write(claim) for claim in claims[number]], writer)
    # A doubt about something that is not concluded must stay possible, or the test could not fail.
    undecided = next(c for c in asked if c not in claims[0] and Not(part=c) not in claims[0])
    define(graph, CONTROL, scenarios[0], [writer.write(undecided)], writer)
    found = reason(graph)
    assert found.consistent
    assert found.unsatisfiable == expected
    true = sum(not isinstance(c, Not) for each in claims for c in each)
    print(f"{SCENARIOS} scenarios, {len(asked)} conditions, {sum(map(len, claims))} conclusions ({true} true)")


def conclusions(rulebook: Rulebook, scenarios: list[Scenario], asked: list[Condition]) -> list[list[Condition]]:
    """For each scenario the conditions that the engine holds for true, and the negations of those for false."""
    sampler = Sampler(rulebook, seed=0)
    builder = Builder(rulebook.definitions, sampler.taxonomy)
    nodes = [builder.settled(builder.condition(c)) for c in asked]
    atoms, steps, places = builder.program()
    days = [s.date for s in scenarios]
    planes = int_planes(len(scenarios))
    columns = Columns(scenarios, days, rulebook.vocabulary, sampler.taxonomy, rulebook.instruments, planes)
    truth = evaluate(Program(atoms=atoms, steps=steps, codes=()), columns)
    claims: list[list[Condition]] = [[] for _ in scenarios]
    for condition, node in zip(asked, nodes, strict=True):
        true, false = truth[places[node]]
        for row in range(len(scenarios)):
            if true >> row & 1:
                claims[row].append(condition)
            elif false >> row & 1:
                claims[row].append(Not(part=condition))
    return claims


def define(graph, name: URIRef, scenario: Scenario, claims: list, writer: ExpressionWriter) -> None:
    """The class of scenarios that are as stated but of which not every claim holds."""
    stated = list(scenario_types(scenario, writer))
    for quantity in scenario.quantities:
        bound = (Bound(op="=", limit=quantity.value),)
        stated.append(writer.write(Compare(measure=quantity.measure, bounds=bound)))
    all_claims, doubt, both = BNode(), BNode(), BNode()
    graph.add((all_claims, RDF.type, OWL.Class))
    graph.add((all_claims, OWL.intersectionOf, listed(graph, claims)))
    graph.add((doubt, RDF.type, OWL.Class))
    graph.add((doubt, OWL.complementOf, all_claims))
    graph.add((both, RDF.type, OWL.Class))
    graph.add((both, OWL.intersectionOf, listed(graph, [AUG.Scenario, *stated, doubt])))
    graph.add((name, RDF.type, OWL.Class))
    graph.add((name, OWL.equivalentClass, both))


def listed(graph, items: list) -> BNode:
    head = BNode()
    Collection(graph, head, items)
    return head
