"""OWL class expressions and conditions: the same tree, read and written.

    Turtle axiom -> OWL.read_expression -> model.condition -> OWL.write_expression -> any reasoner

A condition on scenarios is a class of scenarios; `not` is `owl:complementOf`, so that falsehood must be known.
"""

from collections.abc import Callable
from decimal import Decimal

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, XSD
from rdflib.term import Node

from augkg.errors import AugkgError
from augkg.knowledge.namespace import AUG, is_ours, name_of
from augkg.model.condition import And, AtLeast, Bound, Compare, Condition, Named, Not, Or, Some

_FACETS: dict[Node, str] = {
    XSD.minInclusive: ">=",
    XSD.minExclusive: ">",
    XSD.maxInclusive: "<=",
    XSD.maxExclusive: "<",
}
_OPS = {op: facet for facet, op in _FACETS.items()}


def read_expression(graph: Graph, node: Node) -> Condition:
    """Read a class expression.

    Args:
        graph: Where it stands.
        node: Its node: a class, or the blank node of an expression.

    Raises:
        AugkgError: It uses a construct that conditions do not have, or names something of nobody's.
    """
    if isinstance(node, URIRef):
        if not is_ours(node):
            raise AugkgError("`{iri}` is not a class of the ontology", iri=node)
        return Named(name=name_of(node))
    for predicate, kind in ((OWL.intersectionOf, And), (OWL.unionOf, Or)):
        members = graph.value(node, predicate)
        if members is not None:
            parts = [read_expression(graph, m) for m in Collection(graph, members) if m != AUG.Scenario]
            return parts[0] if len(parts) == 1 else kind(parts=tuple(parts))
    negated = graph.value(node, OWL.complementOf)
    if negated is not None:
        return Not(part=read_expression(graph, negated))
    return _read_restriction(graph, node)


def _read_restriction(graph: Graph, node: Node) -> Condition:
    on = graph.value(node, OWL.onProperty)
    if on is None or not is_ours(on):
        raise AugkgError("a class expression here is none that conditions have", hint="see the condition language")
    prop = name_of(on)
    filler = graph.value(node, OWL.someValuesFrom)
    if filler is not None:
        restrictions = graph.value(filler, OWL.withRestrictions)
        if restrictions is not None:
            return Compare(measure=prop, bounds=tuple(_read_bounds(graph, restrictions)))
        return Some(facet=prop, filler=read_expression(graph, filler))
    count, of = graph.value(node, OWL.minQualifiedCardinality), graph.value(node, OWL.onClass)
    if count is not None and of is not None:
        return AtLeast(facet=prop, n=int(str(count)), filler=read_expression(graph, of))
    value = graph.value(node, OWL.hasValue)
    if isinstance(value, Literal):
        return Compare(measure=prop, bounds=(Bound(op="=", limit=Decimal(str(value))),))
    raise AugkgError("the restriction on `{name}` is none that conditions have", name=prop, hint="use `some` or `min`")


def _read_bounds(graph: Graph, restrictions: Node) -> list[Bound]:
    bounds = []
    for each in Collection(graph, restrictions):
        for facet, value in graph.predicate_objects(each):
            if facet not in _FACETS:
                raise AugkgError("the datatype facet `{name}` is none that conditions have", name=facet)
            bounds.append(Bound(op=_FACETS[facet], limit=Decimal(str(value))))
    return bounds


class ExpressionWriter:
    """Writes conditions into a graph.

    Args:
        graph: Where to write.
        datatype: The type of a measure: `integer` or `decimal`.
        expand: The condition of a definition that is local to a pack; None for a class of the ontology.
        limit: The number of a bound, its parameter resolved; None if there is none for this place and date.
    """

    def __init__(
        self,
        graph: Graph,
        datatype: Callable[[str], str],
        expand: Callable[[str], Condition | None],
        limit: Callable[[Bound], Decimal | None] = lambda bound: bound.limit,
    ) -> None:
        self._graph, self._datatype, self._expand, self._limit = graph, datatype, expand, limit

    def write(self, condition: Condition) -> Node:
        """Write the class of scenarios (or, for a filler, of things) that a condition describes; its node."""
        match condition:
            case Named(name=name):
                inside = self._expand(name)
                return AUG[name] if inside is None else self.write(inside)
            case Some(facet=facet, filler=filler):
                return self._restriction(facet, (OWL.someValuesFrom, self.write(filler)))
            case AtLeast(facet=facet, n=n, filler=filler):
                count = Literal(n, datatype=XSD.nonNegativeInteger)
                return self._restriction(facet, (OWL.minQualifiedCardinality, count), (OWL.onClass, self.write(filler)))
            case Compare(measure=measure, bounds=bounds):
                return self._restriction(measure, (OWL.someValuesFrom, self._range(measure, bounds)))
            case Not(part=part):
                return self._class((OWL.complementOf, self.write(part)))
            case And(parts=parts):
                return self._class((OWL.intersectionOf, self._list(parts)))
            case Or(parts=parts):
                return self._class((OWL.unionOf, self._list(parts)))

    def only(self, facet: str, fillers: tuple[Condition, ...]) -> Node:
        """Write that everything in a facet is one of the fillers: the closure of a complete list."""
        union = fillers[0] if len(fillers) == 1 else Or(parts=fillers)
        inside = self.write(union) if fillers else OWL.Nothing
        return self._restriction(facet, (OWL.allValuesFrom, inside))

    def _class(self, *facts: tuple[URIRef, Node]) -> BNode:
        return self._node(OWL.Class, facts)

    def _restriction(self, prop: str, *facts: tuple[URIRef, Node]) -> BNode:
        return self._node(OWL.Restriction, ((OWL.onProperty, AUG[prop]), *facts))

    def _node(self, kind: URIRef, facts: tuple[tuple[URIRef, Node], ...]) -> BNode:
        node = BNode()
        self._graph.add((node, RDF.type, kind))
        for predicate, value in facts:
            self._graph.add((node, predicate, value))
        return node

    def _list(self, parts: tuple[Condition, ...]) -> Node:
        head = BNode()
        Collection(self._graph, head, [self.write(part) for part in parts])
        return head

    def _range(self, measure: str, bounds: tuple[Bound, ...]) -> BNode:
        datatype = URIRef(f"{XSD}{self._datatype(measure)}")
        facets: list[Node] = []
        for bound in bounds:
            limit = self._limit(bound)
            if limit is None:
                raise AugkgError("`${name}` has no value for this place and date", name=bound.parameter)
            for op in (">=", "<=") if bound.op == "=" else (bound.op,):
                node = BNode()
                self._graph.add((node, _OPS[op], Literal(f"{limit:f}", datatype=datatype)))
                facets.append(node)
        head = BNode()
        Collection(self._graph, head, facets)
        return self._node(RDFS.Datatype, ((OWL.onDatatype, datatype), (OWL.withRestrictions, head)))
