"""The use cases of augkg: everything that a command, a notebook or a server asks for goes through here.

load() -> Rulebook        read_scenario(path) -> Scenario        assess(rulebook, scenario) -> Assessment
"""

from augkg.api.analysis import deep_check
from augkg.api.assessing import (
    assess,
    assessments_to_turtle,
    explain_norm,
    frame,
    read_scenario,
    read_scenarios,
    scenario_hash,
    to_json,
    version,
)
from augkg.api.exports import ExportForm, export_rules, import_pack
from augkg.api.files import json_schema, scenario_text, write_scenario
from augkg.api.graph import concept_graph, describe, graph_of, knowledge_counts, reason_scenario, sparql
from augkg.api.rulebooks import (
    DEFAULT_PROFILE,
    compile_rulebook,
    link_and_compile,
    load,
    load_vocabulary,
    pack_files,
    read_packs,
)
from augkg.api.rules import check_rules, coverage, find_norms, new_pack, norm_words, run_tests
from augkg.api.scoring import explain_risk, fit, people, profile_of, read_model
from augkg.api.surveys import survey_places, survey_time, template

__all__ = [
    "DEFAULT_PROFILE",
    "ExportForm",
    "assess",
    "assessments_to_turtle",
    "check_rules",
    "compile_rulebook",
    "concept_graph",
    "coverage",
    "deep_check",
    "describe",
    "explain_norm",
    "explain_risk",
    "export_rules",
    "find_norms",
    "fit",
    "frame",
    "graph_of",
    "import_pack",
    "json_schema",
    "knowledge_counts",
    "link_and_compile",
    "load",
    "load_vocabulary",
    "new_pack",
    "norm_words",
    "pack_files",
    "people",
    "profile_of",
    "read_model",
    "read_packs",
    "read_scenario",
    "read_scenarios",
    "reason_scenario",
    "run_tests",
    "scenario_hash",
    "scenario_text",
    "sparql",
    "survey_places",
    "survey_time",
    "template",
    "to_json",
    "version",
    "write_scenario",
]
