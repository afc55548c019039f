"""Which points does a text give by their coordinates or their square of the military grid?

A point becomes a place of its own, as large as the last figure of its coordinates leaves it
uncertain, so that claims can be measured from it as from any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from geoevents.claims.spans import Taken
from geoevents.geodesy import LatLon, coordinates_km, parse_mgrs
from geoevents.model import Candidate, Place, PlaceKind, Resolution, Span, Toponym

__all__ = ["given_points", "is_given", "with_given_points"]

_SOURCE = "given in the text"
_DEGREES = r"\d{1,3}(?:\.\d{1,8})?"
_ANGLE = rf"{_DEGREES}\s?[°º]?(?:\s?\d{{1,2}}(?:\.\d{{1,6}})?\s?['’′](?:\s?\d{{1,2}}(?:\.\d{{1,4}})?\s?[\"”″]|\s?\d{{1,2}}(?:\.\d{{1,4}})?\s?['’′]{{2}})?)?"
_PAIR = re.compile(
    rf"(?<![\w.,])(?:(?P<lat>{_ANGLE})\s?°?\s?(?P<ns>[NS])(?:orth|outh)?\s?[,;/]?\s?(?:and\s)?(?P<lon>{_ANGLE})\s?°?\s?(?P<ew>[EW])(?:ast|est)?(?![\w.])"
    rf"|(?P<ns2>[NS])\s?(?P<lat2>{_ANGLE})\s?°?\s?[,;/]?\s?(?P<ew2>[EW])\s?(?P<lon2>{_ANGLE})(?!\w))"
)
# Two bare decimals are coordinates where they are fine enough or the text says so.
_DECIMALS = re.compile(
    r"(?<![\w.,$€£])(?P<lat>-?\d{1,2}\.\d{2,8}),\s?(?P<lon>-?\d{1,3}\.\d{2,8})(?![\w.]*\d)(?!\s?(?:%|per\s?cent|percent|million|billion|km|mi|m\b))"
)
_CUE = re.compile(
    r"\b(?:coordinates?|located|location|position|grid|point|lat(?:itude)?|gps|at|from|\()\s?:?\s?\(?$",
    re.IGNORECASE,
)
_FINE = 4
_GRID = re.compile(
    r"(?<![\w.])\d{1,2}[C-HJ-NP-X]\s?[A-HJ-NP-Z]{2}\s?(?:\d{2,5}\s\d{2,5}|\d{4}(?:\d\d){0,3})(?![\w.]?\d)"
)
# What every match holds. Few texts have any, and these are found at a tenth of the cost.
_BEFORE_HEMISPHERE = re.compile(r"\d[\s°º'’′\"”″]{0,8}[NS]")
_BEHIND_HEMISPHERE = re.compile(r"[NS]\s?\d")
_TWO_DECIMALS = re.compile(r"\.\d{2,8},\s?-?\d{1,3}\.")
_ZONE = re.compile(r"\d[C-HJ-NP-X]\s?[A-HJ-NP-Z]{2}\s?\d")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,8})?")


def given_points(text: str) -> tuple[Resolution, ...]:
    """Return the points given in the text, in order, each resolved to a place of its own.

    >>> [(r.toponym.text, r.place.point) for r in given_points("at 33.51N 38.62E, or 37S DT 64520 07449")]
    [('33.51N 38.62E', LatLon(lat=33.51, lon=38.62)), ('37S DT 64520 07449', LatLon(lat=33.505998, lon=38.618004))]
    """
    found = sorted((*_pairs(text), *_decimals(text), *_squares(text)), key=lambda item: item[0])
    return tuple(_resolution(text, span, point, radius) for span, point, radius in found)


def with_given_points(text: str, resolutions: Sequence[Resolution]) -> tuple[Resolution, ...]:
    """Return the resolutions and the points that the text gives, in order; a point wins over a name in it."""
    given = given_points(text)
    if not given:
        return tuple(resolutions)
    taken = Taken(point.toponym.span for point in given)
    kept = [r for r in resolutions if not taken.overlaps(r.toponym.span)]
    return tuple(sorted((*kept, *given), key=lambda r: r.toponym.span))


def is_given(place: Place) -> bool:
    """Say whether the place is a point that the text itself gives."""
    return place.source == _SOURCE


_Found = tuple[Span, LatLon, float]


def _pairs(text: str) -> Iterator[_Found]:
    if not (_BEFORE_HEMISPHERE.search(text) or _BEHIND_HEMISPHERE.search(text)):
        return
    for match in _PAIR.finditer(text):
        second = "" if match["lat"] else "2"
        lat, lat_step = _degrees(match[f"lat{second}"])
        lon, lon_step = _degrees(match[f"lon{second}"])
        point = _point(
            -lat if match[f"ns{second}"] == "S" else lat, -lon if match[f"ew{second}"] == "W" else lon
        )
        if point is not None:
            step = min(lat_step, lon_step)
            yield Span(match.start(), match.end()), point, coordinates_km(point, step_deg=step)


def _degrees(angle: str) -> tuple[float, float]:
    """Return an angle of degrees, minutes and seconds in degrees, and the value of its last figure."""
    parts = _NUMBER.findall(angle)[:3]
    value = sum(float(part) / 60**i for i, part in enumerate(parts))
    decimals = len(parts[-1].partition(".")[2])
    return value, 10.0**-decimals / 60 ** (len(parts) - 1)


def _decimals(text: str) -> Iterator[_Found]:
    for match in _DECIMALS.finditer(text) if _TWO_DECIMALS.search(text) else ():
        fine = min(len(match[part].partition(".")[2]) for part in ("lat", "lon"))
        cue = _CUE.search(text, max(0, match.start() - 20), match.start())
        point = _point(float(match["lat"]), float(match["lon"])) if cue or fine >= _FINE else None
        if point is not None:
            yield Span(match.start(), match.end()), point, coordinates_km(point, step_deg=10.0**-fine)


def _squares(text: str) -> Iterator[_Found]:
    for match in _GRID.finditer(text) if _ZONE.search(text) else ():
        square = parse_mgrs(match.group())
        if square is not None:
            yield Span(match.start(), match.end()), square[0], square[1] / 1000 / 2**0.5


def _point(lat: float, lon: float) -> LatLon | None:
    return LatLon(lat=lat, lon=lon) if abs(lat) <= 90 and abs(lon) <= 180 else None


def _resolution(text: str, span: Span, point: LatLon, radius_km: float) -> Resolution:
    written = span.of(text)
    place = Place(
        f"point:{point.lat:.6f},{point.lon:.6f}",
        written,
        point=point,
        kind=PlaceKind.FACILITY,
        radius_km=radius_km,
        source=_SOURCE,
    )
    reason = "coordinates given in the text"
    return Resolution(
        Toponym(span, written), (Candidate(place, 1.0, reasons=(reason,)),), is_settled=True, reason=reason
    )
