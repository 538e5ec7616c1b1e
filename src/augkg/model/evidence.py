"""What scores are computed from: hazards, estimates, mitigations and indicators, as the ontology holds them."""

from __future__ import annotations

from decimal import Decimal

from augkg.model.base import Value, Words
from augkg.terms import EstimateKind, Evidence, Severity, Sex


class HarmDomain(Value, frozen=True, kw_only=True):
    """A kind of harm, within which hazards are combined."""

    name: str
    label: Words
    definition: Words


class Hazard(Value, frozen=True, kw_only=True):
    """A source of harm; `within` is the hazard that includes it, so that the two are not counted twice."""

    name: str
    domain: str
    label: Words
    definition: Words
    within: str | None = None


class Source(Value, frozen=True, kw_only=True):
    """Where a number comes from, and how far it was checked."""

    citation: str
    evidence: Evidence
    url: str | None = None


class Estimate(Value, frozen=True, kw_only=True):
    """What one source says of how often a hazard comes to pass.

    Args:
        id: The row of the evidence.
        hazard: What comes to pass.
        scope: For each facet, the classes that all must be stated; empty for an illustration, which never applies.
        kind: What the number is; only a probability is counted as one.
        per: What one trial is: `person`, `procedure`, `embryo` ….
        likely: The number that the source states or that its counts give.
        low: The lower end of its 95 % interval.
        high: The upper end.
        unit: Of what the number is, where it is no probability.
        events: How many trials the hazard came to pass in.
        trials: How many trials there were.
        doubt: Why it is doubtful.
        comparator: Why it is shown but not counted.
        part_of: The estimate whose people include those of this one.
    """

    id: str
    hazard: str
    kind: EstimateKind
    per: str
    severity: Severity
    population: Words
    source: Source
    scope: dict[str, tuple[str, ...]] = {}
    likely: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    events: int | None = None
    trials: int | None = None
    unit: Words | None = None
    horizon: Words | None = None
    doubt: Words | None = None
    comparator: Words | None = None
    part_of: str | None = None


class Mitigation(Value, frozen=True, kw_only=True):
    """By which share (0 to 1) a safeguard lowers the likelihood, or the severity, of hazards."""

    id: str
    safeguard: str
    hazards: tuple[str, ...]
    lowers: str
    low: Decimal
    likely: Decimal
    high: Decimal
    comparison: Words
    source: Source
    technologies: tuple[str, ...] = ()


class Reference(Value, frozen=True, kw_only=True):
    """A range in healthy people of one sex (None: of both) from an age (years) on, until another (excluded)."""

    sex: Sex | None = None
    from_age: float = 0.0
    to_age: float | None = None
    low: float | None = None
    high: float | None = None


class Indicator(Value, frozen=True, kw_only=True):
    """A measured quantity of health.

    Args:
        name: Its name in files.
        panel: The group of tests to which it belongs.
        unit: The UCUM code of the unit of its ranges.
        worse: In which direction it is bad: `high`, `low` or `both`.
        references: Its ranges in healthy people.
        critical_low: Below this, something must be done at once.
        critical_high: Above this, something must be done at once.
        molar_mass: In g/mol, where amounts convert to masses.
        alt: Other names.
    """

    name: str
    label: Words
    definition: Words
    panel: str
    unit: str
    worse: str
    source: Source
    references: tuple[Reference, ...] = ()
    critical_low: float | None = None
    critical_high: float | None = None
    molar_mass: float | None = None
    loinc: str | None = None
    alt: tuple[str, ...] = ()


class EvidenceBase(Value, frozen=True, kw_only=True):
    """All of it, by name."""

    domains: dict[str, HarmDomain] = {}
    hazards: dict[str, Hazard] = {}
    estimates: dict[str, Estimate] = {}
    mitigations: dict[str, Mitigation] = {}
    indicators: dict[str, Indicator] = {}
