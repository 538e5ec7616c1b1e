"""Write a scenario as a tree of plain values, the same that `read` reads.

model.scenario -> WRITE -> YAML, JSON
"""

from typing import Any

import yaml

from augkg.language.write import manchester
from augkg.model.scenario import HazardFact, Person, Scenario
from augkg.model.vocabulary import Vocabulary


def scenario_tree(scenario: Scenario, vocabulary: Vocabulary) -> dict[str, Any]:
    """A scenario as its file would state it."""
    tree: dict[str, Any] = {"id": scenario.id}
    for key, words in (("title", scenario.title), ("note", scenario.note)):
        if words is not None:
            tree[key] = {"en": words.en, "zh": words.zh}
    tree["date"] = scenario.date.isoformat()
    tree["jurisdiction"] = _one_or_list(list(scenario.jurisdictions))
    if scenario.sources:
        tree["sources"] = list(scenario.sources)
    left_open = []
    for name, facet in vocabulary.facets.items():
        facts = [fact for fact in scenario.facts if fact.facet == name]
        if name in scenario.complete or (facet.closed and facts and all(fact.holds for fact in facts)):
            tree[name] = _one_or_list([manchester(fact.filler) for fact in facts])
            left_open += [] if name in scenario.complete else [name]
        elif facts:
            tree[name] = {manchester(fact.filler): fact.holds for fact in facts}
    if scenario.more_hazards:
        left_open.append("hazards")
    if left_open:
        tree["open"] = left_open
    if scenario.quantities:
        tree["measures"] = {
            q.measure: f"{q.value:f} {vocabulary.measures[q.measure].unit}" for q in scenario.quantities
        }
    if scenario.hazards is not None:
        tree["hazards"] = [_hazard(fact) for fact in scenario.hazards]
    if scenario.people:
        indicators = vocabulary.evidence.indicators
        people = [_person(person, {i.name: i.unit for i in indicators.values()}) for person in scenario.people]
        tree["health"] = _one_or_list(people)
    for judgement in scenario.judgements:
        rating = bool(judgement.rating) if judgement.matter in vocabulary.terms else judgement.rating
        tree.setdefault("judgements", {}).setdefault(judgement.assessor, {})[judgement.matter] = rating
    return tree


def _hazard(fact: HazardFact) -> dict[str, Any]:
    numbers = {key: getattr(fact, key) for key in ("likelihood", "low", "high", "weight")}
    severity = {} if fact.severity is None else {"severity": str(fact.severity)}
    return {"hazard": fact.hazard, **{k: float(n) for k, n in numbers.items() if n is not None}, **severity}


def _person(person: Person, units: dict[str, str]) -> dict[str, Any]:
    head = {"id": person.id, "sex": person.sex and str(person.sex), "age": person.age}
    readings = {r.indicator: f"{r.value!r} {units[r.indicator]}" for r in person.readings}
    return {key: value for key, value in head.items() if value is not None} | readings


def scenario_yaml(scenario: Scenario, vocabulary: Vocabulary) -> str:
    """A scenario as YAML."""
    tree = scenario_tree(scenario, vocabulary)
    return str(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=110))


def _one_or_list(items: list[Any]) -> Any:
    return items[0] if len(items) == 1 else items
