"""How do analyses leave as rows, frames, one feature collection and files of other tools?"""

from __future__ import annotations

from geoevents.exports.acled import ACLED_COLUMNS, acled_rows, write_acled
from geoevents.exports.formats import ExportFormat, write_export
from geoevents.exports.frames import events_frame, places_frame, verdicts_frame
from geoevents.exports.geojson import feature_collection
from geoevents.exports.hxl import HXL_TAGS, write_hxl
from geoevents.exports.kml import write_kml
from geoevents.exports.layers import Layer
from geoevents.exports.plover import plover_records, write_plover
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
from geoevents.exports.spatial import (
    geo_frame,
    write_geojson,
    write_geopackage,
    write_geoparquet,
    write_parquet,
)
from geoevents.exports.tabular import write_csv
from geoevents.exports.ucdp import UCDP_COLUMNS, ucdp_rows, write_ucdp

__all__ = [
    "ACLED_COLUMNS",
    "EVENT_COLUMNS",
    "HXL_TAGS",
    "PLACE_COLUMNS",
    "UCDP_COLUMNS",
    "VERDICT_COLUMNS",
    "ExportFormat",
    "Layer",
    "acled_rows",
    "csv_lines",
    "event_rows",
    "events_frame",
    "feature_collection",
    "geo_frame",
    "json_lines",
    "place_rows",
    "places_frame",
    "plover_records",
    "ucdp_rows",
    "verdict_row",
    "verdict_rows",
    "verdicts_frame",
    "write_acled",
    "write_csv",
    "write_export",
    "write_geojson",
    "write_geopackage",
    "write_geoparquet",
    "write_hxl",
    "write_kml",
    "write_parquet",
    "write_plover",
    "write_ucdp",
]
