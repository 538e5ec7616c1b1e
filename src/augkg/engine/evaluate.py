"""Run a program over columns of facts: two planes for each node, known true and known false.

model.program + facts.Columns -> EVALUATE -> planes -> states
"""

from augkg.engine.facts import Columns, Plane, Truth2
from augkg.model.program import Program

Planes = list[Truth2]


def evaluate(program: Program, columns: Columns) -> Planes:
    """The planes of every node, in their order: Kleene's strong tables, and cases where unknowns interact."""
    ones, none = columns.ones, columns.none
    planes: Planes = [columns.atom(atom) for atom in program.atoms]
    for step in program.steps:
        match step[0]:
            case 0:
                true, false = ones, none
                for node in step[1:]:
                    t, f = planes[node]
                    true, false = true & t, false | f
            case 1:
                true, false = none, ones
                for node in step[1:]:
                    t, f = planes[node]
                    true, false = true | t, false & f
            case 2:
                false, true = planes[step[1]]
            case 3:
                true, false = (ones, none) if step[1] else (none, ones)
            case _:
                true, false = _cases(step, planes, ones, none)
        planes.append((true, false))
    return planes


def _cases(step: tuple[int, ...], planes: Planes, ones: Plane, none: Plane) -> Truth2:
    k = step[1]
    atoms, branches = step[2 : 2 + k], step[2 + k :]
    true, false = ones, ones
    for mask, node in zip(branches[::2], branches[1::2], strict=True):
        excluded = none
        for i, atom in enumerate(atoms):
            excluded = excluded | planes[atom][1 if mask >> i & 1 else 0]
        t, f = planes[node]
        true, false = true & (t | excluded), false & (f | excluded)
    return true, false
