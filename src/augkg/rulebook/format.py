"""The form of a rule pack file, as types: what `read` fits a file to, and what the JSON Schema is made from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

import msgspec
from msgspec import Meta

from augkg.model.base import Words
from augkg.shape import Text, Tree, schema
from augkg.terms import InstrumentKind, Modality, NormPart, Sanction, State, Status


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """The base of all parts of a pack file; unknown keys are refused."""


class IntervalEntry(Entry, frozen=True, kw_only=True):
    """Dates from `since` (included) until `until` (excluded)."""

    since: date | None = None
    until: date | None = None


class CiteEntry(Entry, frozen=True, kw_only=True):
    """Where the norm stands."""

    clause: Annotated[str, Meta(description="article, section or paragraph, as lawyers cite it")]
    url: Annotated[str | None, Meta(description="address of the text, if not the instrument's")] = None
    seen: Annotated[str | None, Meta(description="where the text was read, if elsewhere")] = None


class UntranslatableEntry(Entry, frozen=True, kw_only=True):
    """What the text says and the language cannot."""

    text_gist: str
    affects: NormPart


class ExceptionEntry(Entry, frozen=True, kw_only=True):
    """A condition that defeats the norm, unless one of its own exceptions holds."""

    id: str
    unless: Annotated[Text, Meta(description="condition in Manchester syntax")]
    in_force: IntervalEntry | tuple[IntervalEntry, ...] | None = None
    cite: CiteEntry
    untranslatable: tuple[UntranslatableEntry, ...] = ()
    exceptions: tuple[ExceptionEntry, ...] = ()


class TestEntry(Entry, frozen=True, kw_only=True):
    """What the norm must conclude about a scenario."""

    name: str
    at: Annotated[date | None, Meta(description="the date; by default the day the norm came into force")] = None
    place: Annotated[str | None, Meta(description="a jurisdiction; without it the norm is taken to bind")] = None
    given: Annotated[Tree, Meta(description="facets and measures as in a scenario file")]
    expect: State
    exception: Annotated[str | None, Meta(description="id of the exception that makes it excepted")] = None
    asks: Annotated[tuple[Text, ...], Meta(description="conditions that must be unknown and asked for")] = ()


class AcceptedEntry(Entry, frozen=True, kw_only=True):
    """That what a check finds about the norm is right as it is, and why."""

    check: Annotated[str, Meta(description="the name of the check, as `augkg rules check --deep` prints it")]
    other: Annotated[str | None, Meta(description="the other norm or exception that it finds, if it is about one")] = (
        None
    )
    why: str


class NormEntry(Entry, frozen=True, kw_only=True):
    """One rule of conduct."""

    id: Annotated[str, Meta(description="instrument-id/clause; never reused")]
    modality: Modality
    gist: Annotated[Words, Meta(description="what the norm says, in one sentence of our own")]
    when: Annotated[Text, Meta(description="scope: condition in Manchester syntax")]
    requires: Annotated[Text | None, Meta(description="what an obligation requires")] = None
    provided: Annotated[Text | None, Meta(description="conditions of a permission")] = None
    in_force: IntervalEntry | tuple[IntervalEntry, ...]
    cite: CiteEntry
    sanction: Sanction = Sanction.NONE
    sanction_note: str | None = None
    supports: Annotated[tuple[str, ...], Meta(description="ethics principles that a breach offends")]
    status: Status
    note: str | None = None
    exceptions: tuple[ExceptionEntry, ...] = ()
    overrides: tuple[str, ...] = ()
    yields_to: tuple[str, ...] = ()
    untranslatable: tuple[UntranslatableEntry, ...] = ()
    accepted: Annotated[tuple[AcceptedEntry, ...], Meta(description="warnings of checks that may stay, and why")] = ()
    tests: tuple[TestEntry, ...] = ()


class DefinitionEntry(Entry, frozen=True, kw_only=True):
    """A name local to the pack, with the words in which it is read aloud."""

    label: Annotated[Words, Meta(description="how the condition is read aloud, as a clause")]
    means: Annotated[Text, Meta(description="condition in Manchester syntax")]


class ParameterEntry(Entry, frozen=True, kw_only=True):
    """A value in an interval."""

    value: Decimal
    since: date | None = None
    until: date | None = None
    source: str | None = None


class InstrumentEntry(Entry, frozen=True, kw_only=True):
    """The text that the pack encodes."""

    id: Annotated[str, Meta(pattern="^[a-z]+(-[a-z0-9]+)+$")]
    title: Words
    jurisdiction: Annotated[str, Meta(description="ISO 3166 code, EU, COE or INT")]
    kind: InstrumentKind
    binding: bool
    url: str
    parties: dict[str, IntervalEntry] = {}
    reviewed_on: Annotated[date | None, Meta(description="when the pack was last held against its sources")] = None
    note: str | None = None


class PackFile(Entry, frozen=True, kw_only=True):
    """A rule pack: one instrument, the definitions and parameters local to it, its norms."""

    instrument: InstrumentEntry
    definitions: Annotated[
        dict[str, Text | DefinitionEntry], Meta(description="names local to the pack: a condition, or its label and it")
    ] = {}
    parameters: Annotated[
        dict[str, dict[str, Decimal | tuple[ParameterEntry, ...]]],
        Meta(description="name → jurisdiction (or `default`) → value, or list of dated values"),
    ] = {}
    norms: tuple[NormEntry, ...]


def pack_schema() -> dict[str, object]:
    """The JSON Schema of a rule pack file.

    Examples:
        >>> pack_schema()["$schema"]
        'https://json-schema.org/draft/2020-12/schema'
    """
    return schema(PackFile, "augkg rule pack")
