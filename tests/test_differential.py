"""The engine against a standard OWL reasoner: whatever it calls true or false over the real rulebook is entailed.

The rulebook is exported to OWL, each scope a defined class. For each conclusion there is a class of what the scenario
states and, at the same time, not what the engine concluded of it; no such class may be satisfiable.

Conclusions about whole scopes are put to the reasoner, and conclusions about atoms. A sample of both is drawn for each
scenario.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

import pytest
from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from augkg.engine.evaluation import Evaluation
from augkg.engine.questions import atom_condition
from augkg.knowledge.load import load_graph
from augkg.knowledge.namespace import AUG
from augkg.knowledge.owl import ExpressionWriter
from augkg.knowledge.rules_owl import add_rules, scope_iri
from augkg.knowledge.scenarios import scenario_types
from augkg.language.write import datatypes_of
from augkg.model.condition import Bound
from augkg.model.program import AtLeastAtom, CompareAtom, SomeAtom
from augkg.model.rulebook import Rulebook
from augkg.model.scenario import Scenario
from augkg.resources import ontology_folder
from tests.hermit import Hermit
from tests.scenarios import Sampler, conditions

pytestmark = [pytest.mark.reasoner, pytest.mark.slow]

SCENARIOS = 300
SCOPES, ATOMS = 14, 12  # for each scenario


@pytest.fixture(scope="module")
def rules(rulebook: Rulebook) -> Graph:
    graph = load_graph(ontology_folder())
    assert add_rules(graph, rulebook, date(2026, 11, 27)) == []
    return graph


def test_the_exported_rulebook_is_consistent_and_every_scope_can_be_met(rulebook: Rulebook, rules: Graph) -> None:
    hermit = Hermit(rules)
    assert hermit.consistent
    scopes = [scope_iri(norm.id) for norm in rulebook.norms if not norm.red_line]
    parts = sorted(
        {iri for iri in rules.subjects(RDF.type, OWL.Class) if isinstance(iri, URIRef) and "/" in iri.partition("#")[2]}
    )
    assert set(scopes) <= set(parts)
    assert [str(iri) for iri in parts if not hermit.satisfiable(iri)] == []


def test_whatever_the_engine_concludes_a_reasoner_entails(rulebook: Rulebook, rules: Graph) -> None:
    sampler = Sampler(rulebook, seed=2026)
    scenarios = [sampler.scenario(i) for i in range(SCENARIOS)]
    graph = Graph() + rules
    writer = ExpressionWriter(graph, datatypes_of(rulebook.vocabulary), lambda _: None)
    doubts: dict[URIRef, str] = {}
    controls: list[URIRef] = []
    counts = {"scope": 0, "atom": 0, True: 0, False: 0}
    evaluation = Evaluation(rulebook, scenarios)
    scopes = list(_scopes(rulebook, evaluation))
    atoms = list(_atoms(rulebook, evaluation, writer))
    for row, scenario in enumerate(scenarios):
        stated = AUG[f"Stated{row}"]
        below(graph, stated, [AUG.Scenario, *_stated(scenario, writer, graph, datatypes_of(rulebook.vocabulary))])
        for kind, pool, many in (("scope", scopes, SCOPES), ("atom", atoms, ATOMS)):
            known = [(node, bool(t >> row & 1)) for node, t, f in pool if (t | f) >> row & 1]
            for number, (node, truth) in enumerate(sampler.random.sample(known, min(many, len(known)))):
                doubt = AUG[f"Doubt{row}-{kind}-{number}"]
                below(graph, doubt, [stated, complement(graph, node) if truth else node])
                doubts[doubt] = f"{scenario.id}: {node} is {truth}"
                counts[kind] += 1
                counts[truth] += 1
        unknown = next((node for node, t, f in atoms if not (t | f) >> row & 1), None)
        if unknown is not None:
            # A doubt about something that is not concluded must stay possible, or the test could not fail.
            controls.append(AUG[f"Control{row}"])
            below(graph, controls[-1], [stated, complement(graph, unknown)])
    hermit = Hermit(graph)
    assert hermit.consistent
    assert [said for doubt, said in doubts.items() if hermit.satisfiable(doubt)] == []
    assert len(controls) > 100
    assert all(hermit.satisfiable(control) for control in controls)
    assert counts["scope"] >= 3_000
    assert min(counts[True], counts[False]) >= 100
    print(f"{len(doubts)} conclusions entailed: {counts}; {len(controls)} controls")


def _scopes(rulebook: Rulebook, evaluation: Evaluation) -> Iterator[tuple[Node, int, int]]:
    """The scope of each norm with the planes of its truth, where no parameter varies it from place to place."""
    for norm, code, _ in evaluation.norms:
        parameters = any(bound.parameter for c in conditions(rulebook, norm) for bound in bounds(c))
        if not norm.red_line and not parameters and not any(u.affects == "when" for u in norm.untranslatable):
            yield scope_iri(norm.id), *evaluation.planes[code.applies]


def bounds(condition) -> list[Bound]:
    inside = [*getattr(condition, "parts", ()), *([condition.part] if hasattr(condition, "part") else [])]
    return [*getattr(condition, "bounds", ()), *(bound for part in inside for bound in bounds(part))]


def _atoms(rulebook: Rulebook, evaluation: Evaluation, writer: ExpressionWriter) -> Iterator[tuple[Node, int, int]]:
    """Every atom of the program with the planes of its truth."""
    for number, atom in enumerate(rulebook.program.atoms):
        if isinstance(atom, SomeAtom | AtLeastAtom) or (isinstance(atom, CompareAtom) and atom.limit is not None):
            yield writer.write(atom_condition(atom)), *evaluation.planes[number]


def _stated(scenario: Scenario, writer: ExpressionWriter, graph: Graph, datatype: Callable[[str], str]) -> list[Node]:
    """The classes that a scenario was stated to be in.

    A quantity is a value and no range from 14 to 14: HermiT takes that range of decimals to meet the range above 14.
    """
    types: list[Node] = [*scenario_types(scenario, writer)]
    for quantity in scenario.quantities:
        types.append(BNode())
        value = Literal(f"{quantity.value:f}", datatype=XSD[datatype(quantity.measure)])
        graph.add((types[-1], RDF.type, OWL.Restriction))
        graph.add((types[-1], OWL.onProperty, AUG[quantity.measure]))
        graph.add((types[-1], OWL.hasValue, value))
    return types


def complement(graph: Graph, node: Node) -> BNode:
    out = BNode()
    graph.add((out, RDF.type, OWL.Class))
    graph.add((out, OWL.complementOf, node))
    return out


def below(graph: Graph, name: URIRef, parts: Sequence[Node]) -> None:
    """Say that a class is below an intersection; not equivalent, which would put it to everything else as well."""
    both, head = BNode(), BNode()
    Collection(graph, head, list(parts))
    graph.add((both, RDF.type, OWL.Class))
    graph.add((both, OWL.intersectionOf, head))
    graph.add((name, RDF.type, OWL.Class))
    graph.add((name, RDFS.subClassOf, both))
