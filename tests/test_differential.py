"""The engine against a standard OWL reasoner: whatever it calls true or false over the real rulebook is entailed.

All scenarios go into one run of HermiT. For each there is a class of what was stated and, at the same time, not all
that the engine concluded; that class must be unsatisfiable.

What the engine concludes of a whole condition follows from what it concludes of its atoms by the tables of `and`, `or`
and `not`, which keep entailment; so the atoms of all conditions are put to the reasoner, and of whole conditions those
that the tables leave unknown and only the split into cases decides. Of these a sample is drawn for each scenario.
"""

from collections.abc import Iterator

import pytest
from rdflib import OWL, RDF, RDFS, BNode, URIRef
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
from augkg.model.condition import Bound, Compare, Condition, Named, Not, children, walk
from augkg.model.program import Program
from augkg.model.rulebook import Rulebook
from augkg.model.scenario import Scenario
from augkg.resources import ontology_folder
from tests.scenarios import Sampler, conditions

SCENARIOS = 300
PER_SCENARIO = 25
CONTROL = URIRef(AUG["Control"])


def without_parameters(condition: Condition) -> bool:
    """Parameters are numbers of a place and a date, which the reasoner does not know."""
    bounds = [b for part in walk(condition) if isinstance(part, Compare) for b in part.bounds]
    # Limits of 0 and 1 stay out too: owlready2 confuses these literals with false and true on the way.
    return not any(b.parameter or b.limit in (0, 1) for b in bounds)


def deep_parameters(condition: Condition) -> bool:
    parts = getattr(condition, "parts", ()) or ((condition.part,) if isinstance(condition, Not) else ())
    return without_parameters(condition) and all(deep_parameters(part) for part in parts)


@pytest.mark.reasoner
@pytest.mark.slow
def test_whatever_the_engine_concludes_a_reasoner_entails(rulebook: Rulebook) -> None:
    sampler = Sampler(rulebook, seed=2026)
    scenarios = [sampler.scenario(i) for i in range(SCENARIOS)]
    whole = list(dict.fromkeys(c for norm in rulebook.norms for c in conditions(rulebook, norm) if deep_parameters(c)))
    atoms = list(dict.fromkeys(part for c in whole for part in leaves(c, rulebook)))
    claims, by_cases = conclusions(rulebook, scenarios, atoms, whole)
    total = sum(map(len, claims))
    undecided = next(c for c in atoms if c not in claims[0] and Not(part=c) not in claims[0])
    # The reasoner's time grows fast with what it is asked at once: of each scenario's conclusions a sample is put to it.
    claims = [sampler.random.sample(each, min(len(each), PER_SCENARIO)) for each in claims]
    graph = load_graph(ontology_folder())
    writer = ExpressionWriter(graph, datatypes_of(rulebook.vocabulary), lambda _: None)
    expected = set()
    for number, scenario in enumerate(scenarios):
        doubt = AUG[f"Doubt{number}"]
        expected.add(f"Doubt{number}")
        define(graph, doubt, scenario, [writer.write(claim) for claim in claims[number]], writer)
    # A doubt about something that is not concluded must stay possible, or the test could not fail.
    define(graph, CONTROL, scenarios[0], [writer.write(undecided)], writer)
    found = reason(graph)
    assert found.consistent
    assert sorted(expected ^ found.unsatisfiable) == []
    true = sum(not isinstance(c, Not) for each in claims for c in each)
    print(
        f"{SCENARIOS} scenarios, {len(whole)} conditions of {len(atoms)} atoms, "
        f"{total} conclusions, {by_cases} of them by cases; {sum(map(len, claims))} put to the reasoner ({true} true)"
    )


def leaves(condition: Condition, rulebook: Rulebook) -> Iterator[Condition]:
    """The atoms of a condition: restrictions and comparisons, definitions of the ontology opened."""
    if isinstance(condition, Named):
        condition = rulebook.definitions[condition.name]
    inside = children(condition)
    if not inside:
        yield condition
    for part in inside:
        yield from leaves(part, rulebook)


def conclusions(
    rulebook: Rulebook, scenarios: list[Scenario], atoms: list[Condition], whole: list[Condition]
) -> tuple[list[list[Condition]], int]:
    """For each scenario the conditions that the engine holds for true, and the negations of those for false.

    Every atom is among them, and every whole condition that only the split into cases decides; how many of these.
    """
    sampler = Sampler(rulebook, seed=0)
    builder = Builder(rulebook.definitions, sampler.taxonomy)
    plain = [builder.condition(c) for c in (*atoms, *whole)]
    settled = [builder.settled(node) for node in plain]
    program_atoms, steps, places = builder.program()
    planes = int_planes(len(scenarios))
    days = [s.date for s in scenarios]
    columns = Columns(scenarios, days, rulebook.vocabulary, sampler.taxonomy, rulebook.instruments, planes)
    truth = evaluate(Program(atoms=program_atoms, steps=steps, codes=()), columns)
    claims: list[list[Condition]] = [[] for _ in scenarios]
    by_cases = 0
    for index, condition in enumerate((*atoms, *whole)):
        (plain_true, plain_false), (true, false) = truth[places[plain[index]]], truth[places[settled[index]]]
        assert plain_true & true == plain_true, "the tables and the cases never disagree"
        assert plain_false & false == plain_false
        if index >= len(atoms):
            true, false = true & ~plain_true, false & ~plain_false
            by_cases += true.bit_count() + false.bit_count()
        for row in range(len(scenarios)):
            if true >> row & 1:
                claims[row].append(condition)
            elif false >> row & 1:
                claims[row].append(Not(part=condition))
    return claims, by_cases


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
    # Below, not equivalent: an equivalence would put the question to every other individual as well.
    graph.add((name, RDFS.subClassOf, both))


def listed(graph, items: list) -> BNode:
    head = BNode()
    Collection(graph, head, items)
    return head
