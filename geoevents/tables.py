"""Where do the curated tables lie, and how is one read without losing the good rows?

The tables of the top-level `data/` folder travel inside the wheel as `geoevents/data/`; an editable
install has no such folder, so the loader looks in the package first and then in the checkout.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from geoevents.errors import GeoeventsError, MissingFileError

__all__ = ["read_header", "read_rows", "table_path"]

_PACKAGE = Path(__file__).resolve().parent


def table_path(name: str) -> Path:
    """Return the path of a file of `data/`. Raises `MissingFileError` when it is in neither place."""
    for folder in (_PACKAGE / "data", _PACKAGE.parent / "data"):
        if (folder / name).is_file():
            return folder / name
    raise MissingFileError(
        f"the table {name!r} is not installed with geoevents", path=_PACKAGE / "data" / name
    )


def read_header(path: Path) -> tuple[str, ...]:
    """Return the columns of a CSV file, none for an empty one. Raises `GeoeventsError` for no UTF-8."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return tuple(next(csv.reader(file), ()))
    except UnicodeDecodeError as error:
        raise GeoeventsError(f"not UTF-8 at byte {error.start}", path=path) from None


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the line number and the cells, trimmed, of each row of a UTF-8 CSV file with a header.

    The line is where the row starts. Raises `GeoeventsError` with path and line for text that is
    not UTF-8 and for a row with more cells than the header.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            line = 2
            for row in reader:
                if None in row:
                    raise GeoeventsError(
                        f"more cells than the header has columns: {row[None]!r}", path=path, line=line
                    )
                yield line, {key: (value or "").strip() for key, value in row.items()}
                line = reader.line_num + 1
    except UnicodeDecodeError as error:
        raise GeoeventsError(f"not UTF-8 at byte {error.start}", path=path) from None
