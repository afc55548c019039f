# ruff: noqa: INP001, T201 -- a command that says what it did, not a package
"""Where do the world's rivers reach the sea or a larger river?

From Natural Earth's rivers and lake centerlines at 1:10m (public domain), as Debian's package
libmagics++-data 4.13.0 carries them, read with pyshp. A river lies at its mouth, where GeoNames has it
too, and its radius reaches its source. Names that lost letters on the way, rivers that the
curated table has, and bare names that another place bears are left out. Run it again and nothing changes::

    apt-get download libmagics++-data && dpkg-deb -x libmagics++-data_4.13.0-1_all.deb magics
    python scripts/rivers.py magics/usr/share/magics/10m data/rivers.csv
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, TypeAlias

import shapefile

from geoevents.boundaries import Boundaries
from geoevents.gazetteer import Gazetteer, SpellingLevel
from geoevents.gazetteer.spelling import spelling_key
from geoevents.geodesy import LatLon, distance_km
from geoevents.model import PlaceKind
from geoevents.tables import read_rows, table_path

FILE = "ne_10m_rivers_lake_centerlines"
# What the name of a piece of river that is none by itself holds, and what needs no "River" behind it.
PIECE = re.compile(r"\b(?:Branch|Bratul|Braco|Canal|Channel|Csatorna|Delta|Fork|Outlet|Protoka)\b")
WHOLE = re.compile(r"\b(?:Bayou|Darya|Gol|River|Rio|Creek)\b")
NAME = re.compile(r"([A-Z][A-Za-z' -]{1,40}?)(?: {1,4}\(([A-Z][A-Za-z' -]{1,40})\))?")
APART_KM = 300  # Two rivers of one name, and not two pieces of one.
MOST_KM = 4_000  # Lines of one name farther apart are two rivers.
Line: TypeAlias = Sequence[tuple[float, float]]


class River(NamedTuple):
    """A river as the table has it."""

    name: str
    aliases: tuple[str, ...]
    countries: frozenset[str]
    mouth: LatLon
    length_km: float


def read_lines(folder: Path) -> dict[tuple[str, str], list[Line]]:
    """Return the lines of each river, by number and name."""
    found: dict[tuple[str, str], list[Line]] = defaultdict(list)
    with shapefile.Reader(str(folder / FILE), encoding="utf-8", encodingErrors="replace") as reader:
        for feature in reader.iterShapeRecords():
            name = " ".join(str(feature.record["name"]).split())
            if feature.record["featurecla"] == "River" and feature.shape.points and NAME.fullmatch(name):
                parts = [*feature.shape.parts, len(feature.shape.points)]
                lines = [feature.shape.points[a:b] for a, b in pairwise(parts)]
                found[str(feature.record["rivernum"]), name] += lines
    return found


def mouth_of(lines: Sequence[Line]) -> LatLon:
    """Return the end farthest from a beginning: lines run downstream, and lakes part them."""
    firsts = [LatLon(lat=line[0][1], lon=line[0][0]) for line in lines]
    lasts = [LatLon(lat=line[-1][1], lon=line[-1][0]) for line in lines]
    return max(
        ((distance_km(a, b), b.lat, b.lon, b) for a in firsts for b in lasts), key=lambda found: found[:3]
    )[3]


def rivers(folder: Path) -> Iterator[River]:
    """Yield the rivers with a name that is whole, in order of name and place."""
    boundaries = Boundaries.load()
    for (_, name), lines in sorted(read_lines(folder).items(), key=lambda pair: (pair[0][1], pair[0][0])):
        match = NAME.fullmatch(name)
        assert match is not None
        names = [n for n in match.groups() if n]
        if any(map(PIECE.search, names)):
            continue
        points = [LatLon(lat=lat, lon=lon) for line in lines for lon, lat in line]
        mouth = mouth_of(lines)
        reach = max(distance_km(mouth, point) for point in points[:: max(1, len(points) // 50)])
        if reach <= MOST_KM:
            inside = [
                a.country for p in points[:: max(1, len(points) // 9)] for a in boundaries.countries_at(p)
            ]
            full = [n if WHOLE.search(n) else f"{n} River" for n in names]
            yield River(full[0], (*full[1:], *names), frozenset(inside), mouth, reach)


def is_another(name: str, gazetteer: Gazetteer) -> bool:
    """Say whether something that is no water has the name too: Kansas is a state."""
    hits = gazetteer.lookup(name, limit=50)
    return any(h.level <= SpellingLevel.FOLDED and h.place.kind is not PlaceKind.WATER for h in hits)


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder with Natural Earth's rivers")
    parser.add_argument("out", type=Path, help="the table to write")
    options = parser.parse_args()
    gazetteer = Gazetteer.load()
    words = {row["word"] for _, row in read_rows(table_path("common_words.csv"))}
    known = {
        spelling_key(name)
        for place in gazetteer.curated_places()
        if place.kind is PlaceKind.WATER
        for name in (place.name, *place.alternate_names)
    }
    rows: list[dict[str, str]] = []
    seen: dict[str, list[LatLon]] = defaultdict(list)
    for river in rivers(options.folder):
        keys = {spelling_key(name) for name in (river.name, *river.aliases)}
        country = min(river.countries) if len(river.countries) == 1 else ""
        if keys & known or any(distance_km(river.mouth, mouth) < APART_KM for mouth in seen[river.name]):
            continue
        seen[river.name].append(river.mouth)
        whole = [name for name in river.aliases if WHOLE.search(name)]
        bare = [name for name in river.aliases if name not in whole and spelling_key(name) not in words]
        bare = [name for name in bare if not is_another(name, gazetteer)]
        rows.append(
            {
                "name": river.name,
                "country": country,
                "lat": f"{river.mouth.lat:.3f}",
                "lon": f"{river.mouth.lon:.3f}",
                "radius_km": f"{river.length_km:.3g}",
                "aliases": "|".join([*whole, *bare]),
                "lookup_only": "|".join(bare),
            }
        )
    with options.out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{len(rows)} rivers")


if __name__ == "__main__":
    main()
