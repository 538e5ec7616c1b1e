"""What holds for every scenario: order means nothing, knowledge reverses nothing, red lines stand."""

from collections.abc import Callable

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from augkg import api
from augkg.engine.evaluation import Evaluation, state_in
from augkg.model.rulebook import Rulebook
from augkg.model.scenario import Scenario
from augkg.terms import State, Verdict
from tests.scenarios import Sampler, clashes

SEEDS = st.integers(0, 1_000_000)
DECIDED = {State.VIOLATED, State.SATISFIED, State.PERMITTED, State.NOT_APPLICABLE}


def states(rulebook: Rulebook, scenario: Scenario) -> dict[str, State]:
    return {norm.id: state_in(planes) for norm, _, planes in Evaluation(rulebook, [scenario]).norms}


@given(seed=SEEDS)
@settings(max_examples=60, deadline=None)
def test_the_order_of_facts_means_nothing(rulebook: Rulebook, seed: int) -> None:
    sampler = Sampler(rulebook, seed)
    scenario = sampler.scenario()
    shuffled = list(scenario.facts)
    sampler.random.shuffle(shuffled)
    other = msgspec.structs.replace(scenario, facts=tuple(shuffled))
    assert states(rulebook, other) == states(rulebook, scenario)


def test_the_order_of_packs_and_norms_means_nothing(rulebook: Rulebook) -> None:
    packs = api.read_packs(rulebook.vocabulary, api.pack_files())
    turned = [msgspec.structs.replace(p, norms=tuple(reversed(p.norms))) for p in reversed(packs)]
    other = api.link_and_compile(rulebook.vocabulary, turned)
    sampler = Sampler(rulebook, 11)
    for number in range(20):
        scenario = sampler.scenario(number)
        assert states(other, scenario) == states(rulebook, scenario)
        assert api.assess(other, scenario).verdict is api.assess(rulebook, scenario).verdict


@given(seed=SEEDS)
@settings(max_examples=80, deadline=None)
def test_learning_a_fact_reverses_no_decided_finding(rulebook: Rulebook, seed: int) -> None:
    sampler = Sampler(rulebook, seed)
    # A list that is not complete can be added to: that is what learning is.
    before = msgspec.structs.replace(sampler.scenario(), complete=frozenset())
    facet = sampler.random.choice([f for f, pool in sampler.pool.items() if pool])
    fact = sampler.fact(facet, holds=sampler.random.random() < 0.6)
    if clashes(fact, before.facts, sampler.taxonomy):
        return
    after = msgspec.structs.replace(before, facts=(*before.facts, fact))
    was, now = states(rulebook, before), states(rulebook, after)
    for norm, state in was.items():
        if state in DECIDED:
            assert now[norm] is state
        if state is State.EXCEPTED:
            assert now[norm] in (State.EXCEPTED, State.NOT_APPLICABLE)


@given(seed=SEEDS)
@settings(max_examples=40, deadline=None)
def test_completing_a_list_reverses_no_decided_finding(rulebook: Rulebook, seed: int) -> None:
    before = msgspec.structs.replace(Sampler(rulebook, seed).scenario(), complete=frozenset())
    closed = frozenset(f.name for f in rulebook.vocabulary.facets.values() if f.closed)
    was, now = states(rulebook, before), states(rulebook, msgspec.structs.replace(before, complete=closed))
    assert {n: now[n] for n, s in was.items() if s in DECIDED} == {n: s for n, s in was.items() if s in DECIDED}


CLONING = """
technology: SomaticCellNuclearTransfer
act: [TransferringSomaticNucleus, PlacingInWoman]
target: NuclearTransferEmbryo
purpose: Reproduction
"""


@given(seed=SEEDS)
@settings(max_examples=60, deadline=None)
def test_a_red_line_stands_whatever_else_is_stated(
    rulebook: Rulebook, make: Callable[..., Scenario], seed: int
) -> None:
    cloning = make(CLONING)
    sampler = Sampler(rulebook, seed)
    facts = list(cloning.facts)
    for _ in range(6):
        facet = sampler.random.choice([f for f, pool in sampler.pool.items() if pool])
        fact = sampler.fact(facet, holds=sampler.random.random() < 0.6)
        if not clashes(fact, facts, sampler.taxonomy):
            facts.append(fact)
    scenario = msgspec.structs.replace(
        cloning, facts=tuple(facts), jurisdictions=(sampler.random.choice(sampler.places),)
    )
    found = states(rulebook, scenario)
    assert found["red-line/ReproductiveCloning"] is State.VIOLATED
    assert Evaluation(rulebook, [scenario]).verdict() is Verdict.PROHIBITED


@given(seed=SEEDS)
@settings(max_examples=25, deadline=None)
def test_the_same_input_gives_the_same_bytes(rulebook: Rulebook, seed: int) -> None:
    scenario = Sampler(rulebook, seed).scenario()
    assert api.to_json(api.assess(rulebook, scenario)) == api.to_json(api.assess(rulebook, scenario))


@given(seed=SEEDS)
@settings(max_examples=25, deadline=None)
def test_conditions_bring_it_about(rulebook: Rulebook, seed: int) -> None:
    """A conditional verdict is compliant once its conditions are stated, and not with any one of them left out."""
    from augkg.engine.conditions import find_conditions
    from augkg.engine.evaluation import with_facts

    sampler = Sampler(rulebook, seed)
    scenario = sampler.scenario()
    facts = find_conditions(rulebook, scenario, None, sampler.taxonomy)
    if facts is None or Evaluation(rulebook, [scenario]).verdict() is not Verdict.UNDETERMINED:
        return
    assert Evaluation(rulebook, [with_facts(scenario, facts)]).verdict() is Verdict.COMPLIANT
    for fact in facts:
        fewer = [each for each in facts if each != fact]
        assert Evaluation(rulebook, [with_facts(scenario, fewer)]).verdict() is not Verdict.COMPLIANT
