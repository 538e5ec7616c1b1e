"""The one error tree: what is wrong, where, and what to do about it.

A message is a template with named parts, so that it can be said in the reader's language: `str(error)` is
English, `present` looks the template up in its catalogue. The fact comes first, the hint second; the
user's own words stand in backticks. Reading a file collects every error before it raises (`Collector`).
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from difflib import get_close_matches

import msgspec


class Location(msgspec.Struct, frozen=True, order=True):
    """A place in a file: lines and columns count from 1; 0 means that the whole file is meant."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return self.file if not self.line else f"{self.file}:{self.line}:{self.column}"


class AugkgError(Exception):
    """Anything that is wrong with what augkg was given.

    Args:
        message: The fact, as a template; `{name}` is replaced by the part of that name.
        at: Where it was found.
        hint: What to do about it, as a template over the same parts.
        parts: What the templates mention.

    Examples:
        >>> str(AugkgError("`{term}` is not a term", at=Location("a.yaml", 3, 9), hint="did you mean `{near}`?",
        ...                term="Embyro", near="HumanEmbryo"))
        'a.yaml:3:9: `Embyro` is not a term (did you mean `HumanEmbryo`?)'
    """

    def __init__(self, message: str, *, at: Location | None = None, hint: str | None = None, **parts: object) -> None:
        super().__init__(message)
        self.message, self.at, self.hint, self.parts = message, at, hint, parts

    @property
    def issues(self) -> "tuple[AugkgError, ...]":
        """The single errors in this one: itself, unless it gathers several."""
        return (self,)

    def __str__(self) -> str:
        place = f"{self.at}: " if self.at else ""
        hint = f" ({self.hint.format(**self.parts)})" if self.hint else ""
        return place + self.message.format(**self.parts) + hint


class WrongInput(AugkgError):
    """Several errors of one input, which is refused as a whole."""

    def __init__(self, issues: "tuple[AugkgError, ...]") -> None:
        super().__init__("{n} errors", n=len(issues))
        self._issues = issues

    @property
    def issues(self) -> "tuple[AugkgError, ...]":
        """Every error, in the order of their places."""
        return self._issues

    def __str__(self) -> str:
        return "\n".join(map(str, self._issues))


class LimitExceeded(AugkgError):
    """A query or a run needs more time or room than it was given."""


class MissingTool(AugkgError):
    """A part that this command needs is not installed."""


class Collector:
    """Gathers the errors of one input; `close` raises them all together.

    Examples:
        >>> found = Collector()
        >>> with found.gather():
        ...     raise AugkgError("first")
        >>> found.add(AugkgError("second"))
        >>> found.close()
        Traceback (most recent call last):
            ...
        augkg.errors.WrongInput: first
        second
    """

    def __init__(self) -> None:
        self.issues: list[AugkgError] = []

    def add(self, issue: AugkgError) -> None:
        """Remember one error (or each of those that it gathers)."""
        self.issues.extend(issue.issues)

    @contextmanager
    def gather(self) -> Iterator[None]:
        """Remember an error raised inside, and go on after the block."""
        try:
            yield
        except AugkgError as error:
            self.add(error)

    def close(self) -> None:
        """Raise what was gathered, if anything was.

        Raises:
            AugkgError: The only error, or a `WrongInput` of all of them by place.
        """
        if not self.issues:
            return
        ordered = sorted(self.issues, key=lambda issue: issue.at or Location(""))
        raise ordered[0] if len(ordered) == 1 else WrongInput(tuple(ordered))


def did_you_mean(word: str, known: Iterable[str], also: Mapping[str, str] | None = None) -> str | None:
    """The known name nearest to a word, or None if none is near.

    Args:
        word: What was written.
        known: The names that may be written.
        also: Other words for them (labels, synonyms) → the name.

    Examples:
        >>> did_you_mean("HumanEmbyro", ["HumanEmbryo", "HumanAdmixedEmbryo"])
        'HumanEmbryo'
        >>> did_you_mean("exo suit", ["Exoskeleton"], {"exo suit": "Exoskeleton"})
        'Exoskeleton'
    """
    table = {name.lower(): name for name in sorted(known)}
    table |= {other.lower(): name for other, name in (also or {}).items()}
    exact = table.get(word.lower())
    if exact is not None:
        return exact
    near = get_close_matches(word.lower(), sorted(table), n=1, cutoff=0.72)
    return table[near[0]] if near else None
