"""How does an event read as a PLOVER record?

JSON Lines with the field names of the PLOVER manual (Open Event Data Alliance, 0.6b1 and after): event and
mode in words, actors as lists, the location with GeoNames' names of fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from geoevents.exports.coding import Coded, coded_events, count_of, country_of, number_of
from geoevents.exports.files import write_text
from geoevents.exports.rows import Row, interval_pair, json_lines
from geoevents.lexicon.codes import plover_codes
from geoevents.model import Actor, Analysis, Place
from geoevents.version import __version__

__all__ = ["plover_records", "write_plover"]

# ACLED's interaction terms as PLOVER's primary sectors.
_SECTORS = {
    "state forces": "MIL",
    "rebel group": "REB",
    "political militia": "PRM",
    "identity militia": "PRM",
    "rioters": "OPP",
    "protesters": "OPP",
    "civilians": "CVL",
    "external/other forces": "MIL",
}


def plover_records(analyses: Iterable[Analysis] | Analysis) -> Iterator[Row]:
    """Yield one record per dated factual event on the map that PLOVER has a category for."""
    for coded in coded_events(analyses):
        if coded.event.date is not None and plover_codes(coded.event)[0] is not None:
            yield _record(coded)


def write_plover(analyses: Iterable[Analysis] | Analysis, path: Path | str) -> Path:
    """Write PLOVER records as JSON Lines, one for each factual, dated event with a place that PLOVER has.

    Returns the path. Raises `OptionError` where it cannot be written.
    """
    text = "".join(line + "\n" for line in json_lines(plover_records(analyses)))
    return write_text(path, text)


def _record(coded: Coded) -> Row:
    document, event = coded.document, coded.event
    category, mode = plover_codes(event)
    assert event.date is not None
    record: Row = {
        "id": f"{document.id}#{number_of(coded)}",
        "date": event.date.start.isoformat(),
        "enddate": event.date.end.isoformat(),
        "source": [_actor(actor) for actor in event.actors],
        "target": [_actor(actor) for actor in event.targets],
        "event": category,
        "mode": mode,
        "eventLoc": _location(coded.place),
        "eventText": event.trigger.of(document.text),
        "dead": None if event.fatalities is None else count_of(event.fatalities),
        "injured": None if event.injured is None else count_of(event.injured),
        "text": event.span.of(document.text),
        "textInfo": {"start": event.span.start, "end": event.span.end},
        "citation": document.id,
        "publication": document.source,
        "coder": f"geoevents {__version__}",
        "codebook": "PLOVER",
        "comment": _ranges(coded),
    }
    return {name: value for name, value in record.items() if value is not None}


def _ranges(coded: Coded) -> str | None:
    dead = interval_pair(coded.event.fatalities)
    return None if dead is None else f"dead from {dead[0]} to {'no limit' if dead[1] is None else dead[1]}"


def _actor(actor: Actor) -> Row:
    country = country_of(actor.country)
    record: Row = {
        "code": None if country is None else country.iso3,
        "sector": None if actor.kind is None else _SECTORS.get(actor.kind),
        "identifier": actor.name,
        "actorText": actor.text,
    }
    return {name: value for name, value in record.items() if value is not None}


def _location(place: Place) -> Row:
    country = country_of(place.country)
    record: Row = {
        "geonameid": place.geonameid,
        "name": place.name,
        "latitude": round(place.point.lat, 6),
        "longitude": round(place.point.lon, 6),
        "country code": place.country,
        "cc3": None if country is None else country.iso3,
        "population": place.population,
    }
    return {name: value for name, value in record.items() if value is not None}
