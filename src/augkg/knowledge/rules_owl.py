"""The rulebook as OWL: every scope, exception and requirement a defined class of scenarios.

rulebook -> RULES_OWL -> a graph that any OWL tool opens

A class is equivalent to its condition; where a text says more than its condition can (an untranslatable), it is only
below it. A parameter is written with the number that it has where the instrument is from, on a day.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS
from rdflib.term import Node

from augkg.errors import AugkgError
from augkg.knowledge.namespace import AUG, ONTOLOGY
from augkg.knowledge.owl import ExpressionWriter
from augkg.language.write import datatypes_of
from augkg.model.condition import Bound, Compare, Condition, walk
from augkg.model.law import Instrument, Norm, Untranslatable, all_exceptions
from augkg.model.rulebook import Rulebook

_ROLES = {"when": "scope", "requires": "requirement", "provided": "proviso", "unless": "exception"}


def scope_iri(norm: str, role: str = "when", exception: str = "") -> URIRef:
    """The class that a part of a norm defines.

    Examples:
        >>> str(scope_iri("gb-hfe-act-1990/s3-2"))
        'https://w3id.org/augkg#gb-hfe-act-1990/s3-2/scope'
    """
    return URIRef(AUG["/".join(part for part in (norm, _ROLES[role], exception) if part)])


def add_rules(graph: Graph, rulebook: Rulebook, day: date) -> list[str]:
    """Add the conditions of all norms and definitions of a rulebook to a graph.

    Args:
        graph: Where to; the ontology that the conditions mention is added by the caller.
        rulebook: The rulebook.
        day: The day whose parameters are written.

    Returns:
        The norms of which a part was left out, because one of its parameters has no value on that day.
    """
    left_out: list[str] = []
    for name, condition in rulebook.definitions.items():
        if "/" in name:
            owner = rulebook.instruments[name.partition("/")[0]]
            writer = _writer(graph, rulebook, owner, day)
            if _written(condition, owner, day):
                label = rulebook.labels.get(name)
                _define(graph, AUG[name], writer.write(condition), exact=True)
                if label is not None:
                    _label(graph, AUG[name], label.en, label.zh)
    for norm in rulebook.norms:
        if norm.red_line:
            continue
        owner = rulebook.instruments[norm.instrument]
        writer = _writer(graph, rulebook, owner, day)
        for iri, condition, marks in _parts(norm):
            if not _written(condition, owner, day):
                left_out.append(norm.id)
                continue
            _define(graph, iri, writer.write(condition), exact=not marks)
            for mark in marks:
                graph.add((iri, SKOS.scopeNote, Literal(mark.text_gist, lang="en")))
            graph.add((iri, DCTERMS.isPartOf, AUG[norm.id]))
            _label(graph, iri, f"{norm.id}: {norm.gist.en}", f"{norm.id}：{norm.gist.zh}")
    graph.add((AUG.Instrument, RDF.type, OWL.Class))
    graph.add((AUG.Norm, RDF.type, OWL.Class))
    graph.add((ONTOLOGY, DCTERMS.modified, Literal(day.isoformat())))
    return sorted(set(left_out))


def _parts(norm: Norm) -> Iterator[tuple[URIRef, Condition, tuple[Untranslatable, ...]]]:
    def marks(part: str) -> tuple[Untranslatable, ...]:
        return tuple(mark for mark in norm.untranslatable if mark.affects == part)

    yield scope_iri(norm.id), norm.when, marks("when")
    for role, condition in (("requires", norm.requires), ("provided", norm.provided)):
        if condition is not None:
            yield scope_iri(norm.id, role), condition, marks(role)
    for clause in all_exceptions(norm.exceptions):
        open_parts = tuple(mark for mark in clause.untranslatable if mark.affects == "unless")
        yield scope_iri(norm.id, "unless", clause.id), clause.unless, open_parts


def _writer(graph: Graph, rulebook: Rulebook, owner: Instrument, day: date) -> ExpressionWriter:
    def limit(bound: Bound) -> Decimal | None:
        return parameter_at(bound, owner, day)

    return ExpressionWriter(graph, datatypes_of(rulebook.vocabulary), lambda _: None, limit)


def parameter_at(bound: Bound, owner: Instrument, day: date) -> Decimal | None:
    """The number of a bound where its instrument is from, on a day; None if there is none."""
    if bound.parameter is None:
        return bound.limit
    return owner.parameter(bound.parameter, (owner.jurisdiction,), day)


def _written(condition: Condition, owner: Instrument, day: date) -> bool:
    bounds = (bound for part in walk(condition) if isinstance(part, Compare) for bound in part.bounds)
    return all(parameter_at(bound, owner, day) is not None for bound in bounds)


def _define(graph: Graph, iri: URIRef, expression: Node, *, exact: bool) -> None:
    if (iri, RDF.type, OWL.Class) in graph:
        raise AugkgError("the class `{name}` would be defined twice", name=iri)
    # A condition that negates is true of whatever is no scenario at all: the class says that it is of scenarios.
    both, members = BNode(), BNode()
    Collection(graph, members, [AUG.Scenario, expression])
    graph.add((both, RDF.type, OWL.Class))
    graph.add((both, OWL.intersectionOf, members))
    graph.add((iri, RDF.type, OWL.Class))
    graph.add((iri, OWL.equivalentClass if exact else RDFS.subClassOf, both))


def _label(graph: Graph, iri: URIRef, en: str, zh: str) -> None:
    graph.add((iri, RDFS.label, Literal(en, lang="en")))
    graph.add((iri, RDFS.label, Literal(zh, lang="zh")))
