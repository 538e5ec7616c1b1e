"""Law as values: instruments, norms, exceptions, the tests that stand beside them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from augkg.model.base import Interval, Value, Words
from augkg.model.condition import Condition
from augkg.model.scenario import Scenario
from augkg.terms import InstrumentKind, Modality, Sanction, State, Status


class Citation(Value, frozen=True, kw_only=True):
    """Where a norm stands: the clause, an address of the text, and where the text was seen if elsewhere."""

    clause: str
    url: str | None = None
    seen: str | None = None


class Untranslatable(Value, frozen=True, kw_only=True):
    """What a text says and the language cannot.

    `affects` names the part that it leaves open: `when`, `requires`, `provided` or `unless` can then never be
    more than unknown; `exceptions` means that there are exceptions which are not encoded.
    """

    text_gist: str
    affects: str


class ExceptionClause(Value, frozen=True, kw_only=True):
    """A condition that defeats the norm it stands under, unless one of its own exceptions holds."""

    id: str
    unless: Condition
    in_force: tuple[Interval, ...]
    cite: Citation
    untranslatable: tuple[Untranslatable, ...] = ()
    exceptions: tuple[ExceptionClause, ...] = ()


class NormTest(Value, frozen=True, kw_only=True):
    """What a norm must conclude about a scenario."""

    name: str
    given: Scenario
    expect: State
    exception: str | None = None
    asks: tuple[Condition, ...] = ()
    in_place: bool = False


class Accepted(Value, frozen=True, kw_only=True):
    """That what a check finds about a norm (and another, if it is about two) is right as it is, and why."""

    check: str
    other: str | None = None
    why: str


class Norm(Value, frozen=True, kw_only=True):
    """One rule of conduct."""

    id: str
    instrument: str
    modality: Modality
    gist: Words
    when: Condition
    requires: Condition | None = None
    provided: Condition | None = None
    in_force: tuple[Interval, ...]
    cite: Citation
    sanction: Sanction = Sanction.NONE
    sanction_note: str | None = None
    supports: tuple[str, ...] = ()
    status: Status
    note: str | None = None
    exceptions: tuple[ExceptionClause, ...] = ()
    overrides: tuple[str, ...] = ()
    yields_to: tuple[str, ...] = ()
    untranslatable: tuple[Untranslatable, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    red_line: bool = False


class Party(Value, frozen=True, kw_only=True):
    """That a treaty binds a country in an interval."""

    code: str
    interval: Interval


class ParameterValue(Value, frozen=True, kw_only=True):
    """The value of a parameter in one place (None: everywhere else) and interval."""

    jurisdiction: str | None
    interval: Interval
    value: Decimal


class Instrument(Value, frozen=True, kw_only=True):
    """A treaty, statute, regulation, guideline or code; `reviewed_on` is when its pack was last held against its sources."""

    id: str
    title: Words
    jurisdiction: str
    kind: InstrumentKind
    binding: bool
    url: str
    parties: tuple[Party, ...] = ()
    parameters: dict[str, tuple[ParameterValue, ...]] = {}
    reviewed_on: date | None = None
    note: str | None = None
    file: str = ""

    def binds(self, reach: frozenset[str], day: date) -> bool:
        """Whether it speaks to what happens within the reach of some jurisdictions on a day.

        A treaty with a list of parties speaks only to these, each from its date.
        """
        if self.parties:
            return any(party.code in reach and party.interval.holds(day) for party in self.parties)
        return self.jurisdiction in reach

    def parameter(self, name: str, places: tuple[str, ...], day: date) -> Decimal | None:
        """The value of a parameter for something that happens at `places` on a day; None if none is on file."""
        values = [v for v in self.parameters[name] if v.interval.holds(day)]
        for place in (*places, None):
            for value in values:
                if value.jurisdiction == place:
                    return value.value
        return None


def all_exceptions(exceptions: tuple[ExceptionClause, ...]) -> tuple[ExceptionClause, ...]:
    """The exceptions and theirs, in the order in which they are written."""
    return tuple(each for top in exceptions for each in (top, *all_exceptions(top.exceptions)))
