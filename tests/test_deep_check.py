"""The checks of the whole rulebook: each finds what is wrong in a pack made for it, and keeps quiet about the mended one."""

from datetime import date

import msgspec
import pytest

from augkg import api
from augkg.advice.book import Book, Check
from augkg.advice.checks import CHECKS
from augkg.documents import parse_document
from augkg.engine.evaluation import Evaluation, state_in
from augkg.engine.replay import replay
from augkg.intake.read import read_given
from augkg.model.issue import Issue, Severity
from augkg.model.rulebook import Rulebook
from augkg.model.vocabulary import Vocabulary
from augkg.rulebook.read import read_pack

DAY = date(2026, 1, 1)
HEAD = """
instrument: {id: xx-law, title: {en: Law, zh: 法}, jurisdiction: FR, kind: statute, binding: true, url: https://example.org/}
norms:
"""
NORM = """
- {{id: xx-law/{id}, modality: {modality}, gist: {{en: x, zh: x}}, when: '{when}', in_force: {{since: 2000-01-01}}, cite: {{clause: x}},
   supports: [Safety], status: draft{more}}}
"""


def norm(id: str, modality: str, when: str, more: str = "") -> str:
    return NORM.format(id=id, modality=modality, when=when, more=f", {more}" if more else "")


def made(vocabulary: Vocabulary, *norms: str) -> Rulebook:
    pack = read_pack(parse_document((HEAD + "".join(norms)).encode(), "bad.yaml"), vocabulary, read_given)
    return api.link_and_compile(vocabulary, [pack])


def run(name: str, rulebook: Rulebook) -> list[Issue]:
    (check,) = (each for each in CHECKS if each.name == name)
    together = {n.id: [frozenset(m.id for m in rulebook.norms)] for n in rulebook.norms}
    return [issue for issue in check().run(Book(rulebook, together, DAY)) if issue.severity is not Severity.NOTE]


BAN = norm("ban", "prohibition", "act some EditingGenome and target some HumanEmbryo")
MAY = norm(
    "may", "permission", "act some EditingGenome and purpose some Research", "provided: safeguard some EthicsApproval"
)
LIFTED = "exceptions: [{{id: xx-law/x, unless: '{unless}', cite: {{clause: x}}}}]"
BAD = {
    "clash": (
        (BAN, MAY),
        (BAN, norm("may", "permission", "act some EditingGenome and purpose some Research", "overrides: [xx-law/ban]")),
    ),
    "dead-exception": (
        (norm("ban", "prohibition", "subject some Adult", LIFTED.format(unless="age some integer[< 18] and age some integer[> 20]")),),
        (norm("ban", "prohibition", "subject some Adult", LIFTED.format(unless="purpose some Research")),),
    ),
    "redundant": (
        (BAN, norm("narrow", "prohibition", "act some EditingNuclearGenome and target some HumanEmbryo")),
        (BAN, norm("other", "prohibition", "act some EditingNuclearGenome and target some SomaticCell")),
    ),
    "impossible-scope": (
        (norm("never", "prohibition", "age some integer[< 3] and act some EditingGenome and age some integer[> 5]"),),
        (norm("ever", "prohibition", "age some integer[< 3] and act some EditingGenome"),),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_check_finds_what_is_wrong_and_shows_it(rulebook: Rulebook, name: str) -> None:
    bad, good = (made(rulebook.vocabulary, *norms) for norms in BAD[name])
    assert run(name, good) == []
    (issue,) = run(name, bad)
    assert issue.check == name
    assert issue.witness is not None
    small = replay(bad, issue.witness, issue.shows)
    assert small is not None
    evaluation = Evaluation(bad, [small])
    states = {each.id: state_in(planes) for each, _, planes in evaluation.norms}
    assert {each: states[each] for each in issue.shows} == issue.shows
    assert api.read_scenario(api.scenario_text(small, bad).encode(), bad).facts


def test_two_acts_one_permitted_and_one_prohibited_are_no_clash(rulebook: Rulebook) -> None:
    other = norm("may", "permission", "act some StoringGamete", "provided: safeguard some EthicsApproval")
    assert run("clash", made(rulebook.vocabulary, BAN, other)) == []


def test_what_no_condition_can_say_is_not_held_against_a_norm(rulebook: Rulebook) -> None:
    open_ended = norm("ban", "prohibition", "act some EditingGenome", "untranslatable: [{text_gist: x, affects: when}]")
    assert run("impossible-scope", made(rulebook.vocabulary, open_ended)) == []
    assert run("clash", made(rulebook.vocabulary, open_ended, MAY)) == []


def test_undeclared_siblings_and_terms_and_technologies_without_norms(rulebook: Rulebook) -> None:
    vocabulary = rulebook.vocabulary
    name = next(n for n, children in sorted(vocabulary.children.items()) if len(children) > 1 and n in vocabulary.terms)
    undecided = {**vocabulary.terms, name: msgspec.structs.replace(vocabulary.terms[name], siblings=None)}
    loose = made(msgspec.structs.replace(vocabulary, terms=undecided), BAN)
    assert [issue.parts["name"] for issue in run("undeclared-siblings", loose)] == [name]
    book = Book(loose, {}, DAY)

    def found(check: str) -> set[str]:
        (kind,) = (each for each in CHECKS if each.name == check)
        return {issue.parts["name"] for issue in kind().run(book)}

    assert "Exoskeleton" in found("unused-term")
    assert not {"EditingGenome", "EditingNuclearGenome", "HumanEmbryo", "Embryo"} & found("unused-term")
    assert "RoboticsAssistance" in found("uncovered-technology")


def test_each_check_has_a_name_and_says_what_it_is_about() -> None:
    assert len({check.name for check in CHECKS}) == len(CHECKS) == 7
    assert all(issubclass(check, Check) and check.__doc__ for check in CHECKS)


@pytest.mark.slow
def test_the_shipped_rulebook_has_no_error_and_no_warning_without_its_reason(rulebook: Rulebook) -> None:
    issues = api.deep_check(day=date(2026, 11, 27))
    assert [(i.check, i.parts) for i in issues if i.severity is not Severity.NOTE] == []
    assert [(i.check, i.parts) for i in issues if i.shows and i.witness is None] == []
    for issue in issues:
        assert issue.witness is not None
        if issue.shows:
            given = api.read_scenario(api.scenario_text(issue.witness, rulebook).encode(), rulebook)
            for name, state in issue.shows.items():
                assert api.explain_norm(rulebook, given, name)[0].state is state, (issue.check, name)
