"""Planes of 64-bit words: many scenarios at once, the very same steps.

Apart from `facts`, so that numpy is imported only where there are many scenarios.
"""

import numpy as np
from numpy.typing import NDArray

from augkg.engine.facts import Pack, Plane


def word_planes(n: int) -> tuple[Pack, Plane]:
    """How to make planes of words for n scenarios; see `facts.int_planes`.

    Examples:
        >>> pack, ones = word_planes(70)
        >>> rows_of(pack([0, 69]) & ones, 70).nonzero()[0].tolist()
        [0, 69]
    """
    words = (n + 63) // 64

    def pack(rows: list[int]) -> NDArray[np.uint64]:
        bits = np.zeros(words * 64, dtype=np.uint8)
        bits[rows] = 1
        return np.packbits(bits, bitorder="little").view(np.uint64)

    return pack, np.full(words, np.iinfo(np.uint64).max, dtype=np.uint64)


def rows_of(plane: NDArray[np.uint64], n: int) -> NDArray[np.bool_]:
    """The bits of a plane as n booleans, one for each scenario."""
    return np.unpackbits(plane.view(np.uint8), bitorder="little")[:n].astype(bool)
