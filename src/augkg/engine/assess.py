"""Assess a scenario: everything that the rulebook finds about it, as one value.

rulebook + scenario + date -> ASSESS -> model.assessment -> present
"""

from collections.abc import Iterable, Sequence
from datetime import date

from augkg.engine.conditions import find_conditions
from augkg.engine.draws import points_of
from augkg.engine.evaluation import Evaluation, is_binding, state_in
from augkg.engine.justify import Justifier
from augkg.engine.questions import open_questions
from augkg.engine.scores import score
from augkg.engine.states import NormPlanes
from augkg.language.write import Reader, manchester
from augkg.model.assessment import Assessment, Condition, Coverage, Finding, Receipt
from augkg.model.base import Words, any_holds
from augkg.model.condition import Named, Some, walk
from augkg.model.health import HealthModel
from augkg.model.law import Norm
from augkg.model.profile import Profile
from augkg.model.program import AtLeastAtom, NormCode, SomeAtom
from augkg.model.rulebook import Rulebook
from augkg.model.scenario import Fact, Scenario
from augkg.terms import Modality, State, Status, Verdict

SCHEMA = "augkg/assessment/1"

_DECIDING = {
    Verdict.PROHIBITED: (State.VIOLATED,),
    Verdict.NON_COMPLIANT: (State.VIOLATED,),
    Verdict.UNDETERMINED: (State.UNDETERMINED,),
    Verdict.CONDITIONAL: (State.UNDETERMINED,),
    Verdict.COMPLIANT: (State.SATISFIED, State.PERMITTED, State.EXCEPTED, State.OVERRIDDEN),
    Verdict.UNREGULATED: (),
}


def assess(
    rulebook: Rulebook,
    scenario: Scenario,
    as_of: date | None = None,
    *,
    version: str = "",
    scenario_hash: str = "",
    profile: Profile | None = None,
    model: HealthModel | None = None,
) -> Assessment:
    """Assess one scenario.

    Args:
        rulebook: The compiled rulebook.
        scenario: The scenario, its terms checked.
        as_of: The date whose law is asked for; the scenario's own unless given.
        version: augkg's, for the receipt.
        scenario_hash: Of the scenario's file, for the receipt.
        profile: How scores are set; without one nothing is scored.
        model: A fitted model of health.
    """
    evaluation = Evaluation(rulebook, [scenario], as_of)
    verdict, granted = evaluation.verdict(), None
    if verdict is Verdict.UNDETERMINED:
        granted = find_conditions(rulebook, scenario, as_of, evaluation.taxonomy)
        verdict = verdict if granted is None else Verdict.CONDITIONAL
    findings = _findings(evaluation)
    binding = [finding for finding in findings if finding.binding]
    day = evaluation.days[0]
    return Assessment(
        schema=SCHEMA,
        scenario=scenario.id,
        title=scenario.title,
        jurisdictions=scenario.jurisdictions,
        date=scenario.date,
        as_of=day,
        verdict=verdict,
        decided_by=_decided_by(binding, verdict),
        conditions=_conditions(evaluation, granted or ()),
        red_lines=tuple(f.norm for f in findings if f.red_line and f.state is State.VIOLATED),
        findings=findings,
        advisories=tuple(f.norm for f in findings if not f.binding and f.state is State.VIOLATED),
        open_questions=open_questions(evaluation, as_of),
        coverage=_coverage(rulebook, scenario, day),
        receipt=Receipt(
            augkg=version,
            ontology=rulebook.vocabulary.version,
            rulebook=rulebook.hash,
            scenario=scenario_hash,
            as_of=day,
        ),
        scores=score(evaluation, profile, points_of(rulebook), as_of, model) if profile else None,
    )


def explain_norm(
    rulebook: Rulebook, scenario: Scenario, norm_id: str, as_of: date | None = None
) -> tuple[Finding, bool, bool]:
    """What one norm concludes, whether or not it applies; whether it binds there; whether it is in force then."""
    evaluation = Evaluation(rulebook, [scenario], as_of)
    norm, code, planes = next(each for each in evaluation.norms if each[0].id == norm_id)
    finding = _finding(norm, code, planes, evaluation, Justifier(evaluation, [norm]))
    if norm.red_line:
        return finding, True, True
    reach = rulebook.vocabulary.reach(scenario.jurisdictions, evaluation.days[0])
    bound = rulebook.instruments[norm.instrument].binds(reach, evaluation.days[0])
    return finding, bound, any_holds(norm.in_force, evaluation.days[0])


def _decided_by(binding: Sequence[Finding], verdict: Verdict) -> tuple[str, ...]:
    """The norms that make the verdict what it is; those that are open only where none is at stake."""
    found = [f for f in binding if f.state in _DECIDING[verdict]]
    if verdict is Verdict.PROHIBITED:
        found = [f for f in found if f.modality is Modality.PROHIBITION]
    if verdict in (Verdict.UNDETERMINED, Verdict.CONDITIONAL):
        found = [f for f in found if f.at_stake] or [f for f in found if f.modality is not Modality.PERMISSION]
    if verdict is Verdict.COMPLIANT:
        # What is met whether or not an exception holds as well is found open, but nothing hangs on it.
        found = found or [f for f in binding if f.state is State.UNDETERMINED and f.modality is not Modality.PERMISSION]
    return tuple(f.norm for f in found)


def _findings(evaluation: Evaluation) -> tuple[Finding, ...]:
    found = [each for each in evaluation.norms if state_in(each[2]) is not State.NOT_APPLICABLE]
    justifier = Justifier(evaluation, [norm for norm, _, _ in found])
    findings = [_finding(*each, evaluation, justifier) for each in found]
    rank = list(State)
    return tuple(sorted(findings, key=lambda f: (not f.red_line, not f.binding, rank.index(f.state), f.norm)))


def _finding(norm: Norm, code: NormCode, planes: NormPlanes, evaluation: Evaluation, justifier: Justifier) -> Finding:
    rulebook = evaluation.rulebook
    instrument = rulebook.instruments.get(norm.instrument)
    definition = rulebook.vocabulary.definitions.get(norm.id.rpartition("/")[2]) if norm.red_line else None
    if instrument is not None:
        title, url = instrument.title, norm.cite.url or instrument.url
    else:
        assert definition is not None
        title, url = definition.instrument_title or definition.label, norm.cite.url or ""
    state = state_in(planes)
    return Finding(
        norm=norm.id,
        instrument=norm.instrument,
        title=title,
        clause=norm.cite.clause,
        url=url,
        gist=norm.gist,
        modality=norm.modality,
        binding=is_binding(norm, rulebook),
        red_line=norm.red_line,
        state=state,
        status=norm.status,
        at_stake=bool(planes.at_stake & 1),
        exception=_holding(code, evaluation) if state is State.EXCEPTED else None,
        overridden_by=_overriders(norm, evaluation) if state is State.OVERRIDDEN else (),
        justification=justifier.justify(norm, code),
    )


def _holding(code: NormCode, evaluation: Evaluation) -> str | None:
    return next((each.id for each in code.exceptions if evaluation.known(each.holds)), None)


def _overriders(norm: Norm, evaluation: Evaluation) -> tuple[str, ...]:
    return tuple(
        other.id
        for other, _, planes in evaluation.norms
        if (norm.id in other.overrides or other.id in norm.yields_to) and state_in(planes) is State.PERMITTED
    )


def _conditions(evaluation: Evaluation, granted: Iterable[Fact]) -> tuple[Condition, ...]:
    vocabulary, program = evaluation.rulebook.vocabulary, evaluation.rulebook.program
    readers = {lang: Reader(vocabulary, lang, evaluation.rulebook.labels) for lang in ("en", "zh")}
    asked: dict[tuple[str, str], list[str]] = {}
    for norm, code in evaluation.at_stake():
        for number in evaluation.unknown_atoms(code.outcome):
            atom = program.atoms[number]
            for fact in granted:
                if (
                    isinstance(atom, SomeAtom | AtLeastAtom)
                    and atom.facet == fact.facet
                    and _serves(fact, atom, evaluation)
                ):
                    asked.setdefault((fact.facet, manchester(fact.filler)), []).append(norm.id)
    conditions = []
    for fact in granted:
        condition = Some(facet=fact.facet, filler=fact.filler)
        name = manchester(fact.filler)
        conditions.append(
            Condition(
                fact=manchester(condition),
                words=Words(**{lang: reader.words(condition) for lang, reader in readers.items()}),
                obtained_from=tuple(
                    vocabulary.terms[n].label for n in vocabulary.terms[name].obtained_from if n in vocabulary.terms
                ),
                asked_by=tuple(sorted(set(asked.get((fact.facet, name), ())))),
            )
        )
    return tuple(conditions)


def _serves(fact: Fact, atom: SomeAtom | AtLeastAtom, evaluation: Evaluation) -> bool:
    """Whether the fact is of a class that the atom names."""
    named = (part for part in walk(atom.filler) if isinstance(part, Named))
    return any(evaluation.taxonomy.entails(fact.filler, each) is True for each in named)


def _coverage(rulebook: Rulebook, scenario: Scenario, day: date) -> Coverage:
    reach = rulebook.vocabulary.reach(scenario.jurisdictions, day)
    here = {key for key, instrument in rulebook.instruments.items() if instrument.binds(reach, day)}
    norms = [n for n in rulebook.norms if n.instrument in here and any_holds(n.in_force, day)]
    binding = [n for n in norms if rulebook.instruments[n.instrument].binding]
    return Coverage(
        jurisdictions=tuple(sorted({rulebook.instruments[n.instrument].jurisdiction for n in norms})),
        binding_instruments=len({n.instrument for n in binding}),
        binding_norms=len(binding),
        advisory_norms=len(norms) - len(binding),
        draft_norms=sum(n.status is Status.DRAFT for n in norms),
    )
