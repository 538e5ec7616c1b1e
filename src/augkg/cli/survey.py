"""`augkg matrix` and `augkg timeline`."""

import sys
from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from augkg import api
from augkg.cli.assess import OutputOption
from augkg.cli.session import Session, columns_of, emit, t
from augkg.model.survey import Timeline
from augkg.present import survey as present


class Over(StrEnum):
    """What a matrix runs over."""

    JURISDICTION = "jurisdiction"
    DATE = "date"


class Form(StrEnum):
    """The forms in which surveys are written."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"
    SVG = "svg"


SubjectArgument = Annotated[
    str, typer.Argument(metavar="TECHNOLOGY|FILE", help=t("A technology of the graph, or a scenario file."))
]
FormOption = Annotated[
    Form | None, typer.Option("-f", "--format", help=t("The form of the answer; text on a terminal, else JSON."))
]
PlacesOption = Annotated[
    str | None, typer.Option("-j", "--jurisdiction", metavar="GB,AU", help=t("These jurisdictions alone."))
]


def matrix(
    context: typer.Context,
    subject: SubjectArgument,
    over: Annotated[Over, typer.Option(help=t("Over places, on one day; or over time."))] = Over.JURISDICTION,
    jurisdictions: PlacesOption = None,
    format: FormOption = None,
    output: OutputOption = None,
) -> None:
    """Assess one scenario in every jurisdiction, or over time."""
    if over is Over.DATE:
        timeline(context, subject, jurisdictions, format, output)
        return
    session: Session = context.obj
    rulebook = session.rulebook()
    # A technology has no date of its own; the command line, and nothing below it, may look at the calendar.
    scenario = api.template(rulebook, subject, session.as_of or date.today())  # noqa: DTZ011  # the reader's own day
    found = api.survey_places(rulebook, scenario, session.as_of or scenario.date, _codes(jurisdictions))
    match format or _default():
        case Form.JSON:
            emit(api.to_json(found), output)
        case Form.CSV:
            emit(present.matrix_csv(found), output)
        case Form.SVG:
            from augkg.present.charts import matrix_svg

            emit(matrix_svg(found, rulebook.vocabulary, session.language), output)
        case Form.TEXT:
            table = present.matrix_table(found, rulebook.vocabulary, session.language)
            emit("\n".join([f"{found.title[session.language]} · {found.as_of}", "", *columns_of(table)]) + "\n", output)


def timeline(
    context: typer.Context,
    subject: SubjectArgument,
    jurisdictions: PlacesOption = None,
    format: FormOption = None,
    output: OutputOption = None,
) -> None:
    """Assess one scenario under the law of every time, with each day on which something changes."""
    session: Session = context.obj
    rulebook = session.rulebook()
    scenario = api.template(rulebook, subject, session.as_of or date.today())  # noqa: DTZ011  # as above
    found = api.survey_time(rulebook, scenario, _codes(jurisdictions))
    match format or _default():
        case Form.JSON:
            emit(api.to_json(found), output)
        case Form.CSV:
            emit(present.timeline_csv(found), output)
        case Form.SVG:
            from augkg.present.charts import timeline_svg

            emit(timeline_svg(found, rulebook.vocabulary, session.language), output)
        case Form.TEXT:
            emit(_text(found, session), output)


def _text(timelines: list[Timeline], session: Session) -> str:
    """Each period as a line of the table, and under it what changed when it began."""
    header, *rows = columns_of(present.timeline_table(timelines, session.language))
    periods = [period for each in timelines for period in each.periods]
    lines = [timelines[0].title[session.language], "", header]
    for row, period in zip(rows, periods, strict=True):
        lines += [row, *(f"      {line}" for line in present.change_lines(period, session.language))]
    return "\n".join(lines) + "\n"


def _codes(text: str | None) -> list[str] | None:
    return text.split(",") if text else None


def _default() -> Form:
    return Form.TEXT if sys.stdout.isatty() else Form.JSON
