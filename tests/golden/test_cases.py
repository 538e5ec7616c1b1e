"""The documented cases: what an authority found, and what augkg finds, each under the law of its day.

cases.yaml holds for every scenario in cases/ the verdict that the case's sources expect, the one that augkg gives, the
clauses that the authority relied on as far as packs have them, and, where the two verdicts differ, the reason.
"""

from pathlib import Path

import pytest
import yaml

from augkg import api
from augkg.model.rulebook import Rulebook
from augkg.terms import State, Verdict

FOLDER = Path(__file__).parent / "cases"
CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))
BREACH = {Verdict.PROHIBITED, Verdict.NON_COMPLIANT}
OPEN = {Verdict.UNDETERMINED, Verdict.CONDITIONAL}


def agrees(case: dict[str, str]) -> bool:
    """Whether both verdicts say the same.

    A broken ban and a broken duty are both breaches. The sources know one word for what is open; augkg says besides
    whether safeguards could settle it.
    """
    both = {case["verdict"], case["expected"]}
    return len(both) == 1 or both <= BREACH or both <= OPEN


def test_every_case_has_its_scenario() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(CASES)
    assert len(CASES) == 61


@pytest.mark.parametrize("name", sorted(CASES))
def test_case(rulebook: Rulebook, name: str) -> None:
    case = CASES[name]
    (scenario,) = api.read_scenarios([str(FOLDER / f"{name}.yaml")], rulebook, None)
    assert scenario.id == name
    found = api.assess(rulebook, scenario)
    assert found.verdict == case["verdict"]
    states = {finding.norm: finding.state for finding in found.findings}
    assert {
        norm: states.get(norm) for norm in case["clauses"] if states.get(norm) in (None, State.NOT_APPLICABLE)
    } == {}


def test_most_agree_and_the_rest_say_why() -> None:
    differ = {name: case for name, case in CASES.items() if not agrees(case)}
    assert {name for name, case in CASES.items() if "reason" in case} == set(differ)
    assert all(case["reason"]["en"] and case["reason"]["zh"] for case in differ.values())
    assert len(CASES) - len(differ) >= 50
