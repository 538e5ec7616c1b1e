"""The scores of a scenario: risk F, health H and ethics E, each with what it is made of.

Intervals are of 90 %. Where something is unknown, an interval begins where all unknowns turn out for the best and ends
where all turn out for the worst.
"""

from __future__ import annotations

from augkg.model.base import Value, Words
from augkg.model.evidence import Source
from augkg.terms import RiskClass, Severity

Ends = tuple[float, float]


class SetAside(Value, frozen=True, kw_only=True):
    """An estimate that was not used; `why` is `comparator`, `broader`, `part`, `doubtful`, `lower` or `stated`."""

    estimate: str
    why: str


class Inherited(Value, frozen=True, kw_only=True):
    """How an estimate reaches the scenario: from the class stated up to the class that it is of, in one facet."""

    facet: str
    chain: tuple[str, ...]


class Control(Value, frozen=True, kw_only=True):
    """What a safeguard does about a hazard; `stated` is None where it is unknown whether the safeguard is there."""

    mitigation: str
    safeguard: str
    lowers: str
    share: float
    stated: bool | None
    source: Source


class RiskTerm(Value, frozen=True, kw_only=True):
    """One term of F.

    Args:
        hazard: The hazard.
        weight: Its weight w.
        likelihood: Its likelihood r, before safeguards.
        interval: The ends within which r is taken to lie.
        residual: r after safeguards stated to be there.
        applies: Whether it is known to apply; `false` means that it may, which only widens the interval.
        counted_in: What counts in its stead, so that it adds nothing to F: the hazard that includes it, or its parts.
        severity: How bad it is.
        per: What one trial is.
        stated: Whether the scenario states it.
        rule: How r was come by: `stated`, `only`, `pooled` or `highest`.
        none_seen_in: In how many trials nothing was seen to happen: r is then ½ in one more.
        estimates: The estimates used.
        set_aside: Those that were not, and why.
        inherited: How the first of the used reaches the scenario.
        controls: What safeguards do about it.
        doubtful: Whether only doubtful estimates are on file.
    """

    hazard: str
    label: Words
    domain: str
    weight: float
    likelihood: float
    interval: Ends
    residual: float
    severity: Severity
    per: str
    applies: bool = True
    counted_in: tuple[str, ...] = ()
    stated: bool = False
    rule: str = "only"
    none_seen_in: int | None = None
    estimates: tuple[str, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    inherited: tuple[Inherited, ...] = ()
    controls: tuple[Control, ...] = ()
    sources: tuple[Source, ...] = ()
    doubtful: bool = False


class DomainRisk(Value, frozen=True, kw_only=True):
    """The chance of harm in one domain, counted by severity: `1 − (1−λ)·Π(1 − severity·likelihood·(1 − control))`."""

    domain: str
    label: Words
    inherent: float
    residual: float
    hazards: tuple[str, ...]


class Draws(Value, frozen=True, kw_only=True):
    """How uncertainty was computed, so that it can be again."""

    count: int
    seed: int
    method: str = "scrambled Sobol"


class RiskScore(Value, frozen=True, kw_only=True):
    """F and what stands beside it.

    Args:
        value: F = Σ w·r after safeguards, at the likely values, exactly; None where no hazard is on file or stated.
        inherent: The same before safeguards.
        normalised: F over the sum of the weights.
        median: Of the draws, as far as is known.
        interval: Of the draws, from all unknowns at their best to all at their worst.
        risk_class: The class.
        class_by: What set it: `sum`, or the domain whose floor it is.
        class_range: The classes at the ends of the interval.
        cautions: What to bear in mind: `no-hazard`, `mixed-units`, `may-apply`, `doubtful`, `above-one`.
        context: Estimates that bear on it but are no probabilities, or stand for comparison.
    """

    value: float | None = None
    inherent: float | None = None
    normalised: float | None = None
    median: float | None = None
    interval: Ends | None = None
    risk_class: RiskClass | None = None
    class_by: str | None = None
    class_range: tuple[RiskClass, RiskClass] | None = None
    terms: tuple[RiskTerm, ...] = ()
    domains: tuple[DomainRisk, ...] = ()
    context: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    draws: Draws | None = None


class IndicatorStatus(Value, frozen=True, kw_only=True):
    """One indicator of one person.

    `status` is `normal`, `outside`, `critical` or `unknown`; `deviation` is 0 in the range, 1 at the critical limit; its
    ends differ where sex or age is not known.
    """

    indicator: str
    label: Words
    value: float
    unit: str
    status: str
    deviation: Ends
    low: float | None = None
    high: float | None = None
    critical_low: float | None = None
    critical_high: float | None = None
    source: Source | None = None


class PersonHealth(Value, frozen=True, kw_only=True):
    """H of one person."""

    id: str
    value: float | None
    interval: Ends | None
    status: str
    indicators: tuple[IndicatorStatus, ...] = ()
    missing: tuple[str, ...] = ()
    beyond_fit: tuple[str, ...] = ()


class ProgrammeItem(Value, frozen=True, kw_only=True):
    """One safeguard that a programme owes to the health of those in it; `holds` is None where nothing is stated."""

    safeguard: str
    label: Words
    holds: bool | None


class Programme(Value, frozen=True, kw_only=True):
    """The share of its safeguards that a programme has in place; the ends take unknown ones to be missing, or there."""

    value: float
    interval: Ends
    items: tuple[ProgrammeItem, ...]


class HealthScore(Value, frozen=True, kw_only=True):
    """H of people, and the safeguards of the programme.

    Args:
        value: H of the one person, or the mean of a cohort; None where no indicator is stated or can be judged.
        interval: Of the same.
        status: The worst of the people's.
        method: `expert`, or the model that was fitted.
        people: Each person, where there are few.
        count: How many people there are.
        counts: How many people have each status.
        programme: The safeguards that the programme has in place.
    """

    programme: Programme
    value: float | None = None
    interval: Ends | None = None
    status: str | None = None
    method: str = "expert"
    people: tuple[PersonHealth, ...] = ()
    count: int = 0
    counts: dict[str, int] = {}


class PrincipleScore(Value, frozen=True, kw_only=True):
    """How one principle fares: 0 where all that bears on it is breached, 1 where all is met."""

    principle: str
    label: Words
    weight: float
    value: float
    interval: Ends
    met: tuple[str, ...] = ()
    breached: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    rated: float | None = None
    vetoes: bool = False


class Agreement(Value, frozen=True, kw_only=True):
    """How far assessors agree: Krippendorff's α for intervals, with an interval of 90 % by bootstrap."""

    alpha: float | None
    interval: Ends | None
    assessors: tuple[str, ...]
    matters: tuple[str, ...]
    by_assessor: dict[str, float] = {}


class EthicsScore(Value, frozen=True, kw_only=True):
    """E = α·min e + (1−α)·Σ w·e over principles.

    Args:
        value: E, or None: no principle is touched, all that touches one is open, or the assessors do not agree.
        interval: From every open finding breached, to every one met.
        settled: Whether the value may be relied on; it is not while assessors disagree.
        alpha: How much the worst principle counts.
        worst: The worst principle.
        capped_by: The principle whose veto caps E.
        red_line: Whether a red line sets it to 0.
    """

    value: float | None = None
    interval: Ends | None = None
    settled: bool = True
    alpha: float = 0.5
    worst: str | None = None
    capped_by: str | None = None
    red_line: bool = False
    principles: tuple[PrincipleScore, ...] = ()
    agreement: Agreement | None = None


class Scores(Value, frozen=True, kw_only=True):
    """All three, under one profile; `greyed` where a red line is breached: no score can make up for that."""

    profile: str
    risk: RiskScore
    health: HealthScore
    ethics: EthicsScore
    greyed: bool = False


class Swing(Value, frozen=True, kw_only=True):
    """How far one input alone moves F, and which share of the variance of F is due to it.

    Args:
        input: A hazard, whose likelihood it is, or a mitigation, whose share it is.
        label: What it is called.
        low: F with the input at its low end, the others at their likely values.
        high: F with the input at its high end.
        first: The first-order Sobol index: the share that would go if the input were known.
        total: The total one: with all interplay.
    """

    input: str
    label: Words
    low: float
    high: float
    first: float
    total: float


class Unknown(Value, frozen=True, kw_only=True):
    """Something that is not known; `narrows` is the share of the width of the interval that knowing it is expected to save."""

    fact: str
    label: Words
    narrows: float


class Sensitivity(Value, frozen=True, kw_only=True):
    """What the interval of F consists of: inputs by their swing, and unknowns by what knowing them would save."""

    value: float
    swings: tuple[Swing, ...]
    unknowns: tuple[Unknown, ...]
