"""Design §6, row by row, on small packs over the real vocabulary."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from augkg import api
from augkg.engine.evaluate import evaluate
from augkg.engine.evaluation import Evaluation, state_in
from augkg.engine.facts import Columns
from augkg.engine.states import norm_planes
from augkg.engine.words import rows_of, word_planes
from augkg.model.rulebook import Rulebook
from augkg.model.scenario import Scenario
from augkg.terms import State, Verdict
from tests.scenarios import Sampler

HEAD = """
instrument: {{id: gb-test, title: {{en: Test, zh: 测试}}, jurisdiction: {place}, kind: statute, binding: {binding}, url: 'https://example.org'}}
definitions: {definitions}
parameters: {parameters}
norms:
"""
NORM = """
  - id: gb-test/{id}
    modality: {modality}
    gist: {{en: A rule., zh: 规则。}}
    when: {when}
    in_force: {{since: 2000-01-01}}
    cite: {{clause: s. 1}}
    supports: [Safety]
    status: reviewed
"""


@pytest.fixture(scope="module")
def law(rulebook: Rulebook, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Rulebook]:
    """A rulebook of one pack: norms as (id, modality, when, more lines)."""

    def build(
        *norms: tuple[str, ...],
        place: str = "GB",
        binding: str = "true",
        definitions: str = "{}",
        parameters: str = "{}",
    ) -> Rulebook:
        text = HEAD.format(place=place, binding=binding, definitions=definitions, parameters=parameters)
        for id, modality, when, *more in norms:
            text += NORM.format(id=id, modality=modality, when=when) + "".join(f"    {line}\n" for line in more)
        path = tmp_path_factory.mktemp("law") / "pack.yaml"
        path.write_text(text, encoding="utf-8")
        # Without the red lines, so that what is tested is the pack alone.
        vocabulary = msgspec.structs.replace(rulebook.vocabulary, definitions={})
        return api.link_and_compile(vocabulary, api.read_packs(vocabulary, [path]))

    return build


def outcome(law: Rulebook, scenario: Scenario) -> tuple[dict[str, State], Verdict]:
    evaluation = Evaluation(law, [scenario])
    states = {
        norm.id.removeprefix("gb-test/"): state_in(planes) for norm, _, planes in evaluation.norms if not norm.red_line
    }
    return states, api.assess(law, scenario).verdict


BAN = ("ban", "prohibition", "act some PlacingInWoman")
DUTY = ("duty", "obligation", "act some PlacingInWoman", "requires: safeguard some InformedConsent")
LICENSED = "exceptions: [{id: gb-test/e, unless: safeguard some HFEALicence, cite: {clause: s. 2}}]"


@pytest.mark.parametrize(
    ("facts", "state", "verdict"),
    [
        ("act: PlacingInWoman", State.VIOLATED, Verdict.PROHIBITED),
        ("act: StoringEmbryo", State.NOT_APPLICABLE, Verdict.UNREGULATED),
        ("act: AssistingReproduction", State.UNDETERMINED, Verdict.UNDETERMINED),
        ("", State.UNDETERMINED, Verdict.UNDETERMINED),
        ("act: [StoringEmbryo, PlacingInWoman]", State.VIOLATED, Verdict.PROHIBITED),
        ("act: StoringEmbryo\nopen: [act]", State.UNDETERMINED, Verdict.UNDETERMINED),
        ("act: {PlacingInWoman: false}", State.NOT_APPLICABLE, Verdict.UNREGULATED),
        ("act: {AssistingReproduction: false}", State.NOT_APPLICABLE, Verdict.UNREGULATED),
    ],
)
def test_a_prohibition(
    law: Callable[..., Rulebook], make: Callable[..., Scenario], facts: str, state: State, verdict: Verdict
) -> None:
    assert outcome(law(BAN), make(facts)) == ({"ban": state}, verdict)


@pytest.mark.parametrize(
    ("facts", "state", "verdict"),
    [
        ("safeguard: {InformedConsent: true}", State.SATISFIED, Verdict.COMPLIANT),
        ("safeguard: {WrittenInformedConsent: true}", State.SATISFIED, Verdict.COMPLIANT),
        ("safeguard: {InformedConsent: false}", State.VIOLATED, Verdict.NON_COMPLIANT),
        ("safeguard: {Consent: false}", State.VIOLATED, Verdict.NON_COMPLIANT),
        ("safeguard: {WrittenInformedConsent: false}", State.UNDETERMINED, Verdict.CONDITIONAL),
        ("", State.UNDETERMINED, Verdict.CONDITIONAL),
    ],
)
def test_an_obligation(
    law: Callable[..., Rulebook], make: Callable[..., Scenario], facts: str, state: State, verdict: Verdict
) -> None:
    assert outcome(law(DUTY), make("act: PlacingInWoman\n" + facts)) == ({"duty": state}, verdict)


def test_an_obligation_met_whether_or_not_it_applies_is_in_no_ones_way(
    law: Callable[..., Rulebook], make: Callable[..., Scenario]
) -> None:
    other = ("other", "obligation", "purpose some Reproduction", "requires: safeguard some InformedConsent")
    book = law(DUTY, other)
    states, verdict = outcome(book, make("purpose: Reproduction\nsafeguard: {InformedConsent: true}"))
    assert states == {"duty": State.UNDETERMINED, "other": State.SATISFIED}
    assert verdict is Verdict.COMPLIANT


@pytest.mark.parametrize(
    ("facts", "state", "verdict"),
    [
        ("safeguard: {HFEALicence: true}", State.EXCEPTED, Verdict.COMPLIANT),
        ("safeguard: {HFEALicence: false}", State.VIOLATED, Verdict.PROHIBITED),
        ("", State.UNDETERMINED, Verdict.CONDITIONAL),
    ],
)
def test_an_exception(
    law: Callable[..., Rulebook], make: Callable[..., Scenario], facts: str, state: State, verdict: Verdict
) -> None:
    assert outcome(law((*BAN, LICENSED)), make("act: PlacingInWoman\n" + facts)) == ({"ban": state}, verdict)


def test_an_exception_to_what_may_not_apply_is_neither_a_yes_nor_silence(
    law: Callable[..., Rulebook], make: Callable[..., Scenario]
) -> None:
    states, verdict = outcome(law((*BAN, LICENSED)), make("safeguard: {HFEALicence: true}"))
    assert (states, verdict) == ({"ban": State.EXCEPTED}, Verdict.UNDETERMINED)


def test_a_duty_met_whether_or_not_it_is_excepted_counts_as_met(
    law: Callable[..., Rulebook], make: Callable[..., Scenario]
) -> None:
    found = api.assess(law((*DUTY, LICENSED)), make("act: PlacingInWoman\nsafeguard: {InformedConsent: true}"))
    assert found.verdict is Verdict.COMPLIANT
    assert found.decided_by == ("gb-test/duty",)


def test_an_exception_to_an_exception(law: Callable[..., Rulebook], make: Callable[..., Scenario]) -> None:
    nested = (
        "exceptions: [{id: gb-test/e, unless: safeguard some HFEALicence, cite: {clause: s. 2}, "
        "exceptions: [{id: gb-test/ee, unless: target some NuclearAlteredEmbryo, cite: {clause: s. 3}}]}]"
    )
    book = law((*BAN, nested))
    licensed = "act: PlacingInWoman\nsafeguard: {HFEALicence: true}\ntarget: "
    assert outcome(book, make(licensed + "NuclearAlteredEmbryo"))[0] == {"ban": State.VIOLATED}
    assert outcome(book, make(licensed + "HumanEmbryo and not NuclearAlteredEmbryo"))[0] == {"ban": State.EXCEPTED}
    assert outcome(book, make(licensed + "HumanEmbryo"))[0] == {"ban": State.UNDETERMINED}


def test_a_permission_overrides(law: Callable[..., Rulebook], make: Callable[..., Scenario]) -> None:
    may = (
        "may",
        "permission",
        "act some PlacingInWoman",
        "provided: safeguard some HFEALicence",
        "overrides: [gb-test/ban]",
    )
    book = law(BAN, may)
    act = "act: PlacingInWoman\n"
    assert outcome(book, make(act + "safeguard: {HFEALicence: true}")) == (
        {"ban": State.OVERRIDDEN, "may": State.PERMITTED}, Verdict.COMPLIANT)  # fmt: skip
    assert outcome(book, make(act + "safeguard: {HFEALicence: false}")) == (
        {"ban": State.VIOLATED, "may": State.NOT_APPLICABLE}, Verdict.PROHIBITED)  # fmt: skip
    assert outcome(book, make(act)) == ({"ban": State.UNDETERMINED, "may": State.UNDETERMINED}, Verdict.CONDITIONAL)


def test_yields_to_is_the_same_from_the_other_side(law: Callable[..., Rulebook], make: Callable[..., Scenario]) -> None:
    may = ("may", "permission", "act some PlacingInWoman", "provided: safeguard some HFEALicence")
    book = law((*BAN, "yields_to: [gb-test/may]"), may)
    assert outcome(book, make("act: PlacingInWoman\nsafeguard: {HFEALicence: true}"))[0]["ban"] is State.OVERRIDDEN


def test_unknowns_that_interact_are_settled(law: Callable[..., Rulebook], make: Callable[..., Scenario]) -> None:
    either = ("either", "prohibition", "act some PlacingInWoman or not act some PlacingInWoman")
    never = ("never", "prohibition", "act some PlacingInWoman and not act some AssistingReproduction")
    limits = ("limits", "prohibition", "age some integer[< 18] or age some integer[>= 16]")
    states, _ = outcome(law(either, never, limits), make())
    assert states["either"] is State.VIOLATED
    assert states["never"] is State.NOT_APPLICABLE
    # An age that is not stated might not be there at all, so nothing is known of it.
    assert states["limits"] is State.UNDETERMINED


def test_an_untranslatable_keeps_a_finding_open_in_its_direction_only(
    law: Callable[..., Rulebook], make: Callable[..., Scenario]
) -> None:
    open_scope = (*BAN, "untranslatable: [{text_gist: a word, affects: when}]")
    assert outcome(law(open_scope), make("act: PlacingInWoman"))[0] == {"ban": State.UNDETERMINED}
    assert outcome(law(open_scope), make("act: StoringEmbryo"))[0] == {"ban": State.NOT_APPLICABLE}
    more = (*BAN, "untranslatable: [{text_gist: others, affects: exceptions}]")
    assert outcome(law(more), make("act: PlacingInWoman"))[0] == {"ban": State.UNDETERMINED}


def test_advisories_do_not_change_the_verdict(law: Callable[..., Rulebook], make: Callable[..., Scenario]) -> None:
    book = law(BAN, binding="false")
    found = api.assess(book, make("act: PlacingInWoman"))
    assert (found.verdict, found.advisories) == (Verdict.UNREGULATED, ("gb-test/ban",))


def test_law_has_dates_and_places(law: Callable[..., Rulebook], make: Callable[..., Scenario]) -> None:
    act = "act: PlacingInWoman"
    assert outcome(law(BAN), make(act, date="1999-12-31"))[1] is Verdict.UNREGULATED
    assert outcome(law(BAN), make(act, date="2000-01-01"))[1] is Verdict.PROHIBITED
    assert outcome(law(BAN), make(act, place="FR"))[1] is Verdict.UNREGULATED
    eu = law(BAN, place="EU")
    assert outcome(eu, make(act, place="GB", date="2020-12-31"))[1] is Verdict.PROHIBITED
    assert outcome(eu, make(act, place="GB", date="2021-01-01"))[1] is Verdict.UNREGULATED
    assert outcome(law(BAN, place="US"), make(act, place="US-CA"))[1] is Verdict.PROHIBITED
    assert outcome(law(BAN, place="US-CA"), make(act, place="US"))[1] is Verdict.UNREGULATED


def test_parameters_vary_with_place_and_date(law: Callable[..., Rulebook], make: Callable[..., Scenario]) -> None:
    young = ("young", "prohibition", "age some integer[< $limit]")
    values = "{limit: {default: 16, FR: [{value: 18, until: 2018-01-01}, {value: 15, since: 2018-01-01}], DE: 14}}"
    book = law(young, place="EU", parameters=values)

    def state(place: str, age: int, date: str = "2020-01-01") -> State:
        return outcome(book, make(f"measures: {{age: {age}}}", place=place, date=date))[0]["young"]

    assert state("IT", 15) is State.VIOLATED
    assert state("FR", 15) is State.NOT_APPLICABLE
    assert state("FR", 17, "2017-12-31") is State.VIOLATED
    assert state("DE", 14) is State.NOT_APPLICABLE


def test_two_disjoint_approvals_are_two(law: Callable[..., Rulebook], make: Callable[..., Scenario]) -> None:
    duty = ("duty", "obligation", "act some PlacingInWoman", "requires: safeguard min 2 Approval")
    act = "act: PlacingInWoman\nsafeguard: "
    assert (
        outcome(law(duty), make(act + "{EthicsApproval: true, RegulatoryAuthorisation: true}"))[0]["duty"]
        is State.SATISFIED
    )
    assert outcome(law(duty), make(act + "{EthicsApproval: true, IRBApproval: true}"))[0]["duty"] is State.UNDETERMINED
    assert outcome(law(duty), make(act + "{Approval: false}"))[0]["duty"] is State.VIOLATED


def test_conditions_are_the_least_that_will_do(law: Callable[..., Rulebook], make: Callable[..., Scenario]) -> None:
    either = ("either", "obligation", "act some PlacingInWoman",
              "requires: safeguard some InformedConsent and (safeguard some HFEATreatmentLicence or safeguard some HFEALicence)")  # fmt: skip
    found = api.assess(law(either), make("act: PlacingInWoman"))
    assert found.verdict is Verdict.CONDITIONAL
    assert {c.fact for c in found.conditions} == {"safeguard some InformedConsent", "safeguard some HFEALicence"}


def test_open_questions_ask_for_a_facet_of_which_nothing_is_stated(
    law: Callable[..., Rulebook], make: Callable[..., Scenario]
) -> None:
    found = api.assess(law((*BAN, LICENSED)), make())
    questions = {q.fact: q for q in found.open_questions}
    assert questions["act"].options == ("PlacingInWoman",)
    assert Verdict.PROHIBITED in questions["act"].could_become
    assert questions["safeguard some HFEALicence"].asked_by == ("gb-test/ban",)


def test_many_scenarios_at_once_are_decided_as_each_alone(rulebook: Rulebook) -> None:
    """The steps on words of numpy give what they give on Python ints."""
    sampler = Sampler(rulebook, seed=7)
    scenarios = [sampler.scenario(i) for i in range(130)]
    one = Evaluation(rulebook, scenarios)
    many = Columns(scenarios, one.days, rulebook.vocabulary, sampler.taxonomy, rulebook.instruments, word_planes(130))
    planes = evaluate(rulebook.program, many)
    for norm, code, expected in one.norms:
        found = norm_planes(norm, code, planes, many.ones)
        for state, plane in expected.states.items():
            bits = [bool(plane >> row & 1) for row in range(130)]
            assert rows_of(found.states[state], 130).tolist() == bits, (norm.id, state)


def test_the_compiled_rulebook_survives_the_cache(rulebook: Rulebook, own_cache: Path) -> None:
    file = own_cache / f"{rulebook.hash}.msgpack"
    assert api.load() == rulebook
    file.write_bytes(file.read_bytes()[:-20])
    assert api.load() == rulebook
