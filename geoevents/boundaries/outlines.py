"""How are the outlines kept, and which of them pass near a point?

`outlines.bin` is written by `scripts/boundaries.py`. A line of JSON says how many pieces there are,
lists the areas (codes, the two views, name and status of a disputed one; number 0 is the sea) and
the sides that lines have (area on the left, area on the right, 1 where our own rough outline is
meant). Then, little-endian: which sides each piece has (16 bits), where its points begin and the
last end (32 bits), a ball around each piece and around each `GROUP` pieces (center and radius,
earth-centered kilometers, 32-bit floats), and the points: for each piece longitude and latitude in
`STEPS` per degree, then the steps from one point to the next, as variable-length integers (seven
bits a byte, low ones first, zigzag). Pieces that are neighbors in space are neighbors in the file,
so that the balls make a tree. Nothing is unpacked before it is needed.
"""

from __future__ import annotations

import heapq
import json
import math
import sys
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from geoevents.geodesy import Nearest, earth_centered_km, nearest_on_path

__all__ = ["GROUP", "STEPS", "Outlines", "Passing", "Piece", "Sides", "pack"]

STEPS = 1000
GROUP = 32
# Between two points an outline runs straight in longitude and latitude (the 49th parallel is two
# points), which leaves the straight line in space by less than 30 meters within this.
STRAIGHT_DEG = 0.25
# 32-bit floats are right to half a meter at the surface of the Earth.
_ROUNDING_KM = 0.002

_Ball = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A short run of an outline: its points as (lon, lat), and the areas on its left and right."""

    points: tuple[tuple[float, float], ...]
    areas: tuple[int, int]
    is_rough: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """What lies along both sides of a line, as numbers of areas."""

    left: int
    right: int
    is_rough: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Passing:
    """Where the lines with the same `sides` (a number) come nearest to a point."""

    sides: int
    nearest: Nearest


def pack(areas: Sequence[Any], pieces: Sequence[Piece]) -> bytes:
    """Return the bytes that `Outlines` reads. A piece shorter than a step is left out."""
    pieces = [piece for piece in pieces if len(_steps(piece)) > 1]
    kinds = sorted({(*piece.areas, int(piece.is_rough)) for piece in pieces})
    numbers = {kind: number for number, kind in enumerate(kinds)}
    sides = array("H", (numbers[(*piece.areas, int(piece.is_rough))] for piece in pieces))
    stream, starts, paths = bytearray(), array("I", [0]), []
    for piece in pieces:
        steps = _steps(piece)
        _write(steps, stream)
        starts.append(len(stream))
        paths.append(_path(steps))
    balls = [_ball(path) for path in paths]
    groups = [_ball_around(balls[i : i + GROUP]) for i in range(0, len(balls), GROUP)]
    floats = array("f", (number for ball in (*balls, *groups) for number in ball))
    head = {"pieces": len(pieces), "areas": areas, "sides": kinds}
    parts = [_little(numbers).tobytes() for numbers in (sides, starts, floats)]
    line = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    return line + b"".join(parts) + bytes(stream)


def _steps(piece: Piece) -> list[tuple[int, int]]:
    steps = [(round(lon * STEPS), round(lat * STEPS)) for lon, lat in piece.points]
    return [step for step, _ in groupby(steps)]


def _little(numbers: array[Any]) -> array[Any]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _write(steps: list[tuple[int, int]], out: bytearray) -> None:
    x0 = y0 = 0
    for x, y in steps:
        for step in (x - x0, y - y0):
            value = step << 1 if step >= 0 else (-step << 1) - 1
            while value >= 0x80:
                out.append(value & 0x7F | 0x80)
                value >>= 7
            out.append(value)
        x0, y0 = x, y


def _read(data: bytes) -> list[tuple[int, int]]:
    numbers, value, shift = [], 0, 0
    for byte in data:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            numbers.append(value >> 1 if not value & 1 else -(value + 1 >> 1))
            value = shift = 0
    x = y = 0
    points = []
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x, y))
    return points


def _path(steps: list[tuple[int, int]]) -> array[float]:
    """Return x, y, z of the points, with more between those that are far apart."""
    (x0, y0), path = steps[0], array("d")
    path.extend(_position(x0, y0))
    for x, y in steps[1:]:
        pieces = max(1, math.ceil(max(abs(x - x0), abs(y - y0)) / STEPS / STRAIGHT_DEG))
        for i in range(1, pieces + 1):
            path.extend(_position(x0 + (x - x0) * i / pieces, y0 + (y - y0) * i / pieces))
        x0, y0 = x, y
    return path


def _position(x: float, y: float) -> tuple[float, float, float]:
    # The same numbers on both sides of the date line, where a shared end must be the very same.
    lon = (x + 180 * STEPS) % (360 * STEPS) - 180 * STEPS
    return earth_centered_km(lat=y / STEPS, lon=lon / STEPS)


def _ball(path: Sequence[float]) -> _Ball:
    axes = [path[i::3] for i in range(3)]
    center = [(min(axis) + max(axis)) / 2 for axis in axes]
    radius = max(math.dist(center, point) for point in zip(*axes, strict=True))
    return center[0], center[1], center[2], radius + _ROUNDING_KM


def _ball_around(balls: Sequence[_Ball]) -> _Ball:
    center = [(min(b[i] - b[3] for b in balls) + max(b[i] + b[3] for b in balls)) / 2 for i in range(3)]
    radius = max(math.dist(center, ball[:3]) + ball[3] for ball in balls)
    return center[0], center[1], center[2], radius + _ROUNDING_KM


class Outlines:
    """The lines between areas, with the nearest of them found through a tree of balls."""

    __slots__ = ("_balls", "_groups", "_paths", "_piece_sides", "_starts", "_stream", "areas", "sides")

    def __init__(self, data: bytes) -> None:
        head_end = data.index(b"\n") + 1
        head = json.loads(data[:head_end])
        count = head["pieces"]
        self.areas: list[Any] = head["areas"]
        self.sides = [
            Sides(left=left, right=right, is_rough=bool(rough)) for left, right, rough in head["sides"]
        ]
        groups = -(-count // GROUP)
        place = head_end
        arrays = []
        for code, length in (("H", count), ("I", count + 1), ("f", 4 * (count + groups))):
            numbers: array[Any] = array(code)
            size = numbers.itemsize * length
            numbers.frombytes(data[place : place + size])
            arrays.append(_little(numbers))
            place += size
        self._piece_sides, self._starts, floats = arrays
        self._balls: array[float]
        self._groups: array[float]
        self._balls, self._groups = floats[: 4 * count], floats[4 * count :]
        self._stream = data[place:]
        self._paths: dict[int, array[float]] = {}

    def pieces(self, sides: Collection[int]) -> tuple[int, ...]:
        """Return the numbers of the pieces that have one of these sides."""
        wanted = frozenset(sides)
        return tuple(i for i, number in enumerate(self._piece_sides) if number in wanted)

    def nearest(
        self,
        point: tuple[float, float, float],
        *,
        sides: Collection[int] | None = None,
        pieces: Iterable[int] | None = None,
        reach_km: float = 0.0,
    ) -> list[Passing]:
        """Return the nearest line, and all others no farther than `reach_km`, nearest first.

        One for each kind of sides; only those in `sides` where it is given, and only those of
        `pieces`, which spares the tree where they are few.
        """
        wanted = None if sides is None else frozenset(sides)
        if pieces is None:
            queue = [(low, ~group) for group, low in enumerate(_lows(point, self._groups))]
        else:
            queue = [(self._low(point, piece), piece) for piece in pieces]
        heapq.heapify(queue)
        best, found = math.inf, dict[int, Nearest]()
        while queue and queue[0][0] <= max(best, reach_km):
            _, number = heapq.heappop(queue)
            if number < 0:
                for piece in self._members(~number, wanted):
                    heapq.heappush(queue, (self._low(point, piece), piece))
                continue
            nearest = nearest_on_path(point, self._path(number))
            kind = self._piece_sides[number]
            best = min(best, nearest.km)
            if kind not in found or _rank(nearest) < _rank(found[kind]):
                found[kind] = nearest
        limit = max(best, reach_km)
        passing = [Passing(sides=kind, nearest=hit) for kind, hit in found.items() if hit.km <= limit]
        return sorted(passing, key=lambda each: (*_rank(each.nearest), each.sides))

    def _members(self, group: int, wanted: frozenset[int] | None) -> Iterator[int]:
        for piece in range(group * GROUP, min((group + 1) * GROUP, len(self._piece_sides))):
            if wanted is None or self._piece_sides[piece] in wanted:
                yield piece

    def _low(self, point: tuple[float, float, float], piece: int) -> float:
        x, y, z, radius = self._balls[4 * piece : 4 * piece + 4]
        return math.dist(point, (x, y, z)) - radius

    def _path(self, piece: int) -> array[float]:
        path = self._paths.get(piece)
        if path is None:
            data = self._stream[self._starts[piece] : self._starts[piece + 1]]
            path = self._paths[piece] = _path(_read(data))
        return path


def _lows(point: tuple[float, float, float], balls: Sequence[float]) -> Iterator[float]:
    for x, y, z, radius in zip(balls[::4], balls[1::4], balls[2::4], balls[3::4], strict=True):
        yield math.dist(point, (x, y, z)) - radius


def _rank(nearest: Nearest) -> tuple[float, float]:
    return nearest.km, -nearest.lean
