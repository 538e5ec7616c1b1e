"""What the interval of F consists of: a tornado, Sobol indices, and which unknown is worth finding out.

terms -> SENSITIVITY -> model.scores.Sensitivity

It is asked for by an explanation, not by an assessment: it imports scipy and takes longer.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from scipy import stats

from augkg.engine.draws import Drawing
from augkg.engine.hazards import Bearing
from augkg.engine.risk import KNOWN, Amounts, Risk
from augkg.model.base import Words
from augkg.model.points import Points
from augkg.model.scores import Sensitivity, Swing, Unknown
from augkg.model.vocabulary import Vocabulary

_SAMPLES = 1024

Key = tuple[str, str]  # of an input: ("", hazard) or ("share", mitigation)


def sensitivity(risk: Risk, vocabulary: Vocabulary, points: Callable[[int, int], Points]) -> Sensitivity:
    """What moves F, and what would narrow its interval.

    Args:
        risk: The terms of a scenario.
        vocabulary: For the labels.
        points: Gives the points to draw from, by count and seed.
    """
    inputs = dict(sorted(_inputs(risk).items()))
    middle = {key: likely for key, (_, likely, _) in inputs.items()}
    first, total = sobol_indices(lambda x: _value(risk, dict(zip(inputs, x, strict=True))), list(inputs.values()))
    swings = []
    for i, (key, (low, _, high)) in enumerate(inputs.items()):
        ends = sorted(float(_value(risk, {**middle, key: end})) for end in (low, high))
        if ends[0] == ends[1]:
            continue  # of no account while what includes it, or its parts, count in its stead
        swings.append(
            Swing(
                input=key[1], label=_label(key, vocabulary), low=ends[0], high=ends[1], first=first[i], total=total[i]
            )
        )
    swings.sort(key=lambda s: (s.low - s.high, s.input))
    return Sensitivity(
        value=float(_value(risk, middle)),
        swings=tuple(swings),
        unknowns=tuple(sorted(_unknowns(risk, vocabulary, points), key=lambda u: (-u.narrows, u.fact))),
    )


def sobol_indices(
    function: Callable[[np.ndarray], Any], inputs: list[tuple[float, float, float]], samples: int = _SAMPLES
) -> tuple[list[float], list[float]]:
    """First-order and total Sobol indices of a function of independent PERT inputs.

    Args:
        function: From an array of shape (d, n) to one of shape (n,).
        inputs: Low, likely and high of each of the d inputs.
        samples: How many are drawn, a power of two.

    Returns:
        Two lists of d numbers; empty where nothing varies.
    """
    if not inputs:
        return [], []
    distributions = [pert(*each) for each in inputs]
    found = stats.sobol_indices(func=function, n=samples, dists=distributions, rng=1)
    return [float(x) for x in np.ravel(found.first_order)], [float(x) for x in np.ravel(found.total_order)]


def pert(low: float, likely: float, high: float) -> Any:
    """PERT(low, likely, high) as a distribution of scipy; its mean is (low + 4·likely + high) / 6."""
    width = high - low
    return stats.beta(1 + 4 * (likely - low) / width, 1 + 4 * (high - likely) / width, loc=low, scale=width)


def _inputs(risk: Risk) -> dict[Key, tuple[float, float, float]]:
    """What is uncertain of what counts: likelihoods, and what the safeguards stated to be there do."""
    found: dict[Key, tuple[float, float, float]] = {}
    for b in risk.bearings:
        if not b.applies:
            continue
        found["", b.hazard] = (float(b.likelihood.low), float(b.likelihood.likely), float(b.likelihood.high))
        for m, there in b.controls:
            if there and m.lowers == "likelihood":
                found["share", m.id] = (float(m.low), float(m.likely), float(m.high))
    return {key: each for key, each in found.items() if each[0] < each[2]}


def _value(risk: Risk, values: dict[Key, Any]) -> Any:
    likely = risk.likely()
    likelihood = {h: values.get(("", h), float(r)) for h, r in likely.likelihood.items()}
    share = {key: values.get(("share", key[1]), float(c)) for key, c in likely.share.items()}
    return risk.total(Amounts(likelihood, share), KNOWN, {b.hazard: float(b.weight) for b in risk.bearings})


def _label(key: Key, vocabulary: Vocabulary) -> Words:
    evidence = vocabulary.evidence
    if key[0]:
        return vocabulary.terms[evidence.mitigations[key[1]].safeguard].label
    return evidence.hazards[key[1]].label


def _unknowns(risk: Risk, vocabulary: Vocabulary, points: Callable[[int, int], Points]) -> Iterator[Unknown]:
    """Unknown safeguards, and hazards that may apply: how much narrower the interval is once each is known."""
    settings = risk.settings
    drawing = Drawing(points(int(settings.draws.value), int(settings.seed.value)))
    amounts, weights = risk.drawn(drawing), risk.weights(drawing)

    def width(bearings: tuple[Bearing, ...]) -> float:
        low, high = Risk(bearings, risk.evidence, settings).interval(amounts, weights)
        return high - low

    whole = width(risk.bearings)
    safeguards = sorted({m.safeguard for b in risk.bearings for m, there in b.controls if there is None})
    for name in safeguards:
        widths = [width(tuple(_settled(b, name, there) for b in risk.bearings)) for there in (True, False)]
        saved = 1 - sum(widths) / 2 / whole if whole else 0.0
        yield Unknown(fact=f"safeguard some {name}", label=vocabulary.terms[name].label, narrows=saved)
    for b in risk.bearings:
        if not b.applies:
            others = tuple(x for x in risk.bearings if x is not b)
            widths = [width((*others, replace(b, applies=True))), width(others)]
            saved = 1 - sum(widths) / 2 / whole if whole else 0.0
            yield Unknown(fact=b.hazard, label=risk.evidence.hazards[b.hazard].label, narrows=saved)


def _settled(bearing: Bearing, safeguard: str, there: bool) -> Bearing:
    """The bearing once it is known whether a safeguard is there."""
    controls = ((m, there if m.safeguard == safeguard else stated) for m, stated in bearing.controls)
    return replace(bearing, controls=tuple((m, stated) for m, stated in controls if stated is not False))
