"""What a program says of some scenarios: states, verdicts, and which unknown atoms leave a norm open."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property

from augkg.engine.evaluate import Planes, evaluate
from augkg.engine.facts import Columns, int_planes
from augkg.engine.states import NormPlanes, norm_planes, verdict_planes
from augkg.model.law import Norm
from augkg.model.program import CASES, CONSTANT, NOT, NormCode
from augkg.model.rulebook import Rulebook
from augkg.model.scenario import Fact, Scenario
from augkg.model.taxonomy import Taxonomy
from augkg.terms import State, Verdict


class Evaluation:
    """The program of a rulebook run over some scenarios under the law of given days.

    Args:
        rulebook: The rulebook.
        scenarios: The scenarios; a row is the place of one of them.
        as_of: The date whose law is asked for; each scenario's own unless given.
        taxonomy: The rulebook's, if it is at hand already.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        scenarios: Sequence[Scenario],
        as_of: date | None = None,
        taxonomy: Taxonomy | None = None,
    ) -> None:
        self.rulebook, self.scenarios = rulebook, scenarios
        self.days = [as_of or scenario.date for scenario in scenarios]
        self.taxonomy = taxonomy or rulebook.vocabulary.taxonomy
        self.columns = Columns(
            scenarios, self.days, rulebook.vocabulary, self.taxonomy, rulebook.instruments, int_planes(len(scenarios))
        )
        self.planes: Planes = evaluate(rulebook.program, self.columns)

    @cached_property
    def norms(self) -> list[tuple[Norm, NormCode, NormPlanes]]:
        """Each norm with its nodes and the planes of its states."""
        ones = self.columns.ones
        return [
            (norm, code, norm_planes(norm, code, self.planes, ones))
            for norm, code in zip(self.rulebook.norms, self.rulebook.program.codes, strict=True)
        ]

    @cached_property
    def _verdicts(self) -> list[tuple[Verdict, int]]:
        rows = ((norm, is_binding(norm, self.rulebook), planes) for norm, _, planes in self.norms)
        return list(verdict_planes(list(rows), self.columns.ones))

    def verdict(self, row: int = 0) -> Verdict:
        """The verdict on one scenario; `conditional` is not told apart from `undetermined` here."""
        return next(verdict for verdict, plane in self._verdicts if plane >> row & 1)

    def known(self, node: int, row: int = 0) -> bool | None:
        """The truth of a node in one scenario."""
        true, false = self.planes[node]
        return True if true >> row & 1 else False if false >> row & 1 else None

    def at_stake(self, row: int = 0) -> Iterator[tuple[Norm, NormCode]]:
        """The binding norms of which it is open whether they are breached."""
        for norm, code, planes in self.norms:
            if planes.at_stake >> row & 1 and is_binding(norm, self.rulebook):
                yield norm, code

    def unknown_atoms(self, node: int) -> dict[int, set[bool]]:
        """The atoms that leave a node unknown in the first scenario, each with the signs under which it stands there.

        Parts that are settled are not looked into: what is unknown inside them makes no difference.
        """
        count = len(self.rulebook.program.atoms)
        found: dict[int, set[bool]] = {}
        queue, seen = [(node, True)], set()
        for each, sign in queue:
            if (each, sign) in seen or self.known(each) is not None:
                continue
            seen.add((each, sign))
            if each < count:
                found.setdefault(each, set()).add(sign)
                continue
            step = self.rulebook.program.steps[each - count]
            if step[0] == CASES:
                k = step[1]
                queue += [(atom, either) for atom in step[2 : 2 + k] for either in (True, False)]
                queue += [(branch, sign) for branch in step[3 + k :: 2]]
            elif step[0] != CONSTANT:
                queue += [(part, sign ^ (step[0] == NOT)) for part in step[1:]]
        return found


def state_in(planes: NormPlanes, row: int = 0) -> State:
    """The state of a norm in one scenario."""
    return next(state for state, plane in planes.states.items() if plane >> row & 1)


def is_binding(norm: Norm, rulebook: Rulebook) -> bool:
    """Whether a breach of the norm counts for the verdict: red lines, and norms of binding instruments."""
    return norm.red_line or rulebook.instruments[norm.instrument].binding


def with_facts(scenario: Scenario, more: Sequence[Fact], complete: frozenset[str] = frozenset()) -> Scenario:
    """The scenario with more facts stated (and facets said to be complete)."""
    return Scenario(
        id=scenario.id,
        date=scenario.date,
        jurisdictions=scenario.jurisdictions,
        facts=(*scenario.facts, *more),
        complete=scenario.complete | complete,
        quantities=scenario.quantities,
    )
