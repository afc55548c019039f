"""How do events read as a table with HXL hashtags, as humanitarian exchange wants them?

The Humanitarian Exchange Language standard 1.1: under the header stands a row of hashtags with
attributes, by which any HXL tool knows the columns. Tags are from the core schema of HXL 1.1.
"""

from __future__ import annotations

from pathlib import Path

from geoevents.exports.coding import write_rows
from geoevents.exports.layers import Findings, Layer, collection_of, features_of, flat_row

__all__ = ["HXL_TAGS", "write_hxl"]

HXL_TAGS = {
    "document": "#meta+source+id",
    "text": "#description",
    "type": "#event+type",
    "sub_type": "#event+type+sub",
    "status": "#status",
    "date": "#date+start",
    "date_end": "#date+end",
    "country": "#country+code+v_iso2",
    "admin1": "#adm1+name",
    "name": "#loc+name",
    "place_id": "#loc+code",
    "lat": "#geo+lat",
    "lon": "#geo+lon",
    "radius_km": "#geo+precision+km",
    "actors": "#org+actor+name",
    "targets": "#org+target+name",
    "fatalities_low": "#affected+killed+min",
    "fatalities_high": "#affected+killed+max",
    "injured_low": "#affected+injured+min",
    "injured_high": "#affected+injured+max",
}


def write_hxl(findings: Findings, path: Path | str) -> Path:
    """Write the events as CSV with a row of HXL hashtags under the header.

    Returns the path. Raises `OptionError` for what is no collection, and where it cannot be written.
    """
    events = features_of(collection_of(findings), Layer.EVENTS)
    rows = [{name: flat_row(event, Layer.EVENTS)[name] for name in HXL_TAGS} for event in events]
    return write_rows([dict(HXL_TAGS), *rows], tuple(HXL_TAGS), path)
