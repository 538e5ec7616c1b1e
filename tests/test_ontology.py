"""The ontology: whole, in style, consistent, and read alike by the engine and by a standard reasoner."""

from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import Graph

from augkg import api
from augkg.knowledge.concepts import concept_digraph, render_svg, walk_from
from augkg.knowledge.load import load_graph
from augkg.knowledge.reason import reason
from augkg.model.issue import Severity
from augkg.model.rulebook import Rulebook
from augkg.model.scenario import Scenario
from augkg.resources import ontology_folder
from augkg.rulebook.check import check_vocabulary
from augkg.terms import State

EDGES = {
    "HumanAugmentation": {"Biotechnology", "GenomeEditing", "StemCellTechnology", "RoboticsAssistance", "VirtualReality",
                          "EthicsAndMorality", "RiskAssessment", "HealthSafeguards"},
    "GenomeEditing": {"StemCellTechnology", "RoboticsAssistance"},
    "EthicsAndMorality": {"RiskAssessment", "HealthSafeguards"},
    "RiskAssessment": {"HealthSafeguards"},
}  # fmt: skip
CASES = Path(__file__).parent.parent / "examples" / "scenarios"


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load_graph(ontology_folder())


def test_the_concept_graph_is_kept_exactly(rulebook: Rulebook) -> None:
    concepts = rulebook.vocabulary.concepts
    assert len(concepts) == 9
    assert {name: set(c.leads_to) for name, c in concepts.items() if c.leads_to} == EDGES
    assert concept_digraph(rulebook.vocabulary).number_of_edges() == 13
    assert all(c.covers and set(c.covers) for c in concepts.values())


def test_the_concept_graph_is_walked_and_drawn(rulebook: Rulebook) -> None:
    walked = walk_from(rulebook.vocabulary, "EthicsAndMorality")
    assert walked == [("EthicsAndMorality", "HealthSafeguards"), ("EthicsAndMorality", "RiskAssessment")]
    for language in ("en", "zh"):
        svg = render_svg(rulebook.vocabulary, language)
        assert svg.count("<rect") == 10
        assert svg.count('<path d="M') == 14  # 13 edges and the arrowhead
        assert rulebook.vocabulary.concepts["GenomeEditing"].label[language] in svg


def test_everything_is_decided_about_siblings(rulebook: Rulebook) -> None:
    issues = list(check_vocabulary(rulebook.vocabulary, "ontology"))
    assert [i.message.format(**i.parts) for i in issues if i.severity is not Severity.NOTE] == []


def test_files_are_small(graph: Graph) -> None:
    for path in sorted(ontology_folder().glob("*.ttl")):
        if path.name in ("jurisdiction.ttl", "mapping.ttl"):  # lists of countries and of mappings
            continue
        alone = Graph().parse(path)
        assert len({s for s in alone.subjects() if str(s).startswith("https://w3id.org/augkg#")}) <= 160, path


@pytest.mark.slow
def test_the_style_of_the_ontology(graph: Graph) -> None:
    import pyshacl

    shapes = Graph()
    for path in sorted((ontology_folder() / "shapes").glob("*.ttl")):
        shapes.parse(path)
    conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes, advanced=True)
    assert conforms, text[:3000]


@pytest.mark.reasoner
def test_the_ontology_is_consistent_and_every_class_can_have_members(graph: Graph) -> None:
    found = reason(graph)
    assert found.consistent
    assert found.unsatisfiable == frozenset()


@pytest.mark.reasoner
@pytest.mark.parametrize(
    "name",
    [
        "reproductive-cloning-us-2002",
        "cloning-research-gb-2004",
        "ccr5-embryo-editing-2018",
        "mitochondrial-donation-gb-2017",
    ],
)
def test_a_reasoner_alone_finds_the_same_red_lines(rulebook: Rulebook, name: str, tmp_path: Path) -> None:
    """Through the exported file: what leaves augkg as Turtle is enough for any OWL tool."""
    scenario = api.read_scenario(CASES / f"{name}.yaml", rulebook)
    exported = tmp_path / "scenario.ttl"
    exported.write_bytes(api.write_scenario(scenario, rulebook, ".ttl"))
    classes = api.reason_scenario(api.read_scenario(exported, rulebook), rulebook)
    red = {d.name for d in rulebook.vocabulary.definitions.values() if d.red_line}
    found = {
        f.norm.rpartition("/")[2]
        for f in api.assess(rulebook, scenario).findings
        if f.red_line and f.state is State.VIOLATED
    }
    assert classes & red == found
    expected = {
        "reproductive-cloning-us-2002": {"ReproductiveCloning"},
        "ccr5-embryo-editing-2018": {"HeritableGenomeEditingForReproduction"},
    }
    assert found == expected.get(name, set())


def test_mitochondrial_donation_without_edit_is_under_no_red_line(
    judge: Callable[..., object], make: Callable[..., Scenario]
) -> None:
    found = judge(
        "technology: PronuclearTransfer\nact: [TransferringPronucleus, PlacingInWoman]\ntarget: MitochondrialDonationEmbryo and not NuclearAlteredEmbryo\npurpose: Reproduction"
    )
    assert found.red_lines == ()
