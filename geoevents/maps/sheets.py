"""Which land, borders and names does a page need for the region that it shows?

The files in `basemap/` are made by `scripts/basemap.py`. A sheet is a run of variable-length
integers (seven bits a byte, low ones first; signed ones zigzag): the bounds west, south, east and
north in degrees, then three lists of paths: land rings (open, even-odd), plain borders, borders in
dispute. A list is its length and its paths; a path is its number of points and each point's step
from the one before, longitude first, in `STEPS` per degree. A ring's edges on the bounds are cuts,
not coasts. The page carries all three scales: 1:110m to look at the world, 1:50m for continents,
and, where the region is small enough, cells of five by five degrees of 1:10m.
"""

from __future__ import annotations

import gzip
import json
import math
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["Region", "cell_sheets", "cells_over", "city_rows", "disputed_areas", "names", "world_sheet"]

CELL_DEG = 5
# 120 kB compressed are 160 kB of base64: what a page of one article can spare within 700 kB.
CELL_BUDGET_BYTES = 105_000
# A label every 60 pixels at most: more names than this never fit a view.
REGION_CITIES = 700
WORLD_POPULATION = 400_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A rectangle in degrees. `east` is beyond 180 where it spans the antimeridian."""

    west: float
    south: float
    east: float
    north: float

    def padded(self, share: float, *, least_deg: float) -> Region:
        """Return the region with a margin of `share` of its size, `least_deg` degrees at least."""
        x = max(least_deg, (self.east - self.west) * share)
        y = max(least_deg, (self.north - self.south) * share)
        return Region(
            west=self.west - x,
            south=max(-90.0, self.south - y),
            east=self.east + x,
            north=min(90.0, self.north + y),
        )

    def moved(self, shift_deg: float) -> Region:
        """Return the region so many degrees farther east."""
        return Region(
            west=self.west + shift_deg, south=self.south, east=self.east + shift_deg, north=self.north
        )

    def holds(self, *, lat: float, lon: float) -> bool:
        """Say whether the point lies inside."""
        return self.south <= lat <= self.north and 0 <= (lon - self.west) % 360.0 <= self.east - self.west


def world_sheet(scale: str) -> bytes:
    """Return the sheet of the whole world at `scale`, "110m" or "50m"."""
    return zlib.decompress(_data(f"world-{scale}.bin"))


def cell_sheets(region: Region | None) -> tuple[list[int], bytes]:
    """Return the bounds [west, south, east, north] of the detailed part, and its sheets in a row.

    Shrinks the margin until the cells fit their budget; an empty list where even the bare region
    does not.
    """
    if region is not None:
        for share, least_deg in ((0.5, 6.0), (0.25, 3.0), (0.1, 1.0)):
            bounds = _whole_cells(region.padded(share, least_deg=least_deg))
            blobs = list(_blobs(bounds)) if bounds[2] - bounds[0] <= 90 else []
            if blobs and sum(map(len, blobs)) <= CELL_BUDGET_BYTES:
                return bounds, b"".join(zlib.decompress(blob) for blob in blobs)
    return [], b""


def cells_over(region: Region) -> bytes:
    """Return the sheets of 1:10m of all cells that touch a region, in a row, whatever they weigh."""
    return b"".join(zlib.decompress(blob) for blob in _blobs(_whole_cells(region)))


def _whole_cells(region: Region) -> list[int]:
    low, high = math.floor, math.ceil
    return [
        low(region.west / CELL_DEG) * CELL_DEG,
        low(region.south / CELL_DEG) * CELL_DEG,
        high(region.east / CELL_DEG) * CELL_DEG,
        high(region.north / CELL_DEG) * CELL_DEG,
    ]


def _blobs(bounds: list[int]) -> Iterator[bytes]:
    index, body = _cells()
    west, south, east, north = bounds
    for lon in range(west, east, CELL_DEG):
        for lat in range(south, north, CELL_DEG):
            place = index.get(f"{(lon + 180) % 360 - 180},{lat}")
            if place is not None:
                yield body[place[0] : place[0] + place[1]]


@cache
def _cells() -> tuple[dict[str, list[int]], bytes]:
    head, _, body = _data("cells-10m.bin").partition(b"\n")
    return json.loads(head), body


def names() -> dict[str, Any]:
    """Return the names of countries and seas with where they are set."""
    loaded: dict[str, Any] = json.loads(_data("names.json"))
    return loaded


def disputed_areas() -> list[dict[str, Any]]:
    """Return the disputed areas: name, status, source and rings of [lon, lat]."""
    loaded: list[dict[str, Any]] = json.loads(_data("disputed.json"))
    return loaded


def city_rows(region: Region | None) -> list[list[Any]]:
    """Return [name, lat, lon, population, is_capital], largest first.

    They are the world's large cities and capitals, and the towns of the region.
    """
    kept: list[list[Any]] = []
    near = None if region is None else region.padded(0.3, least_deg=3.0)
    local = 0
    for line in gzip.decompress(_data("cities.tsv.gz")).decode("utf-8").splitlines():
        name, lat, lon, population, mark = line.split("\t")
        is_large = mark == "c" or int(population) >= WORLD_POPULATION
        is_near = local < REGION_CITIES and near is not None and near.holds(lat=float(lat), lon=float(lon))
        if is_large or is_near:
            local += not is_large
            kept.append([name, float(lat), float(lon), int(population), int(mark == "c")])
    return kept


def _data(name: str) -> bytes:
    return (files("geoevents.maps") / "basemap" / name).read_bytes()
