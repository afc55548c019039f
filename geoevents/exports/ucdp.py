"""How does an event read as a row of UCDP's Georeferenced Event Dataset?

The 49 columns of GED 24.1 by its codebook. UCDP's own numbers of conflicts, dyads and actors stay empty:
nobody but UCDP gives them. UCDP takes only events with at least one death; so does this table.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from pathlib import Path

from geoevents.exports.coding import Coded, coded_events, count_of, country_of, number_of, write_rows
from geoevents.exports.rows import Row
from geoevents.geodesy import LatLon
from geoevents.lexicon.codes import ucdp_date_precision, ucdp_violence, ucdp_where_precision
from geoevents.model import Actor, Analysis, Interval, PlaceKind

__all__ = ["UCDP_COLUMNS", "ucdp_rows", "write_ucdp"]

UCDP_COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id",
    "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id",
    "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources",
    "source_article", "source_office", "source_date", "source_headline", "source_original", "where_prec",
    "where_coordinates", "where_description", "adm_1", "adm_2", "latitude", "longitude", "geom_wkt",
    "priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec", "date_start",
    "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low",
    "gwnoa", "gwnob",
)  # fmt: skip


def ucdp_rows(analyses: Iterable[Analysis] | Analysis) -> Iterator[Row]:
    """Yield one row per event that UCDP would take: organized violence, dated, on the map, with a death."""
    for coded in coded_events(analyses):
        event = coded.event
        if event.date is not None and count_of(event.fatalities) and ucdp_violence(event) is not None:
            yield _row(coded)


def write_ucdp(analyses: Iterable[Analysis] | Analysis, path: Path | str) -> Path:
    """Write the 49 columns of UCDP's GED as CSV: one row per factual, dated event with a place and a death.

    Returns the path. Raises `OptionError` where it cannot be written.
    """
    return write_rows(ucdp_rows(analyses), UCDP_COLUMNS, path)


def priogrid(point: LatLon) -> int:
    """Return the number of the PRIO-GRID cell: half degrees, counted from the south-west corner, row by row.

    A. F. Tollefsen, H. Strand and H. Buhaug, "PRIO-GRID: A unified spatial data structure", Journal of
    Peace Research 49 (2012).

    >>> priogrid(LatLon(lat=-89.9, lon=-179.9))
    1
    """
    row, column = min(359, int((point.lat + 90) * 2)), min(719, int((point.lon + 180) * 2))
    return row * 720 + column + 1


def _row(coded: Coded) -> Row:
    cells: Row = dict.fromkeys(UCDP_COLUMNS)
    return cells | _who(coded) | _source(coded) | _where(coded) | _when(coded) | _deaths(coded)


def _who(coded: Coded) -> Row:
    event = coded.event
    side_a, side_b = _name(event.actors), _name(event.targets)
    number = number_of(coded)
    return {
        "id": number,
        "relid": f"{coded.event.date.start.year if coded.event.date else 0}-{number}",
        "code_status": "Automatic",
        "type_of_violence": ucdp_violence(event),
        "side_a": side_a,
        "side_b": side_b,
        "dyad_name": f"{side_a} - {side_b}" if side_a and side_b else None,
        "gwnoa": _state_number(event.actors),
        "gwnob": _state_number(event.targets),
    }


def _name(actors: tuple[Actor, ...]) -> str | None:
    return "; ".join(actor.name for actor in actors) or None


def _state_number(actors: tuple[Actor, ...]) -> int | None:
    state = next((actor.country for actor in actors if actor.kind == "state forces"), None)
    country = None if state is None else country_of(state)
    return None if country is None else country.gleditsch_ward


def _source(coded: Coded) -> Row:
    document = coded.document
    day = document.published
    return {
        "number_of_sources": 1,
        "source_article": document.id,
        "source_office": document.source,
        "source_date": None if day is None else day.isoformat(),
        "source_headline": document.title,
        "source_original": next((quote.speaker for quote in coded.event.attribution), None),
    }


def _where(coded: Coded) -> Row:
    place, country = coded.place, country_of(coded.place.country)
    return {
        "where_prec": ucdp_where_precision(coded.event),
        "where_coordinates": place.name,
        "where_description": None if coded.event.location is None else coded.event.location.toponym.text,
        "adm_1": place.name if place.kind is PlaceKind.ADMIN1 else place.admin1,
        "adm_2": place.name if place.kind is PlaceKind.ADMIN2 else None,
        "latitude": round(place.point.lat, 6),
        "longitude": round(place.point.lon, 6),
        "geom_wkt": f"POINT ({round(place.point.lon, 6)} {round(place.point.lat, 6)})",
        "priogrid_gid": priogrid(place.point),
        "country": country.name if country else None,
        "country_id": country.gleditsch_ward if country else None,
        "region": country.ucdp_region if country else None,
    }


def _when(coded: Coded) -> Row:
    day = coded.event.date
    if day is None:
        return {}
    precision = ucdp_date_precision(day)
    return {
        "year": day.start.year,
        # UCDP's clarity: 1 where a report tells of one event apart from others, 2 of several as one.
        "event_clarity": 1 if precision == 1 else 2,
        "date_prec": precision,
        "date_start": day.start.isoformat(),
        "date_end": day.end.isoformat(),
    }


def _deaths(coded: Coded) -> Row:
    """Return the counts: "at least twelve" has no upper end, so its high is its low."""
    event = coded.event
    total = event.fatalities or Interval(0)
    low = count_of(total)
    sides = [count_of(side) for side in (event.deaths_a, event.deaths_b, event.deaths_civilians)]
    if not any(sides) and event.targets and all(actor.kind == "civilians" for actor in event.targets):
        sides = [0, 0, low]
    best = max(low, sum(sides))
    return {
        "deaths_a": sides[0],
        "deaths_b": sides[1],
        "deaths_civilians": sides[2],
        "deaths_unknown": best - sum(sides),
        "best": best,
        "high": best if math.isinf(total.high) else max(best, int(total.high)),
        "low": low,
    }
