"""How do analyses leave as rows, frames and one feature collection?"""

from __future__ import annotations

from geoevents.exports.frames import events_frame, places_frame, verdicts_frame
from geoevents.exports.geojson import feature_collection
from geoevents.exports.rows import (
    EVENT_COLUMNS,
    PLACE_COLUMNS,
    VERDICT_COLUMNS,
    csv_lines,
    event_rows,
    json_lines,
    place_rows,
    verdict_row,
    verdict_rows,
)

__all__ = [
    "EVENT_COLUMNS",
    "PLACE_COLUMNS",
    "VERDICT_COLUMNS",
    "csv_lines",
    "event_rows",
    "events_frame",
    "feature_collection",
    "json_lines",
    "place_rows",
    "places_frame",
    "verdict_row",
    "verdict_rows",
    "verdicts_frame",
]
