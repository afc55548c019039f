"""What of a feature collection goes into the page, and in which block?

Three blocks: the head and the columns that open the page, the texts that open a popup, and the
names of the region. What the page can work out by itself (the words of a span, rings, lines) stays
at home, and so does what it never shows.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from geoevents.maps.blocks import packed
from geoevents.maps.columns import Columns, pack_columns
from geoevents.maps.tolls import differing, tolls

__all__ = ["data_blocks"]

LAYERS = ("place", "event", "claim")
_CODES = ("ucdp_violence", "ucdp_where_precision", "plover_event", "plover_mode", "cameo_root")
_DEATHS = ("deaths_a", "deaths_b", "deaths_civilians")
# What no part of the page shows. `place_id` stays: names of one place share a pin.
_UNSEEN = {
    "place": frozenset({"layer", "document", "source"}),
    "event": frozenset({"layer", "document", "id", "trigger", "counts", *_CODES, *_DEATHS}),
    "claim": frozenset({"layer", "document", "margin_km"}),
}
_DOCUMENT = ("id", "title", "source", "published", "text")
# The card of a place names three others that were possible.
_CANDIDATES = slice(1, 4)

_Rows = list[Mapping[str, Any]]


def data_blocks(collection: Mapping[str, Any], *, title: str, view: Sequence[float] | None) -> dict[str, str]:
    """Return the block `ge-data` of a collection, and `ge-texts-0` and on, one for each group of rows."""
    more = collection.get("geoevents") or {}
    documents: _Rows = list(more.get("documents") or ())
    number = {row["id"]: index for index, row in enumerate(documents)}
    head: dict[str, Any] = {"title": title, "view": view, "version": more.get("version"), "layers": {}}
    head |= {key: more[key] for key in ("aggregate",) if key in more}
    body, texts = bytearray(), []
    parts = {"document": _document_columns(documents)}
    for layer in LAYERS:
        rows = [f for f in collection["features"] if f["properties"].get("layer") == layer]
        parts[layer] = _feature_columns(layer, rows, documents, number)
    for name, columns in parts.items():
        head["layers"][name] = {
            "count": columns.count,
            "columns": columns.heads,
            "groups": len(columns.groups),
        }
        body += columns.body
        texts += columns.groups
    opening = json.dumps(head, separators=(",", ":"), allow_nan=False).encode("ascii")
    data = len(opening).to_bytes(4, "little") + opening + body
    return {"ge-data": packed(data)} | {f"ge-texts-{i}": packed(group) for i, group in enumerate(texts)}


def _document_columns(documents: _Rows) -> Columns:
    titles = Counter(row.get("title") for row in documents)
    named = [(name, [row.get(name) for row in documents]) for name in _DOCUMENT]
    # Copies of one text bear one title: their ids tell them apart.
    shared = [bool(row.get("title")) and titles[row.get("title")] > 1 for row in documents]
    return pack_columns([*named, ("is_namesake", shared)], count=len(documents))


def _feature_columns(layer: str, rows: _Rows, documents: _Rows, number: Mapping[str, int]) -> Columns:
    cells: list[Mapping[str, Any]] = [row["properties"] for row in rows]
    points = [_point(row.get("geometry")) for row in rows]
    named: list[tuple[str, Sequence[Any]]] = [
        ("lon", [None if point is None else round(point[0], 5) for point in points]),
        ("lat", [None if point is None else round(point[1], 5) for point in points]),
        ("document", [number.get(row.get("document", "")) for row in cells]),
    ]
    for name in _names(cells):
        if name in _UNSEEN[layer] or (name == "text" and _are_quotes(cells, documents, number)):
            continue
        values = [row.get(name) for row in cells]
        named.append((name, [_slim(value) for value in values] if name == "candidates" else values))
    if layer == "event":
        named.append(("tolls", [_tolls(row) for row in cells]))
        named.append(("differ", [(differing(row) or None) if row.get("counts") else None for row in cells]))
    return pack_columns(named, count=len(rows))


def _names(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the keys of the rows, in order of their first appearance."""
    seen: dict[str, None] = {}
    last: tuple[str, ...] = ()
    for row in rows:
        keys = tuple(row)
        if keys != last:
            seen |= dict.fromkeys(keys)
            last = keys
    yield from seen


def _are_quotes(cells: Sequence[Mapping[str, Any]], documents: _Rows, number: Mapping[str, int]) -> bool:
    """Say whether the text of each row is what its span covers, so that it need not travel twice."""
    for row in cells:
        index = number.get(row.get("document", ""))
        start, end = row.get("start"), row.get("end")
        if index is None or not isinstance(start, int) or not isinstance(end, int):
            return False
        if (documents[index].get("text") or "")[start:end] != row.get("text"):
            return False
    return True


def _slim(candidates: Sequence[Mapping[str, Any]] | None) -> list[dict[str, Any]]:
    return [{key: row.get(key) for key in ("name", "country")} for row in (candidates or ())[_CANDIDATES]]


def _tolls(row: Mapping[str, Any]) -> list[list[str]] | None:
    """Return the figures of an event that say more than its first ones: harm and words of each."""
    return [[toll.harm, toll.words] for toll in tolls(row)] if row.get("counts") else None


def _point(geometry: Mapping[str, Any] | None) -> Sequence[float] | None:
    if geometry is None:
        return None
    at = geometry["coordinates"]
    point: Sequence[float] = at if geometry["type"] == "Point" else at[0]
    return point
