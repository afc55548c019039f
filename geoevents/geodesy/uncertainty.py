"""How far may a place lie from the point that "so far in that direction from there" puts it at?

The point-radius method of J. Wieczorek, Q. Guo and R. J. Hijmans ("The point-radius method for
georeferencing locality descriptions and calculating associated uncertainty", Int. J. Geographical
Information Science 18, 2004), as GBIF's georeferencing guide and calculator work it out.
"""

from __future__ import annotations

import math

from geoevents.geodesy.points import LatLon

__all__ = ["coordinates_km", "point_radius_km"]

# The longest degrees of latitude and of longitude, at the pole and at the equator.
_LATITUDE_KM, _LONGITUDE_KM = 111.694, 111.320


def point_radius_km(
    offset_km: float,
    *,
    direction_deg: float,
    extent_km: float = 0.0,
    precision_km: float = 0.0,
    datum_km: float = 0.0,
    coordinates_km: float = 0.0,
) -> float:
    """Return the radius around the point at `offset_km` in which the place is to be looked for.

    `direction_deg` is how far the true bearing may be off the wind named: 45 for one of four winds,
    22.5 for one of eight, 11.25 for one of sixteen. `extent_km` is the radius of the place that is
    measured from, `precision_km` the value of the last significant figure of the offset, of which
    half counts, `datum_km` what an unknown datum or a map's scale adds, `coordinates_km` the step in
    which coordinates were given.

    The example of the guide, 10 miles east of a town that reaches 2 miles from its middle:

    >>> round(point_radius_km(10, direction_deg=45, extent_km=2, precision_km=10, datum_km=0.049,
    ...                       coordinates_km=0.025), 3)
    12.254
    """
    farthest = offset_km + extent_km + precision_km / 2 + datum_km
    turn = math.radians(direction_deg)
    # The farthest point of the band, seen from the point at its middle, is an outer corner of it.
    corner = math.hypot(farthest - offset_km * math.cos(turn), offset_km * math.sin(turn))
    return corner + coordinates_km


def coordinates_km(point: LatLon, *, step_deg: float) -> float:
    """Return how far a point may lie from coordinates given in steps of `step_deg`: the diagonal.

    >>> round(coordinates_km(LatLon(lat=35.37, lon=-119.02), step_deg=1 / 3600), 3)
    0.04
    """
    narrowing = math.cos(math.radians(point.lat))
    return step_deg * math.hypot(_LATITUDE_KM, _LONGITUDE_KM * narrowing)
