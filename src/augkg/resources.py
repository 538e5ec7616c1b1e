"""Where augkg's own files are: the ontology and rules that it ships, the user's rules, the cache.

An editable install reads the checkout, so that an edit to a rule is live; a wheel carries both as data.
"""

import hashlib
import os
import sys
from collections.abc import Iterable
from pathlib import Path

VERSION = "0.1.0"

_PACKAGE = Path(__file__).resolve().parent
_SHIPPED = _PACKAGE / "_data"
_HOME = _SHIPPED if _SHIPPED.is_dir() else _PACKAGE.parent.parent


def ontology_folder() -> Path:
    """The folder of the ontology's Turtle files."""
    return _HOME / "ontology"


def rules_folder() -> Path:
    """The folder of the rule packs that augkg ships."""
    return _HOME / "rules"


def templates_folder() -> Path:
    """The folder of template scenarios, one for a technology, named after it."""
    return rules_folder() / "templates"


def user_rules() -> tuple[Path, ...]:
    """The folders of the user's own packs that `AUGKG_RULES` names."""
    return tuple(Path(each) for each in os.environ.get("AUGKG_RULES", "").split(os.pathsep) if each)


def cache_folder() -> Path:
    """The folder of compiled rulebooks: `AUGKG_CACHE`, or `augkg` where the system keeps caches."""
    named = os.environ.get("AUGKG_CACHE")
    if named:
        return Path(named)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "augkg"


def hash_files(paths: Iterable[Path]) -> str:
    """A hash of the names and contents of files, in the order given: 32 hexadecimal digits."""
    digest = hashlib.blake2b(digest_size=16)
    for path in paths:
        data = path.read_bytes()
        digest.update(f"{path.name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def hash_code() -> str:
    """A hash of augkg's own code, so that what an older augkg compiled is not taken for this one's."""
    return hash_files(sorted(_PACKAGE.rglob("*.py")))


def write_file(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: to a temporary name beside it, then renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
