"""Scores as drawings: what F is made of, what moves it, how the principles fare, how well a model of health is calibrated.

model.scores -> SCORE CHARTS -> SVG
"""

from collections.abc import Sequence
from html import escape

from augkg.model.health import HealthModel
from augkg.model.scores import RiskScore, Scores, Sensitivity
from augkg.model.vocabulary import Vocabulary
from augkg.present.catalogue import say
from augkg.present.charts import FONT, text
from augkg.present.scores import decimal, percent
from augkg.present.text import columns
from augkg.terms import Severity

_WIDTH, _MARGIN, _ROW, _BAR, _HEAD = 860, 24, 34, 20, 76
_SIDE = 300  # for labels
_SPAN = _WIDTH - _SIDE - 2 * _MARGIN - 112
_INK, _SOFT, _LINE = "#1c2127", "#5b6570", "#d5dae0"
_SEVERITY = {
    Severity.NEGLIGIBLE: "#cdd5de",
    Severity.MINOR: "#f2cf63",
    Severity.SERIOUS: "#e59a3c",
    Severity.CRITICAL: "#d9692b",
    Severity.CATASTROPHIC: "#a3221b",
}


def risk_svg(risk: RiskScore, title: str, language: str) -> str:
    """A waterfall: each term of F from the sum of those before it, in the colour of its severity; F below."""
    counted = [t for t in risk.terms if t.applies and not t.counted_in and t.weight * t.residual > 0]
    counted.sort(key=lambda t: (-t.weight * t.residual, t.hazard))
    total = sum(t.weight * t.residual for t in counted) or 1.0
    most = max(total, risk.interval[1] if risk.interval else 0.0)
    body, before = [], 0.0
    for row, term in enumerate(counted):
        amount = term.weight * term.residual
        severity = say(f"severity: {term.severity}", language)
        said = f"{term.label[language]}{say('colon', language)}{percent(amount)} ({severity})"
        body.append(_bar(row, term.label[language], before / most, amount / most, _SEVERITY[term.severity], said, percent(amount)))  # fmt: skip
        before += amount
    row = len(counted)
    body.append(_bar(row, f"F — {say('in all', language)}", 0, total / most, "#48617a", percent(total), percent(total)))
    if risk.interval is not None:
        body.append(_whisker(row, risk.interval[0] / most, risk.interval[1] / most))
    kinds = sorted({t.severity for t in counted}, key=list(Severity).index)
    key = [(_SEVERITY[k], say(f"severity: {k}", language)) for k in kinds]
    return _chart(title, say("What F is made of", language), body, row + 1, key)


def tornado_svg(found: Sensitivity, title: str, language: str) -> str:
    """A tornado: how far F moves when one input goes from its low to its high end."""
    swings = [s for s in found.swings if s.high > s.low][:14]
    low, high = min((s.low for s in swings), default=0.0), max((s.high for s in swings), default=1.0)
    width = high - low or 1.0
    body = [
        _bar(
            row,
            s.label[language],
            (s.low - low) / width,
            (s.high - s.low) / width,
            "#48617a",
            f"{s.label[language]}{say('colon', language)}{percent(s.low)} – {percent(s.high)}",
            f"{percent(s.low)} – {percent(s.high)}",
        )
        for row, s in enumerate(swings)
    ]
    x = _x((found.value - low) / width)
    bottom = _HEAD + len(swings) * _ROW
    body.append(f'<path d="M{x:.1f} {_HEAD - 6} V{bottom}" stroke="{_INK}" stroke-dasharray="4 3"/>')
    body.append(text(x, _HEAD - 10, f"F = {percent(found.value)}", size=12, anchor="middle"))
    return _chart(title, say("What moves F", language), body, len(swings), ())


def ethics_svg(scores: Scores, title: str, vocabulary: Vocabulary, language: str) -> str:
    """The profile of principles: each from 0 to 1, with the ends that open findings leave."""
    principles = sorted(scores.ethics.principles, key=lambda p: (p.value, p.principle))
    body = []
    for row, p in enumerate(principles):
        label = vocabulary.principles[p.principle].label[language]
        colour = "#a3221b" if p.vetoes else "#2f7d4f" if p.value >= 0.75 else "#e0b23c"
        body.append(_bar(row, label, 0, p.value, colour, f"{label}{say('colon', language)}{decimal(p.value)}", decimal(p.value)))  # fmt: skip
        if p.interval[0] < p.interval[1]:
            body.append(_whisker(row, *p.interval))
    if scores.greyed:
        body = [f'<g opacity="0.45">{"".join(body)}</g>']
    return _chart(title, say("How the principles fare", language), body, len(principles), ())


def fit_svg(model: HealthModel, language: str) -> str:
    """How well a fitted model does on people it was not fitted to: calibration, and precision against recall.

    A dot is a bin of people of like predicted probability, larger where there are more of them.
    """
    m = model.measures
    most = max((b.count for b in m.calibration), default=1)
    dots = []
    for each in m.calibration:
        x, y = _at(0, each.predicted, each.observed)
        said = f"{each.predicted:.2f} → {each.observed:.2f} (n = {each.count})"
        radius = 3 + 5 * (each.count / most) ** 0.5
        dots.append(f'<g><title>{said}</title><circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="#48617a" fill-opacity="0.8"/></g>')  # fmt: skip
    (x0, y0), (x1, y1) = _at(0, 0, 0), _at(0, 1, 1)
    curve = " ".join(
        f"{x:.1f},{y:.1f}" for x, y in (_at(1, recall, precision) for recall, precision in m.precision_recall)
    )
    share = model.healthy_rows / model.rows
    (a, b), (c, _) = _at(1, 0, share), _at(1, 1, share)
    body = [
        *_square(0, say("predicted", language), say("observed", language)),
        f'<path d="M{x0:.0f} {y0:.0f} L{x1:.0f} {y1:.0f}" stroke="{_INK}" stroke-dasharray="4 3"/>',
        *dots,
        *_square(1, say("recall", language), say("precision", language)),
        f'<path d="M{a:.0f} {b:.0f} H{c:.0f}" stroke="{_INK}" stroke-dasharray="4 3"/>',
        f'<polyline points="{curve}" fill="none" stroke="#48617a" stroke-width="2"/>',
    ]
    subtitle = f"AUC {m.auc:.3f} · Brier {m.brier:.3f} · n = {model.rows}"
    title = say("How the fitted model does", language)
    return _drawing(2 * _PANEL + 30, _SQUARE_TOP + _SQUARE + 60, title, subtitle, body)


_SQUARE, _SQUARE_TOP, _PANEL = 340, 104, 420


def _at(panel: int, x: float, y: float) -> tuple[float, float]:
    return 60 + panel * _PANEL + x * _SQUARE, _SQUARE_TOP + (1 - y) * _SQUARE


def _square(panel: int, across: str, up: str) -> list[str]:
    """A square from 0 to 1 with its grid and the names of its axes."""
    (left, bottom), (right, top) = _at(panel, 0, 0), _at(panel, 1, 1)
    parts = [
        text(left, top - 14, up, size=13),
        text((left + right) / 2, bottom + 42, across, size=13, anchor="middle"),
    ]
    for tick in (0, 0.25, 0.5, 0.75, 1):
        x, y = _at(panel, tick, tick)
        parts.append(f'<path d="M{x:.0f} {top:.0f} V{bottom:.0f} M{left:.0f} {y:.0f} H{right:.0f}" stroke="{_LINE}"/>')
        parts.append(text(x, bottom + 18, f"{tick:g}", size=12, ink=_SOFT, anchor="middle"))
        parts.append(text(left - 8, y + 4, f"{tick:g}", size=12, ink=_SOFT, anchor="end"))
    return parts


def _x(share: float) -> float:
    return _MARGIN + _SIDE + share * _SPAN


def _bar(row: int, label: str, start: float, width: float, colour: str, said: str, value: str) -> str:
    y = _HEAD + row * _ROW
    end = _x(start + width)
    return (
        f"<g><title>{escape(said)}</title>{text(_MARGIN + _SIDE - 12, y + 15, _short(label), size=13, anchor='end')}"
        f'<rect x="{_x(start):.1f}" y="{y}" width="{max(width * _SPAN, 1):.1f}" height="{_BAR}" rx="3" fill="{colour}"/>'
        f"{text(end + 8, y + 15, value, size=12, ink=_SOFT)}</g>\n"
    )


def _short(label: str, most: int = 42) -> str:
    while columns(label) > most:
        label = label[:-2].rstrip(" ,…") + "…"
    return label


def _whisker(row: int, low: float, high: float) -> str:
    y = _HEAD + row * _ROW + _BAR + 4
    a, b = _x(low), _x(high)
    return f'<path d="M{a:.1f} {y - 3} v6 M{a:.1f} {y} H{b:.1f} M{b:.1f} {y - 3} v6" stroke="{_INK}" fill="none"/>\n'


def _chart(title: str, subtitle: str, body: Sequence[str], rows: int, key: Sequence[tuple[str, str]]) -> str:
    base = _HEAD + rows * _ROW + 10
    legend, x = [], float(_MARGIN + _SIDE)
    for colour, words in key:
        legend.append(f'<rect x="{x:.0f}" y="{base}" width="14" height="14" rx="3" fill="{colour}"/>')
        legend.append(text(x + 20, base + 12, words, size=12, ink=_SOFT))
        x += 40 + 7 * columns(words)
    axis = f'<path d="M{_x(0):.1f} {_HEAD - 6} V{_HEAD + rows * _ROW}" stroke="{_LINE}"/>'
    return _drawing(_WIDTH, base + (34 if key else 12), title, subtitle, [axis, *body, *legend])


def _drawing(width: float, height: float, title: str, subtitle: str, body: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" role="img" {FONT}>\n'
        f'<title>{escape(title)}</title>\n<rect width="100%" height="100%" fill="#fff"/>\n'
        + text(_MARGIN, 30, _short(title, 90), size=18, weight=600)
        + text(_MARGIN, 50, subtitle, size=13, ink=_SOFT)
        + "\n"
        + "".join(body)
        + "</svg>\n"
    )
