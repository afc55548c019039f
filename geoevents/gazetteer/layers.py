"""How do the places that a user imported lie in one file, however many they are?

A layer is an SQLite database that is written once and then only read, so that twelve million places
need no more memory than a dozen. A place is known by its GeoNames number, or by a negative number
of the layer's own; a row without a point merely adds names to a place of another layer. Names are
kept under the keys of `rows.keys_of`, sorted, so that one name is one descent of a tree.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import KW_ONLY, dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from geoevents.errors import GazetteerError, GeoeventsError, MissingFileError
from geoevents.gazetteer.countries import ARABIC_COUNTRIES
from geoevents.gazetteer.index import ARABIC
from geoevents.gazetteer.rows import WorldRow, keys_of
from geoevents.geodesy import LatLon
from geoevents.places import Place, PlaceKind

__all__ = ["CODE", "Layer", "LayerPosting", "LayerRow", "Tier", "write_layer"]

_APPLICATION = 0x67656F65  # "geoe": tells our files from other databases
_FORMAT = 1
_REMEDY = "; import it again, or take the file away"
CODE = 16  # a key that only a lookup finds, never a text: airport codes, abbreviations
_BATCH = 20_000
_CACHE_KB = 65_536  # what SQLite may hold while it sorts; more is no faster

_SCHEMA = """
CREATE TABLE meta (entry TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE places (
    number INTEGER PRIMARY KEY, id TEXT, names TEXT NOT NULL, lat REAL, lon REAL, kind INTEGER,
    country TEXT, division TEXT, population INTEGER, radius_km REAL, disputed TEXT, feature TEXT,
    source TEXT, cell INTEGER
);
CREATE TABLE names (
    key TEXT, number INTEGER, spelling INTEGER, flags INTEGER, PRIMARY KEY (key, number, spelling, flags)
) WITHOUT ROWID;
CREATE TABLE sounds (
    key TEXT, number INTEGER, spelling INTEGER, PRIMARY KEY (key, number, spelling)
) WITHOUT ROWID;
"""
_SORTED = """
INSERT OR IGNORE INTO names SELECT key, number, spelling, flags FROM staging.names ORDER BY 1, 2, 3, 4;
INSERT OR IGNORE INTO sounds SELECT key, number, spelling FROM staging.sounds ORDER BY 1, 2, 3;
CREATE INDEX places_by_cell ON places (cell, population) WHERE cell IS NOT NULL;
CREATE INDEX places_by_country ON places (country, kind, population) WHERE cell IS NOT NULL;
CREATE INDEX places_by_id ON places (id) WHERE id IS NOT NULL;
"""


class Tier(StrEnum):
    """Where a layer lies: a collection beneath the curated table, a table of the user's own above it."""

    COLLECTION = "collection"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class LayerRow:
    """One place of a layer, or further names of a place that another layer has.

    `feature` is the source's own code for what it is. `has_point` is false for mere names.
    """

    row: WorldRow
    _: KW_ONLY
    feature: str = ""
    disputed: str = ""
    has_point: bool = True


class LayerPosting(NamedTuple):
    """One place under a key: its number, the spelling that has the key, and how it was read."""

    number: int
    name: str
    flags: int

    @property
    def is_code(self) -> bool:
        """Whether only a lookup finds it."""
        return self.flags >= CODE


class Layer:
    """An imported layer, open for reading; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        """Open the layer.

        Raises `MissingFileError` when it is not there and `GazetteerError` when it is no layer, or
        one of another format.
        """
        if not path.is_file():
            raise MissingFileError("no such gazetteer layer", path=path)
        self.path = path
        self.name = path.stem
        # Nobody writes to a layer, a new one takes its place: so no journal, and no locks on the file.
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        weakref.finalize(self, self._connection.close)
        # Threads that ask the same question share its statement, which only one may step through.
        self._turn = threading.Lock()
        self.header = self._read_header()
        self.tier = Tier(self.header["tier"])
        self.is_own = self.tier is Tier.OWN
        self._kinds = [PlaceKind(kind) for kind in self.header["kinds"]]
        self.flags = lru_cache(maxsize=65_536)(self._read_flags)
        self.place = lru_cache(maxsize=4096)(self._read_place)

    def _read_header(self) -> Mapping[str, Any]:
        ((application,),) = self._rows("PRAGMA application_id")
        ((version,),) = self._rows("PRAGMA user_version")
        if application != _APPLICATION:
            raise GazetteerError(f"not a gazetteer layer{_REMEDY}", path=self.path)
        if version != _FORMAT:
            raise GazetteerError(f"a layer of format {version}, not {_FORMAT}", path=self.path)
        return {entry: json.loads(value) for entry, value in self._rows("SELECT entry, value FROM meta")}

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        try:
            with self._turn:
                return self._connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise GazetteerError(f"not a gazetteer layer: {error}{_REMEDY}", path=self.path) from None

    def continues(self, key: str) -> bool:
        """Say whether a key of more words begins with the words of this one."""
        query = "SELECT 1 FROM names WHERE key > ? AND key < ? LIMIT 1"
        return bool(self._rows(query, (f"{key} ", f"{key}!")))  # "!" is the character after the space

    def _read_flags(self, key: str) -> int:
        """Return the flags of a key's postings, or-ed together; 0 when no text may be scanned for it."""
        found = 0
        for (flags,) in self._rows("SELECT flags FROM names WHERE key = ?", (key,)):
            found |= flags if flags < CODE else 0
        return found

    def postings(self, key: str) -> list[LayerPosting]:
        """Return the postings of a key, in order of number."""
        query = (
            "SELECT number, spelling, flags, places.names FROM names JOIN places USING (number) WHERE key = ?"
        )
        return [
            LayerPosting(number, names.split("\n")[spelling], flags)
            for number, spelling, flags, names in self._rows(query, (key,))
        ]

    def sounding(self, skeleton: str, *, country: str | None = None) -> list[LayerPosting]:
        """Return the postings of a skeleton, in one country or in all."""
        query = "SELECT number, spelling, places.names FROM sounds JOIN places USING (number) WHERE key = ?"
        values: list[object] = [skeleton]
        if country is not None:
            query, values = f"{query} AND country = ?", [skeleton, country]
        return [
            LayerPosting(number, names.split("\n")[spelling], 0)
            for number, spelling, names in self._rows(query, values)
        ]

    def names_of(self, number: int) -> list[str]:
        """Return all names of a number, none when the layer does not know it."""
        rows = self._rows("SELECT names FROM places WHERE number = ?", (number,))
        return rows[0][0].split("\n") if rows else []

    def number_of(self, place_id: str) -> int | None:
        """Return the number of the place of an id, or `None`."""
        if place_id.startswith("gn") and place_id[2:].isdecimal():
            number = int(place_id[2:])
            return number if self.place(number) is not None else None
        rows = self._rows("SELECT number FROM places WHERE id = ?", (place_id,))
        return int(rows[0][0]) if rows else None

    def in_cells(self, cells: tuple[int, int, int, int], *, min_population: int) -> Iterator[int]:
        """Yield the places in the one-degree cells between whole degrees south, north, west and east."""
        south, north, west, east = cells
        query = "SELECT number FROM places WHERE cell = ? AND population >= ? ORDER BY number"
        for lat in range(max(south, -90), min(north, 89) + 1):
            for lon in range(west, min(east, west + 359) + 1):
                cell = (lat + 90) * 360 + (lon + 180) % 360
                yield from (number for (number,) in self._rows(query, (cell, min_population)))

    def in_country(self, country: str, kind: PlaceKind, *, min_population: int) -> list[int]:
        """Return the places of a kind in a country."""
        query = "SELECT number FROM places WHERE country = ? AND kind = ? AND population >= ?"
        values = (country, self._kinds.index(kind), min_population)
        return [number for (number,) in self._rows(query, values)]

    def _read_place(self, number: int) -> Place | None:
        """Return the place of a number, `None` when the layer has no point for it."""
        rows = self._rows("SELECT * FROM places WHERE number = ? AND cell IS NOT NULL", (number,))
        if not rows:
            return None
        _, own_id, names, lat, lon, kind, country, division, population, radius, disputed, _, source, _ = (
            rows[0]
        )
        name, *alternates = names.split("\n")
        return Place(
            own_id or f"gn{number}",
            name,
            point=LatLon(lat=lat, lon=lon),
            kind=self._kinds[kind],
            country=country or None,
            admin1=division or None,
            population=population or None,
            radius_km=radius,
            geonameid=number if number > 0 else None,
            alternate_names=tuple(alternates),
            disputed=disputed or None,
            source=source or self.header["source"],
        )


def write_layer(
    path: Path, rows: Iterable[LayerRow], *, header: Mapping[str, object], source: str, tier: Tier
) -> dict[str, int]:
    """Write a layer of the rows and return how many places, spellings and duplicates there were.

    The file appears whole or not at all: it is written beside its place and then moved there, and
    an older layer of that name stays as it was when anything goes wrong. The same rows give the
    same places. A second row of one id is left out. Raises `GazetteerError` when there is no row.
    """
    partial, staging = path.with_name(f"{path.name}.partial"), path.with_name(f"{path.name}.staging")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _discard(partial, staging)
        with closing(sqlite3.connect(partial, isolation_level=None)) as database:
            counts = _fill(database, staging, rows, {"source": source, "tier": tier.value, **header})
        partial.replace(path)
    except GeoeventsError:
        raise
    except (sqlite3.Error, OSError) as error:
        raise GazetteerError(f"the layer cannot be written: {error}", path=path) from None
    finally:
        with suppress(OSError):  # there was no folder to begin with
            _discard(partial, staging)
    return counts


def _discard(*paths: Path) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _fill(
    database: sqlite3.Connection, staging: Path, rows: Iterable[LayerRow], header: Mapping[str, object]
) -> dict[str, int]:
    database.executescript(
        f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -{_CACHE_KB};"
        f"PRAGMA application_id = {_APPLICATION}; PRAGMA user_version = {_FORMAT};{_SCHEMA}"
    )
    database.execute("ATTACH ? AS staging", (str(staging),))
    database.executescript(
        "PRAGMA staging.journal_mode = OFF; PRAGMA staging.synchronous = OFF;"
        "CREATE TABLE staging.names (key TEXT, number INTEGER, spelling INTEGER, flags INTEGER);"
        "CREATE TABLE staging.sounds (key TEXT, number INTEGER, spelling INTEGER);"
    )
    database.execute("BEGIN")
    counts = _Writer(database).write(rows)
    if not counts["places"] and not counts["names only"]:
        raise GazetteerError("there is no place in it that can be used")
    meta = {**header, "counts": counts, "kinds": [kind.value for kind in PlaceKind]}
    entries = sorted((entry, json.dumps(value, ensure_ascii=False)) for entry, value in meta.items())
    database.executemany("INSERT INTO meta VALUES (?, ?)", entries)
    for statement in filter(str.strip, _SORTED.split(";")):
        database.execute(statement)
    database.execute("COMMIT")
    database.execute("DETACH staging")
    return counts


class _Writer:
    """Rows on their way into the tables, the keys of their names in batches."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._names: list[tuple[str, int, int, int]] = []
        self._sounds: list[tuple[str, int, int]] = []
        self._kinds = {kind: number for number, kind in enumerate(PlaceKind)}
        self._ids: set[str] = set()

    def write(self, rows: Iterable[LayerRow]) -> dict[str, int]:
        counts = {"places": 0, "names only": 0, "spellings": 0, "duplicates": 0}
        for row in rows:
            number = row.row.geonameid or -1 - len(self._ids)
            if self._is_new(row, number):
                counts["places" if row.has_point else "names only"] += 1
                counts["spellings"] += len(row.row.names)
                self._add_keys(row.row, number)
            else:
                counts["duplicates"] += 1
        self._flush()
        return counts

    def _is_new(self, row: LayerRow, number: int) -> bool:
        own_id = row.row.id
        if own_id and own_id in self._ids:
            return False
        self._ids.update({own_id} if own_id else ())
        marks = ", ".join("?" * 14)
        values = _columns(row, number, self._kinds[row.row.kind])
        return self._database.execute(f"INSERT OR IGNORE INTO places VALUES ({marks})", values).rowcount > 0  # noqa: S608 -- question marks

    def _add_keys(self, row: WorldRow, number: int) -> None:
        flag = ARABIC if row.country in ARABIC_COUNTRIES else 0
        for table, key, spelling, way in keys_of(row):
            if table == "sounds":
                self._sounds.append((key, number, spelling))
            else:
                self._names.append((key, number, spelling, way | flag | (CODE if table == "codes" else 0)))
        if len(self._names) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        self._database.executemany("INSERT INTO staging.names VALUES (?, ?, ?, ?)", self._names)
        self._database.executemany("INSERT INTO staging.sounds VALUES (?, ?, ?)", self._sounds)
        self._names.clear()
        self._sounds.clear()


def _columns(entry: LayerRow, number: int, kind: int) -> tuple[object, ...]:
    row = entry.row
    cell = min(int(row.lat + 90), 179) * 360 + int(row.lon + 180) % 360 if entry.has_point else None
    return (
        number,
        row.id or None,
        "\n".join(row.names),
        row.lat if entry.has_point else None,
        row.lon if entry.has_point else None,
        kind,
        row.country,
        row.division,
        row.population,
        row.radius_km,
        entry.disputed or None,
        entry.feature or None,
        row.source or None,
        cell,
    )
