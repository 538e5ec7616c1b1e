"""Justify findings: the tree of conditions under a norm, each with its truth, its facts and its axioms.

The truths are read from the planes of the same evaluator: the conditions to explain are built and run as a small
program over the same columns.

    Evaluation + norm -> JUSTIFY -> model.assessment.Justification
"""

from collections.abc import Iterable
from dataclasses import dataclass

from augkg.engine.build import Builder, compare_atoms
from augkg.engine.evaluate import evaluate
from augkg.engine.evaluation import Evaluation
from augkg.language.write import Reader, datatypes_of, manchester
from augkg.model.assessment import Justification, Reason
from augkg.model.base import Words
from augkg.model.condition import AtLeast, Compare, Condition, Named, Some, children, conjuncts, walk
from augkg.model.law import ExceptionClause, Norm, all_exceptions
from augkg.model.program import NO_NODE, NormCode, Program
from augkg.model.scenario import Fact
from augkg.terms import Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A condition of a norm, with the role it plays and the node that decides it in the rulebook's program."""

    condition: Condition
    role: str
    node: int
    name: str | None = None
    marks: tuple[str, ...] = ()


class Justifier:
    """Justifies what norms conclude about the first scenario of an evaluation.

    Args:
        evaluation: What to justify.
        norms: The norms that will be asked for.
    """

    def __init__(self, evaluation: Evaluation, norms: Iterable[Norm]) -> None:
        self._evaluation = evaluation
        rulebook = evaluation.rulebook
        self._vocabulary, self._definitions = rulebook.vocabulary, rulebook.definitions
        self._datatypes = datatypes_of(self._vocabulary)
        self._readers = {lang: Reader(self._vocabulary, lang, rulebook.labels) for lang in ("en", "zh")}
        self._scenario = evaluation.scenarios[0]
        builder = Builder(self._definitions, evaluation.taxonomy)
        self._nodes: dict[tuple[Condition, str], int] = {}
        for norm in norms:
            for condition in _conditions(norm):
                self._add(condition, norm.instrument, builder)
        atoms, steps, places = builder.program()
        self._nodes = {key: places[node] for key, node in self._nodes.items()}
        self._planes = evaluate(Program(atoms=atoms, steps=steps, codes=()), evaluation.columns)

    def _add(self, condition: Condition, instrument: str, builder: Builder) -> None:
        self._nodes[condition, instrument] = builder.condition(condition, instrument)
        for part in children(condition):
            self._add(part, instrument, builder)
        if isinstance(condition, Named):
            self._add(self._definitions[condition.name], instrument, builder)

    def justify(self, norm: Norm, code: NormCode) -> tuple[Justification, ...]:
        """The conditions of a norm, in the order in which a lawyer reads them: scope, exceptions, duty."""
        return tuple(self._role(part, norm.instrument) for part in _parts(norm, code))

    def _role(self, part: _Part, instrument: str) -> Justification:
        inside = self._tree(part.condition, instrument)
        settled = _truth(self._evaluation.known(part.node))
        reasons = tuple(Reason(kind="untranslatable", fact=mark) for mark in part.marks)
        if settled is not inside.truth and not reasons:
            reasons = (Reason(kind="cases"),)
        return Justification(
            condition=inside.condition,
            words=inside.words,
            truth=settled,
            role=part.role,
            name=part.name,
            reasons=(*inside.reasons, *reasons),
            parts=inside.parts,
        )

    def _tree(self, condition: Condition, instrument: str) -> Justification:
        true, false = self._planes[self._nodes[condition, instrument]]
        truth = _truth(True if true & 1 else False if false & 1 else None)
        inside = (self._definitions[condition.name],) if isinstance(condition, Named) else children(condition)
        return Justification(
            condition=manchester(condition, self._datatypes),
            words=Words(**{lang: reader.words(condition) for lang, reader in self._readers.items()}),
            truth=truth,
            reasons=tuple(self._reasons(condition, truth, instrument)),
            parts=tuple(self._tree(part, instrument) for part in inside),
        )

    # --- why an atom is what it is

    def _reasons(self, condition: Condition, truth: Truth, instrument: str) -> list[Reason]:
        match condition:
            case Some(facet=facet, filler=filler) | AtLeast(facet=facet, filler=filler):
                return self._facet_reasons(facet, filler, truth)
            case Compare():
                return self._measure_reasons(condition, instrument)
        return []

    def _facet_reasons(self, facet: str, expression: Condition, truth: Truth) -> list[Reason]:
        facts = [fact for fact in self._scenario.facts if fact.facet == facet]
        present = [fact for fact in facts if fact.holds]
        entails = self._evaluation.taxonomy.entails
        if truth is Truth.TRUE:
            which = [fact for fact in present if entails(fact.filler, expression)] or present
            return [self._stated(fact, expression) for fact in which[:1]]
        if truth is Truth.FALSE:
            false = self._stated_false(facts, expression)
            if facet not in self._scenario.complete:
                return false
            return [
                self._excluded(fact, expression) for fact in present if entails(fact.filler, expression) is False
            ] or false
        undecided = [fact for fact in present if entails(fact.filler, expression) is None]
        if not self._vocabulary.facets[facet].closed:
            # Another item says nothing of this one; only a more general one leaves it open.
            undecided = [fact for fact in undecided if self._more_general(fact, expression)]
        if not undecided:
            return [Reason(kind="absent", fact=None if facts else facet)]
        return [self._reason("open", fact) for fact in undecided]

    def _more_general(self, fact: Fact, expression: Condition) -> bool:
        above = {up for name in _names(expression) for up in self._evaluation.taxonomy.above(name)}
        return any(isinstance(part, Named) and part.name in above for part in conjuncts(fact.filler))

    def _reason(self, kind: str, fact: Fact, chain: tuple[str, ...] = (), other: tuple[str, ...] = ()) -> Reason:
        words = Words(**{lang: reader.thing(fact.filler) for lang, reader in self._readers.items()})
        text = manchester(fact.filler)
        return Reason(kind=kind, fact=text, words=words, at=fact.at, chain=chain, other_chain=other)

    def _stated(self, fact: Fact, expression: Condition) -> Reason:
        taxonomy = self._evaluation.taxonomy
        chains = [
            taxonomy.chain(part.name, name)
            for name in _names(expression)
            for part in conjuncts(fact.filler)
            if isinstance(part, Named)
        ]
        return self._reason("stated", fact, next(filter(None, chains), ()))

    def _stated_false(self, facts: list[Fact], expression: Condition) -> list[Reason]:
        taxonomy = self._evaluation.taxonomy
        return [
            self._reason("stated-false", fact, taxonomy.chain(name, fact.filler.name))
            for fact in facts
            if not fact.holds and isinstance(fact.filler, Named)
            for name in _names(expression)
            if taxonomy.under(name, fact.filler.name)
        ]

    def _excluded(self, fact: Fact, expression: Condition) -> Reason:
        taxonomy = self._evaluation.taxonomy
        for part in conjuncts(fact.filler):
            for name in _names(expression):
                if isinstance(part, Named) and taxonomy.disjoint(part.name, name):
                    chain, other = taxonomy.disjoint_chain(part.name, name)
                    return self._reason("closed", fact, chain, other)
        return self._reason("closed", fact)

    def _measure_reasons(self, condition: Compare, instrument: str) -> list[Reason]:
        measured = [q for q in self._scenario.quantities if q.measure == condition.measure]
        if not measured:
            return [Reason(kind="absent", fact=condition.measure)]
        unit = self._vocabulary.measures[condition.measure].unit
        atoms = compare_atoms(condition, instrument)
        missing = [a.parameter for a in atoms if a.parameter and self._evaluation.columns.atom(a) == (0, 0)]
        reasons = [Reason(kind="measured", fact=f"{q.value:f} {unit}", at=q.at) for q in measured]
        return reasons + [Reason(kind="no-parameter", fact=name) for name in missing]


def _truth(known: bool | None) -> Truth:
    return Truth.UNKNOWN if known is None else Truth.TRUE if known else Truth.FALSE


def _names(expression: Condition) -> list[str]:
    return [part.name for part in walk(expression) if isinstance(part, Named)]


def _conditions(norm: Norm) -> list[Condition]:
    unless = [clause.unless for clause in all_exceptions(norm.exceptions)]
    return [c for c in (norm.when, *unless, norm.requires, norm.provided) if c is not None]


def _parts(norm: Norm, code: NormCode) -> list[_Part]:
    marks = {u.affects: u.text_gist for u in norm.untranslatable}

    def gists(affects: str) -> tuple[str, ...]:
        return (marks[affects],) if affects in marks else ()

    parts = [_Part(condition=norm.when, role="when", node=code.applies, marks=gists("when"))]
    for clause, exception in zip(all_exceptions(norm.exceptions), code.exceptions, strict=True):
        parts.append(_exception_part(clause, exception.unless))
    for role, condition in (("requires", norm.requires), ("provided", norm.provided)):
        if condition is not None and code.duty != NO_NODE:
            parts.append(_Part(condition=condition, role=role, node=code.duty, marks=gists(role)))
    return parts


def _exception_part(clause: ExceptionClause, node: int) -> _Part:
    marks = tuple(u.text_gist for u in clause.untranslatable if u.affects == "unless")
    return _Part(condition=clause.unless, role="unless", node=node, name=clause.id, marks=marks)
