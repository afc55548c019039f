"""Which events does the JSON of a TimeMap hold?

Forensic Architecture's and Bellingcat's TimeMap takes a list of events, or an object with `events`,
`sources` and `associations`; all figures are text, and a category is an association or a field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from geoevents.errors import DocumentError, GeoeventsError
from geoevents.eventfiles.cells import day, names, text
from geoevents.eventfiles.schema import feature, position, settled
from geoevents.model import EventType, SubType

__all__ = ["is_timemap", "read_timemap"]

_Note = Callable[[GeoeventsError], None]
_MONTH_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_TYPES = {event_type.value.lower(): event_type.value for event_type in EventType}
_MARKS = frozenset({"latitude", "date", "description"})
_SUB_TYPES = {sub_type.value.lower(): sub_type for sub_type in SubType}


def is_timemap(data: Any) -> bool:
    """Say whether parsed JSON is what a TimeMap reads."""
    listed = data.get("events") if isinstance(data, dict) else data
    if not isinstance(listed, list):
        return False
    return not listed or (isinstance(listed[0], dict) and not _MARKS.isdisjoint(listed[0]))


def read_timemap(data: Any, *, path: Path, note: _Note) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the features of a TimeMap, and no documents. Bad events go to `note`."""
    listed = data["events"] if isinstance(data, dict) else data
    sources = data.get("sources") if isinstance(data, dict) else None
    titles = _titles(sources if isinstance(sources, dict) else {})
    features = []
    for number, row in enumerate(listed, start=1):
        try:
            features.append(_made(row, titles))
        except ValueError as error:
            note(DocumentError(f"event {number}: {error}", path=path))
    return features, []


def _made(row: Any, titles: Mapping[str, str]) -> dict[str, Any]:
    if not isinstance(row, dict):
        raise ValueError("is no object")  # noqa: TRY004 -- a value of the file, not a type of ours
    at = position(_point(row.get("latitude")), _point(row.get("longitude")))
    return feature(_cells(row, titles), at)


def _cells(row: Mapping[str, Any], titles: Mapping[str, str]) -> dict[str, Any]:
    kinds = [*names(row.get("category")), *names(row.get("type")), *names(row.get("associations"))]
    sub_type = next((_SUB_TYPES[kind.lower()] for kind in kinds if kind.lower() in _SUB_TYPES), None)
    known = next((_TYPES[kind.lower()] for kind in kinds if kind.lower() in _TYPES), None)
    cited = [titles.get(key, key) for key in names(row.get("sources"))]
    when = _day(row.get("date"))
    return settled(
        "event",
        {
            "id": row.get("id"),
            "type": known or (sub_type and sub_type.event_type.value) or (kinds[0] if kinds else None),
            "sub_type": sub_type and sub_type.value,
            "date": when,
            "date_end": when,
            "name": row.get("location"),
            "source": "; ".join(dict.fromkeys(cited)) or None,
            "text": row.get("description"),
        },
    )


def _day(value: Any) -> str | None:
    written = text(value)
    found = _MONTH_FIRST.fullmatch(written or "")
    try:
        return day(f"{found[3]}-{found[1]}-{found[2]}" if found else value)
    except ValueError as error:
        raise ValueError(f"date {error}") from None


def _point(value: Any) -> Any:
    """Return degrees with a point where the writer had a comma, as TimeMap itself does."""
    return value.replace(",", ".") if isinstance(value, str) else value


def _titles(sources: Mapping[str, Any]) -> dict[str, str]:
    named = {
        key: text(row.get("title") or row.get("url")) for key, row in sources.items() if isinstance(row, dict)
    }
    return {key: title for key, title in named.items() if title}
