"""The boolean part of the rulebook as SHACL: a scenario with every fact stated conforms unless it breaches the norm.

rulebook -> RULES_SHACL -> shapes for any SHACL processor

SHACL has no third value: what is not in the data counts as false there. The shapes are for scenarios that state all, and
for these they say what the engine says; priorities between norms stay outside.
"""

from datetime import date

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS, SH, XSD
from rdflib.term import Node

from augkg.knowledge.namespace import AUG, new_graph
from augkg.knowledge.rules_owl import parameter_at
from augkg.model.base import Interval
from augkg.model.condition import And, AtLeast, Bound, Compare, Condition, Named, Not, Or, Some
from augkg.model.law import ExceptionClause, Instrument, Norm
from augkg.model.rulebook import Rulebook
from augkg.terms import Modality

_BOUNDS = {"<": SH.maxExclusive, "<=": SH.maxInclusive, ">": SH.minExclusive, ">=": SH.minInclusive, "=": SH.hasValue}


def rules_shapes(rulebook: Rulebook, day: date) -> tuple[Graph, list[str]]:
    """A node shape for every prohibition and obligation in force on a day.

    Args:
        rulebook: The rulebook.
        day: The day whose norms, exceptions and parameters are written.

    Returns:
        The shapes, and the norms that have none, because one of their parameters has no value on that day.
    """
    graph = new_graph()
    graph.bind("sh", SH)
    left_out = []
    for norm in rulebook.norms:
        if norm.modality is Modality.PERMISSION or norm.red_line or not _in_force(norm.in_force, day):
            continue
        writer = _ShapeWriter(graph, rulebook, rulebook.instruments[norm.instrument], day)
        try:
            kept = writer.kept(norm)
        except _NoValueError:
            left_out.append(norm.id)
            continue
        shape = shape_iri(norm.id)
        graph.add((shape, RDF.type, SH.NodeShape))
        graph.add((shape, SH.targetClass, AUG.Scenario))
        graph.add((shape, SH.node, kept))
        for words, language in ((norm.gist.en, "en"), (norm.gist.zh, "zh")):
            graph.add((shape, SH.message, Literal(f"{norm.id}: {words}", lang=language)))
        graph.add((shape, RDFS.isDefinedBy, URIRef(rulebook.instruments[norm.instrument].url)))
    return graph, left_out


def shape_iri(norm: str) -> URIRef:
    """The shape of a norm.

    Examples:
        >>> str(shape_iri("gb-hfe-act-1990/s3-2"))
        'https://w3id.org/augkg#gb-hfe-act-1990/s3-2/shape'
    """
    return URIRef(AUG[f"{norm}/shape"])


class _NoValueError(Exception):
    """A parameter has no value on the day."""


class _ShapeWriter:
    """Writes the shapes of one instrument."""

    def __init__(self, graph: Graph, rulebook: Rulebook, owner: Instrument, day: date) -> None:
        self._graph, self._rulebook, self._owner, self._day = graph, rulebook, owner, day

    def kept(self, norm: Norm) -> Node:
        """The shape of the scenarios that do not breach a norm."""
        ways: list[Condition] = [Not(part=norm.when), *self._held(norm.exceptions)]
        if norm.requires is not None:
            ways.append(norm.requires)
        if norm.provided is not None:
            ways.append(Not(part=norm.provided))
        return self._shape(Or(parts=tuple(ways)))

    def _held(self, clauses: tuple[ExceptionClause, ...]) -> list[Condition]:
        """The exceptions in force; each holds if its condition does and none of its own exceptions."""
        return [
            And(parts=(clause.unless, *(Not(part=inner) for inner in self._held(clause.exceptions))))
            for clause in clauses
            if not clause.in_force or _in_force(clause.in_force, self._day)
        ]

    def _shape(self, condition: Condition) -> Node:
        match condition:
            case Named(name=name):
                meaning = self._rulebook.definitions.get(name)
                return self._node((SH["class"], AUG[name])) if meaning is None else self._shape(meaning)
            case Some(facet=facet, filler=filler):
                return self._at_least(facet, 1, filler)
            case AtLeast(facet=facet, n=n, filler=filler):
                return self._at_least(facet, n, filler)
            case Compare(measure=measure, bounds=bounds):
                return self._property(measure, (SH.minCount, Literal(1)), *map(self._bound, bounds))
            case Not(part=part):
                return self._node((SH["not"], self._shape(part)))
            case And(parts=parts):
                return self._node((SH["and"], self._list(parts)))
            case Or(parts=parts):
                return self._node((SH["or"], self._list(parts)))

    def _at_least(self, facet: str, n: int, filler: Condition) -> Node:
        count = (SH.qualifiedMinCount, Literal(n))
        return self._property(facet, (SH.qualifiedValueShape, self._shape(filler)), count)

    def _bound(self, bound: Bound) -> tuple[URIRef, Node]:
        limit = parameter_at(bound, self._owner, self._day)
        if limit is None:
            raise _NoValueError
        return (_BOUNDS[bound.op], Literal(limit, datatype=XSD.decimal))

    def _property(self, path: str, *facts: tuple[URIRef, Node]) -> Node:
        shape = BNode()
        for predicate, value in ((SH.path, AUG[path]), *facts):
            self._graph.add((shape, predicate, value))
        return self._node((SH.property, shape))

    def _node(self, *facts: tuple[URIRef, Node]) -> Node:
        node = BNode()
        self._graph.add((node, RDF.type, SH.NodeShape))
        for predicate, value in facts:
            self._graph.add((node, predicate, value))
        return node

    def _list(self, parts: tuple[Condition, ...]) -> Node:
        head = BNode()
        Collection(self._graph, head, [self._shape(part) for part in parts])
        return head


def _in_force(intervals: tuple[Interval, ...], day: date) -> bool:
    return any(interval.holds(day) for interval in intervals)
