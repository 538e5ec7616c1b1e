"""Find a scenario in which norms are in given states, or learn that there is none.

norms + axioms -> WORLDS -> a scenario that states everything in question, or None

A world has things in each facet, of classes that the axioms allow together. One thing for each restriction is enough:
it is the one that makes the restriction true where it is true.
"""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

import clingo

from augkg.advice.asp import NormNodes, Rules, probes, stands
from augkg.language.write import mentioned
from augkg.model.base import any_holds
from augkg.model.condition import And, Condition, Named, Not
from augkg.model.law import Norm
from augkg.model.program import AtLeastAtom, BindsAtom, CompareAtom, InForceAtom, OpenAtom, SomeAtom
from augkg.model.rulebook import Rulebook
from augkg.model.scenario import Fact, Quantity, Scenario

_WORLD = """
{ present(X) } :- thing(X,F).
{ pick(X,C) } :- present(X), thing(X,F), class(C,F).
is(X,D) :- pick(X,C), sub(C,D).
:- is(X,C), apart(C,D), is(X,D).
mt(X,E) :- present(X), thing(X,F), filler(E,F), named(E,C), is(X,C).
mt(X,E) :- present(X), thing(X,F), filler(E,F), negates(E,N), not mt(X,N).
mt(X,E) :- present(X), thing(X,F), filler(E,F), inter(E,_), mt(X,P) : inter(E,P).
mt(X,E) :- present(X), thing(X,F), filler(E,F), union(E,P), mt(X,P).
t(A) :- some(A,F,E), least(A,1), thing(X,F), mt(X,E).
two(X,Y) :- thing(X,F), thing(Y,F), is(X,C), is(Y,D), apart(C,D).
something(F) :- present(X), thing(X,F).
:- closed(F), not something(F).
1 { region(M,R) : possible(M,R) } 1 :- measure(M).
t(A) :- meets(A,M,R), region(M,R).
:- goal(N), not holds(N).
:- never(N), holds(N).
#show is/2.
#show region/2.
#show present/1.
"""


class Worlds:
    """Searches worlds of one rulebook.

    Args:
        rulebook: The rulebook.
        overriders: The permissions that prevail over each norm.

    Attributes:
        solved: How many searches the solver has made.
    """

    def __init__(self, rulebook: Rulebook, overriders: dict[str, tuple[Norm, ...]]) -> None:
        self._rulebook, self._overriders, self.solved = rulebook, overriders, 0
        self.taxonomy = rulebook.vocabulary.taxonomy

    def find(self, place: str, day: date, wanted: Callable[["Goal"], None]) -> Scenario | None:
        """A scenario at a place on a day that meets a goal; None if there is none.

        Args:
            place: The jurisdiction.
            day: The date.
            wanted: Says what is wanted, by calling the methods of the goal that it is given.
        """
        goal = Goal(self._rulebook, self._overriders)
        wanted(goal)
        self.solved += 1
        text = "\n".join([str(goal.rules), _WORLD, *goal.lines, *self._base(goal, place, day)])
        control = clingo.Control(["--warn=none"])
        control.add("base", [], text)
        control.ground([("base", [])])
        with control.solve(yield_=True) as answers:
            for model in answers:
                return self._scenario(goal, model.symbols(shown=True), place, day)
        return None

    def _base(self, goal: "Goal", place: str, day: date) -> Iterator[str]:
        reach = self._rulebook.vocabulary.reach((place,), day)
        for atom, number in goal.rules.atoms.items():
            match atom:
                case SomeAtom(facet=facet):
                    yield f"least({number},1). thing(x({number},0),{facet})."
                case AtLeastAtom(facet=facet, n=n):
                    yield from _several(number, facet, n)
                case BindsAtom(instrument=instrument):
                    yield f"t({number})." if self._rulebook.instruments[instrument].binds(reach, day) else ""
                case InForceAtom(intervals=intervals):
                    yield f"t({number})." if any_holds(intervals, day) else ""
                case OpenAtom():
                    yield f"t({number})." if goal.hurts(atom) else ""
                case CompareAtom():
                    pass
        for facet, names in goal.classes().items():
            yield f"thing(rest({facet}),{facet})."
            if self._rulebook.vocabulary.facets[facet].closed:
                yield f"closed({facet})."
            for a in names:
                yield f'class("{a}",{facet}).'
                yield from (f'sub("{a}","{b}").' for b in names if self.taxonomy.under(a, b))
                yield from (f'apart("{a}","{b}").' for b in names if self.taxonomy.disjoint(a, b))
        yield from self._regions(goal, place, day)

    def _regions(self, goal: "Goal", place: str, day: date) -> Iterator[str]:
        for measure, (values, atoms) in goal.measures(self._limit_at(place, day)).items():
            yield f"measure({measure}). possible({measure},none)."
            for i, value in enumerate(values):
                yield f"possible({measure},{i})."
                yield from (f"meets({n},{measure},{i})." for n, op, limit in atoms if stands(value, op, limit))

    def _limit_at(self, place: str, day: date) -> Callable[[CompareAtom], Decimal | None]:
        nation = self._rulebook.vocabulary.jurisdictions[place].part_of
        places = (place, nation) if nation else (place,)

        def limit(atom: CompareAtom) -> Decimal | None:
            if atom.limit is not None:
                return atom.limit
            return self._rulebook.instruments[str(atom.instrument)].parameter(str(atom.parameter), places, day)

        return limit

    # --- from a world to a scenario

    def _scenario(self, goal: "Goal", symbols: object, place: str, day: date) -> Scenario:
        members: dict[str, set[str]] = {}
        regions: dict[str, int] = {}
        for symbol in symbols:  # type: ignore[attr-defined]  # a sequence of clingo's symbols
            match symbol.name:
                case "present":
                    members.setdefault(str(symbol.arguments[0]), set())
                case "is":
                    members.setdefault(str(symbol.arguments[0]), set()).add(symbol.arguments[1].string)
                case "region" if str(symbol.arguments[1]) != "none":
                    regions[str(symbol.arguments[0])] = symbol.arguments[1].number
        facts: list[Fact] = []
        complete: set[str] = set()
        for facet, names in goal.classes().items():
            things = [frozenset(found) for thing, found in sorted(members.items()) if goal.facet_of(thing) == facet]
            if self._rulebook.vocabulary.facets[facet].closed:
                facts += [Fact(facet=facet, filler=self._filler(each, names, facet)) for each in dict.fromkeys(things)]
                complete.add(facet)
            else:
                facts += self._open_facts(facet, things, names)
        values = goal.measures(self._limit_at(place, day))
        quantities = [Quantity(measure=m, value=values[m][0][i]) for m, i in sorted(regions.items())]
        return Scenario(id="witness", date=day, jurisdictions=(place,), facts=tuple(facts), complete=frozenset(complete),
                        quantities=tuple(quantities))  # fmt: skip

    def _filler(self, classes: frozenset[str], names: list[str], facet: str) -> Condition:
        """What a thing is, and which of the classes in question it is not."""
        positive = self._lowest(classes) or [self._rulebook.vocabulary.facets[facet].root]
        out = [n for n in names if n not in classes and not any(self.taxonomy.disjoint(n, p) for p in positive)]
        parts: list[Condition] = [Named(name=n) for n in positive]
        parts += [Not(part=Named(name=n)) for n in self._highest(out)]
        return And(parts=tuple(parts)) if len(parts) > 1 else parts[0]

    def _open_facts(self, facet: str, things: list[frozenset[str]], names: list[str]) -> Iterator[Fact]:
        there = {name for each in things for name in each}
        for each in dict.fromkeys(things):
            positive = [Named(name=n) for n in self._lowest(each)]
            # One thing that is several, and the same said one by one, which reads better where it does as well.
            if len(positive) > 1:
                yield Fact(facet=facet, filler=And(parts=tuple(positive)))
            yield from (Fact(facet=facet, filler=name) for name in positive)
        for name in self._highest([n for n in names if n not in there]):
            yield Fact(facet=facet, filler=Named(name=name), holds=False)

    def _lowest(self, names: "frozenset[str] | list[str]") -> list[str]:
        return sorted(n for n in names if not any(n != o and self.taxonomy.under(o, n) for o in names))

    def _highest(self, names: list[str]) -> list[str]:
        return sorted(n for n in names if not any(n != o and self.taxonomy.under(n, o) for o in names))


class Goal:
    """What is wanted of a world."""

    def __init__(self, rulebook: Rulebook, overriders: dict[str, tuple[Norm, ...]]) -> None:
        self._rulebook, self._overriders = rulebook, overriders
        self.rules, self.lines = Rules(rulebook.definitions), list[str]()
        self._helpful: set[tuple[str, str]] = set()

    def nodes(self, norm: Norm) -> NormNodes:
        """The numbers of a norm, to want of them that they hold."""
        # What no condition can say is taken to be so that the norm does not bite (a permission does not permit):
        # only what is found in spite of it can be shown to a reader.
        self._helpful |= {(norm.id, u.text_gist) for u in norm.untranslatable if u.affects in ("when", "provided")}
        return self.rules.norm(norm, self._overriders.get(norm.id, ()))

    def holds(self, *numbers: int) -> None:
        """Want these to hold."""
        self.lines += [f"goal({number})." for number in numbers]

    def fails(self, *numbers: int) -> None:
        """Want these not to hold."""
        self.lines += [f"never({number})." for number in numbers]

    def one_deed(self, most: int) -> None:
        """Want at most so many things in each closed facet, so that norms which both hold speak of the same deed."""
        self.lines.append(f":- closed(F), {most + 1} {{ present(X) : thing(X,F) }}.")

    def hurts(self, atom: OpenAtom) -> bool:
        """Whether what a text says beyond conditions is taken to be true."""
        return (atom.norm, atom.text_gist) not in self._helpful

    def facet_of(self, thing: str) -> str:
        """The facet of a thing of the world, by its name in the program."""
        if thing.startswith("rest("):
            return thing[5:-1]
        number = int(thing[2:].partition(",")[0])
        return next(
            a.facet for a, n in self.rules.atoms.items() if n == number and isinstance(a, SomeAtom | AtLeastAtom)
        )

    def classes(self) -> dict[str, list[str]]:
        """The classes in question, by facet."""
        found: dict[str, set[str]] = {}
        for atom in self.rules.atoms:
            if isinstance(atom, SomeAtom | AtLeastAtom):
                found.setdefault(atom.facet, set()).update(mentioned(atom.filler))
        return {facet: sorted(names) for facet, names in found.items()}

    def measures(
        self, limit: Callable[[CompareAtom], Decimal | None]
    ) -> dict[str, tuple[list[Decimal], list[tuple[int, str, Decimal]]]]:
        """For each measure one value from every region that its limits make, and the comparisons with their limits."""
        atoms: dict[str, list[tuple[int, str, Decimal]]] = {}
        for atom, number in self.rules.atoms.items():
            if isinstance(atom, CompareAtom) and (bound := limit(atom)) is not None:
                atoms.setdefault(atom.measure, []).append((number, atom.op, bound))
        whole = self._rulebook.vocabulary.measures
        return {
            m: (probes([bound for _, _, bound in found], whole=whole[m].integer), found) for m, found in atoms.items()
        }


def _several(number: int, facet: str, n: int) -> Iterator[str]:
    things = [f"x({number},{i})" for i in range(n)]
    yield f"least({number},{n})."
    yield from (f"thing({thing},{facet})." for thing in things)
    each = ", ".join(f"mt({thing},E)" for thing in things)
    pairs = ", ".join(f"two({a},{b})" for i, a in enumerate(things) for b in things[i + 1 :])
    yield f"t({number}) :- some({number},{facet},E), {each}{', ' if pairs else ''}{pairs}."
