"""Where does a text write a point in figures? Notations of reports, and laws over all points."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from geoevents.geodesy import LatLon
from geoevents.notations import point_at, point_of


@pytest.mark.parametrize(
    ("text", "lat", "lon"),
    [
        ("33.506, 38.618", 33.506, 38.618),
        ("-33.5061 -70.6180", -33.5061, -70.618),
        ("48.5862 N, 37.9990 E", 48.5862, 37.999),
        ("33°30′22″N 38°37′05″E", 33.506111, 38.618056),
        ("36° 12' N, 37° 9' E", 36.2, 37.15),
        ("N 35.9500 E 39.0100", 35.95, 39.01),
        ("12.5833 S, 45.1333 E", -12.5833, 45.1333),
        ("34°26'N 35°51'E", 34.433333, 35.85),
        ("40.7° N / 74° W", 40.7, -74.0),
        ("37S DT 64520 07449", 33.505998, 38.618004),
    ],
)
def test_a_point_is_read_in_the_notations_of_reports(text, lat, lon):
    assert point_of(text) == LatLon(lat=lat, lon=lon)
    found = point_at(f"at {text}, said", 3)
    assert found is not None
    assert found.end == 3 + len(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Aleppo",
        "33.5, 38.6",
        "33.506, 38.618 percent",
        "33.506, 38.618%",
        "93.506, 38.618",
        "33.506, 238.618",
        "95 N, 38 E",
        "12,345, 67,890",
        "33.506, 38.6181.2",
        "20 US soldiers",
        "37S DT 6",
    ],
)
def test_other_figures_are_no_point(text):
    assert point_at(text, 0) is None


@given(lat=st.floats(-90, 90), lon=st.floats(-180, 180))
def test_a_point_written_with_five_decimals_is_read_as_it_was_written(lat, lon):
    point = point_of(f"{abs(lat):.5f}° {'S' if lat < 0 else 'N'}, {abs(lon):.5f}° {'W' if lon < 0 else 'E'}")
    assert point is not None
    assert abs(point.lat - lat) <= 6e-6
    assert abs(point.lon - lon) <= 6e-6


@given(st.text(max_size=40), st.integers(0, 40))
def test_no_text_raises(text, start):
    point_at(text, start)
