"""A logistic model of health, fitted to somebody's table: coefficients with where they come from. Plain JSON."""

from __future__ import annotations

from augkg.model.base import Value

MODEL_SCHEMA = "augkg/health-model/1"

SEX_CODES = {"female": 1.0, "f": 1.0, "女": 1.0, "male": 0.0, "m": 0.0, "男": 0.0}
"""How a table may write a person's sex, and the number that a model takes it for."""


class Feature(Value, frozen=True, kw_only=True):
    """One column of the table: its coefficient on the scale of the table, its median, and the range it was seen in."""

    name: str
    coefficient: float
    median: float
    low: float
    high: float
    missing: int = 0


class Bin(Value, frozen=True, kw_only=True):
    """People of like predicted probability: the mean that was predicted, the share that was observed, how many they are."""

    predicted: float
    observed: float
    count: int


class FitMeasures(Value, frozen=True, kw_only=True):
    """How well the model does on people it was not fitted to (stratified cross-validation).

    Args:
        auc: The area under the ROC curve.
        auc_interval: Of 95 %, after DeLong.
        brier: The mean squared error of the probabilities.
        average_precision: The area under the precision-recall curve.
        calibration_slope: 1 where predictions are neither too extreme nor too timid.
        calibration: Predicted against observed.
        precision_recall: Points (recall, precision) of the curve.
    """

    auc: float
    auc_interval: tuple[float, float]
    brier: float
    average_precision: float
    calibration_slope: float
    calibration: tuple[Bin, ...]
    precision_recall: tuple[tuple[float, float], ...]


class HealthModel(Value, frozen=True, kw_only=True):
    """P(healthy) = 1 / (1 + exp(−(intercept + Σ coefficient·value))), a missing value taken to be the median.

    Args:
        schema: `augkg/health-model/1`.
        target: The column that was predicted.
        healthy: The value of it that means health.
        features: The columns used.
        dropped: Columns that were not used, and why.
        rows: How many people it was fitted to.
        healthy_rows: How many of them were healthy.
        table: The name of the table.
        table_hash: Of its bytes.
        software: Versions of what fitted it.
        seed: Of the folds.
        folds: How many.
        regularisation: The inverse strength C of the L2 penalty.
        cautions: `separable`, `few` or `missing`.
    """

    schema: str
    target: str
    healthy: str
    intercept: float
    features: tuple[Feature, ...]
    rows: int
    healthy_rows: int
    measures: FitMeasures
    dropped: dict[str, str] = {}
    table: str = ""
    table_hash: str = ""
    software: dict[str, str] = {}
    seed: int = 0
    folds: int = 5
    regularisation: float = 1.0
    cautions: tuple[str, ...] = ()
