"""The rulebook in other forms: OWL, LegalRuleML, SHACL, and packs as Turtle and back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec

from augkg.api.rulebooks import link_and_compile, load_vocabulary, pack_files, read_packs
from augkg.api.rules import find_norms
from augkg.documents import MAX_BYTES, parse_document, read_document
from augkg.errors import AugkgError, Location
from augkg.intake.read import read_given
from augkg.model.rulebook import Rulebook

_SUFFIXES = {".ttl": "turtle", ".nt": "nt", ".owl": "pretty-xml", ".rdf": "pretty-xml", ".xml": "pretty-xml"}


class ExportForm(StrEnum):
    """The forms in which the rulebook leaves."""

    OWL = "owl"
    TURTLE = "turtle"
    LEGALRULEML = "legalruleml"
    SHACL = "shacl"


def export_rules(
    rulebook: Rulebook, form: ExportForm, day: date, id: str | None = None, suffix: str = ".ttl"
) -> tuple[bytes, list[str]]:
    """The rulebook, or one instrument of it, in another form.

    Args:
        rulebook: The rulebook.
        form: `owl` (with the ontology), `legalruleml`, `shacl`, or `turtle`: the pack itself, which comes back whole.
        day: The day whose parameters OWL and SHACL write.
        id: An instrument; all unless given.
        suffix: The ending of the file, which says how RDF is written: .ttl, .nt, .owl, .rdf or .xml.

    Returns:
        The file, and the norms of which a part had to be left out.

    Raises:
        AugkgError: There is no such instrument, or no such ending.
    """
    if id is not None:
        find_norms(rulebook, id)
    match form:
        case ExportForm.LEGALRULEML:
            from augkg.rulebook.legalruleml import legalruleml

            return legalruleml(rulebook, None if id is None else [id]), []
        case ExportForm.TURTLE:
            from augkg.knowledge.rules_rdf import pack_graph

            return _serialized(pack_graph(read_document(_file_of(rulebook, id))), suffix), []
        case ExportForm.OWL:
            from augkg.knowledge.load import load_graph
            from augkg.knowledge.rules_owl import add_rules
            from augkg.resources import ontology_folder

            graph = load_graph(ontology_folder())
            left_out = add_rules(graph, _only(rulebook, id), day)
            return _serialized(graph, suffix), left_out
        case ExportForm.SHACL:
            from augkg.knowledge.rules_shacl import rules_shapes

            shapes, left_out = rules_shapes(_only(rulebook, id), day)
            return _serialized(shapes, suffix), left_out


def import_pack(source: Path) -> tuple[str, bytes]:
    """A rule pack from Turtle: its id, and the file to write.

    Raises:
        AugkgError: It is not Turtle, not a pack, or a pack with errors; the places are those in the file to write.
    """
    from augkg.knowledge.load import read_turtle
    from augkg.knowledge.namespace import new_graph
    from augkg.knowledge.rules_rdf import pack_tree

    if not source.is_file():
        raise AugkgError("there is no file `{file}`", file=source)
    if source.stat().st_size > MAX_BYTES:
        raise AugkgError("the file is larger than {n} bytes", at=Location(str(source)), n=MAX_BYTES)
    graph = new_graph()
    read_turtle(graph, source)
    data = pack_yaml(pack_tree(graph))
    from augkg.rulebook.read import read_pack

    vocabulary = load_vocabulary()
    pack = read_pack(parse_document(data, f"{source} (YAML)"), vocabulary, read_given)
    others = [p for p in read_packs(vocabulary, pack_files()) if p.instrument.id != pack.instrument.id]
    link_and_compile(vocabulary, [*others, pack])
    return pack.instrument.id, data


def pack_yaml(tree: dict[str, Any]) -> bytes:
    """The file of a rule pack from its tree, its keys in the order of the format."""
    import yaml

    head = "# yaml-language-server: $schema=../../schema/pack.schema.json\n"
    return (head + str(yaml.safe_dump(_ordered(tree), allow_unicode=True, sort_keys=False, width=110))).encode()


def _ordered(value: Any) -> Any:
    if isinstance(value, list):
        return [_ordered(item) for item in value]
    if not isinstance(value, dict):
        return value
    order = {name: i for i, name in enumerate(_format_fields())}
    return {key: _ordered(value[key]) for key in sorted(value, key=lambda key: (order.get(key, len(order)), key))}


def _format_fields() -> Iterator[str]:
    """The keys of the pack format, in the order in which people write them."""
    from augkg.rulebook import format as pack_format

    yield from dict.fromkeys(
        field.encode_name
        for entry in (
            pack_format.PackFile,
            pack_format.NormEntry,
            pack_format.InstrumentEntry,
            pack_format.ExceptionEntry,
            pack_format.TestEntry,
            pack_format.CiteEntry,
        )
        for field in msgspec.structs.fields(entry)
    )


def _only(rulebook: Rulebook, id: str | None) -> Rulebook:
    if id is None:
        return rulebook
    norms = tuple(norm for norm in rulebook.norms if norm.instrument == id)
    definitions = {n: c for n, c in rulebook.definitions.items() if "/" not in n or n.startswith(f"{id}/")}
    return msgspec.structs.replace(rulebook, norms=norms, definitions=definitions)


def _file_of(rulebook: Rulebook, id: str | None) -> Path:
    if id is None or id not in rulebook.instruments:
        raise AugkgError(
            "Turtle holds one pack", hint="name an instrument; `augkg rules list --instruments` lists them"
        )
    return Path(rulebook.instruments[id].file)


def _serialized(graph: Any, suffix: str) -> bytes:
    form = _SUFFIXES.get(suffix.lower())
    if form is None:
        known = ", ".join(_SUFFIXES)
        raise AugkgError("`{suffix}` is no ending of RDF", hint="use one of: {known}", suffix=suffix, known=known)
    return bytes(graph.serialize(format=form, encoding="utf-8"))
