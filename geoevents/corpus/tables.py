"""Which tables does a corpus become, and which rows does a document add to them?

Five tables with fixed columns and types: documents, places, events, verdicts and errors. The rows of
findings are those of the exports, flat (`geoevents.exports.layers`); events carry their id besides, and
verdicts the ids of their two places.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from geoevents.corpus.sketches import sketch
from geoevents.exports import event_rows, place_rows, verdict_rows
from geoevents.exports.layers import Layer, flat_cells, flat_columns, type_of
from geoevents.model import Analysis, ClaimEnd, Verdict

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["TABLES", "Rows", "arrow_tables", "error_row", "no_rows", "rows_of", "schema"]

TABLES = ("documents", "places", "events", "verdicts", "errors")
Rows = dict[str, list[dict[str, object]]]

_LAYERS = {"places": Layer.PLACES, "events": Layer.EVENTS, "verdicts": Layer.CLAIMS}
_OWN: Mapping[str, Mapping[str, str]] = {
    "documents": {
        "document": "string", "title": "string", "source": "string", "published": "day",
        "characters": "whole", "places": "whole", "events": "whole", "verdicts": "whole", "sketch": "sketch",
    },
    "errors": {"document": "string", "line": "whole", "stage": "string", "reason": "string"},
}  # fmt: skip
_IDS = {"events": ("event",), "verdicts": ("subject_id", "reference_id")}


def no_rows() -> Rows:
    """Return the five tables without a row."""
    return {name: [] for name in TABLES}


def rows_of(analysis: Analysis) -> Rows:
    """Return the rows that a document adds to each table."""
    document = analysis.document
    events = zip(analysis.events, event_rows(analysis), strict=True)
    verdicts = zip(analysis.verdicts, verdict_rows(analysis), strict=True)
    rows = no_rows() | {
        "places": [flat_cells(row, Layer.PLACES) for row in place_rows(analysis)],
        "events": [flat_cells(row, Layer.EVENTS) | {"event": event.id} for event, row in events],
        "verdicts": [_ends(verdict) | flat_cells(row, Layer.CLAIMS) for verdict, row in verdicts],
    }
    rows["documents"] = [
        {
            "document": document.id,
            "title": document.title,
            "source": document.source,
            "published": analysis.timeline.published,
            "characters": len(document.text),
            "places": len(rows["places"]),
            "events": len(rows["events"]),
            "verdicts": len(rows["verdicts"]),
            "sketch": sketch(document.text),
        }
    ]
    return rows


def _ends(verdict: Verdict) -> dict[str, object]:
    return {"subject_id": _id(verdict.claim.subject), "reference_id": _id(verdict.claim.reference)}


def _id(end: ClaimEnd) -> str | None:
    place = None if end.resolution is None else end.resolution.place
    return None if place is None else place.id


def error_row(document: str, reason: str, *, stage: str, line: int | None = None) -> dict[str, object]:
    """Return a row of the table of errors; `stage` is "read" or "analyze"."""
    return {"document": document, "line": line, "stage": stage, "reason": reason}


def arrow_tables(rows: Mapping[str, Iterable[Mapping[str, object]]]) -> dict[str, pa.Table]:
    """Return the tables with the types of `schema`, also where they have no row."""
    import pyarrow as pa  # late: an extra

    return {name: pa.Table.from_pylist(_storable(rows[name]), schema=schema(name)) for name in TABLES}


def schema(table: str) -> pa.Schema:
    """Return the columns of a table with their Arrow types."""
    import pyarrow as pa  # late: an extra

    kinds: dict[str, Any] = {
        "string": pa.string(),
        "whole": pa.int64(),
        "real": pa.float64(),
        "day": pa.date32(),
        "sketch": pa.list_(pa.uint32()),
    }
    if table in _OWN:
        return pa.schema([(name, kinds[kind]) for name, kind in _OWN[table].items()])
    layer = _LAYERS[table]
    columns = [(name, kinds[type_of(name)]) for name in flat_columns(layer)]
    return pa.schema([*((name, pa.string()) for name in _IDS.get(table, ())), *columns])


def _storable(rows: Iterable[Mapping[str, object]]) -> list[dict[str, object]]:
    return [{name: _value(name, value) for name, value in row.items()} for row in rows]


def _value(name: str, value: object) -> object:
    """Return a cell as Arrow takes it: ISO days as days, text without lone surrogates."""
    if isinstance(value, str):
        if type_of(name) == "day":
            return date.fromisoformat(value)
        return value.encode("utf-8", "replace").decode("utf-8")
    return value
