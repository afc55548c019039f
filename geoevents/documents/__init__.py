"""Which documents do these files, folders, tables and pages hold?"""

from __future__ import annotations

from geoevents.documents.reading import read_documents
from geoevents.documents.tables import Columns
from geoevents.documents.texts import decode, headline

__all__ = ["Columns", "decode", "headline", "read_documents"]
