"""How do a quarter of a million places lie in one file that opens in a millisecond?

The file is read through a memory map and never changed: a header in JSON, then sections, each
starting at a multiple of eight bytes. Three name tables (`names` for scanning texts, `codes` for
what only a lookup may find, `sounds` for skeletons) lead from a key to postings; a posting packs a
row, the number of the spelling within the place, and flags into 32 bits. The columns are arrays of
little-endian integers, one entry per row; rows are in order of their GeoNames number, after those
that have none, which are in order of their own ids.
"""

from __future__ import annotations

import json
import mmap
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias

import marisa_trie

from geoevents.errors import GazetteerError, MissingFileError
from geoevents.geodesy import LatLon
from geoevents.places import Place, PlaceKind

__all__ = [
    "ARABIC",
    "CONTINUES",
    "FORMAT",
    "MAX_NAMES",
    "MAX_ROWS",
    "MICRO",
    "PLAIN",
    "STRICT",
    "STRIPPED",
    "Column",
    "KeyTable",
    "Posting",
    "Strings",
    "WorldIndex",
    "beginnings_of",
    "group_sections",
    "key_sections",
    "pack",
    "string_sections",
    "write_index",
]

FORMAT = 3
_MAGIC = b"GEOEVIDX"
_UNITS: dict[str, Literal["B", "H", "I", "i"]] = {"u8": "B", "u16": "H", "u32": "I", "i32": "i"}
MICRO = 100_000  # Coordinates are kept in 1/100,000 of a degree, about a meter, as GeoNames gives them.

# A posting: row in bits 0-18, number of the spelling in bits 19-27, flags in bits 28-31.
_ROW_BITS, _NAME_BITS = 19, 9
_FLAGS_SHIFT = _ROW_BITS + _NAME_BITS
MAX_ROWS, MAX_NAMES = 1 << _ROW_BITS, 1 << _NAME_BITS
_ROW_MASK, _NAME_MASK = MAX_ROWS - 1, MAX_NAMES - 1
PLAIN = 1  # the key is the whole spelling
STRIPPED = 2  # the key is the spelling without its articles
ARABIC = 4  # the place lies where names carry the Arabic article
STRICT = 8  # in a text, the spelling must stand letter for letter: "Pa.", "UAE"
_ALL = PLAIN | STRIPPED | ARABIC | STRICT
CONTINUES = 32  # no posting's, but a key's: longer keys begin with its words

Column: TypeAlias = "memoryview[int]"


class Posting(NamedTuple):
    """One place under a key: its row, the number of the spelling (0 is the main name), the flags."""

    row: int
    name: int
    flags: int


def pack(row: int, name: int, flags: int) -> int:
    """Return a posting as the integer that the file holds."""
    return row | name << _ROW_BITS | flags << _FLAGS_SHIFT


def _unpack(packed: int) -> Posting:
    return Posting(packed & _ROW_MASK, packed >> _ROW_BITS & _NAME_MASK, packed >> _FLAGS_SHIFT)


class Strings:
    """Texts by number: one blob and the offsets of their starts."""

    def __init__(self, blob: memoryview, starts: Column) -> None:
        self._blob, self._starts = blob, starts

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, number: int) -> str:
        return str(self._blob[self._starts[number] : self._starts[number + 1]], "utf-8")


class KeyTable:
    """Keys of one level and the postings of each.

    The words that a longer key begins with are a key too, if only to say so, without postings.
    """

    def __init__(self, trie: memoryview, starts: Column, postings: Column, flags: Column) -> None:
        self._trie = marisa_trie.Trie().map(trie)
        self._starts, self._postings = starts, postings
        self._flags = flags

    def key_id(self, key: str) -> int | None:
        """Return the number of a key, or `None` when the table does not hold it."""
        found: int | None = self._trie.get(key)
        return found

    def flags(self, key: str) -> int:
        """Return the flags of a key's postings, or-ed together, and whether it `CONTINUES`; 0 without any.

        So a scan reads no postings, and looks no further where no name goes on.
        """
        key_id = self._trie.get(key)
        return 0 if key_id is None else self._flags[key_id]

    def postings(self, key_id: int, wanted: int = _ALL) -> list[Posting]:
        """Return the postings of a key that have one of the wanted flags, the largest place first."""
        packed = self._postings[self._starts[key_id] : self._starts[key_id + 1]]
        return [_unpack(posting) for posting in packed if posting >> _FLAGS_SHIFT & wanted]


class WorldIndex:
    """The compiled world layer, open for reading."""

    lat: Column
    lon: Column
    population: Column
    country: Column
    division: Column
    kind: Column
    geonameid: Column
    radius: Column
    source: Column
    by_country: Column
    country_starts: Column
    by_cell: Column
    cell_starts: Column
    curated_geonameid: Column
    curated_starts: Column  # where each row of the table starts, in bytes, and where the last one ends

    def __init__(self, path: Path, header: Mapping[str, Any], sections: Mapping[str, Any]) -> None:
        self.path, self.header = path, header
        self.kinds = tuple(map(PlaceKind, header["kinds"]))
        self.countries = tuple(code or None for code in header["countries"])
        self.sources: tuple[str, ...] = tuple(header["row_sources"])
        self.names = _key_table(sections, "names")
        self.codes = _key_table(sections, "codes")
        self.sounds = _key_table(sections, "sounds")
        self.spellings = Strings(sections["spellings"], sections["spellings.starts"])
        self.divisions = Strings(sections["divisions"], sections["divisions.starts"])
        self.ids = Strings(sections["ids"], sections["ids.starts"])
        self.curated_names = _key_table(sections, "curated_names")
        self.curated_sounds = _key_table(sections, "curated_sounds")
        # There are few thousand, and every place is in one.
        self._division_names: dict[int, str | None] = {}
        self._curated_ids: memoryview = sections["curated_ids"]
        for name in _COLUMNS:
            setattr(self, name, sections[name])

    @classmethod
    def open(cls, path: Path) -> WorldIndex:
        """Map the file into memory.

        Raises `MissingFileError` when it is not there and `GazetteerError` when it is of another
        format version or byte order, or cut short.
        """
        return cls(path, *_read_sections(_map(path), path))

    def __len__(self) -> int:
        return len(self.geonameid)

    @property
    def curated_ids(self) -> list[str]:
        """The ids of the curated table, in its order."""
        return str(self._curated_ids, "utf-8").split("\n") if self._curated_ids else []

    def spellings_of(self, row: int) -> list[str]:
        """Return the names of a row, the main one first."""
        return self.spellings[row].split("\n")

    def place(self, row: int, names: Sequence[str] = ()) -> Place:
        """Return the place of a row; its `spellings_of` may be given by who has them at hand."""
        geonameid = self.geonameid[row]
        names = names or self.spellings_of(row)
        return Place(
            self.id_of(row),
            names[0],
            point=LatLon(lat=self.lat[row] / MICRO, lon=self.lon[row] / MICRO),
            kind=self.kinds[self.kind[row]],
            country=self.countries[self.country[row]],
            admin1=self.division_of(row),
            population=self.population[row] or None,
            radius_km=self.radius[row] / 10 or None,
            geonameid=geonameid or None,
            alternate_names=tuple(names[1:]),
            source=self.sources[self.source[row]],
        )

    def country_of(self, row: int) -> str | None:
        """Return the ISO code of the country of a row."""
        return self.countries[self.country[row]]

    def division_of(self, row: int) -> str | None:
        """Return the name of the first-order division of a row."""
        number = self.division[row]
        try:
            return self._division_names[number]
        except KeyError:
            name = self._division_names[number] = self.divisions[number] or None
            return name

    def point_of(self, row: int) -> LatLon:
        """Return the point of a row."""
        return LatLon(lat=self.lat[row] / MICRO, lon=self.lon[row] / MICRO)

    def radius_of(self, row: int) -> float | None:
        """Return the radius of a row in kilometers, where it is known."""
        return self.radius[row] / 10 or None

    def id_of(self, row: int) -> str:
        """Return the place id of a row: its GeoNames number after "gn", or its own."""
        return f"gn{self.geonameid[row]}" if row >= len(self.ids) else self.ids[row]

    def row_of(self, geonameid: int) -> int | None:
        """Return the row of a GeoNames number, or `None`."""
        row = bisect_left(self.geonameid, geonameid, lo=len(self.ids))
        return row if row < len(self) and self.geonameid[row] == geonameid else None

    def row_of_id(self, place_id: str) -> int | None:
        """Return the row of a place id, or `None`."""
        if place_id.startswith("gn") and place_id[2:].isdecimal():
            return self.row_of(int(place_id[2:]))
        row = bisect_left(self.ids, place_id)
        return row if row < len(self.ids) and self.ids[row] == place_id else None

    def rows_in_country(self, code: str) -> Column:
        """Return the rows of a country, the largest first; none for an unknown code."""
        if (code or None) not in self.countries:
            return self.by_country[:0]
        number = self.countries.index(code or None)
        return self.by_country[self.country_starts[number] : self.country_starts[number + 1]]

    def rows_in_cells(self, south: int, north: int, west: int, east: int) -> Iterator[int]:
        """Yield the rows in the one-degree cells between whole degrees; `east` may exceed 180."""
        for lat in range(max(south, -90), min(north, 89) + 1):
            for lon in range(west, min(east, west + 359) + 1):
                cell = (lat + 90) * 360 + (lon + 180) % 360
                yield from self.by_cell[self.cell_starts[cell] : self.cell_starts[cell + 1]]


_COLUMNS = (
    "lat",
    "lon",
    "population",
    "country",
    "division",
    "kind",
    "geonameid",
    "radius",
    "source",
    "by_country",
    "country_starts",
    "by_cell",
    "cell_starts",
    "curated_geonameid",
    "curated_starts",
)


def _map(path: Path) -> memoryview:
    try:
        with path.open("rb") as file:
            return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except FileNotFoundError:
        raise MissingFileError(
            "the world index is not there; compile it with `python -m geoevents.gazetteer.compile`", path=path
        ) from None
    except ValueError:
        raise GazetteerError("the world index is empty", path=path) from None


def _read_sections(whole: memoryview, path: Path) -> tuple[Mapping[str, Any], dict[str, Any]]:
    if bytes(whole[:8]) != _MAGIC:
        raise GazetteerError("not a world index", path=path)
    size = int.from_bytes(whole[8:16], "little")
    if len(whole) < 16 + size:
        raise GazetteerError(f"cut short: {len(whole)} bytes, less than its header", path=path)
    header: Mapping[str, Any] = json.loads(bytes(whole[16 : 16 + size]))
    if header["format"] != FORMAT:
        raise GazetteerError(f"a world index of format {header['format']!r}, not {FORMAT}", path=path)
    if sys.byteorder != "little":
        raise GazetteerError(f"the world index is little-endian, this machine {sys.byteorder!r}", path=path)
    if len(whole) != header["size"]:
        raise GazetteerError(f"cut short: {len(whole)} of {header['size']} bytes", path=path)
    sections: dict[str, Any] = {}
    for name, (unit, start, length) in header["sections"].items():
        part = whole[start : start + length]
        sections[name] = part.cast(_UNITS[unit]) if unit != "bytes" else part
    return header, sections


def _key_table(sections: Mapping[str, Any], name: str) -> KeyTable:
    return KeyTable(*(sections[f"{name}.{part}"] for part in ("trie", "starts", "postings", "flags")))


def write_index(path: Path, *, header: Mapping[str, Any], sections: Mapping[str, array[int] | bytes]) -> None:
    """Write an index file: the same header and sections give the same bytes.

    The file appears whole or not at all: it is written beside its place and then moved there.
    """
    import hashlib  # late: a lookup only reads

    table, body = _lay_out(sections)
    full = {"format": FORMAT, **header, "sections": table, "size": 0}
    digest = hashlib.sha256(body).hexdigest()
    full["sha256"] = digest
    prefix = _prefix(full, len(body))
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".partial")
    beside.write_bytes(prefix + body)
    beside.replace(path)


def key_sections(name: str, postings: Mapping[str, Sequence[int]]) -> dict[str, array[int] | bytes]:
    """Return the sections of one key table; each key's postings must already be in order."""
    beginnings = {beginning for key in postings for beginning in beginnings_of(key)}
    trie = marisa_trie.Trie(sorted(beginnings | postings.keys()))
    ordered: list[Sequence[int]] = [()] * len(trie)
    for key, packed in postings.items():
        ordered[trie[key]] = packed
    flags = array("B", (_flags_of(packed) for packed in ordered))
    for beginning in beginnings:
        flags[trie[beginning]] |= CONTINUES
    flat = array("I", (p for packed in ordered for p in packed))
    return {
        f"{name}.trie": trie.tobytes(),
        f"{name}.starts": _starts(len(packed) for packed in ordered),
        f"{name}.postings": flat,
        f"{name}.flags": flags,
    }


def beginnings_of(key: str) -> Iterator[str]:
    """Yield what a key of several words begins with: "rio de" and "rio" for "rio de janeiro"."""
    while " " in key:
        key = key.rpartition(" ")[0]
        yield key


def string_sections(name: str, texts: Iterable[str]) -> dict[str, array[int] | bytes]:
    """Return the sections of one table of texts."""
    encoded = [text.encode() for text in texts]
    return {name: b"".join(encoded), f"{name}.starts": _starts(len(e) for e in encoded)}


def group_sections(name: str, starts: str, groups: Sequence[Sequence[int]]) -> dict[str, array[int] | bytes]:
    """Return the sections of rows grouped by number."""
    return {name: array("I", (row for g in groups for row in g)), starts: _starts(len(g) for g in groups)}


def _flags_of(packed: Iterable[int]) -> int:
    flags = 0
    for posting in packed:
        flags |= posting >> _FLAGS_SHIFT
    return flags


def _starts(lengths: Iterable[int]) -> array[int]:
    starts = array("I", [0])
    for length in lengths:
        starts.append(starts[-1] + length)
    return starts


def _lay_out(sections: Mapping[str, array[int] | bytes]) -> tuple[dict[str, list[Any]], bytes]:
    units: dict[str, str] = {code: unit for unit, code in _UNITS.items()}
    table: dict[str, list[Any]] = {}
    body = bytearray()
    for name, section in sections.items():
        if isinstance(section, bytes):
            unit, raw = "bytes", section
        else:
            if sys.byteorder == "big":
                section.byteswap()
            unit, raw = units[section.typecode], section.tobytes()
        table[name] = [unit, len(body), len(raw)]
        body += raw + bytes(-len(raw) % 8)
    return table, bytes(body)


def _prefix(header: dict[str, Any], body_size: int) -> bytes:
    """Return magic, length and header, padded to eight bytes, with offsets from the file's start."""
    room = len(json.dumps(header, ensure_ascii=False).encode()) + 16 * len(header["sections"]) + 64
    room += -room % 8
    for entry in header["sections"].values():
        entry[1] += 16 + room
    header["size"] = 16 + room + body_size
    return _MAGIC + room.to_bytes(8, "little") + json.dumps(header, ensure_ascii=False).encode().ljust(room)
