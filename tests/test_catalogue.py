"""Everything that augkg says has its Chinese, with the same parts in it."""

import ast
import string
from pathlib import Path

import augkg.present.catalogue
from augkg.errors import AugkgError, Location
from augkg.present.catalogue import say, say_error
from augkg.present.zh import ZH

SOURCE = Path(augkg.present.catalogue.__file__).parent.parent
SAYING = {"say", "_say", "t", "hint", "_issue", "_misfit", "AugkgError", "MissingTool", "LimitExceeded", "Issue"}


def texts() -> dict[str, str]:
    """Every text said somewhere in the source, with its place."""
    found: dict[str, str] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name not in SAYING:
                continue
            said = [*node.args[:2], *(k.value for k in node.keywords if k.arg in ("message", "hint"))]
            for each in said:
                for part in ast.walk(each):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str) and " " in part.value.strip(" ,"):
                        found[part.value] = f"{path.name}:{part.lineno}"
    return found


def parts(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_text_has_its_chinese() -> None:
    said = texts()
    assert len(said) > 150
    assert {text: place for text, place in said.items() if text not in ZH} == {}


def test_the_chinese_has_the_same_parts() -> None:
    assert {en: zh for en, zh in ZH.items() if not parts(zh) <= parts(en)} == {}


def test_an_error_in_both_languages() -> None:
    error = AugkgError(
        "`{word}` is not a jurisdiction",
        at=Location("a.yaml", 2, 3),
        hint="did you mean `{near}`?",
        word="UK",
        near="GB",
    )
    assert say_error(error, "en") == "a.yaml:2:3: `UK` is not a jurisdiction (did you mean `GB`?)"
    assert say_error(error, "zh") == "a.yaml:2:3: `UK` 不是法域（是否想写 `GB`？）"


def test_an_unknown_text_is_said_as_it_is() -> None:
    assert say("something else", "zh") == "something else"
