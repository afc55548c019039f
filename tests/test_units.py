from __future__ import annotations

import math

import pytest
from hypothesis import given, strategies as st

from geoevents.units import Distance, Interval, Unit, rounding_half_width

bounds = st.floats(0, 1e6)
intervals = st.tuples(bounds, bounds).map(lambda ends: Interval(min(ends), max(ends)))


@pytest.mark.parametrize(
    ("unit", "meters"),
    [("km", 1000), ("mi", 1609.344), ("nmi", 1852), ("m", 1), ("yd", 0.9144), ("ft", 0.3048)],
)
def test_units_have_their_defined_lengths(unit, meters):
    assert Unit(unit).km * 1000 == pytest.approx(meters)


def test_a_mile_is_1760_yards_and_5280_feet():
    assert Distance(1760, Unit.YARD).km == pytest.approx(Distance(1, Unit.MILE).km)
    assert Distance(5280, Unit.FOOT).km == pytest.approx(Distance(1, Unit.MILE).km)


@pytest.mark.parametrize("value", [-1, math.nan, math.inf])
def test_a_distance_is_finite_and_not_negative(value):
    with pytest.raises(ValueError, match="finite and not negative"):
        Distance(value)


@pytest.mark.parametrize(("low", "high"), [(2, 1), (math.nan, 1), (0, math.nan)])
def test_an_interval_is_not_empty(low, high):
    with pytest.raises(ValueError, match="low <= high"):
        Interval(low, high)


def test_a_distance_reads_as_it_was_written():
    assert str(Distance(7.5, Unit.NAUTICAL_MILE)) == "7.5 nmi"


@given(intervals, intervals)
def test_a_gap_is_symmetric_and_zero_exactly_where_intervals_overlap(first, second):
    assert first.gap(second) == second.gap(first)
    assert (first.gap(second) == 0) == first.overlaps(second) == second.overlaps(first)


@given(intervals, intervals)
def test_containment_means_overlap_and_both_ways_only_for_equals(first, second):
    if first.contains(second):
        assert first.overlaps(second)
        assert not second.contains(first) or first == second


@given(bounds)
def test_an_open_interval_contains_everything_above(low):
    assert Interval(low).contains(Interval(low + 1, math.inf))
    assert not Interval(low).is_exact
    assert Interval(low, low).is_exact


@pytest.mark.parametrize(
    ("value", "half"),
    [(300, 50), (310, 5), (186, 0.5), (7.5, 0.05), (0.25, 0.005), (0, 0.5), (20, 5), (1e12, 5e10)],
)
def test_rounding_is_half_of_the_last_significant_figure(value, half):
    assert rounding_half_width(value) == pytest.approx(half)


@given(st.integers(1, 9999))
def test_rounding_scales_with_the_figure(value):
    assert rounding_half_width(value * 10) == pytest.approx(10 * rounding_half_width(value))
