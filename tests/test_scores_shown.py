"""Scores as people and programs see them: under a verdict, explained, drawn, in tables and in the graph."""

import csv
import io
import json
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from rdflib import Graph

from augkg import api
from augkg.errors import AugkgError
from augkg.knowledge.namespace import AUG
from augkg.model.rulebook import Rulebook
from augkg.present.scores import number, percent
from tests.test_messages import augkg

CASES = "examples/scenarios"
SVG = "{http://www.w3.org/2000/svg}"


def test_three_lines_stand_under_the_verdict() -> None:
    _, out, _ = augkg("--lang", "en", "assess", f"{CASES}/casgevy-sickle-cell-gb-2023.yaml", "-f", "text")
    lines = out.splitlines()
    at = lines.index("Scores")
    assert lines[at + 1].startswith("  · risk F: ")
    assert any(line.startswith("  · ethics E: ") for line in lines[at:])
    assert any("health safeguards of the programme: " in line for line in lines[at:])
    assert lines[0].startswith(" COMPLIANT")


def test_a_red_line_greys_them_out() -> None:
    for form in ("text", "html"):
        _, out, _ = augkg(
            "--color", "always", "assess", f"{CASES}/reproductive-cloning-us-2002.yaml", "-f", form, "--exit-zero"
        )
        assert ('<section class="greyed">' if form == "html" else "\x1b[2m  · risk F") in out


@pytest.mark.parametrize("kind", ["risk", "health", "ethics"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_number_explains_itself(kind: str, language: str) -> None:
    code, out, err = augkg("--lang", language, "explain", f"{CASES}/ccr5-embryo-editing-2018.yaml", "--score", kind)
    assert (code, err) == (0, "")
    for line in out.splitlines():
        assert "{" not in line
        assert ": {" not in line
    if kind == "risk":
        assert "Zuccaro" in out
        assert "Σ w·r" in out
    assert ("How it is set" if language == "en" else "参数设定") in out


def test_sources_are_links() -> None:
    _, out, _ = augkg("explain", f"{CASES}/ccr5-embryo-editing-2018.yaml", "--score", "risk", "-f", "html")
    assert '<a href="https://doi.org/10.1016/j.cell.2020.10.025">' in out
    assert out.count("<svg") == 2
    _, md, _ = augkg("explain", f"{CASES}/ccr5-embryo-editing-2018.yaml", "--score", "risk", "-f", "md")
    assert "](https://doi.org/10.1016/j.cell.2020.10.025)" in md


def test_json_of_an_explanation_holds_all() -> None:
    _, out, _ = augkg("explain", f"{CASES}/ccr5-embryo-editing-2018.yaml", "--score", "risk", "-f", "json")
    found = json.loads(out)
    assert set(found) == {"scenario", "risk", "sensitivity"}
    assert found["risk"]["terms"][0]["sources"][0]["citation"]


def test_drawings_are_whole(tmp_path: Path) -> None:
    file = tmp_path / "f.svg"
    code, _, err = augkg("explain", f"{CASES}/casgevy-sickle-cell-gb-2023.yaml", "--score", "risk", "--svg", str(file), "-f", "json")  # fmt: skip
    assert (code, err) == (0, "")
    waterfall, tornado = (ET.fromstring(path.read_text()) for path in (file, tmp_path / "f-2.svg"))
    bars = [rect for rect in waterfall.iter(f"{SVG}rect") if rect.get("height") == "20"]
    # Each term starts where the one before it ended; the last bar is the whole.
    for before, after in pairwise(bars[:-1]):
        end = float(before.get("x", 0)) + float(before.get("width", 0))
        assert float(after.get("x", 0)) == pytest.approx(end, abs=1.1)
    assert len(list(tornado.iter(f"{SVG}g"))) >= 3
    code, _, _ = augkg(
        "--lang", "zh", "explain", f"{CASES}/casgevy-sickle-cell-gb-2023.yaml", "--score", "ethics", "--svg", str(file)
    )
    assert code == 0
    assert "各原则的状况" in file.read_text(encoding="utf-8")
    code, _, err = augkg(
        "--lang", "en", "explain", f"{CASES}/worked-example.yaml", "--score", "health", "--svg", str(file)
    )
    assert (code, err.strip()) == (2, "such a score has no drawing")
    code, _, err = augkg("--lang", "en", "explain", f"{CASES}/worked-example.yaml", "--svg", str(file))
    assert (code, err.strip()) == (2, "`--svg` of a score needs `--score`")


def test_tables_and_the_graph_hold_the_scores(rulebook: Rulebook) -> None:
    scenario = api.read_scenario(Path(f"{CASES}/worked-example.yaml"), rulebook)
    assessment = api.assess(rulebook, scenario)
    _, out, _ = augkg("assess", f"{CASES}/worked-example.yaml", "-f", "csv", "--exit-zero")
    (row,) = csv.DictReader(io.StringIO(out))
    assert (row["risk"], row["risk_class"], row["health"], row["programme"]) == ("0.011", "moderate", "", "0.0")
    frame = api.frame([assessment])
    assert frame.loc[0, "risk"] == 0.011
    assert frame["health"].isna().all()
    graph = Graph().parse(data=api.assessments_to_turtle([assessment]))
    assert [float(o) for o in graph.objects(None, AUG.riskScore)] == [0.011]
    assert list(graph.objects(None, AUG.healthScore)) == []


def test_the_graph_knows_hazards_and_indicators(rulebook: Rulebook) -> None:
    assert ("within", "OcularEvent") in api.describe(rulebook, "cataract", "en")
    assert ("LOINC", "718-7") in api.describe(rulebook, "血红蛋白", "zh")
    assert ("hazards", "Seizure") in api.describe(rulebook, "TranscranialMagneticStimulation", "en")
    assert ("lowers", "RecordBreach") in api.describe(rulebook, "Encryption", "en")
    listed = api.describe(rulebook, "HarmDomain", "en")
    assert sum(len(names.split(", ")) for _, names in listed) == len(rulebook.vocabulary.evidence.hazards)
    header, rows = api.sparql(
        rulebook,
        "SELECT ?e ?p WHERE { ?e aug:estimateOf aug:Seizure ; aug:ofTechnology aug:DeepBrainStimulation ; aug:likely ?p }",
    )
    assert (header, rows) == (["e", "p"], [["aug:R123", "0.024"]])


# --- profiles


def changed(tmp_path: Path, before: str, after: str) -> Path:
    text = Path("rules/scoring/default.yaml").read_text(encoding="utf-8")
    assert before in text
    text = text.replace(before, after, 1)
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    return tmp_path / "mine.yaml"


def test_a_profile_of_ones_own(rulebook: Rulebook, tmp_path: Path) -> None:
    mine = changed(tmp_path, "    value: {}\n", "    value: {ImmuneReaction: 3, GenomeHarm: 2}\n")
    scenario = api.read_scenario(
        b"{id: a, date: 2026-01-01, jurisdiction: GB, hazards: [GeneMutation, ImmuneReaction]}", rulebook
    )
    scores = api.assess(rulebook, scenario, profile=str(mine)).scores
    assert scores is not None
    assert scores.risk.value == 2 * 0.001 + 3 * 0.01


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("    value: {}\n", "    value: {Seizre: 1}\n", "`Seizre` is no name here (did you mean `Seizure`?)"),
        ("critical: 0.6", "critical: 6", "`severities` lies between 0 and 1"),
        ("minor: 0.05, ", "", "`minor` is missing here"),
        ("value: 4096", "value: 1000", "the number of draws is a power of two"),
        ("moderate: 0.01", "moderate: 5", "the bands begin at 0 and rise with the class"),
        ("    likely: 3\n", "    likely: 5\n", "`baseline`: low, likely and high are in order"),
        ("value: 0.67", "value: 1.67", "`agreement` lies between 0 and 1"),
        ("Autonomy: 0.2", "Autonmy: 0.2", "`Autonmy` is no name here (did you mean `Autonomy`?)"),
    ],
)
def test_profiles_that_are_wrong(rulebook: Rulebook, tmp_path: Path, before: str, after: str, message: str) -> None:
    mine = changed(tmp_path, before, after)
    with pytest.raises(AugkgError) as caught:
        api.profile_of(rulebook, str(mine))
    assert message in str(caught.value)
    assert str(mine) in str(caught.value)


def test_every_setting_gives_its_reason(rulebook: Rulebook) -> None:
    assert set(rulebook.profiles) == {"default", "precaution"}
    for profile in rulebook.profiles.values():
        for part in (profile.risk, profile.health, profile.ethics):
            for key in part.__struct_fields__:
                why = getattr(part, key).why
                assert len(why.en) > 20
                assert len(why.zh) > 8


def test_numbers_are_written_with_the_digits_that_count() -> None:
    assert [percent(x) for x in (0, 1, 0.1234, 0.00000012, 2.5)] == ["0 %", "100 %", "12.3 %", "1e-05 %", "250 %"]
    assert [number(x) for x in (0, 12345.6, 0.00001, -30)] == ["0", "12346", "1e-05", "-30"]
