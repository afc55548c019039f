"""Which cells may an event, a place or a claim of a file have, and of what kind is each?

What a file says is nothing that we wrote: every cell is brought to its kind, and one that we do not
know is left out, so that a map never has to ask what it was given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from geoevents.eventfiles.cells import code, day, latitude, longitude, names, number, pair, rows, text

__all__ = ["FIELDS", "feature", "position", "settled"]

_precision = partial(code, most=3)
_HARMS = frozenset({"killed", "injured", "missing", "captured", "displaced"})
_LONGEST_RING = 2000


def _points(value: Any) -> list[float] | None:
    if value is None:
        return None
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) < 2:
        raise ValueError(f"{value!r:.60} is not a position")
    lon, lat = longitude(value[0]), latitude(value[1])
    return None if lon is None or lat is None else [lon, lat]


def _spans(value: Any) -> list[list[int]]:
    listed = value if isinstance(value, list) else []
    return [
        [int(one[0]), int(one[1])]
        for one in listed[:500]
        if isinstance(one, list) and len(one) == 2 and all(isinstance(at, int) for at in one)
    ]


def _offset(value: Any) -> int | None:
    found = number(value)
    return None if found is None or found < 0 or found != int(found) else int(found)


def _truth(value: Any) -> bool | None:
    return value if isinstance(value, bool) else {"true": True, "false": False}.get(str(value).lower())


def _texts(value: Any) -> list[str]:
    listed = value if isinstance(value, list) else []
    return [found for one in listed[:200] if (found := text(one))]


def _quotes(value: Any) -> list[dict[str, Any]]:
    return [{"speaker": text(row.get("speaker")), "stance": text(row.get("stance"))} for row in rows(value)]


def _candidates(value: Any) -> list[dict[str, Any]]:
    return [{"name": text(row.get("name")), "country": text(row.get("country"))} for row in rows(value)]


def _paired(value: Any) -> dict[str, Any] | None:
    if not isinstance(value, dict):
        return None
    return {"value": number(value.get("value")), "unit": text(value.get("unit"))}


def _what_if(value: Any) -> list[dict[str, Any]]:
    kept = []
    for row in rows(value):
        lat, lon = latitude(row.get("lat")), longitude(row.get("lon"))
        measured = pair(row.get("measured_km"))
        if lat is not None and lon is not None and measured is not None:
            words = {"name": text(row.get("name")) or "", "outcome": text(row.get("outcome")) or ""}
            kept.append(words | {"lat": lat, "lon": lon, "measured_km": measured})
    return kept


def _counts(value: Any) -> list[dict[str, Any]]:
    kept = []
    for row in rows(value):
        harm, figure = text(row.get("harm")), pair(row.get("figure"))
        if harm in _HARMS and figure is not None:
            at = {"start": _offset(row.get("start")), "end": _offset(row.get("end"))}
            who = {"speaker": text(row.get("speaker")), "side": text(row.get("side"))}
            kept.append({"harm": harm, "figure": figure} | at | who)
    return kept


def _implied(value: Any) -> dict[str, Any] | None:
    if not isinstance(value, dict):
        return None
    lat, lon, radius = latitude(value.get("lat")), longitude(value.get("lon")), number(value.get("radius_km"))
    if lat is None or lon is None or radius is None:
        return None
    ring = value.get("area")
    listed = ring[:_LONGEST_RING] if isinstance(ring, list) else []
    area = [at for one in listed if (at := _points(one)) is not None]
    words = {name: text(value.get(name)) for name in ("end", "text", "reason")}
    return words | {"lat": lat, "lon": lon, "radius_km": radius, "area": area}


_Kind = Callable[[Any], Any]
_COMMON: dict[str, _Kind] = {"document": text, "start": _offset, "end": _offset, "text": text}
_PLACED: dict[str, _Kind] = {
    "place_id": text,
    "name": text,
    "country": text,
    "admin1": text,
    "radius_km": number,
}
FIELDS: dict[str, dict[str, _Kind]] = {
    "event": _COMMON | _PLACED | {
        "id": text, "type": text, "sub_type": text, "status": text, "date": day, "date_end": day,
        "date_text": text, "time_precision": _precision, "geo_precision": _precision, "actors": names,
        "targets": names, "fatalities": pair, "injured": pair, "source": text, "confidence": number,
        "attribution": _quotes, "mentions": _spans, "reasons": _texts, "counts": _counts, "missing": pair,
        "captured": pair, "displaced": pair,
    },
    "place": _COMMON | _PLACED | {
        "kind": text, "role": text, "score": number, "reason": text, "population": number,
        "disputed": text, "is_settled": _truth, "candidates": _candidates,
    },
    "claim": _COMMON | {
        "subject": text, "reference": text, "claimed_km": pair, "measured_km": pair,
        "distance_km": number, "bearing_deg": number, "direction": text, "paired": _paired,
        "outcome": text, "reason": text, "subject_point": _points, "reference_point": _points,
        "subject_radius_km": number, "reference_radius_km": number, "figure": text, "hedge": text,
        "mode": text, "speaker": text, "stance": text, "units_agree": _truth, "what_if": _what_if,
        "kind": text, "duration_h": pair, "would_hold": _texts, "implied": _implied,
    },
}  # fmt: skip


def settled(layer: str, cells: Mapping[str, Any]) -> dict[str, Any]:
    """Return the known cells of a row, each of its kind. Raises `ValueError` naming cell and value."""
    out: dict[str, Any] = {"layer": layer}
    for name, kind in FIELDS[layer].items():
        if name in cells:
            try:
                out[name] = kind(cells[name])
            except ValueError as error:
                raise ValueError(f"{name} {error}") from None
    return out


def position(lat: Any, lon: Any) -> list[float] | None:
    """Return longitude and latitude, `None` where both are empty.

    Raises `ValueError` for figures beyond the globe, for one without the other, and for 0, 0, which
    is where tables put what they do not know.
    """
    try:
        y = latitude(lat)
    except ValueError as error:
        raise ValueError(f"latitude {error}") from None
    try:
        x = longitude(lon)
    except ValueError as error:
        raise ValueError(f"longitude {error}") from None
    if x is None and y is None:
        return None
    if x is None or y is None:
        raise ValueError(f"latitude {lat!r} and longitude {lon!r}: one is given without the other")
    if x == 0 and y == 0:
        raise ValueError("latitude 0 and longitude 0 are in the sea off Africa, where nothing happens")
    return [round(x, 7), round(y, 7)]


def feature(properties: dict[str, Any], at: Sequence[float] | None) -> dict[str, Any]:
    """Return a feature of one point, or of none."""
    geometry = None if at is None else {"type": "Point", "coordinates": list(at)}
    return {"type": "Feature", "geometry": geometry, "properties": properties}
