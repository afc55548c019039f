"""Where does a path of tens of thousands of points come nearest to a point?

In plain floats, in kilometers from the center of the Earth, where no line is cut by the date line
and no pole is special.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from geoevents.geodesy.points import LatLon

__all__ = ["Nearest", "earth_centered_km", "nearest_on_path", "surface_point"]

# The ellipsoid of WGS84: its equatorial radius, and the square of its first eccentricity.
_RADIUS_KM = 6378.137
_E2 = 0.0066943799901413165


def earth_centered_km(*, lat: float, lon: float) -> tuple[float, float, float]:
    """Return the point of the ellipsoid in kilometers from the Earth's center.

    The axes leave the center at (0, 0), (0, 90 E) and the North Pole. There, no line is cut by the
    date line and no pole is special; and the straight way between two points is shorter than the
    geodesic by 1 part in 100,000 at 100 km, so that the nearest is the nearest. Plain floats, for
    the tens of thousands of points of an outline.

    >>> [round(c) for c in earth_centered_km(lat=90, lon=0)]
    [0, 0, 6357]
    """
    phi, lam = math.radians(lat), math.radians(lon)
    n = _RADIUS_KM / math.sqrt(1 - _E2 * math.sin(phi) ** 2)
    x = n * math.cos(phi)
    return x * math.cos(lam), x * math.sin(lam), n * (1 - _E2) * math.sin(phi)


def surface_point(x: float, y: float, z: float) -> LatLon:
    """Return the point of the ellipsoid at, or a few meters above, an earth-centered position.

    >>> surface_point(*earth_centered_km(lat=33.5, lon=38.625))
    LatLon(lat=33.5, lon=38.625)
    """
    lat = math.atan2(z, (1 - _E2) * math.hypot(x, y))
    return LatLon(lat=round(math.degrees(lat), 9), lon=round(math.degrees(math.atan2(y, x)), 9))


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """Where a path comes nearest to a point: how near, at which position, and on which hand it passes.

    `lean` is the cosine of the angle, at that position, between the path and the way to the point.
    Of several paths that meet in the nearest position, the one that leans most has the area of the
    point along its side; the others' sides mean nothing there.
    """

    km: float
    lean: float
    position: tuple[float, float, float]
    is_left: bool


def nearest_on_path(point: tuple[float, float, float], path: Sequence[float]) -> Nearest:
    """Return where `path` comes nearest to `point`, both earth-centered, in kilometers.

    `path` is x, y, z of one point after another, at least two of them.

    >>> equator = [*earth_centered_km(lat=0, lon=0), *earth_centered_km(lat=0, lon=0.1)]
    >>> nearest = nearest_on_path(earth_centered_km(lat=0.1, lon=0.05), equator)
    >>> round(nearest.km, 2), nearest.is_left
    (11.06, True)
    """
    px, py, pz = point
    best, lean, found = math.inf, -2.0, (0, 0.0)
    ax, ay, az = path[0], path[1], path[2]
    for i in range(3, len(path), 3):
        bx, by, bz = path[i], path[i + 1], path[i + 2]
        dx, dy, dz = bx - ax, by - ay, bz - az
        ux, uy, uz = px - ax, py - ay, pz - az
        along, length2 = ux * dx + uy * dy + uz * dz, dx * dx + dy * dy + dz * dz
        t = 0.0 if along <= 0 else 1.0 if along >= length2 else along / length2
        if t == 1.0:
            ux, uy, uz, along = px - bx, py - by, pz - bz, length2 - along
        elif t:
            ux, uy, uz, along = ux - t * dx, uy - t * dy, uz - t * dz, 0.0
        square = ux * ux + uy * uy + uz * uz
        if square <= best and length2:
            # Equal only at a point that two segments share: there the angle decides.
            leaning = along / math.sqrt(length2 * square) if square else 0.0
            if square < best or leaning > lean:
                best, lean, found = square, leaning, (i, t)
        ax, ay, az = bx, by, bz
    return _nearest(point, path, km=math.sqrt(best), lean=lean, found=found)


def _nearest(
    point: tuple[float, float, float],
    path: Sequence[float],
    *,
    km: float,
    lean: float,
    found: tuple[int, float],
) -> Nearest:
    i, t = found
    (ax, ay, az), (bx, by, bz) = path[i - 3 : i], path[i : i + 3]
    px, py, pz = point
    # The side of the plane through both ends and the Earth's center.
    side = (ay * bz - az * by) * px + (az * bx - ax * bz) * py + (ax * by - ay * bx) * pz
    position = (ax + t * (bx - ax), ay + t * (by - ay), az + t * (bz - az))
    return Nearest(km=km, lean=lean, position=position, is_left=side > 0)
