"""`augkg kb`: info, show, graph, query."""

from pathlib import Path
from typing import Annotated

import typer

from augkg import api
from augkg.cli.session import Session, columns_of, emit, t
from augkg.errors import AugkgError

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.command("info", help=t("Say what the knowledge graph holds."))
def info(context: typer.Context, json: Annotated[bool, typer.Option("--json", help=t("As JSON."))] = False) -> None:
    """Count what there is."""
    session: Session = context.obj
    counts = api.knowledge_counts(session.rulebook())
    if json:
        emit(api.to_json(counts), None)
    else:
        print("\n".join(columns_of([(session.say(key), value) for key, value in counts.items()])))


@app.command("show", help=t("Show a term, a facet, a jurisdiction, a concept, a hazard or an indicator."))
def show(context: typer.Context, term: Annotated[str, typer.Argument(help=t("Its name, or its label."))]) -> None:
    """Show what a name stands for and what is above and below it."""
    session: Session = context.obj
    page = api.describe(session.rulebook(), term, session.language)
    width = max(len(key) for key, _ in page)
    from augkg.present.text import columns, wrap

    for key, text in page:
        label = session.say(key)
        pad = " " * (max(width, 12) - columns(label))
        first, *rest = wrap(text, session.width() - max(width, 12) - 2)
        print(f"{label}{pad}  {first}")
        for line in rest:
            print(" " * (max(width, 12) + 2) + line)


@app.command("graph", help=t("Show the concept graph: as text, JSON, DOT or SVG."))
def graph(
    context: typer.Context,
    format: Annotated[str, typer.Option("-f", metavar="text|json|dot|svg", help=t("The form."))] = "text",
    start: Annotated[str | None, typer.Option("--from", help=t("Walk from this concept."))] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help=t("Write to this file."))] = None,
) -> None:
    """Show the method's own map of the field."""
    session: Session = context.obj
    emit(api.concept_graph(session.rulebook(), format, session.language, start), output)


@app.command("query", help=t("Ask the graph in SPARQL (SELECT, ASK, CONSTRUCT; nothing is fetched or changed)."))
def query(
    context: typer.Context,
    text: Annotated[str | None, typer.Argument(metavar="SPARQL", help=t("The query."))] = None,
    file: Annotated[Path | None, typer.Option("--file", help=t("Read the query from a file."))] = None,
    json: Annotated[bool, typer.Option("--json", help=t("As JSON."))] = False,
    limit: Annotated[int, typer.Option(min=1, help=t("How many rows at most."))] = 1000,
) -> None:
    """Run a query over ontology and rulebook."""
    session: Session = context.obj
    if (text is None) == (file is None):
        raise AugkgError("give a query, or a file with `--file`")
    if file is not None:
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise AugkgError("cannot read `{file}`: {why}", file=file, why=error) from None
    header, rows = api.sparql(session.rulebook(), text or "", limit)
    if json:
        emit(api.to_json([dict(zip(header, row, strict=True)) for row in rows]), None)
    else:
        print("\n".join(columns_of([header, *rows])))
        session.hint("{n} rows", n=len(rows))
