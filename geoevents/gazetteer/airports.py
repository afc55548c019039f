"""Which airports does the world layer hold, and under which names is each found?

From the package airportsdata (needed at compile time only): all with an IATA code, all that
are international or military by name, and every one of a country at war or near one. The strips of
farms elsewhere are left out. A text is scanned only for names that say what they name, "Damascus
International Airport" and not "March Field"; codes and other names are for looking up.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from typing import Any

from geoevents.gazetteer.countries import ROMANIZED_COUNTRIES
from geoevents.gazetteer.rows import WorldRow
from geoevents.gazetteer.spelling import article_key, spelling_key
from geoevents.model import Place, PlaceKind

__all__ = ["Airport", "Surroundings", "airport_rows", "read_airports"]

# Conflicts beyond the countries whose names are romanized: the Sahel, Central and East Africa, Haiti.
_WATCHED_COUNTRIES = ROMANIZED_COUNTRIES | frozenset(
    "BF BI CD CF CM CO ET HT KE ML MZ NE NG RW UG VE".split()
)
_NOTABLE = re.compile(r"\b(?:International|Air ?[Bb]ase|Air Force|Air Reserve|Air Station|RAF|RNAS|Army)\b")
# What makes a name an airport's wherever it stands.
_AIR = re.compile(
    r"\b(?:airport|air ?field|air ?base|aerodrome|air (?:force|reserve|national guard) (?:base|station)|"
    r"(?:naval|corps) air station|airstrip)\b|\A(?:raf|raaf|rnas|cfb) ",
    re.IGNORECASE,
)
_NO_AIRPORT = re.compile(r"\b(?:Seaplane|Heliport)\b")
_ABBREVIATIONS = {
    "AB": "Air Base",
    "Afb": "Air Force Base",
    "Afs": "Air Force Station",
    "Angb": "Air National Guard Base",
    "Arb": "Air Reserve Base",
    "Arpt": "Airport",
    "Int": "International",
    "Intl": "International",
    "Jrb": "Joint Reserve Base",
    "Mcas": "Marine Corps Air Station",
    "Nas": "Naval Air Station",
}
_TWICE_NAMED = re.compile(r"((?:base|station|airport|airfield|aerodrome)) airport\Z", re.IGNORECASE)
_IN_BRACKETS = re.compile(r" {0,3}\([^()]{0,80}\)")
_VARIANTS = (
    (" International Airport", " Airport"),
    (" Air Base", " Airbase"),
    (" Airbase", " Air Base"),
    (" Air Force Base", " AFB"),
    (" Army Air Field", " Army Airfield"),
)
# Words that tell no airport from another.
_EMPTY_WORDS = frozenset(
    "the airport international regional municipal national domestic county city airfield aerodrome airstrip "
    "airbase air field base force station reserve army military naval new old".split()
)
_RADIUS_KM = 2.0  # Half the length of a long runway: no point of an airport lies farther from its own.
_SAME_SITE_KM = 3.0  # The reference point of a register and the middle of a map differ by no more.
_SAME_NAME_KM = 30.0  # One name of one country this near is one site with a poor point.
_OWN_CITY_KM = 60.0  # "X Airport" is X's; farther off, it is another X's.
_KM_PER_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class Airport:
    """An airport of the source: its point, its names (the main one first) and its codes."""

    icao: str
    names: tuple[str, ...]
    _: KW_ONLY
    codes: tuple[str, ...]
    city: str
    country: str
    subdivision: str
    lat: float
    lon: float
    has_iata: bool

    @property
    def is_kept(self) -> bool:
        """Whether the world layer has it."""
        is_notable = self.has_iata or any(map(_NOTABLE.search, self.names))
        is_registered = self.icao.isalpha()
        return self.country in _WATCHED_COUNTRIES or (is_notable and is_registered)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What airports are set among: the curated places, large cities, divisions and plain words."""

    curated: Sequence[Place]
    cities: Sequence[WorldRow]
    _: KW_ONLY
    divisions: Iterable[tuple[str, str]]
    words: frozenset[str]


def read_airports() -> list[Airport]:
    """Return all airports of the installed airportsdata, in order of their ICAO codes."""
    import airportsdata  # a build-time dependency, absent at run time

    listed: Mapping[str, Mapping[str, Any]] = airportsdata.load("ICAO")
    kept = (row for _, row in sorted(listed.items()) if not _NO_AIRPORT.search(row["name"]))
    return [_airport(row) for row in kept]


def _airport(row: Mapping[str, Any]) -> Airport:
    codes = [row["icao"], row["iata"], *([row["lid"]] if row["lid"].isalpha() else ())]
    return Airport(
        row["icao"],
        tuple(dict.fromkeys(_names(row["name"]))),
        codes=tuple(dict.fromkeys(filter(None, codes))),
        city=row["city"],
        country=row["country"],
        subdivision=row["subd"],
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        has_iata=bool(row["iata"]),
    )


def _names(name: str) -> Iterator[str]:
    """Yield the names in a name of the register, "Scott Afb/Midamerica St Louis Airport", spelled out."""
    whole = " ".join(_IN_BRACKETS.sub(" ", name).split())
    is_airport = whole.casefold().endswith("airport")
    for part in filter(None, map(str.strip, whole.split("/"))):
        words = " ".join(_ABBREVIATIONS.get(word, word) for word in part.split())
        if is_airport and not _AIR.search(words) and not words.endswith(" Field"):
            words += " Airport"
        yield _TWICE_NAMED.sub(r"\1", words)


def airport_rows(airports: Sequence[Airport], around: Surroundings) -> list[WorldRow]:
    """Return the rows of the airports that are kept, in order of id.

    One that the curated table has too becomes a row of that place's id: the curated place wins, and
    the row adds names and codes to it.
    """
    owners = _owners(airports, around.curated)
    divisions = {(country, spelling_key(name)): name for country, name in sorted(around.divisions)}
    scannable, known = _Scannable(around), _Known(around.curated)
    rows: dict[str, WorldRow] = {}
    for airport in filter(lambda airport: airport.is_kept, airports):
        names = [*airport.names, *_alternates(airport, owners)]
        place = known.place_of(airport)
        row = WorldRow(
            0,
            tuple(dict.fromkeys([*names, *airport.codes])),
            id=f"icao-{airport.icao.lower()}",
            lat=airport.lat,
            lon=airport.lon,
            kind=PlaceKind.AIRPORT,
            country=airport.country,
            division=divisions.get((airport.country, spelling_key(airport.subdivision)), ""),
            radius_km=_RADIUS_KM,
            lookup_only=frozenset([*airport.codes, *(n for n in names if not scannable(n, airport))]),
            source="airportsdata",
        )
        row = row if place is None else _as_curated(row, place, rows.get(place.id))
        rows[row.id] = row
    return [rows[place_id] for place_id in sorted(rows)]


def _as_curated(row: WorldRow, place: Place, earlier: WorldRow | None) -> WorldRow:
    """Return the row as one of a curated place, with what an earlier airport added to that."""
    names = [place.name, *(earlier.names if earlier else ()), *row.names]
    lookup_only = row.lookup_only | (earlier.lookup_only if earlier else frozenset())
    return replace(
        row,
        names=tuple(dict.fromkeys(names)),
        id=place.id,
        lat=place.point.lat,
        lon=place.point.lon,
        kind=place.kind,
        country=place.country or "",
        lookup_only=lookup_only - {place.name},
    )


def _owners(airports: Iterable[Airport], curated: Iterable[Place]) -> dict[tuple[str, str], set[str]]:
    """Return which airports and curated places could go by a name, by country and key."""
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for airport in airports:
        for name in (*airport.names, *_variants(airport)):
            owners[airport.country, spelling_key(name)].add(airport.icao)
    for place in curated:
        for name in (place.name, *place.alternate_names):
            owners[place.country or "", spelling_key(name)].add(place.id)
    return owners


def _variants(airport: Airport) -> Iterator[str]:
    for name in airport.names:
        for ending, other in _VARIANTS:
            if name.endswith(ending):
                yield name.removesuffix(ending) + other
    if airport.city and airport.has_iata:
        yield f"{airport.city} Airport"
        yield from _own_names(airport)


def _own_names(airport: Airport) -> Iterator[str]:
    """Yield what is left of a name without its city: "Heathrow Airport", "Heathrow"."""
    for name in airport.names:
        own = name.removeprefix(airport.city).strip()
        if own in {"", name} or own[:1].islower() or not own[:1].isalpha():
            continue
        core = " ".join(word for word in own.split() if spelling_key(word) not in _EMPTY_WORDS)
        if core:
            yield from (f"{core} International Airport", f"{core} Airport", core)


def _alternates(airport: Airport, owners: Mapping[tuple[str, str], set[str]]) -> list[str]:
    """Return the other names that the airport need not share with another of the country."""
    return [n for n in _variants(airport) if owners[airport.country, spelling_key(n)] == {airport.icao}]


class _Scannable:
    """Says whether a text may be scanned for a name of an airport."""

    def __init__(self, around: Surroundings) -> None:
        self._words = around.words
        self._elsewhere: dict[str, list[tuple[str, float, float]]] = defaultdict(list)
        for city in around.cities:
            # Airports have Latin names; folding those in other scripts takes most of the time.
            for key in {spelling_key(name) for name in city.names if name.isascii()}:
                self._elsewhere[key].append(("", city.lat, city.lon))
        for place in around.curated:
            for key in {spelling_key(name) for name in (place.name, *place.alternate_names)}:
                country = (place.country or "-") if place.kind.is_area else ""
                self._elsewhere[key].append((country, place.point.lat, place.point.lon))

    def __call__(self, name: str, airport: Airport) -> bool:
        """Say whether the name is an airport's on its face, and this one's rather than a namesake's."""
        key = spelling_key(name)
        bare = _core(key)  # without its articles, "Al Al Airport" would be found in every airport
        if not _AIR.search(name) or not bare or bare in self._words:
            return False
        whole = " ".join(word for word in key.split() if word not in _EMPTY_WORDS)
        namesakes = self._elsewhere.get(whole, ())
        if not namesakes:
            return True
        # Where no war is near, annotators of news take "Amsterdam airport" for Amsterdam (LGL, GeoWebNews).
        return airport.country in _WATCHED_COUNTRIES and any(
            country == airport.country or (not country and _apart_km(airport, lat, lon) <= _OWN_CITY_KM)
            for country, lat, lon in namesakes
        )


class _Known:
    """Finds the curated place that an airport is."""

    def __init__(self, curated: Iterable[Place]) -> None:
        self._by_code: dict[str, Place] = {}
        self._by_lat: dict[int, list[tuple[Place, frozenset[str]]]] = defaultdict(list)
        for place in curated:
            if place.kind in (PlaceKind.AIRPORT, PlaceKind.MILITARY):
                names = (place.name, *place.alternate_names)
                codes = (name for name in names if len(name) == 4 and name.isupper() and name.isascii())
                self._by_code |= dict.fromkeys(codes, place)
                self._by_lat[math.floor(place.point.lat)].append((place, frozenset(names)))

    def place_of(self, airport: Airport) -> Place | None:
        """Return the place of its code, or the nearest that flies from there or has its name."""
        if airport.icao in self._by_code:
            return self._by_code[airport.icao]
        row = math.floor(airport.lat)
        near = (entry for lat in (row - 1, row, row + 1) for entry in self._by_lat.get(lat, ()))
        found = [
            (apart, place.id, place)
            for place, names in near
            if (apart := _apart_km(airport, place.point.lat, place.point.lon)) <= _SAME_NAME_KM
            and _is_same(airport, names, apart_km=apart)
        ]
        return min(found)[2] if found else None


def _is_same(airport: Airport, names: frozenset[str], *, apart_km: float) -> bool:
    """Say whether a site of these names is the airport: of its very name, or near and kin to it."""
    keys = set(map(spelling_key, airport.names))
    theirs = set(map(spelling_key, names))
    if apart_km > _SAME_SITE_KM:
        return not keys.isdisjoint(theirs)
    return any(map(_AIR.search, names)) or not {*map(_core, keys)}.isdisjoint(map(_core, theirs))


def _core(key: str) -> str:
    """Return the words of a key that tell one airport from another, without articles."""
    return " ".join(word for word in article_key(key).split() if word not in _EMPTY_WORDS)


def _apart_km(airport: Airport, lat: float, lon: float) -> float:
    """Return the distance on the plane: good to a percent where it is compared with a bar."""
    west = (airport.lon - lon + 180) % 360 - 180
    return _KM_PER_DEGREE * math.hypot(airport.lat - lat, west * math.cos(math.radians(lat)))
