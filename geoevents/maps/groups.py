"""Which events share a mark on paper?

As on the page (`assets/clusters.js`): events fall into bins, and bins whose marks would overlap are
joined, the fullest first, until none do.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Group", "grouped", "radius_of"]

# In units of the picture's base type size, so that a slide and a column look alike.
BIN = 1.4
SINGLE = 0.55
LARGEST = 2.1
_CLOSEST = 0.9


@dataclass(slots=True)
class Group:
    """Events under one mark: where it stands, how many of each type, and the rows."""

    x: float
    y: float
    count: int
    kinds: dict[str, int]
    rows: list[Mapping[str, Any]] = field(default_factory=list)

    def join(self, other: Group) -> None:
        """Take in another group."""
        total = self.count + other.count
        self.x = (self.x * self.count + other.x * other.count) / total
        self.y = (self.y * self.count + other.y * other.count) / total
        self.count = total
        for kind, count in other.kinds.items():
            self.kinds[kind] = self.kinds.get(kind, 0) + count
        self.rows += other.rows

    @property
    def name(self) -> str | None:
        """The place of all its events, `None` where they have several."""
        names = {row.get("name") for row in self.rows}
        name = next(iter(names)) if len(names) == 1 else None
        return None if name is None else str(name)


def radius_of(count: int) -> float:
    """Return the radius of a mark for so many events, in units of the type size."""
    return SINGLE if count == 1 else min(LARGEST, 1.0 + 0.14 * math.log2(count))


def grouped(points: Iterable[tuple[float, float, Mapping[str, Any]]], *, unit: float) -> list[Group]:
    """Return the groups of events at points of the paper; `unit` is the type size in the same measure."""
    bins: dict[tuple[int, int], list[tuple[float, float, Mapping[str, Any]]]] = defaultdict(list)
    for x, y, row in points:
        bins[int(x // (BIN * unit)), int(y // (BIN * unit))].append((x, y, row))
    groups = [_group(members) for _, members in sorted(bins.items())]
    while True:
        merged = _merged(groups, unit)
        if len(merged) == len(groups):
            return merged
        groups = merged


def _group(members: list[tuple[float, float, Mapping[str, Any]]]) -> Group:
    first = Group(0.0, 0.0, 0, {})
    for x, y, row in members:
        kind, weight = str(row.get("type")), int(row.get("weight") or 1)
        first.x += x * weight
        first.y += y * weight
        first.count += weight
        first.kinds[kind] = first.kinds.get(kind, 0) + weight
        first.rows.append(row)
    first.x /= first.count
    first.y /= first.count
    return first


def _merged(groups: list[Group], unit: float) -> list[Group]:
    cell = 2 * LARGEST * unit
    grid: dict[tuple[int, int], list[Group]] = defaultdict(list)
    out: list[Group] = []
    for group in sorted(groups, key=lambda g: (-g.count, g.x, g.y)):
        column, line = int(group.x // cell), int(group.y // cell)
        near = (g for i in (-1, 0, 1) for j in (-1, 0, 1) for g in grid.get((column + i, line + j), ()))
        host = next((g for g in near if _overlap(g, group, unit)), None)
        if host is not None:
            host.join(group)
        else:
            grid[column, line].append(group)
            out.append(group)
    return out


def _overlap(a: Group, b: Group, unit: float) -> bool:
    reach = _CLOSEST * unit * (radius_of(a.count) + radius_of(b.count))
    return math.hypot(a.x - b.x, a.y - b.y) < reach
