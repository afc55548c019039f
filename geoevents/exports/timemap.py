"""How do events look to a TimeMap, Forensic Architecture's and Bellingcat's viewer?

One object with `events`, `sources` and `associations`, as its data server gives them; figures are
text, because its checks refuse numbers. Events without a day are left out: TimeMap cannot place them
in time, and would drop them with a warning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

__all__ = ["timemap"]

_COLORS = {
    "Battles": "#0072b2",
    "Explosions/Remote violence": "#d55e00",
    "Violence against civilians": "#cc79a7",
    "Protests": "#009e73",
    "Riots": "#e69f00",
    "Strategic developments": "#56b4e9",
    "Political activity": "#444444",
}


def timemap(collection: Mapping[str, Any]) -> dict[str, Any]:
    """Return the events of a feature collection as TimeMap's JSON.

    >>> timemap({"type": "FeatureCollection", "features": []})["events"]
    []
    """
    documents = (collection.get("geoevents") or {}).get("documents") or []
    sources = {str(row["id"]): _source(row) for row in documents}
    events: list[dict[str, Any]] = []
    for feature in collection["features"]:
        row = feature["properties"]
        if row.get("layer") == "event" and row.get("date"):
            events.append(_event(feature, str(len(events)), list(_cited(row, sources))))
    kinds = dict.fromkeys(name for event in events for name in event["associations"])
    return {
        "events": events,
        "sources": sources,
        "associations": [_association(name) for name in kinds],
        "sites": [],
        "shapes": {},
        "notifications": [],
    }


def _cited(row: Mapping[str, Any], sources: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Yield the ids of an event's sources; one that is only named becomes a source of its own."""
    if row.get("document") in sources:
        yield str(row["document"])
    elif row.get("source"):
        key = str(row["source"])
        sources.setdefault(key, _source({"id": key, "title": key}))
        yield key


def _event(feature: Mapping[str, Any], number: str, sources: Sequence[str]) -> dict[str, Any]:
    row, geometry = feature["properties"], feature.get("geometry")
    lon, lat = geometry["coordinates"][:2] if geometry else ("", "")
    kind = str(row.get("type") or "Other")
    return {
        "id": number,
        "description": str(row.get("text") or row.get("sub_type") or kind),
        "date": row["date"],
        "time": "",
        "time_precision": str(row.get("time_precision") or ""),
        "location": str(row.get("name") or ""),
        "latitude": str(lat),
        "longitude": str(lon),
        "type": str(row.get("sub_type") or ""),
        "category": kind,
        "associations": [kind],
        "sources": list(sources),
        "comments": "; ".join([*_names(row.get("actors")), *_names(row.get("targets"))]),
        "colour": _COLORS.get(kind, "#777777"),
    }


def _names(actors: Sequence[Any] | None) -> list[str]:
    return [str(actor.get("name") if isinstance(actor, Mapping) else actor) for actor in actors or ()]


def _source(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": str(row["id"]),
        "title": str(row.get("title") or row["id"]),
        "paths": [],
        "type": "Text",
        "date": str(row.get("published") or ""),
        "author": str(row.get("source") or ""),
        "description": "",
    }


def _association(name: str) -> dict[str, Any]:
    return {
        "id": name,
        "title": name,
        "desc": "",
        "mode": "CATEGORY",
        "colour": _COLORS.get(name, "#777777"),
        "filter_paths": [],
    }
