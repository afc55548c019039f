"""Does the map agree with what the text says about distance, direction and containment?

A verdict is the relation between two intervals: what a careful reporter can mean by the claim
(`DistanceClaim.claimed`) and what the map allows, the geodesic between the two places give or take
their extents. Contained supports, overlap is consistent, separation refutes. A road is longer than
the straight line, so a claim that is too long for the line and short enough for a road is neither.
"""

from __future__ import annotations

from geoevents.verification.conflicts import ClaimConflict, claim_conflicts
from geoevents.verification.extents import extent_km, is_measured_from, shapeless
from geoevents.verification.judging import verify_distance
from geoevents.verification.pairs import units_agree
from geoevents.verification.verifier import GeodesicVerifier

__all__ = [
    "ClaimConflict",
    "GeodesicVerifier",
    "claim_conflicts",
    "extent_km",
    "is_measured_from",
    "shapeless",
    "units_agree",
    "verify_distance",
]
