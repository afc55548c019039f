from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import assume, example, given, settings, strategies as st

from geoevents.boundaries import Boundaries
from geoevents.boundaries.outlines import Outlines, Piece, pack
from geoevents.geodesy import LatLon, destination, earth_centered_km

WORLD = Boundaries.load()

points = st.builds(LatLon, lat=st.floats(-90, 90), lon=st.floats(-180, 180))
# Where news is, and most borders.
inhabited = st.builds(LatLon, lat=st.floats(-35, 60), lon=st.floats(-20, 140))
pairs = st.sampled_from(["SY IQ", "UA RU", "IL SY", "IL PS", "IN PK", "XK RS", "SD SS", "US MX", "MA EH"])


def countries(lat: float, lon: float) -> list[str]:
    return [answer.country for answer in WORLD.countries_at(LatLon(lat=lat, lon=lon))]


@pytest.mark.parametrize(
    ("lat", "lon", "country"),
    [
        (33.506, 38.618, "SY"),  # At-Tanf
        (49.99, 36.23, "UA"),  # Kharkiv
        (32.8, 35.0, "IL"),  # Haifa, on the coast
        (15.35, 44.21, "YE"),  # Sanaa
        (41.9, 12.6, "IT"),  # Rome, around the Vatican
        (-29.12, 26.22, "ZA"),  # Bloemfontein, beside Lesotho
        (-18.14, 178.44, "FJ"),  # Suva
        (4.92, -52.31, "GF"),  # Cayenne, drawn with France
        (78.3, 17.0, "SJ"),  # Spitsbergen, drawn with Norway
    ],
)
def test_a_place_inside_a_country_has_one_certain_answer(lat, lon, country):
    (answer,) = WORLD.countries_at(LatLon(lat=lat, lon=lon))
    assert (answer.country, answer.is_certain) == (country, True)


@pytest.mark.parametrize(
    ("lat", "lon", "both"),
    [
        (36.891, 38.353, {"SY", "TR"}),  # Kobani
        (-1.68, 29.22, {"CD", "RW"}),  # Goma
        (31.76, -106.49, {"US", "MX"}),  # El Paso
        (41.9022, 12.4533, {"IT", "VA"}),
        (46.2, 6.2, {"CH", "FR"}),
    ],
)
def test_near_a_border_both_neighbors_are_uncertain_answers(lat, lon, both):
    answers = WORLD.countries_at(LatLon(lat=lat, lon=lon))
    assert {answer.country for answer in answers} == both
    assert not any(answer.is_certain for answer in answers)
    assert all("km from" in answer.reason for answer in answers)


@pytest.mark.parametrize(
    ("lat", "lon"), [(0, -30), (20.5, 38.2), (14.8, 42.3), (43.3, 34), (42, 51), (90, 0), (-10, 180)]
)
def test_the_open_sea_is_in_no_country(lat, lon):
    assert countries(lat, lon) == []


def test_close_to_a_coast_the_sea_may_be_land():
    (answer,) = WORLD.countries_at(LatLon(lat=33.89, lon=35.44))  # off Beirut
    assert (answer.country, answer.is_certain) == ("LB", False)
    assert "coast" in answer.reason


@pytest.mark.parametrize(
    ("lat", "lon", "expected"),
    [
        (44.95, 34.1, ["RU", "UA"]),  # Simferopol
        (32.99, 35.69, ["IL", "SY"]),  # Katzrin
        (27.15, -13.2, ["MA", "EH"]),  # Laayoune
        (26.16, -10.57, ["EH", "MA"]),  # Tifariti, east of the berm
        (34.08, 74.8, ["IN", "PK"]),  # Srinagar
        (35.3, 75.6, ["PK", "IN"]),  # Skardu
        (35.0, 79.3, ["CN", "IN"]),  # Aksai Chin
        (39.82, 46.75, ["AZ", "AM"]),  # Stepanakert
        (42.66, 21.17, ["XK", "RS"]),  # Pristina
        (31.9, 35.2, ["PS", "IL"]),  # Ramallah
        (31.78, 35.235, ["PS", "IL"]),  # East Jerusalem
        (31.35, 34.3, ["PS", "IL"]),  # Khan Younis
        (35.25, 33.4, ["CY", "TR"]),  # north of Nicosia
        (25.03, 121.56, ["TW", "CN"]),  # Taipei
        (22.3, 36.4, ["EG", "SD"]),  # Hala'ib
        (9.6, 28.43, ["SD", "SS"]),  # Abyei
        (9.27, 24.41, ["SD", "SS"]),  # Kafia Kingi
        (47.1, 37.55, ["UA", "RU"]),  # Mariupol
        (44.1, 146.0, ["RU", "JP"]),  # Kunashir
        (-51.7, -58.5, ["FK", "AR"]),
    ],
)
def test_a_disputed_area_answers_with_holder_and_claimant(lat, lon, expected):
    assert countries(lat, lon)[:2] == expected
    assert not any(answer.is_certain for answer in WORLD.countries_at(LatLon(lat=lat, lon=lon)))


@pytest.mark.parametrize(
    ("lat", "lon", "country", "name"),
    [
        (43.0, 41.02, "GE", "Abkhazia"),
        (42.225, 43.97, "GE", "South Ossetia"),
        (46.84, 29.63, "MD", "Transnistria"),
        (9.56, 44.06, "SO", "Somaliland"),
    ],
)
def test_a_holder_without_a_code_is_named_in_the_reason(lat, lon, country, name):
    (answer,) = WORLD.countries_at(LatLon(lat=lat, lon=lon))
    assert (answer.country, answer.is_certain) == (country, False)
    assert answer.reason.startswith(f"{name}: ")


@pytest.mark.parametrize(
    ("lat", "lon", "country"),
    [
        (66.64, 177.76, "RU"),
        (67.2, 179.99, "RU"),
        (67.2, -179.99, "RU"),
        (66.3, -179.1, "RU"),
        (-16.5, 179.6, "FJ"),
    ],
)
def test_the_date_line_is_neither_a_border_nor_a_coast(lat, lon, country):
    assert countries(lat, lon) == [country]


def test_the_date_line_has_one_coast():
    west, east = (WORLD.coast_km(LatLon(lat=67.0, lon=lon)) for lon in (180, -180))
    assert west == east
    assert west.low > 20


def test_the_south_pole_is_in_antarctica():
    assert countries(-90, 0) == countries(-90, 117) == ["AQ"]


@pytest.mark.parametrize(
    ("lat", "lon", "country", "neighbor", "km"),
    [
        (33.506, 38.618, "IQ", "SY", 21),  # At-Tanf
        (33.506, 38.618, "JO", "SY", 20),
        (49.99, 36.23, "RU", "UA", 32),  # Kharkiv
        (49.84, 24.03, "PL", "UA", 57),  # Lviv
        (51.045, -114.06, "US", "CA", 227.4),  # Calgary: the border is the 49th parallel
        (49.895, -97.138, "US", "CA", 99.5),  # Winnipeg, too
        (24.0, 28.0, "SD", "EG", 221.6),  # the 22nd parallel
        (25.0, 27.0, "LY", "EG", 201.8),  # the 25th meridian
        (37.566, 126.978, "KP", "KR", 39),  # Seoul
        (48.21, 16.37, "SK", "AT", 39),  # Vienna
    ],
)
def test_known_distances_from_a_border_come_out_within_two_kilometers(lat, lon, country, neighbor, km):
    interval = WORLD.border_km(LatLon(lat=lat, lon=lon), country, neighbor=neighbor)
    assert interval is not None
    assert (interval.low + interval.high) / 2 == pytest.approx(km, abs=2)
    assert interval.high - interval.low <= 6.001


def test_a_border_in_dispute_spans_both_views():
    kherson = LatLon(lat=46.64, lon=32.61)
    interval = WORLD.border_km(kherson, "RU", neighbor="UA")
    assert interval is not None
    assert interval.low < 95  # Crimea as held
    assert interval.high > 400  # as claimed, Russia begins behind Donbas


def test_both_lines_of_the_golan_count():
    damascus = LatLon(lat=33.51, lon=36.29)
    interval = WORLD.border_km(damascus, "IL", neighbor="SY")
    assert interval is not None
    assert interval.low < 48
    assert interval.high > 65


def test_the_west_bank_is_bounded_by_the_same_lines_whoever_holds_it():
    tel_aviv, amman = LatLon(lat=32.08, lon=34.78), LatLon(lat=31.95, lon=35.93)
    green_line, river = WORLD.border_km(tel_aviv, "PS"), WORLD.border_km(amman, "PS", neighbor="JO")
    assert green_line is not None
    assert river is not None
    assert 15 < green_line.low < green_line.high < 23
    assert 30 < river.low < river.high < 40
    israel = WORLD.border_km(amman, "IL", neighbor="JO")
    assert israel is not None
    assert israel.low == river.low  # as held
    assert israel.high > 50  # as claimed, only north and south of the West Bank


@pytest.mark.parametrize(("country", "neighbor"), [("IS", None), ("SY", "FR"), ("SY", "SY"), ("ZZ", None)])
def test_where_there_is_no_land_border_there_is_no_distance(country, neighbor):
    assert WORLD.border_km(LatLon(lat=33.5, lon=38.6), country, neighbor=neighbor) is None


@pytest.mark.parametrize(
    ("lat", "lon", "low", "high"),
    [(46.48, 30.74, 0, 6), (40.4, 49.9, 0, 8), (33.506, 38.618, 255, 285), (0, 0, 480, 600)],
)
def test_known_distances_from_the_coast_come_out(lat, lon, low, high):
    interval = WORLD.coast_km(LatLon(lat=lat, lon=lon))
    assert low <= interval.low <= interval.high <= high


@given(points)
def test_no_distance_is_negative(point):
    assert WORLD.coast_km(point).low >= 0
    border = WORLD.border_km(point, "RU")
    assert border is not None
    assert border.low >= 0


@given(inhabited)
@example(LatLon(lat=33.506, lon=38.618))
def test_a_certain_point_is_away_from_every_border_of_its_country(point):
    answers = WORLD.countries_at(point)
    assume(answers and answers[0].is_certain)
    border = WORLD.border_km(point, answers[0].country)
    assert border is None or border.low > 0


@given(points)
def test_an_answer_is_certain_only_alone_and_each_country_stands_once(point):
    answers = WORLD.countries_at(point)
    assert len({answer.country for answer in answers}) == len(answers)
    assert len(answers) == 1 or not any(answer.is_certain for answer in answers)
    assert all(answer.reason for answer in answers)


@given(inhabited, pairs)
def test_a_border_is_the_same_from_both_its_countries(point, pair):
    first, second = pair.split()
    assert WORLD.border_km(point, first, neighbor=second) == WORLD.border_km(point, second, neighbor=first)


@given(inhabited, pairs)
def test_a_border_with_one_neighbor_is_no_nearer_than_the_nearest(point, pair):
    country, neighbor = pair.split()
    one, any_one = WORLD.border_km(point, country, neighbor=neighbor), WORLD.border_km(point, country)
    assert one is not None
    assert any_one is not None
    assert any_one.low <= one.low


@given(inhabited, st.floats(0, 360), st.floats(0.1, 30))
def test_a_walk_that_reaches_neither_border_nor_coast_stays_in_the_country(point, bearing, km):
    answers = WORLD.countries_at(point)
    assume(answers and answers[0].is_certain)
    country = answers[0].country
    border, coast = WORLD.border_km(point, country), WORLD.coast_km(point)
    assume(coast.low > km and (border is None or border.low > km))
    there = WORLD.countries_at(destination(point, bearing_deg=bearing, distance_km=km))
    assert country in [answer.country for answer in there]


@given(inhabited, st.floats(0, 360), st.floats(0.1, 100))
def test_a_distance_changes_no_more_than_the_point_moves(point, bearing, km):
    moved = destination(point, bearing_deg=bearing, distance_km=km)
    assert abs(WORLD.coast_km(point).high - WORLD.coast_km(moved).high) <= km * 1.001 + 0.01


corners = st.tuples(st.integers(-179_000, 179_000), st.integers(-89_000, 89_000)).map(
    lambda steps: (steps[0] / 1000, steps[1] / 1000)
)


@given(st.lists(st.lists(corners, min_size=2, max_size=5, unique=True), min_size=1, max_size=70), points)
def test_the_tree_finds_what_looking_at_every_piece_finds(paths, point):
    pieces = [Piece(points=tuple(path), areas=(i % 3, 3)) for i, path in enumerate(paths)]
    outlines = Outlines(pack([None] * 4, pieces))
    position = earth_centered_km(lat=point.lat, lon=point.lon)
    (first, *_) = outlines.nearest(position)
    (same, *_) = outlines.nearest(position, pieces=range(len(pieces)))
    assert first.nearest.km == same.nearest.km


def test_a_corner_of_a_square_knows_its_outside():
    square = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0))
    outlines = Outlines(pack([None] * 2, [Piece(points=square, areas=(1, 0))]))
    for lat, lon, is_inside in ((2, 2, False), (-1, -3, False), (0.9, 0.9, True), (-0.1, 0.5, False)):
        (passing,) = outlines.nearest(earth_centered_km(lat=lat, lon=lon))
        assert passing.nearest.is_left == is_inside


def test_loading_and_asking_once_is_quick_and_needs_no_large_library():
    code = (
        "import sys, time; from geoevents.geodesy import LatLon\n"
        "start = time.perf_counter()\n"
        "from geoevents.boundaries import Boundaries\n"
        "Boundaries.load().countries_at(LatLon(lat=33.5, lon=38.6))\n"
        "assert not {'shapely', 'numpy', 'pandas'} & set(sys.modules)\n"
        "print(time.perf_counter() - start)"
    )
    seconds = min(
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout)
        for _ in range(3)
    )
    assert seconds < 0.3  # 0.03 on an idle machine


@settings(deadline=None)
@given(inhabited)
def test_an_answer_takes_about_a_millisecond_after_the_first(point):
    WORLD.countries_at(point)
    times = []
    for _ in range(3):
        start = time.perf_counter()
        WORLD.countries_at(point)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.02
