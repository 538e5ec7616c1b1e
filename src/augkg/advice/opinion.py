"""A third opinion: the states of norms as clingo finds them from the conditions and the axioms, without the engine.

rulebook + scenarios -> OPINION -> the state of each norm

Two steps. The truth of each atom on what was stated follows by rules from the declared axioms (`_STATED`). Then worlds
are made in which every unknown atom is true or false as the axioms allow (`_WORLDS`): what holds in all of them is
true, what holds in none is false.
"""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

import clingo

from augkg.advice.asp import NormNodes, Rules, overriders, probes, stands
from augkg.model.base import any_holds
from augkg.model.condition import Condition, Named, Not, conjuncts
from augkg.model.law import Norm
from augkg.model.program import AtLeastAtom, BindsAtom, CompareAtom, InForceAtom, SomeAtom
from augkg.model.rulebook import Rulebook
from augkg.model.scenario import Scenario
from augkg.terms import Modality, State

# What a thing, stated to be of some classes and not of others, is known to be: mt, known to be in a filler; mf, known
# not to be. `other` is whatever else there may be in a facet: it is nothing known, but for what was stated absent.
_STATED = """
sub(C,D) :- parent(C,D).
sub(C,E) :- sub(C,D), parent(D,E).
sub(C,C) :- class(C).
up(X,D) :- pos(X,C), sub(C,D).
barred(X,D) :- up(X,U), apart(U,D).
barred(X,D) :- neg(X,D).
barred(X,D) :- thing(X,F), absent(X,D).
mt(X,E) :- thing(X,F), filler(E,F), named(E,C), up(X,C).
mf(X,E) :- thing(X,F), filler(E,F), named(E,C), sub(C,D), barred(X,D), not up(X,C).
mt(X,E) :- thing(X,F), filler(E,F), negates(E,N), mf(X,N).
mf(X,E) :- thing(X,F), filler(E,F), negates(E,N), mt(X,N).
mt(X,E) :- thing(X,F), filler(E,F), inter(E,_), mt(X,P) : inter(E,P).
mf(X,E) :- thing(X,F), inter(E,P), mf(X,P), filler(E,F).
mt(X,E) :- thing(X,F), union(E,P), mt(X,P), filler(E,F).
mf(X,E) :- thing(X,F), filler(E,F), union(E,_), mf(X,P) : union(E,P).
#show.
"""
_TRUTH = """
maybe(S,A) :- some(A,F,E), in(S,X), thing(X,F), not other(X), not mf(X,E).
beyond(S,A) :- some(A,F,E), in(S,X), thing(X,F), other(X), not complete(S,F), not mf(X,E).
false(S,A) :- some(A,F,E), scenario(S), not maybe(S,A), not beyond(S,A).
true(S,A) :- some(A,F,E), least(A,1), in(S,X), thing(X,F), not other(X), mt(X,E).
two(X,Y) :- in(S,X), in(S,Y), thing(X,F), thing(Y,F), X != Y, pos(Y,C), sub(C,D), up(X,U), apart(U,D).
two(X,Y) :- in(S,X), in(S,Y), thing(X,F), thing(Y,F), X != Y, pos(Y,C), sub(C,D), neg(X,D).
two(X,Y) :- two(Y,X).
#show true/2.
#show false/2.
"""
_IMPLIES = """
implies(A,B) :- some(A,F,_), least(A,1), some(B,F,E), least(B,1), A != B, mt(filler(A),E).
#show implies/2.
"""
_WORLDS = """
{ t(A) } :- atom(A).
:- implies(A,B), t(A), not t(B).
1 { region(M,R) : possible(M,R) } 1 :- measure(M).
:- meets(A,M,R), region(M,R), not t(A).
:- bound(A,M), t(A), region(M,R), not meets(A,M,R).
{ asked(N) } :- answer(N).
found(N) :- asked(N), holds(N).
#show.
#show found/1.
"""


class Opinion:
    """The rules of a whole rulebook, grounded once.

    Args:
        rulebook: The rulebook; its compiled program is not looked at.

    Attributes:
        models: How many worlds the solver has made.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook, self.models = rulebook, 0
        self._rules = Rules(rulebook.definitions)
        prevailing = overriders(rulebook.norms)
        self._nodes = {norm.id: self._rules.norm(norm, prevailing.get(norm.id, ())) for norm in rulebook.norms}
        self._axioms = "".join(_axioms(rulebook))
        self._fillers = "\n".join(line for line in self._rules.text if not line.startswith(("holds", "atom")))
        self._fillers += "".join(f"\nleast({n},{getattr(a, 'n', 1)})." for a, n in self._rules.atoms.items())
        self._worlds = self._ground()

    def _ground(self) -> clingo.Control:
        self._answers = {n for nodes in self._nodes.values() for n in _numbers(nodes)}
        lines = [str(self._rules), _WORLDS, *(f"answer({n})." for n in sorted(self._answers))]
        lines += [f"implies({a},{b})." for a, b in self._implications()]
        lines += self._regions()
        control = clingo.Control(["--warn=none"])
        control.add("base", [], "\n".join(lines))
        control.ground([("base", [])])
        self._literals = {
            (name, each.symbol.arguments[0].number): each.literal
            for name in ("t", "asked")
            for each in control.symbolic_atoms.by_signature(name, 1)
        }
        return control

    def _implications(self) -> list[tuple[int, int]]:
        """Which atom is true wherever another is, as far as the classes that the latter names say."""
        things = []
        for atom, number in self._rules.atoms.items():
            if isinstance(atom, SomeAtom):
                things.append(f"thing(filler({number}),{atom.facet}).")
                things += _classes(f"filler({number})", atom.filler)
        found = _solve(self._axioms + self._fillers + "\n".join(things) + _STATED + _IMPLIES)
        return [(each.arguments[0].number, each.arguments[1].number) for each in found]

    def _regions(self) -> Iterator[str]:
        """The regions into which the limits on a measure divide the numbers, and that there may be no measurement."""
        bounds: dict[str, list[tuple[Decimal, str, int]]] = {}
        for atom, number in self._rules.atoms.items():
            if isinstance(atom, CompareAtom) and atom.limit is not None:
                bounds.setdefault(atom.measure, []).append((atom.limit, atom.op, number))
        for measure, atoms in bounds.items():
            yield f"measure({measure}). possible({measure},none)."
            for i, value in enumerate(probes(limit for limit, _, _ in atoms)):
                yield f"possible({measure},{i})."
                yield from (f"meets({n},{measure},{i})." for limit, op, n in atoms if stands(value, op, limit))
            yield from (f"bound({n},{measure})." for _, _, n in atoms)

    def states(self, scenarios: Sequence[Scenario]) -> list[dict[str, State]]:
        """The state of each norm in each scenario, under the law of the scenario's own date."""
        known = self._known(scenarios)
        return [self._states(truth) for truth in known]

    def _known(self, scenarios: Sequence[Scenario]) -> list[dict[int, bool]]:
        facts = [line for i, scenario in enumerate(scenarios) for line in _facts(i, scenario, self._rulebook)]
        several = "".join(_several(n, atom.n) for atom, n in self._rules.atoms.items() if isinstance(atom, AtLeastAtom))
        found = _solve(self._axioms + self._fillers + "\n".join(facts) + _STATED + _TRUTH + several)
        known: list[dict[int, bool]] = [self._plain(scenario) for scenario in scenarios]
        for each in found:
            row, number = (argument.number for argument in each.arguments)
            known[row][number] = each.name == "true"
        return known

    def _plain(self, scenario: Scenario) -> dict[int, bool]:
        """The truth of the atoms that no class decides: places, dates, measures."""
        known: dict[int, bool] = {}
        reach = self._rulebook.vocabulary.reach(scenario.jurisdictions, scenario.date)
        values = {quantity.measure: quantity.value for quantity in scenario.quantities}
        for atom, number in self._rules.atoms.items():
            match atom:
                case BindsAtom(instrument=instrument):
                    known[number] = self._rulebook.instruments[instrument].binds(reach, scenario.date)
                case InForceAtom(intervals=intervals):
                    known[number] = any_holds(intervals, scenario.date)
                case CompareAtom(measure=measure, op=op) if measure in values:
                    limit = _limit(atom, scenario, self._rulebook)
                    if limit is not None:
                        known[number] = stands(values[measure], op, limit)
        return known

    def _states(self, known: dict[int, bool]) -> dict[str, State]:
        # What is asked of norms that bind elsewhere, or at another time, would only make more worlds.
        speaking = [norm for norm in self._rulebook.norms if norm.red_line or self._gate(norm, known)]
        asked = {n for norm in speaking for n in _numbers(self._nodes[norm.id])}
        assumed = [self._literals["t", n] * (1 if value else -1) for n, value in known.items()]
        assumed += [self._literals["asked", n] * (1 if n in asked else -1) for n in self._answers]
        always = self._ask("cautious", assumed)
        sometimes = self._ask("brave", assumed)

        def truth(number: int) -> bool | None:
            return True if number in always else None if number in sometimes else False

        silent = dict.fromkeys((norm.id for norm in self._rulebook.norms), State.NOT_APPLICABLE)
        return silent | {norm.id: _state(norm, self._nodes[norm.id], truth) for norm in speaking}

    def _gate(self, norm: Norm, known: dict[int, bool]) -> bool:
        """Whether a norm binds there and is in force then."""
        atoms = (BindsAtom(instrument=norm.instrument), InForceAtom(intervals=norm.in_force))
        return all(known[self._rules.atoms[atom]] for atom in atoms)

    def _ask(self, mode: str, assumed: list[int]) -> set[int]:
        """The asked numbers that hold in all worlds (cautious) or in some (brave)."""
        configuration = self._worlds.configuration.solve
        configuration.enum_mode, configuration.models = mode, 0  # type: ignore[union-attr]  # clingo's settings are untyped
        last: Sequence[clingo.Symbol] = ()
        with self._worlds.solve(assumptions=assumed, yield_=True) as answers:
            for model in answers:
                self.models += 1
                last = model.symbols(shown=True)
        assert answers is not None
        return {symbol.arguments[0].number for symbol in last}


def _axioms(rulebook: Rulebook) -> Iterator[str]:
    vocabulary = rulebook.vocabulary
    for name, term in vocabulary.terms.items():
        yield f'class("{name}").'
        yield from (f'parent("{name}","{parent}").' for parent in term.parents)
    for a, b in sorted(vocabulary.disjoint):
        yield f'apart("{a}","{b}").apart("{b}","{a}").'


def _facts(row: int, scenario: Scenario, rulebook: Rulebook) -> Iterator[str]:
    """What a scenario states: things with what they are and are not; in each facet, whatever else there may be."""
    yield f"scenario({row})."
    for facet in rulebook.vocabulary.facets:
        other = f"other({row},{facet})"
        yield f"thing({other},{facet}). in({row},{other}). other({other})."
        if facet in scenario.complete:
            yield f"complete({row},{facet})."
        absent = [
            f.filler.name for f in scenario.facts if f.facet == facet and not f.holds and isinstance(f.filler, Named)
        ]
        things = [f.filler for f in scenario.facts if f.facet == facet and f.holds]
        for i, filler in enumerate(things):
            thing = f"stated({row},{facet},{i})"
            yield f"thing({thing},{facet}). in({row},{thing})."
            yield from _classes(thing, filler)
            yield from (f'absent({thing},"{name}").' for name in absent)
        yield from (f'absent({other},"{name}").' for name in absent)


def _classes(thing: str, filler: Condition) -> Iterator[str]:
    for part in conjuncts(filler):
        match part:
            case Named(name=name):
                yield f'pos({thing},"{name}").'
            case Not(part=Named(name=name)):
                yield f'neg({thing},"{name}").'


def _several(number: int, n: int) -> str:
    """The rule that n things, any two of which are certainly two, make an `at least n` true."""
    if n == 1:
        return ""
    names = [f"X{i}" for i in range(n)]
    each = ", ".join(f"in(S,{x}), thing({x},F), not other({x}), mt({x},E)" for x in names)
    pairs = ", ".join(f"two({a},{b})" for i, a in enumerate(names) for b in names[i + 1 :])
    return f"true(S,{number}) :- some({number},F,E), {each}, {pairs}.\n"


def _limit(atom: CompareAtom, scenario: Scenario, rulebook: Rulebook) -> Decimal | None:
    if atom.limit is not None:
        return atom.limit
    nations = (rulebook.vocabulary.jurisdictions[place].part_of for place in scenario.jurisdictions)
    places = (*scenario.jurisdictions, *(nation for nation in nations if nation))
    return rulebook.instruments[str(atom.instrument)].parameter(str(atom.parameter), places, scenario.date)


def _numbers(nodes: NormNodes) -> list[int]:
    found = (nodes.gate, nodes.applies, nodes.excepted, nodes.bites, nodes.duty, nodes.outcome, nodes.overridden)
    return [number for number in found if number is not None]


def _solve(text: str) -> Sequence[clingo.Symbol]:
    """The atoms shown in the only answer of a program without choices."""
    control = clingo.Control(["--warn=none"])
    control.add("base", [], text)
    control.ground([("base", [])])
    with control.solve(yield_=True) as answers:
        for model in answers:
            found: Sequence[clingo.Symbol] = model.symbols(shown=True)
            return found
    raise AssertionError("a program without choices has an answer")


def _state(norm: Norm, nodes: NormNodes, truth: Callable[[int], bool | None]) -> State:
    """The table of design §6, row by row."""
    applies, bites, duty = truth(nodes.applies), truth(nodes.bites), nodes.duty
    if not truth(nodes.gate) or applies is False:
        return State.NOT_APPLICABLE
    if truth(nodes.excepted):
        return State.EXCEPTED
    if norm.modality is Modality.PERMISSION:
        permits = truth(nodes.outcome)
        return State.PERMITTED if permits else State.UNDETERMINED if permits is None else State.NOT_APPLICABLE
    if duty is not None and bites and truth(duty):
        return State.SATISFIED
    if bites is False:
        return State.NOT_APPLICABLE
    if truth(nodes.outcome):
        return State.VIOLATED
    return State.OVERRIDDEN if truth(nodes.overridden) else State.UNDETERMINED
