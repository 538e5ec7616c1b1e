"""Read rule packs: from documents to norms, every name resolved, every error located.

documents.Node --shape--> format.PackFile -> READ -> model.rulebook.Pack -> link
"""

from datetime import date
from typing import Protocol

from augkg.documents import Mapping, Node, Sequence
from augkg.errors import AugkgError, Collector, Location, did_you_mean
from augkg.language.names import Names
from augkg.language.parse import parse_condition
from augkg.model.base import Interval, Words
from augkg.model.condition import Condition
from augkg.model.law import (
    Accepted,
    Citation,
    ExceptionClause,
    Instrument,
    Norm,
    NormTest,
    ParameterValue,
    Party,
    Untranslatable,
)
from augkg.model.rulebook import Pack
from augkg.model.scenario import Scenario
from augkg.model.vocabulary import Vocabulary
from augkg.rulebook.format import CiteEntry, ExceptionEntry, IntervalEntry, NormEntry, PackFile, TestEntry
from augkg.shape import Text, fit
from augkg.terms import Modality


class GivenReader(Protocol):
    """Reads the `given` of a test as a scenario; misfits are added to `found`."""

    def __call__(
        self, node: Node, vocabulary: Vocabulary, found: Collector, *, id: str, day: date, place: str
    ) -> Scenario:
        """Read it."""
        ...


def read_pack(document: Node, vocabulary: Vocabulary, read_given: GivenReader | None = None) -> Pack:
    """Read one rule pack.

    Args:
        document: The file.
        vocabulary: What its conditions may mention.
        read_given: How to read the scenarios of tests; without it tests are left out.

    Raises:
        AugkgError: What is wrong with it, all of it.
    """
    found = Collector()
    entry: PackFile | None = fit(document, PackFile, found)
    found.close()
    assert entry is not None
    pack = _PackReader(document, entry, vocabulary, found).pack(read_given)
    found.close()
    return pack


def place_of(document: Node, *path: str | int) -> Location:
    """Where a part of a document stands; the nearest enclosing part if it is not there."""
    node = document
    place = document.at
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str) and step in node.entries:
            place, node = node.places[step], node.entries[step]
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            place = node.at
        else:
            return place
    return place


class _PackReader:
    """Reads the parts of one pack; misfits go to one collector."""

    def __init__(self, document: Node, entry: PackFile, vocabulary: Vocabulary, found: Collector) -> None:
        self._document, self._entry, self._vocabulary, self._found = document, entry, vocabulary, found
        self._names = Names(vocabulary=vocabulary, parameters=frozenset(entry.parameters))
        self._definitions: dict[str, Condition] = {}
        self._labels: dict[str, Words] = {}

    def pack(self, read_given: GivenReader | None) -> Pack:
        instrument = self._instrument()
        self._define()
        norms: list[Norm] = []
        tests: dict[str, tuple[NormTest, ...]] = {}
        for index, entry in enumerate(self._entry.norms):
            here = ("norms", index)
            norm = self._norm(entry, here)
            if norm is not None:
                norms.append(norm)
            if read_given is not None and norm is not None:
                tests[entry.id] = tuple(
                    t for i, e in enumerate(entry.tests) if (t := self._test(e, norm, (*here, "tests", i), read_given))
                )
        return Pack(
            instrument=instrument, norms=tuple(norms), definitions=self._definitions, labels=self._labels, tests=tests
        )

    def _issue(self, message: str, *path: str | int, hint: str | None = None, **parts: object) -> None:
        self._found.add(AugkgError(message, at=place_of(self._document, *path), hint=hint, **parts))

    # --- the instrument

    def _instrument(self) -> Instrument:
        entry = self._entry.instrument
        self._known_jurisdiction(entry.jurisdiction, "instrument", "jurisdiction")
        for code in entry.parties:
            self._known_jurisdiction(code, "instrument", "parties", code)
        for name, values in self._entry.parameters.items():
            for code in values:
                if code != "default":
                    self._known_jurisdiction(code, "parameters", name, code)
        return Instrument(
            id=entry.id,
            title=entry.title,
            jurisdiction=entry.jurisdiction,
            kind=entry.kind,
            binding=entry.binding,
            url=entry.url,
            parties=tuple(Party(code=code, interval=_interval(each)) for code, each in entry.parties.items()),
            parameters={name: self._parameter(name) for name in self._entry.parameters},
            reviewed_on=entry.reviewed_on,
            note=entry.note,
            file=self._document.at.file,
        )

    def _known_jurisdiction(self, code: str, *path: str) -> None:
        if code not in self._vocabulary.jurisdictions:
            near = did_you_mean(code, self._vocabulary.jurisdictions)
            hint = "did you mean `{near}`?" if near else None
            self._issue("`{code}` is not a jurisdiction", *path, hint=hint, code=code, near=near)

    def _parameter(self, name: str) -> tuple[ParameterValue, ...]:
        values = []
        for code, entry in self._entry.parameters[name].items():
            place = None if code == "default" else code
            if isinstance(entry, tuple):
                for each in entry:
                    interval = Interval(since=each.since, until=each.until)
                    values.append(ParameterValue(jurisdiction=place, interval=interval, value=each.value))
            else:
                values.append(ParameterValue(jurisdiction=place, interval=Interval(), value=entry))
        return tuple(values)

    # --- conditions

    def _define(self) -> None:
        local: dict[str, str] = {}
        known = {
            *self._vocabulary.terms,
            *self._vocabulary.definitions,
            *self._vocabulary.facets,
            *self._vocabulary.measures,
        }
        for name, entry in self._entry.definitions.items():
            if name in known:
                self._issue("`{name}` is a name of the ontology already", "definitions", name, name=name)
            condition = self._condition(entry if isinstance(entry, Text) else entry.means)
            if condition is not None:
                qualified = f"{self._entry.instrument.id}/{name}"
                if not isinstance(entry, Text):
                    self._labels[qualified] = entry.label
                self._definitions[qualified] = condition
                local[name] = qualified
                self._names = Names(vocabulary=self._vocabulary, local=local, parameters=self._names.parameters)

    def _condition(self, text: Text | None) -> Condition | None:
        if text is None:
            return None
        with self._found.gather():
            return parse_condition(text.text, self._names, text.at)
        return None

    # --- norms

    def _norm(self, entry: NormEntry, here: tuple[str | int, ...]) -> Norm | None:
        self._fitting_keys(entry, here)
        if not entry.id.startswith(self._entry.instrument.id + "/"):
            self._issue(
                "the id `{id}` does not start with `{start}/`",
                *here,
                "id",
                id=entry.id,
                start=self._entry.instrument.id,
            )
        for name in entry.supports:
            if name not in self._vocabulary.principles:
                near = did_you_mean(name, self._vocabulary.principles)
                hint = "did you mean `{near}`?" if near else "the principles are: {known}"
                self._issue("`{name}` is not a principle", *here, "supports", hint=hint, name=name, near=near,
                            known=", ".join(self._vocabulary.principles))  # fmt: skip
        in_force = self._intervals(entry.in_force, *here, "in_force")
        exceptions = self._exceptions(entry.exceptions, in_force, *here, "exceptions")
        when, requires, provided = map(self._condition, (entry.when, entry.requires, entry.provided))
        if when is None:
            return None
        return Norm(
            id=entry.id,
            instrument=self._entry.instrument.id,
            modality=entry.modality,
            gist=entry.gist,
            when=when,
            requires=requires,
            provided=provided,
            in_force=in_force,
            cite=_citation(entry.cite),
            sanction=entry.sanction,
            sanction_note=entry.sanction_note,
            supports=entry.supports,
            status=entry.status,
            note=entry.note,
            exceptions=exceptions,
            overrides=entry.overrides,
            yields_to=entry.yields_to,
            untranslatable=tuple(
                Untranslatable(text_gist=u.text_gist, affects=u.affects) for u in entry.untranslatable
            ),
            accepted=tuple(Accepted(check=a.check, other=a.other, why=a.why) for a in entry.accepted),
        )

    def _fitting_keys(self, entry: NormEntry, here: tuple[str | int, ...]) -> None:
        keys = {"requires": entry.requires, "provided": entry.provided, "overrides": entry.overrides}
        wanted = {Modality.OBLIGATION: "requires"}
        allowed = {
            Modality.OBLIGATION: ("requires",),
            Modality.PERMISSION: ("provided", "overrides"),
            Modality.PROHIBITION: (),
        }
        for key, value in keys.items():
            if value and key not in allowed[entry.modality]:
                self._issue("a {modality} has no `{key}`", *here, key, modality=entry.modality, key=key)
        need = wanted.get(entry.modality)
        if need and keys[need] is None:
            self._issue("an {modality} needs `{key}`", *here, modality=entry.modality, key=need)

    def _exceptions(
        self, entries: tuple[ExceptionEntry, ...], outer: tuple[Interval, ...], *path: str | int
    ) -> tuple[ExceptionClause, ...]:
        clauses = []
        for index, entry in enumerate(entries):
            here = (*path, index)
            in_force = self._intervals(entry.in_force, *here, "in_force") if entry.in_force else outer
            unless = self._condition(entry.unless)
            inner = self._exceptions(entry.exceptions, in_force, *here, "exceptions")
            if unless is not None:
                clauses.append(
                    ExceptionClause(
                        id=entry.id,
                        unless=unless,
                        in_force=in_force,
                        cite=_citation(entry.cite),
                        untranslatable=tuple(
                            Untranslatable(text_gist=u.text_gist, affects=u.affects) for u in entry.untranslatable
                        ),
                        exceptions=inner,
                    )
                )
        return tuple(clauses)

    def _intervals(self, entry: IntervalEntry | tuple[IntervalEntry, ...], *path: str | int) -> tuple[Interval, ...]:
        intervals = tuple(_interval(each) for each in (entry if isinstance(entry, tuple) else (entry,)))
        for each in intervals:
            if each.since and each.until and each.until <= each.since:
                self._issue("the interval ends ({until}) before it begins ({since})", *path, hint="`until` is the first day on which it no longer holds",
                            since=each.since, until=each.until)  # fmt: skip
        return intervals

    def _test(
        self, entry: TestEntry, norm: Norm, here: tuple[str | int, ...], read_given: GivenReader
    ) -> NormTest | None:
        day = entry.at or norm.in_force[-1].since
        if day is None:
            self._issue("the test needs `at`, because the norm has no first day", *here)
            return None
        instrument = self._entry.instrument
        if entry.place is not None:
            self._known_jurisdiction(entry.place, *map(str, here))
        place = entry.place or next(iter(instrument.parties), instrument.jurisdiction)
        given = read_given(entry.given.node, self._vocabulary, self._found, id=entry.name, day=day, place=place)
        asks = tuple(c for text in entry.asks if (c := self._condition(text)) is not None)
        return NormTest(name=entry.name, given=given, expect=entry.expect, exception=entry.exception, asks=asks,
                        in_place=entry.place is not None)  # fmt: skip


def _interval(entry: IntervalEntry) -> Interval:
    return Interval(since=entry.since, until=entry.until)


def _citation(entry: CiteEntry) -> Citation:
    return Citation(clause=entry.clause, url=entry.url, seen=entry.seen)
