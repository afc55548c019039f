"""Which events does a file hold that was not read from news?

GeoJSON in our own schema or of points with the usual columns, tables (our own CSV or JSON Lines, a
download from ACLED or UCDP GED, or any table with latitude and longitude), and TimeMap's JSON. All
become the one feature collection that maps are made from. A bad row is named with file, line and
value and left out; the good ones beside it are kept.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from geoevents.documents import decode
from geoevents.errors import DocumentError, GeoeventsError, MissingFileError
from geoevents.eventfiles.geojson import read_json
from geoevents.eventfiles.tables import read_lines, read_table
from geoevents.version import __version__

__all__ = ["EVENT_SUFFIXES", "holds_events", "read_collection"]

_READERS: dict[str, Callable[..., Any]] = {
    ".geojson": read_json,
    ".json": read_json,
    ".jsonl": read_lines,
    ".ndjson": read_lines,
    ".csv": read_table,
    ".tsv": read_table,
}
EVENT_SUFFIXES = frozenset(_READERS)
# The whole of UCDP GED is a quarter of this.
_MAX_BYTES = 1_000_000_000


def holds_events(path: Path | str) -> bool:
    """Say whether a path names a table or collection rather than a text, going by its suffix.

    >>> holds_events("acled.csv"), holds_events("report.txt")
    (True, False)
    """
    return Path(path).suffix.lower() in EVENT_SUFFIXES


def read_collection(
    path: Path | str, *, on_error: Callable[[GeoeventsError], None] | None = None
) -> dict[str, Any]:
    """Return the events, places and claims of a file as one feature collection.

    Each row that cannot be used goes to `on_error`; without it the first raises. Raises
    `DocumentError` or `MissingFileError` where nothing of the file can be used.
    """
    source = Path(path)
    reader = _READERS.get(source.suffix.lower())
    if reader is None:
        known = ", ".join(sorted(EVENT_SUFFIXES))
        raise DocumentError(f"is no file of events: its name ends in none of {known}", path=source)
    features, documents = reader(_text(source), path=source, note=_noter(on_error))
    meta = {"version": __version__, "documents": documents}
    return {"type": "FeatureCollection", "features": features, "geoevents": meta}


def _noter(on_error: Callable[[GeoeventsError], None] | None) -> Callable[[GeoeventsError], None]:
    def raise_it(error: GeoeventsError) -> None:
        raise error

    return on_error or raise_it


def _text(path: Path) -> str:
    if not path.exists():
        raise MissingFileError("there is no such file or folder", path=path)
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise DocumentError(f"cannot be read ({(error.strerror or str(error)).lower()})", path=path) from None
    if len(data) > _MAX_BYTES:
        raise DocumentError(f"is longer than {_MAX_BYTES:,} bytes", path=path)
    return decode(data, path=path)
