"""The condition language: what it reads, what it refuses, and that printing and OWL give the same tree back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from augkg.errors import AugkgError, Location
from augkg.knowledge.namespace import new_graph
from augkg.knowledge.owl import ExpressionWriter, read_expression
from augkg.language.names import Names
from augkg.language.parse import parse_condition
from augkg.language.write import Reader, datatypes_of, manchester
from augkg.model.condition import And, AtLeast, Bound, Compare, Condition, Named, Not, Or, Some
from augkg.model.rulebook import Rulebook

HERE = Location("pack.yaml", 7, 11)


def parse(text: str, rulebook: Rulebook) -> Condition:
    names = Names(vocabulary=rulebook.vocabulary, local={"Local": "pack/Local"}, parameters=frozenset({"limit"}))
    return parse_condition(text, names, HERE)


def some(facet: str, name: str) -> Some:
    return Some(facet=facet, filler=Named(name=name))


def test_and_binds_before_or(rulebook: Rulebook) -> None:
    read = parse("act some PlacingInWoman or act some EditingGenome and target some Brain", rulebook)
    assert read == Or(
        parts=(some("act", "PlacingInWoman"), And(parts=(some("act", "EditingGenome"), some("target", "Brain"))))
    )


def test_not_takes_one_restriction(rulebook: Rulebook) -> None:
    read = parse("not act some PlacingInWoman and Local", rulebook)
    assert read == And(parts=(Not(part=some("act", "PlacingInWoman")), Named(name="pack/Local")))


def test_a_measure_has_bounds_and_parameters(rulebook: Rulebook) -> None:
    read = parse("age some integer[>= 13, < $limit]", rulebook)
    assert isinstance(read, Compare)
    assert [(b.op, b.limit, b.parameter) for b in read.bounds] == [(">=", 13, None), ("<", None, "limit")]
    assert parse("age value 18", rulebook) == parse("age some integer[= 18]", rulebook)


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("act some PlacingInWomen", 20, "did you mean `PlacingInWoman`?"),
        ("act some HumanEmbryo", 20, "belongs to the facet `target`"),
        ("act only PlacingInWoman", 15, "`only` is refused"),
        ("PlacingInWoman", 11, "write `act some PlacingInWoman`"),
        ("act some PlacingInWoman and", 38, "ends where a facet"),
        ("act some (PlacingInWoman", 35, "`)`"),
        ("age some decimal[< 18]", 20, "`age` is integer"),
        ("age some integer[< $limt]", 31, "did you mean `$limit`?"),
        ("age some integer[18]", 28, "a comparison"),
        ("act min 0 PlacingInWoman", 19, "a whole number from 1 up"),
        ("act some PlacingInWoman #", 35, "`#` cannot stand"),
        ("facett some X", 11, "is not a facet"),
        ("(" * 40 + "act some PlacingInWoman" + ")" * 40, 43, "nested more than"),
    ],
)
def test_what_is_wrong_is_said_where_it_is(rulebook: Rulebook, text: str, column: int, words: str) -> None:
    with pytest.raises(AugkgError) as error:
        parse(text, rulebook)
    assert error.value.at == Location("pack.yaml", 7, column)
    assert words in str(error.value)


def test_a_condition_over_several_lines_is_located(rulebook: Rulebook) -> None:
    with pytest.raises(AugkgError) as error:
        parse("act some PlacingInWoman\n    and target some HumanEmbyro", rulebook)
    assert error.value.at == Location("pack.yaml", 8, 21)


@pytest.fixture(scope="module")
def trees(rulebook: Rulebook) -> st.SearchStrategy[Condition]:
    """Random conditions over the real vocabulary."""
    by_facet: dict[str, list[str]] = {}
    for term in rulebook.vocabulary.terms.values():
        by_facet.setdefault(term.facet, []).append(term.name)
    facets = st.sampled_from(sorted(by_facet))

    def classes(facet: str) -> st.SearchStrategy[Condition]:
        leaf = st.sampled_from(by_facet[facet]).map(lambda name: Named(name=name))
        return st.recursive(leaf, joined, max_leaves=4)

    def joined(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        lists = st.lists(inner, min_size=2, max_size=3).map(tuple)
        return st.one_of(
            lists.map(lambda parts: And(parts=parts)),
            lists.map(lambda parts: Or(parts=parts)),
            inner.map(lambda part: Not(part=part)),
        )

    restriction = facets.flatmap(lambda f: classes(f).map(lambda c: Some(facet=f, filler=c)))
    count = facets.flatmap(
        lambda f: st.tuples(st.integers(1, 4), classes(f)).map(lambda x: AtLeast(facet=f, n=x[0], filler=x[1]))
    )
    bounds = st.tuples(st.sampled_from(["<", "<=", ">=", ">"]), st.integers(0, 99))
    compared = st.tuples(st.sampled_from(sorted(rulebook.vocabulary.measures)), bounds).map(
        lambda x: Compare(measure=x[0], bounds=(Bound(op=x[1][0], limit=x[1][1]),))
    )
    return st.recursive(st.one_of(restriction, count, compared), joined, max_leaves=6)


def flat(condition: Condition) -> Condition:
    """`A and (B and C)` is `A and B and C` in text: parentheses mean nothing there."""
    match condition:
        case And(parts=parts) | Or(parts=parts):
            kind = type(condition)
            inside = [flat(part) for part in parts]
            return kind(parts=tuple(q for p in inside for q in (p.parts if isinstance(p, kind) else (p,))))
        case Not(part=part):
            return Not(part=flat(part))
        case Some(facet=facet, filler=filler):
            return Some(facet=facet, filler=flat(filler))
        case AtLeast(facet=facet, n=n, filler=filler):
            return AtLeast(facet=facet, n=n, filler=flat(filler))
    return condition


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_printing_and_reading_give_the_same_tree(
    rulebook: Rulebook, trees: st.SearchStrategy[Condition], data: st.DataObject
) -> None:
    tree = data.draw(trees)
    datatypes = datatypes_of(rulebook.vocabulary)
    names = Names(vocabulary=rulebook.vocabulary)
    assert flat(parse_condition(manchester(tree, datatypes), names, HERE)) == flat(tree)


@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_owl_gives_the_same_tree(rulebook: Rulebook, trees: st.SearchStrategy[Condition], data: st.DataObject) -> None:
    tree = data.draw(trees)
    graph = new_graph()
    node = ExpressionWriter(graph, datatypes_of(rulebook.vocabulary), lambda _: None).write(tree)
    assert read_expression(graph, node) == tree


@given(data=st.data())
@settings(max_examples=50, deadline=None)
def test_every_condition_can_be_read_aloud(
    rulebook: Rulebook, trees: st.SearchStrategy[Condition], data: st.DataObject
) -> None:
    tree = data.draw(trees)
    for language in ("en", "zh"):
        assert Reader(rulebook.vocabulary, language).words(tree)


def test_read_aloud(rulebook: Rulebook) -> None:
    tree = parse("act some PlacingInWoman and not safeguard some HFEALicence", rulebook)
    assert Reader(rulebook.vocabulary, "en").words(tree) == "the act is placing in a woman and there is no HFEA licence"
    assert Reader(rulebook.vocabulary, "zh").words(tree) == "行为是植入女性体内且没有HFEA许可"
