"""Load the ontology and rule packs, compiled and cached."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from augkg import resources
from augkg.documents import read_document
from augkg.errors import AugkgError, Collector, did_you_mean
from augkg.intake.read import read_given
from augkg.model.rulebook import Pack, Rulebook
from augkg.rulebook.cache import read_cached, write_cached

if TYPE_CHECKING:
    from augkg.model.profile import Profile
    from augkg.model.vocabulary import Vocabulary

DEFAULT_PROFILE = "default"

# Folders and files of `rules/` that hold something else.
_NO_PACKS = frozenset({"scoring", "templates", "left-out.yaml"})


def pack_files(rules: Sequence[Path] = ()) -> list[Path]:
    """The files of all rule packs: those that augkg ships, then the user's.

    Raises:
        AugkgError: A folder that was named is not there.
    """
    folders = [resources.rules_folder(), *resources.user_rules(), *rules]
    for folder in folders[1:]:
        if not folder.is_dir():
            raise AugkgError(
                "there is no folder `{folder}`", hint="`--rules` names a folder of rule packs", folder=folder
            )
    found = (path for folder in folders for path in sorted(folder.rglob("*.yaml")))
    return [path for path in found if not _NO_PACKS.intersection(path.parts)]


def profile_files(rules: Sequence[Path] = ()) -> list[Path]:
    """The files that set scores: those that augkg ships, then those in folders `scoring` of the user's rules."""
    folders = [resources.rules_folder(), *resources.user_rules(), *rules]
    return [path for folder in folders for path in sorted((folder / "scoring").glob("*.yaml"))]


def load(rules: Sequence[Path] = (), *, cached: bool = True) -> Rulebook:
    """Load the rulebook: the ontology and all packs, compiled.

    Args:
        rules: Folders of the user's own packs, beside those shipped.
        cached: Whether to use and keep the compiled form.

    Raises:
        AugkgError: What is wrong with the ontology or a pack; nothing is skipped.
    """
    packs = pack_files(rules)
    profiles = profile_files(rules)
    sources = [*sorted(resources.ontology_folder().glob("*.ttl")), *packs, *profiles]
    key = resources.hash_files(sources) + resources.hash_code()[:8]
    folder = resources.cache_folder()
    rulebook = read_cached(folder, key) if cached else None
    if rulebook is None:
        rulebook = with_profiles(compile_rulebook(load_vocabulary(), packs, key), profiles)
        if cached:
            write_cached(folder, rulebook)
    return rulebook


def with_profiles(rulebook: Rulebook, paths: Sequence[Path]) -> Rulebook:
    """The rulebook with the ways of setting scores, and the points that the default one draws from.

    Raises:
        AugkgError: What is wrong with any of the files, all of it.
    """
    from augkg.engine.draws import make_points

    profiles = {p.id: p for p in read_profiles(rulebook.vocabulary, paths)}
    risk = profiles[DEFAULT_PROFILE].risk
    points = make_points(int(risk.draws.value), int(risk.seed.value))
    return msgspec.structs.replace(rulebook, profiles=profiles, points=points)


def find_profile(rulebook: Rulebook, name: str) -> Profile | None:
    """The profile of that name, or of that file; None for the default of a rulebook without profiles.

    Raises:
        AugkgError: There is none.
    """
    if name in rulebook.profiles or (name == DEFAULT_PROFILE and not rulebook.profiles):
        return rulebook.profiles.get(name)
    if name.endswith((".yaml", ".yml", ".json")):
        return read_profiles(rulebook.vocabulary, [Path(name)])[0]
    near = did_you_mean(name, rulebook.profiles)
    hint = "did you mean `{near}`?" if near else "the names are: {known}; or name a file"
    raise AugkgError("`{name}` is no profile", hint=hint, name=name, near=near, known=", ".join(rulebook.profiles))


def read_profiles(vocabulary: Vocabulary, paths: Sequence[Path]) -> list[Profile]:
    """Read profiles of scores; of two with one id the later one goes."""
    from augkg.rulebook.profiles import read_profile

    found = Collector()
    profiles = []
    for path in paths:
        with found.gather():
            profiles.append(read_profile(read_document(path), vocabulary))
    found.close()
    return profiles


def load_vocabulary() -> Vocabulary:
    """Read the ontology that augkg ships."""
    from augkg.knowledge.load import load_ontology

    return load_ontology(resources.ontology_folder())


def compile_rulebook(vocabulary: Vocabulary, packs: Sequence[Path], key: str = "") -> Rulebook:
    """Read packs and compile them against a vocabulary; see `load`."""
    return link_and_compile(vocabulary, read_packs(vocabulary, packs), key)


def link_and_compile(vocabulary: Vocabulary, packs: Sequence[Pack], key: str = "") -> Rulebook:
    """Link packs and compile them to a rulebook."""
    from augkg.engine.compile import compile_program
    from augkg.rulebook.link import link_packs

    instruments, norms, definitions = link_packs(packs, vocabulary)
    program = compile_program(vocabulary, instruments, norms, definitions)
    return Rulebook(
        vocabulary=vocabulary,
        instruments=instruments,
        norms=norms,
        definitions=definitions,
        labels={name: words for pack in packs for name, words in pack.labels.items()},
        program=program,
        hash=key,
    )


def read_packs(vocabulary: Vocabulary, paths: Sequence[Path], *, tests: bool = False) -> list[Pack]:
    """Read rule packs, with their tests if asked.

    Raises:
        AugkgError: What is wrong with any of them, all of it.
    """
    from augkg.rulebook.read import read_pack

    found = Collector()
    packs = []
    for path in paths:
        with found.gather():
            packs.append(read_pack(read_document(path), vocabulary, read_given if tests else None))
    found.close()
    return packs
