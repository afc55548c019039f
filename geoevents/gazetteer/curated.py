"""What is a row of a gazetteer table, and which rows are wrong?

One schema for the curated table and for tables of the user's own: see `data/README.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from geoevents.errors import GazetteerError, GeoeventsError, MissingFileError
from geoevents.gazetteer.countries import ARABIC_COUNTRIES, COUNTRY_CODES
from geoevents.gazetteer.index import ARABIC, PLAIN, STRICT, STRIPPED
from geoevents.gazetteer.spelling import article_key, is_strict, skeletons, spelling_key
from geoevents.geodesy import LatLon
from geoevents.model import Place, PlaceKind
from geoevents.tables import read_rows

__all__ = ["COLUMNS", "CuratedPosting", "CuratedTable", "read_places", "validate"]

COLUMNS = tuple(
    """
    id name kind country admin1 lat lon radius_km population geonameid wikidata disputed aliases
    source note
    """.split()
)
"""The columns of a gazetteer table; any order will do."""

_KINDS = frozenset(kind.value for kind in PlaceKind)
# Greek, Cyrillic, Hebrew, Arabic, Ethiopic and more; Latin letters with marks lie on both sides.
_NATIVE_FIRST, _NATIVE_END = "\u0370", "\u1e00"
_HALF_WAY_ROUND_KM = 20_038  # Half of the equator: no place is larger.


class CuratedPosting(NamedTuple):
    """One place under a key: its id, the spelling that has the key, and how it was read."""

    id: str
    name: str
    flags: int


class CuratedTable:
    """Places by id, and their names by key; a later place of the same id replaces the earlier.

    Names in other scripts than Latin wait until a text or a question holds such a script, and
    skeletons until something is asked for by sound: opening must not cost what few texts need.
    """

    def __init__(self, places: Iterable[Place]) -> None:
        self.places = {place.id: place for place in places}
        self.id_of_geonameid = {p.geonameid: p.id for p in self.places.values() if p.geonameid is not None}
        self._names: dict[str, list[CuratedPosting]] = {}
        self._sounds: dict[str | None, dict[str, list[CuratedPosting]]] = {}
        self._reach: dict[str, int] = {}
        self._waiting: list[tuple[Place, str]] = []
        for place in self.places.values():
            self._add_place(place)

    def postings(self, key: str) -> Sequence[CuratedPosting]:
        """Return the postings of a key, none when no name has it."""
        if self._waiting and not key.isascii():
            self._add_waiting()
        return self._names.get(key, ())

    def reach(self, word: str) -> int:
        """Return the length, in words, of the longest key that starts with a word; 0 for none."""
        if self._waiting and not word.isascii():
            self._add_waiting()
        return self._reach.get(word, 0)

    def sounding(self, skeleton: str, *, country: str | None = None) -> Sequence[CuratedPosting]:
        """Return the postings of a skeleton, in one country or in all."""
        if country not in self._sounds:
            self._sounds[country] = self._sounds_in(country)
        return self._sounds[country].get(skeleton, ())

    def _sounds_in(self, country: str | None) -> dict[str, list[CuratedPosting]]:
        sounds: dict[str, list[CuratedPosting]] = {}
        for place in self.places.values():
            if country is None or place.country == country:
                for name in (place.name, *place.alternate_names):
                    for sound in () if is_strict(name) else skeletons(spelling_key(name)):
                        sounds.setdefault(sound, []).append(CuratedPosting(place.id, name, PLAIN))
        return sounds

    def _add_place(self, place: Place) -> None:
        seen: set[str] = set()
        self._add_name(place, place.name, seen)
        for name in place.alternate_names:
            if _NATIVE_FIRST <= max(name) < _NATIVE_END:
                self._waiting.append((place, name))
            else:
                self._add_name(place, name, seen)

    def _add_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        for place, name in waiting:
            self._add_name(place, name, set())

    def _add_name(self, place: Place, name: str, seen: set[str]) -> None:
        arabic = ARABIC if place.country in ARABIC_COUNTRIES else 0
        key = spelling_key(name)
        if is_strict(name):
            self._add(key, CuratedPosting(place.id, name, STRICT | arabic))
            return
        if key and key not in seen:
            seen.add(key)
            self._add(key, CuratedPosting(place.id, name, PLAIN | arabic))
        if arabic or (name is place.name and key.startswith("the ")):
            bare = article_key(key)
            if len(bare) > 2 and bare not in seen:
                seen.add(bare)
                self._add(bare, CuratedPosting(place.id, name, STRIPPED | arabic))

    def _add(self, key: str, posting: CuratedPosting) -> None:
        if key in self._names:
            self._names[key].append(posting)
            return
        self._names[key] = [posting]
        first = key.partition(" ")[0]
        words = key.count(" ") + 1
        if words > self._reach.get(first, 0):
            self._reach[first] = words


def read_places(path: Path, *, problems: list[GazetteerError] | None = None) -> Iterator[Place]:
    """Yield the places of a gazetteer table.

    Raises `GazetteerError` with file and line for a bad row; with `problems`, collects those there
    and goes on. Raises `MissingFileError` when there is no such file.
    """
    if not path.is_file():
        raise MissingFileError("no such gazetteer table", path=path)
    seen: dict[str, int] = {}
    for line, cells in _rows(path, problems):
        place = _place(cells, seen)
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
        for line, cells in read_rows(path):
            missing = [column for column in COLUMNS if column not in cells]
            if missing:
                raise GazetteerError(f"missing column {missing[0]!r}", path=path, line=1)
            yield line, cells
    except GeoeventsError as error:
        problem = error if isinstance(error, GazetteerError) else GazetteerError(str(error))
        if problems is None:
            raise problem from None
        problems.append(problem)


def _place(cells: Mapping[str, str], seen: Mapping[str, int]) -> Place | None:
    """Return the place of a row, or `None` when `_complaints` has something to say of it."""
    country = cells["country"]
    if not cells["source"] or cells["id"] in seen or (country and country not in COUNTRY_CODES):
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
