"""What every command shares: the options before the command, where output goes, in which language."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from augkg import api
from augkg.errors import AugkgError
from augkg.model.rulebook import Rulebook
from augkg.present.catalogue import say
from augkg.resources import write_file


def pick_language(arguments: Sequence[str], environment: dict[str, str]) -> str:
    """The language asked for: `--lang`, else `AUGKG_LANG`, else the locale's; English unless it is Chinese.

    Examples:
        >>> pick_language(["--lang", "zh", "assess"], {}), pick_language([], {"LANG": "zh_CN.UTF-8"})
        ('zh', 'zh')
    """
    for i, argument in enumerate(arguments):
        if argument == "--lang" and i + 1 < len(arguments):
            return "zh" if arguments[i + 1] == "zh" else "en"
        if argument.startswith("--lang="):
            return "zh" if argument == "--lang=zh" else "en"
    for name in ("AUGKG_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return "zh" if environment[name].lower().startswith("zh") else "en"
    return "en"


LANGUAGE = pick_language(sys.argv[1:], dict(os.environ))


def t(text: str) -> str:
    """A help text in the language of this run; it is asked for while the commands are declared."""
    return say(text, LANGUAGE)


@dataclass(slots=True)
class Session:
    """The options before the command."""

    language: str = "en"
    rules: tuple[Path, ...] = ()
    as_of: date | None = None
    colour: str = "auto"
    quiet: bool = False

    def say(self, text: str, /, **parts: object) -> str:
        """A text in the reader's language."""
        return say(text, self.language, **parts)

    def rulebook(self) -> Rulebook:
        """The rulebook with the user's packs."""
        return api.load(self.rules)

    def hint(self, text: str, /, **parts: object) -> None:
        """Say something in passing: on stderr, to a person only."""
        if not self.quiet and sys.stderr.isatty():
            print(self.say(text, **parts), file=sys.stderr)

    def coloured(self) -> bool:
        """Whether output is to be coloured: as asked, else where a person reads and NO_COLOR is not set."""
        if self.colour != "auto":
            return self.colour == "always"
        return sys.stdout.isatty() and not os.environ.get("NO_COLOR")

    def width(self) -> int:
        """How many columns text may take."""
        import shutil

        return min(shutil.get_terminal_size((100, 24)).columns, 110)


def emit(text: str | bytes, output: Path | None) -> None:
    """Write output to a file, whole or not at all, or to stdout."""
    data = text.encode() if isinstance(text, str) else text
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        write_file(output, data)
    except OSError as error:
        raise AugkgError("cannot write `{file}`: {why}", file=output, why=error.strerror or error) from None


def read_date(text: str) -> date:
    """A date option."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise AugkgError("`{text}` is not a date", hint="write it as 2026-01-31", text=text) from None


def columns_of(rows: Sequence[Sequence[Any]]) -> list[str]:
    """Rows as lines with their columns aligned, wide characters counted as two."""
    from augkg.present.text import columns

    texts = [[str(cell) for cell in row] for row in rows]
    widths = [max(columns(row[i]) for row in texts) for i in range(len(texts[0]))] if texts else []
    return [
        "  ".join(cell + " " * (w - columns(cell)) for cell, w in zip(row, widths, strict=True)).rstrip()
        for row in texts
    ]
