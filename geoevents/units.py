"""How long is a length, and which lengths could it be?

A `Distance` is what somebody wrote (a figure and its unit); an `Interval` is what it can mean, in
kilometers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Distance", "Interval", "Unit", "rounding_half_width"]


class Unit(StrEnum):
    """A unit of length as news writes it. The value is the symbol that output uses."""

    KILOMETER = "km"
    MILE = "mi"
    NAUTICAL_MILE = "nmi"
    METER = "m"
    YARD = "yd"
    FOOT = "ft"

    @property
    def km(self) -> float:
        """One of the unit in kilometers (exact by definition since 1959; nautical mile since 1929).

        >>> Unit.MILE.km
        1.609344
        """
        return _KM[self]


_KM = {
    Unit.KILOMETER: 1.0,
    Unit.MILE: 1.609344,
    Unit.NAUTICAL_MILE: 1.852,
    Unit.METER: 0.001,
    Unit.YARD: 0.0009144,
    Unit.FOOT: 0.0003048,
}


@dataclass(frozen=True, slots=True)
class Distance:
    """A length as it was written: `value` of `unit`. Raises `ValueError` below zero or beyond finite.

    >>> Distance(186, Unit.MILE).km
    299.337984
    """

    value: float
    unit: Unit = Unit.KILOMETER

    def __post_init__(self) -> None:
        if not math.isfinite(self.value) or self.value < 0:
            raise ValueError(f"a distance must be finite and not negative, got {self.value!r}")

    @property
    def km(self) -> float:
        """The length in kilometers."""
        return self.value * self.unit.km

    def __str__(self) -> str:
        return f"{self.value:g} {self.unit.value}"


@dataclass(frozen=True, slots=True)
class Interval:
    """The closed interval [low, high] of what a quantity may be; `high` may be infinite.

    Raises `ValueError` when it is empty or has a NaN end.

    >>> Interval(295, math.inf).contains(Interval(327, 331))
    True
    >>> Interval(0, 5).overlaps(Interval(5, 9))
    True
    """

    low: float
    high: float = math.inf

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ValueError(f"an interval needs low <= high, got [{self.low!r}, {self.high!r}]")

    def contains(self, other: Interval) -> bool:
        """Say whether all of `other` lies inside."""
        return self.low <= other.low and other.high <= self.high

    def overlaps(self, other: Interval) -> bool:
        """Say whether the two share a point."""
        return self.low <= other.high and other.low <= self.high

    def gap(self, other: Interval) -> float:
        """Return the distance between the two, 0 where they overlap."""
        return max(0.0, self.low - other.high, other.low - self.high)

    @property
    def is_exact(self) -> bool:
        """Whether both ends are the same."""
        return self.low == self.high


def rounding_half_width(value: float) -> float:
    """Return half of the last significant figure: how far the true value may be from the rounded one.

    >>> [rounding_half_width(v) for v in (300, 186, 7.5)]
    [50.0, 0.5, 0.05]
    """
    digits = f"{value:.10g}"
    if "e" in digits:
        return value * 0.05
    if "." in digits:
        return 0.5 * 10.0 ** -len(digits.split(".")[1])
    bare = digits.rstrip("0")
    return 0.5 * 10.0 ** (len(digits) - len(bare)) if bare else 0.5
