"""What must hold of the curated tables of countries, divisions, regions, institutions and demonyms."""

from __future__ import annotations

from collections import Counter

import pytest

from geoevents.gazetteer import Gazetteer, validate
from geoevents.gazetteer.curated import read_places
from geoevents.geodesy import LatLon, distance_km
from geoevents.model import Place, PlaceKind
from geoevents.tables import read_rows, table_path


@pytest.fixture(scope="module")
def places() -> dict[str, Place]:
    return {place.id: place for place in read_places(table_path("gazetteer.csv"))}


def rows(name: str) -> list[dict[str, str]]:
    return [row for _, row in read_rows(table_path(name))]


def of_kind(places: dict[str, Place], kind: PlaceKind) -> list[Place]:
    return [place for place in places.values() if place.kind is kind]


def test_the_gazetteer_is_fit_for_use() -> None:
    assert validate(table_path("gazetteer.csv")) == ()


def test_every_country_has_one_row_named_for_its_code(places: dict[str, Place]) -> None:
    countries = of_kind(places, PlaceKind.COUNTRY)
    assert len(countries) == 250
    assert all(place.id == f"country-{(place.country or '').lower()}" for place in countries)
    assert {row["country"] for row in rows("admin1.csv")} <= {place.country for place in countries}


# GeoNames' own points, which gold standards of geoparsing measure against.
@pytest.mark.parametrize(
    ("place_id", "lat", "lon"),
    [
        ("country-sy", 35, 38),
        ("country-iq", 33, 44),
        ("country-ru", 60, 100),
        ("country-us", 39.76, -98.5),
        ("country-fr", 46, 2),
        ("country-ua", 49, 32),
        ("admin1-us-tx", 31.25, -99.25),
        ("continent-africa", 7.19, 21.09),
    ],
)
def test_a_country_lies_where_geonames_puts_it(
    places: dict[str, Place], place_id: str, lat: float, lon: float
) -> None:
    assert distance_km(places[place_id].point, LatLon(lat=lat, lon=lon)) < 2


def test_a_division_lies_in_the_midst_of_its_towns(places: dict[str, Place]) -> None:
    town_in = {"sy-aleppo": "admin1-sy-09", "sy-idlib": "admin1-sy-12", "iq-mosul": "admin1-iq-15"}
    for town, division in town_in.items():
        reach = 2 * (places[division].radius_km or 0)
        assert distance_km(places[town].point, places[division].point) < reach


def test_every_area_has_an_extent(places: dict[str, Place]) -> None:
    mine = ("country-", "admin1-", "region-", "water-", "continent-")
    assert [p.id for p in places.values() if p.id.startswith(mine) and not p.radius_km] == []


def test_an_institution_is_small_and_never_pinned(places: dict[str, Place]) -> None:
    institutions = of_kind(places, PlaceKind.INSTITUTION)
    assert len(institutions) > 50
    assert all((place.radius_km or 9) <= 3 and not place.kind.is_pinned for place in institutions)


@pytest.mark.parametrize(
    "place_id",
    ["admin1-ua-11", "region-golan-heights", "region-kashmir", "country-tw", "country-xk", "admin1-ge-02"],
)
def test_contested_ground_says_who_holds_and_who_claims_it(places: dict[str, Place], place_id: str) -> None:
    assert places[place_id].disputed


def test_a_demonym_means_one_place_that_exists() -> None:
    gazetteer = Gazetteer.load()
    meanings: dict[str, set[str]] = {}
    for row in rows("demonyms.csv"):
        place = gazetteer.place(row["place_id"])
        assert row["country"] == (place.country or "")
        assert row["part_of_speech"] in {"adjective", "noun", "plural"}
        meanings.setdefault(row["demonym"].casefold(), set()).add(place.id)
    assert [word for word, ids in meanings.items() if len(ids) > 1] == []
    assert meanings["syrians"] == {"country-sy"}
    assert meanings["gazans"] == {"admin1-ps-gz"}
    assert meanings["londoners"] == {"gn2643743"}


def test_a_division_code_is_given_once() -> None:
    firsts = Counter((row["country"], row["code"]) for row in rows("admin1.csv"))
    seconds = Counter((row["country"], row["admin1_code"], row["code"]) for row in rows("admin2.csv"))
    assert max(firsts.values()) == max(seconds.values()) == 1
    assert {(country, first) for country, first, _ in seconds} <= set(firsts)


def test_a_district_says_its_division_by_name() -> None:
    names = {(row["country"], row["code"]): row["name"] for row in rows("admin1.csv")}
    for row in rows("admin2.csv"):
        assert row["admin1"] == names[row["country"], row["admin1_code"]]


def test_divisions_are_called_alike_in_every_table(places: dict[str, Place]) -> None:
    names = {(row["country"], row["name"]) for row in rows("admin1.csv")}
    for place in [*of_kind(places, PlaceKind.ADMIN1), *of_kind(places, PlaceKind.INSTITUTION)]:
        if place.admin1:
            assert (place.country, place.admin1) in names, place.id


def test_the_world_index_knows_counties_and_districts() -> None:
    gazetteer = Gazetteer.load()
    for name, country, division in (
        ("Laurel County", "US", "Kentucky"),
        ("Bakhmut Raion", "UA", "Donetsk Oblast"),
    ):
        place = gazetteer.lookup(name)[0].place
        assert (place.kind, place.country, place.admin1) == (PlaceKind.ADMIN2, country, division)
