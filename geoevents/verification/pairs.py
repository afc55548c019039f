"""Are two figures, in two units, the same length, and if not, how did they come to differ?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from geoevents.model import Distance, DistanceClaim, Interval, Unit
from geoevents.units import rounding_half_width

__all__ = ["by_second_figure", "pair_agrees", "pair_clause", "pair_warning", "units_agree"]


def units_agree(first: Distance, second: Distance) -> bool:
    """Say whether two figures can be one length, each rounded as its digits and wire habit allow.

    >>> units_agree(Distance(300), Distance(186, Unit.MILE)), units_agree(Distance(22), Distance(11, Unit.MILE))
    (True, False)
    """
    return _as_rounded(first).overlaps(_as_rounded(second))


def _as_rounded(length: Distance) -> Interval:
    # Wires round a converted figure to 5 or 10 as readily as to 1 ("75 kilometers (45 miles)"), but
    # nobody turns 162 miles into 300 kilometers: not by more than 5, or a twentieth.
    half = rounding_half_width(length.value)
    if length.value >= 15 and length.value % 5 == 0:
        half = max(half, 2.5)
    half = min(half, max(0.5, min(0.15 * length.value, max(5.0, 0.05 * length.value))))
    return Interval(max(0.0, length.value - half) * length.unit.km, (length.value + half) * length.unit.km)


def pair_agrees(claim: DistanceClaim) -> bool | None:
    """Say whether the two figures of the claim are one length, `None` where it gives but one."""
    if claim.paired is None or claim.figure is None:
        return None
    return units_agree(claim.figure, claim.paired)


def pair_clause(claim: DistanceClaim) -> str:
    """Return what is to be said of a second figure that agrees, as the end of a clause; empty without one."""
    if claim.paired is None or claim.figure is None or not pair_agrees(claim):
        return ""
    first, second = claim.figure, claim.paired
    return f", and {second} is {_in_unit_of(first, second)}, which agrees with {first}"


def pair_warning(claim: DistanceClaim) -> str:
    """Return how a sentence begins about a claim whose two figures are not one length; else nothing."""
    if claim.paired is None or claim.figure is None or pair_agrees(claim):
        return ""
    first, second = claim.figure, claim.paired
    return (
        f"the two figures disagree, {second} is {_in_unit_of(first, second)}, not {first}"
        f"{_likely_cause(first, second)}; "
    )


def by_second_figure(claim: DistanceClaim) -> DistanceClaim | None:
    """Return the claim that the second figure makes where it is not the length of the first one."""
    if claim.paired is None or claim.figure is None or claim.claimed is None or pair_agrees(claim):
        return None
    factor = claim.paired.km / (claim.figure.km or 1.0)
    claimed = Interval(claim.claimed.low * factor, claim.claimed.high * factor)
    return replace(claim, figure=claim.paired, paired=None, claimed=claimed)


def _in_unit_of(target: Distance, length: Distance) -> str:
    return f"{length.km / target.unit.km:.4g} {target.unit.value}"


def _likely_cause(first: Distance, second: Distance) -> str:
    """Name the slip that would explain two figures that are not one length."""
    swapped = Distance(first.value, second.unit), Distance(second.value, first.unit)
    causes: tuple[tuple[Callable[[], bool], str], ...] = (
        (lambda: first.value == second.value, "the figure was repeated instead of converted"),
        (lambda: units_agree(*swapped), "the two units seem to be exchanged"),
        (lambda: _nautical(first, second), f"{second.value:g} would be nautical miles"),
        (lambda: _nautical(second, first), f"{first.value:g} would be nautical miles"),
        (lambda: _slipped(first, second), "a decimal place seems to have slipped"),
        (lambda: _transposed(first, second), "two digits seem to be exchanged"),
    )
    for holds, cause in causes:
        if holds():
            return f" ({cause})"
    return ""


def _nautical(length: Distance, miles: Distance) -> bool:
    return miles.unit is Unit.MILE and units_agree(length, Distance(miles.value, Unit.NAUTICAL_MILE))


def _slipped(first: Distance, second: Distance) -> bool:
    return any(units_agree(first, Distance(second.value * factor, second.unit)) for factor in (10.0, 0.1))


def _transposed(first: Distance, second: Distance) -> bool:
    digits = f"{second.value:g}"
    swaps = (digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :] for i in range(len(digits) - 1))
    return digits.isdigit() and any(units_agree(first, Distance(float(s), second.unit)) for s in swaps)
