"""The words that augkg says, in the reader's language.

English texts are written where they are said and are the keys here; `zh.py` holds the Chinese. A test collects
every text from the source and fails where one has no Chinese.
"""

from augkg.errors import AugkgError
from augkg.model.issue import Issue
from augkg.present.score_words import EN

_EN = {**EN, "space": " ", "colon": ": ", "or": " or ", "comma": ", ", "…": " …"}


def say(text: str, language: str, /, **parts: object) -> str:
    """A text in a language, its parts put in.

    Examples:
        >>> say("prohibited", "zh"), say("prohibited", "en")
        ('禁止', 'prohibited')
    """
    if language == "zh":
        from augkg.present.zh import ZH

        text = ZH.get(text, text)
    else:
        text = _EN.get(text, text)
    return text.format(**parts) if parts else text


def say_error(error: AugkgError, language: str) -> str:
    """An error in a language: place, fact, hint."""
    place = f"{error.at}: " if error.at else ""
    parts = {key: say(value, language) if isinstance(value, str) else value for key, value in error.parts.items()}
    fact = say(error.message, language, **parts) if parts else say(error.message, language)
    if not error.hint:
        return place + fact
    hint = (
        say(error.hint, language, **parts) if parts else say(error.hint, language).replace("{{", "{").replace("}}", "}")
    )
    return place + fact + (f"（{hint}）" if language == "zh" else f" ({hint})")


def say_issue(issue: Issue, language: str) -> str:
    """What `check` found, in a language."""
    colon = say("colon", language)
    check = f" [{issue.check}]" if issue.check else ""
    accepted = f" — {issue.accepted}" if issue.accepted else ""
    words = say(issue.message, language, **issue.parts)
    return f"{issue.at}: {say(issue.severity, language)}{check}{colon}{words}{accepted}"
