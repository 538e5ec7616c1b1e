"""Describe what scores are computed from: hazards, domains of harm, indicators, and what is on file about a term."""

from __future__ import annotations

from augkg.model.evidence import Estimate, EvidenceBase, HarmDomain, Hazard, Indicator
from augkg.model.rulebook import Rulebook

Rows = list[tuple[str, str]]
EVERYTHING = "HarmDomain"
"""The name under which all hazards are listed."""


def evidence_names(evidence: EvidenceBase) -> dict[str, str]:
    """Every word for a hazard, a domain or an indicator, with its name."""
    found = {EVERYTHING: EVERYTHING, "Hazard": EVERYTHING}
    things: list[Hazard | HarmDomain | Indicator] = [
        *evidence.hazards.values(),
        *evidence.domains.values(),
        *evidence.indicators.values(),
    ]
    for each in things:
        found |= {each.label.en: each.name, each.label.zh: each.name, each.name: each.name}
    for indicator in evidence.indicators.values():
        found |= dict.fromkeys((*indicator.alt, indicator.loinc or indicator.name), indicator.name)
    return found


def describe_evidence(rulebook: Rulebook, name: str, language: str) -> Rows:
    """What a hazard, a domain or an indicator is, and what is on file about it; of `HarmDomain`, all hazards by domain."""
    evidence = rulebook.vocabulary.evidence
    if name == EVERYTHING:
        return [(d.label[language], ", ".join(_of_domain(evidence, d.name))) for d in evidence.domains.values()]
    if name in evidence.domains:
        d = evidence.domains[name]
        rows = [("domain of harm", name), ("label", d.label[language]), ("definition", d.definition[language])]
        return [*rows, ("hazards", ", ".join(_of_domain(evidence, name)))]
    if name in evidence.indicators:
        return _indicator(evidence.indicators[name], language)
    h = evidence.hazards[name]
    rows = [("hazard", name), ("label", h.label[language]), ("definition", h.definition[language])]
    rows.append(("domain of harm", evidence.domains[h.domain].label[language]))
    rows += [("within", h.within)] if h.within else []
    rows += [("estimate", _estimate(e, language)) for e in evidence.estimates.values() if e.hazard == name]
    lowered = sorted({m.safeguard for m in evidence.mitigations.values() if name in m.hazards})
    return [*rows, *([("lowered by", ", ".join(lowered))] if lowered else [])]


def evidence_about(rulebook: Rulebook, term: str) -> Rows:
    """The hazards on file of a technology, act, target, person or kind of data; those that a safeguard lowers."""
    evidence = rulebook.vocabulary.evidence
    of_it = {e.hazard for e in evidence.estimates.values() if any(term in names for names in e.scope.values())}
    lowered = {h for m in evidence.mitigations.values() if m.safeguard == term for h in m.hazards}
    rows = [("hazards", ", ".join(sorted(of_it)))] if of_it else []
    return [*rows, *([("lowers", ", ".join(sorted(lowered)))] if lowered else [])]


def _of_domain(evidence: EvidenceBase, domain: str) -> list[str]:
    return [h.name for h in evidence.hazards.values() if h.domain == domain]


def _estimate(e: Estimate, language: str) -> str:
    value = "" if e.likely is None else f"{e.likely.normalize():f}"
    ends = f" ({e.low or 0:f} – {e.high:f})" if e.high is not None else ""
    scope = " ".join(name for names in e.scope.values() for name in names)
    return " · ".join(filter(None, (e.id, f"{e.kind} {value}{ends}", scope, e.population[language], e.source.citation)))


def _indicator(i: Indicator, language: str) -> Rows:
    rows = [
        ("indicator", i.name),
        ("label", i.label[language]),
        ("definition", i.definition[language]),
        ("unit", i.unit),
    ]
    rows += [("LOINC", i.loinc)] if i.loinc else []
    for r in i.references:
        who = " ".join(filter(None, (r.sex, f"≥ {r.from_age:g} a", f"< {r.to_age:g} a" if r.to_age else None)))
        rows.append(("reference", f"{_ends(r.low, r.high)} ({who})"))
    if i.critical_low is not None or i.critical_high is not None:
        rows.append(("critical beyond", _ends(i.critical_low, i.critical_high)))
    return [*rows, ("source", i.source.citation)]


def _ends(low: float | None, high: float | None) -> str:
    if low is None:
        return f"≤ {high:g}"
    return f"≥ {low:g}" if high is None else f"{low:g} – {high:g}"
