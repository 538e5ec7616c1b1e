"""Fit a document to a type: every value checked, every misfit collected with its place.

    documents.Node + a type of `model` or a file format -> SHAPE -> value

Types understood: str, int, bool, Decimal, date, enums, `tuple[T, ...]`, `dict[str, T]`, structs, unions of these
with None, and `Text` and `Tree`, which keep the place of what was read.
"""

import types
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import msgspec

from augkg.documents import Mapping, Node, Scalar, Sequence
from augkg.errors import AugkgError, Collector, Location, did_you_mean


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its place, to be read by somebody else's grammar."""

    text: str
    at: Location


@dataclass(frozen=True, slots=True)
class Tree:
    """A part of a document that somebody else reads."""

    node: Node


_NOTHING: Any = object()
_PLAIN = {str: "text", int: "a whole number", bool: "true or false", Decimal: "a number", date: "a date (2026-01-31)"}


def fit(node: Node, shape: Any, found: Collector) -> Any:
    """Read a node as a value of a type.

    Args:
        node: The node.
        shape: The type, such as a struct.
        found: Where misfits are collected; call its `close` before using the result.

    Returns:
        The value, or None where it does not fit.
    """
    value = _fit(node, shape, found)
    return None if value is _NOTHING else value


def _fit(node: Node, shape: Any, found: Collector) -> Any:
    origin = get_origin(shape)
    if origin is Annotated:
        return _fit(node, get_args(shape)[0], found)
    if shape is Tree:
        return Tree(node)
    if shape is Text:
        return _text(node, found)
    if origin in (Union, types.UnionType):
        return _union(node, get_args(shape), found)
    if origin is tuple:
        return _items(node, get_args(shape)[0], found)
    if origin is dict:
        return _table(node, get_args(shape)[1], found)
    if isinstance(shape, type) and issubclass(shape, msgspec.Struct):
        return _struct(node, shape, found)
    return _plain(node, shape, found)


def _misfit(node: Node, wanted: str, found: Collector, hint: str | None = None) -> Any:
    if isinstance(node, Scalar):
        message = (
            "`{text}` stands where {wanted} was expected" if node.text else "nothing stands where {wanted} was expected"
        )
        found.add(AugkgError(message, at=node.at, hint=hint, text=node.text, wanted=wanted))
    else:
        kind = "a list" if isinstance(node, Sequence) else "a table of keys"
        found.add(
            AugkgError("{kind} stands where {wanted} was expected", at=node.at, hint=hint, kind=kind, wanted=wanted)
        )
    return _NOTHING


def _text(node: Node, found: Collector) -> Any:
    return Text(node.raw, node.raw_at) if isinstance(node, Scalar) and node.text else _misfit(node, "text", found)


def _plain(node: Node, shape: Any, found: Collector) -> Any:
    if isinstance(node, Scalar):
        value, text = node.value, node.text
        if shape is str and value is not None:
            return text
        if shape is bool and isinstance(value, bool):
            return value
        if shape is int and type(value) is int:
            return value
        if shape is Decimal and type(value) in (int, float):
            try:
                return Decimal(text)
            except InvalidOperation:
                return _misfit(node, _PLAIN[shape], found)
        if shape is date:
            try:
                return date.fromisoformat(text)
            except ValueError:
                return _misfit(node, _PLAIN[shape], found)
        if isinstance(shape, type) and issubclass(shape, StrEnum):
            if text in list(shape):
                return shape(text)
            near = did_you_mean(text, list(shape))
            hint = f"did you mean `{near}`?" if near else None
            return _misfit(node, ", ".join(shape), found, hint)
    return _misfit(node, _PLAIN.get(shape, "one of the listed words"), found)


def _union(node: Node, options: tuple[Any, ...], found: Collector) -> Any:
    if types.NoneType in options and isinstance(node, Scalar) and node.value is None:
        return None
    real = [o for o in options if o is not types.NoneType]
    if len(real) == 1:
        return _fit(node, real[0], found)
    attempts = []
    for option in real:
        trial = Collector()
        value = _fit(node, option, trial)
        if not trial.issues:
            return value
        attempts.append((_kinship(node, option), trial))
    # The option of the same kind as the node is the one that was meant: its errors are the useful ones.
    for issue in max(attempts, key=lambda attempt: attempt[0])[1].issues:
        found.add(issue)
    return _NOTHING


def _kinship(node: Node, shape: Any) -> int:
    origin = get_origin(shape)
    if isinstance(node, Sequence):
        return origin is tuple
    if isinstance(node, Mapping):
        return origin is dict or (isinstance(shape, type) and issubclass(shape, msgspec.Struct))
    return shape in _PLAIN


def _items(node: Node, shape: Any, found: Collector) -> Any:
    if not isinstance(node, Sequence):
        return _misfit(node, "a list", found)
    items = [_fit(item, shape, found) for item in node.items]
    return tuple(item for item in items if item is not _NOTHING)


def _table(node: Node, shape: Any, found: Collector) -> Any:
    if not isinstance(node, Mapping):
        return _misfit(node, "a table of keys", found)
    table = {key: _fit(value, shape, found) for key, value in node.entries.items()}
    return {key: value for key, value in table.items() if value is not _NOTHING}


@cache
def _fields(shape: type[msgspec.Struct]) -> dict[str, tuple[str, Any, bool]]:
    hints = get_type_hints(shape, include_extras=True)
    return {f.encode_name: (f.name, hints[f.name], f.required) for f in msgspec.structs.fields(shape)}


def _struct(node: Node, shape: type[msgspec.Struct], found: Collector) -> Any:
    if not isinstance(node, Mapping):
        return _misfit(node, "a table of keys", found)
    fields = _fields(shape)
    before = len(found.issues)
    values = {}
    for key, value in node.entries.items():
        if key in fields:
            name, hint, _ = fields[key]
            values[name] = _fit(value, hint, found)
        else:
            found.add(unknown_key(key, node.places[key], fields))
    for key, (_, _, required) in fields.items():
        if required and key not in node.entries:
            found.add(AugkgError("the key `{key}` is missing here", at=node.at, key=key))
    return shape(**values) if len(found.issues) == before else _NOTHING


def unknown_key(key: str, at: Location, known: "Any") -> AugkgError:
    """The error that a key is not one of those known, with the nearest of them."""
    near = did_you_mean(key, known)
    hint = "did you mean `{near}`?" if near else "the keys are: {known}"
    return AugkgError("`{key}` is not a key here", at=at, hint=hint, key=key, near=near, known=", ".join(known))


def schema(shape: Any, title: str) -> dict[str, Any]:
    """The JSON Schema of the documents that fit a type, descriptions taken from its docstrings and annotations.

    Examples:
        >>> schema(tuple[date, ...], "days")["items"]
        {'type': 'string', 'format': 'date'}
    """
    parts: dict[str, Any] = {}
    whole = _schema(shape, parts)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **whole, "$defs": parts}


def _schema(shape: Any, parts: dict[str, Any]) -> dict[str, Any]:
    origin, args = get_origin(shape), get_args(shape)
    if origin is Annotated:
        extra: dict[str, Any] = {}
        for note in args[1:]:
            extra |= {"description": note.description} if note.description else {}
            extra |= {"pattern": note.pattern} if note.pattern else {}
        return {**_schema(args[0], parts), **extra}
    if origin in (Union, types.UnionType):
        options = [_schema(each, parts) for each in args]
        return {"anyOf": options}
    if origin is tuple:
        return {"type": "array", "items": _schema(args[0], parts)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _schema(args[1], parts)}
    if isinstance(shape, type) and issubclass(shape, msgspec.Struct):
        return _struct_schema(shape, parts)
    if isinstance(shape, type) and issubclass(shape, StrEnum):
        return {"enum": [str(each) for each in shape]}
    return dict(_PLAIN_SCHEMA[shape])


def _struct_schema(shape: type[msgspec.Struct], parts: dict[str, Any]) -> dict[str, Any]:
    if shape.__name__ not in parts:
        parts[shape.__name__] = {}  # so that a type which contains itself ends
        fields = _fields(shape)
        parts[shape.__name__] = {
            "type": "object",
            "description": (shape.__doc__ or "").strip(),
            "properties": {key: _schema(hint, parts) for key, (_, hint, _) in fields.items()},
            "required": [key for key, (_, _, required) in fields.items() if required],
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{shape.__name__}"}


_PLAIN_SCHEMA: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    Text: {"type": "string"},
    Tree: {"type": "object"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    Decimal: {"type": "number"},
    date: {"type": "string", "format": "date"},
    types.NoneType: {"type": "null"},
}
