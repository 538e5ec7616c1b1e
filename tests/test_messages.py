"""Broken files and the exact words about them, in both languages where it matters."""

import subprocess
import sys
from pathlib import Path

import pytest

from augkg.model.rulebook import Rulebook

SCENARIO = "id: a\ndate: 2024-01-01\njurisdiction: GB\n"
PACK = """instrument: {id: gb-x-1, title: {en: X, zh: X}, jurisdiction: GB, kind: statute, binding: true, url: 'https://example.org'}
norms:
  - id: gb-x-1/a
    modality: prohibition
    gist: {en: A., zh: 甲。}
    when: act some PlacingInWoman
    in_force: {since: 2020-01-01}
    cite: {clause: s. 1}
    supports: [Safety]
    status: reviewed
"""


def augkg(*arguments: str, stdin: str = "") -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "augkg", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (SCENARIO + "technology: CRISPRCas8", "8.yaml:4:13: `CRISPRCas8` is not a term of the facet `technology` (did you mean `CRISPRCas9`?)"),
        (SCENARIO + "target: Brain embryo", "8.yaml:4:15: `embryo` stands where `and`, `or` or the end was expected"),
        (SCENARIO + "tecnology: VirtualReality", "8.yaml:4:1: `tecnology` is not a key here (did you mean `technology`?)"),
        (SCENARIO + "act: A\nact: B", "8.yaml:5:1: the key `act` stands here a second time (the first is in line 4; keep one of them)"),
        (SCENARIO.replace("GB", "UK"), "8.yaml:3:15: `UK` is not a jurisdiction (write an ISO 3166 code, such as `FR` or `US-CA`)"),
        (SCENARIO.replace("GB", "Norway"), "8.yaml:3:15: `Norway` is not a jurisdiction (did you mean `NO`?)"),
        (SCENARIO + "safeguard: InformedConsent", "8.yaml:4:12: `safeguard` takes a table of items, each true or false (write `safeguard: {SomeItem: true}`; what is not listed is unknown)"),
        (SCENARIO + "safeguard: {InformedConsent: maybe}", "8.yaml:4:30: `InformedConsent` is true, false or unknown (leave out what is unknown)"),
        (SCENARIO + "safeguard: {InformedConsent: false, WrittenInformedConsent: true}", "8.yaml:4:37: `WrittenInformedConsent` is stated, but `InformedConsent`, which it falls under, is stated false (see line 4)"),
        (SCENARIO + "subject: Adult and Minor", "8.yaml:4:10: nothing is both `Adult` and `Minor`"),
        (SCENARIO + "measures: {age: 12 d}", "8.yaml:4:17: `d` is not a unit of `age` (use one of: mo, a)"),
        (SCENARIO + "measures: {age: 12.5}", "8.yaml:4:17: `age` is counted in whole a"),
        (SCENARIO.replace("2024-01-01", "yesterday"), "8.yaml:2:7: `yesterday` stands where a date (2026-01-31) was expected"),
        (SCENARIO + "x: " + "[" * 60_000, "8.yaml:4:164: brackets are nested more than 40 deep"),
    ],
)  # fmt: skip
def test_a_scenario_is_refused(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "8.yaml"
    file.write_text(text, encoding="utf-8")
    code, out, err = augkg("--lang", "en", "assess", str(file))
    assert (code, out, err.strip().replace(str(tmp_path) + "/", "")) == (2, "", message)


def test_all_errors_are_listed_at_once_and_in_chinese() -> None:
    code, out, err = augkg("--lang", "zh", "assess", "-", stdin=SCENARIO + "technology: CRISPRCas8\nfoo: 1\n")
    assert (code, out) == (2, "")
    assert err.splitlines() == [
        "-:4:13: `CRISPRCas8` 不是分面 `technology` 的术语（是否想写 `CRISPRCas9`？）",
        "-:5:1: `foo` 不是此处可用的键（可用的键：act, technology, target, purpose, subject, actor, setting, data, safeguard, "
        "circumstance, id, title, date, jurisdiction, sources, note, open, measures, hazards, health, judgements）".replace("act, technology, target, purpose, subject, actor, setting, data, safeguard, circumstance", ", ".join(FACETS)),
    ]  # fmt: skip


FACETS = ("act", "actor", "circumstance", "data", "purpose", "safeguard", "setting", "subject", "target", "technology")


def test_norway_is_a_place() -> None:
    code, out, _ = augkg("assess", "-f", "csv", "--exit-zero", "-", stdin="id: a\ndate: 2024-01-01\njurisdiction: NO\n")
    assert code == 0
    assert out.splitlines()[1].startswith("a,NO,")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("when: act some PlacingInWoman", "when: act some PlacingInWomen"), "p.yaml:6:20: `PlacingInWomen` is not a term of the facet `act` (did you mean `PlacingInWoman`?)"),
        (("modality: prohibition", "modality: prohibits"), "p.yaml:4:15: `prohibits` stands where prohibition, obligation, permission was expected (did you mean `prohibition`?)"),
        (("    status: reviewed\n", "    statos: reviewed\n"), "p.yaml:3:5: the key `status` is missing here\np.yaml:10:5: `statos` is not a key here (did you mean `status`?)"),
        (("supports: [Safety]", "supports: [Safty]"), "p.yaml:9:5: `Safty` is not a principle (did you mean `Safety`?)"),
        (("jurisdiction: GB", "jurisdiction: UK"), "p.yaml:1:49: `UK` is not a jurisdiction"),
        (("{since: 2020-01-01}", "{since: 2020-01-01, until: 2019-01-01}"), "p.yaml:7:5: the interval ends (2019-01-01) before it begins (2020-01-01) (`until` is the first day on which it no longer holds)"),
        (("id: gb-x-1/a", "id: other/a"), "p.yaml:3:5: the id `other/a` does not start with `gb-x-1/`"),
        (("modality: prohibition", "modality: obligation"), "p.yaml:3:5: an obligation needs `requires`"),
        (("status: reviewed", "status: reviewed\n    yields_to: [gb-x-1/zzz]"), "p.yaml: `gb-x-1/a` yields_to `gb-x-1/zzz`, which is no norm on file"),
        (("modality: prohibition", "modality: permission\n    overrides: [red-line/ReproductiveCloning]"), "p.yaml: `gb-x-1/a` overrides `red-line/ReproductiveCloning`, which is a red line: nothing lifts it"),
    ],
)  # fmt: skip
def test_a_pack_is_refused(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    (tmp_path / "p.yaml").write_text(PACK.replace(*change), encoding="utf-8")
    code, out, err = augkg("--lang", "en", "--rules", str(tmp_path), "rules", "list")
    found = err.strip().replace(str(tmp_path) + "/", "")
    assert (code, out) == (2, "")
    assert found.startswith(message)


def test_a_circle_of_overrides(tmp_path: Path) -> None:
    norm = PACK.partition("norms:\n")[2].replace("modality: prohibition", "modality: permission")
    first = norm + "    overrides: [gb-x-1/b]\n"
    second = norm.replace("gb-x-1/a", "gb-x-1/b") + "    overrides: [gb-x-1/a]\n"
    (tmp_path / "p.yaml").write_text(PACK.partition("norms:\n")[0] + "norms:\n" + first + second, encoding="utf-8")
    code, _, err = augkg("--lang", "en", "--rules", str(tmp_path), "rules", "list")
    assert code == 2
    assert err.strip().endswith(
        "p.yaml: overrides go in a circle: gb-x-1/a < gb-x-1/b < gb-x-1/a (a norm cannot prevail over one that prevails over it)"
    )


def test_rdf_asks_for_nothing_from_elsewhere(tmp_path: Path, rulebook: Rulebook) -> None:
    turtle = tmp_path / "s.ttl"
    assert augkg("convert", "examples/scenarios/reproductive-cloning-us-2002.yaml", str(turtle))[0] == 0
    xml = tmp_path / "s.rdf"
    assert augkg("convert", str(turtle), str(xml))[0] == 0
    text = xml.read_text(encoding="utf-8")
    bomb = text.replace("?>\n", '?>\n<!DOCTYPE r [<!ENTITY a "aaaa">]>\n', 1)
    xml.write_text(bomb, encoding="utf-8")
    code, out, err = augkg("--lang", "en", "assess", str(xml))
    assert (code, out) == (2, "")
    assert (
        err.strip()
        == f"{xml}:2:1: a DOCTYPE is refused: it can pull in files and blow up memory (take it out, and write its entities out)"
    )
    remote = tmp_path / "s.jsonld"
    remote.write_text('{"@context": "https://example.org/c.jsonld", "@id": "urn:x"}', encoding="utf-8")
    code, _, err = augkg("--lang", "en", "assess", str(remote))
    assert code == 2
    assert "the remote context `https://example.org/c.jsonld` is refused" in err
    broken = tmp_path / "t.ttl"
    broken.write_text("@prefix aug: <https://w3id.org/augkg#> .\naug:x aug:y [ ;;; ", encoding="utf-8")
    code, _, err = augkg("--lang", "en", "assess", str(broken))
    assert code == 2
    assert "t.ttl:2:1: this is not Turtle" in err


@pytest.mark.parametrize("query", ["SELECT * { SERVICE <https://example.org/sparql> { ?s ?p ?o } }", "SELECT * FROM <https://example.org/g> { ?s ?p ?o }",
                                   "SELECT * { GRAPH <https://example.org/g> { SERVICE SILENT <x:y> { ?s ?p ?o } } }"])  # fmt: skip
def test_a_query_fetches_nothing(query: str) -> None:
    code, out, err = augkg("--lang", "en", "kb", "query", query)
    assert (code, out) == (2, "")
    assert "is refused: nothing is fetched" in err


def test_an_update_is_no_query() -> None:
    code, _, err = augkg("--lang", "en", "kb", "query", "LOAD <https://example.org/x>")
    assert code == 2
    assert "this is not a SPARQL query" in err


def test_a_missing_file_and_a_wrong_option() -> None:
    assert (
        augkg("--lang", "en", "assess", "nowhere.yaml")[2].strip()
        == "nowhere.yaml: cannot read the file: No such file or directory"
    )
    assert augkg("assess")[0] == 2
    code, _, err = augkg("--lang", "en", "--as-of", "soon", "rules", "list")
    assert (code, err.strip()) == (2, "`soon` is not a date (write it as 2026-01-31)")
