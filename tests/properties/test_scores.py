"""Scores behave: worse inputs never score better, safeguards never score worse, order does not matter."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from augkg import api
from augkg.engine.draws import points_of
from augkg.engine.ethics import ethics_score
from augkg.engine.evaluation import Evaluation
from augkg.engine.hazards import HazardFinder
from augkg.engine.risk import KNOWN, Risk
from augkg.model.condition import Named
from augkg.model.rulebook import Rulebook
from augkg.model.scenario import Fact, HazardFact, Judgement, Person, Reading, Scenario
from augkg.terms import RiskClass
from tests.scenarios import Sampler

LIKELIHOOD = st.integers(0, 1000).map(lambda n: Decimal(n) / 1000)
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def scenario(hazards: list[HazardFact], *facts: Fact) -> Scenario:
    return Scenario(
        id="made", date=date(2024, 1, 1), jurisdictions=("GB",), hazards=tuple(hazards), facts=facts,
    )  # fmt: skip


def risk_of(rulebook: Rulebook, made: Scenario) -> Risk:
    risk = rulebook.profiles["default"].risk
    return Risk(HazardFinder(Evaluation(rulebook, [made]), risk).bearings(), rulebook.vocabulary.evidence, risk)


@pytest.fixture(scope="module")
def names(rulebook: Rulebook) -> list[str]:
    return sorted(rulebook.vocabulary.evidence.hazards)


@st.composite
def hazard_lists(draw: st.DrawFn, names: list[str]) -> list[HazardFact]:
    # Families of hazards that include one another are drawn often, because there the sum is not plain.
    families = ["Neurotoxicity", "SevereNeurotoxicity", "NonRelapseDeath", "DeathFromInfection", "DeathFromNeurotoxicity",
                "OcularEvent", "Cataract", "RetinalTear", "GeneMutation", "OffTargetMutation"]  # fmt: skip
    chosen = draw(st.lists(st.sampled_from(families) | st.sampled_from(names), unique=True, min_size=1, max_size=9))
    return [
        HazardFact(hazard=n, likelihood=draw(LIKELIHOOD), weight=draw(st.integers(0, 5).map(Decimal))) for n in chosen
    ]


@QUICK
@given(data=st.data())
def test_f_grows_with_every_hazard(rulebook: Rulebook, names: list[str], data: st.DataObject) -> None:
    hazards = data.draw(hazard_lists(names))
    i = data.draw(st.integers(0, len(hazards) - 1))
    more = Decimal(str(hazards[i].likelihood)) + data.draw(LIKELIHOOD) * (1 - Decimal(str(hazards[i].likelihood)))
    worse = [msgspec.structs.replace(h, likelihood=more) if n == i else h for n, h in enumerate(hazards)]
    fewer = [h for n, h in enumerate(hazards) if n != i]
    scores = [
        risk_of(rulebook, scenario(each)).score(points_of(rulebook), ()) if each else None
        for each in (fewer, hazards, worse)
    ]
    order = list(RiskClass)
    for less, greater in pairwise(scores):
        if less is None or greater is None:
            continue
        assert less.value is not None
        assert greater.value is not None
        assert less.value <= greater.value
        assert less.risk_class is not None
        assert greater.risk_class is not None
        assert order.index(less.risk_class) <= order.index(greater.risk_class)
        domains = {d.domain: d.residual for d in greater.domains}
        assert all(d.residual <= domains[d.domain] for d in less.domains)


@QUICK
@given(data=st.data())
def test_f_falls_with_every_safeguard(rulebook: Rulebook, data: st.DataObject) -> None:
    evidence = rulebook.vocabulary.evidence
    mitigation = evidence.mitigations[data.draw(st.sampled_from(sorted(evidence.mitigations)))]
    hazards = [HazardFact(hazard=h, likelihood=data.draw(LIKELIHOOD)) for h in mitigation.hazards]
    technologies = [Fact(facet="technology", filler=Named(name=t)) for t in mitigation.technologies]

    def total(there: bool | None) -> tuple[Decimal, dict[str, Decimal]]:
        stated = (
            [] if there is None else [Fact(facet="safeguard", filler=Named(name=mitigation.safeguard), holds=there)]
        )
        risk = risk_of(rulebook, scenario(hazards, *technologies, *stated))
        amounts = risk.likely()
        return risk.total(amounts, KNOWN, {b.hazard: b.weight for b in risk.bearings}), risk.domains(amounts, KNOWN)

    with_it, unknown, without = total(True), total(None), total(False)
    assert with_it[0] <= unknown[0] == without[0]
    assert all(with_it[1][name] <= without[1][name] for name in without[1])


@QUICK
@given(data=st.data())
def test_the_order_of_hazards_does_not_matter(rulebook: Rulebook, names: list[str], data: st.DataObject) -> None:
    hazards = data.draw(hazard_lists(names))
    hazards = [msgspec.structs.replace(h, low=h.likelihood, high=Decimal(1)) for h in hazards]
    shuffled = data.draw(st.permutations(hazards))
    a, b = (risk_of(rulebook, scenario(each)).score(points_of(rulebook), ()) for each in (hazards, shuffled))
    assert a == b
    assert a.interval is not None
    assert a.interval[0] <= a.interval[1]


@QUICK
@given(data=st.data())
def test_what_is_not_known_only_widens(rulebook: Rulebook, data: st.DataObject) -> None:
    """Saying whether a safeguard is there never moves the interval beyond where it was."""
    technology = data.draw(
        st.sampled_from(["DeepBrainStimulation", "TranscranialMagneticStimulation", "CarTCellTherapy"])
    )
    facts = [Fact(facet="technology", filler=Named(name=technology))]
    made = msgspec.structs.replace(scenario([], *facts), hazards=None)
    controls = sorted({m.safeguard for b in risk_of(rulebook, made).bearings for m, _ in b.controls})
    name = data.draw(st.sampled_from(controls))
    ends = []
    for stated in ([], [True], [False]):
        more = tuple(Fact(facet="safeguard", filler=Named(name=name), holds=each) for each in stated)
        found = risk_of(rulebook, msgspec.structs.replace(made, facts=(*facts, *more))).score(points_of(rulebook), ())
        assert found.interval is not None
        ends.append(found.interval)
    (low, high), *known = ends
    assert all(low <= a + 1e-9 and b <= high + 1e-9 for a, b in known)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_e_and_h_lie_in_their_range(rulebook: Rulebook, seed: int) -> None:
    made = Sampler(rulebook, seed).scenario(0)
    profile = rulebook.profiles["default"]
    found = ethics_score(Evaluation(rulebook, [made]), profile.ethics)
    if found.value is not None:
        assert found.interval is not None
        assert 0 <= found.interval[0] <= found.value <= found.interval[1] <= 1
    assert found.value == 0 or not found.red_line
    for principle in found.principles:
        assert 0 <= principle.interval[0] <= principle.value <= principle.interval[1] <= 1


INDICATORS = ("Haemoglobin", "Creatinine", "Potassium", "SystolicBloodPressure", "FastingGlucose", "HdlCholesterol")


@QUICK
@given(
    readings=st.dictionaries(st.sampled_from(INDICATORS), st.floats(0, 500), min_size=1),
    sex=st.sampled_from(["female", "male", None]),
    age=st.floats(0, 100) | st.none(),
)
def test_h_falls_as_indicators_leave_their_range(
    rulebook: Rulebook, readings: dict[str, float], sex: str | None, age: float | None
) -> None:
    from augkg.engine.health import person_health
    from augkg.terms import Sex

    person = Person(
        id="a",
        sex=Sex(sex) if sex else None,
        age=age,
        readings=tuple(Reading(indicator=k, value=v) for k, v in readings.items()),
    )
    profile, indicators = rulebook.profiles["default"].health, rulebook.vocabulary.evidence.indicators
    found = person_health(person, indicators, profile)
    if age is None or age < 18:
        assert found.value is None
        assert found.status == "unknown"
        return
    assert found.value is not None
    assert found.interval is not None
    assert 0 <= found.interval[0] <= found.value <= found.interval[1] <= 1
    name = next(iter(readings))
    reference = next(r for r in indicators[name].references if r.sex in (None, person.sex or r.sex))
    middle = ((reference.low or 0) + (reference.high or 2 * (reference.low or 1))) / 2
    nearer = [Reading(indicator=k, value=middle if k == name else v) for k, v in readings.items()]
    better = person_health(msgspec.structs.replace(person, readings=tuple(nearer)), indicators, profile)
    assert better.value is not None
    if person.sex is not None:
        assert better.value >= found.value


@QUICK
@given(st.lists(st.floats(0, 1), min_size=2, max_size=6))
def test_assessors_are_pooled_and_their_range_is_kept(rulebook: Rulebook, ratings: list[float]) -> None:
    judged = tuple(Judgement(assessor=f"a{i}", matter="Autonomy", rating=r) for i, r in enumerate(ratings))
    made = msgspec.structs.replace(scenario([]), jurisdictions=("TV",), judgements=judged)
    found = ethics_score(Evaluation(rulebook, [made]), rulebook.profiles["default"].ethics)
    assert found.agreement is not None
    assert set(found.agreement.by_assessor) == {f"a{i}" for i in range(len(ratings))}
    assert found.settled == (len(set(ratings)) == 1)
    assert (found.value is not None) == found.settled
    assert api.to_json(found)
