"""Conditions as rules of an answer set program: the same tree that the engine evaluates, for the solver clingo.

model.condition -> ASP -> clingo

Each distinct condition is a number n. `holds(n)` follows from its parts; an atom is `atom(n)`, and whether it is true
in a world, `t(n)`, is for whoever uses the rules to say. Fillers are numbers too, built by `named`, `negates`, `inter`
and `union`. What a thing is, is said by rules of the user's own over these.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from augkg.model.base import Value
from augkg.model.condition import And, AtLeast, Compare, Condition, Named, Not, Or, Some
from augkg.model.law import ExceptionClause, Norm, Untranslatable
from augkg.model.program import AtLeastAtom, Atom, BindsAtom, CompareAtom, InForceAtom, OpenAtom, SomeAtom
from augkg.terms import Modality


class NormNodes(Value, frozen=True, kw_only=True):
    """The numbers of what decides the state of a norm; `duty` is None where it has neither `requires` nor `provided`."""

    gate: int
    applies: int
    excepted: int
    bites: int
    duty: int | None
    outcome: int
    overridden: int


class Rules:
    """The rules for some conditions.

    Args:
        definitions: The conditions of definitions by name.

    Attributes:
        text: The rules.
        atoms: Each atom with its number.
    """

    def __init__(self, definitions: Mapping[str, Condition]) -> None:
        self._definitions = definitions
        self.text: list[str] = []
        self.atoms: dict[Atom, int] = {}
        self._numbers: dict[object, int] = {}

    def __str__(self) -> str:
        return "\n".join(self.text) + "\n"

    def _number(self, key: object) -> tuple[int, bool]:
        number = self._numbers.setdefault(key, len(self._numbers) + 1)
        return number, number == len(self._numbers)

    # --- conditions on scenarios

    def condition(self, condition: Condition, instrument: str | None = None) -> int:
        """The number of a condition; `instrument` is the one whose parameters it mentions."""
        match condition:
            case Named(name=name):
                return self.condition(self._definitions[name], instrument)
            case Some(facet=facet, filler=filler):
                return self.atom(SomeAtom(facet=facet, filler=filler))
            case AtLeast(facet=facet, n=n, filler=filler):
                return self.atom(AtLeastAtom(facet=facet, n=n, filler=filler))
            case Compare():
                return self.both(self.atom(atom) for atom in _compared(condition, instrument))
            case And(parts=parts):
                return self.both(self.condition(part, instrument) for part in parts)
            case Or(parts=parts):
                return self.either(self.condition(part, instrument) for part in parts)
            case Not(part=part):
                return self.negated(self.condition(part, instrument))

    def atom(self, atom: Atom) -> int:
        """The number of an atom."""
        number, new = self._number(atom)
        if new:
            self.atoms[atom] = number
            self.text += [f"atom({number}).", f"holds({number}) :- t({number})."]
            if isinstance(atom, SomeAtom | AtLeastAtom):
                self.text.append(f"some({number},{atom.facet},{self.expression(atom.filler, atom.facet)}).")
        return number

    def both(self, parts: Iterable[int]) -> int:
        """The number of a conjunction; of none, what always holds."""
        wanted = tuple(sorted(set(parts)))
        number, new = self._number(("and", wanted))
        if new:
            body = ", ".join(f"holds({part})" for part in wanted)
            self.text.append(f"holds({number}) :- {body}." if wanted else f"holds({number}).")
        return number

    def either(self, parts: Iterable[int]) -> int:
        """The number of a disjunction; of none, what never holds."""
        wanted = tuple(sorted(set(parts)))
        number, new = self._number(("or", wanted))
        if new:
            self.text += [f"holds({number}) :- holds({part})." for part in wanted]
        return number

    def negated(self, part: int) -> int:
        """The number of a negation."""
        number, new = self._number(("not", part))
        if new:
            self.text.append(f"holds({number}) :- not holds({part}).")
        return number

    # --- fillers

    def expression(self, expression: Condition, facet: str) -> int:
        """The number of a class expression, which speaks of one thing in a facet."""
        number, new = self._number(("filler", facet, expression))
        if new:
            self.text.append(f"filler({number},{facet}).")
            match expression:
                case Named(name=name):
                    self.text.append(f'named({number},"{name}").')
                case Not(part=part):
                    self.text.append(f"negates({number},{self.expression(part, facet)}).")
                case And(parts=parts):
                    self.text += [f"inter({number},{self.expression(part, facet)})." for part in parts]
                case Or(parts=parts):
                    self.text += [f"union({number},{self.expression(part, facet)})." for part in parts]
        return number

    # --- norms

    def norm(self, norm: Norm, permissions: Iterable[Norm] = ()) -> NormNodes:
        """The numbers of a norm.

        Args:
            norm: The norm.
            permissions: Those that prevail over it.
        """
        gate, applies, excepted = self._gate(norm), self._applies(norm), self._excepted(norm)
        bites = self.both((applies, self.negated(excepted)))
        duty = self._duty(norm)
        overridden = self.either(self.both((self._gate(p), self._permits(p))) for p in permissions)
        if norm.modality is Modality.PERMISSION:
            outcome = self._permits(norm)
        else:
            unmet = () if duty is None else (self.negated(duty),)
            outcome = self.both((gate, bites, *unmet, self.negated(overridden)))
        return NormNodes(gate=gate, applies=applies, excepted=excepted, bites=bites, duty=duty, outcome=outcome,
                         overridden=overridden)  # fmt: skip

    def _gate(self, norm: Norm) -> int:
        if norm.red_line:
            return self.both(())
        return self.both(
            (self.atom(BindsAtom(instrument=norm.instrument)), self.atom(InForceAtom(intervals=norm.in_force)))
        )

    def _applies(self, norm: Norm) -> int:
        return self.both(
            (self.condition(norm.when, norm.instrument), *self._open(norm.id, norm.untranslatable, "when"))
        )

    def _duty(self, norm: Norm) -> int | None:
        for key, condition in (("requires", norm.requires), ("provided", norm.provided)):
            if condition is not None:
                opened = self._open(norm.id, norm.untranslatable, key)
                return self.both((self.condition(condition, norm.instrument), *opened))
        return None

    def _permits(self, norm: Norm) -> int:
        duty = self._duty(norm)
        return self.both((self._applies(norm), self.negated(self._excepted(norm)), *(() if duty is None else (duty,))))

    def _excepted(self, norm: Norm) -> int:
        return self._lifted(norm.exceptions, norm, norm.untranslatable)

    def _lifted(self, clauses: Iterable[ExceptionClause], norm: Norm, marks: tuple[Untranslatable, ...]) -> int:
        nodes = [self.exception(clause, norm) for clause in clauses]
        return self.either((*nodes, *self._open(norm.id, marks, "exceptions")))

    def exception(self, clause: ExceptionClause, norm: Norm) -> int:
        """The number of an exception: in force, its condition holds, and none of its own exceptions does."""
        unless = self.condition(clause.unless, norm.instrument)
        inner = self._lifted(clause.exceptions, norm, clause.untranslatable)
        opened = self._open(norm.id, clause.untranslatable, "unless")
        return self.both((self.atom(InForceAtom(intervals=clause.in_force)), unless, *opened, self.negated(inner)))

    def _open(self, norm: str, marks: tuple[Untranslatable, ...], affects: str) -> list[int]:
        return [self.atom(OpenAtom(norm=norm, text_gist=mark.text_gist)) for mark in marks if mark.affects == affects]


def _compared(condition: Compare, instrument: str | None) -> Iterator[CompareAtom]:
    for bound in condition.bounds:
        owner = instrument if bound.parameter else None
        yield CompareAtom(
            measure=condition.measure, op=bound.op, limit=bound.limit, instrument=owner, parameter=bound.parameter
        )


def overriders(norms: Iterable[Norm]) -> dict[str, tuple[Norm, ...]]:
    """The permissions that prevail over each norm, whichever of the two says so."""
    by_id = {norm.id: norm for norm in norms}
    pairs = {(norm.id, other) for norm in by_id.values() for other in norm.yields_to}
    pairs |= {(other, norm.id) for norm in by_id.values() for other in norm.overrides}
    found: dict[str, list[Norm]] = {}
    for each, permission in sorted(pairs):
        found.setdefault(each, []).append(by_id[permission])
    return {each: tuple(permissions) for each, permissions in found.items()}


def probes(limits: Iterable[Decimal], *, whole: bool = False) -> list[Decimal]:
    """One value from each region into which limits divide the numbers (the whole numbers, if so asked).

    Examples:
        >>> [str(value) for value in probes([Decimal(14), Decimal(16)])]
        ['13', '14', '16', '15', '17']
    """
    ordered = sorted(set(limits))
    pairs = pairwise(ordered)
    between = [a + 1 for a, b in pairs if a + 1 < b] if whole else [(a + b) / 2 for a, b in pairs]
    return [ordered[0] - 1, *ordered, *between, ordered[-1] + 1]


def stands(value: Decimal, op: str, limit: Decimal) -> bool:
    """Whether a value stands so to a limit.

    Examples:
        >>> stands(Decimal(14), "<=", Decimal(14)), stands(Decimal(14), "<", Decimal(14))
        (True, False)
    """
    order = (value > limit) - (value < limit)
    return {"<": order < 0, "<=": order <= 0, "=": order == 0, ">=": order >= 0, ">": order > 0}[op]
