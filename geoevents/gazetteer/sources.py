"""Which places are in a file that somebody else made?

GeoNames' country files and `allCountries`, its `alternateNamesV2` and its files of division codes, as
text or zipped; tables of our own columns; GeoJSON is in `shapes`. Files are read line by line.
"""

from __future__ import annotations

import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import KW_ONLY, dataclass
from enum import Enum
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import IO

from geoevents.errors import GazetteerError, MissingFileError
from geoevents.gazetteer.curated import read_places
from geoevents.gazetteer.features import kind_of_feature
from geoevents.gazetteer.layers import LayerRow, Tier
from geoevents.gazetteer.rows import WorldRow, kept_names
from geoevents.model import Place, PlaceKind
from geoevents.tables import read_rows, table_path

__all__ = [
    "Listener",
    "SourceFormat",
    "division_names",
    "read_alternates",
    "read_codes",
    "read_geonames",
    "read_table",
    "sniff",
]

_LONGEST_LINE = 1 << 20  # GeoNames' longest line has some 12,000 characters
_GEONAMES_CELLS, _ALTERNATES_CELLS, _CODES_CELLS = 19, 10, 4
_ENCRYPTED = 0x1  # a bit of a zip file's flags (PKWARE's APPNOTE 4.4.4)
_REPORTED = 10_000  # lines between two reports of progress
# What GeoNames keeps among the alternate names and is none: links, postal codes, ids, pronunciations.
_NO_NAMES = frozenset("link wkdt post tcid unlc faac phon".split())


class SourceFormat(Enum):
    """What sort of file it is. The values say what is in it, in words."""

    GEONAMES = "GeoNames places"
    ALTERNATES = "GeoNames alternate names"
    CODES = "GeoNames division codes"
    TABLE = "a table of geoevents"
    GEOJSON = "GeoJSON"

    @property
    def tier(self) -> Tier:
        """Where a layer of it lies."""
        return Tier.OWN if self is SourceFormat.TABLE else Tier.COLLECTION


@dataclass(frozen=True, slots=True)
class Listener:
    """Who is told of each bad line, and now and then of how many bytes were read, and of how many."""

    on_problem: Callable[[GazetteerError], None] = lambda _: None
    _: KW_ONLY
    on_progress: Callable[[int, int], None] = lambda _, __: None


def sniff(path: Path) -> SourceFormat:
    """Return the format of a file, by its ending and the cells of its first line; a folder is of GeoJSON.

    Raises `GazetteerError` when it is none that we know, and `MissingFileError` when there is no file.
    """
    suffix = path.suffix.lower()
    if path.is_dir():
        return SourceFormat.GEOJSON
    if not path.is_file():
        raise MissingFileError("there is no such file", path=path)
    if suffix == ".csv":
        return SourceFormat.TABLE
    if suffix in {".json", ".geojson"}:
        return SourceFormat.GEOJSON
    first = next((line for _, line in _lines(path, Listener())), "")
    match len(first.rstrip("\r\n").split("\t")):
        case 19:
            return SourceFormat.GEONAMES
        case 10:
            return SourceFormat.ALTERNATES
        case 4:
            return SourceFormat.CODES
        case cells:
            raise GazetteerError(
                f"not a file of GeoNames (19, 10 or 4 cells, not {cells}), .csv or .geojson", path=path
            )


@contextmanager
def _opened(path: Path) -> Iterator[tuple[IO[bytes], int]]:
    """Open a file, or what a zip file holds, and say how large it is."""
    try:
        if path.suffix.lower() != ".zip":
            with path.open("rb") as stream:
                yield stream, path.stat().st_size
            return
        with zipfile.ZipFile(path) as archive:
            member = _member(archive, path)
            with archive.open(member) as stream:
                yield stream, member.file_size
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise GazetteerError(f"a broken zip file: {error}", path=path) from None
    except OSError as error:
        raise GazetteerError(f"cannot be read: {error}", path=path) from None


def _member(archive: zipfile.ZipFile, path: Path) -> zipfile.ZipInfo:
    """Return the file in an archive that holds the data: the largest text that is no read-me."""
    texts = [info for info in archive.infolist() if info.filename.lower().endswith(".txt")]
    texts = [info for info in texts if not info.filename.lower().endswith("readme.txt")]
    if not texts:
        raise GazetteerError("no .txt file in the archive", path=path)
    member = max(texts, key=lambda info: (info.file_size, info.filename))
    if member.flag_bits & _ENCRYPTED:
        raise GazetteerError(f"{member.filename!r} in the archive has a password", path=path)
    return member


def _lines(path: Path, listener: Listener) -> Iterator[tuple[int, str]]:
    """Yield number and text, with its end, of each line that is UTF-8 and not empty."""
    with _opened(path) as (stream, size):
        for number, raw in enumerate(iter(partial(stream.readline, _LONGEST_LINE), b""), start=1):
            if number % _REPORTED == 0:
                listener.on_progress(stream.tell(), size)
            try:
                line = raw.decode()
            except UnicodeDecodeError as error:
                problem = GazetteerError(f"not UTF-8 at byte {error.start}", path=path, line=number)
                listener.on_problem(problem)
                continue
            if not line.isspace() and not line.startswith("#"):
                yield number, line.removeprefix("\ufeff") if number == 1 else line
        listener.on_progress(size, size)


def _cells(path: Path, count: int, listener: Listener) -> Iterator[tuple[int, list[str]]]:
    """Yield number and cells of each line that has as many as it should.

    Raises `GazetteerError` when the last line breaks off: the rest of the file may be missing too.
    """
    for number, line in _lines(path, listener):
        cells = line.rstrip("\r\n").split("\t")
        if len(cells) == count:
            yield number, cells
            continue
        message = f"{len(cells)} cells, not {count}, after {line.strip()[:40]!r}"
        if not line.endswith("\n"):
            raise GazetteerError(f"the file breaks off: {message}", path=path, line=number)
        listener.on_problem(GazetteerError(message, path=path, line=number))


def read_geonames(path: Path, *, divisions: Mapping[str, str], listener: Listener) -> Iterator[LayerRow]:
    """Yield the places of a GeoNames country file or of `allCountries`.

    `divisions` names the first-order divisions by code ("SY.02"). Bad lines are told to `listener`.
    """
    for number, cells in _cells(path, _GEONAMES_CELLS, listener):
        try:
            yield _geonames_row(cells, divisions)
        except ValueError as error:
            listener.on_problem(GazetteerError(str(error), path=path, line=number))


def _geonames_row(cells: list[str], divisions: Mapping[str, str]) -> LayerRow:
    geonameid, name, _, alternates, lat, lon, feature_class, code, country, _, admin1, *_ = cells
    if not name.strip():
        raise ValueError(f"name is missing, got {name!r}")
    row = WorldRow(
        _whole("geonameid", geonameid, low=1),
        kept_names(name, alternates.split(",") if alternates else ()),
        lat=_degrees("lat", lat, 90),
        lon=_degrees("lon", lon, 180),
        kind=kind_of_feature(feature_class, code),
        country=country,
        division=divisions.get(f"{country}.{admin1}", ""),
        population=_whole("population", cells[14] or "0", low=0),
        source="",
    )
    return LayerRow(row, feature=f"{feature_class}.{code}")


def _whole(column: str, cell: str, *, low: int) -> int:
    if not (cell.isascii() and cell.isdecimal() and len(cell) < 19 and int(cell) >= low):
        raise ValueError(f"{column} {cell!r} is not a whole number from {low} on")
    return int(cell)


def _degrees(column: str, cell: str, most: int) -> float:
    try:
        degrees = float(cell)
    except ValueError:
        degrees = 999.0
    if not -most <= degrees <= most:
        raise ValueError(f"{column} {cell!r} is not a number from -{most} to {most}")
    return degrees


def read_codes(path: Path, *, listener: Listener) -> Iterator[LayerRow]:
    """Yield the names of the divisions of `admin1CodesASCII` or `admin2Codes`."""
    for number, (_, name, ascii_name, geonameid) in _cells(path, _CODES_CELLS, listener):
        try:
            yield _names_row(_whole("geonameid", geonameid, low=1), [name, ascii_name])
        except ValueError as error:
            listener.on_problem(GazetteerError(str(error), path=path, line=number))


def read_alternates(path: Path, *, listener: Listener) -> Iterator[LayerRow]:
    """Yield the names of `alternateNamesV2`, by place; links, codes of the post and the like left out.

    The file is in order of the names' own numbers, so they are put in order of place on disk first.
    """
    with closing(sqlite3.connect("", isolation_level=None)) as sorter:  # a file that goes when it is closed
        sorter.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA cache_size = -65536; CREATE TABLE names (number INTEGER, name TEXT);"
        )
        sorter.execute("BEGIN")
        sorter.executemany("INSERT INTO names VALUES (?, ?)", _alternates(path, listener))
        ordered = sorter.execute("SELECT number, name FROM names ORDER BY number, rowid")
        for number, group in groupby(ordered, key=itemgetter(0)):
            row = _names_row(number, (name for _, name in group))
            if len(row.row.names) > 1:
                yield row


def _alternates(path: Path, listener: Listener) -> Iterator[tuple[int, str]]:
    for number, cells in _cells(path, _ALTERNATES_CELLS, listener):
        _, geonameid, language, name, *_ = cells
        if language in _NO_NAMES:
            continue
        try:
            yield _whole("geonameid", geonameid, low=1), name
        except ValueError as error:
            listener.on_problem(GazetteerError(str(error), path=path, line=number))


def _names_row(geonameid: int, names: Iterable[str]) -> LayerRow:
    """Return mere names: none of them is the main one, which is left empty."""
    kept = kept_names("", names)
    row = WorldRow(geonameid, kept, lat=0.0, lon=0.0, kind=PlaceKind.SETTLEMENT, source="")
    return LayerRow(row, has_point=False)


def read_table(path: Path, *, listener: Listener) -> Iterator[LayerRow]:
    """Yield the places of a table in the columns of `data/gazetteer.csv`."""
    problems: list[GazetteerError] = []
    for place in read_places(path, problems=problems):
        yield _row_of_place(place)
    for problem in problems:
        listener.on_problem(problem)


def _row_of_place(place: Place) -> LayerRow:
    row = WorldRow(
        place.geonameid or 0,
        tuple(dict.fromkeys(" ".join(name.split()) for name in (place.name, *place.alternate_names))),
        id=place.id,
        lat=place.point.lat,
        lon=place.point.lon,
        kind=place.kind,
        country=place.country or "",
        division=place.admin1 or "",
        population=place.population or 0,
        radius_km=place.radius_km,
        has_chosen_names=True,
        source=place.source,
    )
    return LayerRow(row, disputed=place.disputed or "")


def division_names(paths: Iterable[Path] = (), *, listener: Listener) -> dict[str, str]:
    """Return the names of the first-order divisions by code ("SY.02"): ours, and those of code files."""
    names: dict[str, str] = {}
    for _, cells in read_rows(table_path("admin1.csv")):
        names[f"{cells['country']}.{cells['code']}"] = cells["name"]
    for path in paths:
        for _, (code, name, *_) in _cells(path, _CODES_CELLS, listener):
            if code.count(".") == 1:
                names[code] = name
    return names
