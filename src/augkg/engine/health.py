"""H: the health of persons after their indicators.

readings + ranges of the ontology -> HEALTH -> model.scores.PersonHealth

    d_i = how far indicator i lies outside its reference range: 0 inside, 1 at the critical limit (where none is on file: one
          width of the range further out, or of a one-sided range its limit), at most the cap
    H   = 1 / (1 + exp(slope · Σ d_i − baseline))

or, with a model fitted to a table, the probability of health that it gives. Where a person's sex is not known, d_i has ends:
the least and the most that either range gives. Where no range on file is known to fit the person's age, the indicator says
nothing known: d_i lies between 0 and 1. The same lines serve one person and a hundred thousand: everything is an array.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from augkg.model.evidence import Indicator, Reference
from augkg.model.health import HealthModel
from augkg.model.profile import HealthSettings
from augkg.model.scenario import Person
from augkg.model.scores import IndicatorStatus, PersonHealth
from augkg.terms import Sex

Column = Any  # a numpy array, one number for each person; NaN where nothing is known

STATUSES = ("normal", "unknown", "outside", "critical")
"""What is said of an indicator or a person, the most urgent last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """Columns of people: `female` is 1, 0 or NaN, `age` in years or NaN, `readings` by indicator in its unit."""

    female: Column
    age: Column
    readings: Mapping[str, Column]


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortHealth:
    """H of each person with its ends, NaN where no indicator can be judged; a status by its place in `STATUSES`."""

    value: Column
    low: Column
    high: Column
    status: Column


def cohort_of(people: Sequence[Person]) -> Cohort:
    """People as columns."""
    import numpy as np

    names = dict.fromkeys(r.indicator for p in people for r in p.readings)
    by_person = [{r.indicator: r.value for r in p.readings} for p in people]
    return Cohort(
        female=np.array([np.nan if p.sex is None else p.sex is Sex.FEMALE for p in people], dtype=float),
        age=np.array([np.nan if p.age is None else p.age for p in people], dtype=float),
        readings={n: np.array([readings.get(n, np.nan) for readings in by_person], dtype=float) for n in names},
    )


def cohort_health(cohort: Cohort, indicators: Mapping[str, Indicator], settings: HealthSettings) -> CohortHealth:
    """H of each person by the expert model.

    Args:
        cohort: The people, n of them.
        indicators: Those that they have readings of.
        settings: Baseline, slope and cap.

    Returns:
        Arrays of shape (n,).
    """
    import numpy as np

    n = len(cohort.age)
    least, most, judged, status = np.zeros(n), np.zeros(n), np.zeros(n, dtype=bool), np.zeros(n, dtype=int)
    for name, column in cohort.readings.items():
        low, high = deviations(indicators[name], column, cohort, float(settings.cap.value))
        measured, known = ~np.isnan(column), ~np.isnan(low)
        judged |= known
        least += np.where(known, low, 0)
        most += np.where(known, high, np.where(measured, 1, 0))
        status = np.maximum(status, np.where(measured, status_of(low, high), 0))

    def at(baseline: Decimal, slope: Decimal, deviation: Column) -> Column:
        return np.where(judged, 1 / (1 + np.exp(float(slope) * deviation - float(baseline))), np.nan)

    base, slope = settings.baseline, settings.slope
    return CohortHealth(
        value=at(base.likely, slope.likely, (least + most) / 2),
        low=at(base.low, slope.high, most),
        high=at(base.high, slope.low, least),
        status=np.where(judged, status, 1),
    )


def deviations(indicator: Indicator, column: Column, cohort: Cohort, cap: float) -> tuple[Column, Column]:
    """The least and the most that an indicator may deviate in each person; NaN where nothing known can be said.

    Args:
        indicator: With its ranges.
        column: Its values, in its unit, of shape (n,).
        cohort: The people.
        cap: The greatest deviation.
    """
    import numpy as np

    least, most = np.full(len(column), np.inf), np.full(len(column), -np.inf)
    for reference in indicator.references:
        fits = may_fit(reference, cohort)
        d = np.minimum(_deviation(indicator, reference, column), cap)
        least, most = np.where(fits, np.minimum(least, d), least), np.where(fits, np.maximum(most, d), most)
    unknown = np.isinf(least) | np.isnan(column)
    return np.where(unknown, np.nan, least), np.where(unknown, np.nan, most)


def may_fit(reference: Reference, cohort: Cohort) -> Column:
    """For which people a range is of their age and may be of their sex."""
    import numpy as np

    to_age = np.inf if reference.to_age is None else reference.to_age
    aged = (cohort.age >= reference.from_age) & (cohort.age < to_age)
    if reference.sex is None:
        return aged
    return aged & ((cohort.female == float(reference.sex is Sex.FEMALE)) | np.isnan(cohort.female))


def status_of(low: Column, high: Column) -> Column:
    """The place in `STATUSES` of an indicator with these deviations."""
    import numpy as np

    certain = np.where(low >= 1, 3, np.where(low > 0, 2, 0))
    return np.where(np.isnan(low) | ((low == 0) & (high > 0)), 1, certain)


def _deviation(indicator: Indicator, reference: Reference, column: Column) -> Column:
    import numpy as np

    low, high = reference.low, reference.high
    ends = [end for end in (low, high) if end is not None]
    width = abs(ends[-1] - ends[0] if len(ends) == 2 else ends[0]) or 1.0
    d: Column = np.zeros(len(column))
    if low is not None and indicator.worse in ("low", "both"):
        critical = low - width if indicator.critical_low is None else indicator.critical_low
        d = np.maximum(d, _beyond(low - column, low - critical, width))
    if high is not None and indicator.worse in ("high", "both"):
        critical = high + width if indicator.critical_high is None else indicator.critical_high
        d = np.maximum(d, _beyond(column - high, critical - high, width))
    return d


def _beyond(distance: Column, to_critical: float, width: float) -> Column:
    """How far beyond a limit: 1 at the critical one; where the two are the same, whatever is beyond is critical."""
    import numpy as np

    outside = np.maximum(distance, 0)
    return outside / to_critical if to_critical > 0 else np.where(outside > 0, 1 + outside / width, 0)


# --- one person, in full


def person_health(
    person: Person, indicators: Mapping[str, Indicator], settings: HealthSettings, model: HealthModel | None = None
) -> PersonHealth:
    """H of one person, with each indicator; by the expert model unless a fitted one is given."""
    import numpy as np

    cohort = cohort_of([person])
    cap = float(settings.cap.value)
    statuses = tuple(_indicator(indicators[r.indicator], cohort, cap) for r in person.readings)
    expert = cohort_health(cohort, indicators, settings)
    status = STATUSES[int(expert.status[0])]
    missing: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()
    if model is not None:
        columns = fitted_columns(model, cohort)
        value, low, high = (column[0] for column in predict(model, columns))
        missing = tuple(f.name for f in model.features if np.isnan(columns[f.name][0]))
        beyond = tuple(
            f.name for f in model.features if f.name not in missing and not f.low <= columns[f.name][0] <= f.high
        )
    else:
        value, low, high = expert.value[0], expert.low[0], expert.high[0]
    known = not np.isnan(value)
    return PersonHealth(
        id=person.id,
        value=float(value) if known else None,
        interval=(float(low), float(high)) if known else None,
        status=status,
        indicators=statuses,
        missing=missing,
        beyond_fit=beyond,
    )


def _indicator(indicator: Indicator, cohort: Cohort, cap: float) -> IndicatorStatus:
    import numpy as np

    column = cohort.readings[indicator.name]
    low, high = deviations(indicator, column, cohort, cap)
    fitting = [r for r in indicator.references if may_fit(r, cohort)[0]]
    reference = fitting[0] if len(fitting) == 1 else Reference()
    return IndicatorStatus(
        indicator=indicator.name,
        label=indicator.label,
        value=float(column[0]),
        unit=indicator.unit,
        status=STATUSES[int(status_of(low, high)[0])],
        deviation=(0.0, 1.0) if np.isnan(low[0]) else (float(low[0]), float(high[0])),
        low=reference.low,
        high=reference.high,
        critical_low=indicator.critical_low,
        critical_high=indicator.critical_high,
        source=indicator.source,
    )


# --- a fitted model


def fitted_columns(model: HealthModel, cohort: Cohort) -> dict[str, Column]:
    """The columns that a model asks for: `sex` (1 for female), `age`, and indicators; NaN where there is none."""
    import numpy as np

    given = {**cohort.readings, "sex": cohort.female, "age": cohort.age}
    nothing = np.full(len(cohort.age), np.nan)
    return {f.name: given.get(f.name, nothing) for f in model.features}


def predict(model: HealthModel, columns: Mapping[str, Column]) -> tuple[Column, Column, Column]:
    """P(healthy) of each row, and its ends where values are missing: over the range in which they were seen.

    Args:
        model: The model.
        columns: For each feature an array of shape (n,), NaN where missing.
    """
    import numpy as np

    rows = len(next(iter(columns.values())))
    middle, low, high = (np.full(rows, model.intercept) for _ in range(3))
    for feature in model.features:
        column = columns[feature.name]
        missing = np.isnan(column)
        ends = sorted((feature.coefficient * feature.low, feature.coefficient * feature.high))
        given = feature.coefficient * column
        middle += np.where(missing, feature.coefficient * feature.median, given)
        low += np.where(missing, ends[0], given)
        high += np.where(missing, ends[1], given)
    none = np.all([np.isnan(columns[f.name]) for f in model.features], axis=0)
    value, least, most = (np.where(none, np.nan, 1 / (1 + np.exp(-x))) for x in (middle, low, high))
    return value, least, most
