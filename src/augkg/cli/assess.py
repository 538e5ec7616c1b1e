"""`augkg assess` and `augkg explain`."""

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from augkg import api
from augkg.cli.session import Session, emit, t
from augkg.errors import AugkgError
from augkg.model.assessment import Assessment
from augkg.model.health import HealthModel
from augkg.model.rulebook import Rulebook
from augkg.model.scenario import Scenario
from augkg.model.scores import Sensitivity
from augkg.present.blocks import Page
from augkg.present.page import Pages
from augkg.terms import ScoreKind, Verdict


class Format(StrEnum):
    """The forms in which assessments are written."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    MD = "md"
    HTML = "html"
    TURTLE = "turtle"
    SARIF = "sarif"


class FailOn(StrEnum):
    """From which verdict on the exit code is 1; each level includes the stronger ones."""

    CONDITIONAL = "conditional"
    UNDETERMINED = "undetermined"
    NON_COMPLIANT = "non-compliant"
    PROHIBITED = "prohibited"


_FAILING = {
    FailOn.PROHIBITED: {Verdict.PROHIBITED},
    FailOn.NON_COMPLIANT: {Verdict.PROHIBITED, Verdict.NON_COMPLIANT},
    FailOn.UNDETERMINED: {Verdict.PROHIBITED, Verdict.NON_COMPLIANT, Verdict.UNDETERMINED},
    # What is not shown to be compliant does not pass: where the law on file is silent, nothing was shown.
    FailOn.CONDITIONAL: set(Verdict) - {Verdict.COMPLIANT},
}

FormatOption = Annotated[
    Format | None, typer.Option("-f", "--format", help=t("The form of the answer; text on a terminal, else JSON."))
]
ProfileOption = Annotated[
    str, typer.Option(metavar="NAME|FILE", help=t("How scores are set: the name of a profile, or a file."))
]
ModelOption = Annotated[Path | None, typer.Option(metavar="FILE", help=t("A fitted model of health, for `health:`."))]
OutputOption = Annotated[Path | None, typer.Option("-o", "--output", help=t("Write to this file."))]


def assess(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="FILE…|-", help=t("Scenario files; - reads one from stdin."))],
    format: FormatOption = None,
    output: OutputOption = None,
    jurisdictions: Annotated[
        str | None, typer.Option("-j", "--jurisdiction", metavar="EU,CN", help=t("Assess it there instead."))
    ] = None,
    fail_on: Annotated[FailOn, typer.Option(help=t("From which verdict on the exit code is 1."))] = FailOn.CONDITIONAL,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help=t("Exit with 0 whatever the verdict."))] = False,
    profile: ProfileOption = api.DEFAULT_PROFILE,
    model: ModelOption = None,
) -> int:
    """Assess scenarios."""
    session: Session = context.obj
    rulebook = session.rulebook()
    scenarios = api.read_scenarios(files, rulebook, jurisdictions.split(",") if jurisdictions else None)
    fitted = _model(model, rulebook)
    assessments = [api.assess(rulebook, s, session.as_of, profile=profile, model=fitted) for s in scenarios]
    form = format or _default(len(files))
    emit(_render(assessments, scenarios, form, session, rulebook), output)
    if form is Format.TEXT and len(files) == 1:
        session.hint("`augkg explain {file}` shows the reasons in full.", file=files[0])
    failing = any(a.verdict in _FAILING[fail_on] for a in assessments)
    return int(failing and not exit_zero)


def explain(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE|-", help=t("A scenario file; - reads from stdin."))],
    norm: Annotated[str | None, typer.Option(help=t("Explain this norm alone, whether or not it applies."))] = None,
    score: Annotated[ScoreKind | None, typer.Option(help=t("Explain a score instead: what it is made of."))] = None,
    depth: Annotated[int | None, typer.Option(min=0, help=t("How deep to show conditions; all unless given."))] = None,
    format: FormatOption = None,
    output: OutputOption = None,
    svg: Annotated[Path | None, typer.Option(metavar="FILE", help=t("Draw the score into this file, as SVG."))] = None,
    profile: ProfileOption = api.DEFAULT_PROFILE,
    model: ModelOption = None,
) -> None:
    """Explain a verdict or a norm."""
    session: Session = context.obj
    rulebook = session.rulebook()
    (scenario,) = api.read_scenarios([file], rulebook)
    assessment = api.assess(rulebook, scenario, session.as_of, profile=profile, model=_model(model, rulebook))
    form = format or (Format.TEXT if output is None else _default(1))
    pages = Pages(rulebook.vocabulary, session.language)
    if score is not None:
        _explain_score(assessment, scenario, score, form, svg, profile, session, rulebook, output)
        return
    if svg is not None:
        raise AugkgError("`{what}` of a score needs `--score`", what="--svg")
    if norm is not None:
        finding, bound, in_force = api.explain_norm(rulebook, scenario, norm, session.as_of)
        if form in (Format.JSON, Format.JSONL):
            emit(api.to_json({"finding": finding, "binds_there": bound, "in_force": in_force}), output)
            return
        page = pages.norm(assessment, finding, bound, in_force, depth)
    elif form in (Format.TEXT, Format.MD, Format.HTML):
        page = pages.explanation(assessment, depth)
    else:
        emit(_render([assessment], [scenario], form, session, rulebook), output)
        return
    emit(_show(page, form, session), output)


def _model(file: Path | None, rulebook: Rulebook) -> HealthModel | None:
    return None if file is None else api.read_model(file, rulebook.vocabulary.evidence.indicators)


def _explain_score(
    assessment: Assessment,
    scenario: Scenario,
    kind: ScoreKind,
    form: Format,
    svg: Path | None,
    profile: str,
    session: Session,
    rulebook: Rulebook,
    output: Path | None,
) -> None:
    """Show what one score is made of, and draw it."""
    assert assessment.scores is not None
    found = api.explain_risk(rulebook, scenario, session.as_of, profile) if kind is ScoreKind.RISK else None
    drawings = _drawings(assessment, kind, found, session, rulebook)
    if svg is not None:
        if not drawings:
            raise AugkgError("such a score has no drawing")
        emit(drawings[0], svg)
        for more, drawing in enumerate(drawings[1:], 2):
            emit(drawing, svg.with_stem(f"{svg.stem}-{more}"))
    if form in (Format.TEXT, Format.MD, Format.HTML):
        pages = Pages(rulebook.vocabulary, session.language)
        page = pages.score(assessment, kind, found, api.profile_of(rulebook, profile))
        emit(_show(page, form, session, drawings), output)
    else:
        emit(
            api.to_json(
                {"scenario": assessment.scenario, kind: getattr(assessment.scores, kind), "sensitivity": found}
            ),
            output,
        )


def _drawings(
    assessment: Assessment, kind: ScoreKind, found: Sensitivity | None, session: Session, rulebook: Rulebook
) -> list[str]:
    """A score as drawings: of F the waterfall and the tornado, of E the profile of principles."""
    from augkg.present.score_charts import ethics_svg, risk_svg, tornado_svg

    scores, language = assessment.scores, session.language
    title = assessment.title[language] if assessment.title else assessment.scenario
    if scores is None or kind is ScoreKind.HEALTH:
        return []
    if kind is ScoreKind.ETHICS:
        return [ethics_svg(scores, title, rulebook.vocabulary, language)] if scores.ethics.principles else []
    drawings = [risk_svg(scores.risk, title, language)] if scores.risk.terms else []
    return [*drawings, tornado_svg(found, title, language)] if found and found.swings else drawings


def _default(count: int) -> Format:
    if sys.stdout.isatty():
        return Format.TEXT
    return Format.JSON if count == 1 else Format.JSONL


def _render(
    assessments: list[Assessment], scenarios: list[Scenario], form: Format, session: Session, rulebook: Rulebook
) -> str | bytes:
    match form:
        case Format.JSON:
            return api.to_json(assessments[0] if len(assessments) == 1 else assessments)
        case Format.JSONL:
            return b"".join(api.to_json(each, indent=False) for each in assessments)
        case Format.CSV:
            from augkg.present.records import render_csv

            return render_csv(assessments)
        case Format.SARIF:
            from augkg.present.records import sarif

            pairs = [(a, s.file) for a, s in zip(assessments, scenarios, strict=True)]
            return api.to_json(sarif(pairs, session.language))
        case Format.TURTLE:
            return api.assessments_to_turtle(assessments)
        case Format.TEXT | Format.MD | Format.HTML:
            pages = Pages(rulebook.vocabulary, session.language)
            return "\n".join(_show(pages.summary(each), form, session) for each in assessments)


def _show(page: Page, form: Format, session: Session, drawings: Sequence[str] = ()) -> str:
    if form is Format.TEXT:
        from augkg.present.text import render_text

        return render_text(page, width=session.width(), colour=session.coloured())
    from augkg.present.markdown import render_html, render_markdown

    return render_html(page, session.language, drawings) if form is Format.HTML else render_markdown(page)
