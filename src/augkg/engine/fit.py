"""Fit a logistic model of health to a table of people, with scikit-learn.

table -> FIT -> model.health.HealthModel

Missing values are filled with the median, columns standardised, and an L2 penalty keeps coefficients in check, so that a
table whose columns tell healthy and ill apart without error still gives a model (and a caution). How well it does is
measured on people it was not fitted to, by stratified cross-validation. The model keeps coefficients on the scale of the
table; nothing of scikit-learn is stored.
"""

from math import log
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.stats import norm, rankdata

from augkg.errors import AugkgError
from augkg.model.health import MODEL_SCHEMA, SEX_CODES, Bin, Feature, FitMeasures, HealthModel

if TYPE_CHECKING:
    import pandas as pd

_BINS, _POINTS = 10, 60
_STRENGTH = 1.0
_PER_COLUMN = 10  # of the rarer kind; fewer for each column is commonly held to be too few


def fit_model(
    table: "pd.DataFrame",
    target: str,
    healthy: str | None = None,
    *,
    seed: int = 0,
    folds: int = 5,
    name: str = "",
    digest: str = "",
) -> HealthModel:
    """Fit a model.

    Args:
        table: One row for each person; columns of numbers are used, `id` is not.
        target: The column that says who is healthy; rows without it are left out.
        healthy: Its value that means healthy; 1, true or `healthy` unless given.
        seed: Of the folds.
        folds: How many.
        name: Of the table, for the record.
        digest: Of its bytes, for the record.

    Raises:
        AugkgError: There is no such column, not two kinds of people, too few of one, or no column to use.
    """
    import sklearn
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    truth, mark = _truth(table, target, healthy)
    rows = table[table[target].notna()].drop(columns=[target])
    columns, dropped = _columns(rows)
    fewest = int(min(truth.sum(), (~truth).sum()))
    if fewest < folds:
        raise AugkgError(
            "of one kind there are {n} people; at least {least} are needed for {folds} folds",
            n=fewest,
            least=folds,
            folds=folds,
        )
    if not columns:
        raise AugkgError("no column is left to fit a model to")
    x = np.column_stack(list(columns.values()))
    splits = StratifiedKFold(folds, shuffle=True, random_state=seed)
    unseen = cross_val_predict(_pipeline(), x, truth, cv=splits, method="predict_proba")[:, 1]
    fitted = _pipeline().fit(x, truth)
    scale, logistic = fitted[1], fitted[2]
    coefficients = logistic.coef_[0] / scale.scale_
    score = fitted.decision_function(x)
    checks = {
        "separable": score[truth].min() > score[~truth].max(),
        "few": fewest < _PER_COLUMN * len(columns),
        "missing": bool(np.isnan(x).any()),
    }
    return HealthModel(
        schema=MODEL_SCHEMA,
        target=target,
        healthy=mark,
        intercept=float(logistic.intercept_[0] - (coefficients * scale.mean_).sum()),
        features=tuple(
            Feature(
                name=column,
                coefficient=float(coefficients[i]),
                median=float(np.nanmedian(values)),
                low=float(np.nanmin(values)),
                high=float(np.nanmax(values)),
                missing=int(np.isnan(values).sum()),
            )
            for i, (column, values) in enumerate(columns.items())
        ),
        rows=len(truth),
        healthy_rows=int(truth.sum()),
        measures=measures(truth, unseen),
        dropped=dropped,
        table=name,
        table_hash=digest,
        software={"scikit-learn": sklearn.__version__, "numpy": np.__version__},
        seed=seed,
        folds=folds,
        regularisation=_STRENGTH,
        cautions=tuple(key for key, holds in checks.items() if holds),
    )


def _pipeline() -> Any:
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(
        SimpleImputer(strategy="median"), StandardScaler(), LogisticRegression(C=_STRENGTH, max_iter=10_000, tol=1e-10)
    )


def _truth(table: "pd.DataFrame", target: str, healthy: str | None) -> tuple[np.ndarray, str]:
    """Who is healthy, of those of whom it is said; and the value that means so."""
    if target not in table.columns:
        raise AugkgError("the table has no column `{name}`", name=target)
    column = table[target].dropna().map(_written)
    values = sorted(column.unique())
    if len(values) == 1:
        raise AugkgError("everybody in the column `{name}` has the value `{value}`", hint="a model needs healthy people and others", name=target, value=values[0])  # fmt: skip
    if len(values) != 2:
        raise AugkgError("the column `{name}` has {n} values; two are needed", name=target, n=len(values))
    mark = healthy if healthy is not None else next((v for v in values if v.lower() in ("1", "true", "healthy")), None)
    if mark not in values:
        known = ", ".join(values)
        hint = "name the value that means healthy with `--healthy`; the values are: {known}"
        raise AugkgError("nobody has the value `{value}` in the column `{name}`", hint=hint, value=mark or "1", name=target, known=known)  # fmt: skip
    return (column == mark).to_numpy(dtype=bool), str(mark)


def _written(value: object) -> str:
    """A value as a person writes it: 1 for 1.0."""
    return f"{value:g}" if isinstance(value, float) else str(value)


def _columns(rows: "pd.DataFrame") -> tuple[dict[str, np.ndarray], dict[str, str]]:
    """The columns to use, and those that are not, with the reason."""
    import pandas as pd

    used: dict[str, np.ndarray] = {}
    dropped: dict[str, str] = {}
    for heading in rows.columns:
        name, column = str(heading), rows[heading]
        name = name.lower() if name.lower() in ("id", "sex", "age") else name
        if name == "id":
            continue
        if name == "sex":
            if pd.api.types.is_numeric_dtype(column):
                dropped[name] = "numbers, of which nobody says which is which: write female and male"
                continue
            column = column.astype("string").str.strip().str.lower().map(SEX_CODES)
        values = pd.to_numeric(column, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
        given = values[~np.isnan(values)]
        if column.notna().sum() > len(given):
            dropped[name] = "not numbers"
        elif len(given) * 2 < len(values):
            dropped[name] = "no value for most"
        elif len(np.unique(given)) < 2:
            dropped[name] = "the same for all"
        else:
            used[name] = values
    return used, dropped


def measures(truth: np.ndarray, predicted: np.ndarray) -> FitMeasures:
    """How well probabilities fit what is true.

    Args:
        truth: Who is healthy, of shape (n,).
        predicted: P(healthy), of shape (n,).
    """
    from sklearn.calibration import calibration_curve
    from sklearn.metrics import average_precision_score, brier_score_loss, precision_recall_curve

    observed, mean = calibration_curve(truth, predicted, n_bins=_BINS, strategy="quantile")
    edges = np.unique(np.quantile(predicted, np.linspace(0, 1, _BINS + 1)))
    counts = np.histogram(predicted, edges)[0]
    precision, recall, _ = precision_recall_curve(truth, predicted)
    kept = np.unique(np.linspace(0, len(recall) - 1, _POINTS).astype(int))
    area, interval = auc(truth, predicted)
    return FitMeasures(
        auc=area,
        auc_interval=interval,
        brier=float(brier_score_loss(truth, predicted)),
        average_precision=float(average_precision_score(truth, predicted)),
        calibration_slope=_slope(truth, predicted),
        calibration=tuple(
            Bin(predicted=float(p), observed=float(o), count=int(n))
            for p, o, n in zip(mean, observed, counts[counts > 0], strict=True)
        ),
        precision_recall=tuple((float(recall[i]), float(precision[i])) for i in kept),
    )


def auc(truth: np.ndarray, predicted: np.ndarray) -> tuple[float, tuple[float, float]]:
    """The area under the ROC curve with an interval of 95 %.

    Source: DeLong, DeLong, Clarke-Pearson, Biometrics 44 (1988) 837.

    Examples:
        >>> auc(np.array([True, True, False, False]), np.array([0.9, 0.4, 0.6, 0.1]))[0]
        0.75
    """
    healthy, others = predicted[truth], predicted[~truth]
    m, n = len(healthy), len(others)
    ranks = rankdata(np.concatenate([healthy, others]))
    of_healthy = (ranks[:m] - rankdata(healthy)) / n
    of_others = 1 - (ranks[m:] - rankdata(others)) / m
    area = float(of_healthy.mean())
    spread = (of_healthy.var(ddof=1) / m if m > 1 else 0.0) + (of_others.var(ddof=1) / n if n > 1 else 0.0)
    half = float(norm.ppf(0.975) * np.sqrt(spread))
    return area, (max(0.0, area - half), min(1.0, area + half))


def _slope(truth: np.ndarray, predicted: np.ndarray) -> float:
    """The slope of truth on the log-odds predicted."""
    from sklearn.linear_model import LogisticRegression

    edge = 1e-6
    odds = np.log(np.clip(predicted, edge, 1 - edge) / (1 - np.clip(predicted, edge, 1 - edge)))
    if odds.std() < log(1 + edge):
        return 0.0
    return float(LogisticRegression(C=1e6, max_iter=10_000).fit(odds[:, None], truth).coef_[0, 0])
