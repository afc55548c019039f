"""Which events, places and claims does a JSON file hold: GeoJSON, or TimeMap's own?

GeoJSON in our schema (each feature with a `layer`) comes back as it was written, with its documents;
other GeoJSON is read as a table whose rows are the features' properties. An area or a line stands at
its middle.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from geoevents.errors import DocumentError, GeoeventsError
from geoevents.eventfiles.cells import day, text
from geoevents.eventfiles.recipes import recipe_for
from geoevents.eventfiles.schema import FIELDS, feature, position, settled
from geoevents.eventfiles.timemap import is_timemap, read_timemap

__all__ = ["read_json"]

_Note = Callable[[GeoeventsError], None]
_Read = tuple[list[dict[str, Any]], list[dict[str, Any]]]
# Nobody nests rings in rings in rings: deeper is an attack on the stack.
_DEEPEST = 6


def read_json(content: str, *, path: Path, note: _Note) -> _Read:
    """Return the features and documents of a JSON file. Bad features go to `note`."""
    data = _parsed(content, path)
    if is_timemap(data):
        return read_timemap(data, path=path, note=note)
    if not isinstance(data, dict) or not isinstance(data.get("features"), list):
        raise DocumentError("is neither a GeoJSON feature collection nor TimeMap's JSON", path=path)
    features = []
    for number, row in enumerate(data["features"], start=1):
        try:
            made = _made(row)
        except ValueError as error:
            note(DocumentError(f"feature {number}: {error}", path=path))
        else:
            features += [made] if made is not None else []
    return features, _documents(data.get("geoevents"))


def _parsed(content: str, path: Path) -> Any:
    try:
        return json.loads(content, parse_constant=lambda _: None)
    except RecursionError:
        raise DocumentError("is JSON nested too deeply", path=path) from None
    except ValueError as error:
        line = getattr(error, "lineno", None)
        raise DocumentError(f"is not JSON: {str(error).lower()[:80]}", path=path, line=line) from None


def _made(row: Any) -> dict[str, Any] | None:
    """Return one feature in our schema, `None` for a layer that maps do not draw."""
    if not isinstance(row, dict) or not isinstance(row.get("properties") or {}, dict):
        raise ValueError("is no feature with properties")  # noqa: TRY004 -- a value of the file
    cells = {str(key): value for key, value in (row.get("properties") or {}).items()}
    at = _middle(row.get("geometry"))
    layer = cells.get("layer")
    if isinstance(layer, str) and layer not in FIELDS:
        return None
    if isinstance(layer, str):
        made = feature(settled(layer, cells), at)
        return _claim(made) if layer == "claim" else made
    low = {key.strip().lower(): value for key, value in cells.items()}
    lon, lat = at or (None, None)
    low |= {"lat": lat, "latitude": lat, "lon": lon, "longitude": lon}
    recipe = recipe_for(list(low))
    return None if recipe is None else feature(*recipe.read(low))


def _claim(made: dict[str, Any]) -> dict[str, Any]:
    """Return a claim with its geometry from its ends."""
    row = made["properties"]
    known = [row[end] for end in ("subject_point", "reference_point") if row.get(end)]
    if len(known) == 2:
        made["geometry"] = {"type": "LineString", "coordinates": known}
    return made


def _middle(geometry: Any) -> list[float] | None:
    """Return the point of a geometry, or the middle of its positions."""
    if geometry is None:
        return None
    if not isinstance(geometry, dict):
        raise ValueError("its geometry is no object")  # noqa: TRY004 -- a value of the file
    found = list(_positions(geometry.get("coordinates"), 0))
    if not found:
        raise ValueError(f"its geometry {geometry.get('type')!r:.40} has no coordinates")
    lon = sum(one[0] for one in found) / len(found)
    lat = sum(one[1] for one in found) / len(found)
    return [round(lon, 7), round(lat, 7)]


def _positions(value: Any, depth: int) -> Iterator[list[float]]:
    if not isinstance(value, list) or depth > _DEEPEST:
        raise ValueError(f"{value!r:.60} is not a position")
    if value and not isinstance(value[0], list):
        at = position(value[1] if len(value) > 1 else None, value[0])
        if at is None:
            raise ValueError(f"{value!r:.60} is not a position")
        yield at
        return
    for inner in value:
        yield from _positions(inner, depth + 1)


def _documents(meta: Any) -> list[dict[str, Any]]:
    listed = meta.get("documents") if isinstance(meta, Mapping) else None
    kept: dict[str, dict[str, Any]] = {}
    for row in listed if isinstance(listed, list) else []:
        key = text(row.get("id")) if isinstance(row, dict) else None
        if key is None or key in kept:
            continue
        words = {name: text(row.get(name)) for name in ("title", "source")}
        body = row.get("text")
        kept[key] = {"id": key, **words, "published": _day(row.get("published"))}
        # Not trimmed: spans count from the first character.
        kept[key]["text"] = body if isinstance(body, str) else ""
    return list(kept.values())


def _day(value: Any) -> str | None:
    try:
        return day(value)
    except ValueError:
        return None
