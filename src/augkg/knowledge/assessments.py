"""Assessments as RDF: verdict, findings and open questions beside the scenario they are about."""

from collections.abc import Sequence

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF

from augkg.knowledge.namespace import AUG, new_graph
from augkg.knowledge.scenarios import SCENARIOS
from augkg.model.assessment import Assessment


def assessments_graph(assessments: Sequence[Assessment]) -> Graph:
    """A graph of assessments; dates are plain literals, as everywhere in the graph."""
    graph = new_graph()
    for assessment in assessments:
        node = URIRef(f"urn:augkg:assessment:{assessment.receipt.scenario}:{assessment.as_of}")
        graph.add((node, RDF.type, AUG.Assessment))
        graph.add((node, DCTERMS.subject, URIRef(SCENARIOS + assessment.scenario)))
        graph.add((node, AUG.asOf, Literal(assessment.as_of.isoformat())))
        graph.add((node, AUG.verdict, Literal(str(assessment.verdict))))
        graph.add((node, AUG.rulebook, Literal(assessment.receipt.rulebook)))
        for name in assessment.decided_by:
            graph.add((node, AUG.decidedBy, AUG[name]))
        for condition in assessment.conditions:
            graph.add((node, AUG.condition, Literal(condition.fact)))
        for question in assessment.open_questions:
            graph.add((node, AUG.openQuestion, Literal(question.fact)))
        if assessment.scores is not None:
            s = assessment.scores
            for predicate, value in (
                (AUG.riskScore, s.risk.value),
                (AUG.healthScore, s.health.value),
                (AUG.ethicsScore, s.ethics.value),
            ):
                if value is not None:
                    graph.add((node, predicate, Literal(value)))
        for finding in assessment.findings:
            each = BNode(f"{assessment.receipt.scenario}-{finding.norm.replace('/', '-')}")
            graph.add((node, AUG.finding, each))
            graph.add((each, RDF.type, AUG.Finding))
            graph.add((each, AUG.norm, AUG[finding.norm]))
            graph.add((each, AUG.state, Literal(str(finding.state))))
    return graph
