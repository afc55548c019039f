"""Which places does a name on the command line mean, and how far apart are two of them?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from geoevents.cli.folders import data_folder
from geoevents.cli.parameters import coordinates
from geoevents.cli.running import say
from geoevents.errors import OptionError
from geoevents.geodesy import LatLon, bearing_deg, compass_point, distance_km, mgrs
from geoevents.model import Place, PlaceKind
from geoevents.units import Unit

if TYPE_CHECKING:
    from geoevents.exports.rows import Row
    from geoevents.gazetteer import Gazetteer, NameHit

__all__ = [
    "distance_report",
    "hit_row",
    "is_by_sound",
    "looser_hint",
    "online_rows",
    "places_named",
    "ranked_hits",
]


_GIVEN = "given on the command line"
_ALL = 1000
_CONTAINERS = frozenset({PlaceKind.COUNTRY, PlaceKind.ADMIN1})


def ranked_hits(
    gazetteer: Gazetteer,
    name: str,
    *,
    countries: tuple[str, ...],
    near: LatLon | None,
    kind: PlaceKind | None = None,
) -> list[NameHit]:
    """Return what `name` may mean in these countries (or anywhere), best first; with `near`, nearest first.

    A name that nobody has may say after a comma in which country or division it lies.
    """
    hits = _hits(gazetteer, name, countries, kind)
    if not hits:
        hits = _qualified_hits(gazetteer, name, countries, kind)
    if near is not None:
        # The spelling still comes first: a looser match next door is not what was typed.
        hits.sort(key=lambda hit: (hit.level, distance_km(near, hit.place.point), hit.place.id))
    return hits


def _hits(
    gazetteer: Gazetteer, name: str, countries: tuple[str, ...], kind: PlaceKind | None
) -> list[NameHit]:
    found: list[NameHit] = []
    for country in dict.fromkeys(countries or (None,)):
        found += gazetteer.lookup(name, country=country, kind=kind, limit=_ALL)
    if len(countries) > 1:
        from geoevents.gazetteer.gazetteer import size_of  # late: start-up time

        found.sort(key=lambda hit: (hit.level, -size_of(hit.place), hit.place.id))
    return found


def _qualified_hits(
    gazetteer: Gazetteer, name: str, countries: tuple[str, ...], kind: PlaceKind | None
) -> list[NameHit]:
    """Return what the name before a comma may mean within what the name after it may mean."""
    inner, _, outer = (part.strip() for part in name.partition(","))
    if not inner or not outer:
        return []
    found: dict[str, NameHit] = {}
    for around in (hit.place for hit in gazetteer.lookup(outer, limit=_ALL)):
        if (
            around.kind in _CONTAINERS
            and around.country
            and around.country in (countries or (around.country,))
        ):
            for hit in gazetteer.lookup(inner, country=around.country, kind=kind, limit=_ALL):
                if around.kind is PlaceKind.COUNTRY or hit.place.admin1 == around.admin1:
                    found.setdefault(hit.place.id, hit)
    return sorted(found.values(), key=lambda hit: hit.level)


def hit_row(hit: NameHit, near: LatLon | None) -> Row:
    """Return one hit as a row: the place, and why it is where it is in the list."""
    spelling = hit.level.name.lower()
    return _place_row(hit.place, near, spelling=spelling, matched=hit.name, why=_why(hit, near))


def _why(hit: NameHit, near: LatLon | None) -> str:
    """Return what the hit is ranked by, first things first."""
    place = hit.place
    reasons = [_LEVELS[hit.level.name].format(hit.name)]
    if near is not None:
        reasons.append(f"{distance_km(near, place.point):,.0f} km away")
    elif place.kind in {PlaceKind.COUNTRY, PlaceKind.CONTINENT}:
        reasons.append("countries first")
    if place.population:
        reasons.append(f"{place.population:,} people")
    if not hit.is_primary:
        reasons.append("not its main name")
    return ", ".join(reasons)


_LEVELS = {
    "EXACT": "spelled so",
    "FOLDED": "{!r} but for case, accents and hyphens",
    "ARTICLE": "{!r} but for the article",
    "PHONETIC": "sounds like {!r}",
}


def is_by_sound(hits: Sequence[NameHit]) -> bool:
    """Return whether nothing is spelled like the name, and the hits only sound like it."""
    return bool(hits) and hits[0].level.name == "PHONETIC"


def looser_hint(best: NameHit, name: str) -> str | None:
    """Return what to say when nothing has quite that name; `None` when something does."""
    if best.level.name == "PHONETIC":
        return f"nothing is spelled {name!r}; these only sound like it, and may have nothing to do with it"
    if best.level.name == "ARTICLE":
        return f"nothing is spelled {name!r}; these have another article, or none"
    return None


def online_rows(
    name: str, *, countries: tuple[str, ...], near: LatLon | None, server: str | None
) -> list[Row]:
    """Return what Nominatim knows of a name as rows, in its order."""
    from geoevents.gazetteer.online import NOMINATIM, ask_nominatim  # late: start-up time

    places = ask_nominatim(
        name, cache=data_folder() / "nominatim", countries=countries, server=server or NOMINATIM
    )
    return [
        _place_row(place, near, spelling="online", matched=name, why=f"answer {rank} of {len(places)} online")
        for rank, place in enumerate(places, start=1)
    ]


def _place_row(place: Place, near: LatLon | None, *, spelling: str, matched: str, why: str) -> Row:
    row: Row = {
        "place_id": place.id,
        "name": place.name,
        "kind": place.kind.value,
        "country": place.country,
        "admin1": place.admin1,
        "lat": place.point.lat,
        "lon": place.point.lon,
        "population": place.population,
        "spelling": spelling,
        "matched": matched,
        "why": why,
        "source": place.source,
    }
    if near is not None:
        row["away_km"] = round(distance_km(near, place.point), 1)
    return row


def places_named(
    gazetteer: Gazetteer, names: tuple[str, str], *, countries: tuple[str, ...], near: LatLon | None
) -> tuple[Place, Place]:
    """Return the points or the places that the user means by two names, and say what else they could be.

    The two are read together, as in a table of claims: "Tripoli Beirut" is the Tripoli in Lebanon.
    What only sounds like a name, anywhere on earth, is no answer, but named. Raises `OptionError` when
    no gazetteer has the name.
    """
    points = [_given(name) for name in names]
    hits = [
        () if point is not None else _hits_that_answer(gazetteer, name, countries, near)
        for name, point in zip(names, points, strict=True)
    ]
    meant = _meant_together(gazetteer, names, points, countries=countries, near=near)
    first, second = (
        point if point is not None else _chosen(name, of_name, likely, other)
        for name, point, of_name, likely, other in zip(names, points, hits, meant, names[::-1], strict=True)
    )
    return first, second


def _given(name: str) -> Place | None:
    point = coordinates(name)
    if point is None:
        return None
    return Place(name, name.strip(), point=point, kind=PlaceKind.LAND, radius_km=0.0, source=_GIVEN)


def _hits_that_answer(
    gazetteer: Gazetteer, name: str, countries: tuple[str, ...], near: LatLon | None
) -> Sequence[NameHit]:
    hits = ranked_hits(gazetteer, name, countries=countries, near=near)
    if not hits:
        raise OptionError(f"no place is called {name!r}, in any spelling that is known")
    if is_by_sound(hits) and not countries:
        alike = "; ".join(f"{hit.name} ({_described(hit.place)})" for hit in hits[:3])
        raise OptionError(f"no place is called {name!r}; alike in sound only: {alike}")
    return hits


def _meant_together(
    gazetteer: Gazetteer,
    names: tuple[str, str],
    points: Sequence[Place | None],
    *,
    countries: tuple[str, ...],
    near: LatLon | None,
) -> list[Place | None]:
    """Return what each name means beside the other, as for a claim; nothing where the user says near what."""
    from geoevents.checking import ClaimChecker  # late: start-up time

    if near is not None:
        return [None, None]
    checker = ClaimChecker(lambda: gazetteer, countries=countries)
    first, second = (name if point is None else point for name, point in zip(names, points, strict=True))
    found = [end.resolution for end in checker.ends(first, second)]
    return [r.candidates[0].place if r is not None and r.candidates else None for r in found]


def _chosen(name: str, hits: Sequence[NameHit], likely: Place | None, other: str) -> Place:
    """Return the place that is meant beside the other end, else the first hit; and say what else it could be."""
    alike = {hits[0].level.name, "FOLDED"} if hits[0].level.name == "EXACT" else {hits[0].level.name}
    as_spelled = [hit.place for hit in hits if hit.level.name in alike]
    ids = [place.id for place in as_spelled]
    chosen = as_spelled[ids.index(likely.id)] if likely is not None and likely.id in ids else as_spelled[0]
    others = [hit.place for hit in hits if hit.place.id != chosen.id]
    if others:
        beside = f", beside {other}" if chosen is not as_spelled[0] else ""
        say(
            f"{name}: taken as {_described(chosen)}{beside}; could also be {_described(others[0])} (geoevents lookup)"
        )
    return chosen


def distance_report(origin: Place, target: Place) -> str:
    """Return the distance between two places in words and figures, with its uncertainty."""
    from geoevents.verification import extent_km, shapeless  # late: start-up time

    length = distance_km(origin.point, target.point)
    slack = (extent_km(origin) or 0.0) + (extent_km(target) or 0.0)
    low, high, mile = max(0.0, length - slack), length + slack, Unit.MILE.km
    toward = bearing_deg(origin.point, target.point)
    lines = [
        f"from      {_described(origin)}",
        f"          {_notations(origin.point)}",
        f"to        {_described(target)}",
        f"          {_notations(target.point)}",
        f"distance  {length:.1f} km, {length / mile:.1f} mi (WGS84 geodesic)",
        f"between   {low:.1f} and {high:.1f} km, {low / mile:.1f} and {high / mile:.1f} mi, with the extent of both places",
        f"bearing   {toward:.0f}° ({compass_point(toward)})" if length else "bearing   none, it is one point",
        *(f"note      {why}" for place in (origin, target) if (why := shapeless(place))),
    ]
    return "\n".join(lines)


def _described(place: Place) -> str:
    if place.source == _GIVEN:
        return place.name
    parts = [place.name, place.kind.value, place.admin1, place.country]
    return ", ".join(part for part in parts if part)


def _notations(point: LatLon) -> str:
    decimal = f"{point.lat:.5f}, {point.lon:.5f}"
    grid = mgrs(point)
    square = f"  {grid}" if grid else ""
    return f"{decimal}  ({_sexagesimal(point.lat, 'NS')} {_sexagesimal(point.lon, 'EW')}){square}"


def _sexagesimal(degrees: float, hemispheres: str) -> str:
    seconds = round(abs(degrees) * 3600)
    mark = hemispheres[degrees < 0]
    return f"{seconds // 3600}°{seconds // 60 % 60:02d}′{seconds % 60:02d}″{mark}"
