"""Which square of the military grid is a point in, and where is a square?

The Universal Transverse Mercator projection and the Military Grid Reference System (NGA.SIG.0012,
2014), between the polar grids.
"""

from __future__ import annotations

import math
import re

from geoevents.geodesy.points import LatLon

__all__ = ["mgrs", "parse_mgrs"]

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


def parse_mgrs(text: str) -> tuple[LatLon, float] | None:
    """Return the middle of the square that a grid reference names, and its width in meters.

    `None` for what is no reference, and for a square that does not exist in its zone and band.

    >>> parse_mgrs("37S DT 64520 07449")
    (LatLon(lat=33.505998, lon=38.618004), 1.0)
    >>> parse_mgrs("37SDT6407")[1]
    1000.0
    """
    match = _REFERENCE.fullmatch(text.strip())
    digits = "" if match is None else match["digits"].replace(" ", "")
    if match is None or len(digits) % 2 or not 1 <= int(match["zone"]) <= 60:
        return None
    zone, band = int(match["zone"]), _BANDS.index(match["band"].upper())
    column, row = match["square"][0].upper(), match["square"][1].upper()
    if column not in _COLUMNS[(zone - 1) % 3] or row not in _ROWS:
        return None
    size = 10.0 ** (5 - len(digits) // 2)
    half = len(digits) // 2
    east = (_COLUMNS[(zone - 1) % 3].index(column) + 1) * 100_000 + int(digits[:half] or 0) * size
    north = (_ROWS.index(row) - (5 if zone % 2 == 0 else 0)) % 20 * 100_000 + int(digits[half:] or 0) * size
    return _in_band(east + size / 2, north + size / 2, zone=zone, band=band, size=size)


def _in_band(
    easting: float, northing: float, *, zone: int, band: int, size: float
) -> tuple[LatLon, float] | None:
    """Return the point with this northing, give or take 2,000 km, that lies in the band of latitude."""
    # A square of 100 km may reach over the edge of its band.
    slack_deg = 1.0
    low_deg = -80.0 + 8 * band
    offset = 0.0 if low_deg >= 0 else _FALSE_NORTHING_M
    for block in range(-5, 6):
        point = _from_utm(easting, northing + 2_000_000 * block - offset, central_deg=zone * 6 - 183)
        if (
            point is not None
            and low_deg - slack_deg <= point.lat < low_deg + 8 + 4 * (band == 19) + slack_deg
        ):
            return point, size
    return None


_REFERENCE = re.compile(
    r"(?P<zone>\d{1,2})\s?(?P<band>[C-HJ-NP-X])\s?(?P<square>[A-HJ-NP-Z]{2})\s?(?P<digits>\d{0,5}\s?\d{0,5}|\d{0,10})",
    re.IGNORECASE,
)

_N = _FLATTENING / (2 - _FLATTENING)
_ECCENTRICITY = math.sqrt(_FLATTENING * (2 - _FLATTENING))
# The radius of the sphere with meridians of the same length; the coefficients of Krüger's series.
_RECTIFYING_M = _AXIS_M / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_ALPHAS = (
    _N / 2 - 2 / 3 * _N**2 + 5 / 16 * _N**3 + 41 / 180 * _N**4,
    13 / 48 * _N**2 - 3 / 5 * _N**3 + 557 / 1440 * _N**4,
    61 / 240 * _N**3 - 103 / 140 * _N**4,
    49561 / 161280 * _N**4,
)
_BETAS = (
    _N / 2 - 2 / 3 * _N**2 + 37 / 96 * _N**3 - 1 / 360 * _N**4,
    1 / 48 * _N**2 + 1 / 15 * _N**3 - 437 / 1440 * _N**4,
    17 / 480 * _N**3 - 37 / 840 * _N**4,
    4397 / 161280 * _N**4,
)


def _utm(point: LatLon, *, central_deg: float) -> tuple[float, float]:
    """Return easting and northing in meters, by Krüger's series to the fourth order.

    Right to a millimeter within the zone (C. F. F. Karney, "Transverse Mercator with an accuracy of a
    few nanometers", J. Geodesy 85, 2011, equations 7 to 14 and 35).
    """
    lat, lon = math.radians(point.lat), math.radians((point.lon - central_deg + 180) % 360 - 180)
    conformal = _conformal(math.tan(lat))
    xi = math.atan2(conformal, math.cos(lon))
    eta = math.asinh(math.sin(lon) / math.hypot(conformal, math.cos(lon)))
    terms = [(2 * j, alpha) for j, alpha in enumerate(_ALPHAS, start=1)]
    x = eta + sum(alpha * math.cos(j * xi) * math.sinh(j * eta) for j, alpha in terms)
    y = xi + sum(alpha * math.sin(j * xi) * math.cosh(j * eta) for j, alpha in terms)
    northing = _SCALE * _RECTIFYING_M * y
    return (
        _FALSE_EASTING_M + _SCALE * _RECTIFYING_M * x,
        northing if point.lat >= 0 else _FALSE_NORTHING_M + northing,
    )


def _from_utm(easting: float, northing: float, *, central_deg: float) -> LatLon | None:
    """Return the point at an easting and a northing from the equator, `None` beyond the poles.

    The same paper, equations 11, 15 and 19 to 21.
    """
    y = northing / (_SCALE * _RECTIFYING_M)
    x = (easting - _FALSE_EASTING_M) / (_SCALE * _RECTIFYING_M)
    if abs(y) >= math.pi / 2:
        return None
    terms = [(2 * j, beta) for j, beta in enumerate(_BETAS, start=1)]
    xi = y - sum(beta * math.sin(j * y) * math.cosh(j * x) for j, beta in terms)
    eta = x - sum(beta * math.cos(j * y) * math.sinh(j * x) for j, beta in terms)
    conformal = math.sin(xi) / math.hypot(math.sinh(eta), math.cos(xi))
    tangent = conformal
    for _ in range(4):  # Newton's method; two steps reach the last digit
        ratio = (1 + (1 - _ECCENTRICITY**2) * tangent**2) / (
            (1 - _ECCENTRICITY**2) * math.hypot(1, tangent) * math.hypot(1, _conformal(tangent))
        )
        tangent += (conformal - _conformal(tangent)) * ratio
    lon = (central_deg + math.degrees(math.atan2(math.sinh(eta), math.cos(xi))) + 180) % 360 - 180
    return LatLon(lat=round(math.degrees(math.atan(tangent)), 7), lon=round(lon, 7))


def _conformal(tangent: float) -> float:
    """Return the tangent of the conformal latitude from that of the geodetic one."""
    sigma = math.sinh(_ECCENTRICITY * math.atanh(_ECCENTRICITY * tangent / math.hypot(1, tangent)))
    return tangent * math.hypot(1, sigma) - sigma * math.hypot(1, tangent)
