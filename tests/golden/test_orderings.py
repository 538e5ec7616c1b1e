"""Pairs of scenarios in the order in which everybody who knows the field would put them."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from augkg import api
from augkg.model.rulebook import Rulebook
from augkg.model.scores import Scores

PAIRS = yaml.safe_load((Path(__file__).parent / "orderings.yaml").read_text(encoding="utf-8"))


def badness(scores: Scores, by: str) -> float:
    """A number that is greater where things are worse."""
    risk, health, ethics = scores.risk, scores.health, scores.ethics
    match by:
        case "sum":
            assert risk.value is not None
            return risk.value
        case "severity":
            return max(domain.residual for domain in risk.domains)
        case "health":
            assert health.value is not None
            return -health.value
        case "programme":
            return -health.programme.value
        case "ethics":
            assert ethics.value is not None
            return -ethics.value
    raise ValueError(by)


def test_there_are_enough_pairs() -> None:
    assert len(PAIRS) >= 20
    assert all(pair["why"] and pair["source"].startswith("https://") for pair in PAIRS)
    assert {pair["by"] for pair in PAIRS} == {"sum", "severity", "health", "programme", "ethics"}


@pytest.mark.parametrize("pair", PAIRS, ids=[f"{i}-{p['by']}" for i, p in enumerate(PAIRS)])
def test_the_worse_scores_worse(rulebook: Rulebook, pair: dict[str, Any]) -> None:
    found = {}
    for side in ("better", "worse"):
        tree = {"id": side, "date": "2024-01-01", "jurisdiction": "GB", **pair[side]}
        scenario = api.read_scenario(yaml.safe_dump(tree).encode(), rulebook, f"{side}.yaml")
        scores = api.assess(rulebook, scenario).scores
        assert scores is not None
        found[side] = badness(scores, pair["by"])
    assert found["better"] < found["worse"], (pair["why"], found)
