"""The compiled form of a rulebook: atoms, then and/or/not steps in an order in which each needs only earlier ones.

Nodes are numbered: first the atoms, then the steps. A step is a tuple of numbers, its operation first:

    (AND, node, …) (OR, node, …) (NOT, node) (CONSTANT, 0 or 1)
    (CASES, k, atom_1 … atom_k, mask_1, node_1, mask_2, node_2, …)

`CASES` settles a node exactly where its unknowns interact: it is true (false) if it is so under each assignment of
the k atoms (bit i of a mask is the value of atom_i) that does not contradict what is known.
"""

from __future__ import annotations

from decimal import Decimal

from augkg.model.base import Interval, Value
from augkg.model.condition import Condition

AND, OR, NOT, CONSTANT, CASES = range(5)
NO_NODE = -1


class SomeAtom(Value, frozen=True, kw_only=True, tag="some"):
    """Something in the facet is of this class."""

    facet: str
    filler: Condition


class AtLeastAtom(Value, frozen=True, kw_only=True, tag="min"):
    """At least n different things in the facet are of this class."""

    facet: str
    n: int
    filler: Condition


class CompareAtom(Value, frozen=True, kw_only=True, tag="compare"):
    """A measure stands so to a number, or to a parameter of an instrument."""

    measure: str
    op: str
    limit: Decimal | None = None
    instrument: str | None = None
    parameter: str | None = None


class OpenAtom(Value, frozen=True, kw_only=True, tag="open"):
    """What a text says and the language cannot: never known."""

    norm: str
    text_gist: str


class BindsAtom(Value, frozen=True, kw_only=True, tag="binds"):
    """The place and date of a scenario lie within the reach of an instrument: always known."""

    instrument: str


class InForceAtom(Value, frozen=True, kw_only=True, tag="in-force"):
    """The date lies in one of the intervals: always known."""

    intervals: tuple[Interval, ...]


Atom = SomeAtom | AtLeastAtom | CompareAtom | OpenAtom | BindsAtom | InForceAtom


class ExceptionCode(Value, frozen=True, kw_only=True):
    """Where the truth of one exception is: its condition, and the whole of it (in force, itself not excepted)."""

    id: str
    unless: int
    holds: int


class NormCode(Value, frozen=True, kw_only=True):
    """The nodes that decide the state of one norm.

    Attributes:
        gate: It binds there and is in force.
        applies: Its `when`.
        excepted: One of its exceptions holds.
        bites: It applies and is not excepted.
        duty: `requires` of an obligation, `provided` of a permission; `NO_NODE` for a prohibition.
        outcome: For a permission, that it permits; otherwise, that it is breached and nothing overrides it.
        overridden: A permission that prevails over it permits.
        exceptions: All exceptions, nested ones included.
    """

    gate: int
    applies: int
    excepted: int
    bites: int
    duty: int
    outcome: int
    overridden: int
    exceptions: tuple[ExceptionCode, ...] = ()


class Program(Value, frozen=True, kw_only=True):
    """Atoms and steps, and for each norm of the rulebook (in its order) the nodes that decide it."""

    atoms: tuple[Atom, ...]
    steps: tuple[tuple[int, ...], ...]
    codes: tuple[NormCode, ...]
