"""Which hazards bear on a scenario, how likely they are, and what safeguards do about them.

scenario + evidence of the ontology -> HAZARDS -> terms -> risk

A hazard comes down the class tree: an estimate of `GenomeEditing` bears on a scenario with `CRISPRCas9`, unless a narrower
estimate of the same hazard does. Of several estimates of one hazard:

1. the narrower goes before the broader, the whole before its part, the undoubted before the doubtful;
2. those of one kind of trial are pooled: events over trials where all are counts, else the mean of the likely values; the
   interval covers the intervals of all, so that disagreement shows;
3. of several kinds of trial the one with the highest likelihood is taken.

Where nothing was seen to happen in n trials, the likelihood is not nought but ½ in n + 1: the mean after Jeffreys' prior.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from augkg.engine.evaluation import Evaluation
from augkg.model.condition import Named, conjuncts
from augkg.model.evidence import Estimate, Mitigation, Source
from augkg.model.profile import RiskSettings
from augkg.model.program import SomeAtom
from augkg.model.scenario import HazardFact, Scenario
from augkg.model.scores import Inherited, SetAside
from augkg.terms import EstimateKind, Evidence, Severity

_RANK = list(Severity)


@dataclass(frozen=True, slots=True, kw_only=True)
class Likelihood:
    """How likely a hazard is, and how that was come by."""

    low: Decimal
    likely: Decimal
    high: Decimal
    severity: Severity
    per: str
    rule: str
    none_seen_in: int | None = None
    used: tuple[Estimate, ...] = ()
    set_aside: tuple[SetAside, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """A hazard that bears on a scenario, or may; `controls` holds what is not known to be absent, and if it is known."""

    hazard: str
    likelihood: Likelihood
    weight: Decimal
    applies: bool
    stated: HazardFact | None = None
    controls: tuple[tuple[Mitigation, bool | None], ...] = ()
    inherited: tuple[Inherited, ...] = ()


class HazardFinder:
    """Finds the hazards of one scenario.

    Args:
        evaluation: Of the scenario, in its first row.
        settings: Weights, and how far estimates may be off.
    """

    def __init__(self, evaluation: Evaluation, settings: RiskSettings) -> None:
        self._evaluation, self._settings = evaluation, settings
        self._scenario: Scenario = evaluation.scenarios[0]
        self._evidence = evaluation.rulebook.vocabulary.evidence
        self._taxonomy = evaluation.taxonomy
        self._truths: dict[tuple[str, str], bool | None] = {}
        self._related: dict[str, bool] = {}

    def bearings(self) -> list[Bearing]:
        """What bears on the scenario, in the order of the names of hazards."""
        stated = {fact.hazard: fact for fact in self._scenario.hazards or ()}
        found = {name: self._stated(fact) for name, fact in stated.items()}
        if self._scenario.hazards is None or self._scenario.more_hazards:
            found = self._on_file(found.keys()) | found
        return [found[name] for name in sorted(found)]

    def context(self) -> list[Estimate]:
        """What bears on the scenario but is no probability, or stands for comparison."""
        return [e for e in self._evidence.estimates.values() if not _counted(e) and self._holds(e)]

    # --- which estimates bear

    def _truth(self, facet: str, name: str) -> bool | None:
        key = (facet, name)
        if key not in self._truths:
            true, false = self._evaluation.columns.atom(SomeAtom(facet=facet, filler=Named(name=name)))
            self._truths[key] = True if true & 1 else False if false & 1 else None
        return self._truths[key]

    def _holds(self, estimate: Estimate) -> bool | None:
        """Whether an estimate is of what the scenario does: known, known not to be, or possible."""
        if not estimate.scope:
            return False
        truths = [self._truth(facet, name) for facet, names in estimate.scope.items() for name in names]
        if all(truths):
            return True
        if False in truths or not (any(truths) or self._may_be_narrower(estimate)):
            return False
        technologies = estimate.scope.get("technology", ())
        return None if all(self._truth("technology", n) or self._may_be(n) for n in technologies) else False

    def _may_be_narrower(self, estimate: Estimate) -> bool:
        return any(self._may_be(name) for name in estimate.scope.get("technology", ()))

    def _may_be(self, name: str) -> bool:
        """Whether a technology that was stated may turn out to be this narrower one."""
        if name not in self._related:
            self._related[name] = any(
                self._taxonomy.under(name, part.name)
                for fact in self._scenario.facts
                if fact.facet == "technology" and fact.holds
                for part in conjuncts(fact.filler)
                if isinstance(part, Named)
            )
        return self._related[name]

    def _on_file(self, stated: Iterable[str]) -> dict[str, Bearing]:
        known: dict[str, list[Estimate]] = {}
        possible: dict[str, list[Estimate]] = {}
        for estimate in self._evidence.estimates.values():
            holds = self._holds(estimate) if estimate.hazard not in stated else False
            if holds is not False and (_counted(estimate) or holds):
                (known if holds else possible).setdefault(estimate.hazard, []).append(estimate)
        found = {}
        for hazard in {*known, *possible}:
            applies = any(map(_counted, known.get(hazard, ())))
            candidates = known[hazard] if applies else possible.get(hazard, [])
            if candidates:
                likelihood = self._chosen(candidates)
                found[hazard] = Bearing(
                    hazard=hazard,
                    likelihood=likelihood,
                    weight=self._weight(hazard),
                    applies=applies,
                    controls=self._controls(hazard),
                    inherited=self._inherited(likelihood.used[0]) if applies else (),
                )
        return found

    def _stated(self, fact: HazardFact) -> Bearing:
        """A hazard as stated; what is left out comes from the evidence: of the scenario's own kind, else of any."""
        of_it = [e for e in self._evidence.estimates.values() if e.hazard == fact.hazard and _counted(e)]
        fitting = [e for e in of_it if self._holds(e)] or of_it
        worst = max((e.severity for e in of_it), key=_RANK.index, default=Severity.SERIOUS)
        if fact.likelihood is None:
            likelihood = self._chosen(fitting)
        else:
            low, high = fact.low, fact.high
            if low is None and high is None:
                low, high = self._spread(fact.likelihood, Evidence.STATED, doubtful=False)
            likelihood = Likelihood(
                low=fact.likelihood if low is None else low,
                likely=fact.likelihood,
                high=fact.likelihood if high is None else high,
                severity=worst,
                per="stated",
                rule="stated",
                set_aside=tuple(SetAside(estimate=e.id, why="stated") for e in fitting if self._holds(e)),
            )
        return Bearing(
            hazard=fact.hazard,
            likelihood=likelihood,
            weight=self._weight(fact.hazard) if fact.weight is None else fact.weight,
            applies=True,
            stated=fact,
            controls=self._controls(fact.hazard),
        )

    def _weight(self, hazard: str) -> Decimal:
        weights = self._settings.weights.value
        return weights.get(hazard, weights.get(self._evidence.hazards[hazard].domain, Decimal(1)))

    def _controls(self, hazard: str) -> tuple[tuple[Mitigation, bool | None], ...]:
        found = []
        for mitigation in self._evidence.mitigations.values():
            if hazard in mitigation.hazards and all(self._truth("technology", t) for t in mitigation.technologies):
                there = self._truth("safeguard", mitigation.safeguard)
                if there is not False:
                    found.append((mitigation, there))
        return tuple(found)

    def _inherited(self, estimate: Estimate) -> tuple[Inherited, ...]:
        found = []
        for facet, names in estimate.scope.items():
            for name in names:
                fillers = (f.filler for f in self._scenario.facts if f.facet == facet and f.holds)
                named = (p.name for filler in fillers for p in conjuncts(filler) if isinstance(p, Named))
                chains = [self._taxonomy.chain(each, name) for each in named]
                found.append(Inherited(facet=facet, chain=min(filter(None, chains), key=len, default=(name,))))
        return tuple(found)

    # --- which are used

    def _chosen(self, candidates: Sequence[Estimate]) -> Likelihood:
        aside = [SetAside(estimate=e.id, why="comparator") for e in candidates if not _counted(e)]
        left = [e for e in candidates if _counted(e)]
        for why in ("broader", "part", "doubtful"):
            dropped = [e for e in left if self._worse(e, left, why)]
            aside += [SetAside(estimate=e.id, why=why) for e in dropped]
            left = [e for e in left if e not in dropped]
        pools: dict[str, list[Estimate]] = {}
        for estimate in left:
            pools.setdefault(estimate.per, []).append(estimate)
        pooled = [self._pooled(pool) for pool in pools.values()]
        best = max(pooled, key=lambda p: (p.likely, p.high, p.per))
        aside += [SetAside(estimate=e.id, why="lower") for p in pooled if p is not best for e in p.used]
        return Likelihood(
            low=best.low,
            likely=best.likely,
            high=best.high,
            severity=best.severity,
            per=best.per,
            rule="highest" if len(pooled) > 1 else best.rule,
            none_seen_in=best.none_seen_in,
            used=best.used,
            set_aside=tuple(aside),
        )

    def _worse(self, estimate: Estimate, others: Sequence[Estimate], why: str) -> bool:
        match why:
            case "broader":
                return any(self._narrower(other, estimate) for other in others)
            case "part":
                return any(other.id == estimate.part_of for other in others)
            case _:
                return estimate.doubt is not None and any(other.doubt is None for other in others)

    def _narrower(self, a: Estimate, b: Estimate) -> bool:
        """Whether a is of less than b is: for each class that b names, of that or one below it; and b not of a."""

        def within(x: Estimate, y: Estimate) -> bool:
            return all(
                any(self._taxonomy.under(mine, theirs) for mine in x.scope.get(facet, ()))
                for facet, names in y.scope.items()
                for theirs in names
            )

        return within(a, b) and not within(b, a)

    def _pooled(self, pool: Sequence[Estimate]) -> Likelihood:
        likely = [e.likely for e in pool if e.likely is not None]
        middle, none_seen_in = sum(likely, Decimal(0)) / len(likely), None
        if all(e.trials for e in pool):
            events, trials = sum(e.events or 0 for e in pool), sum(e.trials or 0 for e in pool)
            if not events:
                middle, none_seen_in = Decimal("0.5") / (trials + 1), trials
            elif len(pool) > 1:
                middle = Decimal(events) / trials
        intervals = [self._interval(e) for e in pool]
        return Likelihood(
            low=min(middle, *(low for low, _ in intervals)),
            likely=middle,
            high=max(middle, *(high for _, high in intervals)),
            severity=max((e.severity for e in pool), key=_RANK.index),
            per=pool[0].per,
            rule="pooled" if len(pool) > 1 else "only",
            none_seen_in=none_seen_in,
            used=tuple(pool),
        )

    def _interval(self, estimate: Estimate) -> tuple[Decimal, Decimal]:
        assert estimate.likely is not None
        low, high = self._spread(estimate.likely, estimate.source.evidence, doubtful=estimate.doubt is not None)
        return low if estimate.low is None else estimate.low, high if estimate.high is None else estimate.high

    def _spread(self, likely: Decimal, evidence: Evidence, *, doubtful: bool) -> tuple[Decimal, Decimal]:
        """The ends where the odds are off by the factor that goes with the evidence."""
        factor = self._settings.spread.value[evidence] * (self._settings.doubt.value if doubtful else 1)

        def at_odds(times: Decimal) -> Decimal:
            return likely * times / (1 - likely + likely * times)

        return at_odds(1 / factor), at_odds(factor)


def _counted(estimate: Estimate) -> bool:
    return estimate.kind is EstimateKind.PROBABILITY and estimate.comparator is None


def sources_of(likelihood: Likelihood) -> tuple[Source, ...]:
    """The sources of the estimates used, each once."""
    return tuple(dict.fromkeys(estimate.source for estimate in likelihood.used))
