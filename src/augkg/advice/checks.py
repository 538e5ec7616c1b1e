"""Checks of norms against one another: one small class for each thing that can be wrong with the rulebook.

rulebook -> CHECKS -> issues, each with a scenario that shows it

A scenario is found by the solver; whoever reports an issue tries it on the engine first.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from augkg.advice.book import Book, Check
from augkg.advice.gaps import UncoveredTechnology, UndeclaredSiblings, UnusedTerm
from augkg.advice.worlds import Goal
from augkg.model.base import Interval
from augkg.model.condition import And, Condition
from augkg.model.issue import Issue, Severity
from augkg.model.law import ExceptionClause, Norm
from augkg.model.scenario import Scenario
from augkg.terms import Modality, State


class Clash(Check):
    """A permission permits what a prohibition of the same jurisdiction prohibits, and neither prevails.

    It must be the same deed: a scenario of two acts, one permitted and the other prohibited, is no clash. So each facet
    has no more in it than the permission needs.
    """

    name = "clash"

    def run(self, book: Book) -> Iterator[Issue]:
        """Every such pair."""
        permissions = [norm for norm in book.norms if norm.modality is Modality.PERMISSION]
        prohibitions = [norm for norm in book.norms if norm.modality is Modality.PROHIBITION]
        for permission in permissions:
            most = self._things_needed(permission, book)
            for prohibition in prohibitions if most else ():
                if self._comparable(permission, prohibition, book):
                    yield from self._clash(permission, prohibition, most, book)

    @staticmethod
    def _things_needed(permission: Norm, book: Book) -> int:
        """How many things a facet must have for the permission to permit; 0 if it never does."""
        for place, day in book.occasions(permission):
            for most in (1, 2, 3):

                def permits(goal: Goal, most: int = most) -> None:
                    goal.holds(goal.nodes(permission).outcome)
                    goal.one_deed(most)

                if book.worlds.find(place, day, permits) is not None:
                    return most
        return 0

    @staticmethod
    def _comparable(permission: Norm, prohibition: Norm, book: Book) -> bool:
        a, b = (book.rulebook.instruments[n.instrument] for n in (permission, prohibition))
        ranked = permission in book.overriders.get(prohibition.id, ())
        return a.jurisdiction == b.jurisdiction and a.binding == b.binding and not ranked

    def _clash(self, permission: Norm, prohibition: Norm, most: int, book: Book) -> Iterator[Issue]:
        def both(goal: Goal) -> None:
            goal.holds(goal.nodes(permission).outcome, goal.nodes(prohibition).outcome)
            goal.one_deed(most)

        for place, day in book.occasions(permission, prohibition):
            witness = book.worlds.find(place, day, both)
            if witness is not None:
                same = permission.instrument == prohibition.instrument
                yield self.issue(
                    Severity.ERROR if same else Severity.WARNING,
                    book.at(permission),
                    "`{norm}` permits what `{other}` prohibits, and nothing says which prevails",
                    {"norm": permission.id, "other": prohibition.id},
                    witness,
                    {permission.id: State.PERMITTED, prohibition.id: State.VIOLATED},
                )
                return


class DeadException(Check):
    """An exception never holds where its norm applies."""

    name = "dead-exception"

    def run(self, book: Book) -> Iterator[Issue]:
        """Every such exception."""
        for norm in book.norms:
            for path in _paths(norm.exceptions):
                yield from self._dead(norm, path, book)

    def _dead(self, norm: Norm, path: tuple[ExceptionClause, ...], book: Book) -> Iterator[Issue]:
        clause = path[-1]
        if any(mark.affects == "unless" for each in path for mark in each.untranslatable):
            return  # it can hold, but no condition can say when
        if any(mark.affects == "when" for mark in norm.untranslatable):
            return  # likewise for where the norm applies

        def fires(goal: Goal) -> None:
            goal.holds(goal.nodes(norm).applies, goal.rules.exception(clause, norm))
            goal.holds(*(goal.rules.condition(outer.unless, norm.instrument) for outer in path[:-1]))

        def unless(goal: Goal) -> None:
            goal.holds(goal.rules.condition(clause.unless, norm.instrument))
            goal.fails(goal.nodes(norm).applies)

        occasions = list(book.occasions(norm))
        if any(book.worlds.find(place, day, fires) is not None for place, day in occasions):
            return
        witness, state = self._shown(norm, occasions, unless, book)
        yield self.issue(
            Severity.ERROR,
            book.at(norm),
            "the exception `{other}` can never hold where `{norm}` applies",
            {"norm": norm.id, "other": clause.id},
            witness,
            {norm.id: state} if witness else {},
        )

    @staticmethod
    def _shown(
        norm: Norm, occasions: Sequence[tuple[str, date]], unless: Callable[[Goal], None], book: Book
    ) -> tuple[Scenario | None, State]:
        """A scenario with the exception's condition, in which the norm does not apply; else one in which it bites."""

        def bites(goal: Goal) -> None:
            goal.holds(goal.nodes(norm).outcome)

        bite = State.PERMITTED if norm.modality is Modality.PERMISSION else State.VIOLATED
        for wanted, state in ((unless, State.NOT_APPLICABLE), (bites, bite)):
            for place, day in occasions:
                found = book.worlds.find(place, day, wanted)
                if found is not None:
                    return found, state
        return None, bite


def _paths(clauses: tuple[ExceptionClause, ...]) -> Iterator[tuple[ExceptionClause, ...]]:
    for clause in clauses:
        yield (clause,)
        yield from ((clause, *rest) for rest in _paths(clause.exceptions))


class Redundant(Check):
    """Whatever breaches a norm breaches another of the same jurisdiction, modality and force as well."""

    name = "redundant"

    def run(self, book: Book) -> Iterator[Issue]:
        """Every such pair, the redundant norm first."""
        by_id = {norm.id: norm for norm in book.norms}
        for norm in book.norms:
            seen = book.together.get(norm.id, ())
            if norm.modality is Modality.PERMISSION or not seen:
                continue
            for other in sorted(frozenset.intersection(*seen) - {norm.id}):
                if other in by_id and self._comparable(norm, by_id[other], book):
                    yield from self._redundant(norm, by_id[other], book)

    @staticmethod
    def _comparable(norm: Norm, other: Norm, book: Book) -> bool:
        a, b = (book.rulebook.instruments[n.instrument] for n in (norm, other))
        lasting = all(any(_within(each, wide) for wide in other.in_force) for each in norm.in_force)
        return (
            norm.modality is other.modality and a.jurisdiction == b.jurisdiction and a.binding == b.binding and lasting
        )

    def _redundant(self, norm: Norm, other: Norm, book: Book) -> Iterator[Issue]:
        def alone(goal: Goal) -> None:
            goal.holds(goal.nodes(norm).outcome)
            goal.fails(goal.nodes(other).outcome)

        def both(goal: Goal) -> None:
            goal.holds(goal.nodes(norm).outcome, goal.nodes(other).outcome)

        occasions = list(book.occasions(norm, other))
        if not occasions or any(book.worlds.find(place, day, alone) is not None for place, day in occasions):
            return
        witness = next((w for place, day in occasions if (w := book.worlds.find(place, day, both)) is not None), None)
        if witness is not None:
            yield self.issue(
                Severity.WARNING if norm.instrument == other.instrument else Severity.NOTE,
                book.at(norm),
                "whatever breaches `{norm}` breaches `{other}` as well",
                {"norm": norm.id, "other": other.id},
                witness,
                {norm.id: State.VIOLATED, other.id: State.VIOLATED},
            )


def _within(narrow: Interval, wide: Interval) -> bool:
    begins = wide.since is None or (narrow.since is not None and wide.since <= narrow.since)
    return begins and (wide.until is None or (narrow.until is not None and narrow.until <= wide.until))


class ImpossibleScope(Check):
    """The ontology rules out that a norm ever applies."""

    name = "impossible-scope"

    def run(self, book: Book) -> Iterator[Issue]:
        """Every such norm."""
        for norm in book.norms:
            if any(mark.affects == "when" for mark in norm.untranslatable):
                continue
            occasions = list(book.occasions(norm))[:1]
            if occasions and not any(self._possible(norm, place, day, book) for place, day in occasions):
                place, day = occasions[0]
                yield self.issue(
                    Severity.ERROR,
                    book.at(norm),
                    "nothing can be in the scope of `{norm}`",
                    {"norm": norm.id},
                    self._nearly(norm, place, day, book),
                    {norm.id: State.NOT_APPLICABLE},
                )

    @staticmethod
    def _possible(norm: Norm, place: str, day: date, book: Book) -> bool:
        return book.worlds.find(place, day, lambda goal: goal.holds(goal.nodes(norm).applies)) is not None

    @staticmethod
    def _nearly(norm: Norm, place: str, day: date, book: Book) -> Scenario | None:
        """A scenario in all of the scope but one part."""
        parts = norm.when.parts if isinstance(norm.when, And) else (norm.when,)
        for left_out in range(len(parts)):
            rest = [part for i, part in enumerate(parts) if i != left_out]

            def most(goal: Goal, rest: Sequence[Condition] = rest) -> None:
                goal.nodes(norm)
                goal.holds(*(goal.rules.condition(part, norm.instrument) for part in rest))

            found = book.worlds.find(place, day, most)
            if found is not None:
                return found
        return None


CHECKS: tuple[type[Check], ...] = (
    Clash,
    DeadException,
    Redundant,
    ImpossibleScope,
    UndeclaredSiblings,
    UnusedTerm,
    UncoveredTechnology,
)
