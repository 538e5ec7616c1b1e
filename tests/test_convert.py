"""A scenario in every form says the same: YAML, JSON, JSON-LD, Turtle, RDF/XML, N-Triples; and the published schemas."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from augkg import api
from augkg.errors import AugkgError
from augkg.language.write import manchester
from augkg.model.rulebook import Rulebook
from augkg.model.scenario import Scenario
from tests.scenarios import Sampler

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted((ROOT / "examples" / "scenarios").glob("*.yaml"))


def substance(scenario: Scenario) -> object:
    facts = sorted((f.facet, manchester(f.filler), f.holds) for f in scenario.facts)
    measures = sorted((q.measure, q.value) for q in scenario.quantities)
    return (
        scenario.id,
        scenario.date,
        sorted(scenario.jurisdictions),
        facts,
        sorted(scenario.complete),
        measures,
        scenario.title,
        sorted(scenario.sources),
    )


@pytest.mark.parametrize("suffix", [".yaml", ".json", ".jsonld", ".ttl", ".rdf", ".nt"])
@pytest.mark.parametrize("path", EXAMPLES[::4], ids=lambda p: p.stem)
def test_there_and_back(rulebook: Rulebook, tmp_path: Path, path: Path, suffix: str) -> None:
    scenario = api.read_scenario(path, rulebook)
    file = tmp_path / f"s{suffix}"
    file.write_bytes(api.write_scenario(scenario, rulebook, suffix))
    back = api.read_scenario(file, rulebook)
    assert substance(back) == substance(scenario)
    assert api.scenario_hash(back) == api.scenario_hash(scenario)
    assert api.assess(rulebook, back).verdict is api.assess(rulebook, scenario).verdict


@given(seed=st.integers(0, 10_000), suffix=st.sampled_from([".yaml", ".json", ".ttl", ".jsonld"]))
@settings(max_examples=30, deadline=None)
def test_random_scenarios_there_and_back(
    rulebook: Rulebook, tmp_path_factory: pytest.TempPathFactory, seed: int, suffix: str
) -> None:
    scenario = Sampler(rulebook, seed).scenario()
    unique = {(f.facet, manchester(f.filler), f.holds) for f in scenario.facts}
    if len(unique) != len(scenario.facts):
        return
    file = tmp_path_factory.mktemp("s") / f"s{suffix}"
    file.write_bytes(api.write_scenario(scenario, rulebook, suffix))
    assert api.scenario_hash(api.read_scenario(file, rulebook)) == api.scenario_hash(scenario)


def plain(path: Path) -> object:
    """A YAML file as JSON values; dates stay as they are written."""
    return (
        yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        if path.suffix == ".yaml"
        else json.loads(path.read_text())
    )


def scalars(value: object, *, numbers: bool = True) -> object:
    """The texts of a YAML file that mean true, false or a number, as that."""
    if isinstance(value, dict):
        return {k: scalars(v, numbers=numbers) for k, v in value.items()}
    if isinstance(value, list):
        return [scalars(v, numbers=numbers) for v in value]
    if numbers and isinstance(value, str) and re.fullmatch(r"\d+(\.\d+)?", value):
        return float(value)
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_examples_fit_the_published_schema(rulebook: Rulebook, path: Path) -> None:
    jsonschema.validate(scalars(plain(path)), api.json_schema("scenario", lambda: rulebook))


def test_packs_fit_the_published_schema() -> None:
    schema = json.loads(api.to_json(api.json_schema("pack")))
    validator = jsonschema.Draft202012Validator(schema)
    files = api.pack_files()
    assert files
    for path in files:
        tree = scalars(plain(path), numbers=False)
        errors = [
            e
            for e in validator.iter_errors(tree)
            if "number" not in str(e.message) and "not valid under any" not in str(e.message)
        ]
        assert errors == [], path


def test_the_schema_files_are_up_to_date(rulebook: Rulebook) -> None:
    for kind in ("pack", "scenario", "assessment"):
        made = api.to_json(api.json_schema(kind, lambda: rulebook))
        assert (ROOT / "schema" / f"{kind}.schema.json").read_bytes() == made, (
            f"run: augkg schema {kind} > schema/{kind}.schema.json"
        )


def test_assessments_fit_their_schema(rulebook: Rulebook) -> None:
    schema = json.loads(api.to_json(api.json_schema("assessment")))
    for path in EXAMPLES[:4]:
        assessment = api.assess(rulebook, api.read_scenario(path, rulebook))
        jsonschema.validate(json.loads(api.to_json(assessment)), schema)


@pytest.mark.parametrize(
    ("scored", "message"),
    [
        ('{"hazards":[{"hazard":"Seizure","likelihood":"5"}]}', "`likelihood` is a number from 0 to 1"),
        ('{"hazards":[{"hazard":"Seizre"}]}', "`Seizre` is no hazard"),
        ('{"judgements":[{"assessor":"a","matter":"Autonomy","rating":2}]}', "lies between 0 and 1"),
        ('{"judgements":[{"assessor":"a","matter":"Adult","rating":1}]}', "`Adult` is neither a circumstance"),
        ('{"people":[{"id":"a","readings":[{"indicator":"Luck","value":1}]}]}', "`Luck` is no indicator"),
        ('{"hazards":3}', "is not complete"),
    ],
)
def test_what_is_scored_is_checked_in_rdf_too(rulebook: Rulebook, tmp_path: Path, scored: str, message: str) -> None:
    plain = api.write_scenario(api.read_scenario(EXAMPLES[0], rulebook), rulebook, ".nt").decode()
    node = plain.split()[0] if plain.startswith("<urn:augkg:scenario:") else f"<urn:augkg:scenario:{EXAMPLES[0].stem}>"
    text = scored.replace('"', '\\"')
    json_type = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON>"
    file = tmp_path / "s.nt"
    file.write_text(plain + f'{node} <https://w3id.org/augkg#scored> "{text}"^^{json_type} .\n', encoding="utf-8")
    with pytest.raises(AugkgError) as caught:
        api.read_scenario(file, rulebook)
    assert message in str(caught.value)
