"""A page as text for a terminal, wrapped to its width, coloured where that is wanted."""

import re
import textwrap
import unicodedata
from collections.abc import Iterator

from augkg.present.blocks import Item, Mark, Page

# A run of Latin letters stays whole; a closing mark stays with what it closes.
_PIECES = re.compile(r"[（“《]*(?:[!-~]+|.)[，。；：、？！）”》]*", re.DOTALL)

_COLOURS = {
    "prohibited": "41;97;1",
    "non-compliant": "41;97;1",
    "undetermined": "43;30;1",
    "conditional": "43;30;1",
    "compliant": "42;30;1",
    "unregulated": "47;30;1",
}
_SIGNS = {Mark.YES: "✓", Mark.NO: "✗", Mark.OPEN: "?", Mark.PLAIN: "·"}
_SIGN_COLOURS = {Mark.YES: "32", Mark.NO: "31", Mark.OPEN: "33", Mark.PLAIN: "2"}


def render_text(page: Page, *, width: int = 100, colour: bool = False) -> str:
    """The page as lines of at most `width` columns.

    Examples:
        >>> print(render_text(Page(tone="compliant", banner="compliant", title="A", subtitle="B", lead="C.", sections=())))
         COMPLIANT  A
        B
        <BLANKLINE>
        C.
        <BLANKLINE>
    """
    return "\n".join(_lines(page, width, colour)) + "\n"


def _paint(text: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text


def _lines(page: Page, width: int, colour: bool) -> Iterator[str]:
    banner = _paint(f" {page.banner.upper()} ", _COLOURS.get(page.tone, "7"), colour)
    yield f"{banner} {_paint(page.title, '1', colour)}"
    yield _paint(page.subtitle, "2", colour)
    yield ""
    yield from wrap(page.lead, width)
    for section in page.sections:
        yield ""
        yield _paint(section.heading, "1", colour)
        for item in section.items:
            lines = _item(item, "  ", width, colour and not section.greyed)
            yield from (_paint(line, "2", colour and section.greyed) for line in lines)
    if page.foot:
        yield ""
        for line in page.foot:
            yield from (_paint(each, "2", colour) for each in wrap(line, width))


def _item(item: Item, indent: str, width: int, colour: bool) -> Iterator[str]:
    sign = _paint(_SIGNS[item.mark], _SIGN_COLOURS[item.mark], colour)
    lines = wrap(item.text, width - len(indent) - 2)
    yield f"{indent}{sign} {lines[0]}"
    rest = indent + "  "
    yield from (rest + line for line in lines[1:])
    if item.note:
        yield from (_paint(rest + line, "2", colour) for line in wrap(item.note, width - len(rest)))
    for each in item.items:
        yield from _item(each, rest, width, colour)


def columns(text: str) -> int:
    """How many columns a text takes: East Asian characters take two.

    Examples:
        >>> columns("ab"), columns("胚胎")
        (2, 4)
    """
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def wrap(text: str, width: int) -> list[str]:
    """A text in lines of at most `width` columns; between Chinese characters a line may break anywhere."""
    width = max(width, 24)
    if columns(text) == len(text):
        return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False) or [""]
    lines, line, taken = [], "", 0
    for piece in _PIECES.findall(text):
        size = columns(piece)
        if taken + size > width and line:
            lines.append(line.rstrip())
            line, taken = "", 0
        if line or piece.strip():  # no line begins with a space
            line, taken = line + piece, taken + size
    return [*lines, line]
