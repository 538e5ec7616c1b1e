"""F: the risk of a scenario.

terms -> RISK -> model.scores.RiskScore

    F = Σ w·r            the method's formula, exact at the likely values (decimal arithmetic)
    D = 1 − (1−λ)·Π(1 − s·r·(1−c))      in each domain of harm: a leaky noisy-OR of ISO 14971 terms

Of a hazard and those that it includes the greater counts, so that nothing is counted twice; F as well as D grow with
every hazard. A safeguard that lowers likelihood lowers r; of several the strongest counts. The class is
that of F or, if worse, that of the worst domain: a sum would hide a catastrophe among trifles.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import Any

from augkg.engine.draws import Drawing, ends
from augkg.engine.evaluation import Evaluation
from augkg.engine.hazards import Bearing, HazardFinder, sources_of
from augkg.model.evidence import EvidenceBase
from augkg.model.points import Points
from augkg.model.profile import RiskSettings, Table
from augkg.model.scores import Control, DomainRisk, Draws, RiskScore, RiskTerm
from augkg.terms import RiskClass, Severity

Amount = Any  # a number, or a column of draws
KNOWN, BEST = (True,), (True, None)  # which safeguards count: those stated, or those that may be there as well


def risk_score(evaluation: Evaluation, settings: RiskSettings, points: Callable[[int, int], Points]) -> RiskScore:
    """F of the scenario in the first row of an evaluation.

    Args:
        evaluation: The evaluation.
        settings: How risk is set.
        points: Gives the points to draw from, by count and seed; asked only if something is uncertain.
    """
    finder = HazardFinder(evaluation, settings)
    bearings = finder.bearings()
    context = tuple(e.id for e in finder.context())
    if not bearings:
        return RiskScore(context=context, cautions=("no-hazard",))
    return Risk(bearings, evaluation.rulebook.vocabulary.evidence, settings).score(points, context)


@dataclass(frozen=True, slots=True)
class Amounts:
    """Likelihoods and shares of mitigations: at their likely values, or as columns of draws."""

    likelihood: dict[str, Amount]
    share: dict[tuple[str, str], Amount]


class Risk:
    """The terms of one scenario, and what can be computed from them."""

    def __init__(self, bearings: Sequence[Bearing], evidence: EvidenceBase, settings: RiskSettings) -> None:
        self.bearings, self.settings = tuple(bearings), settings
        self.evidence = evidence
        self._known = [b for b in bearings if b.applies]
        self.counted_in = self._counted_in()

    def _including(self, hazard: str, among: set[str]) -> str | None:
        """The nearest of some hazards that includes a hazard."""
        above = self.evidence.hazards[hazard].within
        while above is not None and above not in among:
            above = self.evidence.hazards[above].within
        return above

    def _counted_in(self) -> dict[str, tuple[str, ...]]:
        """For each known hazard that adds nothing to F, those that count in its stead: what includes it, or its parts."""
        likely, weights = self.likely(), {b.hazard: b.weight for b in self.bearings}
        found: dict[str, tuple[str, ...]] = {}
        names = {b.hazard for b in self._known}
        for b in sorted(self._known, key=lambda b: self._depth(b.hazard)):
            inside = [x for x in self._known if self._including(x.hazard, names) == b.hazard]
            above = self._including(b.hazard, names)
            if above is not None and not found.get(above, ()):
                found[b.hazard] = (above,)
            elif above is not None and found[above] and b.hazard not in found[above]:
                found[b.hazard] = found[above]
            elif inside:
                own = weights[b.hazard] * likely.likelihood[b.hazard] * self.left(b, likely, KNOWN, "likelihood")
                if sum(self._worth(x, self._known, likely, KNOWN, weights) for x in inside) > own:
                    found[b.hazard] = tuple(x.hazard for x in inside)
        return found

    def _depth(self, hazard: str) -> int:
        within = self.evidence.hazards[hazard].within
        return 0 if within is None else 1 + self._depth(within)

    # --- amounts

    def likely(self) -> Amounts:
        """Every amount at its likely value, exact."""
        return Amounts(
            {b.hazard: b.likelihood.likely for b in self.bearings},
            {(b.hazard, m.id): m.likely for b in self.bearings for m, _ in b.controls},
        )

    def drawn(self, drawing: Drawing) -> Amounts:
        """Every amount as a column of draws; what one mitigation does about several hazards is drawn once."""
        likelihood = {}
        for b in self.bearings:
            x = b.likelihood
            likelihood[b.hazard] = drawing.pert(float(x.low), float(x.likely), float(x.high))
        mitigations = {m.id: m for b in self.bearings for m, _ in b.controls}
        shares = {
            name: drawing.pert(float(m.low), float(m.likely), float(m.high)) for name, m in sorted(mitigations.items())
        }
        return Amounts(likelihood, {(b.hazard, m.id): shares[m.id] for b in self.bearings for m, _ in b.controls})

    def left(self, bearing: Bearing, amounts: Amounts, there: tuple[bool | None, ...], lowers: str) -> Amount:
        """The share that safeguards leave of the likelihood, or of the severity: all of it, or what the strongest leaves."""
        shares = [
            amounts.share[bearing.hazard, m.id] for m, stated in bearing.controls if stated in there and m.lowers == lowers
        ]  # fmt: skip
        return 1 - reduce(_larger, shares) if shares else 1

    def total(
        self, amounts: Amounts, there: tuple[bool | None, ...], weights: dict[str, Amount], *, worst: bool = False
    ) -> Amount:
        """Σ w·r over what is known to apply; at the worst over what may apply as well."""
        bearings = self.bearings if worst else self._known
        names = {b.hazard for b in bearings}
        roots = [b for b in bearings if self._including(b.hazard, names) is None]
        found: Amount = 0
        for b in roots:
            found = found + self._worth(b, bearings, amounts, there, weights)
        return found

    def _worth(
        self,
        bearing: Bearing,
        bearings: Sequence[Bearing],
        amounts: Amounts,
        there: tuple[bool | None, ...],
        weights: dict[str, Amount],
    ) -> Amount:
        """What a hazard adds to F: its own term, or those of the hazards that it includes if they are more."""
        names = {b.hazard for b in bearings}
        own = (
            weights[bearing.hazard]
            * amounts.likelihood[bearing.hazard]
            * self.left(bearing, amounts, there, "likelihood")
        )
        inside = [x for x in bearings if self._including(x.hazard, names) == bearing.hazard]
        if not inside:
            return own
        return _larger(
            own, reduce(lambda a, b: a + b, (self._worth(x, bearings, amounts, there, weights) for x in inside))
        )

    def domains(self, amounts: Amounts, there: tuple[bool | None, ...], *, worst: bool = False) -> dict[str, Amount]:
        """The chance of harm in each domain, counted by severity."""
        bearings = self.bearings if worst else self._known
        leak = self.settings.leak.value
        found: dict[str, Amount] = {}
        for b in bearings:
            domain = self.evidence.hazards[b.hazard].domain
            if domain not in found:
                inside = [x for x in bearings if self.evidence.hazards[x.hazard].domain == domain]
                none = self._none_of(inside, amounts, there)
                found[domain] = 1 - (1 - _like(leak, none)) * none
        return found

    def _none_of(self, bearings: Sequence[Bearing], amounts: Amounts, there: tuple[bool | None, ...]) -> Amount:
        """The chance that none of the hazards does harm; one that includes others counts as the worse of it and them."""
        names = {b.hazard for b in bearings}

        def harm(b: Bearing) -> Amount:
            severity = self.settings.severities.value[severity_of(b)]
            r = amounts.likelihood[b.hazard]
            own = _like(severity, r) * r * self.left(b, amounts, there, "likelihood") * self.left(b, amounts, there, "severity")  # fmt: skip
            inside = [x for x in bearings if self._including(x.hazard, names) == b.hazard]
            return _larger(own, 1 - _product(1 - harm(x) for x in inside)) if inside else own

        return _product(1 - harm(b) for b in bearings if self._including(b.hazard, names) is None)

    # --- the score

    def score(self, points: Callable[[int, int], Points], context: tuple[str, ...]) -> RiskScore:
        """Everything about F."""
        weights = {b.hazard: b.weight for b in self.bearings}
        likely = self.likely()
        residual = {
            b.hazard: likely.likelihood[b.hazard] * self.left(b, likely, KNOWN, "likelihood") for b in self.bearings
        }
        value, inherent = self.total(likely, KNOWN, weights), self.total(likely, (), weights)
        after, before = self.domains(likely, KNOWN), self.domains(likely, ())
        risk_class, by = self._class(value, after)
        terms = tuple(self._term(b, residual[b.hazard]) for b in self.bearings)
        draws = None
        class_range = (risk_class, risk_class)
        if self.uncertain():
            draws = Draws(count=int(self.settings.draws.value), seed=int(self.settings.seed.value))
            drawing = Drawing(points(draws.count, draws.seed))
            median, interval, class_range = self._spread(drawing, risk_class)
        else:
            median, interval = float(value), (float(value), float(value))
        total = sum(b.weight for b in self._known if b.hazard not in self.counted_in)
        # Where hazards only may apply, neither a number nor a class is known: only how far it may go.
        known = bool(self._known)
        return RiskScore(
            value=float(value) if known else None,
            inherent=float(inherent) if known else None,
            normalised=float(value / total) if total else None,
            median=median if known else None,
            interval=interval,
            risk_class=risk_class if known else None,
            class_by=by if known else None,
            class_range=class_range,
            terms=terms,
            domains=tuple(
                DomainRisk(
                    domain=name,
                    label=self.evidence.domains[name].label,
                    inherent=float(before[name]),
                    residual=float(after[name]),
                    hazards=tuple(b.hazard for b in self._known if self.evidence.hazards[b.hazard].domain == name),
                )
                for name in sorted(after, key=lambda name: (-after[name], name))
            ),
            context=context,
            cautions=self._cautions(value, terms),
            draws=draws,
        )

    def uncertain(self) -> bool:
        """Whether any draw could differ from another."""
        spread = any(b.likelihood.low < b.likelihood.high for b in self.bearings)
        return bool(
            spread
            or len(self._known) < len(self.bearings)
            or any(b.controls for b in self.bearings)
            or self.settings.concentration.value
        )

    def weights(self, drawing: Drawing) -> dict[str, Amount]:
        """The weights: as set, or drawn about that from a Dirichlet distribution of the same sum."""
        given = {b.hazard: float(b.weight) for b in self.bearings}
        sure = float(self.settings.concentration.value)
        counted = {h: w for h, w in given.items() if w}
        if not sure or len(counted) < 2:
            return dict(given)
        from scipy.special import gammaincinv

        total = sum(counted.values())
        gammas = {h: gammaincinv(sure * w / total, drawing.unit()) for h, w in counted.items()}
        whole = reduce(lambda a, b: a + b, gammas.values())
        return {**given, **{h: total * gamma / whole for h, gamma in gammas.items()}}

    def interval(self, amounts: Amounts, weights: dict[str, Amount]) -> tuple[float, float]:
        """The 5 % point with all unknowns at their best, the 95 % point with all at their worst."""
        best = self.total(amounts, BEST, weights)
        worst = self.total(amounts, KNOWN, weights, worst=True)
        return ends(best)[0], ends(worst)[1]

    def _spread(
        self, drawing: Drawing, likely: RiskClass
    ) -> tuple[float, tuple[float, float], tuple[RiskClass, RiskClass]]:
        import numpy as np

        amounts, weights = self.drawn(drawing), self.weights(drawing)
        low = self._classes(self.total(amounts, BEST, weights), self.domains(amounts, BEST))
        high = self._classes(self.total(amounts, KNOWN, weights, worst=True), self.domains(amounts, KNOWN, worst=True))
        order = list(RiskClass)
        at = order.index(likely)
        classes = (
            order[min(at, int(np.quantile(low, 0.05, method="lower")))],
            order[max(at, int(np.quantile(high, 0.95, method="higher")))],
        )
        return float(np.median(self.total(amounts, KNOWN, weights))), self.interval(amounts, weights), classes

    def _classes(self, total: Amount, domains: dict[str, Amount]) -> Amount:
        import numpy as np

        def places(amount: Amount, bands: Table) -> Amount:
            return np.searchsorted([float(bands.value[c]) for c in RiskClass], amount, side="right") - 1

        found = places(total, self.settings.sum_bands)
        for amount in domains.values():
            found = np.maximum(found, places(amount, self.settings.domain_bands))
        return found

    def _class(self, value: Decimal, domains: dict[str, Amount]) -> tuple[RiskClass, str]:
        """The worse of the class of the sum and of each domain, and what set it."""
        order = list(RiskClass)
        found, by = _band(value, self.settings.sum_bands), "sum"
        for name in sorted(domains, key=lambda name: (-domains[name], name)):
            floor = _band(domains[name], self.settings.domain_bands)
            if order.index(floor) > order.index(found):
                found, by = floor, name
        return found, by

    def _term(self, b: Bearing, residual: Decimal) -> RiskTerm:
        hazard, x = self.evidence.hazards[b.hazard], b.likelihood
        return RiskTerm(
            hazard=b.hazard,
            label=hazard.label,
            domain=hazard.domain,
            weight=float(b.weight),
            likelihood=float(x.likely),
            interval=(float(x.low), float(x.high)),
            residual=float(residual),
            severity=severity_of(b),
            per=x.per,
            applies=b.applies,
            counted_in=self.counted_in.get(b.hazard, ()),
            stated=b.stated is not None,
            rule=x.rule,
            none_seen_in=x.none_seen_in,
            estimates=tuple(e.id for e in x.used),
            set_aside=x.set_aside,
            inherited=b.inherited,
            controls=tuple(
                Control(
                    mitigation=m.id,
                    safeguard=m.safeguard,
                    lowers=m.lowers,
                    share=float(m.likely),
                    stated=there,
                    source=m.source,
                )
                for m, there in b.controls
            ),
            sources=sources_of(x),
            doubtful=bool(x.used) and all(e.doubt is not None for e in x.used),
        )

    def _cautions(self, value: Decimal, terms: Sequence[RiskTerm]) -> tuple[str, ...]:
        known = [t for t in terms if t.applies]
        checks = {
            "mixed-units": len({t.per for t in known if not t.counted_in}) > 1,
            "may-apply": len(known) < len(terms),
            "doubtful": any(t.doubtful for t in known),
            "above-one": value > 1,
        }
        return tuple(name for name, holds in checks.items() if holds)


def severity_of(bearing: Bearing) -> Severity:
    """The severity stated, else that of the estimates."""
    stated = bearing.stated.severity if bearing.stated else None
    return stated or bearing.likelihood.severity


def _band(value: Decimal, bands: Table) -> RiskClass:
    return max((c for c in RiskClass if value >= bands.value[c]), key=list(RiskClass).index)


def _like(number: Decimal, amount: Amount) -> Amount:
    """A setting as a number of the kind that it is to be multiplied by."""
    return number if isinstance(amount, Decimal | int) else float(number)


def _larger(a: Amount, b: Amount) -> Amount:
    if isinstance(a, Decimal | int) and isinstance(b, Decimal | int):
        return max(a, b)
    import numpy as np

    return np.maximum(a, b)


def _product(factors: Any) -> Amount:
    return reduce(lambda a, b: a * b, factors, 1)
