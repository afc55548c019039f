"""How far, in which direction, and where is the point at that distance and bearing?

Everything is on the WGS84 ellipsoid, in degrees and kilometers, by Karney's algorithms
(C. F. F. Karney, "Algorithms for geodesics", J. Geodesy 87, 2013) as geographiclib carries them,
which is what geopy measures with too; calling it directly spares the 0.2 seconds that importing
geopy takes for its geocoders. Only this module imports geographiclib, when first needed, as many
commands never measure anything; geopy reads notations of points here, and asks geocoding services in
`gazetteer.online`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geographiclib.geodesic import Geodesic

__all__ = [
    "LatLon",
    "Nearest",
    "angle_between_deg",
    "bearing_deg",
    "compass_point",
    "destination",
    "distance_km",
    "earth_centered_km",
    "great_circle",
    "mgrs",
    "nearest_on_path",
    "parse_point",
    "ring",
    "surface_point",
]

# The ellipsoid of WGS84: its equatorial radius, and the square of its first eccentricity.
_RADIUS_KM = 6378.137
_E2 = 0.0066943799901413165

_WINDS = ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW")


@dataclass(frozen=True, slots=True, kw_only=True)
class LatLon:
    """A point on WGS84, in degrees. Keyword-only, so that nobody has to remember an order.

    Raises `ValueError` for a latitude beyond 90 or a longitude beyond 180 degrees.

    >>> LatLon(lat=33.506, lon=38.618)
    LatLon(lat=33.506, lon=38.618)
    """

    lat: float
    lon: float

    def __post_init__(self) -> None:
        if not -90 <= self.lat <= 90:
            raise ValueError(f"latitude must be from -90 to 90 degrees, got {self.lat!r}")
        if not -180 <= self.lon <= 180:
            raise ValueError(f"longitude must be from -180 to 180 degrees, got {self.lon!r}")


def parse_point(text: str) -> LatLon | None:
    """Return the point that a notation of coordinates names, `None` where it names none.

    Decimal degrees and degrees, minutes and seconds, latitude first, with or without hemispheres.

    >>> parse_point("33°30′36″N 38°37′12″E")
    LatLon(lat=33.51, lon=38.62)
    >>> parse_point("Aleppo") is None
    True
    """
    from geopy.point import Point  # late: start-up time

    try:
        point = Point.from_string(text)
    except ValueError:
        return None
    return LatLon(lat=round(point.latitude, 7), lon=round(point.longitude, 7))


@cache
def _wgs84() -> Geodesic:
    from geographiclib.geodesic import Geodesic  # late: start-up time

    return Geodesic.WGS84


def distance_km(a: LatLon, b: LatLon) -> float:
    """Return the length of the geodesic between two points, in kilometers.

    >>> round(distance_km(LatLon(lat=33.506, lon=38.618), LatLon(lat=36.2021, lon=37.1343)), 1)
    328.4
    """
    from geographiclib.geodesic import Geodesic  # late: start-up time

    line = _wgs84().Inverse(a.lat, a.lon, b.lat, b.lon, outmask=Geodesic.DISTANCE)
    return float(line["s12"]) / 1000.0


def bearing_deg(origin: LatLon, target: LatLon) -> float:
    """Return the initial bearing from `origin` to `target`, clockwise from north, in [0, 360).

    The bearing of a point from itself is 0.

    >>> bearing_deg(LatLon(lat=0, lon=0), LatLon(lat=0, lon=1))
    90.0
    """
    from geographiclib.geodesic import Geodesic  # late: start-up time

    line = _wgs84().Inverse(origin.lat, origin.lon, target.lat, target.lon, outmask=Geodesic.AZIMUTH)
    return float(line["azi1"]) % 360.0


def destination(origin: LatLon, *, bearing_deg: float, distance_km: float) -> LatLon:
    """Return the point `distance_km` from `origin` along the geodesic that leaves at `bearing_deg`.

    >>> destination(LatLon(lat=0, lon=0), bearing_deg=90, distance_km=111.31949)
    LatLon(lat=0.0, lon=1.0)
    """
    line = _wgs84().Direct(origin.lat, origin.lon, bearing_deg, distance_km * 1000)
    lon = (float(line["lon2"]) + 180.0) % 360.0 - 180.0
    return LatLon(lat=round(float(line["lat2"]), 7), lon=round(lon, 7))


def ring(center: LatLon, *, radius_km: float, points: int = 180) -> tuple[LatLon, ...]:
    """Return a closed ring of `points` + 1 points at `radius_km` from `center`, counter-clockwise."""
    step = 360.0 / points
    open_ring = tuple(
        destination(center, bearing_deg=-step * i, distance_km=radius_km) for i in range(points)
    )
    return (*open_ring, open_ring[0])


def great_circle(a: LatLon, b: LatLon, *, step_km: float = 50.0) -> tuple[LatLon, ...]:
    """Return points along the geodesic from `a` to `b`, both included, at most `step_km` apart."""
    line = _wgs84().InverseLine(a.lat, a.lon, b.lat, b.lon)
    pieces = max(1, min(512, math.ceil(line.s13 / 1000 / step_km)))
    inner = (line.Position(line.s13 * i / pieces) for i in range(1, pieces))
    middle = tuple(LatLon(lat=float(p["lat2"]), lon=(float(p["lon2"]) + 180) % 360 - 180) for p in inner)
    return (a, *middle, b)


# WGS84 and the Universal Transverse Mercator (NGA.SIG.0012, 2014): semi-major axis and flattening,
# scale on the central meridian, false easting, false northing south of the equator.
_AXIS_M, _FLATTENING = 6_378_137.0, 1 / 298.257223563
_SCALE, _FALSE_EASTING_M, _FALSE_NORTHING_M = 0.9996, 500_000.0, 10_000_000.0
_BANDS = "CDEFGHJKLMNPQRSTUVWX"
_COLUMNS = ("ABCDEFGH", "JKLMNPQR", "STUVWXYZ")
_ROWS = "ABCDEFGHJKLMNPQRSTUV"


def mgrs(point: LatLon) -> str | None:
    """Return the square meter of a point in the Military Grid Reference System.

    `None` beyond 84° north and 80° south, where the grid is a polar one.

    >>> mgrs(LatLon(lat=33.506, lon=38.618))
    '37S DT 64520 07449'
    """
    if not -80 <= point.lat < 84:
        return None
    zone = _utm_zone(point)
    easting, northing = _utm(point, central_deg=zone * 6 - 183)
    east, north = int(easting), int(northing) % 2_000_000
    column = _COLUMNS[(zone - 1) % 3][east // 100_000 - 1]
    row = _ROWS[(north // 100_000 + (5 if zone % 2 == 0 else 0)) % 20]
    band = _BANDS[min(int((point.lat + 80) // 8), 19)]
    return f"{zone}{band} {column}{row} {east % 100_000:05d} {north % 100_000:05d}"


def _utm_zone(point: LatLon) -> int:
    """Return the zone, widened as the grid has it at Norway's coast and Svalbard."""
    lat, lon = point.lat, point.lon
    if 56 <= lat < 64 and 3 <= lon < 12:
        return 32
    if lat >= 72 and 0 <= lon < 42:
        return 31 + 2 * int((lon + 3) // 12)
    return int((lon + 180) // 6) % 60 + 1


def _utm(point: LatLon, *, central_deg: float) -> tuple[float, float]:
    """Return easting and northing in meters, by Krüger's series to the fourth order.

    Right to a millimeter within the zone (C. F. F. Karney, "Transverse Mercator with an accuracy of a
    few nanometers", J. Geodesy 85, 2011, equations 7 to 14 and 35).
    """
    n = _FLATTENING / (2 - _FLATTENING)
    eccentricity = math.sqrt(_FLATTENING * (2 - _FLATTENING))
    lat, lon = math.radians(point.lat), math.radians((point.lon - central_deg + 180) % 360 - 180)
    tangent = math.tan(lat)
    sigma = math.sinh(eccentricity * math.atanh(eccentricity * tangent / math.hypot(1, tangent)))
    conformal = tangent * math.hypot(1, sigma) - sigma * math.hypot(1, tangent)
    xi = math.atan2(conformal, math.cos(lon))
    eta = math.asinh(math.sin(lon) / math.hypot(conformal, math.cos(lon)))
    alphas = (
        n / 2 - 2 / 3 * n**2 + 5 / 16 * n**3 + 41 / 180 * n**4,
        13 / 48 * n**2 - 3 / 5 * n**3 + 557 / 1440 * n**4,
        61 / 240 * n**3 - 103 / 140 * n**4,
        49561 / 161280 * n**4,
    )
    terms = [(2 * j, alpha) for j, alpha in enumerate(alphas, start=1)]
    x = eta + sum(alpha * math.cos(j * xi) * math.sinh(j * eta) for j, alpha in terms)
    y = xi + sum(alpha * math.sin(j * xi) * math.cosh(j * eta) for j, alpha in terms)
    radius_m = _AXIS_M / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    northing = _SCALE * radius_m * y
    return (
        _FALSE_EASTING_M + _SCALE * radius_m * x,
        northing if point.lat >= 0 else _FALSE_NORTHING_M + northing,
    )


def angle_between_deg(first_deg: float, second_deg: float) -> float:
    """Return the smaller angle between two bearings, in [0, 180].

    >>> angle_between_deg(350, 10)
    20.0
    """
    return abs((first_deg - second_deg + 180.0) % 360.0 - 180.0)


def compass_point(bearing_deg: float, *, winds: Sequence[str] = _WINDS) -> str:
    """Name the nearest of the sixteen winds.

    >>> compass_point(225)
    'SW'
    """
    return winds[round(bearing_deg / (360.0 / len(winds))) % len(winds)]


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
