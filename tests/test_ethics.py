"""E: principles from findings, vetoes, red lines, and assessors who agree or do not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from augkg import api
from augkg.engine.agreement import alpha_interval, krippendorff_alpha
from augkg.errors import AugkgError
from augkg.model.assessment import Assessment
from augkg.model.rulebook import Rulebook
from augkg.model.scores import EthicsScore
from augkg.terms import Modality, State
from tests.test_messages import augkg

Judge = Callable[..., Assessment]


def ethics(judge: Judge, text: str, **where: str) -> EthicsScore:
    scores = judge(text, **where).scores
    assert scores is not None
    return scores.ethics


NOBODY_SPEAKS = "technology: MagnetImplant\nact: PlayingGame\ntarget: Skin\npurpose: PersonalUse\nsubject: Adult\n"
TRIAL = "technology: SomaticGeneTherapy\nact: ConductingClinicalTrial\nsubject: ResearchParticipant\n"


def test_e_follows_from_the_findings_by_hand(rulebook: Rulebook, judge: Judge) -> None:
    found = judge(TRIAL + "safeguard: {InformedConsent: false, EthicsApproval: true}")
    assert found.scores is not None
    score = found.scores.ethics
    supports = {norm.id: norm.supports for norm in rulebook.norms}
    by_hand = {}
    for principle in {p for f in found.findings for p in supports[f.norm]}:
        met = breached = opened = 0.0
        for f in found.findings:
            if principle not in supports[f.norm] or f.modality is Modality.PERMISSION:
                continue
            count = 1.0 if f.binding else 0.5
            safe = f.state is State.UNDETERMINED and not f.at_stake
            if f.state in (State.SATISFIED, State.EXCEPTED) or safe:
                met += count
            elif f.state is State.VIOLATED:
                breached += count
            else:
                opened += count
        if met + breached + opened:
            by_hand[principle] = (met + 0.5 * opened) / (met + breached + opened)
    assert {p.principle: p.value for p in score.principles} == pytest.approx(by_hand)
    plain = 0.5 * min(by_hand.values()) + 0.5 * sum(by_hand.values()) / len(by_hand)
    expected = min(plain, by_hand[score.capped_by]) if score.capped_by else plain
    assert score.value == pytest.approx(expected)
    assert all(p.breached or p.met or p.open for p in score.principles)


def test_a_red_line_makes_it_nought_and_greys_the_rest(judge: Judge) -> None:
    found = judge(
        "technology: SomaticCellNuclearTransfer\nact: [CloningEmbryo, PlacingInWoman]\ntarget: ClonedEmbryo\npurpose: Reproduction"
    )
    assert found.scores is not None
    assert found.scores.greyed
    assert (found.scores.ethics.value, found.scores.ethics.interval) == (0.0, (0.0, 0.0))


def test_a_principle_below_its_veto_caps_e(judge: Judge) -> None:
    rated = NOBODY_SPEAKS + "judgements: {anna: {Autonomy: 0.1, Privacy: 1, Fairness: 1}}"
    capped = ethics(judge, rated, place="TV", date="1900-01-01")
    assert (capped.value, capped.capped_by) == (pytest.approx(0.1), "Autonomy")
    free = ethics(judge, rated.replace("Autonomy", "Transparency"), place="TV", date="1900-01-01")
    assert (free.value, free.capped_by) == (pytest.approx(0.5 * 0.1 + 0.5 * 0.7), None)


def test_of_open_findings_alone_nothing_is_known(judge: Judge) -> None:
    found = ethics(judge, "technology: GenomeEditing")
    assert found.principles
    assert (found.value, found.settled) == (None, True)
    assert found.interval == (0.0, 1.0)


def test_where_no_norm_speaks_nothing_is_scored(judge: Judge) -> None:
    found = ethics(judge, NOBODY_SPEAKS, place="TV", date="1900-01-01")
    assert (found.value, found.interval, found.principles) == (None, None, ())


# --- assessors


def test_circumstances_are_judged_one_assessor_at_a_time(judge: Judge) -> None:
    base = "technology: CRISPRCas9\nact: EditingGenome\ntarget: SomaticCell\npurpose: DiseaseTreatment\n"
    stated = ethics(judge, base + "circumstance: {SeriousDisease: true}")
    judged = ethics(judge, base + "judgements: {anna: {SeriousDisease: true}, bo: {SeriousDisease: true}}")
    assert judged.agreement is not None
    assert judged.agreement.alpha == 1.0
    assert judged.value == stated.value
    alone = ethics(judge, base + "judgements: {anna: {SeriousDisease: true}}")
    assert alone.settled
    assert alone.value == stated.value


def test_assessors_who_disagree_leave_it_unsettled(judge: Judge, tmp_path: Path) -> None:
    sheets = "judgements:\n  anna: {Autonomy: 0.9, Fairness: 0.1, Privacy: 0.9}\n  bo: {Autonomy: 0.2, Fairness: 0.9, Privacy: 0.3}\n"
    found = ethics(judge, sheets, place="TV")
    assert found.agreement is not None
    assert found.agreement.alpha is not None
    assert found.agreement.alpha < 0.67
    assert (found.value, found.settled) == (None, False)
    assert found.interval is not None
    values = found.agreement.by_assessor.values()
    assert found.interval[0] <= min(values) < max(values) <= found.interval[1]
    (tmp_path / "s.yaml").write_text("id: a\ndate: 2024-01-01\njurisdiction: TV\n" + sheets)
    _, en, _ = augkg("--lang", "en", "explain", str(tmp_path / "s.yaml"), "--score", "ethics")
    _, zh, _ = augkg("--lang", "zh", "explain", str(tmp_path / "s.yaml"), "--score", "ethics")
    assert "ethics E: not settled" in en
    assert "the assessors do not agree" in en
    assert "anna: E = " in en
    assert "评审者意见不一致" in zh


def test_those_who_agree_settle_it(judge: Judge) -> None:
    found = ethics(
        judge,
        "judgements:\n  anna: {Autonomy: 0.9, Fairness: 0.1, Privacy: 0.5}\n  bo: {Autonomy: 0.8, Fairness: 0.2, Privacy: 0.5}\n",
        place="TV",
    )
    assert found.agreement is not None
    assert found.agreement.alpha is not None
    assert found.agreement.alpha > 0.67
    assert found.value == pytest.approx(sum(found.agreement.by_assessor.values()) / 2)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "judgements: {anna: {Autonmy: 1}}",
            "`Autonmy` is neither a circumstance nor a principle (did you mean `Autonomy`?)",
        ),
        ("judgements: {anna: {Autonomy: 2}}", "a rating of the principle `Autonomy` lies between 0 and 1"),
        ("judgements: {anna: {Autonomy: true}}", "a rating of the principle `Autonomy` lies between 0 and 1"),
        (
            "judgements: {anna: {SeriousDisease: 1}}",
            "a judgement of the circumstance `SeriousDisease` is true or false",
        ),
        ("judgements: [anna]", "`judgements` is a table of assessors"),
        ("judgements: {anna: 1}", "an assessor's judgements are a table"),
        (
            "circumstance: {SeriousDisease: true}\njudgements: {anna: {SeriousDisease: true}}",
            "`SeriousDisease` is stated already",
        ),
    ],
)
def test_judgements_that_are_wrong(make: Callable[..., object], text: str, message: str) -> None:
    with pytest.raises(AugkgError) as caught:
        make(text)
    assert message in str(caught.value)


# --- Krippendorff's α

# Four observers and twelve units with gaps: Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), part C.
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
UNITS = [[float(v) for v in unit if v is not None] for unit in zip(*OBSERVERS, strict=True)]


@pytest.mark.parametrize(
    ("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_alpha_of_the_published_table(level: str, alpha: float) -> None:
    assert krippendorff_alpha(UNITS, level) == pytest.approx(alpha, abs=5e-4)


def test_alpha_of_two_observers_and_binary_data() -> None:
    """Part A of the same: ten units, two observers, α = 0.095."""
    meg = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    owen = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert krippendorff_alpha(
        [[float(a), float(b)] for a, b in zip(meg, owen, strict=True)], "nominal"
    ) == pytest.approx(0.095, abs=5e-4)


def test_alpha_where_it_cannot_be_told() -> None:
    assert krippendorff_alpha([[1.0], [2.0]]) is None
    assert krippendorff_alpha([[1.0, 1.0], [1.0, 1.0]]) is None
    with pytest.raises(ValueError, match="cardinal"):
        krippendorff_alpha([[1.0, 2.0]], "cardinal")


def test_the_bootstrap_covers_alpha_and_repeats_itself() -> None:
    found = alpha_interval(UNITS)
    assert found == alpha_interval(UNITS)
    assert found is not None
    alpha = krippendorff_alpha(UNITS)
    assert alpha is not None
    assert found[0] < alpha < found[1] <= 1


def test_judgements_leave_the_verdict_alone(judge: Judge, rulebook: Rulebook) -> None:
    base = TRIAL + "safeguard: {InformedConsent: true}\n"
    plain = judge(base)
    judged = judge(base + "judgements: {anna: {SeriousDisease: true, Autonomy: 0}}")
    assert (plain.verdict, plain.decided_by, plain.findings) == (judged.verdict, judged.decided_by, judged.findings)
    assert api.to_json(judged)
