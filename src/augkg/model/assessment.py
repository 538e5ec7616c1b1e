"""An assessment: what was found about one scenario, and why."""

from __future__ import annotations

import datetime as dt

from augkg.errors import Location
from augkg.model.base import Value, Words
from augkg.model.scores import Scores
from augkg.terms import Modality, State, Status, Truth, Verdict


class Reason(Value, frozen=True, kw_only=True):
    """Why a condition has its truth.

    `kind` is one of: `stated` (a fact says so), `stated-false` (a fact says that there is none), `closed` (the list
    given is complete and nothing on it fits), `measured`, `absent` (nothing was stated), `open` (what was stated
    leaves it open), `untranslatable`, `no-parameter`, `parts` (it follows from its parts), `cases` (it comes out
    the same whatever the unknown parts are).
    `words` reads the fact aloud. `chain` is the way up the classes; of two ways that meet in disjoint classes, `other_chain` is the second.
    """

    kind: str
    fact: str | None = None
    words: Words | None = None
    at: Location | None = None
    chain: tuple[str, ...] = ()
    other_chain: tuple[str, ...] = ()


class Justification(Value, frozen=True, kw_only=True):
    """A condition, its truth, why, and the same for its parts.

    `role` says which part of the norm it is: `when`, `requires`, `provided`, `unless`, or empty inside these.
    """

    condition: str
    words: Words
    truth: Truth
    role: str = ""
    name: str | None = None
    reasons: tuple[Reason, ...] = ()
    parts: tuple[Justification, ...] = ()


class Finding(Value, frozen=True, kw_only=True):
    """What one norm concludes. `at_stake` is whether it could still turn out to be breached."""

    norm: str
    instrument: str
    title: Words
    clause: str
    url: str
    gist: Words
    modality: Modality
    binding: bool
    red_line: bool
    state: State
    status: Status
    at_stake: bool = False
    exception: str | None = None
    overridden_by: tuple[str, ...] = ()
    justification: tuple[Justification, ...] = ()


class Condition(Value, frozen=True, kw_only=True):
    """A fact that must come to hold, by whom it is granted, and the norms that ask for it."""

    fact: str
    words: Words
    obtained_from: tuple[Words, ...] = ()
    asked_by: tuple[str, ...] = ()


class OpenQuestion(Value, frozen=True, kw_only=True):
    """An unknown fact that could change the verdict.

    Args:
        fact: The condition that is unknown, or the facet of which nothing was stated.
        question: How to ask for it.
        options: For a facet, the classes that the norms tell apart.
        asked_by: The norms left open by it.
        could_become: The verdicts that the answers may lead to.
    """

    fact: str
    question: Words
    options: tuple[str, ...] = ()
    asked_by: tuple[str, ...] = ()
    could_become: tuple[Verdict, ...] = ()


class Coverage(Value, frozen=True, kw_only=True):
    """What is on file for the places and the date: how many instruments and norms, binding or not."""

    jurisdictions: tuple[str, ...]
    binding_instruments: int
    binding_norms: int
    advisory_norms: int
    draft_norms: int


class Receipt(Value, frozen=True, kw_only=True):
    """What reproduces the assessment."""

    augkg: str
    ontology: str
    rulebook: str
    scenario: str
    as_of: dt.date


class Assessment(Value, frozen=True, kw_only=True):
    """What was found about one scenario under the law of one date.

    `red_lines` are those of the ontology that are breached, whether or not law in that place says so.
    """

    schema: str
    scenario: str
    title: Words | None
    jurisdictions: tuple[str, ...]
    date: dt.date
    as_of: dt.date
    verdict: Verdict
    decided_by: tuple[str, ...]
    conditions: tuple[Condition, ...]
    red_lines: tuple[str, ...]
    findings: tuple[Finding, ...]
    advisories: tuple[str, ...]
    open_questions: tuple[OpenQuestion, ...]
    coverage: Coverage
    receipt: Receipt
    scores: Scores | None = None
