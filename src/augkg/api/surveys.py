"""Survey a scenario over jurisdictions and over time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec

from augkg import resources
from augkg.api.assessing import read_scenario
from augkg.documents import parse_document
from augkg.engine import survey
from augkg.errors import AugkgError, did_you_mean
from augkg.intake.read import read_scenario as read_document_scenario
from augkg.model.base import Words
from augkg.model.condition import Named
from augkg.model.rulebook import Rulebook
from augkg.model.scenario import Fact, Scenario
from augkg.model.survey import Matrix, Timeline


def survey_places(rulebook: Rulebook, scenario: Scenario, day: date, places: Sequence[str] | None = None) -> Matrix:
    """What is found about a scenario in each place (in every jurisdiction on file unless some are named)."""
    return survey.survey_places(rulebook, scenario, _places(rulebook, places), day)


def survey_time(rulebook: Rulebook, scenario: Scenario, places: Sequence[str] | None = None) -> list[Timeline]:
    """What is found about a scenario period by period, in each place (in its own unless others are named)."""
    return [
        survey.survey_time(rulebook, scenario, each) for each in _places(rulebook, places or scenario.jurisdictions)
    ]


def _places(rulebook: Rulebook, places: Sequence[str] | None) -> list[str]:
    """Jurisdictions, checked; all but the organisations of states if none is named."""
    known = rulebook.vocabulary.jurisdictions
    if places is None:
        organisations = {m.organisation for j in known.values() for m in j.memberships} | {"INT"}
        return sorted(set(known) - organisations)
    for code in places:
        if code not in known:
            near = did_you_mean(code, known)
            hint = "did you mean `{near}`?" if near else "write an ISO 3166 code, such as `FR` or `US-CA`"
            raise AugkgError("`{word}` is not a jurisdiction", hint=hint, word=code, near=near)
    return list(places)


def template(rulebook: Rulebook, subject: str, day: date) -> Scenario:
    """The scenario that a survey is about: that of a file, or the template of a technology.

    A technology without a template of its own takes that of the nearest technology above it, its own name put in;
    where there is none either, the scenario states the technology and nothing else.

    Args:
        rulebook: Whose terms it uses.
        subject: A file, or the name of a technology.
        day: The date of a template, which has none of its own.

    Raises:
        AugkgError: It is neither.
    """
    path = Path(subject)
    if path.suffix or path.is_file():
        return read_scenario(path, rulebook)
    term = rulebook.vocabulary.terms.get(subject)
    if term is None or term.facet != "technology":
        names = [name for name, each in rulebook.vocabulary.terms.items() if each.facet == "technology"]
        near = did_you_mean(subject, names)
        hint = "did you mean `{near}`?" if near else "`augkg kb show technology` lists them"
        raise AugkgError("`{word}` is neither a technology nor a file", hint=hint, word=subject, near=near)
    templates = {file.stem: file for file in sorted(resources.templates_folder().glob("*.yaml"))}
    taxonomy = rulebook.vocabulary.taxonomy
    above = sorted(
        (name for name in templates if taxonomy.under(subject, name)), key=lambda n: len(taxonomy.chain(subject, n))
    )
    own = Fact(facet="technology", filler=Named(name=subject))
    if not above:
        return Scenario(
            id=subject,
            title=term.label,
            date=day,
            jurisdictions=("INT",),
            facts=(own,),
            complete=frozenset({"technology"}),
        )
    found = _read_template(templates[above[0]], rulebook, day)
    if above[0] == subject:
        return found
    facts = (own, *(fact for fact in found.facts if fact.facet != "technology"))
    title = found.title or term.label
    words = Words(en=f"{title.en}: {term.label.en}", zh=f"{title.zh}：{term.label.zh}")
    return msgspec.structs.replace(found, id=f"{found.id}-{subject}", title=words, facts=facts)


def _read_template(path: Path, rulebook: Rulebook, day: date) -> Scenario:
    # A template has neither place nor date; its lines keep their numbers because these two are put at its end.
    text = path.read_bytes() + f"\ndate: {day}\njurisdiction: INT\n".encode()
    return read_document_scenario(parse_document(text, str(path)), rulebook.vocabulary)
