"""Read a scenario from a document: every key and term is known, or the file is refused with all its errors.

documents.Mapping + vocabulary -> READ -> model.scenario
"""

from datetime import date
from decimal import Decimal
from typing import Any

from augkg.documents import Mapping, Node, Scalar, Sequence
from augkg.errors import AugkgError, Collector, Location, did_you_mean
from augkg.intake.quantities import number_and_unit
from augkg.intake.scores import ScoreReader
from augkg.language.names import Names
from augkg.language.parse import parse_filler
from augkg.language.write import manchester
from augkg.model.base import Words
from augkg.model.condition import Condition, Named, Not, conjuncts
from augkg.model.scenario import Fact, Quantity, Scenario
from augkg.model.taxonomy import Taxonomy
from augkg.model.vocabulary import Measure, Vocabulary
from augkg.shape import fit, unknown_key
from augkg.terms import Sex
from augkg.units import convert, known_units

_HEAD = (
    "id",
    "title",
    "date",
    "jurisdiction",
    "sources",
    "note",
    "open",
    "measures",
    "hazards",
    "health",
    "judgements",
)
_ADULT = 18.0  # what is known of the age of somebody who is stated to be an adult: the ranges of adults hold


def read_scenario(document: Node, vocabulary: Vocabulary) -> Scenario:
    """Read a scenario file.

    Args:
        document: The file as read by `documents`.
        vocabulary: The terms that it may use.

    Raises:
        AugkgError: What is wrong with it, all of it.
    """
    if not isinstance(document, Mapping):
        raise AugkgError(
            "a scenario is a table of keys", at=document.at, hint="start with `id:`, `date:`, `jurisdiction:`"
        )
    found = Collector()
    reader = _Reader(vocabulary, found)
    for key in ("id", "date", "jurisdiction"):
        if key not in document.entries:
            found.add(AugkgError("the key `{key}` is missing here", at=document.at, key=key))
    scenario = reader.scenario(document)
    found.close()
    return scenario


def read_given(node: Node, vocabulary: Vocabulary, found: Collector, *, id: str, day: date, place: str) -> Scenario:
    """Read the facets and measures of a pack's test as a scenario; misfits are added to `found`."""
    reader = _Reader(vocabulary, found)
    if not isinstance(node, Mapping):
        found.add(AugkgError("`given` is a table of facets", at=node.at))
        return Scenario(id=id, date=day, jurisdictions=(place,))
    facts, complete, quantities = reader.facts(node, head=("open", "measures"))
    return Scenario(
        id=id,
        date=day,
        jurisdictions=(place,),
        facts=facts,
        complete=complete,
        quantities=quantities,
        file=node.at.file,
    )


class _Reader:
    """Reads the parts of one scenario; misfits go to one collector."""

    def __init__(self, vocabulary: Vocabulary, found: Collector) -> None:
        self._vocabulary, self._found = vocabulary, found
        self._names = Names(vocabulary=vocabulary)

    def scenario(self, document: Mapping) -> Scenario:
        facts, complete, quantities = self.facts(document, head=_HEAD)
        entries = document.entries

        def head(key: str, shape: object) -> Any:
            return fit(entries[key], shape, self._found) if key in entries else None

        places = self._jurisdictions(entries["jurisdiction"]) if "jurisdiction" in entries else ()
        title, note = head("title", Words | str), head("note", Words | str)
        scores = ScoreReader(self._vocabulary, self._found)
        hazards = scores.hazards(entries["hazards"]) if "hazards" in entries else None
        subject = _subject(facts, quantities, self._vocabulary.taxonomy)
        judged = {f.filler.name: f.at for f in facts if f.facet == "circumstance" and isinstance(f.filler, Named)}
        return Scenario(
            id=str(head("id", str) or ""),
            date=head("date", date) or date.min,  # a missing date was collected as an error
            jurisdictions=places,
            title=Words(en=title, zh=title) if isinstance(title, str) else title,
            note=Words(en=note, zh=note) if isinstance(note, str) else note,
            sources=head("sources", tuple[str, ...]) or (),
            facts=facts,
            complete=complete,
            quantities=quantities,
            hazards=hazards,
            more_hazards=hazards is not None and _opens_hazards(entries.get("open")),
            people=scores.people(entries["health"], *subject) if "health" in entries else (),
            judgements=scores.judgements(entries["judgements"], judged) if "judgements" in entries else (),
            file=document.at.file,
        )

    def facts(
        self, document: Mapping, head: tuple[str, ...]
    ) -> tuple[tuple[Fact, ...], frozenset[str], tuple[Quantity, ...]]:
        facets = self._vocabulary.facets
        left_open = self._left_open(document.entries.get("open"))
        facts: list[Fact] = []
        complete: set[str] = set()
        for key, node in document.entries.items():
            if key in facets:
                facts += self._facet(key, node)
                # A list is complete; a table of true and false says only what it says.
                if facets[key].closed and key not in left_open and not isinstance(node, Mapping):
                    complete.add(key)
            elif key not in head:
                self._found.add(unknown_key(key, document.places[key], (*facets, *head)))
        self._contradictions(facts)
        measures = document.entries.get("measures")
        return tuple(facts), frozenset(complete), self._quantities(measures) if measures else ()

    def _left_open(self, node: Node | None) -> frozenset[str]:
        names = _scalars(node, self._found) if node is not None else []
        for each in names:
            if each.text not in (*self._vocabulary.facets, "hazards"):
                near = did_you_mean(each.text, self._vocabulary.facets)
                hint = "did you mean `{near}`?" if near else None
                self._found.add(AugkgError("`{word}` is not a facet", at=each.at, hint=hint, word=each.text, near=near))
        return frozenset(each.text for each in names)

    def _jurisdictions(self, node: Node) -> tuple[str, ...]:
        known = self._vocabulary.jurisdictions
        codes = []
        for each in _scalars(node, self._found):
            if each.text in known:
                codes.append(each.text)
                continue
            names = {j.label[lang].lower(): code for code, j in known.items() for lang in ("en", "zh")}
            near = known.get(each.text.upper()) and each.text.upper()
            near = near or did_you_mean(each.text, [], names)
            self._found.add(
                AugkgError(
                    "`{word}` is not a jurisdiction",
                    at=each.at,
                    hint="did you mean `{near}`?" if near else "write an ISO 3166 code, such as `FR` or `US-CA`",
                    word=each.text,
                    near=near,
                )
            )
        return tuple(codes)

    def _facet(self, facet: str, node: Node) -> list[Fact]:
        if isinstance(node, Mapping):
            return self._stated(facet, node)
        if not self._vocabulary.facets[facet].closed:
            each = AugkgError("`{facet}` takes a table of items, each true or false", at=node.at,
                              hint="write `{facet}: {{SomeItem: true}}`; what is not listed is unknown", facet=facet)  # fmt: skip
            self._found.add(each)
            return []
        facts = []
        for item in _scalars(node, self._found):
            filler = self._filler(facet, item.raw, item.raw_at)
            if filler is not None:
                facts.append(Fact(facet=facet, filler=filler, at=item.at))
        return facts

    def _stated(self, facet: str, node: Mapping) -> list[Fact]:
        facts = []
        for key, value in node.entries.items():
            filler = self._filler(facet, key, node.places[key])
            if not isinstance(value, Scalar) or not (isinstance(value.value, bool) or value.text == "unknown"):
                self._found.add(
                    AugkgError(
                        "`{key}` is true, false or unknown", at=value.at, hint="leave out what is unknown", key=key
                    )
                )
            elif isinstance(value.value, bool) and filler is not None:
                if not value.value and not isinstance(filler, Named):
                    self._found.add(AugkgError("only a single class can be stated false", at=node.places[key]))
                facts.append(Fact(facet=facet, filler=filler, holds=value.value, at=node.places[key]))
        return facts

    def _filler(self, facet: str, text: str, at: Location) -> Condition | None:
        with self._found.gather():
            filler = parse_filler(text, self._names, facet, at)
            if any(not isinstance(part.part if isinstance(part, Not) else part, Named) for part in conjuncts(filler)):
                raise AugkgError(
                    "a value says what one thing is: a class, or classes joined by `and` and `and not`",
                    at=at,
                    hint="list several things one by one",
                )
            return filler
        return None

    def _contradictions(self, facts: list[Fact]) -> None:
        taxonomy = self._vocabulary.taxonomy
        absent = [(fact, fact.filler.name) for fact in facts if not fact.holds and isinstance(fact.filler, Named)]
        for fact in facts:
            if not fact.holds:
                continue
            for clash in _impossible(fact.filler, taxonomy):
                self._found.add(AugkgError("nothing is both `{a}` and `{b}`", at=fact.at, a=clash[0], b=clash[1]))
            for other, name in absent:
                if other.facet == fact.facet and taxonomy.entails(fact.filler, Named(name=name)):
                    self._found.add(
                        AugkgError(
                            "`{a}` is stated, but `{b}`, which it falls under, is stated false",
                            at=fact.at,
                            hint="see line {line}",
                            a=manchester(fact.filler),
                            b=name,
                            line=other.at.line if other.at else 0,
                        )
                    )

    def _quantities(self, node: Node) -> tuple[Quantity, ...]:
        if not isinstance(node, Mapping):
            self._found.add(AugkgError("`measures` is a table: `age: 34 a`", at=node.at))
            return ()
        found = []
        for key, value in node.entries.items():
            measure = self._vocabulary.measures.get(key)
            if measure is None:
                self._found.add(unknown_key(key, node.places[key], self._vocabulary.measures))
                continue
            with self._found.gather():
                found.append(Quantity(measure=key, value=_quantity(measure, value), at=value.at))
        return tuple(found)


def _quantity(measure: Measure, node: Node) -> Decimal:
    number, unit = number_and_unit(node, measure.name, measure.unit)
    value = convert(Decimal(number), unit, measure.unit)
    if value is None:
        raise AugkgError(
            "`{unit}` is not a unit of `{name}`",
            at=node.at,
            hint="use one of: {known}",
            unit=unit,
            name=measure.name,
            known=", ".join(known_units(measure.unit)),
        )
    if measure.integer and value != value.to_integral_value():
        raise AugkgError("`{name}` is counted in whole {unit}", at=node.at, name=measure.name, unit=measure.unit)
    return value


def _scalars(node: Node, found: Collector) -> list[Scalar]:
    items = node.items if isinstance(node, Sequence) else (node,)
    plain = []
    for item in items:
        if isinstance(item, Scalar) and item.text:
            plain.append(item)
        else:
            found.add(AugkgError("a name, or a list of names, was expected here", at=item.at))
    return plain


def _impossible(filler: Condition, taxonomy: Taxonomy) -> list[tuple[str, str]]:
    parts = conjuncts(filler)
    names = [p.name for p in parts if isinstance(p, Named)]
    excluded = [p.part.name for p in parts if isinstance(p, Not) and isinstance(p.part, Named)]
    clashes = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :] if taxonomy.disjoint(a, b)]
    return clashes + [(a, f"not {b}") for a in names for b in excluded if taxonomy.under(a, b)]


def _opens_hazards(node: Node | None) -> bool:
    """Whether `open` says that the hazards listed are not all."""
    items = node.items if isinstance(node, Sequence) else (node,)
    return any(isinstance(item, Scalar) and item.text == "hazards" for item in items)


def _subject(
    facts: tuple[Fact, ...], quantities: tuple[Quantity, ...], taxonomy: Taxonomy
) -> tuple[Sex | None, float | None]:
    """The sex and the age in years of the person concerned, as far as facts and measures state them."""
    stated = [f.filler for f in facts if f.facet == "subject" and f.holds]

    def is_a(name: str) -> bool:
        return bool(stated) and all(taxonomy.entails(filler, Named(name=name)) is True for filler in stated)

    sex = Sex.FEMALE if is_a("Woman") else Sex.MALE if is_a("Man") else None
    ages = [float(q.value) for q in quantities if q.measure == "age"]
    return sex, ages[0] if ages else _ADULT if is_a("Adult") else None
