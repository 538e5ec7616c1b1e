"""The rulebook in other forms: packs come back whole, the rest says what the engine says."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pyshacl
import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, XSD

from augkg import api
from augkg.api.exports import ExportForm, export_rules, import_pack, pack_yaml
from augkg.documents import Mapping, Node, Scalar, parse_document, read_document
from augkg.errors import AugkgError
from augkg.knowledge.namespace import AUG
from augkg.knowledge.rules_owl import scope_iri
from augkg.knowledge.rules_rdf import PACK, pack_graph, pack_tree
from augkg.knowledge.rules_shacl import shape_iri
from augkg.model.condition import Named, walk
from augkg.model.law import Norm
from augkg.model.rulebook import Rulebook
from augkg.model.scenario import Scenario
from augkg.rulebook.legalruleml import LRML, RULEML
from augkg.terms import Modality, State

DAY = date(2026, 11, 1)
MITO = "gb-mito-regs-2015"


def plain(node: Node) -> Any:
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.entries.items()}
    return [plain(item) for item in node.items]


@pytest.mark.parametrize("path", api.pack_files(), ids=lambda path: path.stem)
def test_a_pack_comes_back_whole(path: Path) -> None:
    document = read_document(path)
    tree = pack_tree(pack_graph(document))
    assert tree == plain(document)
    assert plain(parse_document(pack_yaml(tree), "again.yaml")) == tree


def test_turtle_is_read_again(rulebook: Rulebook, tmp_path: Path) -> None:
    data, left_out = export_rules(rulebook, ExportForm.TURTLE, DAY, MITO)
    assert not left_out
    (tmp_path / "pack.ttl").write_bytes(data)
    id, again = import_pack(tmp_path / "pack.ttl")
    assert id == MITO
    assert plain(parse_document(again, "again.yaml")) == plain(read_document(Path(rulebook.instruments[MITO].file)))


@pytest.mark.parametrize(
    ("turtle", "said"),
    [
        ("this is not", "not Turtle"),
        ("<urn:a> a <urn:b> .", "0 rule packs"),
        (f"<urn:a> a <{PACK.Pack}> . <urn:b> a <{PACK.Pack}> .", "2 rule packs"),
        (f"<urn:a> a <{PACK.Pack}> ; <{PACK.norms}> <urn:a> .", "within itself"),
        (f"<urn:a> a <{PACK.Pack}> ; <{PACK.norms}> 1, 2 .", "2 values"),
        (f"<urn:a> a <{PACK.Pack}> ; <{PACK.norms}> _:l . _:l <{RDF.first}> 1 ; <{RDF.rest}> _:l .", "no end"),
        (f"<urn:a> a <{PACK.Pack}> ; <{PACK.nonsense}> 1 .", "nonsense"),
    ],
)
def test_what_is_no_pack_is_refused(turtle: str, said: str, tmp_path: Path) -> None:
    source = tmp_path / "pack.ttl"
    source.write_text(turtle, encoding="utf-8")
    with pytest.raises(AugkgError) as caught:
        import_pack(source)
    assert said in str(caught.value)
    assert list(tmp_path.iterdir()) == [source]


def test_turtle_needs_an_instrument(rulebook: Rulebook) -> None:
    with pytest.raises(AugkgError, match="one pack"):
        export_rules(rulebook, ExportForm.TURTLE, DAY)
    with pytest.raises(AugkgError, match="no norm on file"):
        export_rules(rulebook, ExportForm.SHACL, DAY, "no-such-act")
    with pytest.raises(AugkgError, match="no ending"):
        export_rules(rulebook, ExportForm.SHACL, DAY, MITO, ".docx")


# --- OWL


def test_owl_defines_a_class_for_every_scope(rulebook: Rulebook) -> None:
    data, left_out = export_rules(rulebook, ExportForm.OWL, DAY, suffix=".nt")
    graph = Graph().parse(data=data, format="nt")
    norms = {n.id for n in rulebook.norms if not n.red_line}
    scopes = {id for id in norms if (scope_iri(id), RDF.type, OWL.Class) in graph}
    assert norms - scopes <= set(left_out)
    assert len(left_out) <= 5


# --- LegalRuleML

# What may stand in what, from the schema of the Core Specification, as far as the export uses it.
INSIDE = {
    "LegalRuleML": {
        "LegalSources",
        "Jurisdictions",
        "TimeInstants",
        "TemporalCharacteristics",
        "Context",
        "Statements",
    },
    "LegalSources": {"LegalSource"},
    "Jurisdictions": {"Jurisdiction"},
    "TimeInstants": {"Time"},
    "Time": {"Data"},
    "TemporalCharacteristics": {"TemporalCharacteristic"},
    "TemporalCharacteristic": {"forRuleStatus", "hasStatusDevelopment", "atTimeInstant"},
    "Context": {"appliesTemporalCharacteristic", "appliesJurisdiction", "appliesSource", "toStatement"},
    "Statements": {"ConstitutiveStatement", "PrescriptiveStatement", "OverrideStatement"},
    "ConstitutiveStatement": {"Rule"},
    "PrescriptiveStatement": {"Paraphrase", "Rule"},
    "OverrideStatement": {"Override"},
    "Rule": {"hasStrength", "if", "then"},
    "hasStrength": {"DefeasibleStrength", "Defeater"},
    **{key: {"Atom", "And", "Or", "Neg", "Exists", "Equal"} for key in ("if", "Neg")},
    "then": {"Atom", "Prohibition", "Obligation", "Permission"},
    **{
        key: {"Atom", "And", "Or", "Neg", "Exists", "Equal"}
        for key in ("Prohibition", "Obligation", "Permission", "And", "Or")
    },
    "Exists": {"Var", "And"},
    "Equal": {"Var"},
    "Atom": {"Rel", "Var", "Ind", "Data"},
}


def test_legalruleml_has_its_structure(rulebook: Rulebook) -> None:
    data, _ = export_rules(rulebook, ExportForm.LEGALRULEML, DAY)
    root = ET.fromstring(data)  # our own output
    assert root.tag == f"{{{LRML}}}LegalRuleML"
    for parent in root.iter():
        for child in parent:
            assert _local(child) in INSIDE.get(_local(parent), set()), f"{_local(child)} in {_local(parent)}"
            assert child.tag.startswith((f"{{{LRML}}}", f"{{{RULEML}}}"))
    keys = Counter(key for element in root.iter() if (key := element.get("key")))
    assert not [key for key, n in keys.items() if n > 1]
    for element in root.iter():
        for name in ("keyref", "over", "under"):
            if (reference := element.get(name)) is not None:
                assert reference.removeprefix("#") in keys, reference


def test_legalruleml_says_what_the_norms_say(rulebook: Rulebook) -> None:
    root = ET.fromstring(export_rules(rulebook, ExportForm.LEGALRULEML, DAY)[0])  # our own output
    found = {e.get("key"): e for e in root.iter(f"{{{LRML}}}PrescriptiveStatement")}
    edges = {(e.get("over"), e.get("under")) for e in root.iter(f"{{{LRML}}}Override")}
    for norm in (n for n in rulebook.norms if not n.red_line):
        statement = found[_key(norm.id)]
        deontic = statement.find(f"{{{RULEML}}}Rule/{{{RULEML}}}then/*")
        assert deontic is not None
        assert _local(deontic).lower() == norm.modality
        overrides = {over for over, under in edges if under == f"#{_key(norm.id)}"}
        given = {f"#exception.{_name(norm.id)}-{_name(clause.id)}" for clause in norm.exceptions}
        assert overrides == given | {f"#{_key(n.id)}" for n in rulebook.norms if norm.id in n.overrides} | {
            f"#{_key(other)}" for other in norm.yields_to
        }


def _name(id: str) -> str:
    return id.replace("/", "..")


def _key(id: str) -> str:
    return f"norm.{_name(id)}"


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


# --- SHACL


def test_shapes_say_what_the_engine_says(rulebook: Rulebook) -> None:
    """Whatever is settled in a test of a pack stays so when all else is taken as false, which is how SHACL reads it."""
    vocabulary = rulebook.vocabulary
    packs = {p.instrument.id: p for p in api.read_packs(vocabulary, api.pack_files(), tests=True)}
    tried: Counter[State] = Counter()
    for instrument in (
        "gb-hfe-act-1990",
        "de-eschg-1990",
        "eu-mdr",
        "eu-ctr-536-2014",
        "us-gina",
        "cn-hgr-2019",
        "ch-stfg-2003",
    ):
        of_day: dict[date, Graph] = {}
        for norm in packs[instrument].norms:
            if norm.modality is Modality.PERMISSION:
                continue
            for number, test in enumerate(packs[instrument].tests[norm.id]):
                if test.expect not in (State.VIOLATED, State.SATISFIED, State.NOT_APPLICABLE, State.EXCEPTED):
                    continue
                day = test.given.date
                if day not in of_day:
                    data, _ = export_rules(rulebook, ExportForm.SHACL, day, instrument)
                    of_day[day] = Graph().parse(data=data, format="turtle")
                stated = _stated(test.given, URIRef(f"urn:test:{number}"), rulebook)
                graph = _one_shape(of_day[day], norm.id)
                assert (norm.id, test.name, len(graph) > 0) == (norm.id, test.name, _in_force(norm, day))
                conforms, _, _ = pyshacl.validate(stated, shacl_graph=graph, inference="none")
                assert conforms == (test.expect is not State.VIOLATED), f"{norm.id}: {test.name}"
                tried[test.expect] += 1
    assert all(tried[state] >= 20 for state in (State.VIOLATED, State.SATISFIED, State.NOT_APPLICABLE)), tried


def _in_force(norm: Norm, day: date) -> bool:
    return any(interval.holds(day) for interval in norm.in_force)


def _stated(scenario: Scenario, node: URIRef, rulebook: Rulebook) -> Graph:
    """What a scenario states as true, every class with those above it."""
    graph, taxonomy = Graph(), rulebook.vocabulary.taxonomy
    graph.add((node, RDF.type, AUG.Scenario))
    for fact in scenario.facts:
        if fact.holds:
            thing = BNode()
            graph.add((node, AUG[fact.facet], thing))
            for part in _positive(fact.filler):
                for name in (part, *taxonomy.above(part)):
                    graph.add((thing, RDF.type, AUG[name]))
    for quantity in scenario.quantities:
        graph.add((node, AUG[quantity.measure], Literal(quantity.value, datatype=XSD.decimal)))
    return graph


def _positive(filler: Any) -> list[str]:
    negated = {part.part for part in walk(filler) if type(part).__name__ == "Not"}
    return [part.name for part in walk(filler) if isinstance(part, Named) and part not in negated]


def _one_shape(shapes: Graph, norm: str) -> Graph:
    chosen = Graph()
    todo = [shape_iri(norm)]
    while todo:
        subject = todo.pop()
        for triple in shapes.triples((subject, None, None)):
            if triple not in chosen:
                chosen.add(triple)
                todo.append(triple[2])
    return chosen
