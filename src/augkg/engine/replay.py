"""Replay a scenario that somebody else found: does it show what it is said to show, and what of it is needed for that?

rulebook + scenario + states -> REPLAY -> the smallest part of the scenario that shows them, or None
"""

from collections.abc import Iterator, Mapping

import msgspec

from augkg.engine.compile import compile_program
from augkg.engine.evaluation import Evaluation, state_in
from augkg.model.condition import And, Named
from augkg.model.rulebook import Rulebook
from augkg.model.scenario import Scenario
from augkg.terms import State


def replay(rulebook: Rulebook, scenario: Scenario, shows: Mapping[str, State]) -> Scenario | None:
    """The scenario with everything left out that is not needed to show the states of some norms.

    Args:
        rulebook: The rulebook.
        scenario: What was found.
        shows: The state of each norm in question.

    Returns:
        None if the engine does not find these states in it.
    """
    small = _part(rulebook, shows)
    taxonomy = rulebook.vocabulary.taxonomy

    def shown(candidate: Scenario) -> bool:
        evaluation = Evaluation(small, [candidate], None, taxonomy)
        return all(state_in(planes) is shows[norm.id] for norm, _, planes in evaluation.norms if norm.id in shows)

    if not shown(scenario):
        return None
    # That a norm does not apply is shown by a scenario that comes near it, not by the least that can be stated.
    progress = set(shows.values()) != {State.NOT_APPLICABLE}
    while progress:
        progress = False
        for candidate in _smaller(scenario):
            if shown(candidate):
                scenario, progress = candidate, True
                break
    return scenario


def _part(rulebook: Rulebook, wanted: Mapping[str, State]) -> Rulebook:
    """The rulebook cut down to some norms and the permissions that prevail over them."""
    near = [
        norm
        for norm in rulebook.norms
        if norm.id in wanted or any(each.id in wanted and norm.id in each.yields_to for each in rulebook.norms)
        or set(norm.overrides) & set(wanted)
    ]  # fmt: skip
    ids = {norm.id for norm in near}
    norms = tuple(
        msgspec.structs.replace(norm, yields_to=tuple(each for each in norm.yields_to if each in ids)) for norm in near
    )
    program = compile_program(rulebook.vocabulary, rulebook.instruments, norms, rulebook.definitions)
    return msgspec.structs.replace(rulebook, norms=norms, program=program)


def _smaller(scenario: Scenario) -> Iterator[Scenario]:
    """The scenario less one fact, less one part of a fact, less one measure."""
    facts = scenario.facts
    for i, fact in enumerate(facts):
        yield msgspec.structs.replace(scenario, facts=(*facts[:i], *facts[i + 1 :]))
        if isinstance(fact.filler, And):
            for left_out in fact.filler.parts:
                parts = tuple(part for part in fact.filler.parts if part is not left_out)
                if any(isinstance(part, Named) for part in parts):
                    filler = And(parts=parts) if len(parts) > 1 else parts[0]
                    yield msgspec.structs.replace(
                        scenario, facts=(*facts[:i], msgspec.structs.replace(fact, filler=filler), *facts[i + 1 :])
                    )
    for quantity in scenario.quantities:
        rest = tuple(each for each in scenario.quantities if each is not quantity)
        yield msgspec.structs.replace(scenario, quantities=rest)
    for facet in sorted(scenario.complete):
        if not any(fact.facet == facet for fact in facts):
            yield msgspec.structs.replace(scenario, complete=scenario.complete - {facet})
