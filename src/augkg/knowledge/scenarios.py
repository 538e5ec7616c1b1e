"""Scenarios as RDF: an individual whose types are the class expressions that it was stated to be in.

What is stated true is `facet some C`, what is stated false the complement of it, a complete list `facet only (…)`:
a standard reasoner, given this and the ontology, concludes what augkg concludes.

    Turtle, JSON-LD, RDF/XML -> SCENARIOS -> model.scenario -> SCENARIOS -> Turtle, JSON-LD, RDF/XML
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, XSD
from rdflib.term import Node

from augkg.documents import MAX_BYTES, scan_depth
from augkg.errors import AugkgError, Collector, Location
from augkg.knowledge.load import read_turtle
from augkg.knowledge.namespace import AUG, is_ours, name_of, new_graph
from augkg.knowledge.owl import ExpressionWriter, read_expression
from augkg.language.write import datatypes_of, manchester
from augkg.model.base import Words
from augkg.model.condition import Condition, Named, Not, Or, Some, walk
from augkg.model.scenario import Fact, Quantity, Scenario, Scored, scored
from augkg.model.vocabulary import Vocabulary

SCENARIOS = "urn:augkg:scenario:"
_DOCTYPE = re.compile(r"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


def context(vocabulary: Vocabulary) -> dict[str, Any]:
    """The JSON-LD context in which scenarios are written: facets and measures by their own names."""
    table: dict[str, Any] = {
        "@vocab": str(AUG),
        "owl": str(OWL),
        "dcterms": str(DCTERMS),
        "rdfs": str(RDFS),
        "xsd": str(XSD),
        "onProperty": {"@id": "owl:onProperty", "@type": "@vocab"},
        "some": {"@id": "owl:someValuesFrom", "@type": "@vocab"},
        "only": {"@id": "owl:allValuesFrom", "@type": "@vocab"},
        "not": {"@id": "owl:complementOf", "@type": "@vocab"},
        "and": {"@id": "owl:intersectionOf", "@type": "@vocab", "@container": "@list"},
        "or": {"@id": "owl:unionOf", "@type": "@vocab", "@container": "@list"},
        "jurisdiction": {"@id": "aug:jurisdiction", "@type": "@id"},
        "aug": str(AUG),
    }
    for measure in vocabulary.measures.values():
        kind = "xsd:integer" if measure.integer else "xsd:decimal"
        table[measure.name] = {"@id": f"aug:{measure.name}", "@type": kind}
    return table


# --- writing


def scenario_graph(scenario: Scenario, vocabulary: Vocabulary) -> Graph:
    """A scenario as a graph of its own."""
    graph = new_graph()
    add_scenario(graph, scenario, vocabulary)
    return graph


def add_scenario(graph: Graph, scenario: Scenario, vocabulary: Vocabulary) -> URIRef:
    """Add a scenario to a graph; its node."""
    node = URIRef(SCENARIOS + scenario.id)
    graph.add((node, RDF.type, OWL.NamedIndividual))
    graph.add((node, RDF.type, AUG.Scenario))
    graph.add((node, DCTERMS.identifier, Literal(scenario.id)))
    # A date is written as a plain literal, because reasoners do not have xsd:date among their datatypes.
    graph.add((node, DCTERMS.date, Literal(scenario.date.isoformat())))
    for code in scenario.jurisdictions:
        graph.add((node, AUG.jurisdiction, AUG[f"jurisdiction-{code}"]))
    for predicate, words in ((DCTERMS.title, scenario.title), (RDFS.comment, scenario.note)):
        if words is not None:
            for lang in ("en", "zh"):
                graph.add((node, predicate, Literal(words[lang], lang=lang)))
    for source in scenario.sources:
        graph.add((node, DCTERMS.source, Literal(source)))
    for quantity in scenario.quantities:
        kind = XSD.integer if vocabulary.measures[quantity.measure].integer else XSD.decimal
        graph.add((node, AUG[quantity.measure], Literal(f"{quantity.value:f}", datatype=kind)))
    parts = scored(scenario)
    if parts != Scored():
        # What only scores are computed from says nothing in logic; it goes along as JSON.
        graph.add((node, AUG.scored, Literal(msgspec.json.encode(parts).decode(), datatype=RDF.JSON)))
    writer = ExpressionWriter(graph, datatypes_of(vocabulary), lambda _: None)
    for type_ in scenario_types(scenario, writer):
        graph.add((node, RDF.type, type_))
    return node


def scenario_types(scenario: Scenario, writer: ExpressionWriter) -> Iterator[Node]:
    """The class expressions that a scenario was stated to be in."""
    for fact in scenario.facts:
        some = Some(facet=fact.facet, filler=fact.filler)
        yield writer.write(some if fact.holds else Not(part=some))
    for facet in sorted(scenario.complete):
        yield writer.only(facet, tuple(f.filler for f in scenario.facts if f.facet == facet and f.holds))


def write_rdf(scenario: Scenario, vocabulary: Vocabulary, form: str) -> bytes:
    """A scenario as Turtle, JSON-LD, RDF/XML or N-Triples."""
    graph = scenario_graph(scenario, vocabulary)
    if form == "json-ld":
        return graph.serialize(format="json-ld", context=context(vocabulary), indent=2, encoding="utf-8") + b"\n"
    return graph.serialize(format=form, encoding="utf-8")


# --- reading


def read_rdf_scenario(path: Path, form: str, vocabulary: Vocabulary) -> Scenario:
    """Read the one scenario of an RDF file.

    Raises:
        AugkgError: The file is too large or too deep, is not what its ending says, asks for something from
            elsewhere (a DOCTYPE, a remote context), or states what is no scenario.
    """
    graph = _parse(path, form)
    nodes = sorted(set(graph.subjects(RDF.type, AUG.Scenario)), key=str)
    if len(nodes) != 1:
        raise AugkgError("the file holds {n} scenarios; one is read", at=Location(str(path)), n=len(nodes))
    return _Reader(graph, nodes[0], vocabulary, Location(str(path))).scenario()


def _parse(path: Path, form: str) -> Graph:
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise AugkgError("cannot read the file: {why}", at=Location(str(path)), why=error.strerror or error) from None
    except UnicodeDecodeError:
        raise AugkgError("the file is not UTF-8 text", at=Location(str(path)), hint="save it as UTF-8") from None
    if len(data) > MAX_BYTES:
        raise AugkgError(
            "the file has {n} bytes; at most {most} are read", at=Location(str(path)), n=len(data), most=MAX_BYTES
        )
    scan_depth(text, str(path))
    graph = new_graph()
    if form == "turtle":
        read_turtle(graph, path)
        return graph
    if form == "xml":
        _refuse_doctype(text, path)
    if form == "json-ld":
        _refuse_remote_context(text, path)
    try:
        graph.parse(data=text, format=form)
    except Exception as error:  # the parsers of rdflib raise whatever theirs raise
        line = getattr(error, "getLineNumber", lambda: 1)()
        raise AugkgError(
            "this is not {form}: {why}", at=Location(str(path), line, 1), form=form, why=str(error).splitlines()[0]
        ) from None
    return graph


def _refuse_doctype(text: str, path: Path) -> None:
    found = _DOCTYPE.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        raise AugkgError(
            "a DOCTYPE is refused: it can pull in files and blow up memory",
            at=Location(str(path), line, column),
            hint="take it out, and write its entities out",
        )


def _refuse_remote_context(text: str, path: Path) -> None:
    try:
        tree = json.loads(text)
    except ValueError as error:
        line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
        raise AugkgError("this is not JSON: {why}", at=Location(str(path), line, column), why=error) from None
    queue = [tree]
    for each in queue:
        if isinstance(each, dict):
            given = each.get("@context")
            remote = [c for c in (given if isinstance(given, list) else [given]) if isinstance(c, str)]
            if remote or "@import" in each:
                line = text[: text.find("@context")].count("\n") + 1
                raise AugkgError(
                    "the remote context `{iri}` is refused: nothing is fetched",
                    at=Location(str(path), line, 1),
                    hint="put the context itself into the file",
                    iri=remote[0] if remote else "@import",
                )
            queue += each.values()
        elif isinstance(each, list):
            queue += each


class _Reader:
    """Reads one scenario from a graph."""

    def __init__(self, graph: Graph, node: Node, vocabulary: Vocabulary, at: Location) -> None:
        self._graph, self._node, self._vocabulary, self._at = graph, node, vocabulary, at
        self._found = Collector()

    def scenario(self) -> Scenario:
        facts, complete = self._facts()
        day = self._graph.value(self._node, DCTERMS.date)
        codes = sorted(
            name_of(j).removeprefix("jurisdiction-") for j in self._graph.objects(self._node, AUG.jurisdiction)
        )
        for code in codes:
            if code not in self._vocabulary.jurisdictions:
                self._issue("`{word}` is not a jurisdiction", word=code)
        if day is None:
            self._issue("the key `{key}` is missing here", key="dcterms:date")
        scenario = Scenario(
            id=str(self._graph.value(self._node, DCTERMS.identifier) or str(self._node).removeprefix(SCENARIOS)),
            date=self._date(str(day)) if day is not None else date.min,
            jurisdictions=tuple(codes),
            title=self._words(DCTERMS.title),
            note=self._words(RDFS.comment),
            sources=tuple(sorted(str(s) for s in self._graph.objects(self._node, DCTERMS.source))),
            facts=facts,
            complete=complete,
            quantities=tuple(self._quantities()),
            file=self._at.file,
            **msgspec.structs.asdict(self._scored()),
        )
        self._found.close()
        return scenario

    def _scored(self) -> Scored:
        text = self._graph.value(self._node, AUG.scored)
        if text is None:
            return Scored()
        try:
            parts = msgspec.json.decode(str(text), type=Scored)
        except msgspec.MsgspecError as error:
            self._issue("`{name}` is not complete: {why}", name="aug:scored", why=str(error))
            return Scored()
        evidence = self._vocabulary.evidence
        for name in (h.hazard for h in parts.hazards or ()):
            if name not in evidence.hazards:
                self._issue("`{name}` is no hazard", name=name)
        for name in {r.indicator for p in parts.people for r in p.readings} - set(evidence.indicators):
            self._issue("`{name}` is no indicator", name=name)
        circumstances = {t.name for t in self._vocabulary.terms.values() if t.facet == "circumstance"}
        for name in {j.matter for j in parts.judgements} - {*self._vocabulary.principles, *circumstances}:
            self._issue("`{name}` is neither a circumstance nor a principle", name=name)
        for fact in parts.hazards or ():
            for key in ("likelihood", "low", "high"):
                number = getattr(fact, key)
                if number is not None and not 0 <= number <= 1:
                    self._issue("`{key}` is a number from 0 to 1", key=key)
        for judgement in parts.judgements:
            if not 0 <= judgement.rating <= 1:
                self._issue("a rating of the principle `{name}` lies between 0 and 1", name=judgement.matter)
        return parts

    def _issue(self, message: str, **parts: str) -> None:
        self._found.add(AugkgError(message, at=self._at, **parts))

    def _date(self, text: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError:
            self._issue("`{text}` is not a date", text=text)
            return date.min

    def _words(self, predicate: URIRef) -> Words | None:
        texts = {getattr(v, "language", None) or "en": str(v) for v in self._graph.objects(self._node, predicate)}
        if not texts:
            return None
        first = next(iter(texts.values()))
        return Words(en=texts.get("en", first), zh=texts.get("zh", first))

    def _facts(self) -> tuple[tuple[Fact, ...], frozenset[str]]:
        facts: list[Fact] = []
        complete: set[str] = set()
        for type_ in self._graph.objects(self._node, RDF.type):
            if isinstance(type_, URIRef):
                continue
            only = self._graph.value(type_, OWL.allValuesFrom)
            if only is not None:
                complete.add(name_of(self._graph.value(type_, OWL.onProperty) or AUG.facet))
                continue
            with self._found.gather():
                facts.append(self._fact(read_expression(self._graph, type_)))
        order = list(self._vocabulary.facets)
        facts.sort(key=lambda f: (order.index(f.facet) if f.facet in order else 0, manchester(f.filler)))
        return tuple(facts), frozenset(complete)

    def _fact(self, condition: Condition) -> Fact:
        holds = not isinstance(condition, Not)
        inside = condition.part if isinstance(condition, Not) else condition
        if not isinstance(inside, Some) or isinstance(inside.filler, Or):
            raise AugkgError("a scenario is in `facet some C`, or in the complement of that", at=self._at)
        for part in walk(inside.filler):
            known = self._vocabulary.terms.get(part.name) if isinstance(part, Named) else None
            if isinstance(part, Named) and (known is None or known.facet != inside.facet):
                raise AugkgError(
                    "`{word}` is not a term of the facet `{facet}`", at=self._at, word=part.name, facet=inside.facet
                )
        return Fact(facet=inside.facet, filler=inside.filler, holds=holds, at=self._at)

    def _quantities(self) -> Iterator[Quantity]:
        for predicate, value in sorted(self._graph.predicate_objects(self._node), key=str):
            if is_ours(predicate) and isinstance(value, Literal) and predicate != AUG.scored:
                name = name_of(predicate)
                if name in self._vocabulary.measures:
                    yield Quantity(measure=name, value=Decimal(str(value)), at=self._at)
                else:
                    self._issue("`{word}` is not a measure", word=name)
