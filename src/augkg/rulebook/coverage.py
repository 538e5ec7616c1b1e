"""Count what the rulebook covers, and read the list of what was left out.

rulebook + left-out.yaml -> COVERAGE -> model.coverage
"""

from collections import Counter
from collections.abc import Iterable

import msgspec

from augkg.documents import Node
from augkg.errors import Collector
from augkg.language.write import mentioned
from augkg.model.base import Words
from augkg.model.condition import Condition
from augkg.model.coverage import InstrumentCoverage, LeftOut, RulebookCoverage
from augkg.model.law import Norm
from augkg.model.rulebook import Rulebook
from augkg.shape import fit

ANY = "any"

# Many norms name what is done or to what, and no technology: these classes tell the family all the same.
_FAMILY_OF = {
    "ManipulatingCell": "Biotechnology",
    "CreatingEmbryo": "Biotechnology",
    "HandlingEmbryo": "Biotechnology",
    "PlacingInBody": "Biotechnology",
    "StoringGamete": "Biotechnology",
    "BreedingAnimal": "Biotechnology",
    "SelectingForReproduction": "Biotechnology",
    "TestingGenes": "Biotechnology",
    "DealingInBodyMaterial": "Biotechnology",
    "HandlingGeneticResources": "Biotechnology",
    "ArrangingSurrogacy": "Biotechnology",
    "HumanGermline": "Biotechnology",
    "Embryo": "Biotechnology",
    "EmbryoModel": "Biotechnology",
    "BodyMaterial": "Biotechnology",
    "GeneticData": "Biotechnology",
    "GenomeAsSuch": "Biotechnology",
    "StimulatingNervousSystem": "Neurotechnology",
    "RecordingBrainSignals": "Neurotechnology",
    "Brain": "Neurotechnology",
    "NeuralData": "Neurotechnology",
    "OperatingMachine": "RoboticsAssistance",
    "AssistingMovement": "RoboticsAssistance",
    "UsingVirtualEnvironment": "ImmersiveTechnology",
    "DecidingAboutPerson": "AISystem",
    "GeneratingSyntheticContent": "AISystem",
    "InteractingThroughAI": "AISystem",
    "SupplyingSystem": "AISystem",
    "ProcessingPersonalData": "DigitalSystem",
    "ProvidingOnlineService": "DigitalSystem",
    "ImplantingDevice": "ImplantableDevice",
}


class _Entry(msgspec.Struct, frozen=True, kw_only=True):
    instrument: str
    title: str
    clause: str
    jurisdiction: str
    reason: Words


def read_left_out(document: Node) -> tuple[LeftOut, ...]:
    """Read the list of what was left out.

    Raises:
        AugkgError: What is wrong with it, all of it.
    """
    found = Collector()
    entries: tuple[_Entry, ...] | None = fit(document, tuple[_Entry, ...], found)
    found.close()
    return tuple(LeftOut(**msgspec.structs.asdict(entry)) for entry in entries or ())


def coverage(rulebook: Rulebook, left_out: Iterable[LeftOut]) -> RulebookCoverage:
    """Count instruments and norms.

    Args:
        rulebook: The rulebook.
        left_out: What was not encoded.
    """
    families = _Families(rulebook)
    norms: dict[str, list[Norm]] = {}
    for norm in rulebook.norms:
        norms.setdefault(norm.instrument, []).append(norm)
    instruments = (
        InstrumentCoverage(
            id=each.id,
            title=each.title,
            jurisdiction=each.jurisdiction,
            binding=each.binding,
            reviewed_on=each.reviewed_on,
            statuses=dict(sorted(Counter(norm.status for norm in norms.get(each.id, ())).items())),
            families=dict(sorted(Counter(f for norm in norms.get(each.id, ()) for f in families.of(norm)).items())),
        )
        for each in rulebook.instruments.values()
    )
    return RulebookCoverage(
        instruments=tuple(sorted(instruments, key=lambda each: (each.jurisdiction, each.id))),
        left_out=tuple(sorted(left_out, key=lambda each: (each.jurisdiction, each.instrument, each.clause))),
    )


class _Families:
    """The families of technologies that norms are about: the topmost classes of the facet `technology`."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook, self._taxonomy = rulebook, rulebook.vocabulary.taxonomy
        vocabulary = rulebook.vocabulary
        self._top = set(vocabulary.children[vocabulary.facets["technology"].root])

    def of(self, norm: Norm) -> set[str]:
        """The families that a norm names, by its scope; `any` if it names none."""
        above = {up for name in self._names(norm.when) for up in self._taxonomy.above(name)}
        named = (above & self._top) or {_FAMILY_OF[name] for name in above if name in _FAMILY_OF}
        return named or {ANY}

    def _names(self, condition: Condition) -> set[str]:
        terms, queue = self._rulebook.vocabulary.terms, sorted(mentioned(condition))
        for name in queue:
            if name not in terms:
                queue += sorted(mentioned(self._rulebook.definitions[name]) - set(queue))
        return {name for name in queue if name in terms}
