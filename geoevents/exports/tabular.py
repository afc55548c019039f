"""How does one layer read as a plain table?"""

from __future__ import annotations

from pathlib import Path

from geoevents.exports.coding import write_rows
from geoevents.exports.layers import (
    Findings,
    Layer,
    collection_of,
    features_of,
    flat_columns,
    flat_row,
)

__all__ = ["write_csv"]


def write_csv(findings: Findings, path: Path | str, *, layer: Layer = Layer.EVENTS) -> Path:
    """Write the flat rows of one layer as CSV in UTF-8; what a spreadsheet would run is defused.

    Returns the path. Raises `OptionError` for what is no collection, and where it cannot be written.
    """
    features = features_of(collection_of(findings), layer)
    return write_rows((flat_row(feature, layer) for feature in features), flat_columns(layer), path)
