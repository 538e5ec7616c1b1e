"""Read hazards, estimates, mitigations and indicators from the graph.

ontology graph -> EVIDENCE -> model.evidence
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TypeVar

from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS, SKOS
from rdflib.term import Node

from augkg.errors import AugkgError, Collector, Location
from augkg.knowledge.namespace import AUG, is_ours, name_of
from augkg.model.base import Words
from augkg.model.evidence import Estimate, EvidenceBase, HarmDomain, Hazard, Indicator, Mitigation, Reference, Source
from augkg.model.vocabulary import Term
from augkg.terms import EstimateKind, Evidence, Severity, Sex

T = TypeVar("T")

_SCOPE = {
    "technology": AUG.ofTechnology,
    "target": AUG.ofTarget,
    "act": AUG.ofAct,
    "subject": AUG.ofSubject,
    "data": AUG.ofData,
}


def read_evidence(graph: Graph, terms: dict[str, Term], place: str, found: Collector) -> EvidenceBase:
    """Read what scores are computed from.

    Args:
        graph: The ontology.
        terms: Its classes, which estimates and mitigations are of.
        place: How messages call it.
        found: Where shortcomings are collected.
    """
    reader = _Reader(graph, terms, place, found)
    return EvidenceBase(
        domains={d.name: d for d in reader.each(AUG.HarmDomain, reader.domain)},
        hazards={h.name: h for h in reader.each(AUG.Hazard, reader.hazard)},
        estimates={e.id: e for e in reader.each(AUG.Estimate, reader.estimate)},
        mitigations={m.id: m for m in reader.each(AUG.Mitigation, reader.mitigation)},
        indicators={i.name: i for i in reader.each(AUG.Indicator, reader.indicator)},
    )


class _Reader:
    """Reads one graph; a thing that lacks something or names what is not there is an issue and is left out."""

    def __init__(self, graph: Graph, terms: dict[str, Term], place: str, found: Collector) -> None:
        self._graph, self._terms, self._place, self._found = graph, terms, Location(place), found

    def each(self, kind: URIRef, read: Callable[[Node], T]) -> Iterator[T]:
        """All things of a kind, in the order of their names."""
        for node in sorted({n for n in self._graph.subjects(RDF.type, kind) if is_ours(n)}, key=str):
            try:
                yield read(node)
            except (LookupError, ValueError, ArithmeticError) as error:
                self._found.add(
                    AugkgError("`{name}` is not complete: {why}", at=self._place, name=name_of(node), why=error)
                )

    # --- values

    def _value(self, node: Node, predicate: URIRef) -> str:
        value = self._graph.value(node, predicate)
        if value is None:
            raise KeyError(name_of(predicate))
        return str(value)

    def _maybe(self, node: Node, predicate: URIRef) -> str | None:
        value = self._graph.value(node, predicate)
        return None if value is None else str(value)

    def _number(self, node: Node, predicate: URIRef) -> Decimal | None:
        text = self._maybe(node, predicate)
        return None if text is None else Decimal(text)

    def _float(self, node: Node, predicate: URIRef) -> float | None:
        text = self._maybe(node, predicate)
        return None if text is None else float(text)

    def _words(self, node: Node, predicate: URIRef) -> Words:
        texts = {getattr(v, "language", None): str(v) for v in self._graph.objects(node, predicate)}
        return Words(en=texts["en"], zh=texts["zh"])

    def _maybe_words(self, node: Node, predicate: URIRef) -> Words | None:
        return self._words(node, predicate) if self._graph.value(node, predicate) is not None else None

    def _classes(self, node: Node, predicate: URIRef, facet: str) -> tuple[str, ...]:
        names = tuple(sorted(name_of(value) for value in self._graph.objects(node, predicate)))
        for name in names:
            if name not in self._terms or self._terms[name].facet != facet:
                raise ValueError(name)
        return names

    def _hazard_name(self, node: Node) -> str:
        if (node, RDF.type, AUG.Hazard) not in self._graph:
            raise ValueError(name_of(node))
        return name_of(node)

    def _source(self, node: Node) -> Source:
        return Source(
            citation=self._value(node, DCTERMS.bibliographicCitation),
            evidence=Evidence(self._value(node, AUG.evidence)),
            url=self._maybe(node, DCTERMS.source),
        )

    # --- kinds of things

    def domain(self, node: Node) -> HarmDomain:
        """A domain of harm."""
        return HarmDomain(
            name=name_of(node), label=self._words(node, RDFS.label), definition=self._words(node, SKOS.definition)
        )

    def hazard(self, node: Node) -> Hazard:
        """A hazard."""
        within = self._graph.value(node, AUG.within)
        return Hazard(
            name=name_of(node),
            domain=name_of(URIRef(self._value(node, AUG.harmDomain))),
            label=self._words(node, RDFS.label),
            definition=self._words(node, SKOS.definition),
            within=None if within is None else self._hazard_name(within),
        )

    def estimate(self, node: Node) -> Estimate:
        """An estimate; its low, likely and high values must be in order, and a probability must be one."""
        scope = {facet: self._classes(node, predicate, facet) for facet, predicate in _SCOPE.items()}
        kind = EstimateKind(self._value(node, AUG.kind))
        low, likely, high = (self._number(node, p) for p in (AUG.low, AUG.likely, AUG.high))
        numbers = [n for n in (low, likely, high) if n is not None]
        if numbers != sorted(numbers) or (kind is EstimateKind.PROBABILITY and not (numbers and 0 <= min(numbers) <= max(numbers) <= 1)):  # fmt: skip
            raise ValueError(", ".join(map(str, numbers)))
        events, trials, part_of = (self._maybe(node, p) for p in (AUG.events, AUG.trials, AUG.partOfEstimate))
        return Estimate(
            id=name_of(node),
            hazard=self._hazard_name(URIRef(self._value(node, AUG.estimateOf))),
            scope={facet: names for facet, names in scope.items() if names},
            kind=kind,
            per=self._value(node, AUG.per),
            severity=Severity(self._value(node, AUG.severity)),
            likely=likely,
            low=low,
            high=high,
            events=int(events) if events else None,
            trials=int(trials) if trials else None,
            unit=self._maybe_words(node, AUG.unitText),
            population=self._words(node, AUG.population),
            horizon=self._maybe_words(node, AUG.horizon),
            doubt=self._maybe_words(node, AUG.doubt),
            comparator=self._maybe_words(node, AUG.comparator),
            part_of=name_of(URIRef(part_of)) if part_of else None,
            source=self._source(node),
        )

    def mitigation(self, node: Node) -> Mitigation:
        """A mitigation; its shares must be in order, from 0 to 1."""
        low, likely, high = (Decimal(self._value(node, p)) for p in (AUG.low, AUG.likely, AUG.high))
        lowers = self._value(node, AUG.lowers)
        if not 0 <= low <= likely <= high <= 1 or lowers not in ("likelihood", "severity"):
            raise ValueError(f"{lowers} {low}, {likely}, {high}")
        (safeguard,) = self._classes(node, AUG.safeguardOf, "safeguard")
        return Mitigation(
            id=name_of(node),
            safeguard=safeguard,
            hazards=tuple(sorted(self._hazard_name(h) for h in self._graph.objects(node, AUG.mitigates))),
            technologies=self._classes(node, AUG.ofTechnology, "technology"),
            lowers=lowers,
            low=low,
            likely=likely,
            high=high,
            comparison=self._words(node, AUG.comparison),
            source=self._source(node),
        )

    def indicator(self, node: Node) -> Indicator:
        """An indicator."""
        return Indicator(
            name=name_of(node),
            label=self._words(node, RDFS.label),
            definition=self._words(node, SKOS.definition),
            panel=self._value(node, AUG.panel),
            unit=self._value(node, AUG.unit),
            worse=self._value(node, AUG.worse),
            references=tuple(sorted(map(self._reference, self._graph.objects(node, AUG.reference)),
                                    key=lambda r: (r.sex or "", r.from_age))),
            critical_low=self._float(node, AUG.criticalLow),
            critical_high=self._float(node, AUG.criticalHigh),
            molar_mass=self._float(node, AUG.molarMass),
            loinc=self._maybe(node, AUG.loinc),
            alt=tuple(sorted(str(v) for v in self._graph.objects(node, SKOS.altLabel))),
            source=self._source(node),
        )  # fmt: skip

    def _reference(self, node: Node) -> Reference:
        sex = self._maybe(node, AUG.ofSex)
        return Reference(
            sex=Sex(sex) if sex else None,
            from_age=self._float(node, AUG.fromAge) or 0.0,
            to_age=self._float(node, AUG.toAge),
            low=self._float(node, AUG.low),
            high=self._float(node, AUG.high),
        )
