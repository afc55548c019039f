"""Where must an end lie that the text leaves unnamed: "an outpost 15 km northeast of Hasakah"?

The point at the distance and bearing, with the radius that the point-radius method gives it, and the
piece of a ring that the distance and the direction allow.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from geoevents.geodesy import destination, point_radius_km, sector
from geoevents.lexicon.hedges import WIND_DEG
from geoevents.model import ClaimEnd, ClaimKind, DistanceClaim, ImpliedLocation, Interval, Place, TravelMode
from geoevents.verification.extents import extent_km
from geoevents.verification.relations import MAX_DETOUR
from geoevents.verification.wording import in_km, in_span

__all__ = ["implied_location"]

# How far the true bearing may be off a wind of four, eight or sixteen (Wieczorek et al., 2004).
_DIRECTION_DEG = {1: 45.0, 2: 22.5, 3: 11.25}
# A piece of a ring wider than this tells nobody where to look.
_MAX_OFFSET_KM = 2_000.0


def implied_location(
    claim: DistanceClaim, known: Sequence[Place], unnamed: ClaimEnd, *, is_subject: bool
) -> ImpliedLocation | None:
    """Return where the unnamed end must lie, `None` where the claim puts it in no one direction.

    `known` are the readings of the other end, one spot, best first.
    """
    if claim.direction is None or claim.claimed is None or claim.kind is not ClaimKind.DISTANCE:
        return None
    reach = extent_km(known[0])
    if reach is None or math.isinf(claim.claimed.high) or claim.claimed.high > _MAX_OFFSET_KM:
        return None
    straight = _straight(claim)
    toward = WIND_DEG[claim.direction] if is_subject else (WIND_DEG[claim.direction] + 180) % 360
    offset = (straight.low + straight.high) / 2
    spread = _DIRECTION_DEG[len(claim.direction)]
    radius = point_radius_km(
        offset, direction_deg=spread, extent_km=reach, precision_km=straight.high - straight.low
    )
    return ImpliedLocation(
        unnamed.text,
        destination(known[0].point, bearing_deg=toward, distance_km=offset),
        is_subject=is_subject,
        radius_km=radius,
        area=sector(
            known[0].point,
            low_km=max(0.0, straight.low - reach),
            high_km=straight.high + reach,
            bearing_deg=toward,
            spread_deg=spread,
        ),
        reason=(
            f"not named: {in_span(straight)} toward {toward:.0f}° of {known[0].name}, "
            f"within {in_km(radius)} km of this point"
        ),
    )


def _straight(claim: DistanceClaim) -> Interval:
    """Return the straight distances that the claim allows: by road they are shorter."""
    claimed = claim.claimed or Interval(0.0)
    if claim.mode is not TravelMode.ROAD:
        return claimed
    return Interval(claimed.low / MAX_DETOUR, claimed.high)
