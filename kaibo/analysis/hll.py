"""How many different people, in 16 KB: HyperLogLog on NumPy arrays, for crowds too large to remember each."""

import math

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
BITS = 14  # of the hash choose the register: 16,384 registers of a byte
REGISTERS = 1 << BITS
SIGMA = 1.04 / math.sqrt(REGISTERS)  # relative standard error, Flajolet et al. 2007: 0.8 %
_REST = 64 - BITS


class Sketch:
    """Counts distinct hashes. What is added twice, or in another order, or by merging, gives the same sketch."""

    __slots__ = ("registers",)

    def __init__(self) -> None:
        """Nobody."""
        self.registers: NDArray[np.uint8] = np.zeros(REGISTERS, np.uint8)

    def add(self, hashes: Hashes) -> None:
        """Well mixed 64-bit hashes of people."""
        place = (hashes >> np.uint64(_REST)).astype(np.intp)
        np.maximum.at(self.registers, place, _rank(hashes & np.uint64((1 << _REST) - 1)))

    def merge(self, other: "Sketch") -> None:
        """The people of both."""
        np.maximum(self.registers, other.registers, out=self.registers)

    def count(self) -> int:
        """How many different people, within about `SIGMA`; Ertl's estimator of 2017, unbiased over the whole range."""
        histogram = np.bincount(self.registers, minlength=_REST + 2).astype(float)
        z = REGISTERS * _tau((REGISTERS - histogram[_REST + 1]) / REGISTERS)
        for k in range(_REST, 0, -1):
            z = 0.5 * (z + histogram[k])
        z += REGISTERS * _sigma(histogram[0] / REGISTERS)
        return round(REGISTERS / (2 * math.log(2)) * REGISTERS / z)


def _rank(rest: NDArray[np.uint64]) -> NDArray[np.uint8]:
    """Place of the first 1 among the low `_REST` bits, counted from the top, 1 and up."""
    # frexp's exponent is the bit length; the 50 low bits fit a float's 53 exactly
    length = np.frexp(rest.astype(np.float64))[1]
    return (_REST + 1 - length).astype(np.uint8)


def _sigma(x: float) -> float:
    if x == 1.0:
        return math.inf
    y, z = 1.0, x
    while True:
        x *= x
        before, z = z, z + x * y
        y += y
        if z == before:
            return z


def _tau(x: float) -> float:
    if x in (0.0, 1.0):
        return 0.0
    y, z = 1.0, 1 - x
    while True:
        x = math.sqrt(x)
        before, y = z, y * 0.5
        z -= (1 - x) ** 2 * y
        if z == before:
            return z / 3
