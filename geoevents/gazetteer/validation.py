"""Do the rows of a table fit the map and the other places, as far as these can tell?

Beyond what `curated.validate` reads in a row alone: a point outside its country, latitude and
longitude swapped, an alias that hides a bigger place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path

from geoevents.errors import GazetteerError
from geoevents.gazetteer.curated import place_of_row, table_rows, validate
from geoevents.gazetteer.gazetteer import Gazetteer, size_of
from geoevents.gazetteer.spelling import SpellingLevel, is_strict, spelling_key
from geoevents.geodesy import LatLon, destination, distance_km
from geoevents.places import Place, PlaceKind

__all__ = ["CountriesAt", "validate_on_map"]

CountriesAt = Callable[[LatLon], Collection[str]]
"""The countries, by ISO code, that a point can be in; none on the open sea."""

# What may lie off a coast: seas, islets, what stands in the water, and the middle of an archipelago.
_OFFSHORE = frozenset(
    {PlaceKind.WATER, PlaceKind.LAND, PlaceKind.FACILITY, PlaceKind.REGION, PlaceKind.COUNTRY}
)
# Towns have namesakes, and institutions the names of their seats; any other place was called so by
# whoever wrote the row.
_NAMESAKES = frozenset({PlaceKind.SETTLEMENT, PlaceKind.INSTITUTION, PlaceKind.COUNTRY, PlaceKind.CONTINENT})
_CITY_PEOPLE = 100_000  # whom a reader takes to be meant by the bare name
# Two points of one place: the centers of a town and of its district differ by less.
_SAME_KM = 30
_ITEM = re.compile(r"Q[1-9]\d{0,11}")
_BEARINGS = range(0, 360, 30)


def validate_on_map(
    path: Path, *, countries_at: CountriesAt, gazetteer: Gazetteer
) -> tuple[GazetteerError, ...]:
    """Return all that is wrong with a gazetteer table, in order of line: empty means fit for use.

    `gazetteer` holds the places of the table and all others. A point is outside its country only
    when the whole circle of its radius is, when its row says nothing of a dispute, and, on the open
    sea, when it is of a kind that stands on land.
    """
    problems = list(validate(path))
    bad = {problem.line for problem in problems}
    numbered: dict[str, int] = {}
    for line, cells in table_rows(path) if not any(p.line in {None, 1} for p in problems) else ():
        place = place_of_row(cells) if line not in bad else None
        if place is not None:
            odd = (*_odd_cells(cells), *_numbered_twice(cells, line, numbered))
            messages = (*odd, *_misplaced(place, countries_at), *_hiding(place, gazetteer))
            problems += [GazetteerError(message, path=path, line=line) for message in messages]
    return tuple(sorted(problems, key=lambda problem: problem.line or 0))


def _odd_cells(cells: Mapping[str, str]) -> Iterator[str]:
    """Yield what a cell says that nothing reads as an error, though nobody meant it."""
    if cells["wikidata"] and not _ITEM.fullmatch(cells["wikidata"]):
        yield f"wikidata {cells['wikidata']!r} is no item such as 'Q858'"
    if float(cells["lat"]) == float(cells["lon"]) == 0:
        yield "lat '0', lon '0' is nowhere: an absent point, not a place"
    aliases = cells["aliases"].split("|") if cells["aliases"] else []
    for alias in sorted({a for a in aliases if aliases.count(a) > 1 or a.strip() in {"", cells["name"]}}):
        yield f"aliases {alias!r} is {'empty' if not alias.strip() else 'given twice'}"


def _numbered_twice(cells: Mapping[str, str], line: int, numbered: dict[str, int]) -> Iterator[str]:
    """Yield a complaint about GeoNames' number of an earlier row: only one of the two would be found."""
    number = cells["geonameid"]
    first = numbered.setdefault(number, line)
    if number and first != line:
        yield f"geonameid {number!r} is that of line {first} too"


def _misplaced(place: Place, countries_at: CountriesAt) -> Iterator[str]:
    country, point = place.country, place.point
    if country is None or place.disputed or point.lat == point.lon == 0:
        return
    found = countries_at(point)
    if country in found or (not found and place.kind in _OFFSHORE):
        return
    if _touches(place, country, countries_at):
        return
    where = f"lat {point.lat}, lon {point.lon}"
    if abs(point.lon) <= 90 and country in countries_at(LatLon(lat=point.lon, lon=point.lat)):
        yield f"{where} swapped: {place.name!r} would lie in {country} with lat {point.lon}, lon {point.lat}"
    else:
        yield f"{where} is outside country {country!r}, in {' or '.join(sorted(found)) or 'the open sea'}"


def _touches(place: Place, country: str, countries_at: CountriesAt) -> bool:
    """Whether the circle of the place's radius reaches into its country."""
    radius_km = place.radius_km or 0.0
    rings = (radius_km / 2, radius_km) if radius_km else ()
    points = (destination(place.point, bearing_deg=b, distance_km=km) for km in rings for b in _BEARINGS)
    return any(country in countries_at(point) for point in points)


def _hiding(place: Place, gazetteer: Gazetteer) -> Iterator[str]:
    for alias in () if place.kind in _NAMESAKES else place.alternate_names:
        key = spelling_key(alias)
        if is_strict(alias) or key == spelling_key(place.name):
            continue
        for hit in gazetteer.lookup(alias):
            if hit.level <= SpellingLevel.FOLDED and _is_hidden(hit.place, by=place, key=key):
                yield (
                    f"aliases {alias!r} hides {hit.place.name!r} in {hit.place.country}"
                    f" with {hit.place.population:,} people ({hit.place.id})"
                )
                break


def _is_hidden(other: Place, *, by: Place, key: str) -> bool:
    people = other.population or 0
    if people < _CITY_PEOPLE or people <= size_of(by) or spelling_key(other.name) != key:
        return False
    reach = _SAME_KM + (by.radius_km or 0.0) + (other.radius_km or 0.0)
    return other.id != by.id and distance_km(by.point, other.point) > reach
