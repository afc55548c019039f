"""What does OpenStreetMap's Nominatim know of a name that is in no gazetteer here?

Only for who asks for it by name, and within Nominatim's terms of use: it is told who asks, at most
once a second, and never twice for the same name.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from geoevents.errors import NetworkError
from geoevents.geodesy import LatLon, distance_km
from geoevents.places import Place, PlaceKind
from geoevents.version import __version__

__all__ = ["NOMINATIM", "ask_nominatim"]

NOMINATIM = "https://nominatim.openstreetmap.org"
_AGENT = f"geoevents/{__version__}"
_PAUSE_S = 1.0  # https://operations.osmfoundation.org/policies/nominatim/
_TIMEOUT_S = 20
_LIMIT = 10
_SOURCE = "OpenStreetMap through Nominatim (ODbL)"
_TYPES = {
    "country": PlaceKind.COUNTRY,
    "state": PlaceKind.ADMIN1,
    "province": PlaceKind.ADMIN1,
    "county": PlaceKind.ADMIN2,
    "district": PlaceKind.ADMIN2,
    **dict.fromkeys(["suburb", "quarter", "neighbourhood", "borough", "city_district"], PlaceKind.QUARTER),
    **dict.fromkeys(["city", "town", "village", "hamlet", "municipality"], PlaceKind.SETTLEMENT),
    "border_control": PlaceKind.CROSSING,
    "refugee_site": PlaceKind.CAMP,
}
_CLASSES = {
    "aeroway": PlaceKind.AIRPORT,
    "boundary": PlaceKind.REGION,
    "landuse": PlaceKind.LAND,
    "military": PlaceKind.MILITARY,
    "natural": PlaceKind.LAND,
    "place": PlaceKind.SETTLEMENT,
    "waterway": PlaceKind.WATER,
}


def ask_nominatim(
    name: str, *, cache: Path, countries: Sequence[str] = (), server: str = NOMINATIM
) -> tuple[Place, ...]:
    """Return the places that Nominatim gives for a name, in its order; from the cache where it was asked.

    `countries` are ISO alpha-2 codes. Raises `NetworkError` when the server does not answer.
    """
    question = json.dumps([server, " ".join(name.split()), sorted(countries)], ensure_ascii=False)
    path = cache / f"{hashlib.sha256(question.encode()).hexdigest()[:24]}.json"
    if path.is_file():
        answers = json.loads(path.read_text(encoding="utf-8"))["answers"]
        return tuple(map(_place, answers))
    cache.mkdir(parents=True, exist_ok=True)
    _wait(cache)
    try:
        answers = _ask(name, countries, server)  # geopy reads the answers too
        places = tuple(map(_place, answers))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NetworkError(f"{server}: no answer that can be read: {error!r}") from None
    partial = path.with_suffix(".partial")
    content = {"question": json.loads(question), "answers": answers}
    partial.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    partial.replace(path)
    return places


def _wait(cache: Path) -> None:
    """Wait until a second has gone by since the last question, whichever process asked it."""
    mark = cache / "asked"
    since = time.time() - mark.stat().st_mtime if mark.exists() else _PAUSE_S
    if 0 <= since < _PAUSE_S:
        time.sleep(_PAUSE_S - since)
    mark.touch()


def _ask(name: str, countries: Sequence[str], server: str) -> list[Any]:
    from geopy.adapters import URLLibAdapter  # late: start-up time
    from geopy.exc import GeopyError
    from geopy.geocoders import Nominatim

    scheme, _, domain = server.rpartition("://")
    geocoder = Nominatim(
        user_agent=_AGENT,
        domain=domain,
        scheme=scheme or "https",
        timeout=_TIMEOUT_S,
        adapter_factory=URLLibAdapter,
    )
    try:
        found = geocoder.geocode(
            name,
            exactly_one=False,
            limit=_LIMIT,
            addressdetails=True,
            language="en",
            country_codes=[code.lower() for code in countries] or None,
        )
    except GeopyError as error:
        raise NetworkError(f"{server}: {error}") from None
    return [location.raw for location in found or ()]


def _place(answer: Mapping[str, Any]) -> Place:
    """Return one answer as a place; its box gives the radius."""
    point = LatLon(lat=float(answer["lat"]), lon=float(answer["lon"]))
    address = answer.get("address", {})
    kind = _TYPES.get(answer.get("addresstype") or answer.get("type", ""))
    return Place(
        f"osm-{answer.get('osm_type', 'place')}-{answer.get('osm_id', answer.get('place_id'))}",
        answer.get("name") or answer["display_name"].partition(",")[0],
        point=point,
        kind=kind or _CLASSES.get(answer.get("class", ""), PlaceKind.FACILITY),
        country=address.get("country_code", "").upper() or None,
        admin1=address.get("state") or address.get("province") or None,
        radius_km=_radius_km(point, answer.get("boundingbox")),
        source=_SOURCE,
    )


def _radius_km(point: LatLon, box: Sequence[str] | None) -> float | None:
    if not box:
        return None
    south, north, west, east = map(float, box)
    corners = (LatLon(lat=lat, lon=lon) for lat in (south, north) for lon in (west, east))
    return round(max(distance_km(point, corner) for corner in corners), 1)
