"""A third opinion: over the real rulebook, clingo finds the same state of every norm as the engine."""

import pytest

from augkg import api
from augkg.advice.opinion import Opinion
from augkg.engine.evaluation import Evaluation, state_in
from augkg.model.rulebook import Rulebook
from augkg.model.scenario import Scenario
from augkg.terms import Modality, State
from tests.scenarios import Sampler

SCENARIOS = 1000
AT_ONCE = 20


def drawn(rulebook: Rulebook, count: int, seed: int) -> list[Scenario]:
    sampler = Sampler(rulebook, seed)
    return [sampler.scenario(i) for i in range(count)]


def of_permissions(rulebook: Rulebook) -> list[Scenario]:
    """The scenarios in the tests of permissions, which chance seldom meets."""
    packs = api.read_packs(rulebook.vocabulary, api.pack_files(), tests=True)
    permissions = [(p, n.id) for p in packs for n in p.norms if n.modality is Modality.PERMISSION]
    return [test.given for pack, norm in permissions for test in pack.tests[norm]]


def disagreements(
    rulebook: Rulebook, scenarios: list[Scenario]
) -> tuple[list[tuple[str, str, State, State]], set[State]]:
    evaluation = Evaluation(rulebook, scenarios)
    opinion = Opinion(rulebook)
    found, met = [], set()
    for start in range(0, len(scenarios), AT_ONCE):
        for i, states in enumerate(opinion.states(scenarios[start : start + AT_ONCE]), start):
            for norm, _, planes in evaluation.norms:
                ours, theirs = state_in(planes, i), states[norm.id]
                met.add(ours)
                if ours is not theirs:
                    found.append((scenarios[i].id, norm.id, ours, theirs))
    return found, met


def test_a_few_scenarios(rulebook: Rulebook) -> None:
    found, _ = disagreements(rulebook, drawn(rulebook, 20, seed=1))
    assert found == []


@pytest.mark.slow
def test_the_solver_agrees_on_every_state(rulebook: Rulebook) -> None:
    found, met = disagreements(rulebook, [*drawn(rulebook, SCENARIOS, seed=2026), *of_permissions(rulebook)])
    assert found == []
    # No shipped norm overrides another: exceptions do that work. Every other state was met, so agreement says something.
    assert not any(norm.overrides or norm.yields_to for norm in rulebook.norms)
    assert met == set(State) - {State.OVERRIDDEN}


def test_the_opinion_can_differ(rulebook: Rulebook) -> None:
    """A state that the engine got wrong would be seen: the two do not share what they compute."""
    sampler = Sampler(rulebook, 3)
    a, b = sampler.scenario(0), sampler.scenario(1)
    first, second = Opinion(rulebook).states([a, b])
    assert first != second
