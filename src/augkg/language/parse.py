"""Read a condition from text; every name is resolved, every error has its line and column.

Grammar (a subset of the Manchester syntax; `not` binds before `some`'s filler ends, `and` before `or`):

    condition   = conjunction { "or" conjunction }
    conjunction = primary { "and" primary }
    primary     = [ "not" ] ( restriction | NAME | "(" condition ")" )
    restriction = FACET "some" filler | FACET "min" N filler
                | MEASURE "some" TYPE "[" bound { "," bound } "]" | MEASURE "value" limit
    filler      = [ "not" ] ( NAME | "(" class-expression ")" )
    bound       = ( "<" | "<=" | ">" | ">=" | "=" ) limit        limit = NUMBER | "$" PARAMETER

    text -> PARSE -> model.condition
"""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from augkg.errors import AugkgError, Location, did_you_mean
from augkg.language.names import Names, synonyms
from augkg.model.condition import And, AtLeast, Bound, Compare, Condition, Named, Not, Or, Some

MAX_DEPTH = 32
MAX_LENGTH = 20_000

_TOKEN = re.compile(r"\s+|(?P<word>[^\W\d]\w*)|(?P<number>-?\d+(?:\.\d+)?)|(?P<sign><=|>=|[<>=()\[\],$])")
_REFUSED = {
    "only": "`only` is true of nothing at all; say what must be there with `some`, or `not` with `some`",
    "max": "`max` is not part of the language; use `not` with `min`",
    "exactly": "`exactly` is not part of the language; use `min`, and `not` with `min`",
    "inverse": "`inverse` is not part of the language",
    "Self": "`Self` is not part of the language",
    "that": "write `and`",
}
_KEYWORDS = frozenset({"and", "or", "not", "some", "min", "value", *_REFUSED})


class _Token(NamedTuple):
    text: str
    at: Location


def parse_condition(text: str, names: Names, at: Location) -> Condition:
    """Read a condition on scenarios.

    Args:
        text: The condition, possibly over several lines.
        names: What it may mention.
        at: Where the text starts.

    Raises:
        AugkgError: At the word that is wrong.
    """
    return _Parser(text, names, at).whole(_Parser.primary)


def parse_filler(text: str, names: Names, facet: str, at: Location) -> Condition:
    """Read a class expression over the terms of one facet; see `parse_condition`."""
    return _Parser(text, names, at, facet).whole(_Parser.class_primary)


def _tokens(text: str, at: Location) -> list[_Token]:
    found: list[_Token] = []
    line, start, position = at.line, -(at.column - 1), 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        here = Location(at.file, line, position - start + 1)
        if match is None:
            raise AugkgError("`{sign}` cannot stand in a condition", at=here, sign=text[position])
        if match.lastgroup is not None:
            found.append(_Token(match.group(), here))
        newlines = match.group().count("\n")
        if newlines:
            line += newlines
            start = position + match.group().rindex("\n") + 1
        position = match.end()
    found.append(_Token("", Location(at.file, line, position - start + 1)))
    return found


class _Parser:
    """Recursive descent over the tokens of one condition."""

    def __init__(self, text: str, names: Names, at: Location, facet: str | None = None) -> None:
        if len(text) > MAX_LENGTH:
            raise AugkgError("the condition is longer than {most} characters", at=at, most=MAX_LENGTH)
        self._tokens: Sequence[_Token] = _tokens(text, at)
        self._names, self._facet, self._position, self._depth = names, facet, 0, 0

    # --- tokens

    @property
    def _token(self) -> _Token:
        return self._tokens[self._position]

    def _take(self) -> _Token:
        token = self._token
        self._position += 1
        return token

    def _expect(self, text: str) -> None:
        if self._token.text != text:
            raise self._unexpected(f"`{text}`")
        self._take()

    def _unexpected(self, wanted: str) -> AugkgError:
        token = self._token
        if token.text in _REFUSED:
            return AugkgError("`{word}` is refused here", at=token.at, hint=_REFUSED[token.text], word=token.text)
        if not token.text:
            return AugkgError("the condition ends where {wanted} was expected", at=token.at, wanted=wanted)
        return AugkgError("`{word}` stands where {wanted} was expected", at=token.at, word=token.text, wanted=wanted)

    # --- the grammar

    def whole(self, primary: "Callable[[_Parser], Condition]") -> Condition:
        found = self._either(primary)
        if self._token.text:
            raise self._unexpected("`and`, `or` or the end")
        return found

    def _either(self, primary: "Callable[[_Parser], Condition]") -> Condition:
        parts = [self._both(primary)]
        while self._token.text == "or":
            self._take()
            parts.append(self._both(primary))
        return parts[0] if len(parts) == 1 else Or(parts=tuple(parts))

    def _both(self, primary: "Callable[[_Parser], Condition]") -> Condition:
        parts = [primary(self)]
        while self._token.text == "and":
            self._take()
            parts.append(primary(self))
        return parts[0] if len(parts) == 1 else And(parts=tuple(parts))

    def _negated_or_group(self, primary: "Callable[[_Parser], Condition]") -> Condition | None:
        if self._token.text not in ("not", "("):
            return None
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise AugkgError("the condition is nested more than {most} deep", at=self._token.at, most=MAX_DEPTH)
        if self._take().text == "not":
            found: Condition = Not(part=primary(self))
        else:
            found = self._either(primary)
            self._expect(")")
        self._depth -= 1
        return found

    def primary(self) -> Condition:
        grouped = self._negated_or_group(_Parser.primary)
        if grouped is not None:
            return grouped
        token = self._token
        vocabulary = self._names.vocabulary
        if token.text in vocabulary.facets:
            return self._restriction(self._take().text)
        if token.text in vocabulary.measures:
            return self._comparison(self._take().text)
        if token.text in self._names.local:
            return Named(name=self._names.local[self._take().text])
        if token.text in vocabulary.definitions:
            return Named(name=self._take().text)
        raise self._unknown(token)

    def _unknown(self, token: _Token) -> AugkgError:
        if token.text in _KEYWORDS or not token.text[:1].isalpha():
            return self._unexpected("a facet, a measure or a definition")
        vocabulary = self._names.vocabulary
        term = vocabulary.terms.get(token.text)
        if term is not None:
            hint = "write `{facet} some {word}`"
            return AugkgError("`{word}` is a class of the facet `{facet}`, not a condition", at=token.at, hint=hint,
                              word=term.name, facet=term.facet)  # fmt: skip
        known = [*vocabulary.facets, *vocabulary.measures, *vocabulary.definitions, *self._names.local]
        near = did_you_mean(token.text, known)
        return AugkgError(
            "`{word}` is not a facet, a measure or a definition",
            at=token.at,
            hint="did you mean `{near}`?" if near else None,
            word=token.text,
            near=near,
        )

    def _restriction(self, facet: str) -> Condition:
        word = self._token
        if word.text == "some":
            self._take()
            return Some(facet=facet, filler=self._filler(facet))
        if word.text == "min":
            self._take()
            number = self._token
            if not number.text.isdigit() or number.text == "0":
                raise self._unexpected("a whole number from 1 up")
            self._take()
            return AtLeast(facet=facet, n=int(number.text), filler=self._filler(facet))
        if word.text == "value":
            raise AugkgError("`value` compares a measure; a facet has classes", at=word.at, hint="use `some`")
        raise self._unexpected("`some` or `min`")

    def _filler(self, facet: str) -> Condition:
        outer, self._facet = self._facet, facet
        found = self.class_primary()
        self._facet = outer
        return found

    def class_primary(self) -> Condition:
        grouped = self._negated_or_group(_Parser.class_primary)
        if grouped is not None:
            return grouped
        token, vocabulary = self._token, self._names.vocabulary
        term = vocabulary.terms.get(token.text)
        if term is not None and term.facet == self._facet:
            self._take()
            return Named(name=term.name)
        if term is not None:
            raise AugkgError(
                "`{word}` belongs to the facet `{other}`, not to `{facet}`",
                at=token.at,
                hint="write `{other} some {word}`",
                word=token.text,
                other=term.facet,
                facet=self._facet,
            )
        if token.text in _KEYWORDS or not token.text[:1].isalpha():
            raise self._unexpected("a class of the ontology")
        names = [t.name for t in vocabulary.terms.values() if t.facet == self._facet]
        near = did_you_mean(token.text, names, synonyms(vocabulary, self._facet)) or did_you_mean(
            token.text, vocabulary.terms, synonyms(vocabulary)
        )
        raise AugkgError(
            "`{word}` is not a term of the facet `{facet}`",
            at=token.at,
            hint="did you mean `{near}`?" if near else "`augkg kb show {facet}` lists its terms",
            word=token.text,
            facet=self._facet,
            near=near,
        )

    def _comparison(self, measure: str) -> Condition:
        if self._token.text == "value":
            self._take()
            return Compare(measure=measure, bounds=(self._limit("="),))
        self._expect("some")
        datatype = "integer" if self._names.vocabulary.measures[measure].integer else "decimal"
        if self._token.text != datatype:
            raise AugkgError(
                "`{word}` stands where the type of `{measure}` was expected",
                at=self._token.at,
                hint="`{measure}` is {datatype}: write `{measure} some {datatype}[< 18]`",
                word=self._token.text,
                measure=measure,
                datatype=datatype,
            )
        self._take()
        self._expect("[")
        bounds = [self._bound()]
        while self._token.text == ",":
            self._take()
            bounds.append(self._bound())
        self._expect("]")
        return Compare(measure=measure, bounds=tuple(bounds))

    def _bound(self) -> Bound:
        if self._token.text not in ("<", "<=", "=", ">=", ">"):
            raise self._unexpected("a comparison (<, <=, =, >=, >)")
        return self._limit(self._take().text)

    def _limit(self, op: str) -> Bound:
        if self._token.text == "$":
            self._take()
            name = self._token
            if name.text not in self._names.parameters:
                near = did_you_mean(name.text, self._names.parameters)
                raise AugkgError(
                    "`${name}` is not a parameter of this pack",
                    at=name.at,
                    hint="did you mean `${near}`?" if near else "write it under `parameters:`",
                    name=name.text,
                    near=near,
                )
            return Bound(op=op, parameter=self._take().text)
        if not self._token.text.lstrip("-")[:1].isdigit():
            raise self._unexpected("a number or a $parameter")
        return Bound(op=op, limit=Decimal(self._take().text))
