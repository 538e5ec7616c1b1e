"""What `check` finds in a file: how bad, where, and in which words."""

from __future__ import annotations

from enum import StrEnum

from augkg.errors import Location
from augkg.model.base import Value
from augkg.model.scenario import Scenario
from augkg.terms import State


class Severity(StrEnum):
    """How bad an issue is."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Issue(Value, frozen=True, kw_only=True):
    """What `check` finds. The message is a template over the parts.

    Attributes:
        check: The name of the check, for those of the whole rulebook.
        witness: A scenario that shows it, where one can.
        shows: The states that norms have in the witness.
        accepted: Why the pack says that it may stay.
    """

    severity: Severity
    at: Location
    message: str
    parts: dict[str, str] = {}
    check: str = ""
    witness: Scenario | None = None
    shows: dict[str, State] = {}
    accepted: str | None = None
