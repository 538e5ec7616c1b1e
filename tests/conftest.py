"""What the tests share: the real rulebook, compiled once, and a way to make scenarios from a few lines."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from augkg import api
from augkg.model.assessment import Assessment
from augkg.model.rulebook import Rulebook
from augkg.model.scenario import Scenario

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cache")
    os.environ["AUGKG_CACHE"] = str(folder)
    os.environ.pop("AUGKG_RULES", None)
    return folder


@pytest.fixture(scope="session")
def rulebook(own_cache: Path) -> Rulebook:
    return api.load()


@pytest.fixture(scope="session")
def make(rulebook: Rulebook) -> Callable[..., Scenario]:
    """A scenario from YAML lines; id, date and place have defaults."""

    def build(text: str = "", *, date: str = "2024-01-01", place: str = "GB") -> Scenario:
        head = f"id: made\ndate: {date}\njurisdiction: {place}\n"
        return api.read_scenario((head + text).encode(), rulebook, "made.yaml")

    return build


@pytest.fixture(scope="session")
def judge(rulebook: Rulebook, make: Callable[..., Scenario]) -> Callable[..., Assessment]:
    """The assessment of a scenario made from YAML lines."""

    def run(text: str = "", **where: str) -> Assessment:
        return api.assess(rulebook, make(text, **where))

    return run
