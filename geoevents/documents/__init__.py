"""Which documents do these files, folders, tables and pages hold?"""

from __future__ import annotations

from geoevents.documents.reading import Unit, read_documents, read_unit, units
from geoevents.documents.tables import Columns
from geoevents.documents.texts import decode, headline

__all__ = ["Columns", "Unit", "decode", "headline", "read_documents", "read_unit", "units"]
