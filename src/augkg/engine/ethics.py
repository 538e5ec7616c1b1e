"""E: how the principles of ethics fare, inferred from the findings.

states of norms + judgements of assessors -> ETHICS -> model.scores.EthicsScore

    e_p = Σ n·m / Σ n        over the norms that protect principle p and speak: n what a norm counts, m 1 where it is met
                             (or lifted), 0 where it is breached, between where that is open
    E = α·min e_p + (1 − α)·Σ w_p·e_p / Σ w_p

A principle below its veto caps E at its own value; a breached red line makes it 0. Permissions protect nothing.

Assessors judge what needs judging: whether a circumstance holds, or how a principle fares. Each assessor's judgements make
a scenario of their own; E is the mean over them, its interval covers them all, and how far they agree is said.
"""

from collections.abc import Sequence
from datetime import date

import msgspec

from augkg.engine.agreement import alpha_interval, krippendorff_alpha
from augkg.engine.evaluation import Evaluation, is_binding, state_in
from augkg.engine.states import NormPlanes
from augkg.model.condition import Named
from augkg.model.law import Norm
from augkg.model.profile import EthicsSettings
from augkg.model.rulebook import Rulebook
from augkg.model.scenario import Fact, Judgement, Scenario
from augkg.model.scores import Agreement, EthicsScore, PrincipleScore
from augkg.terms import Modality, State

_MET = (State.SATISFIED, State.EXCEPTED, State.OVERRIDDEN)


def ethics_score(evaluation: Evaluation, settings: EthicsSettings, as_of: date | None = None) -> EthicsScore:
    """E of the scenario in the first row of an evaluation, as its assessors judge it.

    Args:
        evaluation: The evaluation.
        settings: How ethics is set.
        as_of: The date whose law is asked for.
    """
    scenario = evaluation.scenarios[0]
    by_assessor: dict[str, list[Judgement]] = {}
    for judgement in scenario.judgements:
        by_assessor.setdefault(judgement.assessor, []).append(judgement)
    if not by_assessor:
        return _score(evaluation, 0, {}, settings)
    rulebook = evaluation.rulebook
    judged = [_as_judged(scenario, judgements, rulebook) for judgements in by_assessor.values()]
    views = Evaluation(rulebook, judged, as_of, evaluation.taxonomy)
    scores = [
        _score(views, row, {j.matter: j.rating for j in judgements if j.matter in rulebook.vocabulary.principles}, settings)
        for row, judgements in enumerate(by_assessor.values())
    ]  # fmt: skip
    return _pooled(scores, _agreement(by_assessor, scores), settings)


def _as_judged(scenario: Scenario, judgements: Sequence[Judgement], rulebook: Rulebook) -> Scenario:
    """The scenario with the circumstances that one assessor judges to hold or not."""
    facts = tuple(
        Fact(facet="circumstance", filler=Named(name=j.matter), holds=j.rating >= 0.5, at=j.at)
        for j in judgements
        if j.matter in rulebook.vocabulary.terms
    )
    return msgspec.structs.replace(scenario, facts=scenario.facts + facts, judgements=())


def _score(evaluation: Evaluation, row: int, ratings: dict[str, float], settings: EthicsSettings) -> EthicsScore:
    speaking: dict[str, list[tuple[Norm, NormPlanes]]] = {}
    red_line = False
    for norm, _, planes in evaluation.norms:
        state = state_in(planes, row)
        red_line |= norm.red_line and state is State.VIOLATED
        if state is not State.NOT_APPLICABLE and norm.modality is not Modality.PERMISSION:
            for principle in norm.supports:
                speaking.setdefault(principle, []).append((norm, planes))
    names = sorted({*speaking, *ratings})
    principles = tuple(
        _principle(name, speaking.get(name, ()), ratings.get(name), evaluation, row, settings) for name in names
    )
    return _combined(principles, settings, red_line=red_line)


def _principle(
    name: str,
    speaking: Sequence[tuple[Norm, NormPlanes]],
    rating: float | None,
    evaluation: Evaluation,
    row: int,
    settings: EthicsSettings,
) -> PrincipleScore:
    rulebook, counts = evaluation.rulebook, settings.norms.value
    groups: dict[str, list[str]] = {"met": [], "breached": [], "open": []}
    sums = {"met": 0.0, "breached": 0.0, "open": 0.0}
    for norm, planes in speaking:
        state = state_in(planes, row)
        safe = state is State.UNDETERMINED and not planes.at_stake >> row & 1
        group = "met" if state in _MET or safe else "breached" if state is State.VIOLATED else "open"
        groups[group].append(norm.id)
        sums[group] += float(counts["binding" if is_binding(norm, rulebook) else "advisory"])
    whole = sum(sums.values())
    share = float(settings.judgement.value) if rating is not None and whole else 1.0 if rating is not None else 0.0

    def at(opened: float) -> float:
        found = (sums["met"] + opened * sums["open"]) / whole if whole else 0.0
        return (1 - share) * found + share * (rating or 0.0)

    return PrincipleScore(
        principle=name,
        label=rulebook.vocabulary.principles[name].label,
        weight=float(settings.principles.value.get(name, 1)),
        value=at(float(settings.undetermined.value)),
        interval=(at(0), at(1)),
        met=tuple(groups["met"]),
        breached=tuple(groups["breached"]),
        open=tuple(groups["open"]),
        rated=rating,
    )


def _combined(principles: Sequence[PrincipleScore], settings: EthicsSettings, *, red_line: bool) -> EthicsScore:
    alpha = float(settings.alpha.value)
    if not principles:
        return EthicsScore(alpha=alpha, value=0.0 if red_line else None, interval=(0.0, 0.0) if red_line else None,
                           red_line=red_line)  # fmt: skip
    vetoes = {name: float(limit) for name, limit in settings.vetoes.value.items()}

    def combine(values: dict[str, float]) -> tuple[float, str | None]:
        whole = sum(p.weight for p in principles)
        mean = sum(p.weight * values[p.principle] for p in principles) / whole if whole else 0.0
        plain = alpha * min(values.values()) + (1 - alpha) * mean
        vetoing = [name for name in values if values[name] < vetoes.get(name, 0.0)]
        lowest = min(vetoing, key=lambda name: (values[name], name), default=None)
        return (plain, None) if lowest is None else (min(plain, values[lowest]), lowest)

    value, capped_by = combine({p.principle: p.value for p in principles})
    low, _ = combine({p.principle: p.interval[0] for p in principles})
    high, _ = combine({p.principle: p.interval[1] for p in principles})
    told = any(p.met or p.breached or p.rated is not None for p in principles)
    return EthicsScore(
        value=0.0 if red_line else value if told else None,  # of open findings alone nothing is known
        interval=(0.0, 0.0) if red_line else (low, high),
        alpha=alpha,
        worst=min(principles, key=lambda p: (p.value, p.principle)).principle,
        capped_by=capped_by,
        red_line=red_line,
        principles=tuple(msgspec.structs.replace(p, vetoes=p.value < vetoes.get(p.principle, 0.0)) for p in principles),
    )


# --- several assessors


def _agreement(by_assessor: dict[str, list[Judgement]], scores: Sequence[EthicsScore]) -> Agreement:
    matters: dict[str, list[float]] = {}
    for judgements in by_assessor.values():
        for judgement in judgements:
            matters.setdefault(judgement.matter, []).append(judgement.rating)
    units = [matters[name] for name in sorted(matters)]
    agreed = len(by_assessor) > 1 and all(len(set(unit)) == 1 for unit in units)
    alpha = 1.0 if agreed else krippendorff_alpha(units)  # ratings that are all the same are no disagreement
    return Agreement(
        alpha=alpha,
        interval=(1.0, 1.0) if agreed else alpha_interval(units),
        assessors=tuple(by_assessor),
        matters=tuple(sorted(matters)),
        by_assessor={
            name: score.value for name, score in zip(by_assessor, scores, strict=True) if score.value is not None
        },
    )


def _pooled(scores: Sequence[EthicsScore], agreement: Agreement, settings: EthicsSettings) -> EthicsScore:
    """The mean of what each assessor's judgements lead to; unsettled where they do not agree."""
    values = [s.value for s in scores if s.value is not None]
    red_line = any(s.red_line for s in scores)
    intervals = [s.interval for s in scores if s.interval is not None]
    several = len(agreement.assessors) > 1
    settled = not several or (agreement.alpha is not None and agreement.alpha >= float(settings.agreement.value))
    by_name: dict[str, list[PrincipleScore]] = {}
    for score in scores:
        for principle in score.principles:
            by_name.setdefault(principle.principle, []).append(principle)
    principles = tuple(_mean(group) for _, group in sorted(by_name.items()))
    return EthicsScore(
        value=0.0 if red_line else sum(values) / len(values) if values and settled else None,
        interval=(min(low for low, _ in intervals), max(high for _, high in intervals)) if intervals else None,
        settled=settled,
        alpha=float(settings.alpha.value),
        worst=min(principles, key=lambda p: (p.value, p.principle)).principle if principles else None,
        capped_by=next((s.capped_by for s in scores if s.capped_by), None),
        red_line=red_line,
        principles=principles,
        agreement=agreement,
    )


def _mean(group: Sequence[PrincipleScore]) -> PrincipleScore:
    rated = [p.rated for p in group if p.rated is not None]
    return msgspec.structs.replace(
        group[0],
        value=sum(p.value for p in group) / len(group),
        interval=(min(p.interval[0] for p in group), max(p.interval[1] for p in group)),
        rated=sum(rated) / len(rated) if rated else None,
        vetoes=any(p.vetoes for p in group),
    )
