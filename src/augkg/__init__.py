"""augkg: assess what is done to people with technology against law and ethics, and say why.

import augkg
rulebook = augkg.load()
scenario = augkg.read_scenario(Path("case.yaml"), rulebook)
print(augkg.assess(rulebook, scenario).verdict)
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from augkg.api import (
        assess,
        explain_norm,
        explain_risk,
        fit,
        frame,
        load,
        people,
        read_model,
        read_scenario,
        to_json,
    )
    from augkg.errors import AugkgError

__all__ = [
    "AugkgError",
    "assess",
    "explain_norm",
    "explain_risk",
    "fit",
    "frame",
    "load",
    "people",
    "read_model",
    "read_scenario",
    "to_json",
]


def __getattr__(name: str) -> object:
    if name == "AugkgError":
        from augkg.errors import AugkgError

        return AugkgError
    if name in __all__:
        from augkg import api

        return getattr(api, name)
    raise AttributeError(name)
