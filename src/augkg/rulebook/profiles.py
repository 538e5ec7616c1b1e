"""Read how scores are set: every name known, every number in its range.

documents.Node -> PROFILES -> model.profile
"""

from decimal import Decimal

from augkg.documents import Node
from augkg.errors import AugkgError, Collector, did_you_mean
from augkg.model.profile import Profile, Triple
from augkg.model.vocabulary import Vocabulary
from augkg.rulebook.read import place_of
from augkg.shape import fit
from augkg.terms import Evidence, RiskClass, Severity

_NORMS = ("binding", "advisory")


def read_profile(document: Node, vocabulary: Vocabulary) -> Profile:
    """Read one profile.

    Args:
        document: The file.
        vocabulary: Whose hazards, domains and principles it may name.

    Raises:
        AugkgError: What is wrong with it, all of it.
    """
    found = Collector()
    profile: Profile | None = fit(document, Profile, found)
    found.close()
    assert profile is not None
    _Checks(document, profile, found).check(vocabulary)
    found.close()
    return profile


class _Checks:
    """What no type says of a profile."""

    def __init__(self, document: Node, profile: Profile, found: Collector) -> None:
        self._document, self._profile, self._found = document, profile, found

    def check(self, vocabulary: Vocabulary) -> None:
        risk, health, ethics = self._profile.risk, self._profile.health, self._profile.ethics
        evidence = vocabulary.evidence
        self._table("risk", "weights", {*evidence.hazards, *evidence.domains}, whole=False)
        self._table("risk", "severities", set(Severity), most=1)
        self._table("risk", "spread", set(Evidence), least=1)
        self._table("risk", "sum_bands", set(RiskClass))
        self._table("risk", "domain_bands", set(RiskClass))
        self._table("ethics", "norms", set(_NORMS))
        self._table("ethics", "principles", set(vocabulary.principles), whole=False)
        self._table("ethics", "vetoes", set(vocabulary.principles), whole=False, most=1)
        self._number("risk", "leak", risk.leak.value, most=1)
        self._number("risk", "concentration", risk.concentration.value)
        self._number("risk", "doubt", risk.doubt.value, least=1)
        draws = int(risk.draws.value)
        if draws < 64 or draws > 2**20 or draws & (draws - 1):
            self._issue("the number of draws is a power of two from 64 to 1048576", "risk", "draws", "value")
        for key in ("alpha", "undetermined", "judgement", "agreement"):
            self._number("ethics", key, getattr(ethics, key).value, most=1)
        for key, triple in (("baseline", health.baseline), ("slope", health.slope)):
            self._ordered("health", key, triple)
        for key in ("sum_bands", "domain_bands"):
            limits = [getattr(risk, key).value.get(each, Decimal(0)) for each in RiskClass]
            if limits != sorted(limits) or limits[0] != 0:
                self._issue("the bands begin at 0 and rise with the class", "risk", key, "value")

    def _issue(self, message: str, *path: str, **parts: str | int) -> None:
        self._found.add(AugkgError(message, at=place_of(self._document, *path), hint=None, **parts))

    def _number(self, section: str, key: str, value: Decimal, least: int = 0, most: int | None = None) -> None:
        if value < least or (most is not None and value > most):
            self._range(least, most, section, key, "value")

    def _range(self, least: int, most: int | None, *path: str) -> None:
        if most is None:
            self._issue("`{key}` is {least} or more", *path, key=path[1], least=least)
        else:
            self._issue("`{key}` lies between {least} and {most}", *path, key=path[1], least=least, most=most)

    def _ordered(self, section: str, key: str, triple: Triple) -> None:
        if not 0 <= triple.low <= triple.likely <= triple.high:
            self._issue("`{key}`: low, likely and high are in order, 0 or more", section, key, key=key)

    def _table(
        self, section: str, key: str, names: set[str], *, whole: bool = True, least: int = 0, most: int | None = None
    ) -> None:
        table = getattr(getattr(self._profile, section), key).value
        for name, value in table.items():
            if name not in names:
                near = did_you_mean(name, names)
                at = place_of(self._document, section, key, "value", name)
                hint = "did you mean `{near}`?" if near else "the names are: {known}"
                self._found.add(AugkgError("`{name}` is no name here", at=at, hint=hint, name=name, near=near,
                                           known=", ".join(sorted(names))))  # fmt: skip
            elif value < least or (most is not None and value > most):
                self._range(least, most, section, key, "value", name)
        for name in sorted(names - set(table)) if whole else ():
            self._issue("`{name}` is missing here", section, key, "value", name=name)
