"""The facts of N scenarios as columns of bits, and the truth of atoms on them.

    model.scenario (N of them) -> FACTS -> columns -> evaluate

A *plane* holds one bit for each scenario: a Python int, or an array of 64-bit words. Everything here uses only
`&`, `|` and `^` on planes, so that both are served by the same lines.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Any

from augkg.engine.build import compare
from augkg.model.base import any_holds
from augkg.model.condition import And, Condition, Named, Not, Or
from augkg.model.law import Instrument
from augkg.model.program import (
    AtLeastAtom,
    Atom,
    BindsAtom,
    CompareAtom,
    InForceAtom,
    OpenAtom,
    SomeAtom,
)
from augkg.model.scenario import Scenario
from augkg.model.taxonomy import Taxonomy
from augkg.model.vocabulary import Vocabulary

Plane = Any  # int, or a numpy array of uint64; both know & | ^
Truth2 = tuple[Plane, Plane]
Pack = Callable[[list[int]], Plane]


def int_planes(n: int) -> tuple[Pack, Plane]:
    """How to make planes of Python ints for n scenarios: from row numbers, and the one with all bits set."""

    def pack(rows: list[int]) -> int:
        plane = 0
        for row in rows:
            plane |= 1 << row
        return plane

    return pack, (1 << n) - 1


@dataclass(slots=True)
class _FacetColumns:
    fillers: list[tuple[Condition, Plane]] = field(default_factory=list)
    absent: list[tuple[str, Plane]] = field(default_factory=list)
    complete: Plane = 0


class Columns:
    """What N scenarios state, and where and when they happen.

    Args:
        scenarios: The scenarios, in the order of the bits.
        days: For each, the date whose law is asked for.
        vocabulary: Their terms.
        taxonomy: How the terms stand to one another.
        instruments: The instruments of the rulebook.
        planes: How planes are made; see `int_planes` and `words.word_planes`.
    """

    def __init__(
        self,
        scenarios: Sequence[Scenario],
        days: Sequence[date],
        vocabulary: Vocabulary,
        taxonomy: Taxonomy,
        instruments: dict[str, Instrument],
        planes: tuple[Pack, Plane],
    ) -> None:
        pack, self.ones = planes
        self.none = self.ones ^ self.ones
        self._taxonomy, self._instruments = taxonomy, instruments
        self._vocabulary = vocabulary
        self._facets = _facet_columns(scenarios, pack)
        self._quantities: dict[str, list[tuple[float, Plane]]] = {}
        self._settings: list[tuple[tuple[str, ...], date, Plane]] = []
        self._read_quantities(scenarios, pack)
        rows: dict[tuple[tuple[str, ...], date], list[int]] = {}
        for row, (scenario, day) in enumerate(zip(scenarios, days, strict=True)):
            rows.setdefault((scenario.jurisdictions, day), []).append(row)
        self._settings = [(places, day, pack(which)) for (places, day), which in rows.items()]
        self._reach = [vocabulary.reach(places, day) for places, day, _ in self._settings]

    def _read_quantities(self, scenarios: Sequence[Scenario], pack: Pack) -> None:
        rows: dict[tuple[str, Decimal], list[int]] = {}
        for row, scenario in enumerate(scenarios):
            for each in scenario.quantities:
                rows.setdefault((each.measure, each.value), []).append(row)
        for (measure, value), which in rows.items():
            self._quantities.setdefault(measure, []).append((float(value), pack(which)))

    def atom(self, atom: Atom) -> Truth2:
        """The planes on which an atom is known true, and known false."""
        match atom:
            case SomeAtom(facet=facet, filler=filler):
                return self._some(facet, filler)
            case AtLeastAtom(facet=facet, n=n, filler=filler):
                return self._at_least(facet, n, filler)
            case CompareAtom():
                return self._compared(atom)
            case OpenAtom():
                return self.none, self.none
            case BindsAtom(instrument=instrument):
                return self._where(lambda i: self._instruments[instrument].binds(self._reach[i], self._settings[i][1]))
            case InForceAtom(intervals=intervals):
                return self._where(lambda i: any_holds(intervals, self._settings[i][1]))

    def _where(self, holds: Callable[[int], bool]) -> Truth2:
        plane = self.none
        for i, (_, _, rows) in enumerate(self._settings):
            if holds(i):
                plane = plane | rows
        return plane, plane ^ self.ones

    def _some(self, facet: str, expression: Condition) -> Truth2:
        columns = self._facets.get(facet)
        if columns is None:
            return self.none, self.none
        true, not_false = self.none, self.none
        for filler, rows in columns.fillers:
            t, f = self._member(expression, filler, columns)
            true = true | (rows & t)
            not_false = not_false | (rows & (f ^ self.ones))
        # Whatever else there may be in the facet is none of the classes stated absent; there is nothing else
        # where the list is complete.
        _, other = self._member(expression, None, columns)
        return true, (columns.complete | other) & (not_false ^ self.ones)

    def _member(self, expression: Condition, filler: Condition | None, columns: _FacetColumns) -> Truth2:
        """On which planes something stated as `filler` (None: anything at all) is known to be in a class, or not."""
        match expression:
            case Named(name=name):
                answer = None if filler is None else self._taxonomy.entails(filler, expression)
                if answer is not None:
                    return (self.ones, self.none) if answer else (self.none, self.ones)
                absent = self.none
                for other, rows in columns.absent:
                    if self._taxonomy.under(name, other):
                        absent = absent | rows
                return self.none, absent
            case Not(part=part):
                t, f = self._member(part, filler, columns)
                return f, t
            case And(parts=parts):
                t, f = self.ones, self.none
                for each in parts:
                    more_t, more_f = self._member(each, filler, columns)
                    t, f = t & more_t, f | more_f
                return t, f
            case Or(parts=parts):
                t, f = self.none, self.ones
                for each in parts:
                    more_t, more_f = self._member(each, filler, columns)
                    t, f = t | more_t, f & more_f
                return t, f
        raise TypeError(expression)

    def _at_least(self, facet: str, n: int, expression: Condition) -> Truth2:
        true, false = self._some(facet, expression)
        if n == 1 or facet not in self._facets:
            return true, false
        columns = self._facets[facet]
        members = []
        for filler, rows in columns.fillers:
            t, _ = self._member(expression, filler, columns)
            members.append((filler, rows & t))
        # Two fillers are certainly two things only where nothing can be both.
        true = self.none
        for group in combinations(members, n):
            if all(self._apart(a, b) for (a, _), (b, _) in combinations(group, 2)):
                rows = self.ones
                for _, each in group:
                    rows = rows & each
                true = true | rows
        return true, false

    def _apart(self, a: Condition, b: Condition) -> bool:
        parts = b.parts if isinstance(b, And) else (b,)
        return any(self._taxonomy.entails(a, part) is False for part in parts)

    def _compared(self, atom: CompareAtom) -> Truth2:
        true, false = self.none, self.none
        for value, rows in self._quantities.get(atom.measure, ()):
            if atom.limit is not None:
                holds, fails = (rows, self.none) if compare(value, atom.op, float(atom.limit)) else (self.none, rows)
            else:
                holds, fails = self._compared_to_parameter(atom, value, rows)
            true, false = true | holds, false | fails
        return true, false

    def _compared_to_parameter(self, atom: CompareAtom, value: float, rows: Plane) -> Truth2:
        true, false = self.none, self.none
        instrument = self._instruments[str(atom.instrument)]
        for places, day, here in self._settings:
            limit = instrument.parameter(str(atom.parameter), self._with_nations(places), day)
            if limit is not None:
                holds = compare(value, atom.op, float(limit))
                true = true | (rows & here) if holds else true
                false = false if holds else false | (rows & here)
        return true, false

    def _with_nations(self, places: tuple[str, ...]) -> tuple[str, ...]:
        nations = (self._vocabulary.jurisdictions[place].part_of for place in places)
        return (*places, *(nation for nation in nations if nation))


def _facet_columns(scenarios: Sequence[Scenario], pack: Pack) -> dict[str, _FacetColumns]:
    present: dict[tuple[str, Condition], list[int]] = {}
    absent: dict[tuple[str, str], list[int]] = {}
    complete: dict[str, list[int]] = {}
    for row, scenario in enumerate(scenarios):
        for fact in scenario.facts:
            if fact.holds:
                present.setdefault((fact.facet, fact.filler), []).append(row)
            elif isinstance(fact.filler, Named):
                absent.setdefault((fact.facet, fact.filler.name), []).append(row)
        for facet in scenario.complete:
            complete.setdefault(facet, []).append(row)
    facets: dict[str, _FacetColumns] = {}
    for (facet, filler), rows in present.items():
        facets.setdefault(facet, _FacetColumns()).fillers.append((filler, pack(rows)))
    for (facet, name), rows in absent.items():
        facets.setdefault(facet, _FacetColumns()).absent.append((name, pack(rows)))
    for facet, rows in complete.items():
        facets.setdefault(facet, _FacetColumns()).complete = pack(rows)
    return facets
