"""The namespaces of the graph, and the way between IRIs and names."""

from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS, XSD
from rdflib.term import Node

AUG = Namespace("https://w3id.org/augkg#")
ONTOLOGY = URIRef("https://w3id.org/augkg")

PREFIXES = {"aug": AUG, "dcterms": DCTERMS, "owl": OWL, "rdf": RDF, "rdfs": RDFS, "skos": SKOS, "xsd": XSD}


def new_graph() -> Graph:
    """An empty graph with the project's prefixes alone."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph


def name_of(node: Node) -> str:
    """The name of a resource of ours; an IRI of somebody else's stays whole.

    Examples:
        >>> name_of(AUG.HumanEmbryo)
        'HumanEmbryo'
    """
    return str(node).removeprefix(str(AUG))


def is_ours(node: Node) -> bool:
    """Whether a node is an IRI in our namespace."""
    return isinstance(node, URIRef) and str(node).startswith(str(AUG))
