"""Where does a text write a point in figures, and which point is it?

Degrees with a hemisphere, with or without minutes and seconds ("36° 12' N, 37° 9' E"), and bare
decimals of three places or more ("33.506, 38.618"), latitude first; and references of the military grid
("37S DT 64520 07449"), which stand for the middle of their square.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from geoevents.geodesy import LatLon, parse_mgrs

__all__ = ["PointInText", "point_at", "point_of"]


class PointInText(NamedTuple):
    """A point and the offset behind the characters that say it."""

    end: int
    point: LatLon


_MINUTES = r"(?:\s?(?P<{0}m>\d{{1,2}}(?:\.\d{{1,6}})?)\s?['′’](?:\s?(?P<{0}s>\d{{1,2}}(?:\.\d{{1,6}})?)\s?(?:[\"″”]|''|’’))?)?"
_DEGREES = r"(?P<{0}d>\d{{1,3}}(?:\.\d{{1,8}})?)(?:\s?[°º]" + _MINUTES + r")?"
_JOINT = r"(?:\s?[,;/]\s?|\s)"
_BEHIND = re.compile(
    rf"{_DEGREES.format('a')}\s?(?P<ah>[NS])\b{_JOINT}{_DEGREES.format('o')}\s?(?P<oh>[EW])(?!\w)"
)
_AHEAD = re.compile(
    rf"(?P<ah>[NS])\s?{_DEGREES.format('a')}{_JOINT}(?P<oh>[EW])\s?{_DEGREES.format('o')}(?![\w.]\d)"
)
_DECIMALS = re.compile(
    r"(?P<ad>[-−]?\d{1,2}\.\d{3,8}),?\s(?P<od>[-−]?\d{1,3}\.\d{3,8})(?![\w%]|[.,]\d|\s(?:percent|per cent)\b)"
)
# Fewer figures than four name a square of ten kilometers or more, and too many other things look like it.
_GRID = re.compile(
    r"\d{1,2}\s?[C-HJ-NP-X]\s?[A-HJ-NP-Z]{2}\s?(?:\d{5}\s?\d{5}|\d{4}\s?\d{4}|\d{3}\s?\d{3}|\d{2}\s?\d{2})(?!\w)"
)
_SIGNS = str.maketrans("−", "-")


def point_at(text: str, start: int) -> PointInText | None:
    """Return the point that is written from an offset on, `None` where none is.

    >>> point_at("at 36° 12' N, 37° 9' E, the", 3)
    PointInText(end=22, point=LatLon(lat=36.2, lon=37.15))
    """
    for pattern in (_BEHIND, _AHEAD):
        match = pattern.match(text, start)
        if match is not None:
            return _pointed(match, _value(match, "a"), _value(match, "o"))
    match = _DECIMALS.match(text, start)
    if match is None:
        return _on_grid(text, start)
    return _pointed(match, float(match["ad"].translate(_SIGNS)), float(match["od"].translate(_SIGNS)))


def _on_grid(text: str, start: int) -> PointInText | None:
    match = _GRID.match(text, start)
    found = None if match is None else parse_mgrs(match.group())
    return None if match is None or found is None else PointInText(match.end(), found[0])


def point_of(text: str) -> LatLon | None:
    """Return the point that all of a text says, `None` where it says none.

    >>> point_of("12.5833 S, 45.1333 E")
    LatLon(lat=-12.5833, lon=45.1333)
    >>> point_of("Aleppo") is None
    True
    """
    found = point_at(text, 0)
    return found.point if found is not None and found.end == len(text) else None


def _value(match: re.Match[str], axis: str) -> float:
    minutes, seconds = float(match[f"{axis}m"] or 0), float(match[f"{axis}s"] or 0)
    value = float(match[f"{axis}d"]) + minutes / 60 + seconds / 3600
    return -value if match[f"{axis}h"] in {"S", "W"} else value


def _pointed(match: re.Match[str], lat: float, lon: float) -> PointInText | None:
    if abs(lat) > 90 or abs(lon) > 180:
        return None
    return PointInText(match.end(), LatLon(lat=round(lat, 6), lon=round(lon, 6)))
