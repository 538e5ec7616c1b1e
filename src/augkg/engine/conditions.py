"""Find the conditions of a conditional verdict: obtainable facts, now unknown, with which it is compliant.

Evaluation -> CONDITIONS -> the smallest such set, or none
"""

from datetime import date

from augkg.engine.evaluation import Evaluation, with_facts
from augkg.model.condition import Named, walk
from augkg.model.law import Norm
from augkg.model.program import NO_NODE, AtLeastAtom, NormCode, SomeAtom
from augkg.model.rulebook import Rulebook
from augkg.model.scenario import Fact, Scenario
from augkg.model.taxonomy import Taxonomy
from augkg.terms import Modality, Mutability, Verdict


def find_conditions(
    rulebook: Rulebook, scenario: Scenario, as_of: date | None, taxonomy: Taxonomy
) -> tuple[Fact, ...] | None:
    """The obtainable facts that, were they true, would make an undetermined scenario compliant.

    Everything obtainable that the open norms want is granted together, round by round, because granting one
    fact may open another norm; then each fact that is not needed is dropped, so that no smaller part of
    the answer would do.

    Returns:
        The facts, or None if obtainable facts alone would not settle it.
    """
    granted: list[Fact] = []
    while (evaluation := Evaluation(rulebook, [with_facts(scenario, granted)], as_of, taxonomy)).verdict() is (
        Verdict.UNDETERMINED
    ):
        wanted = [fact for fact in _wanted(evaluation) if fact not in granted]
        if not wanted:
            return None
        granted += wanted
    if evaluation.verdict() is not Verdict.COMPLIANT:
        return None
    # One run tells which facts could be spared singly; without one that cannot, nothing smaller would do either.
    ordered = sorted(granted, key=lambda fact: _speciality(fact, taxonomy))
    singly = [with_facts(scenario, [each for each in granted if each != fact]) for fact in ordered]
    run = Evaluation(rulebook, singly, as_of, taxonomy)
    spare = [fact for row, fact in enumerate(ordered) if run.verdict(row) is Verdict.COMPLIANT]
    for fact in spare:
        fewer = [each for each in granted if each != fact]
        if (
            fact is spare[0]
            or Evaluation(rulebook, [with_facts(scenario, fewer)], as_of, taxonomy).verdict() is Verdict.COMPLIANT
        ):
            granted = fewer
    return tuple(granted)


def _speciality(fact: Fact, taxonomy: Taxonomy) -> tuple[int, str]:
    # The most special are dropped first, so that no more is asked for than the norms ask for.
    assert isinstance(fact.filler, Named)
    return -len(taxonomy.above(fact.filler.name)), fact.filler.name


def _wanted(evaluation: Evaluation) -> list[Fact]:
    vocabulary, program = evaluation.rulebook.vocabulary, evaluation.rulebook.program
    wanted: dict[str, Fact] = {}
    for norm, code in evaluation.at_stake():
        for node, helpful in _helpful(norm, code, evaluation.rulebook):
            for number, signs in evaluation.unknown_atoms(node).items():
                atom = program.atoms[number]
                if helpful in signs and isinstance(atom, SomeAtom | AtLeastAtom):
                    for part in walk(atom.filler):
                        if isinstance(part, Named) and vocabulary.mutability(part.name) is Mutability.OBTAINABLE:
                            wanted.setdefault(part.name, Fact(facet=atom.facet, filler=part))
    return list(wanted.values())


def _helpful(norm: Norm, code: NormCode, rulebook: Rulebook) -> list[tuple[int, bool]]:
    """The nodes whose becoming true (or, in the scope of a norm, false) would lift it."""
    nodes = [(each.holds, True) for each in code.exceptions] + [(code.applies, False)]
    if norm.modality is Modality.OBLIGATION and code.duty != NO_NODE:
        nodes.append((code.duty, True))
    for other, other_code in zip(rulebook.norms, rulebook.program.codes, strict=True):
        if norm.id in other.overrides or other.id in norm.yields_to:
            nodes.append((other_code.outcome, True))
    return nodes
