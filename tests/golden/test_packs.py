"""Every test that stands in a pack, and that no test was lost."""

import pytest

from augkg import api
from augkg.engine.trial import Trial, Tried


@pytest.fixture(scope="module")
def results() -> tuple[list[Trial], list[Tried]]:
    return api.run_tests()


def test_the_tests_of_all_packs_pass(results: tuple[list[Trial], list[Tried]]) -> None:
    trials, _ = results
    assert [(t.norm, t.test, t.failure) for t in trials if t.failure] == []


def test_every_norm_is_tried_both_ways_and_every_exception_holds_once(results: tuple[list[Trial], list[Tried]]) -> None:
    _, tried = results
    assert [t.norm for t in tried if not t.bites] == []
    assert [t.norm for t in tried if not t.clear] == []
    assert {t.norm: t.exceptions_untried for t in tried if t.exceptions_untried} == {}


def test_nothing_was_lost(results: tuple[list[Trial], list[Tried]]) -> None:
    trials, tried = results
    assert len(tried) >= MINIMUM_NORMS
    assert len(trials) >= 2 * len(tried)


MINIMUM_NORMS = 1_000


def test_packs_have_no_errors() -> None:
    assert [i.message.format(**i.parts) for i in api.check_rules() if i.severity == "error"] == []
