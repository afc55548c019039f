"""What is a place of a source before it is stored, and under which keys is it found?

The compiled world and the layers that a user imports take the same rows in, and find them by the
same keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import KW_ONLY, dataclass

from geoevents.gazetteer.countries import ARABIC_COUNTRIES, ROMANIZED_COUNTRIES
from geoevents.gazetteer.index import MAX_NAMES, PLAIN, STRICT, STRIPPED
from geoevents.gazetteer.spelling import article_key, is_strict, skeletons, spelling_key
from geoevents.places import PlaceKind

__all__ = ["WorldRow", "kept_names", "keys_of"]


@dataclass(frozen=True, slots=True)
class WorldRow:
    """One place of a source.

    `names` holds the main name first; `division` is a name. `id` is for a place whose GeoNames
    number is unknown, and then `geonameid` is 0. `has_chosen_names` says that somebody chose its
    alternates for news in English, so that even "UAE" and "Pa." are worth looking for. `lookup_only`
    are the names that no text is scanned for.
    """

    geonameid: int
    names: tuple[str, ...]
    _: KW_ONLY
    id: str = ""
    lat: float
    lon: float
    kind: PlaceKind
    country: str = ""
    division: str = ""
    population: int = 0
    radius_km: float | None = None
    has_chosen_names: bool = False
    lookup_only: frozenset[str] = frozenset()
    source: str = "GeoNames"


def keys_of(row: WorldRow) -> Iterator[tuple[str, str, int, int]]:
    """Yield table, key, number of the spelling and way of reading, each key once per table."""
    seen: set[tuple[str, str]] = set()
    for number, name in enumerate(row.names):
        key = spelling_key(name)
        if not key:
            continue
        strict = is_strict(name)
        table = "names" if _is_scannable(name, key, row, number) else "codes"
        if (table, key) not in seen:
            seen.add((table, key))
            yield table, key, number, STRICT if strict else PLAIN
        if table == "names" and not strict:
            yield from _looser_keys(row, key, number, seen)
        first, space, rest = key.partition(" ")
        if space and first in _RESPELLED:
            for place, other in _respelled_keys(row, first, rest, table=table):
                if (place, other) not in seen:
                    seen.add((place, other))
                    yield place, other, number, PLAIN


# The words of names that news in English shortens. "St. Patrick" is a day first, and a letter with a word
# two parts of a person's name, so that no text is scanned for these.
_SHORT = {"mount": "mt", "saint": "st", "sainte": "ste", "fort": "ft"}
_LONG = {short: long for long, short in _SHORT.items()}
_SAINTS = frozenset({"saint", "sainte", "st", "ste"})
_POINTS = {"north": "n", "south": "s", "east": "e", "west": "w"}
_AMERICAN = frozenset({"CA", "US"})


_RESPELLED = frozenset([*_SHORT, *_LONG, *_POINTS])


def _respelled_keys(row: WorldRow, first: str, rest: str, *, table: str) -> Iterator[tuple[str, str]]:
    """Yield the table and key of a name with its first word shortened or in full: "Mt. Pleasant"."""
    other = _SHORT.get(first) or _LONG.get(first)
    if other is not None:
        yield "codes" if first in _SAINTS else table, f"{other} {rest}"
    if first in _POINTS and row.country in _AMERICAN and row.kind is PlaceKind.SETTLEMENT:
        yield "codes", f"{_POINTS[first]} {rest}"


# "Hague" may stand for The Hague, but "City" not for one of the villages called The City.
_BARE_POPULATION = 100_000


def _looser_keys(
    row: WorldRow, key: str, number: int, seen: set[tuple[str, str]]
) -> Iterator[tuple[str, str, int, int]]:
    is_known_without = number == 0 and key.startswith("the ") and row.population >= _BARE_POPULATION
    if row.country in ARABIC_COUNTRIES or is_known_without:
        stripped = article_key(key)
        if len(stripped) > 2 and ("names", stripped) not in seen:
            seen.add(("names", stripped))
            yield "names", stripped, number, STRIPPED
    if row.country in ROMANIZED_COUNTRIES:
        for sound in skeletons(key):
            if ("sounds", sound) not in seen:
                seen.add(("sounds", sound))
                yield "sounds", sound, number, PLAIN


# A name that a text may be scanned for: no code, no name of a letter or two unless that is what a
# city is called (Bo in Sierra Leone).
_SHORT_NAME_POPULATION = 50_000


def _is_scannable(name: str, key: str, row: WorldRow, number: int) -> bool:
    if name in row.lookup_only:
        return False
    if not key.isascii() or row.has_chosen_names:
        return len(key) > 1
    if len(key) < 3:
        return number == 0 and row.population >= _SHORT_NAME_POPULATION
    return not (number and is_strict(name))


def kept_names(name: str, alternates: Iterable[str]) -> tuple[str, ...]:
    """Return the main name and the alternates worth keeping, each spelling once.

    GeoNames carries machine transliterations of native scripts, without vowels and in lower case
    ("alrqt" for Ar Raqqah); nobody writes those. Nor is a name without a letter one.
    """
    kept = dict.fromkeys([name])
    for alternate in alternates:
        has_capital = alternate != alternate.lower()
        is_native = not has_capital and not alternate[:1].isascii() and alternate == alternate.upper()
        # A capital is a letter.
        if has_capital or (is_native and any(map(str.isalpha, alternate))):
            kept[" ".join(alternate.split())] = None
    return tuple(kept)[:MAX_NAMES]
