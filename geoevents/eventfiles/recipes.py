"""By which columns does a table of events tell what, where and when?

Tables are known by their header: our own, ACLED's download, UCDP's georeferenced event dataset, or
any with a column for latitude and one for longitude. A recipe turns a row into the cells of our
schema and its point. ACLED's codes are ours; UCDP's are translated after its codebook (Högbladh,
"UCDP GED Codebook", 2024): precision 1 is the place, 2 and 3 a small area, 4 to 7 a region; dates
are exact at 1, within a week at 2 and 3, wider at 4 and 5.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geoevents.eventfiles.cells import code, number, text
from geoevents.eventfiles.schema import FIELDS, position, settled
from geoevents.model import EventType, SubType

__all__ = ["Recipe", "recipe_for"]

_Row = Mapping[str, Any]
_Made = tuple[dict[str, Any], list[float] | None]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the rows of one kind of table are read; `name` is what the table is called in messages."""

    name: str
    read: Callable[[_Row], _Made]


_LATITUDES = ("lat", "latitude", "y", "lat_dd", "geo_lat")
_LONGITUDES = ("lon", "lng", "long", "longitude", "x", "lon_dd", "geo_long", "geo_lon")
# What tables of everybody's own call our cells, first come first served.
_ALIASES: dict[str, tuple[str, ...]] = {
    "type": ("type", "event_type", "category", "kind"),
    "sub_type": ("sub_type", "sub_event_type", "subtype"),
    "date": ("date", "event_date", "date_start", "start_date", "day"),
    "date_end": ("date_end", "end_date"),
    "name": ("name", "location", "place", "town", "city", "admin2"),
    "country": ("country",),
    "admin1": ("admin1", "adm_1", "province", "state", "region"),
    "actors": ("actors", "actor", "actor1", "side_a"),
    "targets": ("targets", "target", "actor2", "side_b"),
    "fatalities": ("fatalities", "deaths", "killed", "best"),
    "injured": ("injured", "wounded"),
    "source": ("source", "sources", "url"),
    "text": ("text", "notes", "description", "headline", "title", "summary"),
    "id": ("id", "event_id", "data_id"),
}
_ACLED_NEEDED = {"event_date", "event_type", "latitude", "longitude"}
_UCDP_NEEDED = {"type_of_violence", "date_start", "latitude", "longitude"}
_VIOLENCE = {
    1: (EventType.BATTLES, SubType.ARMED_CLASH),
    2: (EventType.BATTLES, SubType.ARMED_CLASH),
    3: (EventType.VIOLENCE_AGAINST_CIVILIANS, SubType.ATTACK),
}
_UCDP_WHERE = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3, 6: 3, 7: 3}
_UCDP_WHEN = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3}


def recipe_for(header: Sequence[str]) -> Recipe | None:
    """Return the recipe for a table with these columns, `None` where they say no place.

    >>> recipe_for(["event_date", "event_type", "sub_event_type", "latitude", "longitude"]).name
    'ACLED'
    """
    names = {name.strip().lower() for name in header}
    if names >= {"layer"} or names >= {"sub_type", "lat", "lon", "geo_precision"}:
        return Recipe("geoevents", _own)
    if names >= {"place_id", "kind", "score", "lat", "lon"}:
        return Recipe("geoevents, places", _own_place)
    if names >= _ACLED_NEEDED and "sub_event_type" in names:
        return Recipe("ACLED", _acled)
    if names >= _UCDP_NEEDED:
        return Recipe("UCDP GED", _ucdp)
    if names & set(_LATITUDES) and names & set(_LONGITUDES):
        return Recipe("a table with latitude and longitude", _any)
    return None


def _own(row: _Row) -> _Made:
    named = row.get("layer")
    layer = named if isinstance(named, str) and named in FIELDS else "event"
    return settled(layer, row), position(row.get("lat"), row.get("lon"))


def _own_place(row: _Row) -> _Made:
    return settled("place", row), position(row.get("lat"), row.get("lon"))


def _acled(row: _Row) -> _Made:
    cells = {
        "id": row.get("event_id_cnty") or row.get("data_id"),
        "type": _type(row.get("event_type")),
        "sub_type": row.get("sub_event_type"),
        "name": row.get("location"),
        "actors": _listed(row, "actor1", "assoc_actor_1"),
        "targets": _listed(row, "actor2", "assoc_actor_2"),
        "text": row.get("notes"),
    }
    kept = ("country", "admin1", "geo_precision", "time_precision", "fatalities", "source")
    cells |= {name: row.get(name) for name in kept}
    return _dated(cells, row, "event_date", None), position(row.get("latitude"), row.get("longitude"))


def _ucdp(row: _Row) -> _Made:
    kind = code(row.get("type_of_violence"), most=3)
    event_type, sub_type = _VIOLENCE.get(kind or 0, (None, None))
    where, when = code(row.get("where_prec"), most=7), code(row.get("date_prec"), most=5)
    low, high = number(row.get("low")), number(row.get("high"))
    best = number(row.get("best"))
    killed = best if low is None or high is None or high < low else [low, high]
    cells = {
        "id": row.get("id"),
        "type": event_type and event_type.value,
        "sub_type": sub_type and sub_type.value,
        "name": row.get("where_coordinates"),
        "country": row.get("country"),
        "admin1": row.get("adm_1"),
        "geo_precision": _UCDP_WHERE.get(where or 0),
        "time_precision": _UCDP_WHEN.get(when or 0),
        "actors": _listed(row, "side_a"),
        "targets": _listed(row, "side_b"),
        "fatalities": killed,
        "source": row.get("source_office") or row.get("source_article"),
        "text": row.get("source_headline") or row.get("where_description"),
    }
    made = _dated(cells, row, "date_start", "date_end")
    return made, position(row.get("latitude"), row.get("longitude"))


def _any(row: _Row) -> _Made:
    cells = {name: _first(row, aliases) for name, aliases in _ALIASES.items()}
    cells["type"] = _type(cells["type"])
    made = _dated(
        {k: v for k, v in cells.items() if k not in {"date", "date_end"}}, cells, "date", "date_end"
    )
    return made, position(_first(row, _LATITUDES), _first(row, _LONGITUDES))


def _dated(cells: dict[str, Any], row: _Row, start: str, end: str | None) -> dict[str, Any]:
    """Return the cells settled, with their days; a day that cannot be read is named by its own column."""
    made = settled("event", cells)
    for name, column in (("date", start), ("date_end", end or start)):
        try:
            made |= {name: settled("event", {name: row.get(column)})[name]}
        except ValueError as error:
            raise ValueError(f"{column} {str(error).removeprefix(name + ' ')}") from None
    if made["date"] is not None and made["date_end"] is None:
        made["date_end"] = made["date"]
    return made


def _first(row: _Row, names: Iterable[str]) -> Any:
    return next((row[name] for name in names if not _is_empty(row.get(name))), None)


def _is_empty(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


_TYPES = {event_type.value.lower(): event_type.value for event_type in EventType}


def _type(value: Any) -> str | None:
    """Return an event type as we spell it; another one as it is."""
    written = text(value)
    return None if written is None else _TYPES.get(written.lower(), written)


def _listed(row: _Row, *names: str) -> list[str]:
    """Return the parties of some columns; associated ones are parted by semicolons."""
    found = [part for name in names for part in (text(row.get(name)) or "").split(";")]
    return list(dict.fromkeys(part.strip() for part in found if part.strip()))
