"""Read scenarios and assess them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from augkg.api.rulebooks import DEFAULT_PROFILE, find_profile
from augkg.documents import parse_document, read_document
from augkg.engine import assess as engine
from augkg.errors import AugkgError, Collector, did_you_mean
from augkg.intake.read import read_scenario as read_document_scenario
from augkg.model.assessment import Assessment, Finding
from augkg.model.health import HealthModel
from augkg.model.profile import Profile
from augkg.model.rulebook import Rulebook
from augkg.model.scenario import Scenario, Scored, scored
from augkg.resources import VERSION
from augkg.terms import State

if TYPE_CHECKING:
    import pandas as pd

RDF_FORMATS = {".ttl": "turtle", ".jsonld": "json-ld", ".rdf": "xml", ".owl": "xml", ".nt": "nt"}


def version() -> str:
    """The version of augkg."""
    return VERSION


def read_scenario(source: Path | bytes, rulebook: Rulebook, name: str | None = None) -> Scenario:
    """Read a scenario.

    Args:
        source: A file (YAML, JSON, Turtle, JSON-LD, RDF/XML, N-Triples, by its ending), or bytes of YAML or JSON.
        rulebook: Whose terms it may use.
        name: How messages call it.

    Raises:
        AugkgError: What is wrong with it, all of it.
    """
    if isinstance(source, bytes):
        return read_document_scenario(parse_document(source, name or "-"), rulebook.vocabulary)
    form = RDF_FORMATS.get(source.suffix.lower())
    if form is not None:
        from augkg.knowledge.scenarios import read_rdf_scenario

        return read_rdf_scenario(source, form, rulebook.vocabulary)
    return read_document_scenario(read_document(source, name), rulebook.vocabulary)


def read_scenarios(
    files: Sequence[str], rulebook: Rulebook, jurisdictions: Sequence[str] | None = None
) -> list[Scenario]:
    """Read several scenario files, `-` being stdin; the errors of all of them are raised together.

    Args:
        files: Their names.
        rulebook: Whose terms they may use.
        jurisdictions: Places to put in the stead of the scenarios' own.
    """
    found = Collector()
    scenarios: list[Scenario] = []
    for file in files:
        with found.gather():
            source = sys.stdin.buffer.read() if file == "-" else Path(file)
            scenarios.append(read_scenario(source, rulebook))
    for code in jurisdictions or ():
        if code not in rulebook.vocabulary.jurisdictions:
            near = did_you_mean(code, rulebook.vocabulary.jurisdictions)
            hint = "did you mean `{near}`?" if near else "write an ISO 3166 code, such as `FR` or `US-CA`"
            found.add(AugkgError("`{word}` is not a jurisdiction", hint=hint, word=code, near=near))
    found.close()
    if jurisdictions:
        places = tuple(jurisdictions)
        scenarios = [msgspec.structs.replace(scenario, jurisdictions=places) for scenario in scenarios]
    return scenarios


def assess(
    rulebook: Rulebook,
    scenario: Scenario,
    as_of: date | None = None,
    *,
    profile: str | Profile = DEFAULT_PROFILE,
    model: HealthModel | None = None,
) -> Assessment:
    """Assess a scenario.

    Args:
        rulebook: The rulebook.
        scenario: The scenario.
        as_of: The date whose law is asked for; the scenario's own unless given.
        profile: How scores are set: the name of a profile of the rulebook, or one that was read.
        model: A fitted model of health, used for `health:`.

    Raises:
        AugkgError: There is no such profile.

    Examples:
        >>> from augkg.api.rulebooks import load
        >>> rulebook = load()
        >>> scenario = read_scenario(b'''
        ... {id: worked-example, date: 2026-01-01, jurisdiction: GB, technology: GenomeEditing,
        ...  hazards: [{hazard: GeneMutation, likelihood: 0.001, weight: 1}, {hazard: ImmuneReaction, likelihood: 0.01, weight: 1}]}
        ... ''', rulebook)
        >>> assess(rulebook, scenario).scores.risk.value
        0.011
    """
    setting = find_profile(rulebook, profile) if isinstance(profile, str) else profile
    return engine.assess(
        rulebook,
        scenario,
        as_of,
        version=version(),
        scenario_hash=scenario_hash(scenario),
        profile=setting,
        model=model,
    )


def explain_norm(
    rulebook: Rulebook, scenario: Scenario, norm: str, as_of: date | None = None
) -> tuple[Finding, bool, bool]:
    """What one norm concludes and why, or why not: the finding, whether the norm binds there, and is in force.

    Raises:
        AugkgError: There is no such norm.
    """
    known = [each.id for each in rulebook.norms]
    if norm not in known:
        near = did_you_mean(norm, known)
        hint = "did you mean `{near}`?" if near else "`augkg rules list` lists them"
        raise AugkgError("`{norm}` is no norm on file", hint=hint, norm=norm, near=near)
    return engine.explain_norm(rulebook, scenario, norm, as_of)


def scenario_hash(scenario: Scenario) -> str:
    """A hash of what a scenario states, wherever its file lies and in whatever order."""
    import hashlib

    from augkg.language.write import manchester

    facts = sorted(f"{f.facet} {f.holds} {manchester(f.filler)}" for f in scenario.facts)
    measures = sorted(f"{q.measure} {q.value.normalize():f}" for q in scenario.quantities)
    parts = scored(scenario)
    rest = [] if parts == Scored() else [msgspec.json.encode(parts).decode()]
    head = [scenario.id, scenario.date.isoformat(), *sorted(scenario.jurisdictions), *sorted(scenario.complete)]
    return hashlib.blake2b("\n".join([*head, *facts, *measures, *rest]).encode(), digest_size=16).hexdigest()


def to_json(value: object, *, indent: bool = True) -> bytes:
    """A value as JSON, the same bytes for the same value, a newline at the end."""
    data = msgspec.json.encode(value, order="deterministic")
    return (msgspec.json.format(data, indent=2) if indent else data) + b"\n"


def assessments_to_turtle(assessments: Sequence[Assessment]) -> bytes:
    """Assessments as RDF in Turtle."""
    from augkg.knowledge.assessments import assessments_graph

    return assessments_graph(assessments).serialize(format="turtle", encoding="utf-8")


def frame(assessments: Sequence[Assessment]) -> pd.DataFrame:
    """Assessments as a table: one row each, verdict, scores (NaN where not known), and counts of findings by state."""
    import pandas as pd

    rows = []
    for a in assessments:
        counts = pd.Series([str(f.state) for f in a.findings], dtype="str").value_counts()
        rows.append(
            {
                "scenario": a.scenario,
                "jurisdictions": ";".join(a.jurisdictions),
                "as_of": a.as_of,
                "verdict": str(a.verdict),
                "decided_by": ";".join(a.decided_by),
                "risk": a.scores.risk.value if a.scores else None,
                "health": a.scores.health.value if a.scores else None,
                "ethics": a.scores.ethics.value if a.scores else None,
                **counts.to_dict(),
            }
        )
    table = pd.DataFrame(rows)
    counted = [column for column in table.columns if column in set(State)]
    table[counted] = table[counted].fillna(0)
    return table
