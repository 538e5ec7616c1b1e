"""Forms of files: scenarios written anew, JSON Schemas."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from augkg.api.assessing import RDF_FORMATS, to_json
from augkg.errors import AugkgError
from augkg.intake.schema import scenario_schema
from augkg.intake.write import scenario_tree, scenario_yaml
from augkg.model.rulebook import Rulebook
from augkg.model.scenario import Scenario


def write_scenario(scenario: Scenario, rulebook: Rulebook, suffix: str) -> bytes:
    """A scenario in the form that a file's ending names.

    Raises:
        AugkgError: No form has that ending.
    """
    form = RDF_FORMATS.get(suffix.lower())
    if form is not None:
        from augkg.knowledge.scenarios import write_rdf

        return write_rdf(scenario, rulebook.vocabulary, form)
    match suffix.lower():
        case ".yaml" | ".yml":
            return scenario_yaml(scenario, rulebook.vocabulary).encode()
        case ".json":
            return to_json(scenario_tree(scenario, rulebook.vocabulary))
    known = ", ".join((".yaml", ".json", *RDF_FORMATS))
    raise AugkgError(
        "`{suffix}` is no ending of a scenario file", hint="use one of: {known}", suffix=suffix, known=known
    )


def scenario_text(scenario: Scenario, rulebook: Rulebook) -> str:
    """A scenario as YAML."""
    return scenario_yaml(scenario, rulebook.vocabulary)


def json_schema(kind: str, rulebook: Callable[[], Rulebook] | None = None) -> dict[str, Any]:
    """The JSON Schema of a kind of file: `scenario` (needs the rulebook), `pack` or `assessment`."""
    match kind:
        case "scenario" if rulebook is not None:
            return scenario_schema(rulebook().vocabulary)
        case "pack":
            from augkg.rulebook.format import pack_schema

            return pack_schema()
        case "assessment":
            import msgspec

            from augkg.model.assessment import Assessment

            schema: dict[str, Any] = msgspec.json.schema(Assessment)
            return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "augkg/assessment/1", **schema}
    raise ValueError(kind)
