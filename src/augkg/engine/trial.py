"""Try norms on the scenarios of their tests: all tests of all packs in one run of the program."""

from collections.abc import Mapping, Sequence

from augkg.engine.evaluation import Evaluation, state_in
from augkg.engine.questions import atom_condition
from augkg.language.write import datatypes_of, manchester
from augkg.model.base import Value
from augkg.model.law import Norm, NormTest, all_exceptions
from augkg.model.program import AtLeastAtom, CompareAtom, NormCode, SomeAtom
from augkg.model.rulebook import Rulebook
from augkg.terms import Modality, State


class Trial(Value, frozen=True, kw_only=True):
    """What came of one test: the state found, the exceptions that hold, the conditions that are open."""

    norm: str
    test: str
    expected: State
    found: State
    failure: str | None = None


class Tried(Value, frozen=True, kw_only=True):
    """How a norm was tried: that it bites, that it does not, and each of its exceptions."""

    norm: str
    bites: bool
    clear: bool
    exceptions_tried: tuple[str, ...]
    exceptions_untried: tuple[str, ...]


def run_tests(rulebook: Rulebook, tests: Mapping[str, Sequence[NormTest]]) -> tuple[list[Trial], list[Tried]]:
    """Run the tests of norms.

    Args:
        rulebook: The rulebook; norms without tests are tried in no way.
        tests: The tests of each norm, by its id.

    Returns:
        What came of each test, and how each norm of a pack was tried.
    """
    rows = [(norm_id, test) for norm_id, each in tests.items() for test in each]
    evaluation = Evaluation(rulebook, [test.given for _, test in rows])
    by_id = {norm.id: (norm, code, planes) for norm, code, planes in evaluation.norms}
    trials: list[Trial] = []
    held: dict[str, set[str]] = {}
    for row, (norm_id, test) in enumerate(rows):
        _, code, planes = by_id[norm_id]
        found = state_in(planes, row)
        holding = [each.id for each in code.exceptions if evaluation.known(each.holds, row)]
        held.setdefault(norm_id, set()).update(holding)
        failure = _failure(test, found, holding, evaluation, code, row)
        trials.append(Trial(norm=norm_id, test=test.name, expected=test.expect, found=found, failure=failure))
    tried = [_tried(by_id[norm_id][0], tests[norm_id], held.get(norm_id, set())) for norm_id in tests]
    return trials, tried


def _failure(
    test: NormTest, found: State, holding: list[str], evaluation: Evaluation, code: NormCode, row: int
) -> str | None:
    if found is not test.expect:
        return f"expected {test.expect}, found {found}"
    if test.exception is not None and test.exception not in holding:
        return f"expected the exception {test.exception}, found {', '.join(holding) or 'none'}"
    if test.asks:
        datatypes = datatypes_of(evaluation.rulebook.vocabulary)
        alone = Evaluation(evaluation.rulebook, [evaluation.scenarios[row]], None, evaluation.taxonomy)
        asked = set()
        for number in alone.unknown_atoms(code.outcome):
            atom = evaluation.rulebook.program.atoms[number]
            if isinstance(atom, SomeAtom | AtLeastAtom | CompareAtom):
                asked.add(manchester(atom_condition(atom), datatypes))
        missing = [text for each in test.asks if (text := manchester(each, datatypes)) not in asked]
        if missing:
            return f"expected to be asked {'; '.join(missing)}; asked {'; '.join(sorted(asked)) or 'nothing'}"
    return None


def _tried(norm: Norm, tests: Sequence[NormTest], held: set[str]) -> Tried:
    bite = State.PERMITTED if norm.modality is Modality.PERMISSION else State.VIOLATED
    ids = [clause.id for clause in all_exceptions(norm.exceptions)]
    tried = tuple(each for each in ids if each in held)
    return Tried(
        norm=norm.id,
        bites=any(test.expect is bite for test in tests),
        clear=any(test.expect not in (bite, State.UNDETERMINED) for test in tests),
        exceptions_tried=tried,
        exceptions_untried=tuple(each for each in ids if each not in tried),
    )
