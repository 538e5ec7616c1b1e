"""The documented cases: their verdicts stand in verdicts.yaml, and a changed one needs an entry in the CHANGELOG."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from augkg import api
from augkg.model.assessment import Assessment
from augkg.model.rulebook import Rulebook
from augkg.terms import State, Verdict

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = ROOT / "examples" / "scenarios"
GOLDEN = yaml.safe_load((Path(__file__).parent / "verdicts.yaml").read_text(encoding="utf-8"))


def assess(rulebook: Rulebook, name: str, as_of: str | None = None, place: str | None = None) -> Assessment:
    (scenario,) = api.read_scenarios([str(EXAMPLES / f"{name}.yaml")], rulebook, [place] if place else None)
    return api.assess(rulebook, scenario, date.fromisoformat(as_of) if as_of else None)


def test_every_example_has_its_verdict() -> None:
    assert {path.stem for path in EXAMPLES.glob("*.yaml")} == set(GOLDEN)
    assert len(GOLDEN) >= 14


@pytest.mark.parametrize("name", sorted(GOLDEN))
def test_verdict(rulebook: Rulebook, name: str) -> None:
    assert assess(rulebook, name).verdict == GOLDEN[name]


def test_ccr5_before_and_after_the_criminal_law(rulebook: Rulebook) -> None:
    then = assess(rulebook, "ccr5-embryo-editing-2018")
    assert then.verdict is Verdict.PROHIBITED
    assert any(norm.startswith("cn-art-norms-2003/") for norm in then.decided_by)
    assert not any(norm.startswith("cn-criminal-law-336-1/") for norm in then.decided_by)
    now = assess(rulebook, "ccr5-embryo-editing-2018", as_of="2022-01-01")
    assert any(norm.startswith("cn-criminal-law-336-1/") for norm in now.decided_by)
    assert set(then.decided_by) < set(now.decided_by)


def test_the_explanation_reaches_the_line_and_the_classes(rulebook: Rulebook) -> None:
    from augkg.present.page import Pages
    from augkg.present.text import render_text

    found = assess(rulebook, "ccr5-embryo-editing-2018")
    lines = (EXAMPLES / "ccr5-embryo-editing-2018.yaml").read_text(encoding="utf-8").splitlines()
    line = next(i for i, text in enumerate(lines, 1) if text.startswith("target:"))
    english = render_text(Pages(rulebook.vocabulary, "en").explanation(found), width=200)
    assert f"ccr5-embryo-editing-2018.yaml:{line}:9" in english
    assert "HumanEmbryo ⊑ HumanGermline" in english
    chinese = render_text(Pages(rulebook.vocabulary, "zh").explanation(found), width=200)
    assert f"ccr5-embryo-editing-2018.yaml:{line}:9" in chinese
    assert "禁止" in chinese
    assert "人类胚胎 ⊑ " in chinese


def test_mitochondrial_donation(rulebook: Rulebook) -> None:
    licensed = "mitochondrial-donation-gb-2017"
    assert assess(rulebook, licensed).verdict is Verdict.COMPLIANT
    assert assess(rulebook, licensed, as_of="2014-06-01").verdict is Verdict.PROHIBITED
    assert assess(rulebook, licensed, place="FR").verdict is Verdict.PROHIBITED
    unknown = assess(rulebook, "mitochondrial-donation-gb-licence-unknown")
    assert unknown.verdict is Verdict.CONDITIONAL
    assert [c.fact for c in unknown.conditions] == ["safeguard some HFEALicence"]
    assert assess(rulebook, "mitochondrial-donation-gb-bare").verdict is Verdict.UNDETERMINED
    assert assess(rulebook, "mitochondrial-donation-further-edit-gb").verdict is Verdict.PROHIBITED


@pytest.mark.parametrize("place", ["US", "TV", "AQ", "CN", "GB"])
def test_reproductive_cloning_anywhere(rulebook: Rulebook, place: str) -> None:
    found = assess(rulebook, "reproductive-cloning-us-2002", as_of="2024-01-01", place=place)
    assert found.verdict is Verdict.PROHIBITED
    assert found.red_lines == ("red-line/ReproductiveCloning",)
    law = [norm for norm in found.decided_by if norm not in found.red_lines]
    assert bool(law) is (place in ("CN", "GB"))


def test_therapeutic_cloning_research_is_not_caught(rulebook: Rulebook) -> None:
    found = assess(rulebook, "cloning-research-gb-2004")
    assert (found.verdict, found.red_lines) == (Verdict.COMPLIANT, ())


def test_sickle_cell_therapy(rulebook: Rulebook) -> None:
    assert assess(rulebook, "casgevy-sickle-cell-gb-2023").verdict is Verdict.COMPLIANT
    unstated = assess(rulebook, "sickle-cell-therapy-gb-no-safeguards")
    assert unstated.verdict is Verdict.CONDITIONAL
    facts = {c.fact for c in unstated.conditions}
    assert any("Consent" in fact for fact in facts)
    assert any("Authorisation" in fact for fact in facts)
    assert all(fact.startswith("safeguard some ") for fact in facts)
    bare = assess(rulebook, "sickle-cell-therapy-gb-bare")
    assert bare.verdict is Verdict.UNDETERMINED
    assert {q.fact for q in bare.open_questions} >= {"act", "target"}


def test_emotion_recognition_at_work(rulebook: Rulebook) -> None:
    name = "emotion-recognition-at-work-eu-2026"

    def state(as_of: str, purpose: str | None = None) -> tuple[State | None, Verdict]:
        text = (EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8")
        if purpose:
            text = text.replace("ProductivityAtWork", purpose)
        scenario = api.read_scenario(text.encode(), rulebook)
        found = api.assess(rulebook, scenario, date.fromisoformat(as_of))
        states = {f.norm: f.state for f in found.findings if f.norm.startswith("eu-ai-act/") and "5-1-f" in f.norm}
        return next(iter(states.values()), None), found.verdict

    assert state("2024-06-01")[0] is None
    assert state("2026-03-01") == (State.VIOLATED, Verdict.PROHIBITED)
    assert state("2026-03-01", "Rehabilitation")[0] is State.EXCEPTED
    assert state("2026-03-01", "WorkSafety")[0] is State.EXCEPTED
