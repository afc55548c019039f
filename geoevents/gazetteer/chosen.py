"""Which curated places bear a name?

Two answers to one interface: `ParsedPlaces` works the keys out from the rows, and `CompiledPlaces`
finds them in the world index, where they were put when it was compiled, and reads a row when its place
is asked for. The second is for the very file that was compiled, and opens in a fraction of the time.
"""

from __future__ import annotations

import csv
import zlib
from array import array
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from io import StringIO
from pathlib import Path
from typing import NamedTuple, Protocol

from geoevents.errors import GazetteerError
from geoevents.gazetteer.countries import ARABIC_COUNTRIES
from geoevents.gazetteer.curated import place_of_row, read_places
from geoevents.gazetteer.index import (
    ARABIC,
    CONTINUES,
    PLAIN,
    STRICT,
    STRIPPED,
    KeyTable,
    WorldIndex,
    beginnings_of,
    key_sections,
    pack,
)
from geoevents.gazetteer.spelling import article_key, is_strict, skeletons, spelling_key
from geoevents.places import Place

__all__ = ["ChosenPlaces", "ChosenPosting", "CompiledPlaces", "ParsedPlaces", "curated_sections", "digest_of"]


class ChosenPosting(NamedTuple):
    """One place under a key: its id, the spelling that has the key, and how it was read."""

    id: str
    name: str
    flags: int


class ChosenPlaces(Protocol):
    """Places by id, and their names by key."""

    @property
    def id_of_geonameid(self) -> Mapping[int, str]:
        """The ids of the places whose GeoNames number is known."""
        ...

    def __contains__(self, place_id: str) -> bool: ...

    def place(self, place_id: str) -> Place:
        """Return the place of an id. Raises `KeyError` when there is none."""
        ...

    def all(self) -> Sequence[Place]:
        """Return all places, in order of the table."""
        ...

    def flags(self, key: str) -> int:
        """Return the flags of a key's postings, or-ed together, and whether it `CONTINUES`; 0 without any."""
        ...

    def postings(self, key: str) -> Sequence[ChosenPosting]:
        """Return the postings of a key, none when no name has it."""
        ...

    def sounding(self, skeleton: str, *, country: str | None = None) -> Sequence[ChosenPosting]:
        """Return the postings of a skeleton, in one country or in all."""
        ...


class ParsedPlaces:
    """Places as they were read; a later one of the same id replaces the earlier."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._places = {place.id: place for place in places}
        self.id_of_geonameid: Mapping[int, str] = {
            p.geonameid: p.id for p in self._places.values() if p.geonameid is not None
        }
        self._names: dict[str, list[ChosenPosting]] = {}
        self._sounds: dict[str | None, dict[str, list[ChosenPosting]]] = {}
        # What keys of more words begin with.
        self._beginnings: set[str] = set()
        for place in self._places.values():
            for key, posting in _keys_of(place):
                self._add(key, posting)

    def __contains__(self, place_id: str) -> bool:
        return place_id in self._places

    def place(self, place_id: str) -> Place:
        """Return the place of an id. Raises `KeyError` when there is none."""
        return self._places[place_id]

    def all(self) -> Sequence[Place]:
        """Return all places, in order of the table."""
        return tuple(self._places.values())

    def flags(self, key: str) -> int:
        """Return the flags of a key's postings, or-ed together, and whether it `CONTINUES`; 0 without any."""
        flags = CONTINUES if key in self._beginnings else 0
        for posting in self._names.get(key, ()):
            flags |= posting.flags
        return flags

    def postings(self, key: str) -> Sequence[ChosenPosting]:
        """Return the postings of a key, none when no name has it."""
        return self._names.get(key, ())

    def sounding(self, skeleton: str, *, country: str | None = None) -> Sequence[ChosenPosting]:
        """Return the postings of a skeleton, in one country or in all."""
        if country not in self._sounds:
            self._sounds[country] = self._sounds_in(country)
        return self._sounds[country].get(skeleton, ())

    def packed(self) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
        """Return names and sounds with their postings as an index file holds them."""
        numbers = {place_id: number for number, place_id in enumerate(self._places)}

        def pack_all(table: Mapping[str, Sequence[ChosenPosting]]) -> dict[str, list[int]]:
            return {
                key: [pack(numbers[p.id], self._number_of(p), p.flags) for p in postings]
                for key, postings in table.items()
            }

        return pack_all(self._names), pack_all(self._sounds_in(None))

    def _number_of(self, posting: ChosenPosting) -> int:
        place = self._places[posting.id]
        return (place.name, *place.alternate_names).index(posting.name)

    def _sounds_in(self, country: str | None) -> dict[str, list[ChosenPosting]]:
        sounds: dict[str, list[ChosenPosting]] = {}
        for place in self._places.values():
            if country is None or place.country == country:
                for sound, posting in _sounds_of(place):
                    sounds.setdefault(sound, []).append(posting)
        return sounds

    def _add(self, key: str, posting: ChosenPosting) -> None:
        if key in self._names:
            self._names[key].append(posting)
            return
        self._names[key] = [posting]
        self._beginnings.update(beginnings_of(key))


def _keys_of(place: Place) -> Iterator[tuple[str, ChosenPosting]]:
    arabic = ARABIC if place.country in ARABIC_COUNTRIES else 0
    seen: set[str] = set()
    for name in (place.name, *place.alternate_names):
        key = spelling_key(name)
        if is_strict(name):
            yield key, ChosenPosting(place.id, name, STRICT | arabic)
            continue
        if key and key not in seen:
            seen.add(key)
            yield key, ChosenPosting(place.id, name, PLAIN | arabic)
        if arabic or (name is place.name and key.startswith("the ")):
            bare = article_key(key)
            if len(bare) > 2 and bare not in seen:
                seen.add(bare)
                yield bare, ChosenPosting(place.id, name, STRIPPED | arabic)


def _sounds_of(place: Place) -> Iterator[tuple[str, ChosenPosting]]:
    for name in (place.name, *place.alternate_names):
        for sound in () if is_strict(name) else skeletons(spelling_key(name)):
            yield sound, ChosenPosting(place.id, name, PLAIN)


class CompiledPlaces:
    """The places of a table whose keys lie in an index. The rows were valid when it was compiled.

    `table` is what the file holds: a row is read when its place is asked for.
    """

    def __init__(self, table: bytes, index: WorldIndex) -> None:
        self._table, self._starts = table, index.curated_starts
        self._names, self._sounds = index.curated_names, index.curated_sounds
        self._geonameids = index.curated_geonameid
        self._ids = index.curated_ids
        self._places: dict[int, Place] = {}

    def __len__(self) -> int:
        return len(self._geonameids)

    @cached_property
    def id_of_geonameid(self) -> Mapping[int, str]:
        """The ids of the places whose GeoNames number is known."""
        return {
            number: place_id for number, place_id in zip(self._geonameids, self._ids, strict=True) if number
        }

    @cached_property
    def _row_of(self) -> Mapping[str, int]:
        return {place_id: row for row, place_id in enumerate(self._ids)}

    @cached_property
    def _columns(self) -> list[str]:
        return _first_row(self._table)

    def __contains__(self, place_id: str) -> bool:
        return place_id in self._row_of

    def place(self, place_id: str) -> Place:
        """Return the place of an id. Raises `KeyError` when there is none."""
        return self._place_at(self._row_of[place_id])

    def all(self) -> Sequence[Place]:
        """Return all places, in order of the table."""
        return tuple(self._place_at(row) for row in range(len(self)))

    def flags(self, key: str) -> int:
        """Return the flags of a key's postings, or-ed together, and whether it `CONTINUES`; 0 without any."""
        return self._names.flags(key)

    def postings(self, key: str) -> Sequence[ChosenPosting]:
        """Return the postings of a key, none when no name has it."""
        key_id = self._names.key_id(key)
        return () if key_id is None else self._read(self._names, key_id, country=None)

    def sounding(self, skeleton: str, *, country: str | None = None) -> Sequence[ChosenPosting]:
        """Return the postings of a skeleton, in one country or in all."""
        key_id = self._sounds.key_id(skeleton)
        return () if key_id is None else self._read(self._sounds, key_id, country=country)

    def _read(self, table: KeyTable, key_id: int, *, country: str | None) -> list[ChosenPosting]:
        found = []
        for row, name, flags in table.postings(key_id):
            place = self._place_at(row)
            if country is None or place.country == country:
                spelling = place.alternate_names[name - 1] if name else place.name
                found.append(ChosenPosting(place.id, spelling, flags))
        return found

    def _place_at(self, row: int) -> Place:
        if row not in self._places:
            cells = _first_row(self._table[self._starts[row] : self._starts[row + 1]])
            place = place_of_row(
                {name: cell.strip() for name, cell in zip(self._columns, cells, strict=False)}
            )
            if place is None:
                raise GazetteerError(f"the compiled row {self._ids[row]!r} is not valid")
            self._places[row] = place
        return self._places[row]


def _first_row(table: bytes) -> list[str]:
    return next(row for row in csv.reader(_lines(table)) if row)


def _lines(table: bytes) -> StringIO:
    return StringIO(table.decode("utf-8-sig"), newline="")


def curated_sections(path: Path | None) -> dict[str, array[int] | bytes]:
    """Return the sections of an index in which the places of a table, if any, are found.

    Raises `GazetteerError` for a bad row.
    """
    places = list(read_places(path)) if path else []
    names, sounds = ParsedPlaces(places).packed()
    return {
        **key_sections("curated_names", names),
        **key_sections("curated_sounds", sounds),
        "curated_ids": "\n".join(place.id for place in places).encode(),
        "curated_geonameid": array("I", (place.geonameid or 0 for place in places)),
        "curated_starts": array("I", _row_starts(path.read_bytes()) if path else [0]),
    }


def _row_starts(table: bytes) -> Iterator[int]:
    """Yield where the rows after the header start, blank lines before them included, and the last ends."""
    at = len(BOM_UTF8) if table.startswith(BOM_UTF8) else 0

    def counted() -> Iterator[str]:
        nonlocal at
        for line in _lines(table):
            at += len(line.encode())
            yield line

    yield from (at for row in csv.reader(counted()) if row)


def digest_of(table: bytes) -> str:
    """Return what tells whether a table is the one that was compiled; it guards against edits only."""
    return f"{zlib.crc32(table):08x}-{len(table)}"
