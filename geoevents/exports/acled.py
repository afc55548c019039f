"""How does an event read as a row of ACLED's?

The 31 columns of ACLED's data export, by its codebook of 2024. Rows are ours, not ACLED's: they say
what these texts tell. ACLED's order of actors does not say who attacked, except against civilians; here
the first is who acted, so its readers lose nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from geoevents.exports.coding import Coded, coded_events, count_of, country_of, number_of, write_rows
from geoevents.exports.rows import Row
from geoevents.model import Actor, Analysis, Event, EventType, PlaceKind, SubType

__all__ = ["ACLED_COLUMNS", "acled_rows", "write_acled"]

ACLED_COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type",
    "sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2",
    "interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3",
    "location", "latitude", "longitude", "geo_precision", "source", "source_scale", "notes", "fatalities",
    "tags", "timestamp",
)  # fmt: skip

# The interaction terms as ACLED spells them.
_INTER = {
    "state forces": "State forces",
    "rebel group": "Rebel group",
    "political militia": "Political militia",
    "identity militia": "Identity militia",
    "rioters": "Rioters",
    "protesters": "Protesters",
    "civilians": "Civilians",
    "external/other forces": "External/Other forces",
}
_DEMONSTRATIONS = frozenset(
    {SubType.PEACEFUL_PROTEST, SubType.PROTEST_WITH_INTERVENTION, SubType.VIOLENT_DEMONSTRATION}
)


def acled_rows(analyses: Iterable[Analysis] | Analysis) -> Iterator[Row]:
    """Yield one row per event that ACLED would take: factual, dated, on the map, of its six types."""
    for coded in coded_events(analyses):
        if coded.event.type is not EventType.POLITICAL and coded.event.date is not None:
            yield _row(coded)


def write_acled(analyses: Iterable[Analysis] | Analysis, path: Path | str) -> Path:
    """Write ACLED's 31 columns as CSV: one row per factual, dated event with a place, of its six types.

    Returns the path. Raises `OptionError` where it cannot be written.
    """
    return write_rows(acled_rows(analyses), ACLED_COLUMNS, path)


def _row(coded: Coded) -> Row:
    event, text = coded.event, coded.document.text
    first, second = event.actors, event.targets
    if event.type is EventType.PROTESTS and second and second[0].kind == "protesters":
        # ACLED's first actor of a demonstration is always who demonstrates, whoever did what to whom.
        first, second = second, first
    cells: Row = dict.fromkeys(ACLED_COLUMNS)
    cells |= {
        "time_precision": event.time_precision,
        "disorder_type": _disorder(event),
        "event_type": event.type.value,
        "sub_event_type": event.sub_type.value,
        **_side("1", first),
        **_side("2", second),
        "interaction": _interaction(first, second),
        "civilian_targeting": "Civilian targeting" if _targets_civilians(event) else None,
        "source": coded.document.source or coded.document.id,
        "notes": " ".join(event.span.of(text).split()),
        "fatalities": count_of(event.fatalities),
    }
    return cells | _when_and_where(coded)


def _when_and_where(coded: Coded) -> Row:
    place, country, day = coded.place, country_of(coded.place.country), coded.event.date
    return {
        "event_id_cnty": f"{country.iso3 if country else 'XXX'}{number_of(coded)}",
        "event_date": None if day is None else day.start.isoformat(),
        "year": None if day is None else day.start.year,
        "iso": country.iso_numeric if country else None,
        "region": country.acled_region if country else None,
        "country": country.name if country else None,
        "admin1": place.name if place.kind is PlaceKind.ADMIN1 else place.admin1,
        "admin2": place.name if place.kind is PlaceKind.ADMIN2 else None,
        "location": place.name,
        "latitude": round(place.point.lat, 4),
        "longitude": round(place.point.lon, 4),
        "geo_precision": coded.event.geo_precision,
    }


def _side(number: str, actors: tuple[Actor, ...]) -> Row:
    main, others = (actors[0], actors[1:]) if actors else (None, ())
    return {
        f"actor{number}": None if main is None else main.name,
        f"assoc_actor_{number}": "; ".join(actor.name for actor in others) or None,
        f"inter{number}": None if main is None else _inter(main),
    }


def _inter(actor: Actor) -> str | None:
    return None if actor.kind is None else _INTER.get(actor.kind)


def _interaction(first: tuple[Actor, ...], second: tuple[Actor, ...]) -> str | None:
    """Return both terms, or the one with "only", as ACLED writes an event of one side."""
    terms = [term for side in (first, second) if side and (term := _inter(side[0]))]
    if len(terms) == 2:
        return "-".join(terms)
    return f"{terms[0]} only" if terms else None


def _disorder(event: Event) -> str:
    if event.type is EventType.STRATEGIC:
        return "Strategic developments"
    if event.sub_type is SubType.EXCESSIVE_FORCE:
        return "Political violence; Demonstrations"
    return "Demonstrations" if event.sub_type in _DEMONSTRATIONS else "Political violence"


def _targets_civilians(event: Event) -> bool:
    return bool(event.targets) and event.targets[0].kind == "civilians"
