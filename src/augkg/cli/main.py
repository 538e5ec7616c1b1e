"""The `augkg` command: its options, its commands, and what becomes of errors.

Exit codes: 0 fine, 1 the verdict reached `--fail-on`, 2 wrong input, 3 a bug, 4 a limit was hit, 130 interrupted.
"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from augkg import api
from augkg.cli import assess, convert, fit, kb, rules, survey
from augkg.cli.session import LANGUAGE, Session, read_date, t
from augkg.errors import AugkgError, LimitExceeded
from augkg.present.catalogue import say, say_error
from augkg.terms import Language

app = typer.Typer(
    name="augkg",
    help=t("Assess what is done to people with technology against law and ethics, and say why."),
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("assess", help=t("Assess scenarios: verdict, what decides it, what to find out."))(assess.assess)
app.command("explain", help=t("Explain the verdict on a scenario, or what one norm concludes and why (not)."))(
    assess.explain
)
app.command("matrix", help=t("Assess a technology or scenario in every jurisdiction, or over time."))(survey.matrix)
app.command(
    "timeline", help=t("Assess a technology or scenario over time, with every day on which something changes.")
)(survey.timeline)
app.command("fit", help=t("Fit a model of health to a table of people: logistic, regularised, cross-validated."))(
    fit.fit
)
app.add_typer(rules.app, name="rules", help=t("List, show, check, test and start rule packs."))
app.add_typer(kb.app, name="kb", help=t("Look into the knowledge graph."))
app.command("schema", help=t("Print the JSON Schema of a kind of file."))(convert.schema)
app.command("convert", help=t("Convert a scenario between YAML, JSON, JSON-LD, Turtle and RDF/XML."))(convert.convert)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"augkg {api.version()}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    lang: Annotated[Language | None, typer.Option(help=t("The language of what people read."))] = None,
    rules: Annotated[
        list[Path] | None, typer.Option(help=t("A folder of rule packs of your own; may be repeated."))
    ] = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help=t("The date whose law is asked for."))] = None,
    color: Annotated[str, typer.Option(metavar="auto|always|never", help=t("When to colour output."))] = "auto",
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help=t("No hints."))] = False,
    version: Annotated[  # noqa: ARG001  # its callback has printed it already
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help=t("Print the version."))
    ] = False,
) -> None:
    """Read the options before the command."""
    context.obj = Session(
        language=str(lang or LANGUAGE),
        rules=tuple(rules or ()),
        as_of=read_date(as_of) if as_of else None,
        colour=color,
        quiet=quiet,
    )


def main() -> None:
    """Run the command; every error becomes words and an exit code, never a traceback."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run the command with arguments; the exit code."""
    command = typer.main.get_command(app)
    try:
        result = command.main(arguments, prog_name="augkg", standalone_mode=False)
        sys.stdout.flush()
    except typer.Exit as stop:
        return stop.exit_code
    except (typer.Abort, KeyboardInterrupt):
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except AugkgError as error:
        for issue in error.issues:
            print(say_error(issue, LANGUAGE), file=sys.stderr)
        return 4 if isinstance(error, LimitExceeded) else 2
    except Exception as error:  # the last stand: a bug must not look like a verdict
        show = getattr(error, "show", None)  # wrong usage: typer's exceptions have no public name in all versions
        if show is not None:
            show()
            return 2
        kind = type(error).__name__
        print(say("This is a bug in augkg: {kind}: {what}", LANGUAGE, kind=kind, what=error), file=sys.stderr)
        return 3
    return result if isinstance(result, int) else 0
