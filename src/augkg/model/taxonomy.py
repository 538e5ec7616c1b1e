"""Questions about classes: is A under B, are A and B disjoint, and by which axioms.

The answers are those that a standard reasoner gives from the declared subclass and disjointness axioms.
"""

from typing import TYPE_CHECKING

from augkg.model.condition import And, Condition, Named, Not, Or, conjuncts

if TYPE_CHECKING:
    from augkg.model.vocabulary import Vocabulary


class Taxonomy:
    """The class tree of a vocabulary, with its answers remembered."""

    def __init__(self, vocabulary: "Vocabulary") -> None:
        self._terms = vocabulary.terms
        self._above: dict[str, frozenset[str]] = {}
        self._excluded: dict[str, frozenset[str]] = {}
        self._pairs: dict[str, set[str]] = {}
        self._entailed: dict[Condition, dict[str, bool | None]] = {}
        for a, b in vocabulary.disjoint:
            self._pairs.setdefault(a, set()).add(b)
            self._pairs.setdefault(b, set()).add(a)

    def above(self, name: str) -> frozenset[str]:
        """The class and everything that it is under."""
        found = self._above.get(name)
        if found is None:
            parents = self._terms[name].parents
            found = frozenset({name}).union(*(self.above(parent) for parent in parents))
            self._above[name] = found
        return found

    def under(self, a: str, b: str) -> bool:
        """Whether every A is a B."""
        return b in self.above(a)

    def disjoint(self, a: str, b: str) -> bool:
        """Whether nothing is both an A and a B."""
        excluded = self._excluded.get(a)
        if excluded is None:
            none: set[str] = set()
            excluded = frozenset(none.union(*(self._pairs.get(each, none) for each in self.above(a))))
            self._excluded[a] = excluded
        return not excluded.isdisjoint(self.above(b))

    def chain(self, a: str, b: str) -> tuple[str, ...]:
        """The shortest way up from A to B, both included; empty if A is not under B."""
        paths: list[tuple[str, ...]] = [(a,)]
        seen = {a}
        for path in paths:
            if path[-1] == b:
                return path
            for parent in self._terms[path[-1]].parents:
                if parent not in seen:
                    seen.add(parent)
                    paths.append((*path, parent))
        return ()

    def disjoint_chain(self, a: str, b: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The ways up from A and from B to the nearest two classes that are declared disjoint."""
        pairs = [
            (self.chain(a, x), self.chain(b, y))
            for x in sorted(self.above(a))
            for y in sorted(self.above(b))
            if y in self._pairs.get(x, ())
        ]
        return min(pairs, key=lambda pair: (len(pair[0]) + len(pair[1]), pair), default=((), ()))

    def entails(self, filler: Condition, expression: Condition) -> bool | None:
        """Whether everything that is `filler` is `expression` (True), is not (False), or may be either (None).

        Both are class expressions; `filler` is a conjunction of names and negated names, as a scenario states it.
        """
        match expression:
            case Named(name=name):
                return self._entails_name(filler, name)
            case Not(part=part):
                inside = self.entails(filler, part)
                return None if inside is None else not inside
            case And(parts=parts):
                answers = [self.entails(filler, part) for part in parts]
                return False if False in answers else None if None in answers else True
            case Or(parts=parts):
                answers = [self.entails(filler, part) for part in parts]
                return True if True in answers else None if None in answers else False
        raise TypeError(expression)

    def _entails_name(self, filler: Condition, name: str) -> bool | None:
        answers = self._entailed.setdefault(filler, {})
        if name not in answers:
            answers[name] = self._find_entailed(filler, name)
        return answers[name]

    def _find_entailed(self, filler: Condition, name: str) -> bool | None:
        for part in conjuncts(filler):
            match part:
                case Named(name=stated):
                    if self.under(stated, name):
                        return True
                    if self.disjoint(stated, name):
                        return False
                case Not(part=Named(name=stated)):
                    if self.under(name, stated):
                        return False
        return None

    def nearest(self, names: frozenset[str]) -> str:
        """Of names that lie in one tree, the lowest class that is above all of them."""
        common = frozenset.intersection(*(self.above(name) for name in names))
        return max(sorted(common), key=lambda name: len(self.above(name)))
