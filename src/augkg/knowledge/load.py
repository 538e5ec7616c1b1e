"""Read the ontology from Turtle into a vocabulary.

ontology/*.ttl -> LOAD -> model.vocabulary (and, for queries and exports, the graph itself)
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from rdflib import Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS, XSD
from rdflib.term import Node

from augkg.errors import AugkgError, Collector, Location
from augkg.knowledge.evidence import read_evidence
from augkg.knowledge.namespace import AUG, ONTOLOGY, is_ours, name_of, new_graph
from augkg.knowledge.owl import read_expression
from augkg.model.base import Interval, Words
from augkg.model.vocabulary import (
    Concept,
    Definition,
    Facet,
    Jurisdiction,
    Measure,
    Membership,
    Principle,
    Term,
    Vocabulary,
)
from augkg.terms import Mutability


def load_graph(folder: Path) -> Graph:
    """Read every Turtle file of a folder (not of the folders in it) into one graph.

    Raises:
        AugkgError: A file is not Turtle; every such file is listed.
    """
    graph = new_graph()
    found = Collector()
    for path in sorted(folder.glob("*.ttl")):
        with found.gather():
            read_turtle(graph, path)
    found.close()
    return graph


def read_turtle(graph: Graph, path: Path) -> None:
    """Add what one Turtle file says to a graph."""
    try:
        graph.parse(path, format="turtle")
    except Exception as error:  # rdflib raises its own BadSyntax, and others for broken IRIs and numbers
        line = getattr(error, "lines", -1) + 1
        reason = getattr(error, "_why", None) or str(error).splitlines()[0]
        raise AugkgError("this is not Turtle: {why}", at=Location(str(path), line, 1), why=reason) from None


def load_ontology(folder: Path) -> Vocabulary:
    """Read the ontology in a folder into a vocabulary.

    Raises:
        AugkgError: Everything that keeps it from being one, such as a term without a Chinese label.
    """
    return _Loader(load_graph(folder), str(folder)).vocabulary()


class _Loader:
    """Reads one graph; every shortcoming is collected."""

    def __init__(self, graph: Graph, place: str) -> None:
        self._graph, self._place, self._found = graph, Location(place), Collector()

    def vocabulary(self) -> Vocabulary:
        facets = {f.name: f for f in map(self._facet, self._ours(self._graph.subjects(RDFS.subPropertyOf, AUG.facet)))}
        terms: dict[str, Term] = {}
        for facet in facets.values():
            for node in self._below(AUG[facet.root]):
                name = name_of(node)
                if name in terms:
                    self._issue(
                        "`{name}` stands in two facets: `{a}` and `{b}`", name=name, a=terms[name].facet, b=facet.name
                    )
                terms[name] = self._term(node, facet)
        vocabulary = Vocabulary(
            version=str(self._graph.value(ONTOLOGY, OWL.versionInfo) or "0"),
            terms=dict(sorted(terms.items())),
            facets=facets,
            measures={
                m.name: m for m in map(self._measure, self._ours(self._graph.subjects(RDFS.subPropertyOf, AUG.measure)))
            },
            definitions={d.name: d for d in self._definitions()},
            jurisdictions={j.code: j for j in map(self._jurisdiction, self._ours(self._graph.subjects(AUG.code)))},
            concepts={c.name: c for c in map(self._concept, self._ours(self._graph.subjects(RDF.type, SKOS.Concept)))},
            principles={
                p.name: p for p in map(self._principle, self._ours(self._graph.subjects(RDF.type, AUG.Principle)))
            },
            disjoint=frozenset(self._disjoint(terms)),
            evidence=read_evidence(self._graph, terms, self._place.file, self._found),
        )
        self._found.close()
        return vocabulary

    def _issue(self, message: str, **parts: str) -> None:
        self._found.add(AugkgError(message, at=self._place, **parts))

    @staticmethod
    def _ours(nodes: Iterable[Node]) -> list[Node]:
        return sorted({node for node in nodes if is_ours(node)}, key=str)

    def _below(self, root: Node) -> list[Node]:
        found, queue = {root}, [root]
        for node in queue:
            for below in self._ours(self._graph.subjects(RDFS.subClassOf, node)):
                if below not in found:
                    found.add(below)
                    queue.append(below)
        return sorted(found, key=str)

    # --- annotations

    def _words(self, node: Node, predicate: URIRef) -> Words:
        texts = dict.fromkeys(("en", "zh"), "")
        for value in self._graph.objects(node, predicate):
            texts[getattr(value, "language", None) or ""] = str(value)
        for lang in ("en", "zh"):
            if not texts[lang]:
                self._issue(
                    "`{name}` has no {what} in `{lang}`", name=name_of(node), what=name_of(predicate), lang=lang
                )
        return Words(en=texts["en"], zh=texts["zh"])

    def _texts(self, node: Node, predicate: URIRef) -> tuple[str, ...]:
        return tuple(sorted(str(value) for value in self._graph.objects(node, predicate)))

    def _names(self, node: Node, predicate: URIRef) -> tuple[str, ...]:
        return tuple(sorted(name_of(value) for value in self._graph.objects(node, predicate)))

    def _text(self, node: Node, predicate: URIRef) -> str | None:
        value = self._graph.value(node, predicate)
        return None if value is None else str(value)

    # --- the kinds of things

    def _facet(self, node: Node) -> Facet:
        root = self._graph.value(node, RDFS.range)
        if root is None:
            self._issue("the facet `{name}` has no range", name=name_of(node))
        return Facet(
            name=name_of(node),
            root=name_of(root) if root is not None else "",
            closed=self._text(node, AUG.closed) == "true",
            label=self._words(node, RDFS.label),
            definition=self._words(node, SKOS.definition),
            phrase=self._words(node, AUG.phrase),
            negated_phrase=self._words(node, AUG.negatedPhrase),
            question=self._words(node, AUG.question),
        )

    def _term(self, node: Node, facet: Facet) -> Term:
        mark = self._text(node, AUG.mutability)
        parents = [p for p in self._graph.objects(node, RDFS.subClassOf) if is_ours(p)]
        return Term(
            name=name_of(node),
            facet=facet.name,
            label=self._words(node, RDFS.label),
            definition=self._words(node, SKOS.definition),
            parents=tuple(sorted(map(name_of, parents))),
            alt=self._texts(node, SKOS.altLabel),
            mutability=Mutability(mark) if mark else None,
            siblings=self._text(node, AUG.siblings),
            obtained_from=self._names(node, AUG.obtainedFrom),
            source=self._texts(node, DCTERMS.source),
            deprecated=self._text(node, OWL.deprecated) == "true",
        )

    def _measure(self, node: Node) -> Measure:
        return Measure(
            name=name_of(node),
            unit=self._text(node, AUG.unit) or "1",
            integer=self._graph.value(node, RDFS.range) == XSD.integer,
            label=self._words(node, RDFS.label),
            definition=self._words(node, SKOS.definition),
            phrase=self._words(node, AUG.phrase),
            negated_phrase=self._words(node, AUG.negatedPhrase),
            question=self._words(node, AUG.question),
        )

    def _definitions(self) -> Iterable[Definition]:
        red = set(self._below(AUG.RedLineBreach)) - {AUG.RedLineBreach}
        for node in self._ours(self._graph.subjects(OWL.equivalentClass)):
            expression = next(self._graph.objects(node, OWL.equivalentClass))
            try:
                condition = read_expression(self._graph, expression)
            except AugkgError as error:
                why = error.message.format(**error.parts)
                self._issue("the definition of `{name}`: {why}", name=name_of(node), why=why)
                continue
            title = self._words(node, AUG.instrumentTitle) if node in red else None
            yield Definition(
                name=name_of(node),
                label=self._words(node, RDFS.label),
                definition=self._words(node, SKOS.definition),
                condition=condition,
                red_line=node in red,
                clause=self._text(node, AUG.clause) or "",
                instrument_title=title,
                source=self._texts(node, DCTERMS.source),
                offends=self._names(node, AUG.offends),
            )

    def _jurisdiction(self, node: Node) -> Jurisdiction:
        part_of = self._graph.value(node, AUG.partOf)
        return Jurisdiction(
            code=str(self._text(node, AUG.code)),
            label=self._words(node, RDFS.label),
            part_of=self._text(part_of, AUG.code) if part_of is not None else None,
            memberships=tuple(sorted((self._membership(m) for m in self._graph.objects(node, AUG.membership)),
                                     key=lambda m: (m.organisation, str(m.interval.since)))),
        )  # fmt: skip

    def _membership(self, node: Node) -> Membership:
        organisation = next(self._graph.objects(node, AUG.organisation))
        since, until = self._text(node, AUG.since), self._text(node, AUG.until)
        interval = Interval(
            since=date.fromisoformat(since) if since else None, until=date.fromisoformat(until) if until else None
        )
        return Membership(organisation=str(self._text(organisation, AUG.code)), interval=interval)

    def _concept(self, node: Node) -> Concept:
        notation = {str(c): self._text(c, SKOS.notation) or name_of(c) for c in self._graph.objects(node, AUG.leadsTo)}
        return Concept(
            name=self._text(node, SKOS.notation) or name_of(node),
            label=self._words(node, RDFS.label),
            definition=self._words(node, SKOS.definition),
            covers=self._names(node, AUG.covers),
            leads_to=tuple(sorted(notation.values())),
        )

    def _principle(self, node: Node) -> Principle:
        return Principle(
            name=name_of(node), label=self._words(node, RDFS.label), definition=self._words(node, SKOS.definition)
        )

    def _disjoint(self, terms: dict[str, Term]) -> Iterable[tuple[str, str]]:
        groups: list[tuple[str, ...]] = [
            (name_of(a), name_of(b)) for a, b in self._graph.subject_objects(OWL.disjointWith)
        ]
        listed = self._graph.subjects(RDF.type, OWL.AllDisjointClasses)
        groups += [self._members(node, OWL.members) for node in listed]
        groups += [self._members(node, OWL.disjointUnionOf) for node in self._graph.subjects(OWL.disjointUnionOf)]
        for group in groups:
            names = sorted(set(group) & set(terms))
            yield from ((a, b) for i, a in enumerate(names) for b in names[i + 1 :])

    def _members(self, node: Node, predicate: URIRef) -> tuple[str, ...]:
        head = next(self._graph.objects(node, predicate))
        return tuple(name_of(member) for member in Collection(self._graph, head))
