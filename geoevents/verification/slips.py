"""Which reading of a refuted claim would hold: another unit, another wind, another digit?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from geoevents.geodesy import compass_point
from geoevents.lexicon.hedges import WIND_DEG
from geoevents.model import ClaimKind, DistanceClaim, Interval, Unit
from geoevents.verification.extents import Measurement
from geoevents.verification.pairs import pair_agrees
from geoevents.verification.relations import DirectionFit, direction_fit

__all__ = ["NAMESAKE", "readings_that_hold"]

_WORDS = {
    Unit.KILOMETER: "in kilometers",
    Unit.MILE: "in miles",
    Unit.NAUTICAL_MILE: "in nautical miles",
}
# What is taken for what, the likelier slip first.
_TAKEN_FOR: dict[Unit, tuple[Unit, ...]] = {
    Unit.KILOMETER: (Unit.MILE, Unit.NAUTICAL_MILE),
    Unit.MILE: (Unit.KILOMETER, Unit.NAUTICAL_MILE),
    Unit.NAUTICAL_MILE: (Unit.KILOMETER, Unit.MILE),
    Unit.METER: (Unit.KILOMETER,),
}
NAMESAKE = "for another place of one of the two names"
"""What would hold where nothing else does and the two lie far too far apart."""
_FAR_TIMES, _FAR_KM = 2.0, 20.0
_EIGHT_WINDS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")


def readings_that_hold(
    claim: DistanceClaim, pairs: Sequence[Measurement], measured: Interval
) -> tuple[str, ...]:
    """Return the readings under which the claim would hold, the likeliest first; empty where none does."""
    if claim.claimed is None:
        return ()
    fit = max(direction_fit(claim, m) for m in pairs)
    lengths = [words for words, meant in _other_lengths(claim) if meant.overlaps(measured)]
    if fit is DirectionFit.WRONG:
        wind = _right_wind(claim, pairs)
        if claim.claimed.overlaps(measured):
            return (f"to the {wind}",)
        lengths = [f"{words} and to the {wind}" for words in lengths]
    if not lengths and _is_far_off(claim.claimed, measured):
        return (NAMESAKE,)
    return tuple(lengths)


def _is_far_off(claimed: Interval, measured: Interval) -> bool:
    """Say whether the two lie so much farther apart that one is more likely another place of the name.

    All 48 published claims of 7,188 that were found so far off were, when we read them.
    """
    return measured.low > _FAR_TIMES * claimed.high and measured.low > claimed.high + _FAR_KM


def _other_lengths(claim: DistanceClaim) -> Iterator[tuple[str, Interval]]:
    """Yield what else the figure can have been meant to say, and the kilometers that this would be.

    Of two figures that agree neither has the wrong unit; of two that do not, the other may be right.
    """
    if claim.figure is None or claim.claimed is None or claim.kind is not ClaimKind.DISTANCE:
        return
    unit = claim.figure.unit
    if claim.paired is None:
        for other in _TAKEN_FOR.get(unit, ()):
            yield _WORDS[other], _scaled(claim.claimed, other.km / unit.km)
    elif not pair_agrees(claim):
        yield f"as {claim.paired}", _scaled(claim.claimed, claim.paired.km / (claim.figure.km or 1.0))
    yield "with one more digit", _scaled(claim.claimed, 10.0)
    yield "with one digit less", _scaled(claim.claimed, 0.1)
    turned = _transposed(claim.figure.value)
    if turned is not None:
        yield f"as {turned} {unit.value}", _scaled(claim.claimed, turned / claim.figure.value)


def _scaled(claimed: Interval, factor: float) -> Interval:
    return Interval(claimed.low * factor, claimed.high * factor)


def _transposed(value: float) -> int | None:
    """Return a figure of two digits with the two exchanged."""
    if not value.is_integer() or not 10 <= value <= 99 or value % 11 == 0 or value % 10 == 0:
        return None
    return int(value % 10 * 10 + value // 10)


def _right_wind(claim: DistanceClaim, pairs: Sequence[Measurement]) -> str:
    """Return the opposite of the wind named where that fits, else the wind that it lies in."""
    opposite = compass_point(WIND_DEG[claim.direction or "N"] + 180)
    if max(direction_fit(replace(claim, direction=opposite), m) for m in pairs) is DirectionFit.RIGHT:
        return opposite
    return compass_point(pairs[0].bearing_deg, winds=_EIGHT_WINDS)
