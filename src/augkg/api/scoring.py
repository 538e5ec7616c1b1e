"""Explain scores, draw them, and join risk and health of many people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from augkg.api.assessing import assess
from augkg.api.rulebooks import DEFAULT_PROFILE, find_profile
from augkg.engine.draws import points_of
from augkg.engine.evaluation import Evaluation
from augkg.engine.hazards import HazardFinder
from augkg.engine.risk import Risk
from augkg.errors import AugkgError, Location
from augkg.model.health import MODEL_SCHEMA, HealthModel
from augkg.model.profile import Profile
from augkg.model.rulebook import Rulebook
from augkg.model.scenario import Scenario
from augkg.model.scores import Sensitivity
from augkg.model.vocabulary import Vocabulary

if TYPE_CHECKING:
    import pandas as pd


def profile_of(rulebook: Rulebook, name: str = DEFAULT_PROFILE) -> Profile:
    """How scores are set under a name, or in a file.

    Raises:
        AugkgError: There is no such profile.
    """
    profile = find_profile(rulebook, name)
    assert profile is not None, "a rulebook that was loaded has profiles"
    return profile


def explain_risk(
    rulebook: Rulebook, scenario: Scenario, as_of: date | None = None, profile: str = DEFAULT_PROFILE
) -> Sensitivity | None:
    """What the interval of F consists of, and which unknown is worth finding out; None where nothing bears on it.

    Examples:
        >>> from augkg import load, read_scenario
        >>> rulebook = load()
        >>> scenario = read_scenario(b"{id: a, date: 2026-01-01, jurisdiction: GB, technology: CarTCellTherapy}", rulebook)
        >>> explain_risk(rulebook, scenario).swings[0].input
        'CytokineReleaseSyndrome'
    """
    settings = profile_of(rulebook, profile).risk
    bearings = HazardFinder(Evaluation(rulebook, [scenario], as_of), settings).bearings()
    if not bearings:
        return None
    from augkg.engine.sensitivity import sensitivity

    return sensitivity(Risk(bearings, rulebook.vocabulary.evidence, settings), rulebook.vocabulary, points_of(rulebook))


def people(
    rulebook: Rulebook,
    table: pd.DataFrame | Path,
    scenario: Scenario | None = None,
    *,
    profile: str = DEFAULT_PROFILE,
    model: HealthModel | None = None,
    risks: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Risk and health of people, joined by `id`.

    Args:
        rulebook: The rulebook.
        table: One row for each person, with `id`, `sex`, `age` and a column for each indicator (a unit of another kind in
            brackets: `Creatinine [umol/L]`); `risk` and `weight` where they are known.
        scenario: What is done to them: its F is the risk of those of whom nothing else says one, with weight 1.
        profile: How scores are set.
        model: A fitted model of health; the expert one unless given.
        risks: Another table with `id`, `risk` and, unless it is 1, `weight`; of a person with several risks the weights
            are added up, and the risk is their weighted mean, so that the product is Σ w·r.

    Returns:
        A frame indexed by `id` with the columns `risk`, `weight`, `risk_score` (their product), `health_status` (`normal`,
        `unknown`, `outside` or `critical`) and `health_score` (H), made for `describe()`.

    Raises:
        AugkgError: What is wrong with the table, all of it.

    Examples:
        >>> import pandas as pd
        >>> from augkg import load
        >>> frame = people(load(), pd.DataFrame({"id": ["a", "b"], "sex": ["female", "male"], "age": [34, 51],
        ...     "Haemoglobin": [13.1, 9.0], "risk": [0.011, 0.011], "weight": [1, 2]}))
        >>> frame[["risk_score", "health_status"]].to_dict("records")
        [{'risk_score': 0.011, 'health_status': 'normal'}, {'risk_score': 0.022, 'health_status': 'outside'}]
    """
    import numpy as np
    import pandas as pd

    from augkg.engine.health import STATUSES, Cohort, cohort_health, fitted_columns, predict
    from augkg.intake.people import people_columns, read_table

    name = str(table) if isinstance(table, Path) else "table"
    rows = read_table(table) if isinstance(table, Path) else table
    female, age, readings = people_columns(rows, rulebook.vocabulary, Location(name))
    cohort = Cohort(female=female, age=age, readings=readings)
    found = cohort_health(cohort, rulebook.vocabulary.evidence.indicators, profile_of(rulebook, profile).health)
    score = predict(model, fitted_columns(model, cohort))[0] if model else found.value
    ids = rows["id"] if "id" in rows.columns else pd.RangeIndex(1, len(rows) + 1)
    frame = pd.DataFrame(index=pd.Index(ids, name="id"))
    scores = assess(rulebook, scenario, profile=profile).scores if scenario else None
    common = {"risk": scores.risk.value if scores else None, "weight": 1.0}
    by_person = None if risks is None else _by_person(risks)
    for column, otherwise in common.items():
        own = rows[column].to_numpy(dtype=float) if column in rows.columns else np.full(len(rows), np.nan)
        frame[column] = own
        if by_person is not None:
            frame[column] = frame[column].fillna(by_person[column])
        frame[column] = frame[column].fillna(np.nan if otherwise is None else otherwise)
    frame["risk_score"] = frame["risk"] * frame["weight"]
    frame["health_status"] = pd.Categorical.from_codes(found.status, categories=list(STATUSES), ordered=True)
    frame["health_score"] = score
    return frame


def _by_person(risks: pd.DataFrame) -> pd.DataFrame:
    """The weights of each person added up, and the weighted mean of the risks."""
    weight = risks["weight"] if "weight" in risks.columns else 1.0
    rows = risks.assign(weight=weight, score=risks["risk"] * weight)
    found = rows.groupby("id")[["score", "weight"]].sum()
    return found.assign(risk=found["score"] / found["weight"])


def fit(
    table: pd.DataFrame | Path,
    target: str,
    healthy: str | None = None,
    *,
    seed: int = 0,
    folds: int = 5,
    vocabulary: Vocabulary | None = None,
) -> HealthModel:
    """Fit a logistic model of health to a table; see `engine.fit`.

    Args:
        table: One row for each person.
        target: The column that says who is healthy.
        healthy: Its value that means healthy; 1, true or `healthy` unless given.
        seed: Of the folds.
        folds: How many.
        vocabulary: Whose indicators columns are taken to be, in the unit in brackets, under whatever name of theirs; other
            columns keep their names.

    Raises:
        AugkgError: The table cannot be read, or no model can be fitted to it.
    """
    from augkg.engine.fit import fit_model
    from augkg.intake.people import as_indicators, read_table
    from augkg.resources import hash_files

    rows = read_table(table) if isinstance(table, Path) else table
    name, digest = (table.name, hash_files([table])) if isinstance(table, Path) else ("", "")
    if vocabulary is not None:
        rows = as_indicators(rows, vocabulary, Location(name or "table"), target)
    return fit_model(rows, target, healthy, seed=seed, folds=folds, name=name, digest=digest)


def read_model(path: Path, columns: Mapping[str, object] | None = None) -> HealthModel:
    """Read a fitted model.

    Args:
        path: The file that `fit` wrote.
        columns: What may be asked for: the indicators on file, beside `sex` and `age`; anything unless given.

    Raises:
        AugkgError: It is no such file, or asks for what is no indicator.
    """
    import msgspec

    try:
        model = msgspec.json.decode(path.read_bytes(), type=HealthModel)
    except OSError as error:
        raise AugkgError("cannot read the file: {why}", at=Location(str(path)), why=error.strerror or error) from None
    except msgspec.MsgspecError as error:
        raise AugkgError("this is no model of health: {why}", at=Location(str(path)), why=error) from None
    if model.schema != MODEL_SCHEMA:
        raise AugkgError("this is no model of health: {why}", at=Location(str(path)), why=model.schema)
    for feature in model.features if columns is not None else ():
        if feature.name not in {*(columns or {}), "sex", "age"}:
            raise AugkgError(
                "the model asks for `{name}`, which is no indicator",
                at=Location(str(path)),
                hint="a model made by `augkg fit` from a table whose columns are named after indicators",
                name=feature.name,
            )
    return model
