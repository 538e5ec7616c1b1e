"""Checks of what the rulebook leaves out: siblings without a decision, terms and technologies without norms."""

from collections.abc import Iterator
from datetime import date

from augkg.advice.book import Book, Check
from augkg.errors import Location
from augkg.language.write import mentioned
from augkg.model.condition import Condition, Named
from augkg.model.issue import Issue, Severity
from augkg.model.law import Norm, all_exceptions
from augkg.model.rulebook import Rulebook
from augkg.model.scenario import Fact, Scenario


class UndeclaredSiblings(Check):
    """Nothing is decided about the children of a class, so that one of them leaves another open."""

    name = "undeclared-siblings"

    def run(self, book: Book) -> Iterator[Issue]:
        """Every such class."""
        vocabulary = book.rulebook.vocabulary
        for name, children in sorted(vocabulary.children.items()):
            term = vocabulary.terms.get(name)
            if term is not None and len(children) > 1 and term.siblings is None:
                yield self.issue(
                    Severity.WARNING,
                    Location("ontology"),
                    "nothing is decided about the children of `{name}`: `{a}` leaves `{b}` open",
                    {"name": name, "a": children[0], "b": children[1]},
                    _bare(children[0], term.facet, "AQ", book.day),
                )


class UnusedTerm(Check):
    """No norm and no red line mentions a term, or anything under it."""

    name = "unused-term"

    def run(self, book: Book) -> Iterator[Issue]:
        """Every such term."""
        rulebook, taxonomy = book.rulebook, book.worlds.taxonomy
        named = {n for norm in rulebook.norms for c in _conditions(norm) for n in mentioned(c)}
        named |= {n for c in rulebook.definitions.values() for n in mentioned(c)}
        used = {up for name in named & set(rulebook.vocabulary.terms) for up in taxonomy.above(name)}
        used |= {name for name in rulebook.vocabulary.terms if taxonomy.above(name) & named}
        for name, term in rulebook.vocabulary.terms.items():
            if name not in used and not term.deprecated:
                witness = _bare(name, term.facet, "AQ", book.day)
                yield self.issue(
                    Severity.NOTE, Location("ontology"), "no norm speaks of `{name}`, or of anything above or under it",
                    {"name": name}, witness,
                )  # fmt: skip


class UncoveredTechnology(Check):
    """No norm that speaks in a jurisdiction names a family of technologies, or anything in it."""

    name = "uncovered-technology"

    def run(self, book: Book) -> Iterator[Issue]:
        """Every such family, for each jurisdiction with a pack of its own."""
        rulebook, taxonomy = book.rulebook, book.worlds.taxonomy
        vocabulary = rulebook.vocabulary
        families = vocabulary.children[vocabulary.facets["technology"].root]
        spoken = {norm.id: self._technologies(norm, rulebook) for norm in book.norms}
        codes = sorted({i.jurisdiction for i in rulebook.instruments.values()} - {"INT", "COE"})
        for code in codes:
            reach = vocabulary.reach((code,), book.day)
            here = [
                norm
                for norm in book.norms
                if rulebook.instruments[norm.instrument].binds(reach, book.day)
                and any(interval.holds(book.day) for interval in norm.in_force)
            ]
            named = {up for norm in here for name in spoken[norm.id] for up in taxonomy.above(name)}
            for family in families:
                if family not in named:
                    yield self.issue(
                        Severity.NOTE, Location("rules"), "no norm that speaks in `{place}` names `{name}` or anything under it",
                        {"place": code, "name": family}, _bare(family, "technology", code, book.day),
                    )  # fmt: skip

    @staticmethod
    def _technologies(norm: Norm, rulebook: Rulebook) -> set[str]:
        queue = [name for condition in _conditions(norm) for name in mentioned(condition)]
        for name in queue:
            if name in rulebook.definitions:
                queue += [n for n in mentioned(rulebook.definitions[name]) if n not in queue]
        terms = rulebook.vocabulary.terms
        return {name for name in queue if name in terms and terms[name].facet == "technology"}


def _conditions(norm: Norm) -> list[Condition]:
    unless = [clause.unless for clause in all_exceptions(norm.exceptions)]
    return [c for c in (norm.when, norm.requires, norm.provided, *unless) if c is not None]


def _bare(name: str, facet: str, place: str, day: date) -> Scenario:
    """A scenario that states one thing."""
    return Scenario(id="witness", date=day, jurisdictions=(place,), facts=(Fact(facet=facet, filler=Named(name=name)),))
