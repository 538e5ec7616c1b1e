"""Read a number with its unit, as scenarios state measures and indicators.

documents.Node -> QUANTITIES -> number, unit
"""

import re

from augkg.documents import Node, Scalar
from augkg.errors import AugkgError

QUANTITY = re.compile(r"(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)\s*(\S*)")


def number_and_unit(node: Node, name: str, unit: str) -> tuple[str, str]:
    """The number as written, and its unit: that of the measure or indicator where none is given.

    Raises:
        AugkgError: It is no number with a unit.
    """
    match = QUANTITY.fullmatch(node.text.strip()) if isinstance(node, Scalar) else None
    if match is None:
        raise AugkgError(
            "`{name}` takes a number and a unit",
            at=node.at,
            hint="such as `{name}: 5 {unit}`",
            name=name,
            unit=unit,
        )
    return match.group(1), match.group(2) or unit
