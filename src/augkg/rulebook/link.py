"""Link packs into one body of law: ids are unique, overrides meet norms and go in no circle, red lines stand.

Pack… + vocabulary -> LINK -> instruments, norms, definitions -> engine.compile
"""

from collections.abc import Sequence

from augkg.errors import AugkgError, Collector, Location, did_you_mean
from augkg.model.base import Interval, Words
from augkg.model.condition import Condition
from augkg.model.law import Citation, Instrument, Norm, all_exceptions
from augkg.model.rulebook import Pack
from augkg.model.vocabulary import Definition, Vocabulary
from augkg.terms import Modality, Sanction, Status

RED_LINES = "red-line"


def link_packs(
    packs: Sequence[Pack], vocabulary: Vocabulary
) -> tuple[dict[str, Instrument], tuple[Norm, ...], dict[str, Condition]]:
    """Put packs together.

    Returns:
        The instruments by id; all norms, the red lines of the ontology first; all definitions.

    Raises:
        AugkgError: Where packs contradict one another in form, all of it.
    """
    found = Collector()
    instruments: dict[str, Instrument] = {}
    norms: dict[str, tuple[Norm, str]] = {}
    definitions = {name: definition.condition for name, definition in vocabulary.definitions.items()}
    for red_line in (_red_line(d) for d in vocabulary.definitions.values() if d.red_line):
        norms[red_line.id] = (red_line, "")
    for pack in packs:
        file = pack.instrument.file
        if pack.instrument.id in instruments:
            found.add(AugkgError("the instrument `{id}` is encoded twice", at=Location(file), hint="the other pack is {file}",
                                 id=pack.instrument.id, file=instruments[pack.instrument.id].file))  # fmt: skip
        instruments[pack.instrument.id] = pack.instrument
        definitions |= pack.definitions
        for norm in pack.norms:
            if norm.id in norms:
                found.add(AugkgError("the norm `{id}` stands twice", at=Location(file), id=norm.id))
            norms[norm.id] = (norm, file)
    _check_references(norms, found)
    _check_exceptions(packs, found)
    _check_circles(norms, found)
    found.close()
    return instruments, tuple(norm for norm, _ in norms.values()), definitions


def _red_line(definition: Definition) -> Norm:
    name = Words(en=definition.definition.en, zh=definition.definition.zh)
    return Norm(
        id=f"{RED_LINES}/{definition.name}",
        instrument=RED_LINES,
        modality=Modality.PROHIBITION,
        gist=name,
        when=definition.condition,
        in_force=(Interval(),),
        cite=Citation(clause=definition.clause, url=next(iter(definition.source), None)),
        sanction=Sanction.NONE,
        supports=definition.offends,
        status=Status.REVIEWED,
        red_line=True,
    )


def _check_references(norms: dict[str, tuple[Norm, str]], found: Collector) -> None:
    for norm, file in norms.values():
        for key, others in (("overrides", norm.overrides), ("yields_to", norm.yields_to)):
            for other in others:
                at = Location(file)
                parts = {"norm": norm.id, "key": key, "other": other}
                if other not in norms:
                    near = did_you_mean(other, norms)
                    hint = "did you mean `{near}`?" if near else None
                    found.add(
                        AugkgError(
                            "`{norm}` {key} `{other}`, which is no norm on file", at=at, hint=hint, near=near, **parts
                        )
                    )
                elif norms[other][0].red_line:
                    found.add(
                        AugkgError("`{norm}` {key} `{other}`, which is a red line: nothing lifts it", at=at, **parts)
                    )
                elif key == "yields_to" and norms[other][0].modality is not Modality.PERMISSION:
                    found.add(AugkgError("`{norm}` {key} `{other}`, which is not a permission", at=at, **parts))


def _check_exceptions(packs: Sequence[Pack], found: Collector) -> None:
    for pack in packs:
        for norm in pack.norms:
            ids = [clause.id for clause in all_exceptions(norm.exceptions)]
            for twice in sorted({each for each in ids if ids.count(each) > 1}):
                message = "the exception `{id}` stands twice under `{norm}`"
                found.add(AugkgError(message, at=Location(pack.instrument.file), id=twice, norm=norm.id))


def _check_circles(norms: dict[str, tuple[Norm, str]], found: Collector) -> None:
    above: dict[str, set[str]] = {}
    for norm, _ in norms.values():
        above.setdefault(norm.id, set()).update(norm.yields_to)
        for other in norm.overrides:
            above.setdefault(other, set()).add(norm.id)
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            circle = (*path[path.index(name) :], name)
            found.add(
                AugkgError(
                    "overrides go in a circle: {circle}",
                    at=Location(norms[name][1] if name in norms else ""),
                    hint="a norm cannot prevail over one that prevails over it",
                    circle=" < ".join(circle),
                )
            )
            return
        if name in done:
            return
        for other in sorted(above.get(name, ())):
            visit(other, (*path, name))
        done.add(name)

    for name in sorted(above):
        visit(name, ())
