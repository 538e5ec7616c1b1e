"""The commands as a user runs them: forms, languages, exit codes, stdin, files."""

import csv
import io
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from augkg.model.rulebook import Rulebook

ROOT = Path(__file__).parent.parent
CLONING = "examples/scenarios/reproductive-cloning-us-2002.yaml"
DONATION = "examples/scenarios/mitochondrial-donation-gb-2017.yaml"
BARE = "examples/scenarios/mitochondrial-donation-gb-bare.yaml"


def augkg(*arguments: str, stdin: str | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "augkg", *arguments],
        cwd=ROOT, input=stdin, capture_output=True, text=True, check=False, encoding="utf-8", env={**os.environ, **environment},
    )  # fmt: skip


@pytest.fixture(autouse=True)
def warm(rulebook: Rulebook) -> None:
    """The cache is there, so that each command takes a moment only."""


def test_off_a_terminal_the_answer_is_json() -> None:
    one = json.loads(augkg("assess", CLONING).stdout)
    assert (one["schema"], one["verdict"]) == ("augkg/assessment/1", "prohibited")
    many = augkg("assess", CLONING, DONATION).stdout.splitlines()
    assert [json.loads(line)["scenario"] for line in many] == [
        "reproductive-cloning-us-2002",
        "mitochondrial-donation-gb-2017",
    ]


def test_exit_codes() -> None:
    assert augkg("assess", DONATION).returncode == 0
    assert augkg("assess", CLONING).returncode == 1
    assert augkg("assess", "--exit-zero", CLONING).returncode == 0
    assert augkg("assess", BARE).returncode == 1
    assert augkg("assess", "--fail-on", "prohibited", BARE).returncode == 0
    assert augkg("assess", "--fail-on", "undetermined", BARE).returncode == 1
    assert augkg("assess", "-j", "AQ", DONATION).returncode == 1  # unregulated: nothing was shown
    assert augkg("assess", "nowhere.yaml").returncode == 2


def test_a_bug_is_not_a_verdict(tmp_path: Path) -> None:
    code = "import augkg.api as a; a.load = lambda *x: 1/0; from augkg.cli.main import run; import sys; sys.exit(run(['rules', 'list']))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "This is a bug in augkg: ZeroDivisionError" in done.stderr
    assert "Traceback" not in done.stderr


def test_text_in_both_languages() -> None:
    english = augkg("--lang", "en", "assess", "-f", "text", CLONING).stdout
    assert english.startswith(" PROHIBITED  A cloned child as claimed\n")
    assert "Red lines breached" in english
    chinese = augkg("--lang", "zh", "assess", "-f", "text", CLONING).stdout
    assert chinese.startswith(" 禁止  声称的克隆婴儿\n")
    assert "触犯的红线" in chinese
    assert augkg("assess", "-f", "text", CLONING, LANG="zh_CN.UTF-8", LC_ALL="").stdout == chinese


def test_colour_is_asked_for() -> None:
    assert "\x1b[" not in augkg("assess", "-f", "text", CLONING).stdout
    assert "\x1b[" in augkg("--color", "always", "assess", "-f", "text", CLONING).stdout


def test_csv_has_a_row_for_each() -> None:
    rows = list(csv.DictReader(io.StringIO(augkg("assess", "-f", "csv", CLONING, DONATION).stdout)))
    assert [row["verdict"] for row in rows] == ["prohibited", "compliant"]
    assert rows[0]["red_lines"] == "red-line/ReproductiveCloning"


def test_html_is_well_formed_and_asks_for_nothing() -> None:
    page = augkg("--lang", "zh", "explain", "-f", "html", CLONING).stdout
    ET.fromstring(
        page.removeprefix("<!doctype html>\n")
        .replace('<meta charset="utf-8">', "")
        .replace('<meta name="viewport" content="width=device-width">', "")
        .replace("<br>", "<br/>")
    )  # our own
    assert 'lang="zh-Hans"' in page
    assert "<script" not in page
    assert "src=" not in page


def test_markdown_sarif_turtle() -> None:
    assert augkg("--lang", "en", "assess", "-f", "md", CLONING).stdout.startswith(
        "# prohibited: A cloned child as claimed"
    )
    log = json.loads(augkg("assess", "-f", "sarif", CLONING).stdout)
    result = log["runs"][0]["results"][0]
    assert (log["version"], result["level"], result["ruleId"]) == ("2.1.0", "error", "red-line/ReproductiveCloning")
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] > 1
    import rdflib

    graph = rdflib.Graph().parse(data=augkg("assess", "-f", "turtle", CLONING).stdout, format="turtle")
    verdicts = {str(o) for o in graph.objects(None, rdflib.URIRef("https://w3id.org/augkg#verdict"))}
    assert verdicts == {"prohibited"}


def test_stdin_and_output_file(tmp_path: Path) -> None:
    text = (ROOT / CLONING).read_text(encoding="utf-8")
    done = augkg("assess", "-", "-o", str(tmp_path / "out.json"), stdin=text)
    assert (done.returncode, done.stdout) == (1, "")
    assert json.loads((tmp_path / "out.json").read_bytes())["verdict"] == "prohibited"
    assert list(tmp_path.iterdir()) == [tmp_path / "out.json"]


def test_as_of_and_place() -> None:
    early = json.loads(augkg("--as-of", "2014-06-01", "assess", DONATION).stdout)
    assert (early["date"], early["as_of"], early["verdict"]) == ("2017-08-09", "2014-06-01", "prohibited")
    assert json.loads(augkg("assess", "-j", "FR", DONATION).stdout)["jurisdictions"] == ["FR"]


def test_explain_a_norm_and_why_not() -> None:
    done = augkg("--lang", "en", "explain", DONATION, "--norm", "red-line/ReproductiveCloning")
    assert done.returncode == 0
    assert "Why not" in done.stdout
    assert "the list given is complete" in done.stdout
    early = augkg(
        "--lang", "en", "--as-of", "2014-01-01", "explain", DONATION, "--norm", "gb-mito-regs-2015/regs-6-8"
    ).stdout
    assert "it is not in force on 2014-01-01" in early
    missing = augkg("--lang", "en", "explain", DONATION, "--norm", "gb-mito-regs-2015/regs-6-9")
    assert missing.returncode == 2
    assert "did you mean `gb-mito-regs-2015/regs-6-8`?" in missing.stderr


def test_rules_list_and_show() -> None:
    listed = augkg("rules", "list", "-j", "GB", "--instruments", "--json")
    assert {"gb-hfe-act-1990", "gb-mito-regs-2015"} <= {row["id"] for row in json.loads(listed.stdout)}
    shown = augkg("--lang", "en", "rules", "show", "gb-hfe-act-1990/s3-2").stdout
    assert "applies when: the act is placing in a woman" in shown
    assert "act some PlacingInWoman and EmbryoNotPermitted" in shown


def test_a_new_pack_loads_and_its_tests_pass(tmp_path: Path) -> None:
    made = augkg(
        "rules",
        "new",
        "--instrument",
        "fr-test-1",
        "-j",
        "FR",
        "--title",
        'A "quoted" title',
        "--title-zh",
        "测试",
        "-o",
        str(tmp_path / "fr-test-1.yaml"),
    )
    assert made.returncode == 0
    done = augkg("--lang", "en", "--rules", str(tmp_path), "rules", "test", "fr-test-1")
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith("3 tests of 1 norms: 0 failed; 1 norms tried both ways, 1 exceptions tried")
    again = augkg(
        "rules",
        "new",
        "--instrument",
        "fr-test-1",
        "-j",
        "FR",
        "--title",
        "x",
        "--title-zh",
        "x",
        "-o",
        str(tmp_path / "fr-test-1.yaml"),
    )
    assert again.returncode == 2
    assert "1 norms" in augkg("--lang", "en", "--rules", str(tmp_path), "rules", "test", "fr-test").stdout
    assert augkg("--lang", "en", "rules", "check", str(tmp_path / "fr-test-1.yaml")).returncode == 0


def test_kb(tmp_path: Path) -> None:
    counts = json.loads(augkg("kb", "info", "--json").stdout)
    assert (counts["concepts"], counts["edges between concepts"]) == (9, 13)
    assert "HumanGermline" in augkg("--lang", "en", "kb", "show", "HumanEmbryo").stdout
    assert "人类胚胎" in augkg("--lang", "zh", "kb", "show", "人类胚胎").stdout
    assert (
        augkg("--lang", "en", "kb", "graph", "--from", "RiskAssessment").stdout
        == "risk assessment → health safeguards\n"
    )
    drawn = augkg("kb", "graph", "-f", "svg").stdout
    assert ET.fromstring(drawn).tag.endswith("svg")  # our own
    query = "SELECT ?c { aug:CRISPRCas9 rdfs:subClassOf+ ?c } ORDER BY ?c"
    assert {"c": "aug:GenomeEditing"} in json.loads(augkg("kb", "query", "--json", query).stdout)
    norms = "SELECT ?n { ?n a aug:Norm ; dcterms:isPartOf <https://w3id.org/augkg#gb-mito-regs-2015> }"
    assert "aug:gb-mito-regs-2015/regs-6-8" in augkg("kb", "query", norms).stdout
    assert augkg("kb", "query", "ASK { aug:FutureChild rdfs:subClassOf aug:Subject }").returncode == 0


def test_help_speaks_both_languages() -> None:
    assert "Assess scenarios" in augkg("--lang", "en", "--help").stdout
    assert "评估情景" in augkg("--lang", "zh", "--help").stdout


def test_version() -> None:
    assert augkg("--version").stdout.startswith("augkg ")
