"""Read a YAML 1.2 (or JSON) file into a tree whose every node knows its place.

The only loader of YAML in augkg. It reads the events of libyaml, gives plain words their YAML 1.2 meaning
(`NO` is a string: Norway), refuses duplicate keys, tags and aliases, and stops at a depth and size before
anything can overflow. Why not a ready-made loader: docs/adr/0004-yaml.md.

    file -> DOCUMENTS -> rulebook.read, intake.read
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from augkg.errors import AugkgError, Collector, Location

MAX_BYTES = 8_000_000
MAX_DEPTH = 40

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    """A single value: `value` with its YAML 1.2 meaning, `text` as written.

    `raw` is the very source text of the value, which starts at `raw_at`: an error inside a condition that
    runs over several lines can so be located.
    """

    value: str | int | float | bool | None
    text: str
    at: Location
    raw: str
    raw_at: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    """A list of nodes."""

    items: "tuple[Node, ...]"
    at: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """Keys with their nodes, in the order of the file; `places` says where each key stands."""

    entries: "dict[str, Node]"
    places: dict[str, Location]
    at: Location


Node = Scalar | Sequence | Mapping


def read_document(path: Path, name: str | None = None) -> Node:
    """Read one file.

    Args:
        path: The file.
        name: How messages call it; its path unless given.

    Raises:
        AugkgError: It cannot be read, is not YAML (every duplicate key is listed), or is larger or deeper than augkg reads.

    """
    shown = name or str(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise AugkgError("cannot read the file: {why}", at=Location(shown), why=error.strerror or error) from None
    return parse_document(data, shown)


def parse_document(data: bytes, name: str) -> Node:
    """Read a document from bytes; see `read_document`.

    Examples:
        >>> node = parse_document(b"jurisdiction: NO", "a.yaml")
        >>> node.entries["jurisdiction"].value, str(node.entries["jurisdiction"].at)
        ('NO', 'a.yaml:1:15')
    """
    whole = Location(name)
    if len(data) > MAX_BYTES:
        raise AugkgError("the file has {n} bytes; at most {most} are read", at=whole, n=len(data), most=MAX_BYTES)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise AugkgError("the file is not UTF-8 text", at=Location(name, line, 1), hint="save it as UTF-8") from None
    scan_depth(text, name)
    return _Composer(text, name).document()


def scan_depth(text: str, name: str) -> None:
    """Refuse a nest of brackets before any parser sees it: libyaml's cost grows with the square of the depth."""
    depth = 0
    for line_number, line in enumerate(text.split("\n"), 1):
        if "[" not in line and "{" not in line and "]" not in line and "}" not in line:
            continue
        for column, character in enumerate(line, 1):
            if character in "[{":
                depth += 1
                if depth > MAX_DEPTH * 4:
                    raise AugkgError(
                        "brackets are nested more than {most} deep",
                        at=Location(name, line_number, column),
                        most=MAX_DEPTH,
                    )
            elif character in "]}":
                depth = max(0, depth - 1)


class _Composer:
    """Builds the tree from the events of the parser."""

    def __init__(self, text: str, name: str) -> None:
        self._text, self._name = text, name
        self._found = Collector()
        loader: Any = getattr(yaml, "CLoader", yaml.Loader)
        self._parser = loader(text)

    def document(self) -> Node:
        try:
            self._next()  # the start of the stream
            event = self._next()
            if isinstance(event, yaml.StreamEndEvent):
                raise AugkgError("the file is empty", at=Location(self._name))
            node = self._node(self._next(), 0)
            self._next()  # the end of the document
            following = self._next()
            if not isinstance(following, yaml.StreamEndEvent):
                raise AugkgError(
                    "a second document starts here; a file holds one", at=self._place(following.start_mark)
                )
        except yaml.YAMLError as error:
            raise self._syntax_error(error) from None
        finally:
            self._parser.dispose()
        self._found.close()
        return node

    def _next(self) -> Any:
        return self._parser.get_event()

    def _place(self, mark: Any) -> Location:
        return Location(self._name, mark.line + 1, mark.column + 1)

    def _syntax_error(self, error: yaml.YAMLError) -> AugkgError:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        return AugkgError(
            "this is not YAML: {problem}",
            at=self._place(mark) if mark else Location(self._name),
            hint="look at the indentation, quotes and brackets here and just above",
            problem=problem,
        )

    def _node(self, event: Any, depth: int) -> Node:
        at = self._place(event.start_mark)
        if depth > MAX_DEPTH:
            raise AugkgError("values are nested more than {most} deep", at=at, most=MAX_DEPTH)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise AugkgError("anchors and aliases are not read", at=at, hint="write the value out")
        if event.tag is not None and event.tag != "!":
            raise AugkgError("the tag `{tag}` is not read", at=at, hint="leave it out", tag=event.tag)
        match event:
            case yaml.ScalarEvent():
                return self._scalar(event, at)
            case yaml.SequenceStartEvent():
                items = []
                while not isinstance(each := self._next(), yaml.SequenceEndEvent):
                    items.append(self._node(each, depth + 1))
                return Sequence(items=tuple(items), at=at)
        return self._mapping(at, depth)

    def _mapping(self, at: Location, depth: int) -> Mapping:
        entries: dict[str, Node] = {}
        places: dict[str, Location] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            value = self._node(self._next(), depth + 1)
            if not isinstance(key, Scalar):
                self._found.add(AugkgError("a key must be a single word or text", at=key.at))
            elif key.text in entries:
                self._found.add(
                    AugkgError(
                        "the key `{key}` stands here a second time",
                        at=key.at,
                        hint="the first is in line {line}; keep one of them",
                        key=key.text,
                        line=places[key.text].line,
                    )
                )
            else:
                entries[key.text], places[key.text] = value, key.at
        return Mapping(entries=entries, places=places, at=at)

    def _scalar(self, event: Any, at: Location) -> Scalar:
        start, end = event.start_mark.index, event.end_mark.index
        raw, raw_at = self._text[start:end], at
        if event.style in ("|", ">"):
            raw = raw.partition("\n")[2]
            raw_at = Location(at.file, at.line + 1, 1)
        elif event.style in ("'", '"'):
            raw, raw_at = raw[1:-1], Location(at.file, at.line, at.column + 1)
            if "\\" in raw or "''" in raw:
                raw = event.value
        value = plain_value(event.value) if event.style is None or event.style == "" else event.value
        return Scalar(value=value, text=event.value, at=at, raw=raw, raw_at=raw_at)


def plain_value(text: str) -> str | int | float | bool | None:
    """The meaning of an unquoted word in YAML 1.2 (core schema).

    Examples:
        >>> [plain_value(word) for word in ("NO", "on", "true", "12", "0o17", "1e3", "~", "2018-11-01")]
        ['NO', 'on', True, 12, 15, 1000.0, None, '2018-11-01']
    """
    if text in _NULL:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if _INT.fullmatch(text):
        return int(text, {"0o": 8, "0x": 16}.get(text[:2], 10)) if len(text) < 4000 else text
    if _FLOAT.fullmatch(text):
        return float(text.replace(".inf", "inf").replace(".Inf", "inf").replace(".INF", "inf").replace(".nan", "nan"))
    return text
