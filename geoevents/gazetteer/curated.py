"""What is a row of a gazetteer table, and which rows are wrong?

One schema for the curated table and for tables of the user's own: see `data/README.md`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from geoevents.errors import GazetteerError, GeoeventsError, MissingFileError
from geoevents.gazetteer.countries import COUNTRY_CODES
from geoevents.geodesy import LatLon
from geoevents.places import Place, PlaceKind
from geoevents.tables import read_header, read_rows

__all__ = ["COLUMNS", "place_of_row", "read_places", "table_rows", "validate"]

COLUMNS = tuple(
    """
    id name kind country admin1 lat lon radius_km population geonameid wikidata disputed aliases
    source note
    """.split()
)
"""The columns of a gazetteer table; any order will do, and those whose cells may be empty may be left out."""

_NEVER_EMPTY = ("id", "name", "kind", "lat", "lon", "source")

_KINDS = frozenset(kind.value for kind in PlaceKind)
_HALF_WAY_ROUND_KM = 20_038  # Half of the equator: no place is larger.


def read_places(path: Path, *, problems: list[GazetteerError] | None = None) -> Iterator[Place]:
    """Yield the places of a gazetteer table.

    Raises `GazetteerError` with file and line for a bad row; with `problems`, collects those there
    and goes on. Raises `MissingFileError` when there is no such file.
    """
    if not path.is_file():
        raise MissingFileError("no such gazetteer table", path=path)
    seen: dict[str, int] = {}
    for line, cells in _rows(path, problems):
        place = place_of_row(cells) if cells["id"] not in seen else None
        if place is not None:
            seen[place.id] = line
            yield place
            continue
        found = [GazetteerError(m, path=path, line=line) for m in _complaints(cells, seen)]
        if problems is None:
            raise found[0]
        problems += found


def validate(path: Path) -> tuple[GazetteerError, ...]:
    """Return all that is wrong with a gazetteer table, in order of line: empty means fit for use.

    Reports missing columns, unknown kinds and countries, latitudes and longitudes that are no
    numbers or out of range, duplicate ids, missing names and sources, negative radii.
    """
    problems: list[GazetteerError] = []
    for _ in read_places(path, problems=problems):
        pass
    return tuple(problems)


def _rows(path: Path, problems: list[GazetteerError] | None) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        yield from table_rows(path)
    except GeoeventsError as error:
        problem = error if isinstance(error, GazetteerError) else GazetteerError(str(error))
        if problems is None:
            raise problem from None
        problems.append(problem)


def table_rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the line and the cells of each row, columns that the table leaves out as empty cells.

    Raises `GazetteerError` with file and line for a table without a column that is never empty, and
    `GeoeventsError` for what is no such table.
    """
    header = read_header(path)
    missing = [column for column in _NEVER_EMPTY if column not in header]
    if missing:
        listed = f"{'columns' if len(missing) > 1 else 'column'} {', '.join(map(repr, missing))}"
        raise GazetteerError(f"missing {listed}", path=path, line=1)
    blank = dict.fromkeys(COLUMNS, "")
    for line, cells in read_rows(path):
        yield line, blank | cells


def place_of_row(cells: Mapping[str, str]) -> Place | None:
    """Return the place of a row, or `None` for a row that is not valid."""
    country = cells["country"]
    if not cells["source"] or (country and country not in COUNTRY_CODES):
        return None
    aliases = cells["aliases"]
    try:
        return Place(
            cells["id"],
            cells["name"],
            point=LatLon(lat=float(cells["lat"]), lon=float(cells["lon"])),
            kind=PlaceKind(cells["kind"]),
            country=country or None,
            admin1=cells["admin1"] or None,
            population=_count(cells["population"]),
            radius_km=_length(cells["radius_km"]),
            geonameid=_count(cells["geonameid"]),
            alternate_names=tuple(filter(None, map(str.strip, aliases.split("|")))) if aliases else (),
            disputed=cells["disputed"] or None,
            source=cells["source"],
        )
    except ValueError:
        return None


def _count(cell: str) -> int | None:
    if cell and not cell.isdecimal():
        raise ValueError(cell)
    return int(cell) if cell else None


def _length(cell: str) -> float | None:
    if cell and not _is_number(cell, low=0, high=_HALF_WAY_ROUND_KM):
        raise ValueError(cell)
    return float(cell) if cell else None


def _complaints(cells: Mapping[str, str], seen: Mapping[str, int]) -> Iterator[str]:
    """Yield what is wrong with a row, naming column and value."""
    for column in ("id", "name", "source"):
        if not cells[column]:
            yield f"{column} is missing, got {cells[column]!r}"
    if cells["id"] in seen:
        yield f"duplicate id {cells['id']!r}, first in line {seen[cells['id']]}"
    if cells["kind"] not in _KINDS:
        yield f"kind {cells['kind']!r} is none of {', '.join(PlaceKind)}"
    if cells["country"] and cells["country"] not in COUNTRY_CODES:
        yield f"country {cells['country']!r} is no ISO 3166-1 alpha-2 code"
    yield from _wrong_numbers(cells)


def _wrong_numbers(cells: Mapping[str, str]) -> Iterator[str]:
    for column, low, high in (("lat", -90, 90), ("lon", -180, 180), ("radius_km", 0, _HALF_WAY_ROUND_KM)):
        is_absent = column == "radius_km" and not cells[column]
        if not is_absent and not _is_number(cells[column], low=low, high=high):
            yield f"{column} {cells[column]!r} is not a number from {low} to {high}"
    for column in ("population", "geonameid"):
        if cells[column] and not cells[column].isdecimal():
            yield f"{column} {cells[column]!r} is not a whole number"


def _is_number(cell: str, *, low: float, high: float) -> bool:
    try:
        return low <= float(cell) <= high
    except ValueError:
        return False
