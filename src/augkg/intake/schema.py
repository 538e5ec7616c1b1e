"""The JSON Schema of scenario files, made from the vocabulary: editors offer its terms with their definitions."""

from typing import Any

from augkg.model.vocabulary import Facet, Vocabulary
from augkg.terms import Severity, Sex

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
        "open": {"type": "array", "items": {"enum": [*sorted(vocabulary.facets), "hazards"]}},
        "measures": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                m.name: {"type": ["string", "number"], "description": f"{m.definition.en} ({m.unit})"}
                for m in vocabulary.measures.values()
            },
        },
    }
    properties |= _scored(vocabulary)
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


def _scored(vocabulary: Vocabulary) -> dict[str, Any]:
    """What only scores are computed from: hazards, indicators of people, judgements of assessors."""
    share = {"type": "number", "minimum": 0, "maximum": 1}
    hazard = {
        "type": "object",
        "properties": {
            "hazard": {"enum": sorted(vocabulary.evidence.hazards)},
            "likelihood": {**share, "description": "0.1 % is 0.001; from the evidence on file unless given"},
            "low": share,
            "high": share,
            "weight": {"type": "number", "minimum": 0, "description": "1 unless given"},
            "severity": {"enum": [str(each) for each in Severity]},
        },
        "required": ["hazard"],
        "additionalProperties": False,
    }
    value = {"type": ["string", "number"]}
    person = {
        "type": "object",
        "properties": {
            "id": value,
            "sex": {"enum": [str(each) for each in Sex]},
            "age": {**value, "description": "in years, or with a unit: 8 mo"},
            **{
                i.name: {**value, "description": f"{i.definition.en} ({i.unit})"}
                for i in vocabulary.evidence.indicators.values()
            },
        },
        "additionalProperties": value,
    }
    return {
        "hazards": {
            "description": "all that count, unless `open` lists `hazards`",
            **_one_or_many({"anyOf": [{"enum": sorted(vocabulary.evidence.hazards)}, hazard]}),
        },
        "health": {
            "description": "indicators of one person, a list of people, or a table beside this file",
            "anyOf": [{"type": "string"}, *_one_or_many(person)["anyOf"]],
        },
        "judgements": {
            "description": "for each assessor: circumstances true or false, principles from 0 to 1",
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": {"anyOf": [{"type": "boolean"}, share]},
            },
        },
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
