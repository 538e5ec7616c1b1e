"""A third opinion: over the real rulebook, clingo finds the same state of every norm as the engine."""

import pytest

from augkg.advice.opinion import Opinion
from augkg.engine.evaluation import Evaluation, state_in
from augkg.model.rulebook import Rulebook
from augkg.terms import State
from tests.scenarios import Sampler

SCENARIOS = 1000
AT_ONCE = 20


def disagreements(rulebook: Rulebook, count: int, seed: int) -> tuple[list[tuple[str, str, State, State]], set[State]]:
    sampler = Sampler(rulebook, seed)
    scenarios = [sampler.scenario(i) for i in range(count)]
    evaluation = Evaluation(rulebook, scenarios)
    opinion = Opinion(rulebook)
    found, met = [], set()
    for start in range(0, count, AT_ONCE):
        for i, states in enumerate(opinion.states(scenarios[start : start + AT_ONCE]), start):
            for norm, _, planes in evaluation.norms:
                ours, theirs = state_in(planes, i), states[norm.id]
                met.add(ours)
                if ours is not theirs:
                    found.append((scenarios[i].id, norm.id, ours, theirs))
    return found, met


def test_a_few_scenarios(rulebook: Rulebook) -> None:
    found, _ = disagreements(rulebook, 20, seed=1)
    assert found == []


@pytest.mark.slow
def test_the_solver_agrees_on_every_state(rulebook: Rulebook) -> None:
    found, met = disagreements(rulebook, SCENARIOS, seed=2026)
    assert found == []
    assert met == set(State), "every state was met, so that agreement on it says something"


def test_the_opinion_can_differ(rulebook: Rulebook) -> None:
    """A state that the engine got wrong would be seen: the two do not share what they compute."""
    sampler = Sampler(rulebook, 3)
    a, b = sampler.scenario(0), sampler.scenario(1)
    first, second = Opinion(rulebook).states([a, b])
    assert first != second
