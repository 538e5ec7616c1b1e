"""Surveys as drawings: a map of tiles, one for each country, and bars over time. SVG, nothing is fetched.

model.survey -> CHARTS -> SVG

The tiles were laid out by us from the middles of the countries in Natural Earth (public domain), each country moved
as little as a grid allows, so that small ones are seen as well as large ones.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape

from augkg.model.survey import Answer, Matrix, Period, Timeline
from augkg.model.vocabulary import Vocabulary
from augkg.present.catalogue import say
from augkg.present.survey import RED_LINE_ALONE, verdict_key
from augkg.present.text import columns
from augkg.terms import Verdict

_TILES = """
.. .. .. .. .. .. .. .. .. GL .. FO .. NO SJ SE AX FI .. .. .. .. .. .. .. .. .. .. .. ..
.. .. .. CA .. .. .. .. .. .. IS IM NL DK DE PL LT LV EE .. .. .. .. .. .. .. .. RU .. ..
.. .. .. .. .. .. .. .. .. .. IE GB BE LU AT CZ SK HU BY UA .. KZ .. .. .. .. .. .. .. ..
.. .. .. .. .. .. .. .. PM .. GG JE FR LI SI HR RS RO MD GE .. UZ .. .. MN .. .. .. .. ..
.. .. .. .. US .. .. .. .. .. PT ES MC CH SM BA MK BG TR AM AZ TM KG .. .. KP .. .. .. ..
.. .. .. .. .. .. BM .. .. .. .. GI AD IT VA ME AL CY LB SY IR AF TJ NP CN KR JP .. .. ..
.. .. .. MX BS TC DO VG AI .. EH MA DZ TN MT LY GR IL PS IQ KW BH PK BT BD TW .. .. .. ..
.. .. .. KY CU HT PR SX MF BL .. MR .. .. .. .. .. EG JO SA QA AE IN MM MO HK .. .. .. ..
.. .. .. GT BZ JM VI KN AG GP CV SN ML NE .. .. .. SD .. ER YE OM .. LA VN PH .. .. .. ..
.. .. .. SV HN AW MS DM MQ LC GM GN BF .. .. TD .. .. .. DJ .. .. .. TH KH .. GU MP .. ..
.. .. .. NI CR CW BQ GD VC BB GW CI TG BJ NG .. .. SS .. ET .. .. LK .. .. .. PW .. .. ..
.. UM .. .. PA CO VE TT GY GF SL LR GH GQ CM .. CF .. UG .. SO .. MV .. BN MY .. FM MH ..
TK KI .. .. .. EC .. .. SR .. .. .. .. ST GA CG CD RW TZ KE SC .. .. .. SG ID PG .. NR ..
WF AS .. .. .. PE .. .. BR .. .. .. .. .. .. AO ZM BI MW KM YT .. IO CC CX AU TL SB TV ..
WS NU PF .. .. .. BO .. .. .. .. SH .. .. .. .. BW ZW MZ MG RE .. .. .. .. .. .. VU FJ ..
TO CK PN .. .. .. .. .. PY .. .. .. .. .. .. NA ZA LS SZ .. .. MU .. .. .. .. .. NC NF ..
.. .. .. .. .. CL AR .. UY .. .. .. .. .. .. .. .. .. .. .. .. TF .. .. .. .. .. NZ .. ..
.. .. .. .. .. .. .. .. FK GS .. .. .. BV .. .. .. .. .. .. .. .. HM .. .. .. .. .. .. ..
.. .. .. .. .. .. .. .. .. .. .. .. AQ .. .. .. .. .. .. .. .. .. .. .. .. .. .. .. .. ..
"""
# Fill and ink; each verdict bears a sign as well, so that no one needs to tell the colours apart.
_PAINT = {
    Verdict.PROHIBITED: ("#a3221b", "#fff", "✕"),
    RED_LINE_ALONE: ("#f3d3d0", "#a3221b", "✕"),
    Verdict.NON_COMPLIANT: ("#d9692b", "#fff", "!"),
    Verdict.UNDETERMINED: ("#f2cf63", "#3a3222", "?"),
    Verdict.CONDITIONAL: ("#b9d27a", "#26331a", "◦"),
    Verdict.COMPLIANT: ("#2f7d4f", "#fff", "✓"),
    Verdict.UNREGULATED: ("#dfe3e8", "#5b6570", "–"),
}
_TILE, _GAP, _MARGIN, _HEAD, _LEGEND = 38, 3, 24, 64, 34
FONT = 'font-family="system-ui,Noto Sans,Noto Sans CJK SC,sans-serif"'


def matrix_svg(matrix: Matrix, vocabulary: Vocabulary, language: str) -> str:
    """A map of tiles: each country in the colour of its verdict, the parts of countries in rows below."""
    spots = dict(_spots())
    parts = [a for a in matrix.answers if a.jurisdiction not in spots]
    step = _TILE + _GAP
    across = 1 + max(x for x, _ in spots.values())
    down = 1 + max(y for _, y in spots.values())
    for i, answer in enumerate(parts):
        spots[answer.jurisdiction] = (i % across, down + 1 + i // across)
    rows = down + (1 + -(-len(parts) // across) if parts else 0)
    width, height = 2 * _MARGIN + across * step, _HEAD + rows * step + _LEGEND + _MARGIN
    tiles = [_tile(a, spots[a.jurisdiction], vocabulary, language) for a in matrix.answers]
    if parts:
        tiles.append(
            text(_MARGIN, _HEAD + (down + 1) * step - 8, say("parts of countries", language), size=13, ink="#5b6570")
        )
    return _drawing(width, height, matrix.title[language], str(matrix.as_of), tiles, language)


def _spots() -> Iterator[tuple[str, tuple[int, int]]]:
    for y, line in enumerate(_TILES.split("\n")[1:-1]):
        yield from ((code, (x, y)) for x, code in enumerate(line.split()) if code != "..")


def _tile(answer: Answer, spot: tuple[int, int], vocabulary: Vocabulary, language: str) -> str:
    fill, ink, sign = _PAINT[verdict_key(answer)]
    x, y = _MARGIN + spot[0] * (_TILE + _GAP), _HEAD + spot[1] * (_TILE + _GAP)
    place = vocabulary.jurisdictions[answer.jurisdiction].label[language]
    said = f"{place}{say('colon', language)}{say(verdict_key(answer), language)}"
    if answer.decided_by:
        said += f" ({', '.join(answer.decided_by[:4])})"
    code = answer.jurisdiction.rpartition("-")[2]
    return (
        f'<g><title>{escape(said)}</title><rect x="{x}" y="{y}" width="{_TILE}" height="{_TILE}" rx="4" fill="{fill}"/>'
        + text(x + _TILE / 2, y + 17, code, size=12, ink=ink, anchor="middle", weight=600)
        + text(x + _TILE / 2, y + 32, sign, size=11, ink=ink, anchor="middle")
        + "</g>\n"
    )


_BAR, _LANE, _SIDE, _SPAN = 26, 58, 150, 820


def timeline_svg(timelines: Sequence[Timeline], vocabulary: Vocabulary, language: str) -> str:
    """A bar for each place, in pieces coloured by verdict, the day written where the verdict changes."""
    days = sorted({p.since for t in timelines for p in t.periods if p.since})
    first, last = (days[0], days[-1]) if days else (date(2000, 1, 1), date(2000, 1, 1))
    margin = max((last.toordinal() - first.toordinal()) * 0.08, 400)
    start, end = first.toordinal() - margin, last.toordinal() + margin

    def at(day: date | None, otherwise: float) -> float:
        ordinal = otherwise if day is None else day.toordinal()
        return _SIDE + (ordinal - start) / (end - start) * _SPAN

    body = []
    for lane, timeline in enumerate(timelines):
        y = _HEAD + lane * _LANE + 14
        label = vocabulary.jurisdictions[timeline.jurisdiction].label[language]
        body.append(text(_SIDE - 12, y + 18, label, size=14, anchor="end", weight=600))
        taken = 0.0
        for i, period in enumerate(timeline.periods):
            x1, x2 = at(period.since, start), at(period.until, end)
            body.append(_piece(period, x1, x2, y, language))
            turned = i and verdict_key(period.answer) != verdict_key(timeline.periods[i - 1].answer)
            if turned and x1 >= taken:
                body.append(text(x1, y + _BAR + 14, str(period.since), size=11, ink="#3d4650", anchor="middle"))
                taken = x1 + 70
    height = _HEAD + len(timelines) * _LANE + _LEGEND + _MARGIN
    years = f"{first.year} – {last.year}"
    title = timelines[0].title[language] if timelines else ""
    return _drawing(_SIDE + _SPAN + _MARGIN, height, title, years, body, language)


def _piece(period: Period, x1: float, x2: float, y: float, language: str) -> str:
    fill, ink, sign = _PAINT[verdict_key(period.answer)]
    said = f"{period.since or '…'} – {period.until or '…'}{say('colon', language)}{say(verdict_key(period.answer), language)}"
    mark = text((x1 + x2) / 2, y + 18, sign, size=13, ink=ink, anchor="middle") if x2 - x1 > 14 else ""
    return (
        f'<g><title>{escape(said)}</title><rect x="{x1:.1f}" y="{y}" width="{max(x2 - x1 - 0.8, 0.6):.1f}" '
        f'height="{_BAR}" rx="2" fill="{fill}"/>{mark}</g>\n'
    )


def _drawing(width: float, height: float, title: str, subtitle: str, body: Sequence[str], language: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" role="img" {FONT}>\n'
        f'<title>{escape(title)}</title>\n<rect width="100%" height="100%" fill="#fff"/>\n'
        + text(_MARGIN, 30, title, size=20, weight=600)
        + text(_MARGIN, 50, subtitle, size=13, ink="#5b6570")
        + "\n"
        + "".join(body)
        + _legend(height - _MARGIN - 8, language)
        + "</svg>\n"
    )


def _legend(y: float, language: str) -> str:
    parts, x = [], float(_MARGIN)
    for verdict, (fill, ink, sign) in _PAINT.items():
        words = say(verdict, language)
        parts.append(f'<rect x="{x:.0f}" y="{y - 13:.0f}" width="18" height="18" rx="3" fill="{fill}"/>')
        parts.append(text(x + 9, y, sign, size=11, ink=ink, anchor="middle"))
        parts.append(text(x + 24, y + 1, words, size=13))
        x += 46 + 7.2 * columns(words)
    return "".join(parts) + "\n"


def text(
    x: float, y: float, words: str, *, size: int, ink: str = "#1c2127", anchor: str = "start", weight: int = 400
) -> str:
    """A line of text in a drawing, at a place."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" fill="{ink}" text-anchor="{anchor}">'
        f"{escape(words)}</text>"
    )
