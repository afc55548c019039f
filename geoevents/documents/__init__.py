"""Which documents do these files, folders, tables and pages hold?"""

from __future__ import annotations

from geoevents.documents.reading import (
    Unit,
    Unread,
    read_documents,
    read_unit,
    require_some,
    total_bytes,
    units,
)
from geoevents.documents.sources import Meter
from geoevents.documents.tables import Columns
from geoevents.documents.texts import decode, headline

__all__ = [
    "Columns",
    "Meter",
    "Unit",
    "Unread",
    "decode",
    "headline",
    "read_documents",
    "read_unit",
    "require_some",
    "total_bytes",
    "units",
]
