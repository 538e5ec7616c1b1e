"""Read the parts of a scenario that scores are computed from: hazards, indicators of people, judgements of assessors.

documents.Node + vocabulary -> SCORES -> model.scenario
"""

from decimal import Decimal, InvalidOperation
from pathlib import Path

from augkg.documents import Mapping, Node, Scalar, Sequence
from augkg.errors import AugkgError, Collector, Location, did_you_mean
from augkg.intake.quantities import QUANTITY, number_and_unit
from augkg.model.evidence import Indicator
from augkg.model.scenario import HazardFact, Judgement, Person, Reading
from augkg.model.vocabulary import Vocabulary
from augkg.shape import unknown_key
from augkg.terms import EstimateKind, Severity, Sex
from augkg.units import convert, convert_ucum

_HAZARD_KEYS = ("hazard", "likelihood", "low", "high", "weight", "severity")
_TABLES = (".csv", ".parquet", ".xlsx")


class ScoreReader:
    """Reads these parts; misfits go to one collector."""

    def __init__(self, vocabulary: Vocabulary, found: Collector) -> None:
        self._vocabulary, self._found = vocabulary, found
        self._evidence = vocabulary.evidence
        self._indicators = indicator_names(vocabulary)

    def _add(self, message: str, at: Location, hint: str | None = None, **parts: object) -> None:
        self._found.add(AugkgError(message, at=at, hint=hint, **parts))

    # --- hazards

    def hazards(self, node: Node) -> tuple[HazardFact, ...]:
        """`hazards:`, a list of names or of tables with `hazard`, `likelihood`, `low`, `high`, `weight`, `severity`."""
        items = node.items if isinstance(node, Sequence) else (node,)
        facts = [fact for item in items if (fact := self._hazard(item)) is not None]
        names: set[str] = set()
        for fact in facts:
            if fact.hazard in names and fact.at:
                self._add("`{name}` is stated twice", fact.at, name=fact.hazard)
            names.add(fact.hazard)
        return tuple(facts)

    def _hazard(self, node: Node) -> HazardFact | None:
        if isinstance(node, Scalar):
            node = Mapping(entries={"hazard": node}, places={"hazard": node.at}, at=node.at)
        named = node.entries.get("hazard") if isinstance(node, Mapping) else None
        if not isinstance(node, Mapping) or not isinstance(named, Scalar):
            self._add("a hazard is a name, or a table with `hazard`", node.at, "`- {{hazard: GeneMutation, likelihood: 0.001}}`")  # fmt: skip
            return None
        for key in node.entries:
            if key not in _HAZARD_KEYS:
                self._found.add(unknown_key(key, node.places[key], _HAZARD_KEYS))
        name = named.text
        if name not in self._evidence.hazards:
            known = self._evidence.hazards
            near = did_you_mean(name, known, {h.label[lang]: h.name for h in known.values() for lang in ("en", "zh")})
            hint = "did you mean `{near}`?" if near else "`augkg kb show HarmDomain` lists them"
            self._add("`{name}` is no hazard", named.at, hint, name=name, near=near)
            return None
        numbers = {key: self._decimal(node, key) for key in ("likelihood", "low", "high", "weight")}
        severity = node.entries.get("severity")
        if severity is not None and (not isinstance(severity, Scalar) or severity.text not in list(Severity)):
            self._add("`severity` is one of: {known}", severity.at, known=", ".join(Severity))
            severity = None
        fact = HazardFact(
            hazard=name, severity=Severity(severity.text) if isinstance(severity, Scalar) else None, at=node.at, **numbers
        )  # fmt: skip
        self._likelihood(fact, node.at)
        return fact

    def _decimal(self, node: Mapping, key: str) -> Decimal | None:
        value = node.entries.get(key)
        if value is None:
            return None
        try:
            number = Decimal(value.text if isinstance(value, Scalar) else "")
        except InvalidOperation:
            number = Decimal("nan")
        most = None if key == "weight" else 1
        if not number.is_finite() or number < 0 or (most is not None and number > most):
            wanted = "`{key}` is a number from 0 to 1" if most else "`{key}` is a number, 0 or more"
            self._add(wanted, value.at, "0.1 % is written 0.001" if most else None, key=key)
            return None
        return number

    def _likelihood(self, fact: HazardFact, at: Location) -> None:
        ends = [n for n in (fact.low, fact.likelihood, fact.high) if n is not None]
        if ends != sorted(ends) or (fact.likelihood is None and ends):
            self._add("`low`, `likelihood` and `high` are in order, and none of the ends goes without `likelihood`", at)
        counted = (
            e for e in self._evidence.estimates.values() if e.kind is EstimateKind.PROBABILITY and not e.comparator
        )
        if fact.likelihood is None and not any(e.hazard == fact.hazard for e in counted):
            self._add("no likelihood of `{name}` is on file: state one", at, "`likelihood: 0.001`", name=fact.hazard)

    # --- health

    def people(self, node: Node, sex: Sex | None, age: float | None) -> tuple[Person, ...]:
        """`health:`, one person's indicators, a list of people, or the name of a table beside the scenario.

        Args:
            node: What stands there.
            sex: The sex that the scenario states of its subject.
            age: The age in years that it states.
        """
        if isinstance(node, Scalar) and node.text.lower().endswith(_TABLES):
            return self._table(node, sex, age)
        items = node.items if isinstance(node, Sequence) else (node,)
        people = []
        for number, item in enumerate(items, 1):
            if isinstance(item, Mapping):
                people.append(self._person(item, str(number), sex, age))
            else:
                self._add(
                    "`health` is a table of indicators, a list of such tables, or the name of a CSV file", item.at
                )
        return tuple(people)

    def _table(self, node: Scalar, sex: Sex | None, age: float | None) -> tuple[Person, ...]:
        from augkg.intake.people import read_people

        path = Path(node.at.file).parent / node.text
        with self._found.gather():
            return read_people(path, self._vocabulary, sex, age, at=node.at)
        return ()

    def _person(self, node: Mapping, name: str, sex: Sex | None, age: float | None) -> Person:
        readings: list[Reading] = []
        for key, value in node.entries.items():
            match key:
                case "id":
                    name = value.text if isinstance(value, Scalar) else name
                case "sex":
                    sex = self._sex(value)
                case "age":
                    age = self._age(value)
                case _:
                    indicator = self.indicator(key, node.places[key])
                    with self._found.gather():
                        if indicator is not None and any(r.indicator == indicator.name for r in readings):
                            raise AugkgError("`{name}` is stated twice", at=node.places[key], name=indicator.name)
                        if indicator is not None:
                            value_in = _quantity(indicator, value)
                            readings.append(Reading(indicator=indicator.name, value=value_in, at=value.at))
        return Person(id=name, sex=sex, age=age, readings=tuple(readings))

    def _sex(self, node: Node) -> Sex | None:
        if isinstance(node, Scalar) and node.text in list(Sex):
            return Sex(node.text)
        self._add("`sex` is `female` or `male`", node.at, "leave out what is unknown")
        return None

    def _age(self, node: Node) -> float | None:
        match = QUANTITY.fullmatch(node.text.strip()) if isinstance(node, Scalar) else None
        years = convert(Decimal(match.group(1)), match.group(2) or "a", "a") if match else None
        if years is None or years < 0:
            self._add("`age` is a number of years", node.at, "`age: 34 a`, or `age: 8 mo`")
            return None
        return float(years)

    def indicator(self, name: str, at: Location) -> Indicator | None:
        """The indicator of a name, another name for it, or a LOINC code."""
        known = self._evidence.indicators
        found = self._indicators.get(name.lower())
        if found is None:
            near = did_you_mean(name, known, self._indicators)
            hint = "did you mean `{near}`?" if near else None
            self._add("`{name}` is no indicator", at, hint, name=name, near=near)
            return None
        return known[found]

    # --- judgements

    def judgements(self, node: Node, stated: dict[str, Location | None]) -> tuple[Judgement, ...]:
        """`judgements:`, for each assessor what they judge: circumstances true or false, principles from 0 to 1.

        Args:
            node: What stands there.
            stated: The circumstances that the scenario states, which nobody judges any more.
        """
        found = []
        if not isinstance(node, Mapping):
            self._add("`judgements` is a table of assessors", node.at, "`judgements: {{anna: {{Autonomy: 0.8}}}}`")
            return ()
        for assessor, sheet in node.entries.items():
            if not isinstance(sheet, Mapping):
                self._add("an assessor's judgements are a table", sheet.at, "`{assessor}: {{Autonomy: 0.8}}`", assessor=assessor)  # fmt: skip
                continue
            for matter, value in sheet.entries.items():
                if matter in stated:
                    self._add(
                        "`{name}` is stated already, and is not judged any more", sheet.places[matter], name=matter
                    )
                with self._found.gather():
                    rating = self._rating(matter, value, sheet.places[matter])
                    found.append(Judgement(assessor=assessor, matter=matter, rating=rating, at=sheet.places[matter]))
        return tuple(found)

    def _rating(self, matter: str, node: Node, at: Location) -> float:
        term = self._vocabulary.terms.get(matter)
        value = node.value if isinstance(node, Scalar) else None
        if term is not None and term.facet == "circumstance":
            if isinstance(value, bool):
                return float(value)
            raise AugkgError("a judgement of the circumstance `{name}` is true or false", at=node.at, name=matter)
        if matter in self._vocabulary.principles:
            if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
                return float(value)
            raise AugkgError("a rating of the principle `{name}` lies between 0 and 1", at=node.at, name=matter)
        circumstances = [t.name for t in self._vocabulary.terms.values() if t.facet == "circumstance"]
        near = did_you_mean(matter, [*self._vocabulary.principles, *circumstances])
        hint = "did you mean `{near}`?" if near else "judged are circumstances and principles"
        raise AugkgError("`{name}` is neither a circumstance nor a principle", at=at, hint=hint, name=matter, near=near)


def indicator_names(vocabulary: Vocabulary) -> dict[str, str]:
    """Every word for an indicator, in lower case, with its name: names, other names, labels, LOINC codes."""
    found: dict[str, str] = {}
    for indicator in vocabulary.evidence.indicators.values():
        words = (
            indicator.name,
            *indicator.alt,
            indicator.label.en,
            indicator.label.zh,
            indicator.loinc or indicator.name,
        )
        found |= {word.lower(): indicator.name for word in words}
    return found


def _quantity(indicator: Indicator, node: Node) -> float:
    number, unit = number_and_unit(node, indicator.name, indicator.unit)
    try:
        return convert_ucum(float(number), unit, indicator.unit, indicator.molar_mass)
    except ValueError:
        raise AugkgError(
            "`{unit}` does not convert to the unit of `{name}`",
            at=node.at,
            hint="use {wanted} (UCUM)",
            unit=unit,
            name=indicator.name,
            wanted=indicator.unit,
        ) from None
