"""Which land, coasts and borders does a still picture need, as points of the globe?

The sheets of `basemap/` are read as the page reads them (`geoevents.maps.sheets` says how they are
written), and cut to the part of the globe that the picture shows: what lies beyond would only be
projected, and on the far side turned inside out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from geoevents.maps.sheets import Region, cells_over, world_sheet

__all__ = ["Ground", "Path", "clipped_ring", "ground_of", "sheets"]

Path = list[tuple[float, float]]
_STEPS = {"110m": 50, "50m": 125, "10m": 250}
# Up to this size the coast of 1:10m can be told from that of 1:50m.
_DETAIL_DEG = 26.0
_COARSE_DEG = 150.0


@dataclass(slots=True)
class Ground:
    """Land as closed rings, and lines: coasts, plain borders, borders in dispute."""

    land: list[Path] = field(default_factory=list)
    coasts: list[Path] = field(default_factory=list)
    borders: list[Path] = field(default_factory=list)
    disputed: list[Path] = field(default_factory=list)


def ground_of(region: Region) -> Ground:
    """Return the ground of a region, at the scale that fits its size, cut to it."""
    size = max(region.east - region.west, region.north - region.south)
    if size <= _DETAIL_DEG:
        data, scale = cells_over(region), "10m"
    else:
        scale = "50m" if size <= _COARSE_DEG else "110m"
        data = world_sheet(scale)
    ground = Ground()
    for edges, land, plain, dashed in sheets(data, scale):
        for shift in _shifts(region):
            moved = region.moved(-shift)
            for ring in land:
                _add_land(ground, ring, edges, moved, shift)
            for source, target in ((plain, ground.borders), (dashed, ground.disputed)):
                target += [_moved(line, shift) for line in source if _touches(line, moved)]
    return ground


def _shifts(region: Region) -> list[int]:
    """Return by how many degrees the world is moved so that each part of the region has its land."""
    return [turn for turn in (-360, 0, 360) if region.west < 180 + turn and region.east > turn - 180]


def _add_land(ground: Ground, ring: Path, edges: Sequence[int], region: Region, shift: int) -> None:
    if not _touches(ring, region):
        return
    cut = clipped_ring(ring, region)
    if len(cut) >= 3:
        ground.land.append(_moved(cut, shift))
    ground.coasts += [_moved(piece, shift) for piece in _coasts(ring, edges) if _touches(piece, region)]


def _coasts(ring: Path, edges: Sequence[int]) -> Iterator[Path]:
    """Yield the parts of a ring that are coast: an edge on the bounds of its sheet is a cut."""
    west, south, east, north = edges
    piece: Path = [ring[0]]
    for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
        is_cut = (x0 == x1 and x0 in {west, east}) or (y0 == y1 and y0 in {south, north})
        if is_cut:
            if len(piece) > 1:
                yield piece
            piece = []
        piece.append((x1, y1))
    if len(piece) > 1:
        yield piece


def clipped_ring(ring: Path, region: Region) -> Path:
    """Return what of a ring lies in a rectangle (I. Sutherland, G. Hodgman, CACM 17, 1974)."""
    for axis, limit, sign in (
        (0, region.west, 1), (0, region.east, -1), (1, region.south, 1), (1, region.north, -1),
    ):  # fmt: skip
        out: Path = []
        before = ring[-1] if ring else None
        for point in ring:
            if before is not None and (sign * before[axis] >= sign * limit) != (
                sign * point[axis] >= sign * limit
            ):
                out.append(_crossing(before, point, axis, limit))
            if sign * point[axis] >= sign * limit:
                out.append(point)
            before = point
        ring = out
    return ring


def _crossing(a: tuple[float, float], b: tuple[float, float], axis: int, limit: float) -> tuple[float, float]:
    share = (limit - a[axis]) / (b[axis] - a[axis])
    x, y = a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])
    return (limit, y) if axis == 0 else (x, limit)


def _touches(path: Path, region: Region) -> bool:
    lons, lats = [lon for lon, _ in path], [lat for _, lat in path]
    return not (
        max(lons) < region.west
        or min(lons) > region.east
        or max(lats) < region.south
        or min(lats) > region.north
    )


def _moved(path: Path, shift: int) -> Path:
    return path if shift == 0 else [(lon + shift, lat) for lon, lat in path]


_Sheet = tuple[list[int], list[Path], list[Path], list[Path]]


def sheets(data: bytes, scale: str) -> Iterator[_Sheet]:
    """Yield each sheet of a run at one scale: its bounds, land rings, borders, borders in dispute."""
    steps = _STEPS[scale]
    numbers = _numbers(data)
    for first in numbers:
        edges = [_signed(first), *(_signed(next(numbers)) for _ in range(3))]
        land, plain, dashed = (list(_paths(numbers, steps)) for _ in range(3))
        yield edges, land, plain, dashed


def _paths(numbers: Iterator[int], steps: int) -> Iterator[Path]:
    for _ in range(next(numbers)):
        x = y = 0
        path: Path = []
        for _ in range(next(numbers)):
            x += _signed(next(numbers))
            y += _signed(next(numbers))
            path.append((x / steps, y / steps))
        yield path


def _numbers(data: bytes) -> Iterator[int]:
    value = shift = 0
    for byte in data:
        value |= (byte & 127) << shift
        if byte < 128:
            yield value
            value = shift = 0
        else:
            shift += 7


def _signed(value: int) -> int:
    return -((value + 1) // 2) if value & 1 else value // 2
