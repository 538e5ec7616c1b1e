"""What `check` finds in a file: how bad, where, and in which words."""

from __future__ import annotations

from enum import StrEnum

from augkg.errors import Location
from augkg.model.base import Value


class Severity(StrEnum):
    """How bad an issue is."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Issue(Value, frozen=True, kw_only=True):
    """What `check` finds. The message is a template over the parts."""

    severity: Severity
    at: Location
    message: str
    parts: dict[str, str] = {}
