"""How does what a claim says stand to what the map allows?

A verdict is the relation between two intervals. Contained supports, overlap is consistent,
separation refutes. A road is longer than the straight line, so a claim that is too long for the line
and short enough for a road is neither. Winds are as wide as the compass that they are read from.
"""

from __future__ import annotations

from enum import IntEnum

from geoevents.geodesy import angle_between_deg
from geoevents.lexicon.hedges import WIND_DEG
from geoevents.model import ClaimKind, DistanceClaim, Interval, Outcome, TravelMode
from geoevents.verification.extents import Measurement

__all__ = [
    "MAX_DETOUR",
    "RANK",
    "SATISFIES",
    "DirectionFit",
    "direction_fit",
    "is_matter_of_taste",
    "relate",
    "with_direction",
]

# Roads are 1.0 to 1.8 times as long as the straight line: the median circuity of country roads is
# 1.2 to 1.4, and 1.8 covers mountains (Ballou, Rahardja and Sakai, Transportation Research A, 2002).
MAX_DETOUR = 1.8
# How far a bearing may be off the wind named, by how fine the wind is; beyond the last no careful
# reporter would call it that. Near the place each is widened by the angle that the extents span.
_RIGHT_DEG = {1: 45.0, 2: 33.75, 3: 22.5}
_BORDERLINE_DEG = 67.5
# "Near" has no bound of its own: what is this many times as far off as ours is near to nobody.
_NEAR_TIMES = 3.0
# The opposite wind stays wrong however near the two places are.
_MAX_WIDENING_DEG = 45.0

SATISFIES = frozenset({Outcome.SUPPORTED, Outcome.CONSISTENT})
RANK = {Outcome.SUPPORTED: 3, Outcome.CONSISTENT: 2, Outcome.ROAD_ONLY: 1, Outcome.REFUTED: 0}

# Of a way by road a road is what it says; of a distance without a word about the way it would be.
_WHERE_A_ROAD_FITS = {
    TravelMode.ROAD: Outcome.CONSISTENT,
    TravelMode.UNSTATED: Outcome.ROAD_ONLY,
    TravelMode.STRAIGHT: Outcome.REFUTED,
}


class DirectionFit(IntEnum):
    """How the wind that a claim names stands to the bearing on the map."""

    WRONG = 0
    BORDERLINE = 1
    RIGHT = 2
    UNSTATED = 3


def relate(claim: DistanceClaim, measured: Interval) -> Outcome:
    """Return the relation of the claimed interval to the measured one, without regard to direction."""
    claimed = claim.claimed or Interval(0.0)
    if claimed.contains(measured):
        return Outcome.CONSISTENT if _is_never_exact(claim) else Outcome.SUPPORTED
    if claimed.overlaps(measured):
        return Outcome.CONSISTENT
    by_road = Interval(measured.low, measured.high * MAX_DETOUR)
    if claim.kind is not ClaimKind.DISTANCE or not claimed.overlaps(by_road):
        return Outcome.REFUTED
    return _WHERE_A_ROAD_FITS[claim.mode]


def is_matter_of_taste(claim: DistanceClaim, measured: Interval) -> bool:
    """Say whether the two are farther apart than we call near, and not so far that nobody would."""
    if claim.kind not in {ClaimKind.NEAR, ClaimKind.ON_LINE} or claim.claimed is None:
        return False
    return claim.claimed.high < measured.low <= _NEAR_TIMES * claim.claimed.high


def _is_never_exact(claim: DistanceClaim) -> bool:
    """A way by road that equals the straight line, or takes so long, is possible, not established."""
    return claim.mode is TravelMode.ROAD or claim.kind is ClaimKind.TRAVEL_TIME


def direction_fit(claim: DistanceClaim, m: Measurement) -> DirectionFit:
    """Say how the claim's wind fits the bearing from the reference to the subject."""
    if claim.direction is None:
        return DirectionFit.UNSTATED
    off = angle_between_deg(WIND_DEG[claim.direction], m.bearing_deg)
    widening = min(_MAX_WIDENING_DEG, m.widening_deg)
    if off <= _RIGHT_DEG[len(claim.direction)] + widening:
        return DirectionFit.RIGHT
    return DirectionFit.BORDERLINE if off <= _BORDERLINE_DEG + widening else DirectionFit.WRONG


def with_direction(outcome: Outcome, fit: DirectionFit) -> Outcome:
    """Return the outcome that the distance gives, lowered by a wind that does not fit."""
    if fit is DirectionFit.WRONG:
        return Outcome.REFUTED
    if fit is DirectionFit.BORDERLINE and outcome is Outcome.SUPPORTED:
        return Outcome.CONSISTENT
    return outcome
