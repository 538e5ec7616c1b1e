"""What the checks of the whole rulebook share: the book that they look at, the occasions on which norms meet."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import ClassVar

from augkg.advice.asp import overriders
from augkg.advice.worlds import Worlds
from augkg.errors import Location
from augkg.model.base import Interval
from augkg.model.issue import Issue, Severity
from augkg.model.law import Norm, all_exceptions
from augkg.model.rulebook import Rulebook
from augkg.model.scenario import Scenario
from augkg.terms import State


class Book:
    """What the checks look at.

    Args:
        rulebook: The rulebook.
        together: For each norm, sets of norms that were found violated together with it, from its tests.
        day: The date whose law is asked for where a check is about one day.
    """

    def __init__(self, rulebook: Rulebook, together: Mapping[str, Sequence[frozenset[str]]], day: date) -> None:
        self.rulebook, self.together, self.day = rulebook, together, day
        self.overriders = overriders(rulebook.norms)
        self.worlds = Worlds(rulebook, self.overriders)
        self.norms = [norm for norm in rulebook.norms if not norm.red_line]

    def at(self, norm: Norm) -> Location:
        """The file of a norm."""
        return Location(self.rulebook.instruments[norm.instrument].file)

    def occasions(self, *norms: Norm) -> Iterator[tuple[str, date]]:
        """Places and days on which all of some norms speak: the first day, and each on which an exception changes."""
        place = self._place(norms)
        spans = list(_common([norm.in_force for norm in norms]))
        turns = {
            day
            for norm in norms
            for clause in all_exceptions(norm.exceptions)
            for interval in clause.in_force
            for day in (interval.since, interval.until)
            if day is not None
        }
        for span in spans:
            first = span.since or date(1900, 1, 1)
            for day in sorted({first, *(turn for turn in turns if span.holds(turn) and turn > first)}):
                reach = self.rulebook.vocabulary.reach((place,), day)
                if all(self.rulebook.instruments[norm.instrument].binds(reach, day) for norm in norms):
                    yield place, day

    def _place(self, norms: Sequence[Norm]) -> str:
        """A place where all may speak: the narrowest of their jurisdictions, or a party to their treaty."""
        instruments = [self.rulebook.instruments[norm.instrument] for norm in norms]
        codes = [each.jurisdiction for each in instruments]
        national = [code for code in codes if code not in ("INT", "EU", "COE")]
        parties = [party.code for each in instruments for party in each.parties]
        return next(
            iter((*national, *parties, *(c for c in codes if c == "EU"), *(c for c in codes if c == "COE"), "AQ"))
        )


def _common(intervals: Sequence[tuple[Interval, ...]]) -> Iterator[Interval]:
    """The spans in which one interval of each lies."""
    spans = [Interval()]
    for each in intervals:
        spans = [span for a in spans for b in each if (span := _meet(a, b)) is not None]
    yield from spans


def _meet(a: Interval, b: Interval) -> Interval | None:
    since = max((day for day in (a.since, b.since) if day is not None), default=None)
    until = min((day for day in (a.until, b.until) if day is not None), default=None)
    return None if since and until and until <= since else Interval(since=since, until=until)


class Check(ABC):
    """One thing that can be wrong with a rulebook."""

    name: ClassVar[str]

    @abstractmethod
    def run(self, book: Book) -> Iterator[Issue]:
        """What is wrong, in the order of the rulebook."""

    def issue(
        self,
        severity: Severity,
        at: Location,
        message: str,
        parts: dict[str, str],
        witness: Scenario | None,
        shows: dict[str, State] | None = None,
    ) -> Issue:
        """An issue of this check: its words, a scenario, and the states of norms that show it there."""
        return Issue(severity=severity, at=at, message=message, parts=parts, check=self.name, witness=witness,
                     shows=shows or {})  # fmt: skip
