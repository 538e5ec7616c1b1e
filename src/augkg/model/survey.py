"""A scenario surveyed over places and over time: what is found in each jurisdiction, and in each period."""

from __future__ import annotations

from datetime import date

from augkg.model.base import Value, Words
from augkg.terms import State, Verdict


class Answer(Value, frozen=True, kw_only=True):
    """What is found in one place on one day, in short.

    `binding_norms` counts the binding norms on file there and then: an answer from few says little.
    """

    jurisdiction: str
    verdict: Verdict
    decided_by: tuple[str, ...]
    red_lines: tuple[str, ...]
    conditions: tuple[str, ...]
    binding_norms: int


class Matrix(Value, frozen=True, kw_only=True):
    """One scenario in many places on one day."""

    scenario: str
    title: Words
    as_of: date
    answers: tuple[Answer, ...]


class Change(Value, frozen=True, kw_only=True):
    """A norm whose state becomes another; None is that it does not speak: not in force, not binding, not applicable."""

    norm: str
    before: State | None
    after: State | None


class Period(Value, frozen=True, kw_only=True):
    """Days from `since` (None: as far back as the law on file goes) until `until` (excluded) on which the same is found."""

    since: date | None
    until: date | None
    answer: Answer
    changes: tuple[Change, ...] = ()


class Timeline(Value, frozen=True, kw_only=True):
    """One scenario in one place over all time, each period with what changed when it began."""

    scenario: str
    title: Words
    jurisdiction: str
    periods: tuple[Period, ...]
