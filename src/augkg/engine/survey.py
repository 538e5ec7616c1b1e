"""Survey a scenario over jurisdictions or over time: one run of the program, a row for each place or period.

rulebook + scenario -> SURVEY -> model.survey

Nothing is sampled: the days looked at are those on which anything on file changes.
"""

from collections.abc import Sequence
from datetime import date

import msgspec

from augkg.engine.assess import assess
from augkg.engine.evaluation import Evaluation, state_in
from augkg.model.base import Interval, Words
from augkg.model.law import Instrument, all_exceptions
from augkg.model.rulebook import Rulebook
from augkg.model.scenario import Scenario
from augkg.model.survey import Answer, Change, Matrix, Period, Timeline
from augkg.terms import State

_States = dict[str, State]
_DAWN = date(1, 1, 1)


def survey_places(rulebook: Rulebook, scenario: Scenario, places: Sequence[str], day: date) -> Matrix:
    """What is found about a scenario in each of several places, under the law of one day.

    Args:
        rulebook: The rulebook.
        scenario: The scenario; where it says it happens is left aside.
        places: The jurisdictions, in the order wanted.
        day: The date whose law is asked for.
    """
    rows = [msgspec.structs.replace(scenario, jurisdictions=(place,), date=day) for place in places]
    evaluation = Evaluation(rulebook, rows)
    # Where the same norms speak in the same states the same is found: each such group is assessed once.
    known: dict[object, Answer] = {}
    answers = []
    for row, place in enumerate(places):
        key = (_gates(evaluation, row), tuple(_states(evaluation, row).items()), _own_numbers(rulebook, place))
        if key not in known:
            known[key] = _answer(rulebook, rows[row])
        answers.append(msgspec.structs.replace(known[key], jurisdiction=place))
    return Matrix(scenario=scenario.id, title=_title(scenario), as_of=day, answers=tuple(answers))


def survey_time(rulebook: Rulebook, scenario: Scenario, place: str) -> Timeline:
    """What is found about a scenario in one place, period by period."""
    days = breakpoints(rulebook, place)
    rows = [msgspec.structs.replace(scenario, jurisdictions=(place,), date=day) for day in (_DAWN, *days)]
    evaluation = Evaluation(rulebook, rows)
    states = [_states(evaluation, row) for row in range(len(rows))]
    periods: list[Period] = []
    found: list[tuple[_States, Answer]] = []
    for row, day in enumerate((None, *days)):
        answer = _answer(rulebook, rows[row])
        if found and _same(found[-1], (states[row], answer)):
            continue
        changes = _changes(found[-1][0], states[row]) if found else ()
        if periods:
            periods[-1] = msgspec.structs.replace(periods[-1], until=day)
        periods.append(Period(since=day, until=None, answer=answer, changes=changes))
        found.append((states[row], answer))
    return Timeline(scenario=scenario.id, title=_title(scenario), jurisdiction=place, periods=tuple(periods))


def breakpoints(rulebook: Rulebook, place: str) -> tuple[date, ...]:
    """The days on which anything on file changes for a place: norms, exceptions, parties, memberships, parameters."""
    jurisdictions = rulebook.vocabulary.jurisdictions
    reach: set[str] = {"INT"}
    found: list[Interval] = []
    here: str | None = place
    while here is not None:
        memberships = jurisdictions[here].memberships
        reach |= {here, *(m.organisation for m in memberships)}
        found += [m.interval for m in memberships]
        here = jurisdictions[here].part_of
    speaking = {key for key, each in rulebook.instruments.items() if _may_speak(each, reach)}
    for key in speaking:
        instrument = rulebook.instruments[key]
        found += [party.interval for party in instrument.parties if party.code in reach]
        found += [value.interval for values in instrument.parameters.values() for value in values]
    for norm in rulebook.norms:
        if norm.instrument in speaking:
            found += norm.in_force
            found += [interval for clause in all_exceptions(norm.exceptions) for interval in clause.in_force]
    return tuple(sorted({day for interval in found for day in (interval.since, interval.until) if day is not None}))


def _may_speak(instrument: Instrument, reach: set[str]) -> bool:
    if instrument.parties:
        return any(party.code in reach for party in instrument.parties)
    return instrument.jurisdiction in reach


def _same(a: tuple[_States, Answer], b: tuple[_States, Answer]) -> bool:
    """Whether the same is found; how many norms are on file makes no difference by itself."""
    return a[0] == b[0] and msgspec.structs.replace(a[1], binding_norms=b[1].binding_norms) == b[1]


def _states(evaluation: Evaluation, row: int) -> _States:
    """The states of the norms that speak in one row."""
    found = ((norm.id, state_in(planes, row)) for norm, _, planes in evaluation.norms)
    return {name: state for name, state in found if state is not State.NOT_APPLICABLE}


def _gates(evaluation: Evaluation, row: int) -> tuple[bool, ...]:
    return tuple(bool(evaluation.planes[code.gate][0] >> row & 1) for _, code, _ in evaluation.norms)


def _own_numbers(rulebook: Rulebook, place: str) -> tuple[str, ...]:
    """The place, where an instrument has numbers of its own for it; such a place is a group by itself."""
    own = any(
        v.jurisdiction == place for i in rulebook.instruments.values() for vs in i.parameters.values() for v in vs
    )
    return (place,) if own else ()


def _changes(before: _States, after: _States) -> tuple[Change, ...]:
    return tuple(
        Change(norm=name, before=before.get(name), after=after.get(name))
        for name in sorted({*before, *after})
        if before.get(name) is not after.get(name)
    )


def _answer(rulebook: Rulebook, scenario: Scenario) -> Answer:
    found = assess(rulebook, scenario)
    return Answer(
        jurisdiction=scenario.jurisdictions[0],
        verdict=found.verdict,
        decided_by=found.decided_by,
        red_lines=found.red_lines,
        conditions=tuple(condition.fact for condition in found.conditions),
        binding_norms=found.coverage.binding_norms,
    )


def _title(scenario: Scenario) -> Words:
    return scenario.title or Words(en=scenario.id, zh=scenario.id)
