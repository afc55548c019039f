"""Which events do the rows of a table tell of?"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from geoevents.errors import DocumentError, GeoeventsError
from geoevents.eventfiles.recipes import Recipe, recipe_for
from geoevents.eventfiles.schema import feature

__all__ = ["read_lines", "read_table"]

_DELIMITERS = ",;\t|"
_Note = Callable[[GeoeventsError], None]
_Read = tuple[list[dict[str, Any]], list[dict[str, Any]]]


def read_table(content: str, *, path: Path, note: _Note) -> _Read:
    """Return the features of a CSV table, and no documents. Bad rows go to `note`."""
    rows = _rows(content, path=path, note=note)
    first = next(rows, None)
    if first is None:
        raise DocumentError("is an empty table", path=path)
    header = [name.strip().lower().lstrip("\ufeff") for name in first[1]]
    recipe = recipe_for(header)
    if recipe is None:
        raise DocumentError(
            "is a table without columns for latitude and longitude; its columns are "
            + ", ".join(repr(name) for name in header[:12]),
            path=path,
            line=1,
        )
    features = []
    for line, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header):
            surplus = cells[len(header)]
            note(DocumentError(f"more cells than columns: {surplus!r:.60}", path=path, line=line))
            continue
        made = _made(dict(zip(header, cells, strict=False)), recipe, path=path, line=line, note=note)
        features += [made] if made is not None else []
    return features, []


def read_lines(content: str, *, path: Path, note: _Note) -> _Read:
    """Return the features of JSON Lines, one row an object, and no documents. Bad rows go to `note`."""
    features = []
    for line, written in enumerate(content.splitlines(), start=1):
        if not written.strip():
            continue
        try:
            row = json.loads(written)
        except (ValueError, RecursionError) as error:
            note(DocumentError(f"is not JSON: {_why(error)}", path=path, line=line))
            continue
        recipe = recipe_for(list(row)) if isinstance(row, dict) else None
        if recipe is None:
            note(DocumentError("has no latitude and longitude", path=path, line=line))
            continue
        low = {str(key).strip().lower(): value for key, value in row.items()}
        made = _made(low, recipe, path=path, line=line, note=note)
        features += [made] if made is not None else []
    return features, []


def _rows(content: str, *, path: Path, note: _Note) -> Iterator[tuple[int, list[str]]]:
    """Yield the line that each row starts on, and its cells."""
    head = content[: content.find("\n")] if "\n" in content else content
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            note(DocumentError(f"cannot be read as CSV ({error})", path=path, line=line))
            continue
        yield line, cells


def _made(
    row: dict[str, Any], recipe: Recipe, *, path: Path, line: int, note: _Note
) -> dict[str, Any] | None:
    try:
        return feature(*recipe.read(row))
    except ValueError as error:
        note(DocumentError(str(error), path=path, line=line))
        return None


def _why(error: Exception) -> str:
    return "nested too deeply" if isinstance(error, RecursionError) else str(error).lower()[:80]
