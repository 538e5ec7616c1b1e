"""Rule packs as RDF and back, nothing lost: the tree of the file, its keys as properties.

documents.Node -> RULES_RDF -> Turtle -> RULES_RDF -> a tree of plain values, the same

A table is a resource (of its `id`, if it has one), a list an rdf:List, a text in both languages two literals. The order
of keys is not kept, that of lists is.
"""

from decimal import Decimal
from typing import Any
from urllib.parse import quote, unquote

from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, XSD
from rdflib.term import Node as Term

from augkg.documents import Mapping, Node, Scalar
from augkg.errors import AugkgError
from augkg.knowledge.namespace import AUG, new_graph

PACK = Namespace("https://w3id.org/augkg/pack#")
_MAX_DEPTH = 60
_LANGUAGES = {"en", "zh"}


def pack_graph(document: Node) -> Graph:
    """The graph of a rule pack, one resource of type `pack:Pack` at its top."""
    graph = new_graph()
    graph.bind("pack", PACK)
    top = _Writer(graph).node(document)
    graph.add((top, RDF.type, PACK.Pack))
    return graph


def pack_tree(graph: Graph) -> dict[str, Any]:
    """The tree of the rule pack in a graph, as plain values.

    Raises:
        AugkgError: There is not exactly one pack, or it is not a tree.
    """
    tops = list(graph.subjects(RDF.type, PACK.Pack))
    if len(tops) != 1:
        raise AugkgError(
            "the graph holds {n} rule packs",
            n=len(tops),
            hint="a file holds one resource of type {type}",
            type=PACK.Pack,
        )
    return _Reader(graph).table(tops[0], ())


class _Writer:
    def __init__(self, graph: Graph) -> None:
        self._graph, self._used = graph, set[URIRef]()

    def node(self, node: Node) -> Term:
        if isinstance(node, Scalar):
            return _literal(node)
        if not isinstance(node, Mapping):
            head = BNode() if node.items else RDF.nil
            Collection(self._graph, head, [self.node(item) for item in node.items])
            return head
        subject = self._subject(node)
        self._graph.add((subject, RDF.type, PACK.Table))
        for key, value in node.entries.items():
            predicate = PACK[quote(key, safe="")]
            if isinstance(value, Mapping) and _both_languages(value):
                for language, text in value.entries.items():
                    assert isinstance(text, Scalar)
                    self._graph.add((subject, predicate, Literal(text.value, lang=language)))
            else:
                self._graph.add((subject, predicate, self.node(value)))
        return subject

    def _subject(self, node: Mapping) -> URIRef | BNode:
        id = node.entries.get("id")
        if isinstance(id, Scalar) and isinstance(id.value, str):
            iri = AUG[quote(id.value, safe="/")]
            if iri not in self._used:
                self._used.add(iri)
                return iri
        return BNode()


def _literal(node: Scalar) -> Term:
    match node.value:
        case None:
            return PACK.null
        case bool() | int():
            return Literal(node.value)
        case float():
            return Literal(node.text, datatype=XSD.decimal)
        case str():
            return Literal(node.value)


def _both_languages(node: Mapping) -> bool:
    return set(node.entries) == _LANGUAGES and all(
        isinstance(text, Scalar) and isinstance(text.value, str) for text in node.entries.values()
    )


class _Reader:
    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def table(self, subject: Term, inside: tuple[Term, ...]) -> dict[str, Any]:
        if subject in inside or len(inside) > _MAX_DEPTH:
            raise AugkgError("`{name}` stands within itself", name=subject)
        inside = (*inside, subject)
        tree: dict[str, Any] = {}
        for predicate in set(self._graph.predicates(subject)):
            if str(predicate).startswith(PACK):
                key = unquote(str(predicate).removeprefix(PACK))
                tree[key] = self._values(subject, predicate, inside)
        return tree

    def _values(self, subject: Term, predicate: Term, inside: tuple[Term, ...]) -> Any:
        values = list(self._graph.objects(subject, predicate))
        languages = {v.language: v.value for v in values if isinstance(v, Literal) and v.language}
        if len(languages) == len(values):
            return dict(sorted(languages.items()))
        if len(values) != 1:
            raise AugkgError("`{name}` has {n} values; a list is an rdf:List", name=predicate, n=len(values))
        return self._value(values[0], inside)

    def _value(self, value: Term, inside: tuple[Term, ...]) -> Any:
        if isinstance(value, Literal):
            return float(value) if isinstance(value.value, Decimal) else value.value if value.datatype else str(value)
        if value == PACK.null:
            return None
        if value == RDF.nil or (value, RDF.first, None) in self._graph:
            return [self._value(item, inside) for item in self._items(value)]
        return self.table(value, inside)

    def _items(self, head: Term) -> list[Term]:
        items: list[Term] = []
        seen = set[Term]()
        while head != RDF.nil:
            if head in seen:
                raise AugkgError("a list in the graph has no end")
            seen.add(head)
            items += self._graph.objects(head, RDF.first)
            head = self._graph.value(head, RDF.rest) or RDF.nil
        return items
