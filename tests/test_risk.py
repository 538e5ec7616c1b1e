"""F: the method's worked example, what is chosen and pooled, what the class is set by, and published values."""

import json
from collections.abc import Callable
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from augkg import api
from augkg.engine.draws import Drawing, make_points
from augkg.engine.sensitivity import pert, sobol_indices
from augkg.errors import AugkgError
from augkg.model.assessment import Assessment
from augkg.model.rulebook import Rulebook
from augkg.model.scores import RiskScore, RiskTerm
from augkg.terms import EstimateKind, Evidence, RiskClass, Severity
from tests.test_messages import augkg

Judge = Callable[..., Assessment]


def risk(judge: Judge, text: str) -> RiskScore:
    scores = judge(text).scores
    assert scores is not None
    return scores.risk


def term(found: RiskScore, hazard: str) -> RiskTerm:
    return next(t for t in found.terms if t.hazard == hazard)


# --- the worked example


def test_the_worked_example_is_exact() -> None:
    code, out, _ = augkg("assess", "examples/scenarios/worked-example.yaml", "-f", "json", "--exit-zero")
    assert code == 0
    found = json.loads(out)["scores"]["risk"]
    assert found["value"] == 0.011
    assert found["interval"] == [0.011, 0.011]


def test_the_worked_example_with_weights(judge: Judge) -> None:
    """By hand: 0.3 · 0.001 + 0.7 · 0.01 = 0.0073; over the sum of the weights, 1, the same."""
    hazards = "hazards: [{hazard: GeneMutation, likelihood: 0.001, weight: 0.3}, {hazard: ImmuneReaction, likelihood: 0.01, weight: 0.7}]"
    found = risk(judge, f"technology: GenomeEditing\n{hazards}")
    assert found.value == found.normalised == 0.0073
    twice = risk(judge, f"technology: GenomeEditing\n{hazards.replace('0.3', '0.6').replace('0.7', '1.4')}")
    assert (twice.value, twice.normalised) == (0.0146, 0.0073)


def test_the_worked_example_stands_in_the_graph(judge: Judge) -> None:
    found = risk(judge, "technology: GenomeEditing\nhazards: [GeneMutation, ImmuneReaction]")
    assert found.value == 0.011
    assert {s.evidence for t in found.terms for s in t.sources} == {Evidence.WORKED_EXAMPLE}


# --- which hazards, which estimates


def test_hazards_come_down_the_tree_and_are_narrowed_by_target(judge: Judge) -> None:
    somatic = risk(judge, "technology: CRISPRCas9\ntarget: TCell")
    assert term(somatic, "LargeDeletion").inherited[1].chain == (
        "TCell",
        "ImmuneCell",
        "SpecialisedCell",
        "SomaticCell",
    )
    embryo = risk(judge, "technology: CRISPRCas9\ntarget: Zygote")
    assert term(embryo, "LossOfChromosome").estimates == ("R004",)
    assert "LargeDeletion" not in {t.hazard for t in embryo.terms}


def test_what_may_apply_widens_the_interval_alone(judge: Judge) -> None:
    broad = risk(judge, "technology: GenomeEditing\ntarget: HumanEmbryo")
    assert (broad.value, broad.median, broad.risk_class, broad.class_by) == (None, None, None, None)
    assert broad.class_range == (RiskClass.LOW, RiskClass.EXTREME)
    assert {t.hazard for t in broad.terms if not t.applies} >= {"LossOfChromosome", "Mosaicism"}
    assert broad.interval is not None
    assert broad.interval[0] == 0 < 1 < broad.interval[1]
    assert broad.cautions == ("may-apply",)


def test_nothing_on_file_is_not_a_risk_of_nought(judge: Judge) -> None:
    found = risk(judge, "technology: MagnetImplant\nact: PlayingGame")
    assert (found.value, found.risk_class, found.cautions) == (None, None, ("no-hazard",))


def test_estimates_are_chosen_and_pooled_by_rule(judge: Judge) -> None:
    cells = term(risk(judge, "technology: CarTCellTherapy"), "SevereCytokineRelease")
    assert (cells.rule, len(cells.estimates)) == ("pooled", 5)
    assert cells.likelihood == pytest.approx((0.13 + 0.47 + 0.02 + 0.05 + 0.04) / 5)
    assert cells.interval[0] < 0.02 < 0.47 < cells.interval[1]
    edits = term(risk(judge, "technology: CRISPRCas9\ntarget: HumanEmbryo"), "IntendedEditNotAchieved")
    assert edits.likelihood == pytest.approx((50 + 22) / (54 + 26))
    assert [(a.estimate, a.why) for a in edits.set_aside] == [("R011", "doubtful")]
    stimulation = term(risk(judge, "technology: TranscranialMagneticStimulation"), "Seizure")
    assert (stimulation.rule, stimulation.per, stimulation.estimates) == ("highest", "person", ("R132",))
    leukaemia = term(risk(judge, "technology: GammaretroviralGeneTherapy"), "BloodCancerFromInsertion")
    assert ("R027", "part") in {(a.estimate, a.why) for a in leukaemia.set_aside}
    young = term(risk(judge, "technology: VideoGame\nsubject: Adolescent"), "GamingDisorder")
    assert young.estimates == ("R149",)
    assert {a.why for a in young.set_aside} == {"broader"}


def test_what_was_not_seen_is_not_impossible(judge: Judge) -> None:
    """Four and six people had no such event: ½ in 5 and ½ in 7; 0 of 7 and 0 of 12 pooled are ½ in 20."""
    found = risk(judge, "technology: EndovascularBrainComputerInterface")
    assert {t.hazard: (t.likelihood, t.none_seen_in) for t in found.terms if t.applies} == {
        "SeriousDeviceEvent": (0.1, 4),
        "DeathOrDisabilityFromDevice": (pytest.approx(0.5 / 7), 6),
    }
    assert found.interval is not None
    assert found.value is not None
    assert found.interval[0] < found.value < found.interval[1]
    cells = term(risk(judge, "technology: PluripotentStemCellDerivedTherapy"), "SeriousAdverseEvent")
    assert (cells.likelihood, cells.none_seen_in) == (0.025, 19)


def test_only_probabilities_are_counted(rulebook: Rulebook, judge: Judge) -> None:
    found = risk(judge, "technology: InvasiveBrainComputerInterface")
    estimates = rulebook.vocabulary.evidence.estimates
    assert {estimates[e].kind for t in found.terms for e in t.estimates} == {EstimateKind.PROBABILITY}
    assert {"R100", "R101", "R103"} <= set(found.context)


def test_the_evidence_is_whole(rulebook: Rulebook) -> None:
    evidence = rulebook.vocabulary.evidence
    assert len(evidence.estimates) == 192  # 193 rows; the sum of the worked example is no estimate
    kinds = [e.kind for e in evidence.estimates.values()]
    assert kinds.count(EstimateKind.PROBABILITY) == 152
    assert all(e.source.url or e.source.evidence is Evidence.WORKED_EXAMPLE for e in evidence.estimates.values())
    unused = set(evidence.hazards) - {e.hazard for e in evidence.estimates.values()}
    assert unused == {"OffTargetMutation"}  # for scenarios that state it
    assert len(evidence.mitigations) >= 30
    assert sum(m.likely == 0 for m in evidence.mitigations.values()) >= 4  # null results are kept


def test_a_list_is_complete_unless_it_is_open(judge: Judge) -> None:
    stated = "technology: CRISPRCas9\ntarget: HumanEmbryo\nhazards: [{hazard: Mosaicism, likelihood: 0.3}]"
    assert [t.hazard for t in risk(judge, stated).terms] == ["Mosaicism"]
    opened = risk(judge, stated + "\nopen: [hazards]")
    assert term(opened, "Mosaicism").likelihood == 0.3
    assert [(a.estimate, a.why) for a in term(opened, "Mosaicism").set_aside] == [("R010", "stated")]
    assert len(opened.terms) > 3


def test_of_a_hazard_and_its_parts_the_greater_counts(judge: Judge) -> None:
    def f(whole: float, part: float) -> tuple[float | None, tuple[str, ...], tuple[str, ...]]:
        found = risk(
            judge, f"hazards: [{{hazard: OcularEvent, likelihood: {whole}}}, {{hazard: Cataract, likelihood: {part}}}]"
        )
        return found.value, term(found, "OcularEvent").counted_in, term(found, "Cataract").counted_in

    assert f(0.66, 0.2) == (0.66, (), ("OcularEvent",))
    assert f(0.1, 0.2) == (0.2, ("Cataract",), ())


# --- class, safeguards, uncertainty


def test_a_catastrophe_among_trifles_is_classed_by_its_domain(judge: Judge) -> None:
    trifles = ["Itching", "Tingling", "Headache", "StimulationDiscomfort", "BurningSensation", "Rash", "Fever", "Confusion",
               "HeadsetDiscomfort", "Cybersickness"]  # fmt: skip
    many = ", ".join(f"{{hazard: {name}, likelihood: 0.0001, severity: negligible}}" for name in trifles)
    found = risk(judge, f"hazards: [{many}, {{hazard: Suicide, likelihood: 0.02, severity: catastrophic}}]")
    assert found.value == 0.021
    assert (found.risk_class, found.class_by) == (RiskClass.HIGH, "LifeHarm")
    alone = risk(judge, f"hazards: [{many}]")
    assert (alone.risk_class, alone.class_by) == (RiskClass.LOW, "sum")


def test_the_answer_says_which_domain_set_the_class(tmp_path: object) -> None:
    from pathlib import Path

    file = Path(str(tmp_path)) / "s.yaml"
    file.write_text("id: a\ndate: 2024-01-01\njurisdiction: GB\nhazards: [{hazard: Suicide, likelihood: 0.02}]\n")
    _, en, _ = augkg("--lang", "en", "assess", str(file), "-f", "text", "--exit-zero")
    _, zh, _ = augkg("--lang", "zh", "assess", str(file), "-f", "text", "--exit-zero")
    assert "risk F: 2 % (90 %: 2 % to 2 %), class high" in en
    assert "set by the worst domain: life" in en
    assert "由最严重的损害类别决定：生命" in zh


def test_the_domain_is_a_leaky_noisy_or(rulebook: Rulebook, judge: Judge) -> None:
    found = risk(
        judge,
        "hazards: [{hazard: Seizure, likelihood: 0.1, severity: serious}, {hazard: Confusion, likelihood: 0.2, severity: minor}]",
    )
    settings = rulebook.profiles["default"].risk
    serious, minor = (float(settings.severities.value[s]) for s in (Severity.SERIOUS, Severity.MINOR))
    by_hand = 1 - (1 - float(settings.leak.value)) * (1 - serious * 0.1) * (1 - minor * 0.2)
    assert found.domains[0].residual == pytest.approx(by_hand, rel=1e-12)


def test_safeguards_stated_lower_and_unknown_ones_widen(judge: Judge) -> None:
    base = "technology: TranscranialMagneticStimulation\n"
    unknown, there, absent = (
        risk(judge, base + more)
        for more in ("", "safeguard: {EligibilityStandard: true}", "safeguard: {EligibilityStandard: false}")
    )
    assert there.value is not None
    assert there.inherent is not None
    assert unknown.value == absent.value == there.inherent
    assert there.value == pytest.approx(there.inherent * (1 - 0.78))
    assert unknown.interval is not None
    assert absent.interval is not None
    assert there.interval is not None
    assert unknown.interval[0] < absent.interval[0]
    assert unknown.interval[1] == absent.interval[1]
    assert [c.stated for t in there.terms for c in t.controls] == [True]


def test_the_same_input_gives_the_same_bytes(judge: Judge) -> None:
    first, second = (api.to_json(judge("technology: CarTCellTherapy")) for _ in range(2))
    assert first == second
    draws = risk(judge, "technology: CarTCellTherapy").draws
    assert draws is not None
    assert (draws.count, draws.seed) == (4096, 14971)


def test_drawing_reads_tables_and_computes_nothing(
    rulebook: Rulebook, judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Scoring draws 4,096 times without a call to scipy: that is what makes it fast."""
    import scipy.special
    import scipy.stats

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("scipy was called")

    for module, name in ((scipy.special, "betaincinv"), (scipy.stats.qmc, "Sobol"), (scipy.stats.beta, "ppf")):
        monkeypatch.setattr(module, name, refuse)
    assert risk(judge, "technology: [CarTCellTherapy, DeepBrainStimulation]").interval is not None


def test_another_profile_sets_weights_and_draws_them(rulebook: Rulebook, make: Callable[..., object]) -> None:
    scenario = api.read_scenario(b"{id: a, date: 2024-01-01, jurisdiction: GB, technology: CarTCellTherapy}", rulebook)
    plain, careful = (api.assess(rulebook, scenario, profile=p).scores for p in ("default", "precaution"))
    assert plain is not None
    assert careful is not None
    assert plain.risk.value == careful.risk.value
    assert plain.risk.interval is not None
    assert careful.risk.interval is not None
    assert careful.risk.interval[0] < plain.risk.interval[0] < plain.risk.interval[1] < careful.risk.interval[1]
    with pytest.raises(AugkgError, match="did you mean `precaution`"):
        api.assess(rulebook, scenario, profile="precausion")


# --- published values


@given(low=st.floats(0, 0.4), middle=st.floats(0, 1), width=st.floats(0.01, 0.6))
def test_pert_has_the_moments_that_define_it(low: float, middle: float, width: float) -> None:
    """Mean (a + 4m + b) / 6; variance (μ − a)(b − μ) / 7. Source: D. Vose, Risk Analysis (2008)."""
    high, likely = low + width, low + middle * width
    draws = Drawing(make_points(4096, seed=7)).pert(low, likely, high)
    mean = (low + 4 * likely + high) / 6
    assert float(draws.mean()) == pytest.approx(mean, abs=2e-4 * width)
    assert float(draws.var()) == pytest.approx((mean - low) * (high - mean) / 7, abs=2e-3 * width**2)
    exact = pert(low, likely, high)
    assert exact.mean() == pytest.approx(mean)


def test_the_table_of_quantiles_is_that_of_the_beta_distribution() -> None:
    drawing = Drawing(make_points(4096, seed=7))
    for mode in (0.0, 0.013, 0.3, 0.5, 0.77, 1.0):
        drawing._next = 5
        units = drawing.unit().astype(float)
        drawing._next = 5
        inside = (units > 5e-4) & (units < 1 - 5e-4)
        error = np.abs(drawing.pert(0, mode, 1) - beta.ppf(units, 1 + 4 * mode, 5 - 4 * mode))
        assert error[inside].max() < 1e-4


def test_more_dimensions_than_stored() -> None:
    drawing = Drawing(make_points(64, seed=1, dims=4))
    columns = [drawing.unit().copy() for _ in range(9)]
    assert len({c.tobytes() for c in columns}) == 9
    assert all(0 <= c.min() <= c.max() < 1 for c in columns)


def test_sobol_indices_of_a_sum_have_a_closed_form() -> None:
    inputs = [(0.0, 0.1, 0.5), (0.1, 0.2, 0.3), (0.0, 0.5, 1.0)]
    weights = np.array([1.0, 3.0, 0.5])
    first, total = sobol_indices(lambda x: weights @ x, inputs, samples=4096)
    shares = weights**2 * np.array([pert(*each).var() for each in inputs])
    assert first == pytest.approx(shares / shares.sum(), abs=5e-3)
    assert total == pytest.approx(shares / shares.sum(), abs=5e-3)


def test_sobol_indices_of_the_ishigami_function() -> None:
    """Published for a = 7, b = 0.1: first order 0.3139, 0.4424, 0; total 0.5576, 0.4424, 0.2437.

    Source: Ishigami and Homma (1990); Saltelli et al., Global Sensitivity Analysis (2008). Its inputs are uniform on
    [−π, π]; here they are made so from PERT inputs by their own distribution function.
    """
    unit = pert(0, 0.5, 1)

    def ishigami(x: np.ndarray) -> np.ndarray:
        a, b, c = np.pi * (2 * unit.cdf(x) - 1)
        found: np.ndarray = np.sin(a) + 7 * np.sin(b) ** 2 + 0.1 * c**4 * np.sin(a)
        return found

    first, total = sobol_indices(ishigami, [(0.0, 0.5, 1.0)] * 3, samples=8192)
    assert first == pytest.approx([0.3139, 0.4424, 0.0], abs=0.01)
    assert total == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.01)


def test_sensitivity_says_what_the_interval_consists_of(rulebook: Rulebook) -> None:
    scenario = api.read_scenario(
        b"{id: a, date: 2024-01-01, jurisdiction: GB, technology: DeepBrainStimulation}", rulebook
    )
    found = api.explain_risk(rulebook, scenario)
    assert found is not None
    assert found.swings == tuple(sorted(found.swings, key=lambda s: (s.low - s.high, s.input)))
    assert sum(s.first for s in found.swings) == pytest.approx(1, abs=0.05)
    assert all(s.low <= found.value <= s.high for s in found.swings)
    assert found.unknowns[0].fact == "safeguard some QualifiedDoctorPerforming"
    assert all(-1e-9 <= u.narrows < 1 for u in found.unknowns)
    nothing = api.read_scenario(b"{id: a, date: 2024-01-01, jurisdiction: GB, technology: MagnetImplant}", rulebook)
    assert api.explain_risk(rulebook, nothing) is None


# --- wrong input


@pytest.mark.parametrize(
    ("hazards", "message"),
    [
        ("[{hazard: GenMutation, likelihood: 0.1}]", "`GenMutation` is no hazard (did you mean `GeneMutation`?)"),
        ("[{hazard: Seizure, likelihood: 1.5}]", "`likelihood` is a number from 0 to 1 (0.1 % is written 0.001)"),
        ("[{hazard: Seizure, likelihood: 0.1, low: 0.2}]", "are in order"),
        ("[{hazard: Seizure, likelihood: 0.1, wieght: 2}]", "`wieght` is not a key here (did you mean `weight`?)"),
        ("[{hazard: Seizure, weight: -1}]", "`weight` is a number, 0 or more"),
        ("[{hazard: Seizure, severity: bad}]", "`severity` is one of: negligible"),
        ("[Seizure, Seizure]", "`Seizure` is stated twice"),
        ("[OffTargetMutation]", "no likelihood of `OffTargetMutation` is on file"),
        ("[[Seizure]]", "a hazard is a name, or a table with `hazard`"),
    ],
)
def test_hazards_that_are_wrong(make: Callable[..., object], hazards: str, message: str) -> None:
    with pytest.raises(AugkgError) as caught:
        make(f"hazards: {hazards}")
    assert message in str(caught.value)
    assert "made.yaml:4:" in str(caught.value)


def test_decimals_stay_exact(judge: Judge) -> None:
    ten = ", ".join(
        f"{{hazard: {name}, likelihood: 0.1}}"
        for name in (
            "Itching",
            "Tingling",
            "Headache",
            "Rash",
            "Fever",
            "Confusion",
            "Seizure",
            "Fall",
            "Contusion",
            "Myopia",
        )
    )
    assert risk(judge, f"hazards: [{ten}]").value == float(Decimal("0.1") * 10) == 1.0
