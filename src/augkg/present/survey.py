"""Surveys as tables: of text, CSV, and as the drawings of `charts`.

model.survey -> SURVEY -> header and rows in one language
"""

import csv
import io
from collections.abc import Sequence

from augkg.model.survey import Answer, Change, Matrix, Period, Timeline
from augkg.model.vocabulary import Vocabulary
from augkg.present.catalogue import say

Table = list[tuple[str, ...]]
RED_LINE_ALONE = "prohibited by a red line alone"
_SHOWN = 2


def verdict_key(answer: Answer) -> str:
    """The verdict, what the law of the place prohibits told apart from what a red line of the ontology alone does."""
    alone = bool(answer.red_lines) and set(answer.decided_by) <= set(answer.red_lines)
    return RED_LINE_ALONE if alone else answer.verdict


def matrix_table(matrix: Matrix, vocabulary: Vocabulary, language: str) -> Table:
    """One row for each place, after a row of headings."""
    header = ("code", "place", "verdict", "decided by", "binding norms on file")
    rows = [
        (
            a.jurisdiction,
            vocabulary.jurisdictions[a.jurisdiction].label[language],
            say(verdict_key(a), language),
            _decided(a, language),
            str(a.binding_norms),
        )
        for a in matrix.answers
    ]
    return [tuple(say(each, language) for each in header), *rows]


def timeline_table(timelines: Sequence[Timeline], language: str) -> Table:
    """One row for each period, and under it one for each norm that changed when it began."""
    header = ("place", "from", "until", "verdict", "decided by")
    rows: Table = [tuple(say(each, language) for each in header)]
    for timeline in timelines:
        for period in timeline.periods:
            rows.append(
                (
                    timeline.jurisdiction,
                    *_days(period),
                    say(verdict_key(period.answer), language),
                    _decided(period.answer, language),
                )
            )
    return rows


def change_lines(period: Period, language: str) -> list[str]:
    """What changed when a period began, a line for each norm."""
    return [_change(change, language) for change in period.changes]


def _change(change: Change, language: str) -> str:
    silent = say("silent", language)
    before = say(change.before, language) if change.before else silent
    after = say(change.after, language) if change.after else silent
    return f"{change.norm}{say('colon', language)}{before} → {after}"


def _days(period: Period) -> tuple[str, str]:
    return str(period.since or "…"), str(period.until or "…")


def _decided(answer: Answer, language: str) -> str:
    # The law of the place says more to a reader than the red line, which is the same everywhere.
    norms = sorted(answer.decided_by, key=lambda name: name in answer.red_lines)
    shown = say("comma", language).join(norms[:_SHOWN])
    left = len(norms) - _SHOWN
    return f"{shown} (+{left})" if left > 0 else shown


def matrix_csv(matrix: Matrix) -> str:
    """One row for each place, in the words of machines; several values in one cell are joined by `;`."""
    rows = [_cells(a, matrix.as_of, "") for a in matrix.answers]
    return _csv(("scenario", "jurisdiction", "since", "until", *_COLUMNS), [(matrix.scenario, *row) for row in rows])


def timeline_csv(timelines: Sequence[Timeline]) -> str:
    """One row for each period, likewise."""
    rows = [
        (t.scenario, *_cells(period.answer, period.since or "", period.until or ""))
        for t in timelines
        for period in t.periods
    ]
    return _csv(("scenario", "jurisdiction", "since", "until", *_COLUMNS), rows)


_COLUMNS = ("verdict", "decided_by", "red_lines", "conditions", "binding_norms")


def _cells(answer: Answer, since: object, until: object) -> tuple[object, ...]:
    lists = (";".join(each) for each in (answer.decided_by, answer.red_lines, answer.conditions))
    return answer.jurisdiction, since, until, answer.verdict, *lists, answer.binding_norms


def _csv(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([header, *rows])
    return out.getvalue()
