"""Write a scenario as a tree of plain values, the same that `read` reads.

model.scenario -> WRITE -> YAML, JSON
"""

from typing import Any

import yaml

from augkg.language.write import manchester
from augkg.model.scenario import Scenario
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
    if left_open:
        tree["open"] = left_open
    if scenario.quantities:
        tree["measures"] = {
            q.measure: f"{q.value:f} {vocabulary.measures[q.measure].unit}" for q in scenario.quantities
        }
    return tree


def scenario_yaml(scenario: Scenario, vocabulary: Vocabulary) -> str:
    """A scenario as YAML."""
    tree = scenario_tree(scenario, vocabulary)
    return str(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=110))


def _one_or_list(items: list[str]) -> str | list[str]:
    return items[0] if len(items) == 1 else items
