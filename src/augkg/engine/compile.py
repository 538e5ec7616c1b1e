"""Compile a rulebook: each norm becomes the nodes that decide its state.

norms + instruments + definitions -> COMPILE -> model.program -> evaluate
"""

from collections.abc import Iterable, Mapping, Sequence

from augkg.engine.build import Builder
from augkg.model.condition import Condition
from augkg.model.law import ExceptionClause, Instrument, Norm, Untranslatable
from augkg.model.program import NO_NODE, BindsAtom, ExceptionCode, InForceAtom, NormCode, OpenAtom, Program
from augkg.model.vocabulary import Vocabulary
from augkg.terms import Modality


def compile_program(
    vocabulary: Vocabulary,
    instruments: Mapping[str, Instrument],
    norms: Sequence[Norm],
    definitions: Mapping[str, Condition],
) -> Program:
    """Compile norms to a program whose `codes` stand in the order of the norms.

    Args:
        vocabulary: The classes that conditions mention.
        instruments: By id; a red line of the ontology has none.
        norms: The norms, red lines among them.
        definitions: Of the ontology by name, of packs as `pack/Name`.
    """
    return _Compiler(vocabulary, instruments, norms, definitions).program()


class _Compiler:
    def __init__(
        self,
        vocabulary: Vocabulary,
        instruments: Mapping[str, Instrument],
        norms: Sequence[Norm],
        definitions: Mapping[str, Condition],
    ) -> None:
        self._build = Builder(definitions, vocabulary.taxonomy)
        self._instruments, self._norms = instruments, norms
        self._overriders = _overriders(norms)

    def program(self) -> Program:
        codes = [self._code(norm) for norm in self._norms]
        atoms, steps, places = self._build.program()
        placed = tuple(_placed(code, places) for code in codes)
        return Program(atoms=atoms, steps=steps, codes=placed)

    def _code(self, norm: Norm) -> NormCode:
        build = self._build
        exceptions: list[ExceptionCode] = []
        gate = self._gate(norm)
        applies = self._applies(norm)
        excepted = self._excepted(norm.exceptions, norm, norm.untranslatable, exceptions)
        bites = build.both(applies, build.negated(excepted))
        duty = self._duty(norm)
        permissions = self._overriders.get(norm.id, ())
        overridden = build.either(*(build.both(self._gate(p), self._permits(p)) for p in permissions))
        if norm.modality is Modality.PERMISSION:
            outcome = self._permits(norm)
        else:
            breach = bites if duty == NO_NODE else build.both(bites, build.negated(duty))
            outcome = build.both(gate, breach, build.negated(overridden))
        return NormCode(
            gate=gate,
            applies=build.settled(applies),
            excepted=build.settled(excepted),
            bites=build.settled(bites),
            duty=duty if duty == NO_NODE else build.settled(duty),
            outcome=build.settled(outcome),
            overridden=build.settled(overridden),
            exceptions=tuple(exceptions),
        )

    def _gate(self, norm: Norm) -> int:
        if norm.red_line:
            return self._build.true
        in_force = self._build.atom(InForceAtom(intervals=norm.in_force))
        return self._build.both(self._build.atom(BindsAtom(instrument=norm.instrument)), in_force)

    def _applies(self, norm: Norm) -> int:
        when = self._build.condition(norm.when, norm.instrument)
        return self._build.both(when, *self._open(norm.id, norm.untranslatable, "when"))

    def _duty(self, norm: Norm) -> int:
        for key, condition in (("requires", norm.requires), ("provided", norm.provided)):
            if condition is not None:
                node = self._build.condition(condition, norm.instrument)
                return self._build.both(node, *self._open(norm.id, norm.untranslatable, key))
        return NO_NODE

    def _permits(self, norm: Norm) -> int:
        excepted = self._excepted(norm.exceptions, norm, norm.untranslatable, [])
        provided = self._duty(norm)
        parts = (self._applies(norm), self._build.negated(excepted))
        return self._build.both(*parts, *(() if provided == NO_NODE else (provided,)))

    def _excepted(
        self,
        clauses: Iterable[ExceptionClause],
        norm: Norm,
        untranslatable: tuple[Untranslatable, ...],
        found: list[ExceptionCode],
    ) -> int:
        build = self._build
        nodes = []
        for clause in clauses:
            unless = build.condition(clause.unless, norm.instrument)
            unless = build.both(unless, *self._open(norm.id, clause.untranslatable, "unless"))
            place = len(found)
            inner = self._excepted(clause.exceptions, norm, clause.untranslatable, found)
            in_force = build.atom(InForceAtom(intervals=clause.in_force))
            holds = build.both(in_force, unless, build.negated(inner))
            found.insert(place, ExceptionCode(id=clause.id, unless=unless, holds=build.settled(holds)))
            nodes.append(holds)
        return build.either(*nodes, *self._open(norm.id, untranslatable, "exceptions"))

    def _open(self, norm: str, marks: tuple[Untranslatable, ...], affects: str) -> tuple[int, ...]:
        return tuple(
            self._build.atom(OpenAtom(norm=norm, text_gist=mark.text_gist)) for mark in marks if mark.affects == affects
        )


def _overriders(norms: Sequence[Norm]) -> dict[str, tuple[Norm, ...]]:
    """The permissions that prevail over each norm, by either's naming the other."""
    by_id = {norm.id: norm for norm in norms}
    found: dict[str, dict[str, Norm]] = {}
    for norm in norms:
        for other in norm.overrides:
            found.setdefault(other, {})[norm.id] = norm
        for other in norm.yields_to:
            found.setdefault(norm.id, {})[other] = by_id[other]
    return {key: tuple(value[name] for name in sorted(value)) for key, value in found.items()}


def _placed(code: NormCode, places: dict[int, int]) -> NormCode:
    def at(node: int) -> int:
        return NO_NODE if node == NO_NODE else places[node]

    return NormCode(
        gate=at(code.gate),
        applies=at(code.applies),
        excepted=at(code.excepted),
        bites=at(code.bites),
        duty=at(code.duty),
        outcome=at(code.outcome),
        overridden=at(code.overridden),
        exceptions=tuple(ExceptionCode(id=e.id, unless=at(e.unless), holds=at(e.holds)) for e in code.exceptions),
    )
