"""Look into the knowledge graph: counts, terms, concepts, queries, a reasoner's opinion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from augkg import resources
from augkg.api.evidence import EVERYTHING, describe_evidence, evidence_about, evidence_names
from augkg.errors import AugkgError, did_you_mean
from augkg.language.names import synonyms
from augkg.language.write import manchester
from augkg.model.rulebook import Rulebook
from augkg.model.scenario import Scenario

if TYPE_CHECKING:
    from rdflib import Graph


def knowledge_counts(rulebook: Rulebook) -> dict[str, int | str]:
    """What the graph and the rulebook hold, by kind."""
    v = rulebook.vocabulary
    return {
        "ontology version": v.version,
        "terms": len(v.terms),
        **{f"terms of {name}": sum(t.facet == name for t in v.terms.values()) for name in v.facets},
        "measures": len(v.measures),
        "red lines": sum(d.red_line for d in v.definitions.values()),
        "concepts": len(v.concepts),
        "edges between concepts": sum(len(c.leads_to) for c in v.concepts.values()),
        "principles": len(v.principles),
        "hazards": len(v.evidence.hazards),
        "estimates of hazards": len(v.evidence.estimates),
        "effects of safeguards": len(v.evidence.mitigations),
        "indicators of health": len(v.evidence.indicators),
        "jurisdictions": len(v.jurisdictions),
        "instruments": len(rulebook.instruments),
        "norms": sum(not n.red_line for n in rulebook.norms),
    }


def describe(rulebook: Rulebook, name: str, language: str) -> list[tuple[str, str]]:
    """What a name stands for, as pairs of a heading and a text.

    Raises:
        AugkgError: Nothing is called so.
    """
    v = rulebook.vocabulary
    known = {**synonyms(v), **{n: n for n in (*v.terms, *v.facets, *v.measures, *v.definitions, *v.jurisdictions)}}
    known = {**evidence_names(v.evidence), **known}
    known |= {f"{n}Concept": f"{n}Concept" for n in v.concepts} | {n: n for n in v.principles}
    key = known.get(name)
    if key is None:
        near = did_you_mean(name, set(known.values()), known)
        raise AugkgError(
            "nothing is called `{word}`", hint="did you mean `{near}`?" if near else None, word=name, near=near
        )
    if key in v.terms:
        return [*_term(rulebook, key, language), *evidence_about(rulebook, key)]
    if key in {*v.evidence.hazards, *v.evidence.domains, *v.evidence.indicators, EVERYTHING}:
        return describe_evidence(rulebook, key, language)
    if key in v.facets:
        facet = v.facets[key]
        names = sorted(t.name for t in v.terms.values() if t.facet == key)
        return [("facet", key), ("label", facet.label[language]), ("definition", facet.definition[language]),
                ("closed", str(facet.closed).lower()), ("terms", ", ".join(names))]  # fmt: skip
    if key in v.definitions:
        d = v.definitions[key]
        kind = "red line" if d.red_line else "definition"
        rows = [
            (kind, key),
            ("label", d.label[language]),
            ("definition", d.definition[language]),
            ("means", manchester(d.condition)),
        ]
        return [*rows, *([("source", "; ".join(d.source))] if d.source else [])]
    if key in v.jurisdictions:
        j = v.jurisdictions[key]
        spans = (f"{m.organisation} {m.interval.since or '…'} – {m.interval.until or '…'}" for m in j.memberships)
        rows = [("jurisdiction", key), ("label", j.label[language])]
        return [*rows, *([("memberships", "; ".join(spans))] if j.memberships else [])]
    if key in v.measures:
        m = v.measures[key]
        return [
            ("measure", key),
            ("label", m.label[language]),
            ("definition", m.definition[language]),
            ("unit", m.unit),
        ]
    if key in v.principles:
        p = v.principles[key]
        return [("principle", key), ("label", p.label[language]), ("definition", p.definition[language])]
    concept = v.concepts[key.removesuffix("Concept")]
    return [("concept", concept.name), ("label", concept.label[language]), ("definition", concept.definition[language]),
            ("covers", ", ".join(concept.covers)), ("leads to", ", ".join(concept.leads_to))]  # fmt: skip


def _term(rulebook: Rulebook, name: str, language: str) -> list[tuple[str, str]]:
    v = rulebook.vocabulary
    term = v.terms[name]
    rows = [
        ("term", name),
        ("label", term.label[language]),
        ("definition", term.definition[language]),
        ("facet", term.facet),
    ]
    rows += [("above", ", ".join(term.parents))] if term.parents else []
    below = v.children.get(name, ())
    rows += [("below", ", ".join(below))] if below else []
    excluded = sorted({a if b == name else b for a, b in v.disjoint if name in (a, b)})
    rows += [("disjoint with", ", ".join(excluded))] if excluded else []
    rows.append(("mutability", v.mutability(name)))
    if term.obtained_from:
        rows.append(
            ("obtained from", ", ".join(v.terms[n].label[language] for n in term.obtained_from if n in v.terms))
        )
    if term.source:
        rows.append(("source", "; ".join(term.source)))
    used = sorted({n.id for n in rulebook.norms if name in _names_in(n)})
    if used:
        rows.append(("used by", ", ".join(used)))
    return rows


def _names_in(norm: object) -> frozenset[str]:
    from augkg.language.write import mentioned
    from augkg.model.law import Norm, all_exceptions

    assert isinstance(norm, Norm)
    conditions = [norm.when, norm.requires, norm.provided, *(c.unless for c in all_exceptions(norm.exceptions))]
    return frozenset().union(*(mentioned(c) for c in conditions if c is not None))


def concept_graph(rulebook: Rulebook, form: str, language: str, start: str | None = None) -> str:
    """The method's concept graph as text, JSON, DOT or SVG; as text, also walked from one concept.

    Raises:
        AugkgError: The form or the concept is none.
    """
    from augkg.api.assessing import to_json
    from augkg.knowledge import concepts

    v = rulebook.vocabulary
    label = {name: concept.label[language] for name, concept in v.concepts.items()}
    match form:
        case "svg":
            return concepts.render_svg(v, language)
        case "dot":
            return concepts.render_dot(v, language)
        case "json":
            edges = list(concepts.concept_digraph(v).edges)
            return to_json({"concepts": list(v.concepts.values()), "edges": edges}).decode()
        case "text":
            edges = concepts.walk_from(v, start) if start else list(concepts.concept_digraph(v).edges)
            return "".join(f"{label[a]} → {label[b]}\n" for a, b in edges)
    raise AugkgError("`{form}` is not a form of the graph", hint="use text, json, dot or svg", form=form)


def graph_of(rulebook: Rulebook) -> Graph:
    """The ontology with instruments and norms, as an RDF graph."""
    from augkg.knowledge.load import load_graph
    from augkg.knowledge.query import add_law

    graph = load_graph(resources.ontology_folder())
    add_law(graph, list(rulebook.instruments.values()), [n for n in rulebook.norms if not n.red_line])
    return graph


def sparql(rulebook: Rulebook, text: str, limit: int = 1000) -> tuple[list[str], list[list[str]]]:
    """Ask the graph; see `knowledge.query.run_query`."""
    from augkg.knowledge.query import run_query

    return run_query(graph_of(rulebook), text, limit)


def reason_scenario(scenario: Scenario, rulebook: Rulebook) -> frozenset[str]:
    """The classes that a standard OWL reasoner alone puts a scenario under, given the ontology.

    Raises:
        MissingTool: There is no Java.
    """
    from augkg.knowledge.load import load_graph
    from augkg.knowledge.reason import reason
    from augkg.knowledge.scenarios import add_scenario

    graph = load_graph(resources.ontology_folder())
    node = add_scenario(graph, scenario, rulebook.vocabulary)
    return reason(graph, [node]).types[str(node)]
