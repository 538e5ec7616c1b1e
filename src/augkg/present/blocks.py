"""A page as a value: a head, then sections of nested items. Every way of showing it is a small walk over this."""

from __future__ import annotations

from enum import StrEnum

from augkg.model.base import Value


class Mark(StrEnum):
    """What an item is: good, bad, open, or plain."""

    YES = "yes"
    NO = "no"
    OPEN = "open"
    PLAIN = "plain"


class Item(Value, frozen=True, kw_only=True):
    """A line, what is said of it in passing, and what stands under it."""

    text: str
    mark: Mark = Mark.PLAIN
    note: str = ""
    link: str = ""
    items: tuple[Item, ...] = ()


class Section(Value, frozen=True, kw_only=True):
    """A heading and its items; `greyed` where something above makes them count for nothing."""

    heading: str
    items: tuple[Item, ...]
    greyed: bool = False


class Page(Value, frozen=True, kw_only=True):
    """A verdict in words, what it is about, and the sections under it; `tone` is the verdict's key."""

    tone: str
    banner: str
    title: str
    subtitle: str
    lead: str
    sections: tuple[Section, ...]
    foot: tuple[str, ...] = ()
