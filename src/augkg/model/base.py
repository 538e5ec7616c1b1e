"""What all values share: frozen, slotted, keyword-only, and written to JSON or msgpack without pickle.

`msgspec.Struct` is used in place of a dataclass because it reads a compiled rulebook from the cache at C
speed and checks it on the way; see docs/adr/0003-msgspec.md.
"""

from datetime import date

import msgspec


class Value(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The base of all values."""


class Words(Value, frozen=True, kw_only=True):
    """The same words in both languages.

    Examples:
        >>> Words(en="embryo", zh="胚胎")["zh"]
        '胚胎'
    """

    en: str
    zh: str

    def __getitem__(self, language: str) -> str:
        return self.zh if language == "zh" else self.en


class Interval(Value, frozen=True, kw_only=True):
    """Dates from `since` (included) until `until` (excluded); None is open.

    Examples:
        >>> Interval(since=date(2009, 10, 1)).holds(date(2009, 10, 1))
        True
        >>> Interval(until=date(2009, 10, 1)).holds(date(2009, 10, 1))
        False
    """

    since: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the day lies in the interval."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


def any_holds(intervals: tuple[Interval, ...], day: date) -> bool:
    """Whether the day lies in one of the intervals."""
    return any(interval.holds(day) for interval in intervals)
