"""All scores of a scenario under one profile.

evaluation + profile -> SCORES -> model.scores.Scores
"""

from collections import Counter
from collections.abc import Callable
from datetime import date

from augkg.engine.ethics import ethics_score
from augkg.engine.evaluation import Evaluation, state_in
from augkg.engine.risk import risk_score
from augkg.model.condition import Named
from augkg.model.health import HealthModel
from augkg.model.points import Points
from augkg.model.profile import HealthSettings, Profile
from augkg.model.program import SomeAtom
from augkg.model.scores import HealthScore, Programme, ProgrammeItem, Scores
from augkg.terms import State

# The method's safeguards of health: a standard of who may take part, checks before, during and after, a plan, education.
PROGRAMME = (
    "EligibilityStandard",
    "HealthCheckBefore",
    "MonitoringDuring",
    "LongTermFollowUp",
    "EmergencyPlan",
    "HealthEducation",
)
_SHOWN = 20  # of more people than this, only the counts are kept in an assessment


def score(
    evaluation: Evaluation,
    profile: Profile,
    points: Callable[[int, int], Points],
    as_of: date | None = None,
    model: HealthModel | None = None,
) -> Scores:
    """The scores of the scenario in the first row of an evaluation.

    Args:
        evaluation: The evaluation.
        profile: How the scores are set.
        points: Gives the points to draw from, by count and seed.
        as_of: The date whose law is asked for.
        model: A fitted model of health; the expert one unless given.
    """
    breached = any(norm.red_line and state_in(planes) is State.VIOLATED for norm, _, planes in evaluation.norms)
    return Scores(
        profile=profile.id,
        risk=risk_score(evaluation, profile.risk, points),
        health=health_score(evaluation, profile.health, model),
        ethics=ethics_score(evaluation, profile.ethics, as_of),
        greyed=breached,
    )


def health_score(evaluation: Evaluation, settings: HealthSettings, model: HealthModel | None = None) -> HealthScore:
    """H of the people in a scenario, and the safeguards of its programme."""
    programme = _programme(evaluation)
    people = evaluation.scenarios[0].people
    if not people:
        return HealthScore(programme=programme)
    import numpy as np

    from augkg.engine.health import STATUSES, cohort_health, cohort_of, fitted_columns, person_health, predict

    indicators = evaluation.rulebook.vocabulary.evidence.indicators
    cohort = cohort_of(people)
    found = cohort_health(cohort, indicators, settings)
    value, low, high = predict(model, fitted_columns(model, cohort)) if model else (found.value, found.low, found.high)
    judged = ~np.isnan(value)
    counts = Counter(int(status) for status in found.status)
    return HealthScore(
        programme=programme,
        value=float(value[judged].mean()) if judged.any() else None,
        interval=(float(low[judged].mean()), float(high[judged].mean())) if judged.any() else None,
        status=STATUSES[max(counts)],
        method=f"fitted: {model.target}" if model else "expert",
        people=tuple(person_health(p, indicators, settings, model) for p in people) if len(people) <= _SHOWN else (),
        count=len(people),
        counts={name: counts[place] for place, name in enumerate(STATUSES) if counts[place]},
    )


def _programme(evaluation: Evaluation) -> Programme:
    items = tuple(_item(name, evaluation) for name in PROGRAMME)
    there, unknown = sum(i.holds is True for i in items), sum(i.holds is None for i in items)
    share = there / len(items)
    return Programme(value=share, interval=(share, (there + unknown) / len(items)), items=items)


def _item(name: str, evaluation: Evaluation) -> ProgrammeItem:
    true, false = evaluation.columns.atom(SomeAtom(facet="safeguard", filler=Named(name=name)))
    return ProgrammeItem(
        safeguard=name,
        label=evaluation.rulebook.vocabulary.terms[name].label,
        holds=True if true & 1 else False if false & 1 else None,
    )
