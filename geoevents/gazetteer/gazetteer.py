"""Which places bear a name, which names stand in a text, and which places lie near a point?"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from enum import Enum
from functools import cached_property, lru_cache, partial
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from geoevents.errors import GazetteerError
from geoevents.gazetteer.chosen import ChosenPlaces, CompiledPlaces, ParsedPlaces, digest_of
from geoevents.gazetteer.curated import read_places
from geoevents.gazetteer.index import ARABIC, CONTINUES, MICRO, PLAIN, STRICT, STRIPPED, KeyTable, WorldIndex
from geoevents.gazetteer.matching import Station, Tail, Words, is_opener, is_possessive
from geoevents.gazetteer.scripts import romanizations, writes_no_vowels
from geoevents.gazetteer.spelling import (
    ARTICLES,
    SpellingLevel,
    article_key,
    similarity,
    skeletons,
    spelling_key,
)
from geoevents.geodesy import MEAN_RADIUS_KM, SPHERE_ERROR, LatLon, distance_km, sphere_km
from geoevents.places import Place, PlaceKind
from geoevents.tables import table_path
from geoevents.text import Memo, Span, Tokens, fold

if TYPE_CHECKING:
    from geoevents.gazetteer.layers import Layer, LayerPosting

__all__ = ["Gazetteer", "KnownName", "NameHit", "NameMatch", "size_of"]

# Below this, two spellings of one skeleton are two names: measured on held-out spellings.
_MIN_SIMILARITY = 0.6
_NO_VOWELS = str.maketrans("", "", "aeiouyw")
_SETTLED = frozenset({PlaceKind.SETTLEMENT})
# What a place without a figure counts for among its namesakes, in people: a province before a hamlet,
# a base before a suburb.
_WEIGHTS = {
    PlaceKind.REGION: 1_000_000,
    PlaceKind.WATER: 1_000_000,
    PlaceKind.LAND: 1_000_000,
    PlaceKind.ADMIN1: 100_000,
    PlaceKind.INSTITUTION: 100_000,
    PlaceKind.ADMIN2: 20_000,
    PlaceKind.MILITARY: 10_000,
    PlaceKind.AIRPORT: 10_000,
    PlaceKind.CROSSING: 10_000,
    PlaceKind.FACILITY: 10_000,
    PlaceKind.QUARTER: 5_000,
    PlaceKind.CAMP: 5_000,
    PlaceKind.FRONT: 5_000,
}
_DIVISIONS = frozenset({PlaceKind.ADMIN1, PlaceKind.ADMIN2})
_FIRST_KINDS = frozenset({PlaceKind.COUNTRY, PlaceKind.CONTINENT})


class _Reading(Enum):
    """Where a name stands: in running text, or alone in a question, where "ny" may mean NY."""

    TEXT = "text"
    LOOKUP = "lookup"


_Ends: TypeAlias = dict[tuple[int, Tail], str]
# What is known of a word that may open a name: the flags of an index, `CONTINUES`, and these.
_OPENS = 64
_ASKS = 128  # more than the flags decides: a strict spelling, a possessive s, an Arabic article
_PLAINLY = PLAIN | STRIPPED


@dataclass(frozen=True, slots=True)
class NameHit:
    """A place that bears a name. `name` is the gazetteer's spelling that matched.

    `is_primary` says whether that is its main name rather than an alternate.
    """

    place: Place
    name: str
    _: KW_ONLY
    level: SpellingLevel
    is_primary: bool


@dataclass(frozen=True, slots=True, eq=False)
class KnownName:
    """A name as it stands in a text, and the keys under which it is known.

    There is one object for all places where a text writes that name, and for other texts as long as
    the gazetteer remembers it: what is worked out from its `hits` may be kept under it. The hits are
    looked up when they are asked for.
    """

    surface: str
    key: str | None
    bare_key: str | None
    _: KW_ONLY
    _gazetteer: Gazetteer = field(repr=False)

    @property
    def hits(self) -> tuple[NameHit, ...]:
        """The places of that name, best first: by level, then country before city, then size."""
        return self._gazetteer._hits(self.surface, self.key, self.bare_key)  # noqa: SLF001 -- one module

    @property
    def level(self) -> SpellingLevel:
        """The surest level at which the name matches."""
        return self.hits[0].level

    @property
    def has_possessive_name(self) -> bool:
        """Whether a place is really called so with its 's, as Land's End and St. John's are."""
        return any(hit.name.casefold().endswith(("'s", "’s")) for hit in self.hits)


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A run of words that is a name: tokens `first` to `last`, both included.

    `start` and `end` bound its characters: without a possessive s, with the last full stop of an
    abbreviation.
    """

    first: int
    last: int
    _: KW_ONLY
    start: int
    end: int
    name: KnownName

    @property
    def span(self) -> Span:
        """The characters from `start` to `end`."""
        return Span(self.start, self.end)

    @property
    def hits(self) -> tuple[NameHit, ...]:
        """The places of the name, best first."""
        return self.name.hits

    @property
    def level(self) -> SpellingLevel:
        """The surest level at which the name matches."""
        return self.name.level


class Gazetteer:
    """Places by name, by id and by nearness: a curated layer over the world's cities.

    Immutable and safe to share between threads. `problems` are the rows of the user's own tables
    that were not kept.
    """

    def __init__(
        self,
        world: WorldIndex,
        curated: ChosenPlaces,
        *,
        tables: Mapping[str, int] | None = None,
        layers: Sequence[Layer] = (),
        own: frozenset[str] = frozenset(),
        problems: Sequence[GazetteerError] = (),
    ) -> None:
        self._world = world
        self._curated = curated
        self._tables = dict(tables or {})
        self._layers = tuple(layers)
        # From the one that wins to the one that gives way.
        self._upper = [layer for layer in reversed(layers) if layer.is_own]
        self._lower = [layer for layer in reversed(layers) if not layer.is_own]
        self._own = own
        self.problems = tuple(problems)
        self._numbered = lru_cache(maxsize=65536)(self._read_numbered)
        self._world_place = lru_cache(maxsize=1024)(self._read_world_place)
        # A hit and its place are made of the same spellings, one after the other.
        self._spellings = lru_cache(maxsize=16)(world.spellings_of)
        self._curated_place = lru_cache(maxsize=None)(self._unite)
        self._hits = lru_cache(maxsize=8192)(self._read_hits)
        self._steps = Memo(self._read_step)
        self._openings = Memo(self._read_opening)
        self._openings_in_lower_case = Memo(self._read_opening_in_lower_case)
        self._names = lru_cache(maxsize=16384)(partial(KnownName, _gazetteer=self))
        self._words = Memo(self._read_word, limit=16384)
        self._spellings_of = lru_cache(maxsize=4096)(self._read_spellings)
        # A corpus asks for the towns of a few countries again and again.
        self._towns = lru_cache(maxsize=16)(self._read_towns)

    @classmethod
    def load(
        cls,
        *,
        curated: Path | None = None,
        extra: Sequence[Path] = (),
        layers: Sequence[Path] = (),
        world: Path | None = None,
    ) -> Gazetteer:
        """Open the gazetteer: the curated table, the compiled world, and the user's own tables on top.

        A row of a later table replaces an earlier one of the same id, and the world's place of the
        same GeoNames number. Imported `layers` are in rising order of precedence: collections lie
        between the world and the curated table, tables of the user's own between that and `extra`.
        Raises `GazetteerError` for a bad curated row or an index that does not fit, and
        `MissingFileError` for a path that is not there; bad rows of `extra` are left out and listed in
        `problems`.
        """
        problems: list[GazetteerError] = []
        opened = _opened(layers)
        curated_path = curated or table_path("gazetteer.csv")
        index = WorldIndex.open(world or table_path("world.idx"))
        table = curated_path.read_bytes() if not extra and curated_path.is_file() else b""
        if index.header["curated"] == digest_of(table):
            compiled = CompiledPlaces(table, index)
            return cls(index, compiled, tables={str(curated_path): len(compiled)}, layers=opened)
        places = list(read_places(curated_path))
        tables = {str(curated_path): len(places)}
        own: list[str] = []
        for path in extra:
            rows = list(read_places(path, problems=problems))
            tables[str(path)] = len(rows)
            places += rows
            own += [place.id for place in rows]
        parsed = ParsedPlaces(places)
        return cls(index, parsed, tables=tables, layers=opened, own=frozenset(own), problems=problems)

    def is_own(self, place: Place) -> bool:
        """Say whether the place comes from a table of the user's own, imported or not."""
        return place.id in self._own or any(layer.number_of(place.id) is not None for layer in self._upper)

    def scan(self, text: str, tokens: Tokens) -> tuple[NameMatch, ...]:
        """Return all names in the text, of any length, nested ones too, in order of first and last token.

        `tokens` are those of `text.tokenize(text)`. Spellings match exactly, folded, or without
        their article; the time is linear in the length of the text.
        """
        words = Words(tokens)
        texts, keys, starts, ends = tokens.texts, tokens.keys, tokens.starts, tokens.ends
        # In a text without any capital letter every word may open a name.
        is_lower = text.islower()
        openings = list(
            map((self._openings_in_lower_case if is_lower else self._openings).__getitem__, texts)
        )
        found: list[NameMatch] = []
        for i in compress(range(len(openings)), openings):
            opening = openings[i]
            if keys[i - 1] in ARTICLES and not is_lower and words.article_before(i):
                found += self._names_at(words, i - 1)
            if opening & _ASKS or (opening & CONTINUES and words.leads_on(i, self._steps)):
                found += self._names_at(words, i)
            elif opening & _PLAINLY:
                found.append(NameMatch(i, i, start=starts[i], end=ends[i], name=self._words[texts[i]]))
        return tuple(found)

    def _read_opening(self, word: str) -> int:
        """Return what is known of the names that a word opens, 0 when it cannot open any."""
        return self._read_opening_in_lower_case(word) if is_opener(word) else 0

    def _read_opening_in_lower_case(self, word: str) -> int:
        key = fold(word)
        if not key or " " in key or not word[0].isalpha():
            return 0
        step = self._steps[key]
        asks = key in ARTICLES or step & STRICT or is_possessive(word)
        return _OPENS | step | (_ASKS if asks else 0)

    def _read_word(self, word: str) -> KnownName:
        return self._names(word, fold(word), None)

    def _read_step(self, key: str) -> int:
        """Return the flags of the names of a key, and whether longer names begin with it."""
        step = self._world.names.flags(key) | self._curated.flags(key)
        return step | self._layer_flags(key) if self._layers else step

    def _names_at(self, words: Words, first: int) -> Iterator[NameMatch]:
        """Yield the names that start with a word, by last word and by what follows it."""
        stations, bare_stations = words.walk(first, self._steps)
        plain = self._plain_ends(words, first, stations)
        bare = self._ends(words, bare_stations, STRIPPED | ARABIC)
        for last, tail in sorted(plain | bare):
            start, end = words.bounds(first, last, tail)
            surface = " ".join(words.text[start:end].split())
            name = self._names(surface, plain.get((last, tail)), bare.get((last, tail)))
            # "Assad's" is no spelling of a village called Assads.
            if tail is Tail.POSSESSIVE or not words.is_possessive(last) or name.has_possessive_name:
                yield NameMatch(first, last, start=start, end=end, name=name)

    def _ends(self, words: Words, stations: Iterable[Station], wanted: int) -> _Ends:
        """Return the keys of the stations where names of the wanted kind end."""
        found: _Ends = {}
        for last, key, step in stations:
            if step & wanted:
                found[last, Tail.NONE] = key
            if key[-1] == "s" and words.is_possessive(last) and self._steps[key[:-1]] & wanted:
                found[last, Tail.POSSESSIVE] = key[:-1]
        return found

    def _plain_ends(self, words: Words, first: int, stations: Iterable[Station]) -> _Ends:
        """Return the keys of the stations where names end that are read as they stand."""
        found = self._ends(words, stations, _PLAINLY)
        for last, key, step in stations:
            if step & STRICT:  # a name only as it is spelled
                spellings = self._spellings_of(key)
                if words.is_stopped(last) and words.text_of(first, last, Tail.STOP) in spellings:
                    found.pop((last, Tail.NONE), None)
                    found[last, Tail.STOP] = key
                elif words.text_of(first, last, Tail.NONE) in spellings:
                    found[last, Tail.NONE] = key
        return found

    def _read_spellings(self, key: str) -> set[str]:
        spellings = {posting.name for posting in self._curated.postings(key)}
        key_id = self._world.names.key_id(key)
        for posting in self._world.names.postings(key_id) if key_id is not None else ():
            spellings.add(self._world.spellings_of(posting.row)[posting.name])
        for layer in self._layers:
            spellings |= {posting.name for posting in layer.postings(key)}
        return spellings

    def _layer_flags(self, key: str) -> int:
        """Return the flags of the names that the layers have for places that any of us knows."""
        flags = 0
        for layer in self._layers:
            flags |= CONTINUES if not flags & CONTINUES and layer.continues(key) else 0
            if layer.flags(key) & ~flags:
                for posting in layer.postings(key):
                    is_known = not posting.is_code and self._layer_place(layer, posting.number) is not None
                    flags |= posting.flags if is_known else 0
        return flags

    def lookup(
        self, name: str, *, country: str | None = None, kind: PlaceKind | None = None, limit: int = 20
    ) -> tuple[NameHit, ...]:
        """Return the places of a name, best first: by level, then country before city, size and id.

        With a `country` (ISO alpha-2), spellings that sound alike count too; without one only when
        nothing else is found.

        >>> Gazetteer.load().lookup("Kharkov")[0].place.name
        'Kharkiv'
        """
        key = spelling_key(name)
        bare_key = article_key(key)
        hits = self._kept(self._hits(name, key, bare_key, reading=_Reading.LOOKUP), country, kind)
        if key and (country is not None or not hits):
            known = {hit.place.id for hit in hits}
            alike = self._kept(self._sounding_like(key, country), country, kind)
            hits += [hit for hit in alike if hit.place.id not in known]
        return tuple(hits[:limit])

    def named(self, name: str) -> tuple[NameHit, ...]:
        """Return the places of a name as a text means it, best first: no codes, nothing by its sound.

        >>> [hit.place.country for hit in Gazetteer.load().named("Mosul")]
        ['IQ']
        """
        key = spelling_key(name)
        bare_key = article_key(key)
        return self._hits(name, key, None if bare_key == key else bare_key)  # as `scan` asks

    @staticmethod
    def _kept(hits: Iterable[NameHit], country: str | None, kind: PlaceKind | None) -> list[NameHit]:
        return [
            hit
            for hit in hits
            if (country is None or hit.place.country == country) and (kind is None or hit.place.kind is kind)
        ]

    def _read_hits(
        self, surface: str, key: str | None, bare_key: str | None, *, reading: _Reading = _Reading.TEXT
    ) -> tuple[NameHit, ...]:
        surface = " ".join(surface.split())
        hits: list[NameHit] = []
        if key:
            hits += self._hits_of(key, surface, PLAIN | STRICT | STRIPPED, reading)
        if key and reading is _Reading.LOOKUP:
            hits += self._world_hits(self._world.codes, key, surface, PLAIN | STRICT, reading)
            hits += self._code_hits(key, surface)
        if bare_key and bare_key != key:
            hits += self._hits_of(bare_key, surface, STRIPPED | ARABIC, reading)
        return _ranked(hits)

    def _hits_of(self, key: str, surface: str, wanted: int, reading: _Reading) -> Iterator[NameHit]:
        for posting in self._curated.postings(key):
            if _reads(posting.flags, wanted, is_as_spelled=posting.name == surface, reading=reading):
                place = self._curated_place(posting.id)
                names = (place.name, *place.alternate_names)
                yield _hit(place, posting.name, surface, names, level=_level(posting.flags & wanted))
        yield from self._world_hits(self._world.names, key, surface, wanted, reading)
        for layer in self._layers:
            for entry in layer.postings(key):
                is_as_spelled = entry.name == surface
                is_read = _reads(entry.flags, wanted, is_as_spelled=is_as_spelled, reading=reading)
                if is_read and not entry.is_code:
                    yield from self._layer_hits(layer, entry, surface, _level(entry.flags & wanted))

    def _code_hits(self, key: str, surface: str) -> Iterator[NameHit]:
        for layer in self._layers:
            for posting in layer.postings(key):
                if posting.is_code:
                    yield from self._layer_hits(layer, posting, surface, SpellingLevel.FOLDED)

    def _layer_hits(
        self, layer: Layer, posting: LayerPosting, surface: str, level: SpellingLevel
    ) -> Iterator[NameHit]:
        place = self._layer_place(layer, posting.number)
        if place is not None:
            names = layer.names_of(posting.number)
            yield _hit(place, posting.name, surface, names, level=level, main=names[0])

    def _world_hits(
        self, table: KeyTable, key: str, surface: str, wanted: int, reading: _Reading
    ) -> Iterator[NameHit]:
        key_id = table.key_id(key)
        for row, number, flags in table.postings(key_id, wanted) if key_id is not None else ():
            names = self._spellings(row)
            name = names[number]
            if _reads(flags, wanted, is_as_spelled=name == surface, reading=reading):
                level = _level(flags & wanted)
                yield _hit(self._world_place(row), name, surface, names, level=level, main=names[0])

    def _sounding_like(self, key: str, country: str | None) -> tuple[NameHit, ...]:
        hits: list[tuple[float, NameHit]] = []
        is_bare = writes_no_vowels(key)
        for reading in [key] if key.isascii() else romanizations(key):
            for sound in skeletons(reading):
                for name, place_of in self._of_sound(sound, country):
                    nearness = _nearness(reading, spelling_key(name), is_bare=is_bare)
                    if nearness >= _MIN_SIMILARITY:
                        place = place_of()
                        is_primary = name == place.name
                        hit = NameHit(place, name, level=SpellingLevel.PHONETIC, is_primary=is_primary)
                        hits.append((nearness, hit))
        hits.sort(key=lambda pair: (-round(pair[0], 1), *_rank(pair[1], {})))
        return tuple({hit.place.id: hit for _, hit in reversed(hits)}.values())[::-1]

    def _of_sound(self, sound: str, country: str | None) -> Iterator[tuple[str, Callable[[], Place]]]:
        """Yield the names of a skeleton, each with a way to its place: most are then found too unlike."""
        for curated in self._curated.sounding(sound, country=country):
            yield curated.name, partial(self._curated_place, curated.id)
        world = self._world
        for layer in self._layers:
            for number, name, _ in layer.sounding(sound, country=country):
                place = self._layer_place(layer, number)
                if place is not None:
                    yield name, partial(_given, place)
        key_id = world.sounds.key_id(sound)
        for posting in world.sounds.postings(key_id) if key_id is not None else ():
            if country is None or world.country_of(posting.row) == country:
                yield (
                    world.spellings_of(posting.row)[posting.name],
                    partial(self._world_place, posting.row),
                )

    def place(self, place_id: str) -> Place:
        """Return the place of an id. Raises `GazetteerError` when there is none.

        >>> Gazetteer.load().place("gn703448").name
        'Kyiv'
        """
        if place_id in self._curated:
            return self._curated_place(place_id)
        is_numbered = place_id.startswith("gn") and place_id[2:].isdecimal()
        if self._layers and is_numbered:
            place = self._numbered(int(place_id[2:]))
        else:
            place = self._place_in((*self._upper, *self._lower), place_id)
        row = self._world.row_of_id(place_id) if place is None else None
        if row is not None:
            place = self._world_place(row)
        if place is None:
            raise GazetteerError(f"no place has the id {place_id!r}")
        return place

    def curated_places(self) -> tuple[Place, ...]:
        """Return the places of the curated table and of the user's own, in order of id."""
        return tuple(self._curated_place(place.id) for place in self._by_id)

    @cached_property
    def _by_id(self) -> Sequence[Place]:
        return sorted(self._curated.all(), key=lambda place: place.id)

    @cached_property
    def _by_latitude(self) -> tuple[list[float], Sequence[Place]]:
        places = sorted(self._by_id, key=lambda place: place.point.lat)
        return [place.point.lat for place in places], places

    def near(self, point: LatLon, *, radius_km: float, min_population: int = 0) -> tuple[Place, ...]:
        """Return the places within `radius_km` of a point, nearest first; no countries or seas."""
        found: dict[str, tuple[float, Place]] = {}
        for place in self._around(point, radius_km, min_population):
            if not place.kind.is_area and (place.population or 0) >= min_population:
                away = sphere_km(point, place.point)
                if away > radius_km * (1 - SPHERE_ERROR):
                    away = distance_km(point, place.point)
                if away <= radius_km:
                    found[place.id] = (away, place)
        return tuple(place for _, place in sorted(found.values(), key=lambda pair: (pair[0], pair[1].id)))

    def _around(self, point: LatLon, radius_km: float, min_population: int) -> Iterator[Place]:
        reach = radius_km * (1 + SPHERE_ERROR)
        spread = math.degrees(reach / MEAN_RADIUS_KM)
        lats, places = self._by_latitude
        for i in range(bisect_left(lats, point.lat - spread), bisect_right(lats, point.lat + spread)):
            if sphere_km(point, places[i].point) <= reach:
                yield self._curated_place(places[i].id)
        world = self._world
        north, south = round((point.lat + spread) * MICRO), round((point.lat - spread) * MICRO)
        for row in world.rows_in_cells(*_cells_around(point, reach)):
            if world.population[row] < min_population or not south <= world.lat[row] <= north:
                continue
            if sphere_km(point, world.point_of(row)) <= reach:
                yield self._world_place(row)
        for layer in self._layers:
            numbers = layer.in_cells(_cells_around(point, reach), min_population=min_population)
            yield from filter(None, (self._layer_place(layer, number) for number in numbers))

    def in_country(self, country: str, *, min_population: int = 0) -> tuple[Place, ...]:
        """Return the towns of a country (ISO alpha-2), the largest first."""
        return self._towns(country, min_population)

    def _read_towns(self, country: str, min_population: int) -> tuple[Place, ...]:
        found = {
            place.id: self._curated_place(place.id)
            for place in self._by_id
            if place.country == country and place.kind in _SETTLED
        }
        world = self._world
        for row in world.rows_in_country(country):
            if world.population[row] < min_population:
                break
            place = self._world_place(row)
            if place.kind in _SETTLED:
                found.setdefault(place.id, place)
        for layer in self._layers:
            numbers = layer.in_country(country, PlaceKind.SETTLEMENT, min_population=min_population)
            for imported in filter(None, (self._layer_place(layer, number) for number in numbers)):
                if imported.kind in _SETTLED:
                    found.setdefault(imported.id, imported)
        kept = [place for place in found.values() if (place.population or 0) >= min_population]
        return tuple(sorted(kept, key=lambda place: (-(place.population or 0), place.id)))

    def info(self) -> Mapping[str, Any]:
        """Return what it is made of: tables and their rows, layers, the world's sources and counts."""
        header = self._world.header
        world = {key: header[key] for key in ("format", "sources", "counts", "fingerprint", "size")}
        return {
            "tables": dict(self._tables),
            "layers": [{"path": str(layer.path), **layer.header} for layer in self._layers],
            "world": {**world, "path": str(self._world.path)},
            "problems": len(self.problems),
        }

    # Which of several entries of one place wins

    def _layer_place(self, layer: Layer, number: int) -> Place | None:
        """Return the place that an entry of a layer stands for, as whoever wins has it."""
        if number > 0:
            return self._numbered(number)
        place = layer.place(number)
        return None if place is None else self.place(place.id)

    def _read_numbered(self, geonameid: int) -> Place | None:
        """Return the place of a GeoNames number, or `None` where nobody has a point for it."""
        curated_id = self._curated.id_of_geonameid.get(geonameid)
        for place in (layer.place(geonameid) for layer in self._upper if curated_id not in self._own):
            if place is not None:
                return self._united(place)
        if curated_id is not None:
            return self._curated_place(curated_id)
        for place in (layer.place(geonameid) for layer in self._lower):
            if place is not None:
                return self._united(place)
        row = self._world.row_of(geonameid)
        return None if row is None else self._united(self._world.place(row))

    def _place_in(self, layers: Sequence[Layer], place_id: str) -> Place | None:
        """Return the place of an id in the first of some layers that has it."""
        for layer in layers:
            number = layer.number_of(place_id)
            place = None if number is None else layer.place(number)
            if place is not None:
                return self._united(place)
        return None

    def _unite(self, place_id: str) -> Place:
        """Return a curated place, or what the user's own layers have in its stead."""
        place = self._curated.place(place_id)
        if place_id in self._own:
            return self._united(place)
        upper = self._place_in(self._upper, place_id)
        if upper is None and place.geonameid is not None:
            upper = self._place_in(self._upper, f"gn{place.geonameid}")
        return upper or self._united(place)

    def _united(self, place: Place) -> Place:
        """Return a place with what world and layers know besides for its GeoNames number."""
        if place.geonameid is None:
            return place
        row = self._world.row_of(place.geonameid)
        names = dict.fromkeys(place.alternate_names)
        names |= dict.fromkeys(self._world.spellings_of(row) if row is not None else ())
        for layer in self._layers:
            names |= dict.fromkeys(filter(None, layer.names_of(place.geonameid)))
        names.pop(place.name, None)
        place = replace(place, alternate_names=tuple(names))
        if row is None:
            return place
        return replace(
            place,
            population=self._world.population[row] or None if place.population is None else place.population,
            radius_km=self._world.radius_of(row) if place.radius_km is None else place.radius_km,
            admin1=place.admin1 or self._world.division_of(row),
        )

    def _read_world_place(self, row: int) -> Place:
        geonameid = self._world.geonameid[row]
        known = self._numbered(geonameid) if self._layers and geonameid else None
        if known is not None:
            return known
        place = self._world.place(row, self._spellings(row))
        curated_id = self._curated.id_of_geonameid.get(geonameid, place.id)
        return self._curated_place(curated_id) if curated_id in self._curated else place


def _opened(paths: Sequence[Path]) -> tuple[Layer, ...]:
    if not paths:
        return ()
    from geoevents.gazetteer.layers import Layer  # late: who has no layers need not wait for SQLite

    return tuple(map(Layer, paths))


def _nearness(reading: str, known: str, *, is_bare: bool) -> float:
    """Return how near two keys sound; of a reading without short vowels only the consonants count."""
    if is_bare:
        reading, known = (article_key(key).translate(_NO_VOWELS) for key in (reading, known))
    return similarity(reading, known)


def _given(place: Place) -> Place:
    return place


def _reads(flags: int, wanted: int, *, is_as_spelled: bool, reading: _Reading) -> bool:
    """Say whether a posting counts: of the wanted kind, and in a text as strictly as it asks."""
    return bool(flags & wanted) and (
        not flags & STRICT or is_as_spelled or (reading is _Reading.LOOKUP and bool(wanted & STRICT))
    )


def _level(flags: int) -> SpellingLevel:
    return SpellingLevel.FOLDED if flags & (PLAIN | STRICT) else SpellingLevel.ARTICLE


def _hit(
    place: Place,
    name: str,
    surface: str,
    names: Sequence[str],
    *,
    level: SpellingLevel,
    main: str | None = None,
) -> NameHit:
    """Make a hit; a spelling that is among the names letter for letter is exact."""
    if name == surface or surface in names:
        name, level = surface, SpellingLevel.EXACT
    return NameHit(place, name, level=level, is_primary=name in (place.name, main))


def _ranked(hits: Sequence[NameHit]) -> tuple[NameHit, ...]:
    """Return the hits in order of rank, the best one for each place."""
    seats: dict[tuple[str | None, str | None], int] = {}
    for place in (hit.place for hit in hits if hit.place.kind is PlaceKind.SETTLEMENT):
        division = (place.country, place.admin1)
        seats[division] = max(seats.get(division, 0), place.population or 0)
    best: dict[str, NameHit] = {}
    for hit in sorted(hits, key=lambda hit: _rank(hit, seats)):
        best.setdefault(hit.place.id, hit)
    return tuple(best.values())


def size_of(place: Place) -> int:
    """Return what a place counts for among its namesakes: its people, or what its kind stands for."""
    # All areas and sites of the curated table have an extent: one without is a feature that was
    # imported, more likely a brook than a sea.
    is_slight = place.radius_km is None and place.kind not in _DIVISIONS
    return place.population or (0 if is_slight else _WEIGHTS.get(place.kind, 0))


def _rank(
    hit: NameHit, seats: Mapping[tuple[str | None, str | None], int]
) -> tuple[int, bool, int, bool, str]:
    """Return what hits are ordered by; a division comes just after the town in it of the same name."""
    place = hit.place
    size = size_of(place)
    if place.kind in _DIVISIONS:
        size = min(size, seats.get((place.country, place.admin1), size + 1) - 1)
    return hit.level, place.kind not in _FIRST_KINDS, -size, not hit.is_primary, place.id


def _cells_around(point: LatLon, radius_km: float) -> tuple[int, int, int, int]:
    """Return whole degrees south, north, west and east that hold the circle."""
    spread = math.degrees(radius_km / MEAN_RADIUS_KM)
    south, north = math.floor(point.lat - spread), math.floor(point.lat + spread)
    widest = max(abs(point.lat - spread), abs(point.lat + spread))
    if widest >= 89:
        return south, north, -180, 179
    # The meridians that touch the circle: sin(width) = sin(radius) / cos(latitude).
    sine = math.sin(math.radians(spread)) / math.cos(math.radians(point.lat))
    if sine >= 1:
        return south, north, -180, 179
    width = math.degrees(math.asin(sine))
    return south, north, math.floor(point.lon - width), math.floor(point.lon + width)
