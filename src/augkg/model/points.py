"""What draws are made from, computed once when a rulebook is compiled: points of a unit cube, and quantiles."""

from augkg.model.base import Value


class Points(Value, frozen=True, kw_only=True):
    """Scrambled Sobol points and the quantiles of the unit PERT distribution.

    Args:
        count: How many points there are, a power of two.
        dims: In how many dimensions.
        seed: With which they were scrambled.
        data: `dims` rows of `count` numbers in [0, 1), 32-bit floats.
        modes: How many modes from 0 to 1 the table of quantiles has.
        grid: The probabilities of its columns, 64-bit floats.
        quantiles: `modes` rows of the quantiles of PERT(0, mode, 1) at the probabilities of the grid, 64-bit floats.
    """

    count: int
    dims: int
    seed: int
    data: bytes
    modes: int
    grid: bytes
    quantiles: bytes
