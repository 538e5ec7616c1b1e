"""The JSON Schema of scenario files, made from the vocabulary: editors offer its terms with their definitions."""

from typing import Any

from augkg.model.vocabulary import Facet, Vocabulary

_WORDS = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {"en": {"type": "string"}, "zh": {"type": "string"}},
            "required": ["en", "zh"],
            "additionalProperties": False,
        },
    ]
}


def scenario_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """The schema; a conjunction of terms is any text, which the reader checks."""
    properties: dict[str, Any] = {
        "id": {"type": "string", "description": "a name for the scenario"},
        "title": _WORDS,
        "note": _WORDS,
        "date": {"type": "string", "format": "date", "description": "when it happens"},
        "jurisdiction": _one_or_many({"enum": sorted(vocabulary.jurisdictions)}),
        "sources": {"type": "array", "items": {"type": "string"}},
        "open": {"type": "array", "items": {"enum": sorted(vocabulary.facets)}},
        "measures": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                m.name: {"type": ["string", "number"], "description": f"{m.definition.en} ({m.unit})"}
                for m in vocabulary.measures.values()
            },
        },
    }
    defs = {name: _terms(vocabulary, name) for name in vocabulary.facets}
    properties |= {facet.name: _facet(facet) for facet in vocabulary.facets.values()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "augkg scenario",
        "type": "object",
        "properties": properties,
        "required": ["id", "date", "jurisdiction"],
        "additionalProperties": False,
        "$defs": defs,
    }


def _terms(vocabulary: Vocabulary, facet: str) -> dict[str, Any]:
    terms = [term for term in vocabulary.terms.values() if term.facet == facet and not term.deprecated]
    return {"oneOf": [{"const": term.name, "description": term.definition.en} for term in terms]}


def _facet(facet: Facet) -> dict[str, Any]:
    term = {"anyOf": [{"$ref": f"#/$defs/{facet.name}"}, {"type": "string", "pattern": " and "}]}
    stated = {
        "type": "object",
        "additionalProperties": {"anyOf": [{"type": "boolean"}, {"const": "unknown"}]},
    }
    if facet.closed:
        return {"description": facet.definition.en, "anyOf": [*_one_or_many(term)["anyOf"], stated]}
    names = {"propertyNames": term}
    return {"description": facet.definition.en, **stated, **names}


def _one_or_many(item: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [item, {"type": "array", "items": item}]}
