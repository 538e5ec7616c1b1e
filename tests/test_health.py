"""H: indicators against ranges, units, people of unknown sex or age, tables, fitted models."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from augkg import api
from augkg.engine.health import person_health
from augkg.errors import AugkgError
from augkg.model.assessment import Assessment
from augkg.model.health import HealthModel
from augkg.model.rulebook import Rulebook
from augkg.model.scores import HealthScore, PersonHealth
from tests.test_messages import augkg

Judge = Callable[..., Assessment]
WOMAN = "subject: Woman\nmeasures: {age: 34 a}\n"


def health(judge: Judge, text: str) -> HealthScore:
    scores = judge(text).scores
    assert scores is not None
    return scores.health


def person(judge: Judge, text: str) -> PersonHealth:
    (found,) = health(judge, text).people
    return found


# --- one person


def test_with_all_in_range_h_is_that_of_the_baseline(judge: Judge) -> None:
    found = person(judge, WOMAN + "health: {Haemoglobin: 13 g/dL, Sodium: 140 mmol/L}")
    assert (found.status, found.value) == ("normal", pytest.approx(1 / (1 + np.exp(-3))))
    assert found.interval == (pytest.approx(1 / (1 + np.exp(-2.2))), pytest.approx(1 / (1 + np.exp(-4))))


def test_at_a_critical_limit_h_is_one_half(judge: Judge) -> None:
    found = person(judge, WOMAN + "health: {Haemoglobin: 6 g/dL}")
    assert (found.status, found.value) == ("critical", pytest.approx(0.5))
    outside = person(judge, WOMAN + "health: {Haemoglobin: 9 g/dL}")
    assert outside.indicators[0].deviation == (pytest.approx(0.5), pytest.approx(0.5))
    assert outside.status == "outside"


def test_a_direction_that_is_not_bad_does_not_count(judge: Judge) -> None:
    assert person(judge, WOMAN + "health: {HdlCholesterol: 90 mg/dL}").status == "normal"
    assert person(judge, WOMAN + "health: {CReactiveProtein: 0 mg/L}").status == "normal"
    # Where the critical limit is the limit of the range, whatever is beyond it is critical.
    assert person(judge, WOMAN + "health: {SystolicBloodPressure: '88 mm[Hg]'}").status == "critical"


@pytest.mark.parametrize(
    ("stated", "value"),
    [
        ("Haemoglobin: 131 g/L", 13.1),
        ("Hemoglobin: 13.1", 13.1),
        ("718-7: 13.1 g/dL", 13.1),
        ("血红蛋白: 13.1 g/dL", 13.1),
        ("FastingGlucose: 5.5 mmol/L", 99.09),
        ("Creatinine: 80 umol/L", 0.905),
        ("Calcium: 2.4 mmol/L", 9.619),
        ("UreaNitrogen: 5 mmol/L", 14.007),
        ("BodyTemperature: '98.6 [degF]'", 37.0),
        ("PlateletCount: 250 10*9/L", 250.0),
        ("GlycatedHaemoglobin: 5.2 %", 5.2),
        ("ArterialPh: '7.4 [pH]'", 7.4),
    ],
)
def test_units_convert_and_names_are_many(judge: Judge, stated: str, value: float) -> None:
    (found,) = person(judge, WOMAN + f"health: {{{stated}}}").indicators
    assert found.value == pytest.approx(value, rel=1e-3)


def test_every_unit_on_file_is_a_unit(rulebook: Rulebook) -> None:
    from augkg.units import convert_ucum

    for indicator in rulebook.vocabulary.evidence.indicators.values():
        assert convert_ucum(2.0, indicator.unit, indicator.unit) == 2.0
    loincs = [i.loinc for i in rulebook.vocabulary.evidence.indicators.values() if i.loinc]
    assert len(loincs) == len(set(loincs)) == 80  # the questionnaire of simulator sickness has none
    for code in loincs:
        digits, check = code.split("-")
        assert _mod10(digits) == int(check), code


def _mod10(digits: str) -> int:
    """The check digit of a LOINC code (Luhn, mod 10)."""
    total = sum(sum(divmod(int(d) * (2 if i % 2 == 0 else 1), 10)) for i, d in enumerate(reversed(digits)))
    return -total % 10


def test_sex_and_age_that_are_not_known(judge: Judge) -> None:
    adult = person(judge, "subject: Adult\nhealth: {Haemoglobin: 13 g/dL, Sodium: 140 mmol/L}")
    # 13 g/dL is normal for a woman, low for a man.
    assert adult.status == "unknown"
    assert adult.value is not None
    assert adult.interval is not None
    assert adult.interval[0] < adult.value < adult.interval[1]
    assert {i.indicator: i.status for i in adult.indicators} == {"Haemoglobin": "unknown", "Sodium": "normal"}
    both = person(judge, "subject: Adult\nhealth: {Haemoglobin: 11 g/dL}")
    assert both.status == "outside"
    for nobody in ("", "subject: Child\nmeasures: {age: 9 a}\n"):
        unknown = person(judge, nobody + "health: {Haemoglobin: 13 g/dL}")
        assert (unknown.value, unknown.status) == (None, "unknown")


def test_the_programme_has_gaps(judge: Judge) -> None:
    found = health(judge, "safeguard: {EligibilityStandard: true, FifteenYearFollowUp: true, EmergencyPlan: false}")
    assert {i.safeguard: i.holds for i in found.programme.items} == {
        "EligibilityStandard": True,
        "HealthCheckBefore": None,
        "MonitoringDuring": None,
        "LongTermFollowUp": True,  # fifteen years are long
        "EmergencyPlan": False,
        "HealthEducation": None,
    }
    assert (found.programme.value, found.programme.interval) == (2 / 6, (2 / 6, 5 / 6))


# --- many people


def test_several_people_and_a_table_beside_the_scenario(rulebook: Rulebook, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(
        "id,sex,age,Haemoglobin,Creatinine [umol/L]\na,female,34,13.1,70\nb,男,51,9,\n"
    )
    head = "id: s\ndate: 2024-01-01\njurisdiction: GB\n"
    (tmp_path / "s.yaml").write_text(head + "health: people.csv\n")
    listed = "health:\n- {id: a, sex: female, age: 34 a, Haemoglobin: 13.1 g/dL, Creatinine: 70 umol/L}\n- {id: b, sex: male, age: 51, Haemoglobin: 9}\n"
    table = api.read_scenario(tmp_path / "s.yaml", rulebook)
    written = api.read_scenario((head + listed).encode(), rulebook)
    found, same = (api.assess(rulebook, each).scores for each in (table, written))
    assert found is not None
    assert same is not None
    assert found.health.people == same.health.people
    assert (found.health.count, found.health.status, found.health.counts) == (2, "outside", {"normal": 1, "outside": 1})


def test_a_frame_that_joins_risk_and_health(rulebook: Rulebook) -> None:
    table = pd.DataFrame(
        {"id": ["a", "b", "c"], "sex": ["f", "m", None], "age": [34, 51, 40], "Haemoglobin": [13.1, 5, 15]}
    )
    risks = pd.DataFrame({"id": ["c", "b", "b"], "risk": [0.5, 0.3, 0.1], "weight": [1, 1, 1]})
    scenario = api.read_scenario(Path("examples/scenarios/worked-example.yaml"), rulebook)
    frame = api.people(rulebook, table, scenario, risks=risks)
    assert list(frame.columns) == ["risk", "weight", "risk_score", "health_status", "health_score"]
    assert frame.index.name == "id"
    assert frame["risk_score"].to_dict() == {"a": 0.011, "b": 0.4, "c": 0.5}
    assert list(frame["health_status"]) == ["normal", "critical", "normal"]
    described = frame.describe()
    assert {"risk", "weight", "risk_score", "health_score"} <= set(described.columns)
    assert described.loc["count", "health_score"] == 3


def test_people_one_by_one_and_all_together_are_judged_alike(rulebook: Rulebook) -> None:
    chance = np.random.default_rng(3)
    n = 300
    table = pd.DataFrame(
        {
            "id": range(n),
            "sex": chance.choice(["female", "male", None], n),
            "age": np.where(chance.random(n) < 0.2, np.nan, chance.integers(5, 90, n)),
            "Haemoglobin": chance.normal(13, 3, n),
            "ESR": np.where(chance.random(n) < 0.3, np.nan, chance.normal(15, 8, n).clip(0)),
            "Potassium": chance.normal(4.3, 0.9, n),
        }
    )
    frame = api.people(rulebook, table)
    profile, indicators = rulebook.profiles["default"].health, rulebook.vocabulary.evidence.indicators
    for row in table.to_dict("records"):
        entries = {k: v for k, v in row.items() if v is not None and v == v}
        tree = {"id": "s", "date": "2024-01-01", "jurisdiction": "GB", "health": entries}
        (person,) = api.read_scenario(json.dumps(tree).encode(), rulebook).people
        one = person_health(person, indicators, profile)
        many = frame.loc[row["id"]]
        assert many["health_status"] == one.status
        assert np.isnan(many["health_score"]) if one.value is None else many["health_score"] == pytest.approx(one.value)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"Hemoglobine": [1]}, "the column `Hemoglobine` is no indicator (did you mean `Haemoglobin`?)"),
        ({"Haemoglobin [mmHg]": [1]}, "`mmHg` does not convert to the unit of `Haemoglobin`"),
        ({"Haemoglobin": ["high"]}, "row 2 of the column `Haemoglobin` holds `high`, which is no number"),
        ({"Haemoglobin": [13], "Hemoglobin": [12]}, "`Haemoglobin` is stated twice"),
        ({"sex": ["x"]}, "row 2 of the column `sex` holds `x` (`sex` is `female` or `male`)"),
    ],
)
def test_tables_that_are_wrong(rulebook: Rulebook, table: dict[str, list[object]], message: str) -> None:
    with pytest.raises(AugkgError) as caught:
        api.people(rulebook, pd.DataFrame(table))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("health: {Hemoglobine: 13}", "`Hemoglobine` is no indicator (did you mean `Haemoglobin`?)"),
        ("health: {Haemoglobin: 13 mmol/L}", "does not convert to the unit of `Haemoglobin` (use g/dL (UCUM))"),
        ("health: {Haemoglobin: high}", "`Haemoglobin` takes a number and a unit"),
        ("health: {Haemoglobin: 13, Hemoglobin: 12}", "`Haemoglobin` is stated twice"),
        ("health: {sex: f}", "`sex` is `female` or `male`"),
        ("health: {age: old}", "`age` is a number of years"),
        ("health: nowhere.csv", "there is no file"),
        ("health: 13", "`health` is a table of indicators"),
    ],
)
def test_health_that_is_wrong(make: Callable[..., object], text: str, message: str) -> None:
    with pytest.raises(AugkgError) as caught:
        make(text)
    assert message in str(caught.value)
    assert "made.yaml:4:" in str(caught.value)


# --- a fitted model


@pytest.fixture(scope="module")
def diabetes() -> pd.DataFrame:
    """442 patients with diabetes and how it went after a year: Efron, Hastie, Johnstone and Tibshirani (2004).

    It ships with scikit-learn (BSD-3); the data themselves bear no licence of their own. Healthy is here whose disease went
    on less than in the median patient.
    """
    from sklearn.datasets import load_diabetes

    frame = load_diabetes(as_frame=True, scaled=False).frame
    names = {
        "bmi": "BodyMassIndex",
        "bp": "MeanArterialPressure",
        "s2": "LdlCholesterol",
        "s3": "HdlCholesterol",
        "s6": "FastingGlucose",
    }
    frame = frame.rename(columns=names)
    frame["sex"] = frame["sex"].map({1.0: "female", 2.0: "male"})
    frame["healthy"] = (frame.pop("target") < 140.5).astype(int)
    return frame[["age", "sex", *names.values(), "healthy"]]


@pytest.fixture(scope="module")
def model(diabetes: pd.DataFrame) -> HealthModel:
    return api.fit(diabetes, "healthy")


def test_a_model_of_real_patients(model: HealthModel) -> None:
    assert (model.rows, model.healthy_rows, len(model.features)) == (442, 221, 7)
    low, high = model.measures.auc_interval
    assert 0.75 < low < model.measures.auc < high < 0.9
    assert 0.1 < model.measures.brier < 0.2
    assert 0.8 < model.measures.calibration_slope < 1.2
    assert model.cautions == ()
    assert sum(b.count for b in model.measures.calibration) == 442
    coefficients = {f.name: f.coefficient for f in model.features}
    assert coefficients["BodyMassIndex"] < 0 < coefficients["HdlCholesterol"]


def test_it_gives_the_same_probabilities_as_scikit_learn_and_after_reload(
    model: HealthModel, diabetes: pd.DataFrame, tmp_path: Path
) -> None:
    from augkg.engine.fit import _pipeline
    from augkg.engine.health import predict

    (tmp_path / "model.json").write_bytes(api.to_json(model))
    again = api.read_model(tmp_path / "model.json")
    assert again == model
    frame = diabetes.assign(sex=diabetes["sex"].map({"female": 1.0, "male": 0.0}))
    columns = {f.name: frame[f.name].to_numpy(dtype=float) for f in model.features}
    ours, reloaded = predict(model, columns)[0], predict(again, columns)[0]
    theirs = (
        _pipeline()
        .fit(np.column_stack(list(columns.values())), diabetes["healthy"])
        .predict_proba(np.column_stack(list(columns.values())))[:, 1]
    )
    assert np.abs(ours - reloaded).max() == 0
    assert np.abs(ours - theirs).max() < 1e-12


def test_assess_uses_a_fitted_model(model: HealthModel, tmp_path: Path) -> None:
    (tmp_path / "model.json").write_bytes(api.to_json(model))
    scenario = "id: a\ndate: 2024-01-01\njurisdiction: GB\nsubject: Woman\nmeasures: {age: 50 a}\nhealth: {BodyMassIndex: 60, FastingGlucose: 5 mmol/L}\n"
    (tmp_path / "s.yaml").write_text(scenario)
    code, out, err = augkg(
        "assess", str(tmp_path / "s.yaml"), "-f", "json", "--exit-zero", "--model", str(tmp_path / "model.json")
    )
    assert (code, err) == (0, "")
    found = json.loads(out)["scores"]["health"]
    assert found["method"] == "fitted: healthy"
    (one,) = found["people"]
    assert one["missing"] == ["MeanArterialPressure", "LdlCholesterol", "HdlCholesterol"]
    assert one["beyond_fit"] == ["BodyMassIndex"]
    assert one["interval"][0] < one["value"] < one["interval"][1]


def test_the_command_fits_and_draws(diabetes: pd.DataFrame, tmp_path: Path) -> None:
    diabetes.rename(columns={"FastingGlucose": "Glucose [mg/dL]"}).to_csv(tmp_path / "t.csv", index=False)
    code, out, err = augkg("--lang", "en", "fit", str(tmp_path / "t.csv"), "--target", "healthy", "-o", str(tmp_path / "m.json"), "--svg", str(tmp_path / "c.svg"))  # fmt: skip
    assert (code, err) == (0, "")
    assert "442 people, 221 of them healthy; 7 columns used\nAUC 0.8" in out
    model = api.read_model(tmp_path / "m.json")
    assert "FastingGlucose" in {f.name for f in model.features}
    assert (model.table, len(model.table_hash)) == ("t.csv", 32)
    assert (tmp_path / "c.svg").read_text().count("<circle") == 10


def cohort(n: int = 80) -> pd.DataFrame:
    chance = np.random.default_rng(1)
    x = chance.normal(size=n)
    return pd.DataFrame({"a": x, "b": chance.normal(size=n), "ok": (x + chance.normal(size=n) > 0).astype(int)})


def test_what_a_table_may_hold_besides(tmp_path: Path) -> None:
    table = cohort().assign(same=1, word="x", rare=np.nan, id=range(80), Sex=[1, 2] * 40)
    table.loc[:3, "rare"] = [1.0, 2.0, 3.0, 4.0]
    table.loc[5:20, "b"] = np.nan
    table.loc[30, "ok"] = np.nan
    model = api.fit(table, "ok")
    assert [f.name for f in model.features] == ["a", "b"]
    assert model.dropped == {
        "same": "the same for all",
        "word": "not numbers",
        "rare": "no value for most",
        "sex": "numbers, of which nobody says which is which: write female and male",
    }
    assert (model.rows, model.features[1].missing, model.cautions) == (79, 16, ("missing",))


def test_columns_that_tell_all_apart_are_said_to() -> None:
    table = cohort()
    table["a"] = table["ok"] * 2.0 + np.linspace(0, 0.5, 80)
    model = api.fit(table, "ok")
    assert model.cautions == ("separable",)
    assert model.measures.auc == 1.0
    assert all(np.isfinite(f.coefficient) for f in model.features)


def test_chance_predicts_nothing() -> None:
    table = cohort(400)
    table["ok"] = np.random.default_rng(9).integers(0, 2, 400)
    low, high = api.fit(table, "ok").measures.auc_interval
    assert low < 0.55
    assert high > 0.45


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"ok": 1}, "everybody in the column `ok` has the value `1` (a model needs healthy people and others)"),
        ({"ok": range(80)}, "the column `ok` has 80 values; two are needed"),
        ({"ok": ["well", "ill"] * 40}, "name the value that means healthy with `--healthy`; the values are: ill, well"),
        ({"ok": [1] * 3 + [0] * 77}, "of one kind there are 3 people; at least 5 are needed for 5 folds"),
        ({"a": 1, "b": "x"}, "no column is left to fit a model to"),
    ],
)
def test_tables_no_model_can_be_fitted_to(change: dict[str, object], message: str) -> None:
    with pytest.raises(AugkgError) as caught:
        api.fit(cohort().assign(**change), "ok")
    assert message in str(caught.value)


def test_a_missing_target_and_a_file_that_is_no_model(tmp_path: Path, rulebook: Rulebook) -> None:
    with pytest.raises(AugkgError, match="the table has no column `well`"):
        api.fit(cohort(), "well")
    (tmp_path / "m.json").write_text('{"schema": "something"}')
    with pytest.raises(AugkgError, match="this is no model of health"):
        api.read_model(tmp_path / "m.json")
    (tmp_path / "n.json").write_bytes(api.to_json(api.fit(cohort(), "ok")))
    with pytest.raises(AugkgError, match="the model asks for `a`, which is no indicator"):
        api.read_model(tmp_path / "n.json", rulebook.vocabulary.evidence.indicators)


def test_the_interval_of_auc_is_that_of_delong() -> None:
    """Against the variance by its definition: all pairs of a healthy and another person."""
    from scipy.stats import norm

    from augkg.engine.fit import auc

    chance = np.random.default_rng(5)
    truth = chance.random(60) < 0.4
    predicted = np.round(truth * 0.8 + chance.normal(size=60), 1)
    pairs = (predicted[truth][:, None] > predicted[~truth]) + 0.5 * (predicted[truth][:, None] == predicted[~truth])
    m, n = pairs.shape
    spread = pairs.mean(axis=1).var(ddof=1) / m + pairs.mean(axis=0).var(ddof=1) / n
    area, (low, high) = auc(truth, predicted)
    assert area == pytest.approx(pairs.mean())
    assert (high - low) / 2 == pytest.approx(norm.ppf(0.975) * np.sqrt(spread))
