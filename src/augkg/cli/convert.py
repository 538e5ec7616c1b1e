"""`augkg convert` and `augkg schema`."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from augkg import api
from augkg.cli.session import Session, emit, t


class Kind(StrEnum):
    """The kinds of files that have a schema."""

    SCENARIO = "scenario"
    PACK = "pack"
    ASSESSMENT = "assessment"


def convert(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(metavar="IN", help=t("A scenario: .yaml .json .jsonld .ttl .rdf"))],
    target: Annotated[Path, typer.Argument(metavar="OUT", help=t("The file to write; its ending says the form."))],
) -> None:
    """Convert a scenario; what it states stays the same."""
    session: Session = context.obj
    rulebook = session.rulebook()
    scenario = api.read_scenario(source, rulebook)
    emit(api.write_scenario(scenario, rulebook, target.suffix), target)


def schema(kind: Annotated[Kind, typer.Argument(help=t("The kind of file."))], context: typer.Context) -> None:
    """Print a JSON Schema."""
    session: Session = context.obj
    emit(api.to_json(api.json_schema(kind, session.rulebook if kind is Kind.SCENARIO else None)), None)
