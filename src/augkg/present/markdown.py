"""A page as Markdown and as HTML, for reports and the web; nothing in it runs or is fetched."""

from collections.abc import Iterator, Sequence
from html import escape

from augkg.present.blocks import Item, Mark, Page

_SIGNS = {Mark.YES: "✓ ", Mark.NO: "✗ ", Mark.OPEN: "? ", Mark.PLAIN: ""}


def render_markdown(page: Page) -> str:
    """The page as Markdown."""
    lines = [f"# {_safe(page.banner)}: {_safe(page.title)}", "", _safe(page.subtitle), "", _safe(page.lead)]
    for section in page.sections:
        lines += ["", f"## {_safe(section.heading)}", ""]
        for item in section.items:
            lines += _markdown_item(item, 0)
    lines += ["", *(f"> {_safe(line)}  " for line in page.foot)]
    return "\n".join(lines) + "\n"


def _safe(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in text)


def _markdown_item(item: Item, level: int) -> Iterator[str]:
    text = f"[{_safe(item.text)}]({item.link})" if item.link else _safe(item.text)
    note = f" `{item.note.replace('`', '')}`" if item.note else ""
    yield f"{'  ' * level}- {_SIGNS[item.mark]}{text}{note}"
    for each in item.items:
        yield from _markdown_item(each, level + 1)


_GREYED = '<section class="greyed">'
_STYLE = """
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#5b6570;--line:#d5dae0;--paper:#fff;--no:#b3261e;--yes:#1f7a3d;--open:#9a6700}
@media(prefers-color-scheme:dark){:root{--ink:#e6e9ec;--soft:#9aa4ae;--line:#3a4149;--paper:#14171a;--no:#ff8a80;--yes:#7ddc9a;--open:#f2c14e}}
body{margin:2rem auto;max-width:56rem;padding:0 1rem;font:16px/1.55 system-ui,"Noto Sans","Noto Sans CJK SC","PingFang SC",sans-serif;
color:var(--ink);background:var(--paper)}
h1{font-size:1.5rem;margin:.2rem 0}h2{font-size:1.05rem;margin:1.6rem 0 .4rem;border-bottom:1px solid var(--line)}
.verdict{display:inline-block;padding:.15rem .7rem;border-radius:.3rem;color:#fff;background:#5b6570;font-weight:600}
.prohibited,.non-compliant{background:#b3261e}.undetermined,.conditional{background:#8a5a00}.compliant{background:#1f7a3d}
ul{list-style:none;margin:.2rem 0;padding-left:1.1rem}li{margin:.15rem 0}
li::before{content:"·";display:inline-block;width:1.1rem;margin-left:-1.1rem;color:var(--soft)}
li.yes::before{content:"✓";color:var(--yes)}li.no::before{content:"✗";color:var(--no)}li.open::before{content:"?";color:var(--open)}
.greyed ul{opacity:.5}figure{margin:1rem 0}figure svg{width:100%;height:auto;border-radius:.4rem}
small{color:var(--soft);font-size:.82rem;overflow-wrap:anywhere}a{color:inherit}footer,.sub{color:var(--soft);font-size:.9rem}
"""


def render_html(page: Page, language: str, drawings: Sequence[str] = ()) -> str:
    """The page as one self-contained HTML document, with drawings (SVG of our own) under its lead."""
    shown = "".join(f"<figure>{drawing}</figure>" for drawing in drawings)
    sections = "".join(
        f"{_GREYED if s.greyed else '<section>'}<h2>{escape(s.heading)}</h2><ul>{''.join(map(_html_item, s.items))}</ul></section>\n"
        for s in page.sections
    )
    foot = "<br>".join(map(escape, page.foot))
    return (
        f'<!doctype html>\n<html lang="{"zh-Hans" if language == "zh" else "en"}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(page.banner)}: {escape(page.title)}</title>'
        f"<style>{_STYLE}</style></head><body>\n<header>"
        f'<span class="verdict {escape(page.tone)}">{escape(page.banner)}</span>'
        f'<h1>{escape(page.title)}</h1><p class="sub">{escape(page.subtitle)}</p><p>{escape(page.lead)}</p></header>\n'
        f"<main>{shown}{sections}</main>\n<footer><p>{foot}</p></footer></body></html>\n"
    )


def _html_item(item: Item) -> str:
    text = escape(item.text)
    if item.link.startswith(("https://", "http://")):
        text = f'<a href="{escape(item.link)}">{text}</a>'
    note = f" <small>{escape(item.note)}</small>" if item.note else ""
    inside = f"<ul>{''.join(map(_html_item, item.items))}</ul>" if item.items else ""
    return f'<li class="{item.mark}">{text}{note}{inside}</li>'
