from __future__ import annotations

import math
import re
from itertools import pairwise

import pytest
from hypothesis import assume, given, strategies as st

from geoevents.geodesy import (
    LatLon,
    angle_between_deg,
    bearing_deg,
    compass_point,
    coordinates_km,
    destination,
    distance_km,
    earth_centered_km,
    great_circle,
    lie_within,
    mgrs,
    nearest_on_path,
    parse_mgrs,
    point_radius_km,
    ring,
    sector,
    surface_point,
)

points = st.builds(LatLon, lat=st.floats(-85, 85), lon=st.floats(-179.9, 179.9))
bearings = st.floats(0, 359.9)

TANF = LatLon(lat=33.506, lon=38.618)
ALEPPO = LatLon(lat=36.2021, lon=37.1343)


@pytest.mark.parametrize(
    ("a", "b", "km"),
    [
        (TANF, ALEPPO, 328.4),
        (LatLon(lat=0, lon=0), LatLon(lat=0, lon=1), 111.319),  # a degree on the equator
        (LatLon(lat=0, lon=0), LatLon(lat=1, lon=0), 110.574),  # a degree of latitude there
        (LatLon(lat=90, lon=0), LatLon(lat=-90, lon=0), 20003.931),  # half a meridian
        (LatLon(lat=0, lon=179.5), LatLon(lat=0, lon=-179.5), 111.319),  # across the date line
    ],
)
def test_known_distances_come_out(a, b, km):
    assert distance_km(a, b) == pytest.approx(km, abs=0.05)


@pytest.mark.parametrize(("lat", "lon"), [(91, 0), (-91, 0), (0, 181), (float("nan"), 0)])
def test_a_point_off_the_globe_is_refused(lat, lon):
    with pytest.raises(ValueError, match="itude must be from"):
        LatLon(lat=lat, lon=lon)


@given(points, points)
def test_distance_is_symmetric_and_zero_only_at_home(a, b):
    assert distance_km(a, b) == pytest.approx(distance_km(b, a), abs=1e-9)
    assert distance_km(a, a) == 0


@given(points, points, points)
def test_no_detour_is_shorter(a, b, c):
    assert distance_km(a, c) <= distance_km(a, b) + distance_km(b, c) + 1e-6


@given(points, bearings, st.floats(0.1, 3000))
def test_a_destination_lies_where_it_was_sent(origin, bearing, distance):
    target = destination(origin, bearing_deg=bearing, distance_km=distance)
    assert distance_km(origin, target) == pytest.approx(distance, abs=1e-3)
    assume(distance > 5)
    assert angle_between_deg(bearing_deg(origin, target), bearing) < 0.05


@given(bearings, bearings)
def test_an_angle_between_bearings_is_symmetric_and_at_most_a_half_turn(first, second):
    assert 0 <= angle_between_deg(first, second) <= 180
    assert angle_between_deg(first, second) == pytest.approx(angle_between_deg(second, first))


@given(bearings)
def test_a_bearing_is_within_an_eighth_of_a_right_angle_of_its_wind(bearing):
    winds = [
        "N",
        "NNE",
        "NE",
        "ENE",
        "E",
        "ESE",
        "SE",
        "SSE",
        "S",
        "SSW",
        "SW",
        "WSW",
        "W",
        "WNW",
        "NW",
        "NNW",
    ]
    assert angle_between_deg(22.5 * winds.index(compass_point(bearing)), bearing) <= 11.25 + 1e-9


@given(st.builds(LatLon, lat=st.floats(-80, 80), lon=st.floats(-170, 170)), st.floats(1, 500))
def test_a_ring_is_closed_and_keeps_its_distance(center, radius):
    around = ring(center, radius_km=radius, points=24)
    assert around[0] == around[-1]
    assert len(around) == 25
    assert all(distance_km(center, p) == pytest.approx(radius, abs=1e-3) for p in around)


@given(points, points)
def test_a_great_circle_runs_from_end_to_end_in_short_steps(a, b):
    assume(distance_km(a, b) < 15_000)
    line = great_circle(a, b, step_km=50)
    assert (line[0], line[-1]) == (a, b)
    total = sum(distance_km(p, q) for p, q in pairwise(line))
    assert total == pytest.approx(distance_km(a, b), rel=1e-4, abs=1e-3)


@given(points)
def test_a_point_in_space_is_the_point_on_the_surface(point):
    back = surface_point(*earth_centered_km(lat=point.lat, lon=point.lon))
    assert distance_km(point, back) < 0.001


@given(points, bearings, st.floats(0.01, 100))
def test_the_straight_way_is_shorter_by_less_than_two_meters_in_a_hundred_kilometers(point, bearing, km):
    there = destination(point, bearing_deg=bearing, distance_km=km)
    a, b = (earth_centered_km(lat=p.lat, lon=p.lon) for p in (point, there))
    assert -0.00002 < km - math.dist(a, b) < 0.002


@given(points, bearings, st.floats(1, 100), st.floats(10, 170), st.floats(1, 50))
def test_the_hand_on_which_a_path_passes_is_that_of_the_bearing(point, bearing, km, angle, away):
    end = destination(point, bearing_deg=bearing, distance_km=km)
    path = [c for p in (point, end) for c in earth_centered_km(lat=p.lat, lon=p.lon)]
    for side, is_left in ((-angle, True), (angle, False)):
        beside = destination(point, bearing_deg=(bearing + side) % 360, distance_km=away)
        nearest = nearest_on_path(earth_centered_km(lat=beside.lat, lon=beside.lon), path)
        assert nearest.is_left == is_left
        assert nearest.km <= away + 0.0001  # `destination` rounds to a centimeter


def test_at_a_corner_the_nearer_arm_has_the_point_beside_it():
    corner, arms = LatLon(lat=0, lon=0), (LatLon(lat=1, lon=-0.2), LatLon(lat=0.2, lon=-1))
    path = [c for p in (arms[0], corner, arms[1]) for c in earth_centered_km(lat=p.lat, lon=p.lon)]
    for lat, lon in ((-0.5, 0.5), (-0.9, 0.1), (0.05, 0.9)):
        nearest = nearest_on_path(earth_centered_km(lat=lat, lon=lon), path)
        assert nearest.is_left
        assert distance_km(surface_point(*nearest.position), corner) < 0.001


@pytest.mark.parametrize(
    ("lat", "lon", "expected"),
    [  # what NGA's GEOTRANS gives, through the package mgrs 1.5
        (33.506, 38.618, "37S DT 64520 07449"),
        (36.2021, 37.1343, "37S CA 32269 07977"),
        (60.1, 5.3, "32V KM 94317 68308"),  # Norway's coast is in the wider zone 32
        (78.2, 15.6, "33X WG 13696 80760"),  # Svalbard has four zones
        (-33.8568, 151.2153, "56H LH 34900 52288"),
        (0, 0, "31N AA 66021 00000"),
        (-0.5, 33.0, "36M WE 00000 44734"),
        (83.5, -30.2, "25X EN 35374 73134"),
        (-79.5, 170.1, "59C MM 81690 74079"),
    ],
)
def test_the_military_grid(lat, lon, expected):
    assert mgrs(LatLon(lat=lat, lon=lon)) == expected


@pytest.mark.parametrize("lat", [84, 90, -80.1, -90])
def test_the_poles_are_in_no_utm_zone(lat):
    assert mgrs(LatLon(lat=lat, lon=10)) is None


@given(st.builds(LatLon, lat=st.floats(-79.9, 83.9), lon=st.floats(-180, 180)))
def test_a_grid_reference_has_zone_square_and_ten_digits(point):
    assert re.fullmatch(r"\d{1,2}[C-X] [A-Z][A-V] \d{5} \d{5}", mgrs(point))


@given(st.builds(LatLon, lat=st.floats(-79.9, 83.9), lon=st.floats(-180, 179.9)))
def test_a_grid_reference_leads_back_to_its_square_meter(point):
    middle, width = parse_mgrs(mgrs(point))
    assert width == 1
    assert distance_km(point, middle) * 1000 <= math.sqrt(0.5) + 0.01


@pytest.mark.parametrize(
    ("text", "width"),
    [("37SDT6452007449", 1), ("37S DT 6452 0744", 10), ("37s dt 64 07", 1000), ("37S DT", 100_000)],
)
def test_a_shorter_grid_reference_is_a_larger_square(text, width):
    middle, found = parse_mgrs(text)
    assert found == width
    assert distance_km(middle, TANF) * 1000 < width


@pytest.mark.parametrize(
    "text", ["", "M4", "37S", "61S DT 1 1", "0S DT 1 1", "37I DT 1 1", "37S II 12 12", "37S DT 123", "300 km"]
)
def test_what_is_no_grid_reference_names_no_square(text):
    assert parse_mgrs(text) is None


MILE = 1.609344


@pytest.mark.parametrize(
    ("direction_deg", "datum_mi", "expected_mi"),
    [
        (45, 0.049, 12.254),  # E, from a gazetteer without a datum
        (11.25, 0.0076 + 0.007, 7.491),  # ENE, from a map of 1:24,000 read to half a millimeter
    ],
)
def test_the_examples_of_the_georeferencing_guide_come_out(direction_deg, datum_mi, expected_mi):
    radius = point_radius_km(
        10 * MILE,
        direction_deg=direction_deg,
        extent_km=2 * MILE,
        precision_km=10 * MILE,
        datum_km=datum_mi * MILE,
        coordinates_km=0.0247 * MILE,
    )
    assert radius / MILE == pytest.approx(expected_mi, abs=0.001)


@given(st.floats(0.1, 500), st.floats(0, 90), st.floats(0, 50), st.floats(0, 50))
def test_more_uncertainty_never_shrinks_the_radius(offset, turn, extent, precision):
    radius = point_radius_km(offset, direction_deg=turn, extent_km=extent, precision_km=precision)
    assert radius >= extent + precision / 2 - 1e-9
    for more in ({"extent_km": extent + 1}, {"precision_km": precision + 1}, {"coordinates_km": 1.0}):
        wider = {"extent_km": extent, "precision_km": precision} | more
        assert point_radius_km(offset, direction_deg=turn, **wider) > radius


def test_coordinates_to_the_minute_are_good_for_two_kilometers():
    # The guide's table of the uncertainty due to the precision of coordinates, at the equator.
    assert coordinates_km(LatLon(lat=0, lon=0), step_deg=1 / 60) == pytest.approx(2.615, abs=0.02)


@given(
    st.builds(LatLon, lat=st.floats(-80, 80), lon=st.floats(-179, 179)),
    st.floats(0, 359),
    st.floats(1, 90),
    st.floats(0, 100),
    st.floats(1, 100),
)
def test_a_sector_is_closed_and_lies_between_its_distances_and_bearings(center, turn, spread, low, width):
    area = sector(center, low_km=low, high_km=low + width, bearing_deg=turn, spread_deg=spread)
    assert area[0] == area[-1]
    for point in area:
        away = distance_km(center, point)
        assert low - 1e-3 <= away <= low + width + 1e-3
        assert away < 0.1 or angle_between_deg(bearing_deg(center, point), turn) <= spread + 0.1


@given(
    st.builds(LatLon, lat=st.floats(-90, 90), lon=st.floats(-180, 180)),
    st.floats(0, 359),
    st.floats(0, 20000),
    st.floats(1, 20000),
)
def test_points_lie_within_a_length_where_their_distance_does(center, turn, away, km):
    other = destination(center, bearing_deg=turn, distance_km=away)
    assert lie_within(center, other, km=km) == (distance_km(center, other) <= km)


def test_points_on_both_sides_of_a_pole_lie_within_the_way_over_it():
    a, b = LatLon(lat=89.9, lon=0), LatLon(lat=89.9, lon=180)
    assert lie_within(a, b, km=25)
    assert not lie_within(a, b, km=20)
    far, across = LatLon(lat=79, lon=0), LatLon(lat=79, lon=180)
    assert distance_km(far, across) < 2500
    assert lie_within(far, across, km=2500)
