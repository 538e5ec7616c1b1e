"""`augkg fit`."""

from pathlib import Path
from typing import Annotated

import typer

from augkg import api
from augkg.cli.session import Session, emit, t
from augkg.model.health import HealthModel

_CAUTIONS = {
    "separable": "the columns tell healthy and ill apart without error: coefficients are held in check by the penalty alone",
    "few": "few people for so many columns: the model may not hold elsewhere",
    "missing": "values are missing; the median stands for them",
}


def fit(
    context: typer.Context,
    table: Annotated[Path, typer.Argument(metavar="TABLE", help=t("A table of people: CSV, Parquet or Excel."))],
    target: Annotated[str, typer.Option(metavar="COLUMN", help=t("The column that says who is healthy."))],
    healthy: Annotated[
        str | None, typer.Option(metavar="VALUE", help=t("The value of that column that means healthy."))
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help=t("Write the model here; to stdout unless given."))
    ] = None,
    svg: Annotated[
        Path | None, typer.Option(help=t("Draw how well the model does, as SVG: calibration, precision and recall."))
    ] = None,
    seed: Annotated[int, typer.Option(help=t("The seed of the folds."))] = 0,
    folds: Annotated[int, typer.Option(min=2, max=50, help=t("How many folds."))] = 5,
) -> None:
    """Fit a model of health."""
    session: Session = context.obj
    model = api.fit(table, target, healthy, seed=seed, folds=folds, vocabulary=session.rulebook().vocabulary)
    if svg is not None:
        from augkg.present.score_charts import fit_svg

        emit(fit_svg(model, session.language), svg)
    emit(api.to_json(model), output)
    if output is not None and not session.quiet:
        print("\n".join(_summary(model, session)))


def _summary(model: HealthModel, session: Session) -> list[str]:
    m = model.measures
    lines = [
        session.say("{n} people, {healthy} of them healthy; {used} columns used", n=model.rows,
                    healthy=model.healthy_rows, used=len(model.features)),
        session.say(
            "AUC {auc} (95 %: {low} to {high}), Brier score {brier}, average precision {precision}, calibration slope {slope}",
            auc=f"{m.auc:.3f}", low=f"{m.auc_interval[0]:.3f}", high=f"{m.auc_interval[1]:.3f}", brier=f"{m.brier:.3f}",
            precision=f"{m.average_precision:.3f}", slope=f"{m.calibration_slope:.2f}",
        ),
    ]  # fmt: skip
    lines += [session.say("not used: {name} ({why})", name=k, why=session.say(why)) for k, why in model.dropped.items()]
    return lines + [session.say(_CAUTIONS[each]) for each in model.cautions]
