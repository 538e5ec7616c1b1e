"""What the rulebook covers: for each jurisdiction its instruments and norms, and what was left out and why."""

from __future__ import annotations

from datetime import date

from augkg.model.base import Value, Words
from augkg.terms import Status


class LeftOut(Value, frozen=True, kw_only=True):
    """A rule that was looked at and not encoded: its place in its instrument, and the reason."""

    instrument: str
    title: str
    clause: str
    jurisdiction: str
    reason: Words


class InstrumentCoverage(Value, frozen=True, kw_only=True):
    """One instrument on file: its norms by status and by family of technologies (`any`: they name none)."""

    id: str
    title: Words
    jurisdiction: str
    binding: bool
    reviewed_on: date | None
    statuses: dict[Status, int]
    families: dict[str, int]


class RulebookCoverage(Value, frozen=True, kw_only=True):
    """All instruments on file, by jurisdiction, and what was left out."""

    instruments: tuple[InstrumentCoverage, ...]
    left_out: tuple[LeftOut, ...]
