"""Check packs beyond what loading demands: what is missing, untested, or likely meant otherwise."""

from collections.abc import Iterator

from augkg.errors import Location
from augkg.language.write import mentioned
from augkg.model.condition import And, Condition, Named, Some, walk
from augkg.model.issue import Issue, Severity
from augkg.model.law import Norm, all_exceptions
from augkg.model.rulebook import Pack
from augkg.model.taxonomy import Taxonomy
from augkg.model.vocabulary import Vocabulary
from augkg.terms import Status


def check_pack(pack: Pack, vocabulary: Vocabulary) -> Iterator[Issue]:
    """What is worth saying about one pack."""
    at = Location(pack.instrument.file)
    taxonomy = vocabulary.taxonomy
    for name in sorted(set(pack.definitions) - set(pack.labels)):
        message, parts = "the definition `{name}` has no label to be read aloud by", {"name": name.rpartition("/")[2]}
        yield Issue(severity=Severity.WARNING, at=at, message=message, parts=parts)
    for norm in pack.norms:
        for severity, message, parts in _check_norm(norm, pack, taxonomy, vocabulary):
            yield Issue(severity=severity, at=at, message=message, parts={"norm": norm.id, **parts})


def _check_norm(
    norm: Norm, pack: Pack, taxonomy: Taxonomy, vocabulary: Vocabulary
) -> Iterator[tuple[Severity, str, dict[str, str]]]:
    if not norm.supports:
        yield Severity.WARNING, "`{norm}` supports no principle", {}
    if norm.status is Status.DRAFT:
        yield Severity.NOTE, "`{norm}` is a draft: its text was not seen", {}
    if not pack.tests.get(norm.id):
        yield Severity.WARNING, "`{norm}` has no tests", {}
    if all(interval.since is None for interval in norm.in_force):
        yield Severity.WARNING, "`{norm}` has no first day in force", {}
    for condition in _conditions(norm):
        for part in walk(condition):
            if isinstance(part, And):
                for clash in _clashes(part, taxonomy):
                    yield Severity.ERROR, "`{norm}` asks for one thing that is both `{a}` and `{b}`: nothing is", clash
        for name in sorted(mentioned(condition)):
            term = vocabulary.terms.get(name)
            if term is not None and term.deprecated:
                yield Severity.WARNING, "`{norm}` mentions `{term}`, which is deprecated", {"term": name}


def _conditions(norm: Norm) -> list[Condition]:
    unless = [clause.unless for clause in all_exceptions(norm.exceptions)]
    return [c for c in (norm.when, norm.requires, norm.provided, *unless) if c is not None]


def _clashes(part: And, taxonomy: Taxonomy) -> Iterator[dict[str, str]]:
    # Only a filler speaks of one thing; two restrictions on a facet may be met by two.
    if any(isinstance(each, Some) for each in part.parts):
        return
    names = [each.name for each in part.parts if isinstance(each, Named) and "/" not in each.name]
    for i, a in enumerate(names):
        for b in names[i + 1 :]:
            if taxonomy.disjoint(a, b):
                yield {"a": a, "b": b}


def check_vocabulary(vocabulary: Vocabulary, place: str) -> Iterator[Issue]:
    """Sibling classes about which nothing was decided, and decisions that the axioms do not bear out."""
    taxonomy = vocabulary.taxonomy
    for name, children in sorted(vocabulary.children.items()):
        decision = vocabulary.terms[name].siblings if name in vocabulary.terms else None
        at = Location(place)
        if len(children) > 1 and decision is None:
            yield Issue(
                severity=Severity.WARNING,
                at=at,
                message="nothing is decided about the children of `{name}`",
                parts={"name": name},
            )
        if decision == "disjoint":
            for i, a in enumerate(children):
                for b in children[i + 1 :]:
                    if not taxonomy.disjoint(a, b):
                        yield Issue(
                            severity=Severity.ERROR,
                            at=at,
                            message="`{a}` and `{b}` are not declared disjoint",
                            parts={"a": a, "b": b},
                        )
