"""Check the whole rulebook with the solver; what it finds is tried on the engine before it is reported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec

from augkg.api.rulebooks import link_and_compile, load_vocabulary, pack_files, read_packs
from augkg.engine.evaluation import Evaluation
from augkg.engine.replay import replay
from augkg.errors import MissingTool
from augkg.model.issue import Issue, Severity
from augkg.model.rulebook import Pack, Rulebook
from augkg.terms import State


def deep_check(rules: Sequence[Path] = (), *, day: date, only: str | None = None) -> list[Issue]:
    """What is wrong with the rulebook as a whole.

    Args:
        rules: Folders of the user's own packs, beside those shipped.
        day: The date whose law is asked for by checks that are about one day.
        only: The name of one check; all of them unless given.

    Returns:
        Issues in the order of the checks. The witness of each was assessed by the engine, with the states it shows; an
        issue whose witness the engine does not bear out has none, and says so by having states and no witness.

    Raises:
        MissingTool: The solver is not installed.
    """
    try:
        from augkg.advice.book import Book
        from augkg.advice.checks import CHECKS
    except ImportError:
        raise MissingTool("the check of the whole rulebook needs clingo", hint="pip install clingo") from None
    packs = read_packs(load_vocabulary(), pack_files(rules), tests=True)
    rulebook = link_and_compile(load_vocabulary(), packs)
    book = Book(rulebook, _together(rulebook, packs), day)
    found = [issue for check in CHECKS if only in (None, check.name) for issue in check().run(book)]
    return [_judged(_tried(issue, rulebook), rulebook) for issue in found]


def _together(rulebook: Rulebook, packs: Sequence[Pack]) -> dict[str, list[frozenset[str]]]:
    """For each norm, the norms violated beside it in each test in which it is."""
    rows = [
        (norm, test.given)
        for pack in packs
        for norm, tests in pack.tests.items()
        for test in tests
        if test.expect is State.VIOLATED
    ]
    evaluation = Evaluation(rulebook, [given for _, given in rows])
    violated = [(norm.id, planes.states.get(State.VIOLATED, 0)) for norm, _, planes in evaluation.norms]
    found: dict[str, list[frozenset[str]]] = {}
    for row, (norm, _) in enumerate(rows):
        found.setdefault(norm, []).append(frozenset(name for name, plane in violated if plane >> row & 1))
    return found


def _tried(issue: Issue, rulebook: Rulebook) -> Issue:
    if issue.witness is None or not issue.shows:
        return issue
    return msgspec.structs.replace(issue, witness=replay(rulebook, issue.witness, issue.shows))


def _judged(issue: Issue, rulebook: Rulebook) -> Issue:
    """The issue, lowered to a note where its pack says why it may stay."""
    norm = next((each for each in rulebook.norms if each.id == issue.parts.get("norm")), None)
    for each in norm.accepted if norm else ():
        if each.check == issue.check and each.other in (None, issue.parts.get("other")):
            return msgspec.structs.replace(issue, severity=Severity.NOTE, accepted=each.why)
    return issue
