"""Build a program: each distinct atom and step once, unknowns that interact settled by cases.

model.condition -> BUILD -> model.program
"""

from collections.abc import Iterable, Mapping
from itertools import combinations

from augkg.model.condition import And, AtLeast, Compare, Condition, Named, Not, Or, Some
from augkg.model.program import AND, CASES, CONSTANT, NOT, OR, AtLeastAtom, Atom, CompareAtom, SomeAtom
from augkg.model.taxonomy import Taxonomy

MAX_CASES = 6  # atoms; beyond that an interaction is left unknown, which is sound

_ATOM = -1
_POSITIVE, _NEGATIVE, _BOTH = 1, 2, 3
_FLIPPED = {_POSITIVE: _NEGATIVE, _NEGATIVE: _POSITIVE, _BOTH: _BOTH}


class Builder:
    """Hash-consing builder of steps: asking for the same node twice gives the same number.

    A node made later never comes before one that it needs, so that the numbers are an order of evaluation.
    """

    def __init__(self, definitions: Mapping[str, Condition], taxonomy: Taxonomy) -> None:
        self._definitions, self._taxonomy = definitions, taxonomy
        self._nodes: list[tuple[int, ...]] = []
        self._numbers: dict[tuple[int, ...], int] = {}
        self._atoms: list[Atom] = []
        self._atom_numbers: dict[Atom, int] = {}
        self._lowered: dict[tuple[Condition, str | None], int] = {}
        self._signs_of: dict[int, dict[int, int]] = {}
        self.true, self.false = self._node((CONSTANT, 1)), self._node((CONSTANT, 0))

    def _node(self, step: tuple[int, ...]) -> int:
        number = self._numbers.get(step)
        if number is None:
            number = self._numbers[step] = len(self._nodes)
            self._nodes.append(step)
        return number

    # --- nodes

    def atom(self, atom: Atom) -> int:
        """The node of an atom."""
        index = self._atom_numbers.setdefault(atom, len(self._atoms))
        if index == len(self._atoms):
            self._atoms.append(atom)
        return self._node((_ATOM, index))

    def both(self, *parts: int) -> int:
        """The conjunction, flattened, each part once, constants taken out."""
        return self._joined(AND, parts, zero=self.false, one=self.true)

    def either(self, *parts: int) -> int:
        """The disjunction, likewise."""
        return self._joined(OR, parts, zero=self.true, one=self.false)

    def negated(self, part: int) -> int:
        """The negation; of a negation, what it negates."""
        step = self._nodes[part]
        if step[0] == NOT:
            return step[1]
        if part in (self.true, self.false):
            return self.false if part == self.true else self.true
        return self._node((NOT, part))

    def _joined(self, op: int, parts: Iterable[int], zero: int, one: int) -> int:
        flat: set[int] = set()
        for part in parts:
            step = self._nodes[part]
            flat.update(step[1:] if step[0] == op else (part,))
        flat.discard(one)
        if zero in flat:
            return zero
        if len(flat) <= 1:
            return flat.pop() if flat else one
        return self._node((op, *sorted(flat)))

    def condition(self, condition: Condition, instrument: str | None = None) -> int:
        """The node of a condition; `instrument` is the one whose parameters it mentions."""
        number = self._lowered.get((condition, instrument))
        if number is None:
            number = self._lowered[condition, instrument] = self._lower(condition, instrument)
        return number

    def _lower(self, condition: Condition, instrument: str | None) -> int:
        match condition:
            case Named(name=name):
                return self.condition(self._definitions[name], instrument)
            case Some(facet=facet, filler=filler):
                return self.atom(SomeAtom(facet=facet, filler=filler))
            case AtLeast(facet=facet, n=n, filler=filler):
                return self.atom(AtLeastAtom(facet=facet, n=n, filler=filler))
            case Compare():
                return self.both(*(self.atom(atom) for atom in compare_atoms(condition, instrument)))
            case And(parts=parts):
                return self.both(*(self.condition(part, instrument) for part in parts))
            case Or(parts=parts):
                return self.either(*(self.condition(part, instrument) for part in parts))
            case Not(part=part):
                return self.negated(self.condition(part, instrument))

    # --- interacting unknowns

    def settled(self, node: int) -> int:
        """The node with its interacting atoms split into cases, so that Kleene's tables are exact for it.

        They are exact for a formula in which each atom occurs under one sign only and no two atoms depend on
        one another; what keeps a node from being that is split away.
        """
        split = sorted(self._interacting(node))
        if not split or len(split) > MAX_CASES:
            return node
        branches: list[int] = []
        for mask in range(1 << len(split)):
            values = {atom: bool(mask >> i & 1) for i, atom in enumerate(split)}
            if self._possible(values):
                branches += [mask, self._given(node, values, {})]
        outcomes = set(branches[1::2])
        return outcomes.pop() if len(outcomes) == 1 else self._node((CASES, len(split), *split, *branches))

    def _interacting(self, node: int) -> set[int]:
        signs = self._signs(node)
        found = {atom for atom, sign in signs.items() if sign == _BOTH}
        groups: dict[str, list[int]] = {}
        for atom in signs:
            match self._of(atom):
                case SomeAtom(facet=name) | AtLeastAtom(facet=name) | CompareAtom(measure=name):
                    groups.setdefault(name, []).append(atom)
        for atoms in groups.values():
            for a, b in combinations(atoms, 2):
                implied = self._implies(a, b) or self._implies(b, a)
                # Where one implies the other and both stand under one sign, Kleene's tables are not misled.
                if implied != (signs[a] == signs[b]) and (implied or self._compared(a, b)):
                    found |= {a, b}
        return found

    def _of(self, node: int) -> Atom:
        return self._atoms[self._nodes[node][1]]

    def _compared(self, a: int, b: int) -> bool:
        return isinstance(self._of(a), CompareAtom) and isinstance(self._of(b), CompareAtom)

    def _implies(self, a: int, b: int) -> bool:
        match self._of(a), self._of(b):
            case SomeAtom(filler=x), SomeAtom(filler=y):
                return self._taxonomy.entails(x, y) is True
            case CompareAtom() as x, CompareAtom() as y if x.limit is not None and y.limit is not None:
                return all(
                    not compare(v, x.op, float(x.limit)) or compare(v, y.op, float(y.limit)) for v in _probes(x, y)
                )
        return False

    def _possible(self, values: dict[int, bool]) -> bool:
        """Whether the atoms can have these values together, as far as can be told from them in pairs."""
        for a, b in combinations(values, 2):
            if (values[a] and not values[b] and self._implies(a, b)) or (
                values[b] and not values[a] and self._implies(b, a)
            ):
                return False
            x, y = self._of(a), self._of(b)
            if (
                isinstance(x, CompareAtom)
                and isinstance(y, CompareAtom)
                and x.measure == y.measure
                and x.limit is not None
                and y.limit is not None
                and (values[a] or values[b])  # neither may hold, because there may be no measurement at all
                and not any(
                    compare(v, x.op, float(x.limit)) == values[a] and compare(v, y.op, float(y.limit)) == values[b]
                    for v in _probes(x, y)
                )
            ):
                return False
        return True

    def _signs(self, node: int) -> dict[int, int]:
        """The signs under which each atom occurs below a node."""
        known = self._signs_of.get(node)
        if known is not None:
            return known
        step = self._nodes[node]
        signs: dict[int, int] = {}
        match step[0]:
            case -1:
                signs[node] = _POSITIVE
            case 2:
                signs = {atom: _FLIPPED[sign] for atom, sign in self._signs(step[1]).items()}
            case 0 | 1:
                for part in step[1:]:
                    for atom, sign in self._signs(part).items():
                        signs[atom] = signs.get(atom, 0) | sign
        self._signs_of[node] = signs
        return signs

    def _given(self, node: int, values: dict[int, bool], memo: dict[int, int]) -> int:
        """The node with some of its atoms replaced by constants."""
        known = memo.get(node)
        if known is None:
            step = self._nodes[node]
            match step[0]:
                case -1:
                    value = values.get(node)
                    known = node if value is None else self.true if value else self.false
                case 2:
                    known = self.negated(self._given(step[1], values, memo))
                case 0:
                    known = self.both(*(self._given(part, values, memo) for part in step[1:]))
                case 1:
                    known = self.either(*(self._given(part, values, memo) for part in step[1:]))
                case _:
                    known = node
            memo[node] = known
        return known

    # --- the program

    def program(self) -> tuple[tuple[Atom, ...], tuple[tuple[int, ...], ...], dict[int, int]]:
        """The atoms, the steps, and for each node of the builder its number in the program."""
        places: dict[int, int] = {}
        steps: list[tuple[int, ...]] = []
        for number, step in enumerate(self._nodes):
            if step[0] == _ATOM:
                places[number] = step[1]
            else:
                places[number] = len(self._atoms) + len(steps)
                steps.append(step)
        return tuple(self._atoms), tuple(_renumbered(step, places) for step in steps), places


def compare_atoms(condition: Compare, instrument: str | None) -> tuple[CompareAtom, ...]:
    """The atoms of a comparison, one for each of its bounds."""
    return tuple(
        CompareAtom(
            measure=condition.measure,
            op=bound.op,
            limit=bound.limit,
            instrument=instrument if bound.parameter else None,
            parameter=bound.parameter,
        )
        for bound in condition.bounds
    )


def compare(value: float, op: str, limit: float) -> bool:
    """Whether a value stands so to a limit.

    Examples:
        >>> compare(14, "<=", 14), compare(14, "<", 14)
        (True, False)
    """
    match op:
        case "<":
            return value < limit
        case "<=":
            return value <= limit
        case "=":
            return value == limit
        case ">=":
            return value >= limit
        case ">":
            return value > limit
    raise ValueError(op)


def _probes(x: CompareAtom, y: CompareAtom) -> list[float]:
    """One value from each region into which two limits divide the numbers."""
    if x.limit is None or y.limit is None:
        return []
    low, high = sorted((float(x.limit), float(y.limit)))
    return [low - 1, low, (low + high) / 2, high, high + 1]


def _renumbered(step: tuple[int, ...], places: dict[int, int]) -> tuple[int, ...]:
    match step[0]:
        case 3:
            return step
        case 4:
            k = step[1]
            branches = (n if i % 2 == 0 else places[n] for i, n in enumerate(step[2 + k :]))
            return (CASES, k, *(places[atom] for atom in step[2 : 2 + k]), *branches)
    return (step[0], *(places[part] for part in step[1:]))
