"""What a condition may mention."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from augkg.model.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The names in reach of a condition.

    Attributes:
        vocabulary: The ontology's terms, facets, measures and definitions.
        local: The definitions of the pack: the name as written → the name in the rulebook.
        parameters: The parameters of the pack.
    """

    vocabulary: Vocabulary
    local: Mapping[str, str] = field(default_factory=dict)
    parameters: frozenset[str] = frozenset()


def synonyms(vocabulary: Vocabulary, facet: str | None = None) -> dict[str, str]:
    """Labels and other words for the terms (of one facet, if given), each with the term's name."""
    return {
        word: term.name
        for term in vocabulary.terms.values()
        if facet in (None, term.facet)
        for word in (term.label.en, term.label.zh, *term.alt)
    }
