"""How can more events be drawn than one page carries one by one?

By cells of the globe, months and types: a row stands for all events of one type in one cell and
month, at their middle. The finest cells that keep the page light are taken. What only single
events have (texts, actors, sources, places named) is left out, and the page says so.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = ["MOST_EVENTS", "aggregated", "count_events"]

MOST_EVENTS = 250_000
# A row weighs about 25 bytes: so many make a page of four megabytes.
MOST_ROWS = 150_000
# Cells in degrees with the length of an ISO date that names the period: 7 a month, 4 a year.
_GRAINS = (
    *((0.05, 7), (0.1, 7), (0.25, 7), (0.1, 4), (0.5, 7), (0.25, 4), (1.0, 7), (0.5, 4)),
    *((1.0, 4), (2.0, 4), (5.0, 4), (10.0, 4)),
)
_PERIODS = {7: "month", 4: "year"}

_Feature = Mapping[str, Any]


@dataclass(slots=True)
class _Group:
    count: int = 0
    lon: float = 0.0
    lat: float = 0.0
    first: str = ""
    last: str = ""
    killed_low: float = 0
    killed_high: float | None = 0
    names: set[tuple[Any, Any]] = field(default_factory=set)

    def add(self, feature: _Feature, point: Sequence[float] | None) -> None:
        row = feature["properties"]
        self.count += 1
        if point is not None:
            self.lon += point[0]
            self.lat += point[1]
        start = str(row.get("date") or "")
        end = str(row.get("date_end") or start)
        self.first = min(self.first, start) if self.count > 1 else start
        self.last = max(self.last, end)
        low, high = row.get("fatalities") or (0, 0)
        self.killed_low += low
        self.killed_high = None if high is None or self.killed_high is None else self.killed_high + high
        if len(self.names) < 2:
            self.names.add((row.get("name"), row.get("country")))


def count_events(collection: Mapping[str, Any]) -> int:
    """Return how many events a collection holds."""
    return sum(feature["properties"].get("layer") == "event" for feature in collection["features"])


def aggregated(collection: Mapping[str, Any]) -> dict[str, Any]:
    """Return the collection with its events by cell, month and type, and its claims as they are."""
    events = [f for f in collection["features"] if f["properties"].get("layer") == "event"]
    claims = [f for f in collection["features"] if f["properties"].get("layer") == "claim"]
    for grain in _GRAINS:
        groups = _grouped(events, *grain)
        if groups is not None:
            break
    else:
        groups = _grouped(events, *grain, limit=None) or {}
    rows = [_row(*item) for item in sorted(groups.items(), key=lambda item: item[0])]
    note = {"events": len(events), "cell_deg": grain[0], "period": _PERIODS[grain[1]]}
    more = collection.get("geoevents") or {}
    meta: dict[str, Any] = {"version": more.get("version"), "documents": [], "aggregate": note}
    return {"type": "FeatureCollection", "features": [*rows, *claims], "geoevents": meta}


_Key = tuple[str, str, float, float]


def _grouped(
    events: Sequence[_Feature], cell_deg: float, period: int, *, limit: int | None = MOST_ROWS
) -> dict[_Key, _Group] | None:
    """Return the groups by type, period and cell, or `None` where there are more than `limit`."""
    groups: dict[_Key, _Group] = {}
    for feature, point in zip(events, _points(events), strict=True):
        row = feature["properties"]
        cell = (math.inf, math.inf) if point is None else (point[0] // cell_deg, point[1] // cell_deg)
        key = (str(row.get("type") or "Other"), str(row.get("date") or "")[:period], *cell)
        group = groups.get(key)
        if group is None:
            if limit is not None and len(groups) >= limit:
                return None
            group = groups[key] = _Group()
        group.add(feature, point)
    return groups


def _points(events: Sequence[_Feature]) -> Iterator[Sequence[float] | None]:
    for feature in events:
        geometry = feature.get("geometry")
        yield None if geometry is None or geometry["type"] != "Point" else geometry["coordinates"]


def _row(key: _Key, group: _Group) -> dict[str, Any]:
    name, country = next(iter(group.names)) if len(group.names) == 1 else (None, None)
    properties = {
        "layer": "event",
        "type": key[0],
        "date": group.first or None,
        "date_end": group.last or None,
        "name": name,
        "country": country,
        "fatalities": [group.killed_low, group.killed_high],
        "weight": group.count,
    }
    is_placed = math.isfinite(key[2])
    point = [round(group.lon / group.count, 5), round(group.lat / group.count, 5)]
    geometry = {"type": "Point", "coordinates": point} if is_placed else None
    return {"type": "Feature", "geometry": geometry, "properties": properties}
