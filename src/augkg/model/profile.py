"""How scores are set: weights, bands, severities and the rest, each with its reason; a file in `rules/scoring/`."""

from __future__ import annotations

from decimal import Decimal

from augkg.model.base import Value, Words


class Number(Value, frozen=True, kw_only=True):
    """One number and why it is so."""

    value: Decimal
    why: Words


class Triple(Value, frozen=True, kw_only=True):
    """A number with the ends of what could be defended, and why."""

    low: Decimal
    likely: Decimal
    high: Decimal
    why: Words


class Table(Value, frozen=True, kw_only=True):
    """Numbers by name and why they are so."""

    value: dict[str, Decimal]
    why: Words


class RiskSettings(Value, frozen=True, kw_only=True):
    """The settings of F.

    Args:
        weights: Weights of hazards, by the name of a hazard or of its domain; 1 where none is given.
        concentration: How sure the weights are: the sum of the parameters of their Dirichlet distribution. 0 fixes them.
        severities: What a harm of each severity counts in its domain, 0 to 1.
        leak: The chance of harm in a domain from what is not on file, 0 to 1.
        spread: For each grade of evidence, the factor by which the odds of an estimate without an interval may be off.
        doubt: The factor by which that of a doubtful estimate is more.
        sum_bands: From which F on a class begins.
        domain_bands: From which value of the worst domain on a class begins.
        draws: How many draws are made, a power of two.
        seed: With which the draws are scrambled.
    """

    weights: Table
    concentration: Number
    severities: Table
    leak: Number
    spread: Table
    doubt: Number
    sum_bands: Table
    domain_bands: Table
    draws: Number
    seed: Number


class HealthSettings(Value, frozen=True, kw_only=True):
    """The settings of H: `1 / (1 + exp(slope · Σ deviations − baseline))`.

    Args:
        baseline: The log-odds of health where every indicator is in its range.
        slope: How much of it an indicator at its critical limit takes away.
        cap: The greatest deviation of one indicator.
    """

    baseline: Triple
    slope: Triple
    cap: Number


class EthicsSettings(Value, frozen=True, kw_only=True):
    """The settings of E.

    Args:
        alpha: How much the worst principle counts beside the mean of all.
        norms: What a binding norm and an advisory one count.
        undetermined: What an undetermined finding counts, between 0 (breached) and 1 (met).
        principles: Weights of principles; 1 where none is given.
        vetoes: Below which value a principle caps E at its own value.
        judgement: How much assessors' ratings of a principle count beside findings about it.
        agreement: Below which Krippendorff's α no settled score is given.
    """

    alpha: Number
    norms: Table
    undetermined: Number
    principles: Table
    vetoes: Table
    judgement: Number
    agreement: Number


class Profile(Value, frozen=True, kw_only=True):
    """One way of setting the scores."""

    id: str
    title: Words
    risk: RiskSettings
    health: HealthSettings
    ethics: EthicsSettings
