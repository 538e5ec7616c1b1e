"""From planes to the states of norms, and from states to verdicts.

The table of design §6, row for row. Every line works on whole planes, so that one scenario and a million are
decided by the same code.

    planes -> STATES -> verdict planes | the states of one row
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from augkg.engine.evaluate import Planes
from augkg.engine.facts import Plane
from augkg.model.law import Norm
from augkg.model.program import NO_NODE, NormCode
from augkg.terms import Modality, State, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class NormPlanes:
    """The planes of one norm.

    Attributes:
        states: Of each state.
        at_stake: It could still turn out to be breached.
        met: It applies, and it is not breached however the rest turns out.
    """

    states: dict[State, Plane]
    at_stake: Plane
    met: Plane


def norm_planes(norm: Norm, code: NormCode, planes: Planes, ones: Plane) -> NormPlanes:
    """The states of one norm; each scenario bears exactly one."""
    gate = planes[code.gate][0]
    applies_t, applies_f = planes[code.applies]
    excepted_t, _ = planes[code.excepted]
    bites_t, bites_f = planes[code.bites]
    outcome_t, outcome_f = planes[code.outcome]
    overridden_t, _ = planes[code.overridden]
    none = ones ^ ones
    left = gate & (applies_f ^ ones)
    states = {State.NOT_APPLICABLE: ones ^ left}

    def settle(state: State, plane: Plane) -> None:
        nonlocal left
        states[state] = left & plane
        left = left & (plane ^ ones)

    settle(State.EXCEPTED, excepted_t)
    if norm.modality is Modality.PERMISSION:
        settle(State.PERMITTED, outcome_t)
        states[State.NOT_APPLICABLE] = states[State.NOT_APPLICABLE] | (left & outcome_f)
        left = left & (outcome_f ^ ones)
        states[State.UNDETERMINED] = left
        return NormPlanes(states=states, at_stake=none, met=states[State.PERMITTED])
    if code.duty != NO_NODE:
        settle(State.SATISFIED, bites_t & planes[code.duty][0])
    states[State.NOT_APPLICABLE] = states[State.NOT_APPLICABLE] | (left & bites_f)
    left = left & (bites_f ^ ones)
    settle(State.VIOLATED, outcome_t)
    settle(State.OVERRIDDEN, overridden_t)
    states[State.UNDETERMINED] = left
    # A norm that does not bite however its unknowns turn out is not applicable: it is not met, it is silent.
    met = gate & applies_t & outcome_f & (states[State.NOT_APPLICABLE] ^ ones)
    return NormPlanes(states=states, at_stake=left & (outcome_f ^ ones), met=met)


def verdict_planes(norms: Sequence[tuple[Norm, bool, NormPlanes]], ones: Plane) -> Iterator[tuple[Verdict, Plane]]:
    """The plane of each verdict but `conditional`, which takes a second look at single scenarios.

    Args:
        norms: Each norm, whether its instrument is binding (a red line counts as such), and its planes.
        ones: The plane with all bits set.
    """
    none = ones ^ ones
    prohibited, breached, at_stake, met, held = none, none, none, none, none
    for norm, binding, found in norms:
        if not binding:
            continue
        states = found.states
        violated = states.get(State.VIOLATED, none)
        if norm.modality is Modality.PROHIBITION:
            prohibited = prohibited | violated
        else:
            breached = breached | violated
        at_stake = at_stake | found.at_stake
        held = held | states[State.UNDETERMINED] | (states.get(State.EXCEPTED, none) & (found.met ^ ones))
        met = met | found.met
    left = ones
    # A norm of which it is not known whether it applies, but which cannot be breached, stands in no one's way;
    # where nothing else speaks, though, it is not known that nothing does.
    for verdict, plane in (
        (Verdict.PROHIBITED, prohibited),
        (Verdict.NON_COMPLIANT, breached),
        (Verdict.UNDETERMINED, at_stake | (held & (met ^ ones))),
        (Verdict.COMPLIANT, met),
        (Verdict.UNREGULATED, ones),
    ):
        yield verdict, left & plane
        left = left & (plane ^ ones)
