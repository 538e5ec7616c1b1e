"""Find what to ask next: the unknown facts that could change the verdict, best first.

Every possible answer is a scenario of its own; all of them are evaluated in one run of the program.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from augkg.engine.evaluation import Evaluation, with_facts
from augkg.language.write import Reader, datatypes_of, manchester
from augkg.model.assessment import OpenQuestion
from augkg.model.base import Words
from augkg.model.condition import AtLeast, Bound, Compare, Condition, Named, Some, walk
from augkg.model.program import AtLeastAtom, Atom, CompareAtom, SomeAtom
from augkg.model.scenario import Fact, Quantity, Scenario
from augkg.terms import Modality, Verdict


@dataclass(slots=True, kw_only=True)
class _Question:
    """A question while it is gathered: who asks it, and the scenarios that its answers lead to."""

    atoms: list[Atom] = field(default_factory=list)
    asked_by: list[str] = field(default_factory=list)
    threats: set[Verdict] = field(default_factory=set)


def open_questions(evaluation: Evaluation, as_of: date | None) -> tuple[OpenQuestion, ...]:
    """The unknown facts that could change the verdict on the first scenario, the most telling first."""
    gathered = _gather(evaluation)
    if not gathered:
        return ()
    scenario = evaluation.scenarios[0]
    answers = [(key, each) for key, q in gathered.items() for each in _answers(key, q, scenario, evaluation)]
    rows: dict[str, list[int]] = {}
    for row, (key, _) in enumerate(answers):
        rows.setdefault(key, []).append(row)
    outcome = Evaluation(evaluation.rulebook, [s for _, s in answers], as_of, evaluation.taxonomy)
    left = [sum(1 for _ in outcome.at_stake(row)) for row in range(len(answers))]

    def told(key: str) -> tuple[float, int, str]:
        mine = rows.get(key, [])
        average = sum(left[row] for row in mine) / len(mine) if mine else float(len(gathered))
        return average, -len(gathered[key].asked_by), key

    return tuple(
        _question(key, gathered[key], {outcome.verdict(row) for row in rows.get(key, [])}, evaluation)
        for key in sorted(gathered, key=told)
    )


def _gather(evaluation: Evaluation) -> dict[str, _Question]:
    """The questions by what they are about: a facet of which nothing is stated, or a single unknown atom."""
    vocabulary = evaluation.rulebook.vocabulary
    scenario = evaluation.scenarios[0]
    stated = {fact.facet for fact in scenario.facts} | scenario.complete
    gathered: dict[str, _Question] = {}
    for norm, code in evaluation.at_stake():
        threat = Verdict.PROHIBITED if norm.modality is Modality.PROHIBITION else Verdict.NON_COMPLIANT
        for number in evaluation.unknown_atoms(code.outcome):
            atom = evaluation.rulebook.program.atoms[number]
            if not isinstance(atom, SomeAtom | AtLeastAtom | CompareAtom):
                continue
            whole = isinstance(atom, SomeAtom) and vocabulary.facets[atom.facet].closed and atom.facet not in stated
            key = atom.facet if whole and isinstance(atom, SomeAtom) else _text(atom, evaluation)
            question = gathered.setdefault(key, _Question())
            question.threats.add(threat)
            if atom not in question.atoms:
                question.atoms.append(atom)
            if norm.id not in question.asked_by:
                question.asked_by.append(norm.id)
    return gathered


def atom_condition(atom: SomeAtom | AtLeastAtom | CompareAtom) -> Condition:
    """The condition that an atom stands for."""
    match atom:
        case SomeAtom(facet=facet, filler=filler):
            return Some(facet=facet, filler=filler)
        case AtLeastAtom(facet=facet, n=n, filler=filler):
            return AtLeast(facet=facet, n=n, filler=filler)
        case CompareAtom(measure=measure, op=op, limit=limit, parameter=parameter):
            return Compare(measure=measure, bounds=(Bound(op=op, limit=limit, parameter=parameter),))


def _text(atom: SomeAtom | AtLeastAtom | CompareAtom, evaluation: Evaluation) -> str:
    return manchester(atom_condition(atom), datatypes_of(evaluation.rulebook.vocabulary))


def _answers(key: str, question: _Question, scenario: Scenario, evaluation: Evaluation) -> Iterator[Scenario]:
    if key in evaluation.rulebook.vocabulary.facets:
        for name in _options(question):
            yield with_facts(scenario, [Fact(facet=key, filler=Named(name=name))], frozenset({key}))
        return
    for atom in question.atoms:
        match atom:
            case SomeAtom(facet=facet, filler=filler) | AtLeastAtom(facet=facet, filler=filler):
                yield with_facts(scenario, [Fact(facet=facet, filler=part) for part in _things(filler)])
                if isinstance(filler, Named):
                    yield with_facts(scenario, [Fact(facet=facet, filler=filler, holds=False)])
            case CompareAtom(measure=measure, limit=limit):
                for value in () if limit is None else (limit - 1, limit, limit + 1):
                    yield _measured(scenario, measure, value)


def _things(filler: Condition) -> list[Condition]:
    """Things that make `some filler` true: the expression itself where a scenario can state it, else its names."""
    return [part for part in walk(filler) if isinstance(part, Named)]


def _measured(scenario: Scenario, measure: str, value: Decimal) -> Scenario:
    return Scenario(
        id=scenario.id,
        date=scenario.date,
        jurisdictions=scenario.jurisdictions,
        facts=scenario.facts,
        complete=scenario.complete,
        quantities=(*scenario.quantities, Quantity(measure=measure, value=value)),
    )


def _options(question: _Question) -> list[str]:
    fillers = [atom.filler for atom in question.atoms if isinstance(atom, SomeAtom)]
    return sorted({part.name for filler in fillers for part in walk(filler) if isinstance(part, Named)})


def _question(key: str, question: _Question, reached: set[Verdict], evaluation: Evaluation) -> OpenQuestion:
    vocabulary = evaluation.rulebook.vocabulary
    whole = key in vocabulary.facets
    could = reached | question.threats
    return OpenQuestion(
        fact=key,
        question=vocabulary.facets[key].question if whole else _asked(question.atoms[0], evaluation),
        options=tuple(_options(question)) if whole else (),
        asked_by=tuple(sorted(question.asked_by)),
        could_become=tuple(verdict for verdict in Verdict if verdict in could),
    )


def _asked(atom: Atom, evaluation: Evaluation) -> Words:
    vocabulary = evaluation.rulebook.vocabulary
    readers = {language: Reader(vocabulary, language, evaluation.rulebook.labels) for language in ("en", "zh")}
    if isinstance(atom, SomeAtom) and not vocabulary.facets[atom.facet].closed:
        template = vocabulary.facets[atom.facet].question
        return Words(**{lang: template[lang].format(reader.thing(atom.filler)) for lang, reader in readers.items()})
    assert isinstance(atom, SomeAtom | AtLeastAtom | CompareAtom)
    words = {lang: reader.words(atom_condition(atom)) for lang, reader in readers.items()}
    return Words(en=f"Is it so that {words['en']}?", zh=f"是否{words['zh']}？")
