"""The rulebook: all packs compiled against one vocabulary, and the program that evaluates them."""

from __future__ import annotations

from augkg.model.base import Value, Words
from augkg.model.condition import Condition
from augkg.model.law import Instrument, Norm, NormTest
from augkg.model.points import Points
from augkg.model.profile import Profile
from augkg.model.program import Program
from augkg.model.vocabulary import Vocabulary


class Pack(Value, frozen=True, kw_only=True):
    """One instrument with its norms, the definitions local to it (and their labels), the tests of its norms by norm id."""

    instrument: Instrument
    norms: tuple[Norm, ...]
    definitions: dict[str, Condition] = {}
    labels: dict[str, Words] = {}
    tests: dict[str, tuple[NormTest, ...]] = {}


class Rulebook(Value, frozen=True, kw_only=True, dict=True):
    """Everything that an assessment needs; it is never changed.

    `definitions` holds those of the ontology by name and those of packs as `pack/Name`, `labels` the words in which
    the latter are read aloud. `hash` is that of the files it was compiled from. `profiles` are the ways of setting scores,
    `points` what draws are made from; without profiles nothing is scored.
    """

    vocabulary: Vocabulary
    instruments: dict[str, Instrument]
    norms: tuple[Norm, ...]
    definitions: dict[str, Condition]
    labels: dict[str, Words]
    program: Program
    hash: str
    profiles: dict[str, Profile] = {}
    points: Points | None = None

    def __repr__(self) -> str:
        return f"<Rulebook {self.hash[:12]}: {len(self.instruments)} instruments, {len(self.norms)} norms>"
