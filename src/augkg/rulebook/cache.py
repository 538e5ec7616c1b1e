"""Compiled rulebooks on disk, by the hash of what they were compiled from: msgpack, checked on reading."""

import gc
from pathlib import Path

import msgspec

from augkg.model.rulebook import Rulebook
from augkg.resources import write_file

_KEEP = 8


def read_cached(folder: Path, key: str) -> Rulebook | None:
    """The compiled rulebook of this key, or None if there is none that can be read."""
    try:
        data = (folder / f"{key}.msgpack").read_bytes()
    except OSError:
        return None
    # A hundred thousand values are made and none is garbage: looking for some takes longer than making them.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return msgspec.msgpack.decode(data, type=Rulebook)
    except msgspec.MsgspecError:
        return None
    finally:
        if collecting:
            gc.enable()


def write_cached(folder: Path, rulebook: Rulebook) -> None:
    """Keep a compiled rulebook, and few others; where the folder cannot be written, go without."""
    try:
        write_file(folder / f"{rulebook.hash}.msgpack", msgspec.msgpack.encode(rulebook))
        others = sorted(folder.glob("*.msgpack"), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in others[_KEEP:]:
            old.unlink(missing_ok=True)
    except OSError:
        return
