"""Write a condition as text: Manchester syntax for the machine, words for the reader.

model.condition -> WRITE -> "act some PlacingInWoman" | "the act is placing in a woman" | "行为是植入女性体内"
"""

import re
from collections.abc import Callable, Mapping

from augkg.model.base import Words
from augkg.model.condition import And, AtLeast, Bound, Compare, Condition, Named, Not, Or, Some, walk
from augkg.model.vocabulary import Vocabulary


def manchester(condition: Condition, datatypes: Callable[[str], str] | None = None) -> str:
    """The condition in Manchester syntax, with no more parentheses than it needs.

    Args:
        condition: The condition.
        datatypes: The type of a measure, `integer` or `decimal`; decimal unless given.

    Examples:
        >>> a, b = Some(facet="act", filler=Named(name="A")), Some(facet="act", filler=Named(name="B"))
        >>> manchester(And(parts=(Or(parts=(a, b)), Not(part=a))))
        '(act some A or act some B) and not act some A'
    """
    match condition:
        case Named(name=name):
            return name.rpartition("/")[2]
        case Some(facet=facet, filler=filler):
            return f"{facet} some {_primary(filler, datatypes)}"
        case AtLeast(facet=facet, n=n, filler=filler):
            return f"{facet} min {n} {_primary(filler, datatypes)}"
        case Compare(measure=measure, bounds=bounds):
            datatype = datatypes(measure) if datatypes else "decimal"
            return f"{measure} some {datatype}[{', '.join(f'{b.op} {_limit(b)}' for b in bounds)}]"
        case Not(part=part):
            return f"not {_primary(part, datatypes)}"
        case And(parts=parts):
            texts = (
                manchester(p, datatypes) if not isinstance(p, And | Or) else f"({manchester(p, datatypes)})"
                for p in parts
            )
            return " and ".join(texts)
        case Or(parts=parts):
            return " or ".join(
                manchester(p, datatypes) if not isinstance(p, Or) else f"({manchester(p, datatypes)})" for p in parts
            )


def _primary(condition: Condition, datatypes: Callable[[str], str] | None) -> str:
    text = manchester(condition, datatypes)
    return f"({text})" if isinstance(condition, And | Or) else text


def _limit(bound: Bound) -> str:
    return f"${bound.parameter}" if bound.parameter else f"{bound.limit:f}"


def datatypes_of(vocabulary: Vocabulary) -> Callable[[str], str]:
    """The types of the measures of a vocabulary, for `manchester`."""
    return lambda name: "integer" if vocabulary.measures[name].integer else "decimal"


_JOIN = {"en": {"and": " and ", "or": " or "}, "zh": {"and": "且", "or": "或"}}
_SIGNS = {
    "en": {"<": "less than {}", "<=": "at most {}", "=": "exactly {}", ">=": "at least {}", ">": "more than {}"},
    "zh": {"<": "小于{}", "<=": "不超过{}", "=": "等于{}", ">=": "不小于{}", ">": "大于{}"},
}
_UNITS = {
    "en": {"d": "days", "a": "years", "h": "hours", "mo": "months", "wk": "weeks", "1": "", "{}": ""},
    "zh": {"d": "天", "a": "岁", "h": "小时", "mo": "个月", "wk": "周", "1": "", "{}": ""},
}


class Reader:
    """Reads conditions aloud in one language, from the labels of the ontology.

    Args:
        vocabulary: Where the labels stand.
        language: `en` or `zh`.
        local: Labels of definitions local to packs, by their name in the rulebook.
    """

    def __init__(self, vocabulary: Vocabulary, language: str, local: Mapping[str, Words] | None = None) -> None:
        self._vocabulary, self._language, self._local = vocabulary, language, local or {}
        self._join = _JOIN[language]

    def words(self, condition: Condition) -> str:
        """The condition in words."""
        match condition:
            case Named(name=name):
                return self._name(name)
            case Some(facet=facet, filler=filler):
                return self._vocabulary.facets[facet].phrase[self._language].format(self.thing(filler))
            case Not(part=Some(facet=facet, filler=filler)):
                # "there is no" takes no article after it.
                thing = self.thing(filler)
                bare = thing if self._vocabulary.facets[facet].closed else re.sub(r"^(an?|the) ", "", thing)
                return self._vocabulary.facets[facet].negated_phrase[self._language].format(bare)
            case AtLeast(facet=facet, n=n, filler=filler):
                phrase = self._vocabulary.facets[facet].phrase[self._language]
                many = (
                    f"at least {n} × {self.thing(filler)}"
                    if self._language == "en"
                    else f"至少{n}项{self.thing(filler)}"
                )
                return phrase.format(many)
            case Compare(measure=measure, bounds=bounds):
                return self._compare(self._vocabulary.measures[measure].phrase, measure, bounds)
            case Not(part=Compare(measure=measure, bounds=bounds)):
                return self._compare(self._vocabulary.measures[measure].negated_phrase, measure, bounds)
            case Not(part=part):
                return (
                    f"it is not so that {self._group(part)}" if self._language == "en" else f"并非{self._group(part)}"
                )
            case And(parts=parts):
                return self._join["and"].join(self._group(part) for part in parts)
            case Or(parts=parts):
                either = "either " if self._language == "en" else ""
                return either + self._join["or"].join(self._group(part) for part in parts)

    def _group(self, condition: Condition) -> str:
        text = self.words(condition)
        if not isinstance(condition, And | Or):
            return text
        return f"({text})" if self._language == "en" else f"（{text}）"

    def _compare(self, phrase: Words, measure: str, bounds: tuple[Bound, ...]) -> str:
        code = self._vocabulary.measures[measure].unit
        unit = _UNITS[self._language].get(code, code)
        space = " " if self._language == "en" and unit else ""
        signs = _SIGNS[self._language]
        limits = self._join["and"].join(signs[b.op].format(_limit(b) + space + unit) for b in bounds)
        return phrase[self._language].format(limits)

    def thing(self, expression: Condition) -> str:
        """A class expression in words, as it stands inside a phrase."""
        match expression:
            case Named(name=name):
                return self._name(name)
            case Not(part=part):
                return ("something other than {}" if self._language == "en" else "非{}").format(self._one(part))
            case And(parts=parts):
                plain = [self._one(p) for p in parts if not isinstance(p, Not)]
                without = [self._one(p.part) for p in parts if isinstance(p, Not)]
                if self._language == "en":
                    text = " that is also ".join(plain) if plain else "something"
                    return text + "".join(f" that is not {each}" for each in without)
                return "且为".join(plain) + "".join(f"（且非{each}）" for each in without)
            case Or(parts=parts):
                return self._join["or"].join(self._one(part) for part in parts)
        raise TypeError(expression)

    def _one(self, expression: Condition) -> str:
        text = self.thing(expression)
        if isinstance(expression, Named):
            return text
        return f"({text})" if self._language == "en" else f"（{text}）"

    def _name(self, name: str) -> str:
        term = self._vocabulary.terms.get(name) or self._vocabulary.definitions.get(name)
        if term is not None:
            return term.label[self._language]
        if name in self._local:
            return self._local[name][self._language]
        short = name.rpartition("/")[2]
        return f"“{short}” as the pack defines it" if self._language == "en" else f"规则包所定义的“{short}”"


def mentioned(condition: Condition) -> frozenset[str]:
    """The names of classes and definitions that occur in a condition."""
    return frozenset(part.name for part in walk(condition) if isinstance(part, Named))
