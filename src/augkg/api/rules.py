"""Work on rule packs: look up, read aloud, check, test, start."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from augkg import resources
from augkg.api.rulebooks import (
    link_and_compile,
    load_vocabulary,
    pack_files,
    profile_files,
    read_packs,
    read_profiles,
)
from augkg.documents import read_document
from augkg.errors import AugkgError, did_you_mean
from augkg.language.write import Reader, datatypes_of, manchester
from augkg.model.law import Norm, all_exceptions
from augkg.model.rulebook import Rulebook
from augkg.terms import InstrumentKind

if TYPE_CHECKING:
    from augkg.engine.trial import Trial, Tried
    from augkg.model.coverage import RulebookCoverage
    from augkg.model.issue import Issue


def find_norms(rulebook: Rulebook, id: str) -> list[Norm]:
    """The norm of this id, or all norms of the instrument of this id.

    Raises:
        AugkgError: There is neither.
    """
    found = [norm for norm in rulebook.norms if id in (norm.id, norm.instrument)]
    if not found:
        near = did_you_mean(id, [*rulebook.instruments, *(norm.id for norm in rulebook.norms)])
        hint = "did you mean `{near}`?" if near else "`augkg rules list` lists them"
        raise AugkgError("`{norm}` is no norm on file", hint=hint, norm=id, near=near)
    return found


def norm_words(rulebook: Rulebook, norm: Norm, language: str) -> dict[str, tuple[str, str]]:
    """The conditions of a norm by their role (for an exception, its id): in Manchester syntax, and in words."""
    reader = Reader(rulebook.vocabulary, language, rulebook.labels)
    datatypes = datatypes_of(rulebook.vocabulary)
    roles = {"when": norm.when}
    roles |= {clause.id: clause.unless for clause in all_exceptions(norm.exceptions)}
    roles |= {k: c for k, c in (("requires", norm.requires), ("provided", norm.provided)) if c is not None}
    return {role: (manchester(c, datatypes), reader.words(c)) for role, c in roles.items()}


def check_rules(rules: Sequence[Path] = (), files: Sequence[Path] | None = None) -> list[Issue]:
    """Check packs (all of them unless files are named), the ontology, and the settings of scores.

    Raises:
        AugkgError: What keeps them from being loaded at all.
    """
    from augkg.rulebook.check import check_pack, check_vocabulary

    vocabulary = load_vocabulary()
    shipped = pack_files(rules)
    extra = [path for path in files or () if path.resolve() not in {p.resolve() for p in shipped}]
    packs = read_packs(vocabulary, [*shipped, *extra], tests=True)
    link_and_compile(vocabulary, packs)
    read_profiles(vocabulary, profile_files(rules))
    wanted = {str(path.resolve()) for path in files} if files else None
    chosen = [p for p in packs if wanted is None or str(Path(p.instrument.file).resolve()) in wanted]
    issues = [issue for pack in chosen for issue in check_pack(pack, vocabulary)]
    return issues if files else [*check_vocabulary(vocabulary, str(resources.ontology_folder())), *issues]


def run_tests(rules: Sequence[Path] = (), only: str | None = None) -> tuple[list[Trial], list[Tried]]:
    """Run the tests that stand in packs; `only` is the id of an instrument or norm, or the start of one."""
    from augkg.engine.trial import run_tests as run

    vocabulary = load_vocabulary()
    packs = read_packs(vocabulary, pack_files(rules), tests=True)
    rulebook = link_and_compile(vocabulary, packs)
    wanted = {n: tests for pack in packs for n, tests in pack.tests.items() if only is None or n.startswith(only)}
    if not wanted:
        near = did_you_mean(only or "", [p.instrument.id for p in packs])
        raise AugkgError(
            "no norm starts with `{only}`", hint="did you mean `{near}`?" if near else None, only=only, near=near
        )
    return run(rulebook, wanted)


def coverage(rulebook: Rulebook) -> RulebookCoverage:
    """What the rulebook covers, and what was left out of the packs that augkg ships."""
    from augkg.rulebook.coverage import coverage as count
    from augkg.rulebook.coverage import read_left_out

    return count(rulebook, read_left_out(read_document(resources.rules_folder() / "left-out.yaml")))


def new_pack(
    instrument: str, jurisdiction: str, title: str, title_zh: str, kind: InstrumentKind, output: Path | None
) -> Path:
    """Write a commented pack to start from; the file.

    Raises:
        AugkgError: The file is there already, or the jurisdiction is none.
    """
    from augkg.rulebook.scaffold import scaffold

    vocabulary = load_vocabulary()
    if jurisdiction not in vocabulary.jurisdictions:
        near = did_you_mean(jurisdiction, vocabulary.jurisdictions)
        hint = "did you mean `{near}`?" if near else "write an ISO 3166 code, such as `FR` or `US-CA`"
        raise AugkgError("`{word}` is not a jurisdiction", hint=hint, word=jurisdiction, near=near)
    path = output or Path(f"{instrument}.yaml")
    if path.exists():
        raise AugkgError("`{file}` is there already", hint="choose another name with `-o`", file=path)
    resources.write_file(path, scaffold(instrument, jurisdiction, title, title_zh, kind).encode())
    return path
