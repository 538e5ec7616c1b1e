"""Assessments for programs: rows of CSV, and SARIF for tools that show findings beside a file."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from augkg.model.assessment import Assessment, Finding
from augkg.terms import State

CSV_COLUMNS = (
    "scenario",
    "jurisdictions",
    "date",
    "as_of",
    "verdict",
    "decided_by",
    "red_lines",
    "conditions",
    "advisories",
    "risk",
    "risk_class",
    "health",
    "programme",
    "ethics",
)
_LEVELS = {State.VIOLATED: "error", State.UNDETERMINED: "warning"}


def render_csv(assessments: Sequence[Assessment]) -> str:
    """One row for each assessment; several values in one cell are joined by `;`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for a in assessments:
        writer.writerow(
            [
                a.scenario,
                ";".join(a.jurisdictions),
                a.date,
                a.as_of,
                a.verdict,
                ";".join(a.decided_by),
                ";".join(a.red_lines),
                ";".join(c.fact for c in a.conditions),
                ";".join(a.advisories),
                *_scores(a),
            ]
        )
    return out.getvalue()


def _scores(a: Assessment) -> tuple[object, ...]:
    if a.scores is None:
        return ("",) * 5
    s = a.scores
    return s.risk.value, s.risk.risk_class, s.health.value, s.health.programme.value, s.ethics.value


def sarif(assessments: Sequence[tuple[Assessment, str]], language: str) -> dict[str, Any]:
    """The findings that matter as a SARIF 2.1.0 log.

    Args:
        assessments: Each with the file of its scenario.
        language: In which to word the messages.
    """
    rules: dict[str, dict[str, Any]] = {}
    results = []
    for assessment, file in assessments:
        for finding in assessment.findings:
            level = _LEVELS.get(finding.state)
            if level is None:
                continue
            rules[finding.norm] = {
                "id": finding.norm,
                "shortDescription": {"text": finding.gist[language]},
                "helpUri": finding.url,
            }
            results.append(_result(finding, level if finding.binding else "note", file, language))
    driver = {
        "name": "augkg",
        "informationUri": "https://w3id.org/augkg",
        "rules": [rules[key] for key in sorted(rules)],
    }
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": results}],
    }


def _result(finding: Finding, level: str, file: str, language: str) -> dict[str, Any]:
    line = min((at for part in finding.justification for at in _lines(part)), default=1)
    region = {"startLine": line}
    return {
        "ruleId": finding.norm,
        "level": level,
        "message": {"text": f"{finding.title[language]}, {finding.clause}: {finding.gist[language]}"},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": file}, "region": region}}],
    }


def _lines(part: Any) -> list[int]:
    own = [reason.at.line for reason in part.reasons if reason.at and reason.at.line]
    return own + [line for each in part.parts for line in _lines(each)]
